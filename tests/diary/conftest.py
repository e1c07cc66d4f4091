"""An office with a table that meets, a course, an agreement and a family whose permit expires."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace

Add = Callable[..., dict[str, Any]]


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    with open_office(workspace, "it") as opened:
        yield opened


@pytest.fixture
def add(office: Office) -> Add:
    """Adds a draft and returns it as stored: `add("registry.body", name="…")`."""
    return lambda table, **values: dict(office.table(table).add(values).doc)


@pytest.fixture
def bodies(add: Add) -> list[dict[str, Any]]:
    names = ("Comune di Rimini", "Cooperativa Il Ponte", "Ausl")
    return [add("registry.body", name=name, nature="public") for name in names]


@pytest.fixture
def operator(add: Add, bodies: list[dict[str, Any]]) -> dict[str, Any]:
    return add("registry.operator", surname="Bianchi", given_name="Giulia", sector="public", body=bodies[0]["id"])


@pytest.fixture
def network(add: Add, bodies: list[dict[str, Any]]) -> dict[str, Any]:
    members = [{"body": body["id"], "joined_on": "1/2/2021"} for body in bodies]
    return add(
        "governance.network", name="Tavolo di Rimini", kind="territorial", level="provincial", activation="active", start="1/2/2021", members=members,
    )  # fmt: skip


@pytest.fixture
def meeting(
    add: Add, network: dict[str, Any], operator: dict[str, Any], bodies: list[dict[str, Any]]
) -> dict[str, Any]:
    return add(
        "governance.meeting", network=network["id"], date="24/6/2021", start="9", end="11:30", place="Sala 1; piano, 2",
        secretary=operator["id"], agenda=[{"topic": "Casa", "discussion": "Riservato"}, {"topic": "Scuola"}],
        attendance=[{"body": bodies[0]["id"], "person": "Bianchi Giulia", "status": "excused"}],
        decisions=[{"text": "Scrivere il protocollo", "due": "30/6/2021", "owner": operator["id"]}],
    )  # fmt: skip
