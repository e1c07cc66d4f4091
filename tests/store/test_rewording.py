"""Words that an older program made, or that were made under other labels, are made again once, by itself, or stay as they are."""

import multiprocessing
import os
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from intarsi_tui.records.coded_kinds import ChoiceKind, ChoicesKind
from intarsi_tui.records.fields import field
from intarsi_tui.records.record import Record
from intarsi_tui.records.types import Choice, Language, Text
from intarsi_tui.reference import tables
from intarsi_tui.store import Store, open_store, words
from intarsi_tui.store.rewording import renew

START = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
KEY = b"k" * 32
COUNT = 300


class Bicycle(Record, it="Bici", en="Bicycle", title=("name",)):
    name: Text = field(it="Nome", en="Name", privacy="internal", in_list=True)
    size: Choice = field(
        it="Misura",
        en="Size",
        privacy="internal",
        default="s",
        choices={"s": ("Piccola", "Small"), "l": ("Grande", "Large")},
    )
    spoken: Language | None = field(it="Lingua", en="Language", privacy="internal")


class Renamed(Record, it="Bici", en="Bicycle", title=("name",)):
    name: Text = field(it="Nome", en="Name", privacy="internal", in_list=True)
    size: Choice = field(
        it="Misura",
        en="Size",
        privacy="internal",
        default="s",
        choices={"s": ("Bassa", "Low"), "l": ("Grande", "Large")},
    )
    spoken: Language | None = field(it="Lingua", en="Language", privacy="internal")


for one in (Bicycle, Renamed):
    one.declaration = replace(one.declaration, table="club.bicycle")


def opened(path: Path, record: type[Record] = Bicycle, key: bytes | None = None, *, read_only: bool = False) -> Store:
    """The office as a program opens it whose plugin says `record`."""
    store = open_store(path, key)
    store.register(record.declaration, lambda: record)
    store.connection.read_only = read_only
    store.upgrade()
    return store


def found(store: Store, search: str) -> int:
    return int(store.table("club.bicycle").count_of(search=search))


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    given: bytes | None = request.param
    return given


@pytest.fixture
def older(tmp_path: Path, key: bytes | None) -> Path:
    """An office whose words a program made that knew names only, and noted nothing of it."""
    path = tmp_path / "a.db"
    with opened(path, key=key) as store:
        store.table("club.bicycle").insert_multiple({"name": f"Bici {one}", "spoken": "tir"} for one in range(COUNT))
        with store.connection.transaction():
            store.connection.rows("UPDATE \"club.bicycle\" SET words = 'bici'")
            store.connection.rows("DELETE FROM meta WHERE name = 'words'")
    return path


def test_what_stands_on_the_screen_for_a_code_is_found_in_both_languages(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db") as store:
        uid = store.table("club.bicycle").add({"name": "Rossa", "spoken": "tigrino"}).doc["id"]
        said = ("tigrino", "TIGRINYA", "piccola", "small", "bozza", "draft")
        assert [found(store, one) for one in said] == [1] * len(said)
        assert [found(store, one) for one in ("confermat", "grande")] == [0, 0]
        assert (store.table("club.bicycle").called("ross"), store.table("club.bicycle").called("piccola")) == (
            [uid],
            [],
        )
        store.table("club.bicycle").confirm(uid)
        assert [found(store, one) for one in ("bozza", "confermat", "confirmed piccola")] == [0, 1, 1]


def test_a_code_that_is_no_choice_any_more_is_found_as_it_stands_on_the_screen() -> None:
    kinds = [ChoiceKind(choices={"a": ("Affitto", "Rent")}), ChoicesKind(choices={"a": ("Affitto", "Rent")})]
    assert [kinds[0].words("gone"), kinds[1].words(["a", "gone"])] == [("gone",), ("affitto", "rent", "gone")]


def test_an_office_of_an_older_program_is_indexed_when_it_opens_and_only_once(older: Path, key: bytes | None) -> None:
    with opened(older, key=key) as store:
        assert (found(store, "tigrino"), found(store, "bici 7 piccola")) == (
            COUNT,
            sum("7" in str(one) for one in range(COUNT)),
        )
        assert renew(store) == ()
        assert {one.label.partition(" ")[0] for one in store.operations()} == {"add"}
        assert store.verify().findings == []
    with opened(older, key=key) as again:
        assert not again.connection.wrote


def test_other_labels_of_a_plugin_are_found_from_the_next_start_on(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db") as store:
        store.table("club.bicycle").add({"name": "Rossa"})
    with opened(tmp_path / "a.db", Renamed) as store:
        assert (found(store, "bassa"), found(store, "piccola")) == (1, 0)


def test_an_office_that_is_only_looked_at_keeps_its_older_words(older: Path, key: bytes | None) -> None:
    with opened(older, key=key, read_only=True) as store:
        assert (found(store, "bici"), found(store, "tigrino")) == (COUNT, 0)
        assert not store.connection.wrote


def test_while_somebody_else_writes_an_office_opens_with_its_older_words(older: Path, key: bytes | None) -> None:
    with open_store(older, key) as other, other.connection.transaction(), opened(older, key=key) as store:
        assert (found(store, "bici"), found(store, "tigrino")) == (COUNT, 0)


def die_in_the_middle(path: Path, key: bytes | None) -> None:
    store = open_store(path, key)
    store.register(Bicycle.declaration, lambda: Bicycle)
    updates = iter(range(COUNT // 2))

    def look(statement: str) -> None:
        if statement.startswith("UPDATE") and next(updates, None) is None:
            os._exit(9)

    store.connection.sqlite.set_trace_callback(look)
    store.upgrade()


def test_a_program_that_dies_meanwhile_leaves_the_older_words_and_the_next_one_makes_them(
    older: Path, key: bytes | None
) -> None:
    child = START.Process(target=die_in_the_middle, args=(older, key))
    child.start()
    child.join()
    assert child.exitcode == 9
    with open_store(older, key) as store:
        assert store.connection.one("SELECT count(*) FROM \"club.bicycle\" WHERE words = 'bici'") == COUNT
    with opened(older, key=key) as store:
        assert found(store, "tigrino") == COUNT


def test_the_offices_own_names_of_a_code_table_are_found(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db") as store:
        store.table("club.bicycle").add({"name": "Rossa", "spoken": "tir"})
    (tmp_path / "languages.csv").write_text("code,it,en\ntir,Tegrégna,Tegregna\n", encoding="utf-8")
    tables.overlay(tmp_path)
    try:
        with opened(tmp_path / "a.db") as store:
            assert (found(store, "tegregna"), found(store, "tigrino")) == (1, 0)
    finally:
        tables.overlay(None)


def test_whoever_changes_a_code_table_of_the_program_raises_the_version_of_the_words() -> None:
    names = [(name, [*tables._table(name).items()]) for name in ("countries", "languages", "municipalities")]
    said = [(name, [(code, entry.it, entry.en) for code, entry in entries]) for name, entries in names]
    assert (words.VERSION, f"{zlib.crc32(repr(said).encode()):08x}") == (2, "06267c28")


def test_who_opens_an_office_is_told_before_many_records_are_gone_through(
    older: Path, key: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    for most, said in ((COUNT, []), (COUNT - 1, [COUNT]), (COUNT - 1, [COUNT])):
        monkeypatch.setattr("intarsi_tui.store.rewording.MANY", most)
        with open_store(older, key) as store:
            store.register(Bicycle.declaration, lambda: Bicycle)
            if most == COUNT:
                store.connection.read_only = True  # then they stay as they are
            store.upgrade(indexing=told.append)
        assert told == said
