"""Who may be the same person: what the index of a day's names answers is what comparing each with each would."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intarsi_tui.records.fields import field
from intarsi_tui.records.likeness import alike, traits
from intarsi_tui.records.problems import Rejected
from intarsi_tui.records.record import Record
from intarsi_tui.records.types import Date, Text
from intarsi_tui.store import RegisterTable, Store, open_store
from intarsi_tui.store.alike import Alike

from ..conftest import share
from .registers import declared


class Guest(Record, it="Ospite", en="Guest"):
    name: Text = field(it="Nome", en="Name", privacy="personal", likeness="name")
    code: Text | None = field(it="Codice", en="Code", privacy="personal", likeness="code")
    born: Date | None = field(it="Nascita", en="Born", privacy="personal", likeness="born", index=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "x.db", site="rimini", user="anna") as opened:
        opened.register(declared(Guest, "house.guest"), lambda: Guest)
        yield opened


@pytest.fixture
def guests(store: Store) -> RegisterTable:
    return store.register_table("house.guest")


def compared(guests: RegisterTable, doc: dict[str, Any]) -> list[str]:
    """What a comparison with everybody says."""
    mine = traits(guests.declaration, doc)
    return [
        other["id"]
        for other in guests
        if other["state"] != "void" and other["id"] != doc["id"] and doc.get("born") and other.get("born") == doc["born"]
        and alike(mine, traits(guests.declaration, other))
    ]  # fmt: skip


NAMES = st.sampled_from(["Haile Amina", "Amina Haile", "Amina", "Mohamed Ali", "Muhammad Ali", "Ali", "Kone", "!"])
BORN = st.sampled_from(["1990-01-01", "1990-01-02", ""])
CODES = st.sampled_from(["", "X", "Y"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "void", "undo", "roll back"]), NAMES, BORN, CODES), max_size=14
)


@settings(max_examples=share(60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_whatever_was_written_undone_or_rolled_back_the_same_are_found(
    store: Store, guests: RegisterTable, steps: list[tuple[str, str, str, str]]
) -> None:
    for what, name, born, code in steps:
        values = {"name": name, "born": born, "code": code}
        present = [doc for doc in guests if doc["state"] != "void"]
        if what == "add" or (not present and what != "undo"):
            guests.add(values)
        elif what == "edit":
            guests.edit(present[-1]["id"], values)
        elif what == "void":
            guests.void(present[0]["id"], "doppione")
        elif what == "undo":
            with suppress(Rejected):  # nothing is left to undo
                store.undo()
        elif what == "roll back":
            with suppress(ZeroDivisionError), store.operation("x"):
                store.context.alike("house.guest", guests.add(values).doc)
                raise ZeroDivisionError
        for doc in guests:
            assert [one["id"] for one in store.context.alike("house.guest", doc)] == compared(guests, doc)


def test_many_with_one_day_of_birth_are_each_compared_with_those_who_share_a_name(guests: RegisterTable) -> None:
    letters = "bdfklmnprt"
    names = [f"{one}a{two}a{three}o {three}i{one}u" for one in letters for two in letters for three in letters[:6]]
    guests.insert_multiple({"name": name, "born": "1/1/1990"} for name in names)
    known = Alike(guests)
    asked = [len(known.near(traits(guests.declaration, doc))) for doc in guests]
    assert len(asked) == 600
    assert max(asked) <= 20  # of 600


def test_a_colleague_who_writes_is_seen(store: Store, guests: RegisterTable, tmp_path: Path) -> None:
    amina = guests.add({"name": "Amina Haile", "born": "1/1/1990"}).doc
    assert store.context.alike("house.guest", amina) == []
    with open_store(tmp_path / "x.db", user="bruno") as other:
        other.register(declared(Guest, "house.guest"), lambda: Guest)
        other.register_table("house.guest").add({"name": "Haile Amina", "born": "1/1/1990"})
    assert [one["name"] for one in store.context.alike("house.guest", amina)] == ["Haile Amina"]
