"""An open office with one register, whose file plugin is written here."""

from collections.abc import Iterator

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace

LESSONS = '''"""Lessons."""
from intarsi_tui import Choice, Date, Euro, Flag, Int, Link, Minutes, Plugin, Pseudonym, Record, Text, field, link


class Pupil(Record, it="Allievo", en="Pupil", title=("code",)):
    code: Pseudonym = field(it="Codice", en="Code", privacy="internal", prefix="A", in_list=True)
    name: Text = field(it="Cognome", en="Surname", privacy="personal", in_list=True)


class Lesson(Record, it="Lezione", en="Lesson", plural=("Lezioni", "Lessons")):
    day: Date = field(it="Giorno", en="Day", privacy="internal", in_list=True)
    hours: Minutes | None = field(it="Ore", en="Hours", privacy="internal")
    places: Int | None = field(it="Posti", en="Places", privacy="internal")
    fee: Euro | None = field(it="Quota", en="Fee", privacy="internal")
    room: Text | None = field(it="Città e aula", en="Town and room", privacy="internal")
    full: Flag | None = field(it="Completa", en="Full", privacy="internal")
    level: Choice = field(it="Livello", en="Level", privacy="internal", choices={"a1": ("base", "basic"), "b1": ("medio", "middle")}, default="a1")
    pupil: Link | None = link("lessons.pupil", it="Allievo", en="Pupil")
    factor: float | None = None


plugin = Plugin("lessons", it="Lezioni", en="Lessons", records=[Lesson, Pupil])
'''


@pytest.fixture
def own_plugins() -> dict[str, str]:
    return {"lessons": LESSONS}


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    with open_office(workspace, "it") as office:
        yield office
