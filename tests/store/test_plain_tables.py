"""A table that nobody registered is TinyDB: its own documented behaviour, on rows."""

import json
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import add, delete, increment
from tinydb.operations import set as set_to
from tinydb.table import Document

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import Store, StoreError, open_store
from intarsi_tui.store.table import AT_ONCE

Fruit = Query()


@pytest.fixture
def fruits(store: Store) -> Any:
    table = store.table("fruits")
    table.insert_multiple([{"type": "apple", "count": 7}, {"type": "peach", "count": 3}])
    return table


def test_documents_come_back_as_dicts_with_an_id(fruits: Any) -> None:
    assert fruits.insert({"type": "plum", "sizes": [1, 2.5, None, True, {"è": "à"}]}) == 3
    found = fruits.get(doc_id=3)
    assert found == {"type": "plum", "sizes": [1, 2.5, None, True, {"è": "à"}]}
    assert (found.doc_id, type(found)) == (3, Document)


def test_the_database_itself_is_its_default_table(store: Store) -> None:
    store.insert({"a": 1})
    assert store.all() == store.table("_default").all() == [{"a": 1}]
    assert len(store) == 1
    assert store.search(where("a") == 1)[0].doc_id == 1


def test_searching_counting_and_asking(fruits: Any) -> None:
    assert [doc["type"] for doc in fruits.search(Fruit.count > 5)] == ["apple"]
    assert fruits.count(Fruit.type.one_of(["apple", "peach"])) == 2
    assert fruits.contains(Fruit.type == "peach")
    assert not fruits.contains(doc_id=9)
    assert fruits.get(Fruit.type == "kiwi") is None
    assert [doc.doc_id for doc in fruits.get(doc_ids=[2, 1, 7])] == [1, 2]
    assert [doc["count"] for doc in fruits] == [7, 3]
    assert len(fruits) == 2
    with pytest.raises(RuntimeError):
        fruits.get()


def test_updating_fields_by_mapping_and_by_operation(fruits: Any) -> None:
    assert fruits.update({"count": 10}) == [1, 2]
    assert fruits.update(increment("count"), Fruit.type == "apple") == [1]
    assert fruits.update(add("count", 5), doc_ids=[2, 44]) == [2]
    assert fruits.update(delete("type"), doc_ids=[2]) == [2]
    assert fruits.all() == [{"type": "apple", "count": 11}, {"count": 15}]


def test_updating_by_several_queries_at_once(fruits: Any) -> None:
    done = fruits.update_multiple([({"red": True}, Fruit.type == "apple"), (set_to("soft", True), Fruit.red == True)])  # noqa: E712
    assert done == [1, 1]
    assert fruits.get(doc_id=1) == {"type": "apple", "count": 7, "red": True, "soft": True}


def test_upserting_updates_or_adds(fruits: Any) -> None:
    assert fruits.upsert({"type": "apple", "count": 1}, Fruit.type == "apple") == [1]
    assert fruits.upsert({"type": "plum"}, Fruit.type == "plum") == [3]
    assert fruits.upsert(Document({"type": "fig"}, doc_id=12)) == [12]
    assert fruits.insert({"type": "lime"}) == 13
    with pytest.raises(ValueError, match="search query"):
        fruits.upsert({"type": "pear"})


def test_removing_by_query_and_by_id(fruits: Any) -> None:
    assert fruits.remove(doc_ids=[2, 2, 5]) == [2]
    assert fruits.remove(Fruit.count >= 0) == [1]
    assert len(fruits) == 0
    with pytest.raises(RuntimeError):
        fruits.remove()


def test_ids_are_not_given_twice_after_a_removal(fruits: Any) -> None:
    fruits.remove(doc_ids=[2])
    assert fruits.insert({}) == 3


def test_truncating_begins_again(fruits: Any) -> None:
    fruits.truncate()
    assert fruits.all() == []
    assert fruits.insert({}) == 1


def test_an_id_that_is_there_is_refused(fruits: Any) -> None:
    with pytest.raises(ValueError, match="already exists"):
        fruits.insert(Document({}, doc_id=2))
    with pytest.raises(ValueError, match="not a Mapping"):
        fruits.insert([1])


def test_a_long_insertion_counts_its_ids_and_takes_those_that_documents_bring(store: Store) -> None:
    table = store.table("numbers")
    own = Document({"n": -1}, doc_id=AT_ONCE + 9)
    assert table.insert_multiple([*({"n": n} for n in range(AT_ONCE)), own, {"n": -2}])[-3:] == [
        AT_ONCE, AT_ONCE + 9, AT_ONCE + 10,
    ]  # fmt: skip
    assert table.insert({"n": -3}) == AT_ONCE + 11
    for twice in ([own], [{"n": 0}, Document({}, doc_id=AT_ONCE + 12)], [Document({}, doc_id=-1)] * 2):
        with pytest.raises(ValueError, match="already exists"):
            table.insert_multiple(twice)
    assert len(table) == AT_ONCE + 3


def test_documents_may_be_made_out_of_the_table_that_they_are_added_to(fruits: Any) -> None:
    assert fruits.insert_multiple({"copy": doc["type"], "at": fruits.insert({"type": "x"})} for doc in fruits) == [5, 6]


def test_a_failed_update_changes_nothing(fruits: Any) -> None:
    with pytest.raises(KeyError):
        fruits.update_multiple([({"count": 0}, Fruit.count == 7), (delete("colour"), Fruit.count == 3)])
    assert fruits.all() == [{"type": "apple", "count": 7}, {"type": "peach", "count": 3}]


def test_returned_documents_are_copies(fruits: Any) -> None:
    fruits.search(Fruit.type == "apple")[0]["count"] = 99
    assert fruits.search(Fruit.type == "apple")[0]["count"] == 7


def test_tables_appear_with_their_first_write_and_can_be_dropped(store: Store) -> None:
    assert store.table("empty").all() == []
    assert store.tables() == set()
    store.table("kept", persist_empty=True)
    store.table("full").insert({})
    assert store.tables() == {"kept", "full"}
    store.drop_table("full")
    store.drop_table("never there")
    assert store.tables() == {"kept"}
    assert store.table("full").insert({}) == 1
    store.drop_tables()
    assert store.tables() == set()


@pytest.mark.parametrize("names", [("Fruits", "fruits", "FRUITS"), ("history", "meta", "link", "counter", "sqlite_master"), ("", ".", 'a"; DROP', "è", "a b", "%41", "A", "training.session")])  # fmt: skip
def test_any_name_is_a_table_of_its_own(store: Store, names: tuple[str, ...]) -> None:
    for name in names:
        store.table(name).insert({"name": name})
    assert store.tables() == set(names)
    assert [store.table(name).all() for name in names] == [[{"name": name}] for name in names]


@pytest.mark.parametrize(
    ("document", "where_"),
    [
        ({"a": {"b": [1, float("nan")]}}, "a.b.2"),
        ({"a": float("inf")}, "a"),
        ({"a": "x\0y"}, "a"),
        ({"a": "\ud800"}, "a"),
        ({"a\0": 1}, None),
        ({1: 2}, None),
        ({"a": 2**53 + 1}, "a"),
        ({"a": {1, 2}}, "a"),
    ],
)
def test_what_sqlite_would_spoil_is_refused(fruits: Any, document: Any, where_: str | None) -> None:
    with pytest.raises(Rejected) as caught:
        fruits.insert_multiple([{"fine": 1}, document])
    assert [(p.code, p.field) for p in caught.value.problems] == [("not_storable", where_)]
    assert len(fruits) == 2


def test_a_document_nested_too_deep_is_refused_before_it_spoils_every_query(fruits: Any) -> None:
    deep: Any = 1
    for _ in range(101):
        deep = [deep]
    with pytest.raises(Rejected):
        fruits.insert({"a": deep})
    fruits.insert({"a": deep[0][0]})
    assert fruits.count(Fruit.a.exists()) == 1


def test_a_comparison_of_unlike_types_is_no_match(fruits: Any) -> None:
    fruits.insert_multiple([{"count": "many"}, {"count": None}])
    assert [doc.doc_id for doc in fruits.search(Fruit.count < 5)] == [2]
    assert [doc.doc_id for doc in fruits.search((Fruit.count < 5) | Fruit.type.search("app"))] == [1, 2]


def test_a_mistake_in_ones_own_test_function_is_not_hidden(fruits: Any) -> None:
    def wrong(value: Any) -> bool:
        return bool(value + "x")

    with pytest.raises(TypeError):
        fruits.search(Fruit.count.test(wrong))


def test_tinydb_documents_move_in_and_out(fruits: Any, tmp_path: Path) -> None:
    with TinyDB(tmp_path / "plain.json") as plain:
        plain.table("fruits").insert_multiple(fruits.all())
        assert plain.table("fruits").search(Fruit.count > 5) == fruits.search(Fruit.count > 5)


def test_documents_are_still_there_in_the_next_session(path: Path) -> None:
    with open_store(path) as first:
        first.insert({"a": 1})
    with open_store(path) as second:
        assert second.all() == [{"a": 1}]
        assert second.insert({}) == 2


def test_a_closed_store_says_so(path: Path) -> None:
    store = open_store(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="already closed"):
        store.all()


def test_a_register_without_its_plugin_can_be_read_and_not_written(store: Store, people: Any, person: Any) -> None:
    person()
    path = store.connection.path
    with open_store(path) as bare:
        table = bare.table("club.person")
        assert table.count(where("surname") == "Bianchi") == 1
        for write in (
            lambda: table.insert({}),
            table.truncate,
            lambda: bare.drop_table("club.person"),
            bare.drop_tables,
        ):
            with pytest.raises(StoreError, match=r"club\.person is a register"):
                write()
    assert json.loads(json.dumps(people.all()))[0]["surname"] == "Bianchi"
