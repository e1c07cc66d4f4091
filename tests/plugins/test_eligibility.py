"""Who counts, judged on the day of the take-in."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_registry.eligibility import age_on
from intarsi_tui.records.clock import months_after
from intarsi_tui.store import Store

from .conftest import Add


@pytest.mark.parametrize(
    ("left", "months", "limit"),
    [("2019-08-31", 18, "2021-02-28"), ("2018-08-31", 18, "2020-02-29"), ("2020-01-15", 18, "2021-07-15")],
)
def test_months_after_reception_are_calendar_months(left: str, months: int, limit: str) -> None:
    assert months_after(date.fromisoformat(left), months) == date.fromisoformat(limit)


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_more_months_never_end_earlier(day: date, fewer: int, more: int) -> None:
    assert months_after(day, min(fewer, more)) <= months_after(day, max(fewer, more))


def test_a_person_is_of_age_on_the_eighteenth_birthday() -> None:
    assert age_on(date(2021, 3, 1), date(2003, 3, 1)) == 18
    assert age_on(date(2021, 2, 28), date(2003, 3, 1)) == 17
    assert age_on(date(2021, 2, 28), date(2004, 2, 29)) == 16


def test_a_refugee_with_a_minor_who_left_reception_in_time_is_eligible(
    store: Store, mother: dict[str, Any], child: dict[str, Any]
) -> None:
    checked = store.register_table("registry.person").edit(mother["id"], {"municipality": "Rimini"}).doc
    assert (checked["eligibility"], checked["eligibility_reasons"], checked["counted"]) == ("eligible", [], True)
    assert (checked["age_band"], checked["minor_at_take_in"]) == ("18-60", False)


def test_a_parent_entered_before_the_children_has_a_reserve_and_counts(mother: dict[str, Any]) -> None:
    assert (mother["eligibility"], mother["eligibility_reasons"], mother["counted"]) == (
        "reserve",
        ["minors_unknown"],
        True,
    )


def test_a_household_whose_listed_members_are_all_of_age_does_not_count(
    store: Store, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    members = [{"person": mother["id"], "role": "contact"}]
    store.register_table("registry.household").edit(household["id"], {"members": members})
    checked = store.register_table("registry.person").edit(mother["id"], {"municipality": "Rimini"}).doc
    assert (checked["eligibility"], checked["eligibility_reasons"], checked["counted"]) == (
        "not_eligible",
        ["no_minor"],
        False,
    )


def test_a_child_without_documents_is_eligible_with_reserve(child: dict[str, Any]) -> None:
    assert (child["eligibility"], child["eligibility_reasons"]) == ("reserve", ["no_permit"])
    assert (child["age_band"], child["minor_at_take_in"], child["counted"]) == ("0-17", True, True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"citizenship": "RO"}, "free_movement"),
        ({"citizenship": "CH"}, "free_movement"),
        ({"italian_since": "1/3/2021"}, "italian"),
        ({"citizenship": "XXX"}, "citizenship_unknown"),
        ({"permits": [{"type": "STUDIO", "expires_on": "1/1/2024"}]}, "permit_type"),
        ({"permits": [{"type": "CASI_SPEC", "expires_on": "1/1/2024"}]}, "permit_verify"),
        ({"permits": [{"type": "ASILO", "expires_on": "28/2/2021"}]}, "permit_expired"),
        ({"permits": [{"type": "ASILO", "state": "revoked"}]}, "permit_expired"),
        ({"permits": [{"type": "ASILO", "state": "renewal", "issued_on": "01/01/0001"}]}, "permit_pending"),
        ({"stays": [{"circuit": "CAS", "entered_on": "1/1/2018", "left_on": "31/8/2019"}]}, "exit_over"),
        ({"stays": [{"circuit": "CAS", "entered_on": "1/1/2020"}]}, "in_reception"),
        ({"household": ""}, "no_household"),
    ],
)
def test_each_requirement_has_its_reason(
    store: Store, mother: dict[str, Any], child: dict[str, Any], changes: dict[str, Any], reason: str
) -> None:
    changes = {**changes, **({"household_role": ""} if "household" in changes else {})}
    assert reason in store.register_table("registry.person").edit(mother["id"], changes).doc["eligibility_reasons"]


def test_becoming_italian_after_the_take_in_changes_nothing(
    store: Store, mother: dict[str, Any], child: dict[str, Any]
) -> None:
    checked = store.register_table("registry.person").edit(mother["id"], {"italian_since": "2/3/2021"}).doc
    assert checked["eligibility"] == "eligible"


def test_exactly_eighteen_months_after_reception_is_in_time(
    store: Store, mother: dict[str, Any], child: dict[str, Any]
) -> None:
    stays = [{"circuit": "SAI", "left_on": "1/9/2019"}]
    checked = store.register_table("registry.person").edit(mother["id"], {"stays": stays}).doc
    assert checked["eligibility"] == "eligible"


def test_a_receipt_that_came_after_the_take_in_leaves_the_result_as_it_was(
    store: Store, mother: dict[str, Any], child: dict[str, Any]
) -> None:
    receipt = {"type": "ASILO", "state": "renewal", "issued_on": "01/01/0001", "expires_on": "01/01/0001"}
    people = store.register_table("registry.person")
    checked = people.edit(mother["id"], {"permits": [*mother["permits"], receipt]}).doc
    assert (checked["eligibility"], checked["eligibility_reasons"]) == ("eligible", [])
    lapsed = {**mother["permits"][0], "expires_on": "28/2/2021"}
    checked = people.edit(mother["id"], {"permits": [lapsed, receipt]}).doc
    assert (checked["eligibility"], checked["eligibility_reasons"]) == ("reserve", ["permit_pending"])


def test_a_decision_with_a_note_holds_instead_of_the_check(store: Store, mother: dict[str, Any]) -> None:
    people = store.register_table("registry.person")
    decided = people.edit(mother["id"], {"decision": "not_eligible", "decision_note": "Sentito il capofila"}).doc
    assert (decided["eligibility"], decided["counted"]) == ("not_eligible", False)
    assert decided["eligibility_reasons"] == ["minors_unknown"]


def test_who_checked_and_when_stay_until_the_result_changes(
    store: Store, mother: dict[str, Any], child: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = store.register_table("registry.person")
    assert (mother["eligibility_by"], mother["eligibility_on"]) == ("m.rossi", "2021-05-20")
    monkeypatch.setenv("INTARSI_NOW", "2021-06-01T09:00:00+00:00")
    eligible = people.edit(mother["id"], {"municipality": "Rimini"}).doc
    assert eligible["eligibility_on"] == "2021-06-01"
    monkeypatch.setenv("INTARSI_NOW", "2021-07-01T09:00:00+00:00")
    assert people.edit(mother["id"], {"municipality": "Modena"}).doc["eligibility_on"] == "2021-06-01"


def test_the_age_band_has_exact_boundaries(add: Add) -> None:
    def band(born: str) -> str:
        return str(add("registry.person", surname="Prova", birth_date=born, take_in_date="1/3/2021")["age_band"])

    assert [band(day) for day in ("2/3/2003", "1/3/2003", "2/3/1960", "1/3/1960")] == ["0-17", "18-60", "18-60", "61+"]
