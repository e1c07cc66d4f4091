"""A damaged database gives back every record that can be read, and says what is lost."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.records.declaration import Declaration
from intarsi_tui.store import Store, StoreError, open_store
from intarsi_tui.store.backup import copy_database
from intarsi_tui.store.rows import read_file
from intarsi_tui.store.salvage import salvage_database
from intarsi_tui.store.salvaged import Salvaged

from .registers import register_all

PAGE = 4096
Docs = dict[str, dict[str, Any]]


class Office:
    """A database with a backup of its first half, as bytes that a test may damage."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path, self.backup = folder, folder / "office.db", folder / "backup.db"
        with register_all(open_store(self.path, site="rimini", user="anna")) as store:
            self._write(store, 0, 30)
            copy_database(store, self.backup)
            self._write(store, 30, 60)
            store.table("plain").insert_multiple({"n": number} for number in range(50))
            self.docs = contents(store)
            self.state = store.verify().state
            self.declarations = {one: known(store, one) for one in ("club.person", "club.meeting")}
        self.whole = self.path.read_bytes()

    @staticmethod
    def _write(store: Store, first: int, last: int) -> None:
        people, meetings = store.register_table("club.person"), store.register_table("club.meeting")
        with store.operation("import"):  # one commit, for the sake of speed
            for number in range(first, last):
                doc = {
                    "surname": f"Neri{number}",
                    "taken_in": "2021-01-01",
                    "informed": True,
                    "notes": "a" * 150 * (number % 40),
                }
                uid = people.add(doc).doc["id"]
                if number % 3 == 0:
                    people.confirm(uid)
                if number % 4 == 0:
                    people.edit(uid, {"given": "Ada"})
                if number % 7 == 1 and number % 3:
                    people.remove(doc_ids=[people.one(uid).doc_id])
                else:
                    meetings.add({"topic": f"Incontro {number}", "on": f"{number % 28 + 1}/3/2021", "leader": uid})

    def salvage(self, data: bytes, *, backup: bool = True) -> tuple[Salvaged, Store]:
        damaged, into = self.folder / "damaged.db", self.folder / "saved.db"
        damaged.write_bytes(data)
        into.unlink(missing_ok=True)
        if backup:
            into.write_bytes(self.backup.read_bytes())
        salvaged = salvage_database(damaged, into, site="rimini", declarations=self.declarations)
        assert damaged.read_bytes() == data
        return salvaged, register_all(open_store(into, create=False))


def known(store: Store, table: str) -> Declaration:
    declaration = store.registered(table)
    assert declaration is not None
    return declaration


def contents(store: Store) -> Docs:
    return {doc["id"]: dict(doc) for table in ("club.person", "club.meeting") for doc in store.register_table(table)}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def without_pages(data: bytes, pages: list[int]) -> bytes:
    changed = bytearray(data)
    for page in pages:
        changed[page * PAGE : (page + 1) * PAGE] = os.urandom(PAGE)
    return bytes(changed)


def test_the_pages_of_a_sound_file_hold_what_sqlite_reads(office: Office) -> None:
    found = read_file(office.path)
    with open_store(office.path) as store:
        for table in ("history", "club.person", "club.meeting", "=plain"):
            rows = store.connection.rows(f'SELECT * FROM "{table}" ORDER BY 1')
            assert sorted((row.rowid, *row.values[1:]) for row in found.rows if row.table == table) == rows
        assert sorted(map(tuple, found.keyed["counter"])) == store.connection.rows(
            "SELECT * FROM counter ORDER BY name"
        )


def test_what_is_only_in_the_log_beside_the_file_is_read_too(office: Office) -> None:
    with register_all(open_store(office.path)) as store:
        uid = store.register_table("club.person").add({"surname": "Ultima", "taken_in": "2021-05-01"}).doc["id"]
        rows = read_file(office.path).rows
    assert any(row.values[1] == uid for row in rows if row.table == "club.person")


@pytest.mark.parametrize("backup", [True, False])
@pytest.mark.parametrize("lost", ["nothing", "header", "first page", "an index page"])
def test_everything_comes_back_while_the_pages_with_records_are_whole(office: Office, lost: str, backup: bool) -> None:
    data = office.whole
    if lost == "header":
        data = bytes(100) + data[100:]
    elif lost == "first page":
        data = bytes(PAGE) + data[PAGE:]
    elif lost == "an index page":
        index = next(at for at in range(PAGE, len(data), PAGE) if data[at] == 0x0A)
        data = without_pages(data, [index // PAGE])
    salvaged, store = office.salvage(data, backup=backup)
    with store:
        assert contents(store) == office.docs
        assert not salvaged.lost
        assert salvaged.records == len(office.docs)
        assert store.verify().findings == []
        assert store.verify().state == office.state
        assert store.register_table("club.person").count_of(search="neri59") == 1


def test_a_record_whose_own_row_is_gone_comes_back_from_its_history(office: Office) -> None:
    at = next(at for at in range(0, len(office.whole), PAGE) if is_leaf_of(office, at, "club.meeting"))
    salvaged, store = office.salvage(without_pages(office.whole, [at // PAGE]))
    with store:
        assert contents(store) == office.docs
        assert {doubt.reason for doubt in salvaged.doubts} == {"rebuilt"}
        assert not salvaged.lost
        assert store.verify().findings == []
        (meeting,) = store.register_table("club.meeting").page(search="incontro 59")
        assert store.connection.rows(
            "SELECT 1 FROM link WHERE target = ? AND uid = ?", (meeting["leader"], meeting["id"])
        )


def is_leaf_of(office: Office, at: int, table: str) -> bool:
    damaged = office.folder / "without.db"
    damaged.write_bytes(without_pages(office.whole, [at // PAGE]))
    rows = [row for row in read_file(damaged).rows if row.table == table]
    with open_store(office.path) as store:
        return 0 < len(rows) < len(store.table(table))


def test_an_altered_record_is_set_right_from_its_history(office: Office) -> None:
    changed = office.whole.replace(b'"surname":"Neri42"', b'"surname":"Neri43"')
    assert changed != office.whole
    salvaged, store = office.salvage(changed)
    with store:
        assert contents(store) == office.docs
    assert [doubt.doc["surname"] for doubt in salvaged.doubts] == ["Neri42"]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("backup", [True, False])
def test_whatever_is_not_as_it_was_is_on_the_list(office: Office, seed: int, backup: bool) -> None:
    luck = random.Random(seed)
    pages = luck.sample(range(len(office.whole) // PAGE), luck.choice((1, 4, 15)))
    salvaged, store = office.salvage(without_pages(office.whole, pages), backup=backup)
    with store:
        saved = contents(store)
        told = {doubt.uid for doubt in salvaged.doubts if doubt.reason != "rebuilt"}
        assert {uid for uid, doc in saved.items() if doc != office.docs.get(uid)} <= told
        assert len(office.docs.keys() - saved.keys()) <= sum(salvaged.vanished.values())
        assert store.connection.one("PRAGMA integrity_check") == "ok"
        given = store.register_table("club.person").add(
            {"surname": "Nuova", "taken_in": "2021-05-01", "informed": True}
        )
        number = store.register_table("club.person").confirm(given.doc["id"]).doc["number"]
        assert number not in {doc.get("number") for doc in office.docs.values()}


def test_a_file_that_is_gone_leaves_the_backup_and_says_so(office: Office) -> None:
    office.path.unlink()
    into = office.folder / "saved.db"
    into.write_bytes(office.backup.read_bytes())
    salvaged = salvage_database(office.path, into, declarations=office.declarations)
    assert salvaged.short
    assert salvaged.lost
    with register_all(open_store(into)) as store:
        assert contents(store).keys() <= office.docs.keys()
        assert len(store.register_table("club.person")) == 26


def test_lost_changes_are_told_by_number_and_time(office: Office) -> None:
    with open_store(office.path) as store:
        last = store.connection.one("SELECT max(seq) FROM history")
        store.connection.rows("DELETE FROM history WHERE seq BETWEEN ? AND ?", (last - 6, last - 4))
    salvaged, store = office.salvage(office.path.read_bytes())
    store.close()
    (gap,) = salvaged.gaps
    assert (gap.first, gap.last) == (last - 6, last - 4)
    assert gap.after <= gap.before


def test_a_backup_of_another_database_is_refused(office: Office, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    stranger = Office(other)
    with pytest.raises(StoreError) as caught:
        salvage_database(office.path, stranger.backup)
    assert caught.value.code == "other_history"
    with register_all(open_store(stranger.backup)) as store:
        assert contents(store).keys() <= stranger.docs.keys()


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: b"PK\3\4" * 5000, lambda data: os.urandom(len(data)), lambda data: data[:777], lambda data: b"\xff" * len(data)],
)  # fmt: skip
def test_nothing_that_is_in_a_file_makes_reading_fail(office: Office, damage: Callable[[bytes], bytes]) -> None:
    _salvaged, store = office.salvage(damage(office.whole))
    store.close()


def test_an_erased_value_does_not_come_back_from_the_backup(office: Office) -> None:
    with register_all(open_store(office.path)) as store:
        people = store.register_table("club.person")
        uid = people.page(search="neri2", sort="created_at")[0]["id"]
        people.erase(uid, ["surname"], "richiesta dell'interessata")
        surname = office.docs[uid]["surname"]
    salvaged, store = office.salvage(office.path.read_bytes())
    with store:
        assert not salvaged.lost
        assert store.register_table("club.person").one(uid).get("surname") != surname
        assert not [row for row in store.connection.rows("SELECT patch FROM history") if f'"{surname}"' in row[0]]
