"""Rules of persons, operators, contractors and timesheets."""

from typing import Any

import pytest

from intarsi_registry.person import Person
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


def test_a_permit_that_holds_longer_than_usual_is_warned_of(problems: Any) -> None:
    for expires, warned in (("1/2/2024", False), ("2/2/2024", True)):
        permits = [{"type": "ASILO", "number": "I1", "issued_on": "1/2/2019", "expires_on": expires}]
        found = about(
            problems("registry.person", surname="Diallo", permits=permits), "permits.1.expires_on", warning=True
        )
        assert bool(found) is warned


def test_a_certificate_of_detention_counts_by_its_number_and_dates(add: Add, problems: Any) -> None:
    permit = {
        "type": "Certificato di detenzione",
        "number": "77/2021",
        "issued_on": "4/1/2021",
        "expires_on": "4/1/2022",
    }
    taken_in = {"surname": "Diallo", "take_in_date": "1/3/2021"}
    held = add("registry.person", **taken_in, permits=[permit])
    assert (held["permit_type"], held["permit_expires"]) == ("CERT_DET", "2022-01-04")
    assert "permit_verify" in held["eligibility_reasons"]
    over = add("registry.person", **taken_in, permits=[{**permit, "expires_on": "28/2/2021"}])
    assert "permit_expired" in over["eligibility_reasons"]
    found = problems("registry.person", surname="Diallo", permits=[{**permit, "expires_on": ""}])
    assert "numero, inizio e fine" in about(found, "permits.1.number", warning=True)[0]


@pytest.mark.parametrize("typed", ["SAI", "SPRAR", "siproimi"])
@pytest.mark.parametrize(
    ("left", "name"),
    [("4/10/2018", "SPRAR"), ("5/10/2018", "SIPROIMI"), ("21/10/2020", "SIPROIMI"), ("22/10/2020", "SAI"), ("", "SAI")],
)
def test_a_stay_bears_the_name_that_was_in_force_at_the_exit(add: Add, typed: str, left: str, name: str) -> None:
    stays = [{"circuit": "CAS", "left_on": "1/1/2017"}, {"circuit": typed, "entered_on": "1/2/2017", "left_on": left}]
    saved = add("registry.person", surname="Diallo", stays=stays)
    assert ([stay["circuit"] for stay in saved["stays"]], saved["circuit"]) == (["CAS", name], name)


def test_the_name_of_the_circuit_is_shown_and_exported_as_it_is_stored(store: Store, add: Add) -> None:
    stays = [{"circuit": "SAI", "left_on": "4/10/2018"}]
    saved, fields = add("registry.person", surname="Diallo", stays=stays), Person.declaration.by_name
    assert fields["stays"].show(saved, "it").startswith("SPRAR - Sistema di protezione")
    assert fields["circuit"].kind.excel(saved["circuit"], "en").startswith("SPRAR - Protection system")


def test_a_person_is_taken_in_with_the_household_or_after_joining_it(
    store: Store, problems: Any, household: dict[str, Any], child: dict[str, Any]
) -> None:
    def warned(day: str) -> bool:
        return bool(about(problems("registry.person", child["id"], take_in_date=day), "take_in_date", warning=True))

    assert [warned(day) for day in ("28/2/2021", "1/3/2021", "2/3/2021")] == [True, False, True]
    members = [{"person": child["id"], "role": "child", "joined_on": "10/3/2021"}]
    store.register_table("registry.household").edit(household["id"], {"members": members})
    assert [warned(day) for day in ("1/3/2021", "9/3/2021", "10/3/2021", "20/3/2021")] == [False, True, False, False]


def test_a_person_taken_in_before_the_household_is_warned_of(add: Add, problems: Any) -> None:
    waiting = add("registry.household")
    found = problems("registry.person", surname="Diallo", household=waiting["id"], take_in_date="1/3/2021")
    assert waiting["pseudonym"] in about(found, "take_in_date", warning=True)[0]


def test_a_confirmed_person_is_not_left_pending_silently(
    store: Store, household: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> None:
    people = store.register_table("registry.person")
    assert not about(people.problems({}, child["id"]), "eligibility", warning=True)  # a draft may wait
    people.edit(child["id"], {"notice_language": "Inglese", "notice_date": "1/3/2021"})
    confirmed = people.confirm(child["id"])
    assert about(confirmed.warnings, "eligibility", warning=True) == [
        "Ammissibile con riserva: titolo di soggiorno non inserito. Completare il fascicolo, o decidere con una nota",
        "Eligible with reserve: no permit entered. Complete the file, or decide with a note",
    ]
    decided = people.edit(child["id"], {"decision": "eligible", "decision_note": "Sentito il capofila"})
    assert not about(decided.warnings, "eligibility", warning=True)
    pending = people.edit(child["id"], {"decision": "", "decision_note": "", "take_in_date": ""})
    assert "requisiti" in about(pending.warnings, "take_in_date", warning=True)[0]


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


def test_a_record_of_a_partner_that_is_not_in_the_profile_is_refused(problems: Any) -> None:
    """No report could hold it."""
    [italian, english] = about(problems("registry.body", name="Ente", nature="public", partner="xyz"), "partner")
    assert "rimini" in italian
    assert "xyz" in english
    assert not about(problems("registry.body", name="Ente", nature="public", partner="modena"), "partner")


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        ({"entered_on": "1/6/2019"}, False), ({"entered_on": "31/5/2019"}, True), ({"entered_on": "1/2/2018", "left_on": "1/3/2018"}, True),
        ({"entered_on": "1/12/2017", "left_on": "1/1/2018"}, False), ({"left_on": "1/3/2018"}, True), ({}, False),
    ],
)  # fmt: skip
def test_two_stays_in_reception_at_once_are_asked_about(problems: Any, second: dict[str, str], asked: bool) -> None:
    first = {"circuit": "SPRAR", "entered_on": "1/1/2018", "left_on": "1/6/2019"}
    found = problems("registry.person", surname="Haile", stays=[first, {"circuit": "CAS", **second}])
    assert bool(about(found, "stays.2.entered_on", warning=True)) == asked


def test_overlapping_stays_name_the_row_its_circuit_and_the_day(problems: Any) -> None:
    stays = [{"circuit": "CAS", "entered_on": "1/1/2018"}, {"circuit": "SAI", "entered_on": "1/6/2019"}]
    assert about(problems("registry.person", surname="Haile", stays=stays), "stays.2.entered_on", warning=True) == [
        "Il 01/06/2019 è anche nel soggiorno della riga 1 (CAS): correggere entrata o uscita",
        "On 01/06/2019 they are in the stay of row 1 (CAS) too: correct entry or exit",
    ]


def test_near_names_are_told_in_the_readers_language(problems: Any) -> None:
    (found,) = [
        one for one in problems("registry.person", surname="Haile", citizenship="Cost") if one.field == "citizenship"
    ]
    assert "Costa d'Avorio" in found.text("it")
    assert "Ivory Coast" in found.text("en") or "Côte" in found.text("en")
    assert "Costa d'Avorio" not in found.text("en")
