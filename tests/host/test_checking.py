"""All records held against declaration and rules in one look finds what a look at each of them finds."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from intarsi_tui.demo import generate
from intarsi_tui.host.checking import findings
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.records import stored
from intarsi_tui.records.reading import prepare
from intarsi_tui.store.context import StoreContext
from intarsi_tui.store.links import renew, targets, void_ones
from intarsi_tui.store.pipeline import examine

from ..conftest import MadeOnce, copy_office, keep_index


@pytest.fixture
def workspace(made_once: MadeOnce, tmp_path: Path) -> Workspace:
    """A sample's workspace: each test has its own copy."""

    def make(folder: Path) -> None:
        workspace = create_workspace(folder / "office", "rimini")
        with open_office(workspace) as office:
            generate(office, records=400)
        keep_index(workspace, folder / "index")

    made = made_once("sample", make)
    return copy_office(made / "office", tmp_path / "office", made / "index")


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    with open_office(workspace) as office:
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
    monkeypatch.setattr("intarsi_tui.host.remembering.HELD", 2_000)
    assert sorted((one.table, one.doc["id"], one.problem.text("it")) for one in findings(office)) == wanted


# Values that no neighbour has: before and after everything, too little and too much.
ODD = {
    "date": ("2019-06-02", "2021-03-28", "2098-12-31"), "time": ("00:05", "02:30", "23:55"),
    "minutes": (0, 1, 1439), "int": (0, 1, 99), "euro": (0.0, 0.01, 99_999.0), "flag": (True, False),
    "text": ("diagnosi", "x"), "long_text": ("diagnosi", "x"),
}  # fmt: skip


def spoilt(office: Office, seed: int) -> None:
    """Writes past all checks: values of neighbours, and of fields that may stay empty none, or one that is none at all."""
    chance = random.Random(seed)
    connection = office.store.connection
    with connection.transaction():
        for table, declaration in office.declarations.items():
            docs = list(office.table(table))
            names = [field.name for field in declaration.fields if not field.envelope]
            linking = {field.name for field in declaration.linking}
            for doc in docs:
                for name in chance.choices(names, k=chance.choice((0, 1, 3, 6))):
                    like = chance.choice(docs).get(name)
                    odd = chance.choice(ODD.get(declaration.by_name[name].kind.name, (like,)))
                    if declaration.by_name[name].required == "save":
                        doc[name] = chance.choice((like, odd)) or doc[name]
                    else:
                        doc[name] = chance.choice((like, like, odd, odd, None, like if name in linking else "??"))
                doc["state"] = chance.choice((doc["state"], "draft", "confirmed"))
                kept = {name: value for name, value in doc.items() if value is not None}
                connection.rows(f'UPDATE "{table}" SET doc = ? WHERE id = ?', (json.dumps(kept), doc.doc_id))
                renew(connection, table, doc["id"], targets(declaration, kept))
    # Who may be the same is kept by what the history says has changed, and these changes are in no history.
    office.store.context = StoreContext(office.store, office.workspace.profile, lambda: office.workspace.files)


# `INTARSI_TEST_SPOILT=20` does it so often.
@pytest.mark.parametrize("seed", range(int(os.environ.get("INTARSI_TEST_SPOILT", "2"))))
def test_records_that_break_the_rules_break_the_same_ones_in_both_ways(office: Office, seed: int) -> None:
    spoilt(office, seed)
    wanted = sorted(one_by_one(office))
    found = list(findings(office))
    assert sorted((one.table, one.doc["id"], one.problem.text("it")) for one in found) == wanted
    said = {(one.table, one.problem.wording or one.problem.code) for one in found}
    assert len(said) > 230, "too few rules had anything to say for this to be a proof"


def test_a_stored_record_is_read_as_pydantic_reads_it(office: Office) -> None:
    for round in range(2):
        for table, declaration in office.declarations.items():
            record = office.record_class(table)
            read = stored.reader(record)
            assert read, f"{table} is read by pydantic only"
            for doc in office.table(table):
                raw, _unknown = prepare(declaration, dict(doc))
                made = read(raw)
                if made is None:
                    assert round, (table, raw)  # what we wrote ourselves never needs pydantic
                    continue
                other = record.model_validate(raw)
                assert made == other
                assert made.model_fields_set == other.model_fields_set
                assert [*map(type, vars(made).values())] == [*map(type, vars(other).values())]
        spoilt(office, 5)


def test_a_look_at_everything_leaves_the_office_asking_the_file_again(office: Office) -> None:
    found = list(findings(office))
    uid = next(iter(office.table("registry.operator")))["id"]
    office.table("registry.operator").edit(uid, {"internal_notes": "cambiato"})
    assert (office.store.context.get("registry.operator", uid) or {})["internal_notes"] == "cambiato"
    assert len(list(findings(office))) == len(found)
