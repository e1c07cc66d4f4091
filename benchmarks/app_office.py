"""The office of `app.py`: twenty plugins, a register of many records, one of 8,000 to pick from, a form of 25 fields."""

from pathlib import Path

from app_rows import visit

from intarsi_tui.host.office import open_office
from intarsi_tui.project.backup import back_up_today
from intarsi_tui.project.workspace import Workspace, create_workspace

PICKED = 8000
OTHERS = 13  # beside the six that come along and the one that is measured

VISITS = '''
"""Visits, people to pick, and a form of 25 fields."""
from intarsi_tui import Choice, Date, Euro, Link, Minutes, Plugin, Record, Text, Time, field, link


class Card(Record, it="Scheda", en="Card", plural=("Schede", "Cards")):
{card}

class Body(Record, it="Ente", en="Body", plural=("Enti", "Bodies"), title=("name",)):
    name: Text = field(it="Nome", en="Name", privacy="public", in_list=True)
    town: Text = field(it="Comune", en="Town", privacy="public", in_list=True)


class Visit(Record, it="Visita", en="Visit", plural=("Visite", "Visits"), date="day"):
    code: Text = field(it="Codice", en="Code", privacy="public", key=True, in_list=True)
    day: Date = field(it="Giorno", en="Day", privacy="public", in_list=True)
    town: Text = field(it="Comune", en="Town", privacy="public", index=True, in_list=True)
    address: Text = field(it="Indirizzo", en="Address", privacy="public", in_list=True)
    operator: Text = field(it="Operatore", en="Operator", privacy="public", in_list=True)
    hours: Minutes = field(it="Ore", en="Hours", privacy="public", in_list=True)
    cost: Euro | None = field(it="Costo", en="Cost", privacy="public", in_list=True)
    body: Link | None = link("zvisits.body", it="Ente", en="Body")


plugin = Plugin("zvisits", it="Visite", en="Visits", records=[Card, Body, Visit])
'''

KINDS = ("Text", "Date", "Time", "Minutes", "Euro", "Text", "Text", "Choice")

OTHER = '''
"""One of many."""
from intarsi_tui import Date, Plugin, Record, Text, field


class Note(Record, it="Nota {n}", en="Note {n}", plural=("Note {n}", "Notes {n}"), date="day"):
    what: Text = field(it="Cosa", en="What", privacy="public", in_list=True)
    day: Date = field(it="Giorno", en="Day", privacy="public", in_list=True)


plugin = Plugin("other{n}", it="Altro {n}", en="Other {n}", records=[Note])
'''


def made(folder: Path, records: int) -> Workspace:
    """A new office in `folder`, with the backup of the day done: that is another program's work."""
    place = create_workspace(folder / "office", "rimini")
    lines = []
    for number in range(25):
        kind = KINDS[number % len(KINDS)]
        section = (
            f', section=("Parte {number // 8 + 1}", "Part {number // 8 + 1}")' if number and number % 8 == 0 else ""
        )
        choices = ', choices={"a": ("uno", "one"), "b": ("due", "two")}' if kind == "Choice" else ""
        lines.append(
            f'    f{number}: {kind} | None = field(it="Campo {number}", en="Field {number}", privacy="public"{choices}{section})'
        )
    (place.plugins / "zvisits.py").write_text(VISITS.format(card="\n".join(lines) + "\n"), "utf-8")
    for number in range(OTHERS):
        (place.plugins / f"other{number}.py").write_text(OTHER.format(n=number), "utf-8")
    place = Workspace(place.path)
    with open_office(place, "it") as office:
        if broken := [state for state in office.plugins if state.state != "loaded"]:
            raise RuntimeError(str(broken))
        bodies = ({"name": f"Ente {number:04d}", "town": f"Comune {number % 331}"} for number in range(PICKED))
        office.table("zvisits.body").insert_multiple(bodies)
        office.table("zvisits.visit").insert_multiple(map(visit, range(records)))
        for number in range(OTHERS):
            office.table(f"other{number}.note").add({"what": "Prova", "day": "2021-03-01"})
        if failed := back_up_today(place, office.store):
            raise RuntimeError(failed("en"))
    return place
