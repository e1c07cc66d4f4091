"""Infants in cots take no place, until the birthday from which they need a bed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from intarsi_cohousing.cots import bed_needed
from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.fixture
def stay(problems: Any, stranger: dict[str, Any]) -> Any:
    """The problems of a placement of the stranger in RN-01 from 1 April 2021 on: `stay(room="B")`."""
    base = {"unit": "RN-01", "household": stranger["household"], "persons": [stranger["id"]], "entered_on": "1/4/2021"}
    return lambda **values: problems("cohousing.placement", **{**base, **values})


@pytest.fixture
def infant(add: Add, stranger: dict[str, Any]) -> Callable[[str], str]:
    """Somebody of the stranger's household who was born on a day."""
    return lambda born: str(
        add("registry.person", surname=f"Nato {born}", birth_date=born, household=stranger["household"])["id"]
    )


def test_an_infant_needs_a_bed_from_the_third_birthday_on(
    stay: Any, placement: dict[str, Any], stranger: dict[str, Any], infant: Callable[[str], str]
) -> None:
    """Two of four places are taken until 5 May."""
    three = [stranger["id"], infant("1/1/2000"), infant("1/5/2018")]
    assert about(stay(persons=three, infants_in_cots=1, left_on="10/6/2021", exit_outcome="moved"), "unit") == [
        "alloggio RN-01, notte del 01/05/2021: persone 5, posti 4 (con RN-01 05/03/2021); non più in culla dai 3 anni: 1. Scegliere altre notti o un altro posto",
        "unit RN-01, night of 01/05/2021: persons 5, places 4 (with RN-01 05/03/2021); no longer in cots from 3 years on: 1. Choose other nights or another place",
    ]
    for values in ({"left_on": "1/5/2021", "exit_outcome": "moved"}, {"entered_on": "5/5/2021", "infants_in_cots": 0}):
        assert not about(stay(**{"persons": three, "infants_in_cots": 1, **values}), "unit")
    late = [stranger["id"], three[1], infant("5/5/2018")]
    assert not about(stay(persons=late, infants_in_cots=1), "unit")


def test_an_infant_who_will_need_a_bed_in_a_stay_without_an_end_is_told_of_in_time(
    store: Store, add: Add, unit: dict[str, Any], stranger: dict[str, Any], infant: Callable[[str], str]
) -> None:
    five = [stranger["id"], *(infant(f"{day}/1/2000") for day in (1, 2, 3)), infant("1/6/2018")]
    table = store.register_table("cohousing.placement")
    values = {
        "unit": "RN-01",
        "household": stranger["household"],
        "persons": five,
        "infants_in_cots": 1,
        "entered_on": "1/4/2021",
    }
    assert not about(table.problems(values), "unit")
    told = about(table.problems(values), "unit", warning=True)[0]
    assert told.startswith("alloggio RN-01, notte del 01/06/2021: persone 5, posti 4; non più in culla dai 3 anni: 1")
    # Nothing else is kept from being entered, and no more people come in.
    kept = table.add(values).doc
    edited = table.problems({"inventory": "sì", "persons": [*five, infant("1/1/2001")]}, kept["id"])
    assert not about(table.problems({"inventory": "sì"}, kept["id"]), "unit")
    assert about(edited, "unit")
    # A unit that changes otherwise goes on, too.
    assert not about(store.register_table("cohousing.unit").problems({"notes": "x"}, unit["id"]), "authorised_places")


def test_of_whom_nobody_knows_the_age_stays_in_the_cot(
    add: Add, stay: Any, placement: dict[str, Any], stranger: dict[str, Any]
) -> None:
    unknown = add("registry.person", surname="Senza data", household=stranger["household"])["id"]
    grown = add("registry.person", surname="Grande", birth_date="1/1/2000", household=stranger["household"])["id"]
    assert not about(stay(persons=[stranger["id"], grown, unknown], infants_in_cots=1), "unit")


def test_the_third_birthday_of_a_29_february_is_on_1_march() -> None:
    placement = {"entered_on": "2023-01-01", "persons": ["a"], "infants_in_cots": 1}
    assert bed_needed(placement, {"a": "2020-02-29"}.get) == [date(2023, 3, 1)]
