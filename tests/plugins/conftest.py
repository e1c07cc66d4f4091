"""The shipped registers in a real store, with the project's own profile."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import intarsi_cohousing
import intarsi_dissemination
import intarsi_governance
import intarsi_mediation
import intarsi_registry
import intarsi_training
import intarsi_tui.project
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.profile import read_profile
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.problems import Problem
from intarsi_tui.store import Store, open_store
from intarsi_tui.store.context import StoreContext

PLUGINS = (
    intarsi_registry.plugin,
    intarsi_governance.plugin,
    intarsi_training.plugin,
    intarsi_mediation.plugin,
    intarsi_cohousing.plugin,
    intarsi_dissemination.plugin,
)
PROFILE = Path(intarsi_tui.project.__file__).with_name("intarsi.toml")

Add = Callable[..., dict[str, Any]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "intarsi.db", site="rimini") as opened:
        for plugin in PLUGINS:
            for record in plugin.records:
                opened.register(record.declaration, lambda record=record: record)
        opened.partner = "rimini"
        opened.context = StoreContext(opened, read_profile(PROFILE))
        yield opened


@pytest.fixture
def add(store: Store) -> Add:
    """Adds a record and returns it as stored: `add("registry.body", name="…")`."""

    def add(table: str, **values: Any) -> dict[str, Any]:
        return dict(store.register_table(table).add(values).doc)

    return add


@pytest.fixture
def problems(store: Store) -> Callable[..., list[Problem]]:
    """The problems of a record that is not written: `problems("registry.body", name="…")`."""
    return lambda table, reference=None, **values: store.register_table(table).problems(values, reference)


@pytest.fixture
def household(add: Add) -> dict[str, Any]:
    """A household taken in on 1 March 2021, ten months after it left reception."""
    return add("registry.household", type="mother", take_in_date="1/3/2021", reception_exit="30/4/2020")


@pytest.fixture
def mother(add: Add, household: dict[str, Any]) -> dict[str, Any]:
    return add(
        "registry.person", surname="Adeyemi", given_name="Blessing", gender="F", birth_date="3/4/1990", citizenship="NG",
        household=household["id"], household_role="contact", take_in_date="1/3/2021",
        permits=[{"type": "ASILO", "number": "X1", "issued_on": "1/1/2019", "expires_on": "1/1/2024"}],
    )  # fmt: skip


@pytest.fixture
def child(add: Add, household: dict[str, Any]) -> dict[str, Any]:
    """A child without a single document."""
    return add(
        "registry.person", surname="Adeyemi", given_name="Joy", gender="F", birth_date="1/1/2012",
        birth_date_source="presumed", citizenship="NG", household=household["id"], household_role="child",
        take_in_date="1/3/2021",
    )  # fmt: skip


@pytest.fixture
def operator(add: Add) -> dict[str, Any]:
    return add("registry.operator", surname="Bianchi", given_name="Giulia", sector="public", body=_body(add)["id"])


@pytest.fixture
def school(add: Add) -> dict[str, Any]:
    return add("registry.body", name="IC Centro", nature="school", school_code="RNIC80900A", level="comprehensive")


@pytest.fixture
def unit(add: Add) -> dict[str, Any]:
    """Four places: room A with beds 1 (one person) and 2 (two persons), and shared room B."""
    return add(
        "cohousing.unit", code="RN-01", authorised_places=4, active_from="1/2/2021", municipality="Rimini",
        rooms=[{"code": "A", "places": 3}, {"code": "B", "places": 1, "use": "shared"}],
        beds=[{"room": "A", "code": "1"}, {"room": "A", "code": "2", "capacity": 2}],
    )  # fmt: skip


@pytest.fixture
def placement(
    add: Add, unit: dict[str, Any], household: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> dict[str, Any]:
    return add(
        "cohousing.placement", unit="RN-01", room="a", household=household["id"], persons=[mother["id"], child["id"]],
        entered_on="5/3/2021", left_on="5/5/2021", exit_outcome="private_rent", agreement="pact",
        handover_report="sì", inventory="sì", rules_signed="sì",
    )  # fmt: skip


@pytest.fixture
def stranger(add: Add) -> dict[str, Any]:
    """Somebody of another household."""
    other = add("registry.household", type="father", take_in_date="1/3/2021")
    return add("registry.person", surname="Haile", birth_date="1/1/1985", household=other["id"])


def _body(add: Add) -> dict[str, Any]:
    return add("registry.body", name="Comune di Rimini", nature="public", municipality="Rimini")


def about(found: list[Problem], field: str, *, warning: bool = False) -> list[str]:
    """The Italian and English sentences of what was found about a field, errors or warnings."""
    severity = "warning" if warning else "error"
    return [one.text(lang) for one in found if one.field == field and one.severity == severity for lang in ("it", "en")]


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    """Rimini's own office, open and empty, in English."""
    with open_office(workspace, "en") as office:
        yield office


@pytest.fixture
def enter(office: Office) -> Add:
    """Adds a record to the office and confirms it: `enter("registry.body", name="…")`."""

    def enter(table: str, *, draft: bool = False, **values: Any) -> dict[str, Any]:
        register = office.table(table)
        added = register.add(values).doc
        return dict(added if draft else register.confirm(added["id"]).doc)

    return enter
