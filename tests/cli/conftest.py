"""Commands run in one process, in a workspace with a register of every kind of field."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from intarsi_tui import i18n
from intarsi_tui.cli.main import cli
from intarsi_tui.project.workspace import Workspace

DEPOT = '''"""A depot of bicycles, with every kind of field that commands have to carry."""
from collections.abc import Iterator

from intarsi_tui import (
    Attachment, Choice, Choices, Date, Euro, Flag, Int, Link, Links, Minutes, Municipality, Plugin, Problem, Record, Row,
    Rows, Text, Time, field, link,
)


class Part(Row):
    name: Text = field(it="Nome", en="Name", privacy="public")
    price: Euro | None = field(it="Prezzo", en="Price", privacy="public")


class Bike(Record, it="Bicicletta", en="Bicycle", plural=("Biciclette", "Bicycles"), title=("code",)):
    code: Text = field(it="Codice", en="Code", privacy="public", key=True, in_list=True)
    colour: Choice | None = field(it="Colore", en="Colour", privacy="public", in_list=True,
                                  choices={"red": ("rosso", "red"), "sky": ("azzurro, chiaro", "sky blue")})
    weight: Int | None = field(it="Peso", en="Weight", privacy="public")


class Repair(Record, it="Riparazione", en="Repair", plural=("Riparazioni", "Repairs")):
    bike: Link = link("depot.bike", it="Bicicletta", en="Bicycle", in_list=True)
    done_on: Date = field(it="Data", en="Date", privacy="internal", in_list=True)
    begun: Time | None = field(it="Ora inizio", en="Begun", privacy="internal")
    length: Minutes | None = field(it="Durata", en="Length", privacy="internal", in_list=True)
    cost: Euro | None = field(it="Costo", en="Cost", privacy="internal", to_confirm=True)
    paid: Flag | None = field(it="Pagata", en="Paid", privacy="internal")
    works: Choices | None = field(it="Lavori", en="Works", privacy="internal",
                                  choices={"brakes": ("freni", "brakes"), "tyres": ("gomme", "tyres")})
    others: Links | None = link("depot.bike", it="Altre", en="Others")
    town: Municipality | None = field(it="Comune", en="Town", privacy="internal")
    parts: Rows[Part] = field(it="Pezzi", en="Parts", privacy="internal", default=[])
    photo: Attachment | None = field(it="Foto", en="Photo", privacy="internal")
    format: Text | None = field(it="Note", en="Notes", privacy="personal")

    def check(self) -> Iterator[Problem]:
        if self.cost is not None and self.cost > 500:
            yield self.problem("cost", it="Più di una bicicletta nuova", en="More than a new bicycle", warning=True)
        if self.length == 0:
            yield self.problem("length", it="Senza durata", en="Takes no time")


plugin = Plugin("depot", it="Deposito", en="Depot", records=[Bike, Repair])
'''


@dataclass
class Done:
    """A command that was run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setattr(i18n, "_current", "")
    monkeypatch.setenv("INTARSI_DEBUG", "1")  # an unexpected error fails the test with its traceback


@pytest.fixture
def own_plugins(request: pytest.FixtureRequest) -> dict[str, str]:
    return {"depot": DEPOT} if "depot" in request.fixturenames else {}


@pytest.fixture
def depot(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with the depot, and the current folder inside it."""
    monkeypatch.chdir(workspace.path)
    return workspace


@pytest.fixture
def run() -> Callable[..., Done]:
    """Runs `intarsi ARGS` in English and returns exit code, standard output and standard error."""

    def run(*args: str | Path, input: str = "", lang: str = "en") -> Done:
        result = CliRunner().invoke(cli, ["--lang", lang, *map(str, args)], input=input, catch_exceptions=False)
        return Done(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def bike(run: Callable[..., Done], depot: Workspace) -> str:
    """A bicycle R-1; its UUID."""
    return run("depot", "bike", "add", "--code", "R-1", "--colour", "red").out.strip()
