"""A workspace with one small plugin, and the app on it."""

import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual import events
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.records.ids import pseudonyms_from
from intarsi_tui.tui.app import IntarsiApp

from ..conftest import copy_office, keep_index
from .quiet import rest, wait_for_quiet

PLUGIN = '''
"""Bicycles lent to families."""
from collections.abc import Iterator

from intarsi_tui import (
    Attachment, Choice, Choices, Date, Flag, Indicator, Language, Link, Links, LongText, Minutes, Plugin, Problem,
    Pseudonym, Record, Row, Rows, Text, field, link,
)


class Household(Record, it="Nucleo", en="Household", plural=("Nuclei", "Households")):
    code: Pseudonym = field(it="Codice", en="Code", prefix="N", in_list=True, privacy="internal")
    name: Text = field(it="Cognome", en="Surname", in_list=True, privacy="personal")
    language: Language | None = field(it="Lingua", en="Language", in_list=True, privacy="internal")


class Repair(Row, it="Riparazione", en="Repair"):
    day: Date = field(it="Giorno", en="Day", privacy="internal")
    what: Text = field(it="Che cosa", en="What", privacy="internal")
    paid_by: Link | None = link("bicycles.household", it="Pagata da", en="Paid by")


class Loan(Record, it="Prestito", en="Loan", plural=("Prestiti", "Loans"), also=("noleggio, affitto", "rent, hire"), date="lent_on"):
    bicycle: Text = field(it="Bicicletta", en="Bicycle", in_list=True, privacy="internal", help=("Come sta scritto sul telaio", "As written on the frame"))
    household: Link = link("bicycles.household", it="Nucleo", en="Household", in_list=True)
    lent_on: Date = field(it="Data prestito", en="Lent on", in_list=True, privacy="internal")
    returned_on: Date | None = field(it="Restituita il", en="Returned on", privacy="internal")
    lesson: Minutes | None = field(it="Lezione", en="Lesson", in_list=True, privacy="internal")
    kind: Choice | None = field(it="Tipo", en="Kind", privacy="internal", to_confirm=True,
                                choices={"city": ("da città", "city"), "child": ("da bambino", "child"), "cargo": ("da carico", "cargo")})
    helmet: Flag | None = field(it="Casco", en="Helmet", privacy="internal", section=("Dettagli", "Details"))
    extras: Choices | None = field(it="Accessori", en="Extras", privacy="internal", choices={"light": ("luci", "lights"), "lock": ("lucchetto", "lock")})
    riders: Links | None = link("bicycles.household", it="Usata anche da", en="Also used by")
    repairs: Rows[Repair] = field(it="Riparazioni", en="Repairs", privacy="internal", default=[])
    receipt: Attachment | None = field(it="Ricevuta", en="Receipt", privacy="internal")
    notes: LongText | None = field(it="Note", en="Notes", privacy="personal")

    def check(self) -> Iterator[Problem]:
        if self.returned_on and self.returned_on < self.lent_on:
            yield self.problem("returned_on", it="Restituita prima del prestito", en="Returned before it was lent")


plugin = Plugin("bicycles", it="Biciclette", en="Bicycles", records=[Loan, Household],
                indicators=[Indicator("loans", it="Prestiti", en="Loans", count="loan", by="lent_on", target=10)])
'''

NOW = "2021-04-14T09:00:00+00:00"

NAMES = {
    " ": "space",
    "/": "slash",
    "-": "minus",
    "+": "plus",
    ",": "comma",
    ":": "colon",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "=": "equals_sign",
}

BROKEN = '"""Does not load."""\nimport nowhere_at_all\n'


@pytest.fixture(autouse=True)
def fixed_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("INTARSI_NOW", NOW)
    monkeypatch.setenv("INTARSI_USER", "m.rossi")
    monkeypatch.setenv("INTARSI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TZ", "Europe/Rome")
    monkeypatch.setenv("SSH_CONNECTION", "a test has no clipboard")
    monkeypatch.setattr(textual.app, "wait_for_idle", wait_for_quiet)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", wait_for_quiet)
    time.tzset()  # the C library keeps the zone that it read first, whatever TZ says by now
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session", autouse=True)
def looks_parsed_once() -> Iterator[None]:
    """Every app has the same rules of looks: parsing them is a sixth of its start."""
    parse = Stylesheet._parse_rules
    parsed: dict[Any, list[RuleSet]] = {}

    def once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:
        key = frozenset(sheet._variables.items()), source, frozenset(more.items())
        if key not in parsed:
            parsed[key] = parse(sheet, *source, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspaces `empty` and `filled`, made once: every test has its own copy."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTARSI_CACHE", str(folder / "cache"))
        patch.setenv("INTARSI_NOW", NOW)
        patch.setenv("INTARSI_USER", "m.rossi")
        empty = create_workspace(folder / "empty", "rimini")
        (empty.plugins / "bicycles.py").write_text(PLUGIN, "utf-8")
        settings = empty.path / "intarsi.toml"
        # The shipped plugins have tests of their own, and their names would crowd these screens.
        shipped = '"registry", "training", "mediation", "governance", "cohousing", "dissemination"'
        text = settings.read_text("utf-8").replace("disabled = []", f"disabled = [{shipped}]")
        settings.write_text(text, "utf-8")
        keep_index(Workspace(empty.path), folder / "index")
        shutil.copytree(empty.path, folder / "filled")
        with open_office(Workspace(folder / "filled"), choose("it")) as office, pseudonyms_from(Random(1)):
            fill(office)
    return folder


def fill(office: Office) -> None:
    """Thirty loans to three households; the first loan is confirmed."""
    households = [
        office.table("bicycles.household").add({"name": name, "language": "tigrino"}).doc["id"]
        for name in ("Tesfay", "Haddad [Parma]", "Okoro")
    ]
    for number in range(30):
        loan = {
            "bicycle": f"Atala {number:02d}",
            "household": households[number % 3],
            "lent_on": f"2021-03-{number + 1:02d}",
            "lesson": "1,5",
            "kind": "city",
        }
        office.table("bicycles.loan").add(loan)
    office.table("bicycles.loan").confirm(office.table("bicycles.loan").page(sort="lent_on", limit=1)[0]["id"])


@pytest.fixture
def workspace(made: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Workspace:
    ready = made / ("filled" if "filled" in request.fixturenames else "empty")
    return copy_office(ready, tmp_path / "office", made / "index")


@pytest.fixture(params=["it"])
def office(workspace: Workspace, request: pytest.FixtureRequest) -> Iterator[Office]:
    with open_office(workspace, choose(request.param)) as opened:
        yield opened


@pytest.fixture
def filled(office: Office) -> Office:
    """The office of `fill`."""
    return office


@asynccontextmanager
async def running(office: Office, width: int = 80, height: int = 24) -> AsyncIterator[Any]:
    """The running app, `press("n", "'typed text", "enter")`, and `screen()`: what can be read on it."""
    app = IntarsiApp(office)
    async with app.run_test(size=(width, height), notifications=True) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                if key.startswith("'"):  # typed fast, as one who knows where to go
                    for letter in key[1:]:
                        app.post_message(events.Key(NAMES.get(letter, letter), letter))
                else:
                    await pilot.press(key)
                await rest(app)

        def screen() -> str:
            return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

        await rest(app)
        yield app, press, screen


@pytest.fixture
def on() -> Callable[..., Any]:
    """`async with on(office, 80, 24) as (app, press, screen)`."""
    return running


@pytest.fixture
def at_pty() -> Iterator[Callable[..., Any]]:
    """`at_pty(office, 80, 24, NO_COLOR="1")`: the program at a pseudo-terminal; not on Windows, which has none."""
    from .pseudo_terminal import Pty

    opened: list[Pty] = []

    def start(office: Office, width: int = 80, height: int = 24, **env: str) -> Pty:
        opened.append(Pty(office, width, height, env))
        return opened[-1]

    yield start
    for one in opened:
        one.close()
