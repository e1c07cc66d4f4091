"""An office with a small register of visits, and a workbook that a partner might have made for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace

PLUGIN = """
from intarsi_tui import *

class Family(Record, it="Famiglia", en="Family", title=("code", "surname")):
    code: Pseudonym = field(it="Codice", en="Code", privacy="internal", prefix="F")
    surname: Text = field(it="Cognome", en="Surname", privacy="personal", key=True)
    story: Text | None = field(it="Nota riservata", en="Reserved note", privacy="special")

class Guest(Row, it="Presente", en="Present"):
    name: Text = field(it="Nome", en="Name", privacy="personal")
    stayed: Minutes | None = field(it="Tempo", en="Time", privacy="internal")

class Visit(Record, it="Visita", en="Visit", date="day", title=("day", "family")):
    day: Date = field(it="Giorno", en="Day", privacy="internal")
    family: Link = link("visits.family", it="Famiglia", en="Family")
    helpers: Links | None = link("visits.family", it="Aiutanti", en="Helpers")
    kind: Choice = field(it="Tipo", en="Kind", privacy="internal", choices={"home": ("a casa", "at home"), "desk": ("sportello", "desk")})
    length: Minutes = field(it="Durata", en="Length", privacy="internal")
    town: Municipality | None = field(it="Comune", en="Town", privacy="internal")
    guests: Rows[Guest] = field(it="Presenti", en="Present", privacy="personal", default=[])
    cost: Euro | None = field(it="Costo", en="Cost", privacy="internal")
    paper: Attachment | None = field(it="Foglio", en="Sheet", privacy="internal")

class Receipt(Record, it="Ricevuta", en="Receipt", date="issued"):
    issued: Date = field(it="Emessa", en="Issued", privacy="internal")
    visit: Link = link("visits.visit", it="Visita", en="Visit")

plugin = Plugin("visits", it="Visite", en="Visits", records=[Family, Visit, Receipt], indicators=[
    Indicator("visits", it="Visite", en="Visits", count="visit", target=10),
    Indicator("families", it="Famiglie", en="Families", count="visit", distinct="family"),
    Indicator("hours", it="Ore", en="Hours", count="visit", total="length"),
    Indicator("spent", it="Spesa", en="Spent", count="visit", total="cost"),
    Indicator("drafts", it="Bozze", en="Drafts", count="visit", where={"state": "draft"}),
])
"""

MAP = """
map = 1
it = "Registro visite"
en = "Register of visits"
audience = "lead"
record = "visits.visit"
scope = ["period", "partner"]

[cells]
"Visite!B1" = "profile.cup"
"Visite!B2" = "period.label"
"Visite!B3" = "partner.name"

[[blocks]]
at = "Elenco"
filter = { state = "confirmed" }
sort = ["day"]
columns = { "Data" = "day", "Famiglia" = "family.code", "Tipo" = "kind", "Durata" = "length", "Presenti" = "count(guests)" }
"""


@pytest.fixture
def own_plugins() -> dict[str, str]:
    return {"visits": PLUGIN}


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    with open_office(workspace, "it") as office:
        yield office


@pytest.fixture
def visits(office: Office) -> Office:
    """Three confirmed visits, one draft and one of another quarter."""
    families, visits = office.table("visits.family"), office.table("visits.visit")
    for surname in ("Okafor", "=1+1"):
        families.add({"surname": surname})
    for day, family, kind, length, guests in (
        ("20/4/2021", "Okafor", "home", "1h30", "Ada | 1h\nTobi | 0:20"),
        ("14/4/2021", "=1+1", "desk", "45m", ""),
        ("2/6/2021", "Okafor", "desk", "2", "Ada"),
        ("2/1/2021", "Okafor", "home", "1", ""),
    ):
        saved = visits.add(
            {
                "day": day,
                "family": family,
                "kind": kind,
                "length": length,
                "guests": guests,
                "town": "Rimini",
                "cost": "0,10",
            }
        )
        visits.confirm(saved.doc["id"])
    visits.add({"day": "3/6/2021", "family": "Okafor", "kind": "home", "length": "1"})
    return office


@pytest.fixture
def template(office: Office) -> Callable[..., Path]:
    """Writes the partner's workbook and a map beside it into the office's templates."""

    def write(text: str = MAP, name: str = "visite", rows: int = 20) -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Visite"
        sheet.append(["CUP"])
        sheet.append(["Trimestre"])
        sheet.append(["Partner"])
        sheet.append([])
        sheet.append(["Data", "Famiglia", "Tipo", "Durata", "Presenti"])
        for _ in range(rows):
            sheet.append([None] * 5)
            for column in range(1, 6):
                sheet.cell(sheet.max_row + (1 if sheet.max_row == 5 else 0), column).number_format = "General"
        sheet.add_table(Table(displayName="Elenco", ref=f"A5:E{5 + rows}"))
        folder = office.workspace.path / "templates"
        book.save(folder / f"{name}.xlsx")
        file = folder / f"{name}.map.toml"
        file.write_text(text, "utf-8")
        return file

    return write
