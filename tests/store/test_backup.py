"""A copy of the database, proved sound before anybody relies on it."""

from pathlib import Path

import pytest

from intarsi_tui.store import RegisterTable, Store, StoreError, open_store
from intarsi_tui.store.backup import copy_database

from .registers import register_all


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


def test_a_copy_is_one_file_with_the_same_state(store: Store, people: RegisterTable, target: Path) -> None:
    saved = people.add({"surname": "Bianchi", "taken_in": "1/2/2021"}).doc
    store.table("notes").insert({"n": 1})
    copied = copy_database(store, target)
    assert copied.records == {"club.person": 1, "notes": 1}
    assert (copied.changes, copied.state, copied.findings) == (1, store.verify().state, ())
    assert [path.name for path in target.parent.glob("copy.db*")] == ["copy.db"]
    with register_all(open_store(target, create=False)) as copy:
        assert copy.register_table("club.person").all() == [saved]
        assert copy.site == store.site


def test_what_is_not_committed_yet_is_not_in_the_copy(store: Store, path: Path, target: Path) -> None:
    store.insert({"n": 1})
    with open_store(path) as other, store.operation("import"):
        store.insert({"n": 2})
        assert copy_database(other, target).records == {"_default": 1}


def test_the_copy_of_an_encrypted_database_is_encrypted(tmp_path: Path, target: Path) -> None:
    with open_store(tmp_path / "secret.db", b"k" * 32) as store:
        store.insert({"name": "Giulia"})
        assert copy_database(store, target).records == {"_default": 1}
    assert b"Giulia" not in target.read_bytes()
    with open_store(target, b"k" * 32) as copy:
        assert copy.all() == [{"name": "Giulia"}]


def test_findings_of_the_history_are_told_and_copied_as_they_are(
    store: Store, people: RegisterTable, target: Path
) -> None:
    people.add({"surname": "Bianchi", "taken_in": "1/2/2021"})
    store.connection.rows("UPDATE history SET user = 'somebody else'")
    assert [finding.code for finding in copy_database(store, target).findings] == ["chain", "changed"]


def test_a_copy_that_cannot_be_written_leaves_nothing(store: Store, target: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        copy_database(store, tmp_path / "nowhere" / "copy.db")
    store.connection.rows("CREATE TABLE stranger(a)")  # and a database that is none of ours any more is not copied
    store.connection.rows("PRAGMA application_id = 7")
    with pytest.raises(StoreError):
        copy_database(store, target)
    assert not list(tmp_path.glob("copy.db*"))


def test_a_value_of_the_history_that_is_no_text_any_more_is_found(
    store: Store, people: RegisterTable, target: Path
) -> None:
    people.add({"surname": "Bianchi", "taken_in": "1/2/2021"})
    store.connection.rows("UPDATE history SET site = CAST(site AS BLOB)")  # the same bytes, and equal to nothing
    assert [finding.code for finding in copy_database(store, target).findings] == ["chain"]
