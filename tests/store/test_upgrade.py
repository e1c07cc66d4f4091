"""Older stores: records of an older declaration or format are upgraded all at once, after a copy, or not at all."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.plugin import name_table
from intarsi_tui.records.declaration import Declaration
from intarsi_tui.records.fields import field, link
from intarsi_tui.records.problems import Rejected
from intarsi_tui.records.record import Record, Row
from intarsi_tui.records.types import Choice, Choices, Date, Link, Rows, Text
from intarsi_tui.store import Store, StoreError, open_store
from intarsi_tui.store.versions import versions

START = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


class OldFamily(Record, it="Famiglia", en="Family", title=("name",)):
    name: Text = field(it="Nome", en="Name", privacy="personal")


class OldVisit(Record, it="Visita", en="Visit", title=("topic",)):
    topic: Text = field(it="Tema", en="Topic", privacy="internal")
    on: Date = field(it="Data", en="Date", privacy="internal")
    language: Choice | None = field(
        it="Lingua",
        en="Language",
        privacy="internal",
        choices={"ar": ("Arabo", "Arabic"), "uk": ("Ucraino", "Ukrainian")},
    )
    family: Link | None = link("old.family", it="Famiglia", en="Family")
    called_on: Date | None = field(it="Chiamata", en="Called on", privacy="internal")
    caller: Link | None = link("old.family", it="Chi chiama", en="Caller")
    note: Text | None = field(it="Nota", en="Note", privacy="personal")


class Household(Record, it="Nucleo", en="Household", title=("name",), version=2, was=("old.family",)):
    name: Text = field(it="Nome", en="Name", privacy="personal")


class Call(Record, it="Chiamata", en="Call", title=("day",)):
    day: Date = field(it="Giorno", en="Day", privacy="internal")
    caller: Link | None = link("old.household", it="Chi chiama", en="Caller")


class Helper(Row, it="Aiuto", en="Helper"):
    who: Text = field(it="Chi", en="Who", privacy="personal", was=("name",))


class Visit(Record, it="Visita", en="Visit", title=("subject",), version=3):
    subject: Text = field(it="Oggetto", en="Subject", privacy="internal", was=("topic",))
    on: Date = field(it="Data", en="Date", privacy="internal")
    languages: Choices | None = field(
        it="Lingue",
        en="Languages",
        privacy="internal",
        choices={"ara": ("Arabo", "Arabic"), "ukr": ("Ucraino", "Ukrainian")},
        was=("language",),
    )
    family: Link | None = link("old.household", it="Famiglia", en="Family")
    helpers: Rows[Helper] = field(it="Aiuti", en="Helpers", privacy="personal", default=[])

    @classmethod
    def upgrade(cls, old: dict[str, Any], version: int, add: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
        new = dict(old)
        if version < 3:
            codes = {"ar": "ara", "uk": "ukr"}
            if "languages" in new:
                new["languages"] = [codes[code] for code in new["languages"]]
            if called := new.pop("called_on", None):
                add("old.call", {"day": called, "caller": new.pop("caller", None)})
        return new


for cls, name in (
    (OldFamily, "family"),
    (OldVisit, "visit"),
    (Household, "household"),
    (Call, "call"),
    (Visit, "visit"),
):
    name_table(cls, "old")
    object.__setattr__(cls.declaration, "table", f"old.{name}")
BEFORE, NOW = (OldFamily, OldVisit), (Household, Call, Visit)


def opened(path: Path, classes: tuple[type[Record], ...], user: str = "anna") -> Store:
    store = open_store(path, site="modena", user=user)
    for cls in classes:
        store.register(cls.declaration, lambda cls=cls: cls)  # type: ignore[misc]
    return store


def make_old(path: Path, records: int = 4) -> None:
    """A store as an older program left it: format 1, records of the old declarations."""
    with opened(path, BEFORE) as store:
        uid = store.register_table("old.family").add({"name": "Okafor"}).doc["id"]
        store.register_table("old.family").confirm(uid)
        visits = store.register_table("old.visit")
        with store.operation("import visite.csv"):
            for number in range(records):
                visits.add(
                    {
                        "topic": f"Scuola {number}",
                        "on": "3/4/2021",
                        "language": "ar",
                        "family": uid,
                        "called_on": "1/4/2021",
                        "caller": uid,
                        "note": "vecchia",
                    }
                )
        visits.edit(str(visits.all()[0]["id"]), {"topic": "Casa"})
        store.connection.rows("DELETE FROM meta WHERE name = 'versions'")
        store.connection.rows("UPDATE meta SET value = '1' WHERE name = 'format'")
        store.connection.rows("PRAGMA user_version = 1")


@pytest.fixture
def old(path: Path) -> Path:
    make_old(path)
    return path


@pytest.fixture
def store(old: Path) -> Iterator[Store]:
    """The old store, opened by today's program and not yet upgraded."""
    with opened(old, NOW) as found:
        yield found


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("intarsi-*-before-upgrade.db"))


def state(path: Path) -> str:
    """`old` or `new` as every part of the file says it, and nothing else."""
    with open_store(path, create=False) as store:
        tables = store.tables()
        format_ = store.connection.one("PRAGMA user_version")
        docs = store.table("old.visit").all()
        assert not store.verify().findings
    new = format_ == 2
    assert ("old.household" in tables, "old.family" in tables, "old.call" in tables) == (new, not new, new)
    assert all(("subject" in doc, "topic" in doc) == (new, not new) for doc in docs)
    return "new" if new else "old"


def test_fields_registers_choices_and_rows_take_their_new_form(store: Store, old: Path) -> None:
    done = store.upgrade()
    assert done
    assert set(done.registers) == {"old.household", "old.visit"}
    assert done.records == 1 + 4 + 4
    [family] = store.register_table("old.household").all()
    visit = next(doc for doc in store.register_table("old.visit").all() if doc["subject"] == "Scuola 1")
    assert (visit["languages"], visit["family"]) == (["ara"], family["id"])
    assert not {"topic", "language", "called_on", "caller"} & set(visit)
    assert visit["note"] == "vecchia"
    assert [(call["day"], call["state"], call["created_by"]) for call in store.register_table("old.call").all()] == [
        ("2021-04-01", "draft", "anna")
    ] * 4
    assert versions(store.connection) == {"old.household": 2, "old.visit": 3}
    assert state(old) == "new"
    assert store.register_table("old.visit").count_of(search="okafor") == 4


def test_what_was_before_is_in_a_copy_that_was_verified(store: Store, old: Path) -> None:
    done = store.upgrade()
    assert done
    assert copies(old) == [done.copy]
    assert state(copies(old)[0]) == "old"


def test_there_is_nothing_to_do_twice(store: Store, old: Path) -> None:
    assert store.upgrade()
    rows = store.connection.one("SELECT count(*) FROM history")
    assert store.upgrade() is None
    with opened(old, NOW) as again:
        assert again.upgrade() is None
    assert store.connection.one("SELECT count(*) FROM history") == rows
    assert len(copies(old)) == 1


def test_a_new_store_has_todays_form_from_its_first_write_on(path: Path) -> None:
    with opened(path, NOW) as store:
        assert store.upgrade() is None
        store.register_table("old.visit").add({"subject": "Casa", "on": "3/4/2021"})
        assert versions(store.connection) == {"old.visit": 3}
        assert store.upgrade() is None
    assert copies(path) == []


def test_numbers_go_on_where_the_old_register_was(store: Store) -> None:
    store.upgrade()
    households = store.register_table("old.household")
    new = households.add({"name": "Haddad"}).doc
    numbers = {households.confirm(new["id"]).doc["number"], households.all()[0]["number"]}
    assert {number[5:] for number in numbers} == {"0001", "0002"}
    assert not store.verify().findings


def test_the_history_goes_on_and_says_who_upgraded(store: Store) -> None:
    store.upgrade()
    [family] = store.register_table("old.household").all()
    changes = store.history("old.household", family["id"])
    assert [(one.user, one.label.partition(" ")[0]) for one in changes] == [
        ("intarsi", "upgrade"), ("anna", "confirm"), ("anna", "add")
    ]  # fmt: skip
    assert store.operations(1)[0].records == 9


def test_the_past_is_seen_through_todays_names(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTARSI_NOW", "2021-05-22T09:00:00+00:00")
    store.upgrade()
    with store.register_table("old.visit").as_of(date(2021, 5, 20)) as past:
        doc = past.page(sort="subject")[0]
        assert (doc["subject"], doc["languages"], doc["called_on"]) == ("Casa", ["ar"], "2021-04-01")
    with store.register_table("old.household").as_of(date(2021, 5, 20)) as past:
        assert [one["name"] for one in past.page()] == ["Okafor"]
    with store.register_table("old.visit").as_of(date(2021, 5, 22)) as past:
        assert past.page(sort="subject")[0]["languages"] == ["ara"]


def test_older_operations_are_undone_where_they_can_be_and_refused_with_a_reason_elsewhere(store: Store) -> None:
    store.upgrade()
    confirmed = next(one for one in store.operations() if one.label == "confirm")
    assert store.undo(confirmed.operation).records[0][0] == "old.household"
    edited = next(one for one in store.operations() if one.label == "edit")
    with pytest.raises(Rejected) as caught:
        store.undo(edited.operation)
    assert {one.code for one in caught.value.problems} == {"upgraded_meanwhile"}


def test_the_upgrade_itself_is_not_undone(store: Store) -> None:
    store.upgrade()
    with pytest.raises(Rejected) as caught:
        store.undo(store.operations(1)[0].operation)
    assert [one.code for one in caught.value.problems] == ["upgrade_stays"]


def test_what_no_longer_refers_to_a_record_does_not_hold_it(store: Store) -> None:
    store.upgrade()
    [family] = store.register_table("old.household").all()
    rows = store.connection.rows("SELECT DISTINCT tbl FROM link WHERE target = ?", (family["id"],))
    assert {table for (table,) in rows} == {"old.visit", "old.call"}


def test_erasing_reaches_what_a_field_was_called_before(store: Store, old: Path) -> None:
    store.upgrade()
    visits = store.register_table("old.visit")
    uid = visits.all()[0]["id"]
    visits.erase(uid, ["subject"], "richiesta")
    assert "Scuola 0" not in str(store.connection.rows("SELECT patch FROM history WHERE uid = ?", (uid,)))
    visits.erase(uid, ["helpers", "void_reason", "internal_notes", "subject"], "richiesta")
    assert "vecchia" not in str(store.connection.rows("SELECT patch FROM history WHERE uid = ?", (uid,)))
    assert not store.verify().findings


def test_an_older_form_is_not_written_before_the_upgrade(store: Store, old: Path) -> None:
    with pytest.raises(StoreError) as caught:
        store.register_table("old.visit").add({"subject": "Casa", "on": "3/4/2021"})
    assert caught.value.code == "not_upgraded"
    assert state(old) == "old"


def test_a_newer_declaration_is_refused_undamaged_naming_both_versions(store: Store, old: Path) -> None:
    store.upgrade()
    store.close()
    before = old.read_bytes()
    with opened(old, BEFORE) as older:
        for attempt in (older.upgrade, lambda: older.register_table("old.visit").add({"topic": "x", "on": "3/4/2021"})):
            with pytest.raises(StoreError) as caught:
                attempt()  # type: ignore[operator]
            assert caught.value.code == "newer_register"
            assert "3" in caught.value.text("it")
            assert "1" in caught.value.text("it")
            assert "intarsi plugin disable old" in caught.value.text("it")
    assert old.read_bytes() == before


def test_a_program_left_open_does_not_write_the_old_form_after_it(old: Path) -> None:
    with opened(old, BEFORE) as left_open:
        visits = left_open.register_table("old.visit")
        visits.add({"topic": "Prima", "on": "3/4/2021"})
        with opened(old, NOW) as newer:
            newer.upgrade()
        with pytest.raises(StoreError) as caught:
            visits.add({"topic": "Dopo", "on": "3/4/2021"})
    assert caught.value.code == "newer_register"
    assert state(old) == "new"


@pytest.mark.parametrize(
    "mistake", [lambda old: 1 / 0, lambda old: {**old, "on": "ieri l'altro"}, lambda old: {**old, "on": float("nan")}]
)
def test_a_mistake_in_a_plugins_upgrade_leaves_everything_as_it_was(
    store: Store, old: Path, monkeypatch: pytest.MonkeyPatch, mistake: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    monkeypatch.setattr(Visit, "upgrade", classmethod(lambda cls, old, version, add: mistake(old)))
    with pytest.raises(StoreError) as caught:
        store.upgrade()
    assert caught.value.code == "upgrade_failed"
    assert "old.visit" in str(caught.value)
    assert state(old) == "old"


def test_without_a_copy_there_is_no_upgrade(store: Store, old: Path) -> None:
    def refuse() -> Path:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        store.upgrade(refuse)
    assert state(old) == "old"


def test_two_programs_at_once_upgrade_once(old: Path) -> None:
    done: list[Any] = []

    def start() -> None:
        with opened(old, NOW) as store:
            done.append(store.upgrade())

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one is None for one in sorted(done, key=lambda one: one is None)] == [False, True, True, True]
    assert len(copies(old)) == 1
    assert state(old) == "new"


def _upgrade(path: Path, pipe: Any) -> None:
    def begun() -> Path:
        pipe.send(True)
        return path

    with opened(path, NOW) as store:
        store.upgrade(begun)


@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_a_program_killed_meanwhile_leaves_the_old_form_or_the_new_one(tmp_path: Path) -> None:
    seen = []
    make_old(tmp_path / "model.db", records=60)
    for number in range(12):
        path = tmp_path / f"{number}.db"
        path.write_bytes((tmp_path / "model.db").read_bytes())
        here, there = START.Pipe(duplex=False)
        process = START.Process(target=_upgrade, args=(path, there))
        process.start()
        assert here.poll(30)  # it holds the turn to write
        time.sleep(0.015 * number)
        process.kill()
        process.join()
        seen.append(state(path))
        with opened(path, NOW) as store:
            store.upgrade(lambda path=path: path)
        assert state(path) == "new"
    assert seen[0] == "old"


def test_names_that_were_survive_in_the_cached_form() -> None:
    for cls in NOW:
        again = Declaration.from_json(cls.declaration.to_json())
        assert (again.version, again.was) == (cls.declaration.version, cls.declaration.was)
        assert [one.was for one in again.fields] == [one.was for one in cls.declaration.fields]


def test_renaming_reaches_rows_and_loses_nothing_where_both_names_are_there() -> None:
    doc = {"topic": "a", "subject": "b", "language": "ar", "helpers": [{"name": "Ada"}]}
    assert Visit.declaration.renamed(doc) == {
        "topic": "a", "subject": "b", "languages": ["ar"], "helpers": [{"who": "Ada"}]
    }  # fmt: skip
