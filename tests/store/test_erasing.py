"""Erasing: the values are gone everywhere in the file, what happened stays provable."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import where

from intarsi_tui.store import NoSuchRecord, RegisterTable, Store, erasing, open_store

from .conftest import refused

SECRET = "Qwxyzka"


@pytest.fixture
def marked(people: RegisterTable, person: Callable[..., str]) -> str:
    """A confirmed person whose name and notes hold the secret, among others."""
    for number in range(40):
        person(f"Altri{number}", notes="x" * 300)
    uid = person(SECRET, notes=f"di {SECRET}", informed=True)
    people.edit(uid, {"notes": f"ancora {SECRET}"})
    people.confirm(uid)
    for number in range(40):
        person(f"Altri{number}", notes="y" * 300)
    return uid


def test_the_values_leave_record_history_search_and_the_file(
    store: Store, people: RegisterTable, marked: str, path: Path
) -> None:
    people.edit(marked, {"given": "Anna"})
    people.page(search=SECRET)
    done = people.erase(marked, ["surname", "notes"], "richiesta dell'interessata")
    assert done.complete
    assert done.doc == people.one(marked)
    assert {"surname", "notes"} & set(people.one(marked)) == set()
    assert people.one(marked)["given"] == "Anna"
    assert people.count_of(search=SECRET) == 0
    assert SECRET not in str(store.history(limit=None))
    rest = b"".join(file.read_bytes() for file in path.parent.glob("intarsi.db*"))
    assert SECRET.encode() not in rest
    assert SECRET.lower().encode() not in rest
    store.connection.rows("CREATE VIRTUAL TABLE temp.grams USING fts5vocab(main, 'search club/person', 'row')")
    grams = {gram for (gram,) in store.connection.rows("SELECT term FROM temp.grams")}
    assert {"ann", "nna"} <= grams
    # A pseudonym is drawn by chance, and may have three of the same letters in a row.
    words = " ".join(text for (text,) in store.connection.rows('SELECT words FROM "club.person"'))
    assert SECRET.lower() not in words
    assert {gram for gram in ("qwx", "wxy", "zka") if gram in grams and gram not in words} == set()


def test_the_chain_the_state_and_who_did_it_stay(store: Store, people: RegisterTable, marked: str) -> None:
    people.erase(marked, ["notes"], " richiesta  dell'interessata ")
    assert store.verify().findings == []
    done = store.operations(1)[0]
    assert (done.label, done.user, done.records) == ("erase richiesta dell'interessata", "anna", 1)
    assert store.history(uid=marked, limit=1)[0].fields == {"notes": (None, None)}


def test_a_removed_record_is_erased_from_the_history(
    store: Store, people: RegisterTable, person: Callable[..., str], path: Path
) -> None:
    uid = person(SECRET)
    people.remove(where("surname") == SECRET)
    done = people.erase(uid, ["surname"], "errore")
    assert (done.doc, done.complete, store.verify().findings) == (None, True, [])
    assert SECRET.encode() not in path.read_bytes()


def test_what_tells_a_record_stays(people: RegisterTable, marked: str) -> None:
    for name in ("id", "number", "state", "code", "created_by", "changed_at"):
        assert refused(lambda name=name: people.erase(marked, [name], "x")) == [("not_erasable", name)]  # type: ignore[misc]
    assert erasing.personal(people.declaration) == [
        "void_reason", "internal_notes", "surname", "given", "card", "notes",
    ]  # fmt: skip


def test_it_needs_a_reason_a_field_that_is_there_and_a_value(people: RegisterTable, marked: str) -> None:
    assert refused(lambda: people.erase(marked, ["notes"], "  ")) == [("erase_needs_reason", None)]
    assert refused(lambda: people.erase(marked, ["colour"], "x")) == [("unknown_field", None)]
    assert refused(lambda: people.erase(marked, ["language"], "x")) == [("nothing_to_erase", None)]
    with pytest.raises(NoSuchRecord):
        people.erase("nobody", ["notes"], "x")


def test_an_erasure_can_be_repeated_and_adds_nothing(store: Store, people: RegisterTable, marked: str) -> None:
    people.erase(marked, ["notes"], "x")
    changes = len(store.history(limit=None))
    assert people.erase(marked, ["notes"], "x").complete
    assert len(store.history(limit=None)) == changes


def test_a_reader_elsewhere_keeps_it_from_being_complete_until_it_is_repeated(
    people: RegisterTable, marked: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intarsi_tui.store import driver

    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    people.store.connection.rows("PRAGMA busy_timeout = 50")
    with open_store(path) as reader:
        rows = reader.connection.stream('SELECT doc FROM "club.person"')
        next(rows)
        assert not people.erase(marked, ["notes"], "x").complete
        rows.close()  # type: ignore[attr-defined]
        assert people.erase(marked, ["notes"], "x").complete


def test_it_is_not_undone_and_does_not_come_back(store: Store, people: RegisterTable, marked: str) -> None:
    edit = store.history(uid=marked)[1].operation
    people.erase(marked, ["notes"], "x")
    assert refused(store.undo) == [("erased_for_good", None)]
    assert refused(lambda: store.undo(store.operations(1)[0].operation)) == [("erased_for_good", None)]
    store.undo(edit)
    assert "notes" not in people.one(marked)


def test_it_is_an_operation_of_its_own(store: Store, people: RegisterTable, marked: str) -> None:
    with store.operation("import"), pytest.raises(RuntimeError):
        people.erase(marked, ["notes"], "x")


def test_a_half_filled_form_of_the_record_goes_too(
    store: Store, people: RegisterTable, marked: str, path: Path
) -> None:
    drafts = store.table(erasing.DRAFTS)
    drafts.insert_multiple(
        {"table": "club.person", "uid": uid, "values": {"notes": SECRET}} for uid in (marked, "other")
    )
    people.erase(marked, ["surname", "notes"], "x")
    assert [doc["uid"] for doc in drafts.all()] == ["other"]
    drafts.remove(doc_ids=[2])
    people.erase(marked, ["surname", "notes"], "x")
    assert SECRET.encode() not in path.read_bytes()


def test_the_apps_half_filled_forms_are_where_erasing_looks_for_them() -> None:
    from intarsi_tui.tui import drafts

    assert drafts.TABLE == erasing.DRAFTS


def test_values_of_several_rows_go_with_their_field(
    store: Store, meetings: RegisterTable, person: Callable[..., Any]
) -> None:
    uid = meetings.add({"topic": "Regole", "on": "2021-03-01", "seats": [{"person": person(), "role": SECRET}]}).doc[
        "id"
    ]
    meetings.erase(uid, ["seats"], "x")
    assert "seats" not in meetings.one(uid)
    assert store.connection.rows("SELECT count(*) FROM link") == [(0,)]
    assert store.verify().findings == []
