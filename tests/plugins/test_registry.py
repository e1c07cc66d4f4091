"""Rules of persons, households, operators, contractors and timesheets."""

from typing import Any

import pytest

from intarsi_tui.records.problems import Rejected
from intarsi_tui.reference.identifiers import make_provisional
from intarsi_tui.store import Store

from .conftest import Add, about


def test_a_child_without_any_document_needs_only_the_privacy_notice_to_be_confirmed(
    store: Store, child: dict[str, Any]
) -> None:
    people = store.register_table("registry.person")
    with pytest.raises(Rejected) as refused:
        people.confirm(child["id"])
    assert {problem.field for problem in refused.value.problems if problem.severity == "error"} == {
        "notice_language",
        "notice_date",
    }
    people.edit(child["id"], {"notice_language": "Inglese", "notice_date": "1/3/2021"})
    assert people.confirm(child["id"]).doc["state"] == "confirmed"


def test_a_single_name_is_enough_and_no_name_is_not(problems: Any) -> None:
    assert not about(problems("registry.person", given_name="Amina"), "surname")
    assert about(problems("registry.person", gender="F"), "surname") == [
        "Serve il cognome o il nome", "A surname or a given name is needed",
    ]  # fmt: skip


def test_the_tax_code_is_compared_with_the_declared_data_and_only_warns(problems: Any) -> None:
    found = problems(
        "registry.person",
        surname="Rossi",
        birth_date="2/1/1980",
        gender="F",
        identifiers=[{"code": "RSSMRA80A01H501U"}],
    )
    assert about(found, "identifiers.1.code", warning=True) == [
        "Il codice dice nato il 01/01/1980: ricontrollare", "The code says born on 01/01/1980: check again",
        "Il codice dice un altro genere: ricontrollare", "The code says another gender: check again",
    ]  # fmt: skip


def test_two_files_with_one_tax_code_name_each_other(add: Add, problems: Any) -> None:
    first = add("registry.person", surname="Rossi", identifiers=[{"code": "RSSMRA80A01H501U"}])
    assert first["identifiers"][0]["kind"] == "cf"
    found = problems("registry.person", surname="Rosi", identifiers=[{"code": "RSSMRA80A01H501U"}])
    assert about(found, "identifiers", warning=True) == [
        f"Stesso codice fiscale di {first['pseudonym']}: è la stessa persona?",
        f"Same tax code as {first['pseudonym']}: is it the same person?",
    ]


def test_a_former_provisional_code_still_finds_the_other_file(add: Add, problems: Any) -> None:
    provisional = make_provisional(4217, 777)
    first = add("registry.person", surname="Diallo", identifiers=[{"code": provisional}])
    codes = [{"code": provisional}, {"code": "RSSMRA80A01H501U"}]
    found = problems("registry.person", surname="Dialo", identifiers=codes)
    assert first["pseudonym"] in about(found, "identifiers", warning=True)[0]


def test_the_same_name_and_birth_date_warn_of_a_duplicate(add: Add, problems: Any) -> None:
    first = add("registry.person", surname="Traoré", given_name="Awa", birth_date="1/1/1990")
    found = problems("registry.person", surname="Traoré", given_name="Awa", birth_date="1/1/1990")
    assert first["pseudonym"] in about(found, "surname", warning=True)[0]


def test_a_provisional_permit_waits_for_the_real_one(add: Add, problems: Any) -> None:
    permits = [
        {
            "type": "RIC_ASILO",
            "number": "RICEVUTA 7",
            "state": "renewal",
            "issued_on": "01/01/0001",
            "expires_on": "01/01/0001",
        }
    ]
    assert add("registry.person", surname="Diallo", permits=permits)["permit_expires"] == "0001-01-01"
    assert about(problems("registry.person", surname="Diallo", permits=permits), "permits.1.number", warning=True)


def test_a_long_term_permit_without_expiry_is_final(problems: Any) -> None:
    permits = [{"type": "LUNGO_PER", "issued_on": "1/2/2018", "expires_on": "01/01/0001"}]
    assert not about(problems("registry.person", surname="Hoxha", permits=permits), "permits.1.number", warning=True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"referral_date": "2/3/2021", "take_in_date": "1/3/2021"}, "take_in_date"),
        ({"take_in_date": "2/3/2021", "closed_on": "1/3/2021", "closing_reason": "moved"}, "closed_on"),
        ({"closed_on": "1/3/2021"}, "closing_reason"),
        ({"decision": "eligible"}, "decision_note"),
        ({"household_role": "child"}, "household"),
        ({"birth_date": "21/5/2021"}, "birth_date"),
        ({"stays": [{"circuit": "CAS", "entered_on": "2/1/2020", "left_on": "1/1/2020"}]}, "stays.1.left_on"),
        ({"permits": [{"type": "ASILO", "issued_on": "2/1/2020", "expires_on": "1/1/2020"}]}, "permits.1.expires_on"),
        (
            {"identifiers": [{"code": "RSSMRA80A01H501U", "valid_from": "2/1/2020", "valid_to": "1/1/2020"}]},
            "identifiers.1.valid_to",
        ),
    ],
)
def test_a_persons_dates_must_agree(problems: Any, values: dict[str, Any], field: str) -> None:
    italian, english = about(problems("registry.person", surname="Prova", **values), field)
    assert italian != english


def test_a_household_without_contact_person_is_only_warned_of(problems: Any, mother: dict[str, Any]) -> None:
    assert about(problems("registry.household"), "members", warning=True) == [
        "Manca il referente del nucleo", "The household has no contact person",
    ]  # fmt: skip
    members = [{"person": mother["id"], "role": "contact"}]
    assert not about(problems("registry.household", members=members), "members", warning=True)


def test_a_household_counts_members_and_minors_on_the_day_of_the_take_in(
    store: Store, household: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> None:
    members = [
        {"person": mother["pseudonym"], "role": "contact"},
        {"person": child["pseudonym"], "role": "child", "joined_on": "1/3/2021"},
    ]
    counted = store.register_table("registry.household").edit(household["id"], {"members": members}).doc
    assert (counted["members_count"], counted["minors_count"], counted["single_parent"]) == (2, 1, True)
    later = [members[0], {**members[1], "joined_on": "2/3/2021"}]
    counted = store.register_table("registry.household").edit(household["id"], {"members": later}).doc
    assert (counted["members_count"], counted["minors_count"]) == (1, 0)


def test_a_member_whose_file_names_another_household_is_warned_of(
    add: Add, problems: Any, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    other = add("registry.household")
    found = problems("registry.household", other["id"], members=[{"person": mother["id"], "role": "contact"}])
    italian, english = about(found, "members.1.person", warning=True)
    assert mother["pseudonym"] in italian
    assert household["pseudonym"] in english


def test_a_household_that_left_reception_too_long_ago_does_not_count(store: Store, household: dict[str, Any]) -> None:
    saved = store.register_table("registry.household").edit(household["id"], {"reception_exit": "31/8/2019"})
    assert (saved.doc["exit_check"], saved.doc["counted"]) == ("over", False)
    assert "31/08/2019" in about(saved.warnings, "reception_exit", warning=True)[0]


def test_a_household_that_was_still_in_reception_at_the_take_in_does_not_count(
    store: Store, household: dict[str, Any]
) -> None:
    saved = store.register_table("registry.household").edit(household["id"], {"reception_exit": "2/3/2021"})
    assert (saved.doc["exit_check"], saved.doc["counted"]) == ("in_reception", False)
    assert "02/03/2021" in about(saved.warnings, "reception_exit", warning=True)[0]


def test_a_household_without_minors_does_not_count_as_none_of_its_persons_does(
    store: Store, add: Add, household: dict[str, Any], mother: dict[str, Any]
) -> None:
    households, members = store.register_table("registry.household"), [{"person": mother["id"], "role": "contact"}]
    assert household["counted"] is True  # nobody is listed yet
    saved = households.edit(household["id"], {"members": members})
    assert saved.doc["counted"] is False
    assert about(saved.warnings, "members", warning=True) == [
        "Nessun minore alla presa in carico: il nucleo non conta", "No minor at the take-in: the household is not counted",
    ]  # fmt: skip
    child = add("registry.person", surname="Adeyemi", birth_date="2/3/2021", household=household["id"])
    later = [*members, {"person": child["id"], "role": "child"}]
    assert households.edit(household["id"], {"members": later}).doc["minors_count"] == 0  # born the day after
    store.register_table("registry.person").edit(child["id"], {"birth_date": "1/3/2021"})
    assert households.edit(household["id"], {"members": members}).doc["counted"] is True


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"take_in_date": "1/3/2021"}, "referral_outcome", False),
        ({"referral_outcome": "taken_in"}, "take_in_date", False),
        ({"referral_outcome": "redirected"}, "referral_reason", True),
        ({"closed_on": "1/3/2021"}, "closing_reason", False),
        ({"pact_signed_on": "1/3/2021", "pact_signatories": "family"}, "pact_signatories", True),
        ({"take_in_date": "1/3/2021", "referral_outcome": "taken_in"}, "public_manager", True),
        ({"take_in_date": "9/1/2020", "referral_outcome": "taken_in"}, "take_in_date", True),
    ],
)
def test_a_case_file_must_hold_together(problems: Any, values: dict[str, Any], field: str, warning: bool) -> None:
    italian, english = about(problems("registry.household", **values), field, warning=warning)
    assert italian != english


def test_an_operators_tax_code_is_used_once(add: Add, problems: Any) -> None:
    add("registry.operator", surname="Rossi", given_name="Mario", tax_code="RSSMRA80A01H501U")
    found = problems("registry.operator", surname="Rossi", given_name="Maria", tax_code="RSSMRA80A01H501U", gender="F")
    assert [problem.code for problem in found] == ["rule", "not_unique"]


def test_a_contractors_codes_are_checked(problems: Any, school: dict[str, Any]) -> None:
    found = problems(
        "registry.contractor", body=school["id"], subject="Mediazione", cig="123", cup="I69E19001100003",
        start="2/3/2021", end="1/3/2021",
    )  # fmt: skip
    assert about(found, "cig")
    assert about(found, "end")
    assert "I69E19001100002" in about(found, "cup", warning=True)[0]


def test_a_timesheet_adds_up_its_days(add: Add, operator: dict[str, Any]) -> None:
    days = [
        {"day": 3, "wp": "WP2", "minutes": "3h"}, {"day": 3, "wp": "WP3", "minutes": "1h30", "other_minutes": "2h"},
        {"day": 4, "absence": "holiday"}, {"day": 5, "absence": "holiday"},
    ]  # fmt: skip
    sheet = add("registry.timesheet", operator=operator["id"], month="15/5/2021", days=days)
    assert (sheet["month"], sheet["project_minutes"], sheet["other_minutes"]) == ("2021-05-01", 270, 120)
    assert (sheet["total_minutes"], sheet["absence_days"]) == (390, 2)


@pytest.mark.parametrize(
    ("month", "day", "field"),
    [
        ("1/2/2021", {"day": 30}, "days.1.day"),
        ("1/2/2021", {"day": 3, "minutes": "20h", "other_minutes": "5h"}, "days"),
        ("1/2/2021", {"day": 3, "minutes": "2h", "absence": "leave"}, "days"),
        ("1/1/2020", {"day": 9, "minutes": "2h"}, "days"),
    ],
)
def test_a_timesheet_refuses_impossible_days(
    problems: Any, operator: dict[str, Any], month: str, day: dict[str, Any], field: str
) -> None:
    assert about(problems("registry.timesheet", operator=operator["id"], month=month, days=[day]), field)


def test_project_hours_on_a_day_off_are_a_warning(problems: Any, operator: dict[str, Any]) -> None:
    # 14 October is the patron saint's day in Rimini, 17 October 2021 a Sunday.
    days = [{"day": 13, "minutes": "2h"}, {"day": 14, "minutes": "2h"}, {"day": 17, "minutes": "2h"}]
    found = about(
        problems("registry.timesheet", operator=operator["id"], month="1/10/2021", days=days), "days", warning=True
    )
    assert [text[-10:] for text in found[::2]] == ["14/10/2021", "17/10/2021"]


def test_an_operator_has_one_timesheet_a_month(add: Add, problems: Any, operator: dict[str, Any]) -> None:
    add("registry.timesheet", operator=operator["id"], month="1/5/2021")
    assert "01/05/2021" in about(problems("registry.timesheet", operator=operator["id"], month="31/5/2021"), "month")[0]
