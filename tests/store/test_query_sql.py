"""Queries as SQL give what the same queries give in Python."""

import operator
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import Query, where
from tinydb.queries import QueryInstance
from tinydb.table import Document

from intarsi_tui.store import open_store, query_sql
from intarsi_tui.store.table import takes

from ..conftest import share

# How many random queries are compared: INTARSI_TEST_QUERIES=20000 is the full size.
QUERIES_WANTED = int(os.environ.get("INTARSI_TEST_QUERIES", share(1000)))
EACH = 5

# Few keys and values, so that queries and documents meet; odd ones where SQL and Python could part.
KEYS = st.sampled_from(["a", "a", "a", "b", "b"]) | st.sampled_from(
    ["a", "b", "c d", "è", "it's", 'q"q', "b\\s", "x.y", "$", "[0]"]
)
TEXTS = st.sampled_from(
    ["", "a", "ab", "b", "[1]", '["a"]', '{"a":1}', "é", "1", "true", 'q"', "\\", "\n", "😀", "\ufffd"]
)
NUMBERS = st.sampled_from(
    [0, 1, -1, 2, 1.0, 0.1, 0.30000000000000004, 0.3, 1.0000000000000002, -0.0, 1e300, 5e-324, 2**53]
)
SCALARS = st.sampled_from([None, True, False, "a", "b", "[1]", 1, 0.3]) | NUMBERS | TEXTS
NESTED = st.sampled_from(
    [[1], ["a"], ["a", "b"], [], {}, {"a": 1}, {"a": "a"}, {"b": ["a"]}, [None], [True], [["a"]], [{"a": 1}]]
)
VALUES = SCALARS | NESTED
DOCUMENTS = st.lists(st.dictionaries(KEYS, VALUES, max_size=4), min_size=1, max_size=12)

COMPARISONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
PATTERNS = st.sampled_from(["a", "^$", "\\[", "é", "(?i)A"])


@st.composite
def leaves(draw: st.DrawFn) -> QueryInstance:
    path = where(draw(KEYS))
    for key in draw(st.lists(KEYS, max_size=1)) if draw(st.integers(0, 3)) == 0 else []:
        path = path[key]
    kind = draw(st.integers(0, 11))
    made: QueryInstance
    if kind <= 4:
        made = draw(st.sampled_from(COMPARISONS))(path, draw(VALUES))
    elif kind == 5:
        made = path.exists()
    elif kind == 6:
        made = draw(st.sampled_from([path.matches, path.search]))(draw(PATTERNS))
    elif kind <= 8:
        made = path.one_of(draw(st.lists(VALUES, min_size=1, max_size=3) | TEXTS))
    elif kind == 9:
        made = draw(st.sampled_from([path.any, path.all]))(
            draw(st.lists(VALUES, max_size=2) | st.just(where("a") == 1))
        )
    elif kind == 10:
        made = Query().fragment(draw(st.dictionaries(KEYS, VALUES, max_size=2)))
    else:
        made = draw(st.sampled_from([path.test(bool), path.map(str) == "1", Query().noop(), path.exists()]))
    return made


QUERIES = st.recursive(
    leaves(),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: two[0] & two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] | two[1]),
        inner.map(lambda one: ~one),
    ),
    max_leaves=4,
)


def undefined(query: QueryInstance, doc: dict[str, Any]) -> bool:
    """Whether plain TinyDB fails on the document."""
    try:
        query(doc)
    except TypeError:
        return True
    return False


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with open_store(tmp_path_factory.mktemp("fuzz") / "fuzz.db") as store:
        store.connection.rows("PRAGMA synchronous = OFF")
        yield store.table("fuzz")


@settings(max_examples=max(1, QUERIES_WANTED // EACH), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=DOCUMENTS, queries=st.lists(QUERIES, min_size=EACH, max_size=EACH))
def test_a_query_finds_in_sql_what_it_finds_in_python(
    table: Any, documents: list[Any], queries: list[QueryInstance]
) -> None:
    table.truncate()
    table.insert_multiple(documents)
    for query in queries:
        found = {doc.doc_id for doc in table.search(query)}
        counted = table.count(query)
        assert counted == len(found)
        for doc in (Document(document, number) for number, document in enumerate(documents, start=1)):
            if not undefined(query, doc):
                assert (doc.doc_id in found) == query(doc), (query, doc, query_sql.compile(query))


ODD = [
    None, True, False, 0, 1, -1, 1.0, 0.3, 0.30000000000000004, 2**53, "", "a", "ab", "1", "[1]", '["a"]', '{"a":1}', "é", "\ufffd",
    [], [1], ["a"], ["a", "b"], [None], [True], {}, {"a": 1}, {"a": "a"},
]  # fmt: skip


def test_every_test_of_every_odd_value_finds_what_python_finds(table: Any) -> None:
    documents: list[dict[str, Any]] = [{"v": value} for value in ODD] + [{}]
    table.truncate()
    table.insert_multiple(documents)
    path = where("v")
    queries = [compare(path, value) for compare in COMPARISONS for value in ODD]
    queries += [
        test(listed) for test in (path.one_of, path.any, path.all) for one in ODD for listed in ([one], [one, "a"])
    ]
    queries += [
        path.one_of("abc"),
        path.any("abc"),
        path.all("ab"),
        path.exists(),
        path.search("a"),
        path.matches(""),
        path.test(bool),
    ]
    for query in [*queries, *(~query for query in queries)]:
        expected = [number for number, doc in enumerate(documents, start=1) if not undefined(query, doc) and query(doc)]
        allowed = [number for number, doc in enumerate(documents, start=1) if undefined(query, doc)]
        found = [doc.doc_id for doc in table.search(query)]
        assert [number for number in found if number not in allowed] == expected, query
        assert table.count(query) == len(found)


@pytest.mark.parametrize(
    ("query", "exact"),
    [
        (where("a") == "x", True),
        (where("a") == "[x", True),
        (where("a") != "x", True),
        (where("a") == None, True),  # noqa: E711
        (~(where("a") == "x"), True),
        (where("a") >= "2021-01-01", True),
        (where("a").exists() & (where("b") < "x"), True),
        ((where("a") == "x") | (where("b") == "y"), True),
        (where("a").one_of(["x", "y"]), True),
        (Query().noop(), True),
        (where("a") == 1, False),
        (where("a") < 1.5, False),
        (where("a").any(["x"]), False),
        (where("a").matches("x"), False),
        ((where("a") == "x") & where("b").test(bool), False),
        ((where("a") == "x") & Query().fragment({"b": 1}), False),
    ],
)
def test_the_usual_queries_are_said_in_sql(query: QueryInstance, exact: bool) -> None:
    condition = query_sql.compile(query)
    assert condition != query_sql.ANYTHING
    assert condition.exact is exact


@pytest.mark.parametrize(
    "query",
    [
        where('q"q') == "x",
        where("a").map(str) == "x",
        (where("a") == "x") | where("a").map(str).exists(),
        ~(where("a").search("x")),
        Query().fragment({"a": 1}),
        lambda doc: True,
    ],
)
def test_what_sql_cannot_say_is_left_to_python(query: Any) -> None:
    assert query_sql.compile(query) == query_sql.ANYTHING


def test_a_very_long_chain_of_conditions_is_left_to_python() -> None:
    query = where("a") == "x"
    for number in range(300):
        query = query | (where("a") == str(number))
    assert query_sql.compile(query) == query_sql.ANYTHING


def test_a_search_by_an_indexed_field_uses_the_index(path: Path, store: Any, person: Any) -> None:
    person()
    for query in (
        where("taken_in") == "2021-01-01",
        where("taken_in") > "2021-01-01",
        (where("taken_in") > "2021") & (where("notes") == "x"),
    ):
        condition = query_sql.compile(query)
        plan = store.connection.rows(
            f'EXPLAIN QUERY PLAN SELECT * FROM "club.person" WHERE {condition.where}', condition.params
        )
        assert "USING INDEX club.person taken_in" in str(plan)


def test_the_function_that_tests_a_document_is_tinydbs_own() -> None:
    assert takes(where("a") == 1, {"a": 1})
    assert not takes(where("a") < 1, {"a": "x"})
