"""A part of an operation may fail alone: what came before it and what comes after is kept, in new registers too."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from intarsi_tui.records.problems import Rejected
from intarsi_tui.store import RegisterTable, Store


class _Gone(Exception):
    pass


@pytest.mark.parametrize("refused", [{"surname": ""}, {"surname": "Rossi", "taken_in": "mai"}])
def test_a_first_record_that_is_refused_spoils_nothing_that_comes_after(
    store: Store, people: RegisterTable, refused: dict[str, str]
) -> None:
    with store.operation("import"):
        for raw in (refused, refused, {"surname": "Bianchi", "taken_in": "2021-03-01"}, refused):
            with suppress(Rejected), store.operation("row"):
                people.add(raw)
        people.add({"surname": "Verdi", "taken_in": "2021-03-01"})
    assert [doc["surname"] for doc in people] == ["Bianchi", "Verdi"]
    assert [doc["surname"] for doc in people.page(search="erd")] == ["Verdi"]
    assert store.verify().findings == []


def test_a_register_made_in_a_part_that_is_taken_back_is_made_again(
    store: Store, people: RegisterTable, person: Callable[..., str]
) -> None:
    with store.operation("outer"):
        with suppress(_Gone), store.operation("part"):
            person("Rossi")
            raise _Gone
        person("Neri")
    person("Neri")
    assert [doc["surname"] for doc in people.page(search="ner")] == ["Neri", "Neri"]
    assert people.count_of(search="rossi") == 0
    assert store.verify().findings == []


def test_many_records_in_a_part_of_an_operation_are_found_by_their_words(store: Store, people: RegisterTable) -> None:
    many = [{"surname": f"Prova{number}", "taken_in": "2021-03-01"} for number in range(80)]
    with store.operation("outer"), store.operation("part"):
        people.insert_multiple(many)
    assert people.count_of(search="prova79") == 1
    people.add({"surname": "Ultima", "taken_in": "2021-03-01"})
    assert (people.count_of(search="prova79"), people.count_of(search="ultim")) == (1, 1)
