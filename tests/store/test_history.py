"""The history: what it says, and that it cannot be changed unnoticed."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.store import RegisterTable, Store, history, log, open_store

from .registers import register_all


def test_it_says_who_changed_what_and_how_it_was(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person(language="ar")
    people.edit(uid, {"surname": "Neri", "language": "", "informed": "sì"})
    confirmed = people.confirm(uid).doc
    confirm, edit, add = store.history()
    assert (add.label, add.fields["surname"], add.fields["id"]) == ("add", (None, "Bianchi"), (None, uid))
    assert (edit.user, edit.site, edit.table, edit.uid, edit.moment) == (
        "anna",
        "modena",
        "club.person",
        uid,
        "2021-05-20T09:00:00+00:00",
    )
    assert edit.fields == {"surname": ("Bianchi", "Neri"), "language": ("ar", None), "informed": (None, True)}
    assert confirm.fields == {"state": ("draft", "confirmed"), "number": (None, confirmed["number"])}
    assert confirm.undoes is None


def test_a_removal_is_said_too(store: Store, people: RegisterTable, person: Callable[..., str]) -> None:
    person()
    people.remove(doc_ids=[1])
    assert store.history()[0].fields == {"_deleted": (None, True)}


def test_it_is_asked_by_table_record_and_operation(
    store: Store, meetings: RegisterTable, person: Callable[..., str]
) -> None:
    with store.operation("import registro.csv") as operation:
        first, second = person(), person()
    meetings.add({"topic": "Regole", "on": "2021-03-01"})
    assert [change.uid for change in store.history(operation=operation.id)] == [second, first]
    assert {change.label for change in store.history("club.person")} == {"import registro.csv"}
    assert [change.seq for change in store.history(uid=first)] == [1]
    assert [change.seq for change in store.history(limit=2)] == [3, 2]
    assert len(store.history(limit=None)) == 3
    now, second_long = datetime(2021, 5, 20, 9, tzinfo=UTC), timedelta(seconds=1)
    assert sorted(store.worked(now, now + second_long)) == [("anna", 1), ("anna", 2)]
    assert store.worked(now - second_long, now) == []


def test_operations_are_summed_up_newest_first(
    store: Store, colleague: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    with store.operation("import registro.csv"):
        first = person("Bianchi")
        person("Neri")
        people.edit(first, {"notes": "x"})
    colleague.register_table("club.person").edit(first, {"notes": "y"})
    colleague.undo()
    undo, edit, add = store.operations()
    assert [(done.label, done.user, done.records, done.undone) for done in (undo, edit, add)] == [
        ("undo", "bruno", 1, False),
        ("edit", "bruno", 1, True),
        ("import registro.csv", "anna", 2, False),
    ]
    assert (undo.undoes, edit.undoes) == (edit.operation, None)
    assert (add.site, add.moment) == ("modena", store.history(uid=first)[-1].moment)
    assert store.operations(limit=1) == [undo]


def test_half_characters_of_a_terminal_do_not_stop_the_work(path: Path) -> None:
    with register_all(open_store(path, user="anna\udcff")) as store:
        with store.operation("import \udcff.csv"):
            store.register_table("club.person").add({"surname": "Bianchi", "taken_in": "2021-01-01"})
        assert [(done.user, done.label) for done in store.operations()] == [("anna?", "import ?.csv")]
        assert store.verify_chain() == []


def test_what_is_done_inside_an_operation_joins_it_and_fails_with_it(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    def fail() -> None:
        with store.operation("import"):
            person()
            with store.operation("inner"):
                person()
            store.table("plain").insert({})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (len(people), store.history(), store.tables()) == (0, [], set())


def test_the_rows_are_made_as_the_format_says(store: Store, people: RegisterTable, person: Callable[..., str]) -> None:
    uid = person()
    people.edit(uid, {"notes": "però"})
    ((hlc, operation, patch, prev, chained), (first,)) = (
        store.connection.rows("SELECT hlc, operation, patch, prev, hash FROM history WHERE seq = 2")[0],
        store.connection.rows("SELECT hash FROM history WHERE seq = 1")[0],
    )
    entry = json.loads(patch)["notes"]
    assert hlc == "1621501200000-0001-modena"
    assert (entry["v"], len(entry["s"]), prev) == ("però", 32, first)
    committed = hashlib.sha256(bytes.fromhex(entry["s"]) + '"però"'.encode()).hexdigest()
    row = f'["{hlc}","modena","anna","{operation}","edit",null,"club.person","{uid}",{{"notes":"{committed}"}}]'
    assert chained == hashlib.sha256((prev + row).encode()).hexdigest()
    assert store.connection.one("SELECT prev FROM history WHERE seq = 1") == ""


def test_the_documents_are_what_the_history_adds_up_to(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    uid = person(language="ar")
    people.edit(uid, {"language": "", "informed": True})
    people.confirm(uid)
    doc = people.void(uid, "errore").doc
    replayed = history.replay(patch for _, patch in history.patches(store.connection, uid))
    assert replayed == {name: value for name, value in doc.items() if name not in ("changed_by", "changed_at")}


class TestChain:
    @pytest.fixture
    def written(self, store: Store, people: RegisterTable, person: Callable[..., str]) -> Store:
        for name in ("Bianchi", "Neri", "Verdi"):
            people.edit(person(name), {"notes": f"di {name}"})
        assert store.verify_chain() == []
        return store

    @pytest.mark.parametrize(
        "tampering",
        [
            "UPDATE history SET patch = replace(patch, 'Neri', 'Nero') WHERE seq = 3",
            "UPDATE history SET user = 'bruno' WHERE seq = 3",
            "UPDATE history SET hlc = '0000000000000-0000-modena' WHERE seq = 3",
            "UPDATE history SET undoes = '' WHERE seq = 3",
            "UPDATE history SET patch = '[]' WHERE seq = 3",
            "UPDATE history SET patch = 'x' WHERE seq = 3",
            "UPDATE history SET hash = 'x' WHERE seq = 3",
            "DELETE FROM history WHERE seq = 2",
        ],
    )
    def test_the_first_row_that_was_tampered_with_is_named(self, written: Store, tampering: str) -> None:
        written.connection.rows(tampering)
        broken = written.verify_chain()[0]
        assert (broken.code, broken.params) == ("chain", {"seq": 3, "site": "modena"})
        assert "Row 3 of the history (site modena, club.person " in broken.text("en")

    def test_an_erased_value_leaves_it_whole(self, written: Store) -> None:
        patch = json.loads(written.connection.one("SELECT patch FROM history WHERE seq = 4"))
        patch["notes"] = {"c": log.commitment(patch["notes"])}
        written.connection.rows("UPDATE history SET patch = ? WHERE seq = 4", (json.dumps(patch),))
        assert written.verify_chain() == []
        assert written.history()[2].fields == {"notes": (None, None)}
        assert "di Neri" not in str(written.history(limit=None))

    def test_each_site_has_its_own(self, written: Store) -> None:
        connection = written.connection
        with connection.transaction():
            log.Operation(connection, "rimini", "carla", "edit").write("club.person", "u", log.patch_of({}, {"a": 1}))
            log.Operation(connection, "modena", "anna", "edit").write("club.person", "u", log.patch_of({}, {"b": 1}))
        assert connection.one("SELECT prev FROM history WHERE site = 'rimini'") == ""
        assert written.verify_chain() == []


class TestClock:
    def test_it_never_goes_back(
        self, store: Store, path: Path, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for now in ("2021-05-20T09:00:00", "2021-05-20T10:00:00", "2019-01-01T00:00:00", "2021-05-20T10:00:00.001"):
            monkeypatch.setenv("INTARSI_NOW", now)
            person()
        with register_all(open_store(path)) as again:
            monkeypatch.setenv("INTARSI_NOW", "2020-01-01")
            again.table("club.person").insert({"surname": "x", "taken_in": "2020-01-01"})
        clocks = [hlc for (hlc,) in store.connection.rows("SELECT hlc FROM history ORDER BY seq")]
        assert clocks == sorted(set(clocks))
        assert [hlc[8:18] for hlc in clocks] == ["00000-0000", "00000-0000", "00000-0001", "00001-0000", "00001-0001"]
        assert store.history()[0].moment == "2021-05-20T10:00:00+00:00"

    @given(st.lists(st.integers(-5, 5), max_size=50), st.integers(9990, 9999))
    def test_its_readings_grow_as_text_whatever_the_computers_clock_does(self, jumps: list[int], count: int) -> None:
        from datetime import UTC, datetime

        wall, last = 1_600_000_000_000, f"1600000000000-{count:04d}-zz"
        for jump in jumps:
            wall += jump
            now: Any = log.next_hlc(last, datetime.fromtimestamp(wall / 1000, UTC), "a-b")
            assert (now > last, len(now)) == (True, 22)
            last = now


def test_a_change_of_anybody_moves_the_version(store: Store, colleague: Store, person: Callable[..., str]) -> None:
    seen = [store.version()]
    person()
    seen.append(store.version())
    colleague.register_table("club.person").insert({"surname": "x", "taken_in": "2020-01-01"})
    seen.append(store.version())
    colleague.table("plain").insert({})
    seen.append(store.version())
    assert seen == sorted(set(seen))
    assert store.version() == seen[-1]
