"""What rules ask of the other registers: `find` takes what Python's own comparison takes, void records left out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from intarsi_tui.store import RegisterTable, Store


@pytest.fixture
def wanted(meetings: RegisterTable, person: Callable[..., str], store: Store) -> Callable[..., list[str]]:
    one, two = person(), person()
    rows: dict[str, dict[str, object]] = {
        "a": {"leader": one, "guests": [one, two], "cost": "12,50", "lasts": "1"},
        "b": {"leader": two, "guests": [two], "tags": ["a", "b"], "cost": "12,5"},
        "c": {"on": "2021-03-02", "lasts": "0,5"},
        "d": {"leader": one, "guests": [one]},
    }
    for topic, fields in rows.items():
        meetings.add({"topic": topic, "on": "2021-03-01", **fields})
    meetings.void(next(doc["id"] for doc in meetings if doc["topic"] == "d"), "doppione")

    def find(**fields: Any) -> list[str]:
        people = {"one": one, "two": two}
        fields = {name: people.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}
        return sorted(doc["topic"] for doc in store.context.find("club.meeting", **fields))

    return find


@pytest.mark.parametrize(
    ("fields", "topics"),
    [
        ({}, "abc"), ({"leader": "one"}, "a"), ({"guests": "two"}, "ab"), ({"guests": "two", "topic": "b"}, "b"),
        ({"leader": "two", "guests": "one"}, ""), ({"on": date(2021, 3, 2)}, "c"), ({"cost": 12.5}, "ab"), ({"lasts": 60}, "ab"),
        ({"leader": None}, "c"), ({"leader": None, "on": "2021-03-01"}, ""), ({"cost": None}, "c"), ({"tags": ["a", "b"]}, "b"),
        ({"topic": "[1]"}, ""), ({"topic": "\0"}, ""), ({"topic": "\ud800"}, ""), ({"topic": 1}, ""),
    ],
)  # fmt: skip
def test_find_takes_what_equals_in_python(
    wanted: Callable[..., list[str]], fields: dict[str, Any], topics: str
) -> None:
    assert wanted(**fields) == list(topics)


def test_a_mistyped_register_or_field_is_said_and_one_whose_plugin_is_not_there_is_not(
    wanted: Callable[..., list[str]], store: Store
) -> None:
    for table, fields in (("club.meetings", {}), ("club.meeting", {"nothing": None})):
        with pytest.raises(LookupError, match=r"club\.meeting"):
            store.context.find(table, **fields)
    assert store.context.find("elsewhere.thing", name="x") == []
