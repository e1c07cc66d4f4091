"""Values that no register can keep: one clear sentence each, quickly, and nothing written."""

import time
from typing import Any

import pytest
from tinydb import where
from tinydb.operations import add
from tinydb.table import Document

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import NoSuchRecord, RegisterTable, Store, StoreError

from .conftest import refused


def ascii_start(value: Any) -> str:
    return f"{type(value).__name__} {str(value)[:12]!a}" if not isinstance(value, int) else hex(value)[:12]


HUGE = "x" * 10_000_000
ODD = [
    float("nan"), float("inf"), -float("inf"), 10**400, 2**64, -(2**53) - 1, "x\0y", "\ud800", "\udfff\ud800", HUGE, b"bytes",
    {"a": 1}, [["a"]], [float("nan")], {"x": {"y": "\0"}}, True, object(), "\u202e", "\x1b[2J", [None] * 100_000,
]  # fmt: skip
FIELDS = ["surname", "taken_in", "language", "informed", "notes", "card", "wp", "internal_notes", "surprise"]


@pytest.mark.parametrize("value", ODD, ids=ascii_start)
@pytest.mark.parametrize("field", FIELDS)
def test_a_register_says_what_is_wrong_in_a_sentence(people: RegisterTable, field: str, value: Any) -> None:
    began = time.process_time()
    try:
        people.add({"surname": "Bianchi", "taken_in": "2021-01-01", field: value})
        problems = []
    except Rejected as rejected:
        problems = rejected.problems
    assert time.process_time() - began < 3
    if not problems:  # a flag, or a number in a text
        assert people.all()[0][field] in (True, str(value))
        return
    assert len(people) == 0
    assert field in [(problem.field or "").partition(".")[0] for problem in problems]
    assert len(problems) <= 3
    assert all(3 < len(problem.text(lang)) < 400 for problem in problems for lang in ("it", "en"))


@pytest.mark.parametrize("value", ODD, ids=ascii_start)
def test_rows_say_what_is_wrong_with_their_place(meetings: RegisterTable, value: Any) -> None:
    for seats in (value, [value], [{"role": value}], [{"person": value}], {"person": value}):
        problems = meetings.problems({"topic": "T", "on": "2021-01-01", "seats": seats})
        assert problems or seats in (value, [value])  # empty rows are left out
        assert all((problem.field or "").startswith("seats") for problem in problems)
        assert all(len(problem.text("it")) < 400 for problem in problems)


@pytest.mark.parametrize("value", ODD, ids=ascii_start)
def test_a_plain_table_keeps_a_value_or_says_why_not(store: Store, value: Any) -> None:
    table = store.table("plain")
    table.insert({"fine": 1})
    try:
        table.insert({"a": {"b": [value]}})
        problems = []
    except Rejected as rejected:
        problems = rejected.problems
    if problems:
        assert [(one.code, (one.field or "")[:5], len(one.text("it")) < 200) for one in problems] == [
            ("not_storable", "a.b.1", True)
        ]
        assert len(table) == 1
    else:
        assert table.get(doc_id=2) == {"a": {"b": [value]}}
    assert table.count(where("fine") == 1) == 1


@pytest.mark.parametrize("text", ["\0", "\ud800", HUGE, "%", "*", '"', "' OR 1=1", "\x1b[2J", " ", ""], ids=ascii_start)
def test_odd_texts_find_nothing_and_break_nothing(people: RegisterTable, text: str) -> None:
    people.add({"surname": "Bianchi", "taken_in": "2021-01-01"})
    began = time.process_time()
    assert people.count_of(where("surname") == text) == 0
    assert people.count_of(where(text) == "x") == 0 if text else True
    assert people.count_of(search=text) == (1 if not text.strip() else 0)
    with pytest.raises(NoSuchRecord) as caught:
        people.one(text)
    assert len(caught.value.problem.text("en")) < 200
    assert time.process_time() - began < 3


LONG = 10**5000  # Python makes no text of it


@pytest.mark.parametrize("value", [LONG, -LONG], ids=["positive", "negative"])
def test_a_number_too_long_to_be_told_is_refused_and_told_where_it_is(
    store: Store, people: RegisterTable, meetings: RegisterTable, value: int
) -> None:
    person = {"surname": "Bianchi", "taken_in": "2021-01-01"}
    people.add(person)
    for field in FIELDS:
        assert refused(lambda field=field: people.add({**person, field: value})) == [("not_storable", field)]
        assert refused(lambda field=field: people.update({field: value})) == [("not_storable", field)]
    for field in ("lasts", "cost", "leader", "tags"):
        assert refused(lambda field=field: meetings.insert({field: value})) == [("not_storable", field)]
    assert refused(lambda: meetings.insert({"seats": [{}, {"role": value}]})) == [("not_storable", "seats.2.role")]
    assert refused(lambda: people.add({value: 1})) == [("not_storable", None)]

    table = store.table("plain")
    table.insert({"n": 1})
    assert refused(lambda: table.insert({"a": [value]})) == [("not_storable", "a.1")]
    assert refused(lambda: table.insert({"a": {value: 1}})) == [("not_storable", "a")]
    assert refused(lambda: table.update(add("n", value))) == [("not_storable", "n")]
    assert refused(lambda: table.insert(Document({}, doc_id=value))) == [("not_storable", None)]
    assert table.all() == [{"n": 1}]


def test_a_number_too_long_to_be_told_can_be_asked_for(store: Store) -> None:
    table = store.table("plain")
    table.insert({"n": 1})
    n = where("n")
    queries = [n == LONG, n >= LONG, n.one_of([LONG]), n.any([LONG]), n != LONG, n < LONG, ~(n == LONG), n > -LONG]
    assert [table.count(query) for query in queries] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert (table.get(doc_id=LONG), table.get(doc_ids=[LONG, 1]), table.contains(doc_id=-LONG)) == (
        None,
        [{"n": 1}],
        False,
    )
    assert (table.update({"n": 2}, doc_ids=[LONG]), table.remove(doc_ids=[LONG])) == ([], [])


def test_no_register_is_longer_than_a_number_too_long_to_be_told(store: Store, people: RegisterTable) -> None:
    added = people.add({"surname": "Bianchi", "taken_in": "2021-01-01"}).doc
    for query in (None, where("surname").test(lambda _: True)):
        assert people.page(query, limit=LONG) == [added]
        assert people.page(query, limit=LONG, offset=LONG) == []
    assert [len(store.history(limit=LONG)), len(store.operations(limit=LONG))] == [1, 1]


def test_a_number_too_long_to_be_told_names_no_record_and_is_no_reason(people: RegisterTable) -> None:
    uid = people.add({"surname": "Bianchi", "taken_in": "2021-01-01"}).doc["id"]
    for ask in (people.one, lambda value: people.edit(value, {}), lambda value: people.void(value, "doppio")):
        with pytest.raises(NoSuchRecord):
            ask(LONG)
    assert refused(lambda: people.void(uid, LONG)) == [("not_storable", "void_reason")]
    assert people.one(uid)["state"] == "draft"


@pytest.mark.parametrize(
    "text", ['{"n":', "[1]", "3", "", "[" * 100_000], ids=["cut", "list", "number", "empty", "deep"]
)
def test_a_row_that_holds_no_document_is_named(store: Store, text: str) -> None:
    table = store.table("plain")
    table.insert_multiple([{"n": 1}, {"n": 2}])
    store.connection.rows('UPDATE "=plain" SET doc = ? WHERE id = 2', (text,))
    assert table.get(doc_id=1) == {"n": 1}
    for read in (table.all, lambda: table.get(doc_id=2), lambda: table.update({"n": 3}, doc_ids=[2])):
        with pytest.raises(StoreError) as caught:
            read()
        assert (caught.value.code, caught.value.path) == ("damaged", store.path)
        assert all(f"{store.path} (plain 2)" in caught.value.text(lang) for lang in ("it", "en"))


def test_a_record_or_a_change_that_can_no_longer_be_read_is_named(store: Store, people: RegisterTable) -> None:
    uid = people.add({"surname": "Bianchi", "taken_in": "2021-01-01"}).doc["id"]
    store.connection.rows("UPDATE \"club.person\" SET doc = '[]'")
    store.connection.rows("UPDATE history SET patch = '{\"surname\": 3}'")
    for read, named in (
        (lambda: people.one(uid), "club.person 1"),
        (people.page, "club.person 1"),
        (store.history, "history 1"),
        (lambda: store.history(uid=uid), "history 1"),
    ):
        with pytest.raises(StoreError, match="is damaged") as caught:
            read()
        assert f"({named})" in caught.value.text("it")
