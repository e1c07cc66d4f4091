"""Lists: filtered, searched, sorted, a page at a time."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import where

from intarsi_tui.store import RegisterTable, Store
from intarsi_tui.store.listing import index_statements

from .conftest import refused


@pytest.fixture
def listed(people: RegisterTable) -> RegisterTable:
    people.insert_multiple(
        [
            {"surname": "Bianchi", "given": "Noè", "taken_in": "2021-02-01", "language": "ar"},
            {"surname": "rossi", "given": "Zoë", "taken_in": "2021-01-01", "language": "uk", "notes": "Casa in via Pò"},
            {"surname": "Àlvarez", "taken_in": "2021-02-01", "card": "ABC-1"},
        ]
    )
    return people


def names(docs: list[dict[str, str]]) -> list[str]:
    return [doc["surname"] for doc in docs]


def test_the_newest_come_first(listed: RegisterTable) -> None:
    assert names(listed.page()) == ["Àlvarez", "Bianchi", "rossi"]


def test_any_field_sorts_either_way(listed: RegisterTable) -> None:
    assert names(listed.page(sort="surname")) == ["Àlvarez", "Bianchi", "rossi"]
    assert names(listed.page(sort="-surname")) == ["rossi", "Bianchi", "Àlvarez"]
    assert names(listed.page(sort="taken_in")) == ["rossi", "Bianchi", "Àlvarez"]
    assert refused(lambda: listed.page(sort="colour")) == [("unknown_field", None)]


def test_numbers_in_texts_sort_by_size(people: RegisterTable) -> None:
    for card in ("A 10", "a 9", "À 9b", "B", "A 100"):
        people.add({"surname": card, "taken_in": "2021-01-01"})
    assert names(people.page(sort="surname")) == ["a 9", "À 9b", "A 10", "A 100", "B"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("BIANCHI noe", ["Bianchi"]),
        ("alvarez", ["Àlvarez"]),
        ("zoe po", ["rossi"]),
        ("arab", ["Bianchi"]),
        ("ukrainian", ["rossi"]),
        ("abc-1", ["Àlvarez"]),
        ("noe rossi", []),
        ("ianch", ["Bianchi"]),
        ("bianhci", []),
        ("viapo", []),
        ('"', []),
        ("zo", ["rossi"]),
        ("bozza", ["Àlvarez", "Bianchi", "rossi"]),
        ("1/2/2021", ["Àlvarez", "Bianchi"]),
        ("01/02/2021 draft arabo", ["Bianchi"]),
        ("x" * 500, []),
        ("bi\0anchi", []),
        ("anna", []),
        ("%", []),
        ("  ", ["Àlvarez", "Bianchi", "rossi"]),
        ("\ud800", []),
    ],
)  # fmt: skip
def test_every_word_must_occur_whatever_its_accents(listed: RegisterTable, search: str, found: list[str]) -> None:
    assert names(listed.page(search=search)) == found
    assert listed.count_of(search=search) == len(found)


def test_search_asks_the_full_text_index_which_follows_every_change(
    store: Store, listed: RegisterTable, meetings: RegisterTable
) -> None:
    condition, rest, params = listed._sql_of(None, "bianchi", None)
    plan = str(store.connection.rows(f'EXPLAIN QUERY PLAN SELECT id FROM "club.person" {rest}', params))
    assert condition.exact
    assert "search club/person" in plan
    assert "SCAN club.person" not in plan
    listed.edit("ABC-1", {"surname": "Bianchini"})
    assert names(listed.page(search="bianchi", sort="surname")) == ["Bianchi", "Bianchini"]
    listed.remove(where("surname") == "Bianchi")
    assert names(listed.page(search="bianchi")) == ["Bianchini"]
    store.undo()
    assert listed.count_of(search="bianchi") == 2
    assert store.tables() == {"club.person"}


def test_lists_are_sorted_by_an_index_also_in_a_register_without_a_date(listed: RegisterTable) -> None:
    assert '"club.person taken_in"' in "".join(index_statements(listed.declaration, "t"))
    assert '"club.person created_at"' in "".join(index_statements(replace(listed.declaration, date=""), "t"))


def test_search_finds_what_was_written_before_there_was_an_index(
    store: Store, listed: RegisterTable, person: Callable[..., str]
) -> None:
    for event in ("INSERT", "DELETE", "UPDATE OF words"):
        store.connection.rows(f'DROP TRIGGER "search club/person AFTER {event}"')
    store.connection.rows('DROP TABLE "search club/person"')
    assert names(listed.page(search="bianchi")) == ["Bianchi"]
    person("Neri")
    assert names(listed.page(search="bianchi")) == ["Bianchi"]
    assert names(listed.page(search="neri")) == ["Neri"]


def test_search_looks_into_rows_and_not_at_links(meetings: RegisterTable, person: Callable[..., str]) -> None:
    uid = person()
    meetings.add({"topic": "Regole", "on": "2021-03-01", "leader": uid, "seats": [{"person": uid, "role": "Però"}]})
    assert meetings.count_of(search="pero 01/03/2021") == 1
    assert meetings.count_of(search=uid) == 0


def test_search_finds_how_linked_records_are_called_by_now(
    people: RegisterTable, meetings: RegisterTable, person: Callable[..., str]
) -> None:
    rossi = person("Rossi", given="Noè", notes="allergico", card="T1")
    neri = person("Neri")
    meetings.add({"topic": "Regole", "on": "2021-03-01", "leader": rossi})
    meetings.add({"topic": "Affitto", "on": "2021-03-02", "seats": [{"person": neri}, {"person": rossi}]})

    def found(search: str) -> list[str]:
        return [doc["topic"] for doc in meetings.page(search=search)]

    assert found("noe") == ["Affitto", "Regole"]
    assert found("neri AFFITTO") == ["Affitto"]
    assert found("neri regole") == found("allergico") == found("t1") == found("%") == []
    people.edit(rossi, {"surname": "Verdi"})
    assert (found("rossi"), found("verdi")) == ([], ["Affitto", "Regole"])
    assert meetings.count_of(search="verdi") == len(meetings.ids(search="verdi")) == 2


def test_search_does_without_a_linked_register_that_has_no_records(meetings: RegisterTable) -> None:
    meetings.add({"topic": "Regole", "on": "2021-03-01"})
    assert meetings.count_of(search="regole") == 1


def test_void_records_are_listed_unless_the_query_leaves_them_out(listed: RegisterTable) -> None:
    listed.void("ABC-1", "errore")
    assert listed.count_of() == 3
    assert names(listed.page(where("state") != "void", sort="surname")) == ["Bianchi", "rossi"]
    assert listed.count_of(search="errore") == 1


def test_pages_follow_each_other_also_when_python_has_to_test(listed: RegisterTable) -> None:
    for query in (None, where("surname") != "x", where("surname").test(lambda name: name != "x")):
        pages = [listed.page(query, limit=1, offset=start)[0] for start in range(3)]
        assert pages == listed.page(query) == listed.by_ids(listed.ids(query))
        assert listed.page(query, limit=5, offset=3) == []
        assert listed.count_of(query) == 3


def test_by_ids_keeps_the_order_and_leaves_out_what_is_gone(listed: RegisterTable) -> None:
    assert [doc.doc_id for doc in listed.by_ids([3, 99, 1])] == [3, 1]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.lists(st.text(alphabet="abÀàZ ", max_size=3), max_size=2),
    limit=st.integers(0, 4),
    offset=st.integers(0, 4),
    exact=st.booleans(),
)
def test_a_page_is_a_slice_of_the_whole(
    listed: RegisterTable, words: list[str], limit: int, offset: int, exact: bool
) -> None:
    query = where("state") == "draft" if exact else where("state").test(lambda state: state == "draft")
    search = " ".join(words)
    whole = listed.page(query, search)
    assert listed.page(query, search, limit=limit, offset=offset) == whole[offset : offset + limit]
    assert listed.count_of(query, search) == len(listed.ids(query, search)) == len(whole)
