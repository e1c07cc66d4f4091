"""All records held against declaration and rules in one look finds what a look at each of them finds."""

from collections.abc import Iterator

import pytest

from intarsi_tui.demo import generate
from intarsi_tui.host.checking import findings
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store.links import void_ones
from intarsi_tui.store.pipeline import examine


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    with open_office(workspace) as office:
        generate(office, records=400)
        yield office


def one_by_one(office: Office) -> list[tuple[str, str, str]]:
    """The problems of each record by itself, with nothing remembered from one to the next."""
    return [
        (table, doc["id"], problem.text("it"))
        for table, declaration in office.declarations.items()
        for doc in office.table(table)
        if doc["state"] != "void"
        for problem in [
            *examine(office.table(table), {}, doc).problems,
            *void_ones(office.store, office.store.context, declaration, doc),
        ]
    ]


def test_what_is_remembered_between_records_changes_no_finding(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    person = next(doc for doc in office.table("registry.person") if doc.get("household"))
    office.table("registry.household").void(person["household"], "doppione")
    wanted = sorted(one_by_one(office))
    assert wanted
    assert sorted((one.table, one.doc["id"], one.problem.text("it")) for one in findings(office)) == wanted
    # A memory that overflows at every turn answers the same.
    monkeypatch.setattr("intarsi_tui.host.checking.HELD", 3)
    assert sorted((one.table, one.doc["id"], one.problem.text("it")) for one in findings(office)) == wanted


def test_a_look_at_everything_leaves_the_office_asking_the_file_again(office: Office) -> None:
    found = list(findings(office))
    uid = next(iter(office.table("registry.operator")))["id"]
    office.table("registry.operator").edit(uid, {"internal_notes": "cambiato"})
    assert (office.store.context.get("registry.operator", uid) or {})["internal_notes"] == "cambiato"
    assert len(list(findings(office))) == len(found)
