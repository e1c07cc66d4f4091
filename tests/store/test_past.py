"""A register as it was at the end of a day."""

from collections.abc import Callable
from datetime import date

import pytest
from tinydb import where

from intarsi_tui.store import RegisterTable, Store

from .conftest import refused

FIRST, SECOND, THIRD = date(2021, 5, 20), date(2021, 5, 21), date(2021, 5, 22)


@pytest.fixture
def lived(people: RegisterTable, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Three days: Bianchi and Neri come; Bianchi becomes Verdi and is confirmed; Neri goes, Rossi comes."""
    uid = person("Bianchi", card="T1", informed=True)
    person("Neri")
    monkeypatch.setenv("INTARSI_NOW", "2021-05-21T09:00:00+00:00")
    people.edit(uid, {"surname": "Verdi"})
    people.confirm(uid)
    monkeypatch.setenv("INTARSI_NOW", "2021-05-22T09:00:00+00:00")
    people.remove(where("surname") == "Neri")
    person("Rossi")
    return uid


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2021, 5, 19), []),
        (FIRST, ["Bianchi", "Neri"]),
        (SECOND, ["Neri", "Verdi"]),
        (THIRD, ["Rossi", "Verdi"]),
        (date(9999, 12, 31), ["Rossi", "Verdi"]),
        (date.min, []),
    ],
)
def test_records_are_as_they_were(people: RegisterTable, lived: str, day: date, names: list[str]) -> None:
    with people.as_of(day) as past:
        assert [doc["surname"] for doc in past.page(sort="surname")] == names
        assert past.count_of() == len(past.all()) == len(names)


def test_today_is_what_is_there(people: RegisterTable, lived: str) -> None:
    with people.as_of(THIRD) as past:
        assert sorted(past.page(), key=str) == sorted(people.page(), key=str)


def test_it_is_filtered_searched_and_addressed_like_any_list(people: RegisterTable, lived: str) -> None:
    with people.as_of(FIRST) as past:
        assert past.page(where("surname") == "Bianchi") == past.page(search="bianchi t1") == [past.one("T1")]
        assert past.count_of(where("surname").test(lambda name: name > "C")) == 1
        assert past.count_of(search="verdi") == 0
        assert past.one(lived)["state"] == "draft"
        assert past.one(lived)["changed_at"] == "2021-05-20T09:00:00+00:00"
        assert refused(lambda: past.page(sort="colour")) == [("unknown_field", None)]


def test_several_days_can_be_compared(people: RegisterTable, lived: str) -> None:
    with people.as_of(FIRST) as first, people.as_of(SECOND) as second:
        assert (first.one(lived)["surname"], second.one(lived)["surname"]) == ("Bianchi", "Verdi")


def test_it_cannot_be_written_and_leaves_nothing(store: Store, people: RegisterTable, lived: str) -> None:
    with people.as_of(FIRST) as past, pytest.raises(RuntimeError):
        past.insert({})
    assert store.tables() == {"club.person"}
    assert store.connection.rows("SELECT name FROM sqlite_temp_master") == []


def test_it_is_read_while_somebody_else_writes(people: RegisterTable, colleague: Store, lived: str) -> None:
    with colleague.operation("import"):
        colleague.register_table("club.person").add({"surname": "Blu", "taken_in": "2021-01-01"})
        with people.as_of(THIRD) as past:
            assert past.count_of() == 2


def test_erased_values_are_gone_from_the_past_too(people: RegisterTable, lived: str) -> None:
    people.erase(lived, ["surname"], "richiesta")
    with people.as_of(FIRST) as past:
        assert "surname" not in past.one(lived)
