"""Rules of requests, interventions and school enrolments."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_mediation.rules import school_year_of
from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.fixture
def intervention(add: Add, mother: dict[str, Any], operator: dict[str, Any]) -> dict[str, Any]:
    return add(
        "mediation.intervention", date="14/4/2021", start="9", end="10:30", service="mediation", place="desk",
        operator=operator["id"], persons=[mother["id"]], language="Inglese",
    )  # fmt: skip


def test_a_request_with_short_notice_is_a_warning(problems: Any, school: dict[str, Any]) -> None:
    values = {"school": school["id"], "reason": "talk", "date": "1/4/2021"}
    found = about(problems("mediation.school_request", **values, wanted_on="15/4/2021"), "wanted_on", warning=True)
    assert found == ["Preavviso di 14 giorni: ne servono 15", "14 days' notice: 15 are asked for"]
    assert not about(problems("mediation.school_request", **values, wanted_on="16/4/2021"), "wanted_on", warning=True)


def test_a_request_knows_its_notice_and_its_school_year(
    add: Add, school: dict[str, Any], child: dict[str, Any]
) -> None:
    request = add(
        "mediation.school_request",
        school=school["id"],
        reason="welcome",
        date="1/4/2021",
        wanted_on="20/4/2021",
        person=child["id"],
    )
    assert (request["notice_days"], request["school_year"]) == (19, "2020/21")


@given(st.dates())
def test_a_school_year_begins_in_september(day: Any) -> None:
    first = int(school_year_of(day)[:-3])
    assert (first, 9) <= (day.year, day.month) < (first + 1, 9)


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"school_year": "2020"}, "school_year", False),
        ({"school_year": "2020/22"}, "school_year", False),
        ({"wanted_on": "31/3/2021"}, "wanted_on", False),
        ({"date": "1/1/2020"}, "date", False),
        ({}, "school", True),
        ({"outcome": "accepted"}, "answered_on", True),
        ({"requested_minutes": "50m"}, "requested_minutes", True),
        ({"notes": "Ha avuto una diagnosi l'anno scorso"}, "notes", True),
    ],
)
def test_a_request_is_checked(problems: Any, values: dict[str, Any], field: str, warning: bool) -> None:
    found = problems("mediation.school_request", **{"date": "1/4/2021", "reason": "talk", **values})
    italian, english = about(found, field, warning=warning)
    assert italian != english


def test_a_request_for_somebody_of_age_asks_whether_it_is_the_right_person(
    problems: Any, mother: dict[str, Any]
) -> None:
    found = problems("mediation.school_request", date="1/4/2021", reason="talk", person=mother["id"])
    assert mother["pseudonym"] in about(found, "person", warning=True)[0]


def test_hours_and_category_are_computed(intervention: dict[str, Any]) -> None:
    assert (intervention["minutes"], intervention["category"]) == (90, "education")


def test_orientation_says_its_category_itself_before_it_is_confirmed(
    store: Store, problems: Any, intervention: dict[str, Any]
) -> None:
    records = store.register_table("mediation.intervention")
    records.edit(intervention["id"], {"service": "orientation", "category": ""})
    assert about(records.problems({"state": "confirmed"}, intervention["id"]), "category") == []
    with pytest.raises(ValueError, match="category"):
        records.confirm(intervention["id"])
    records.edit(intervention["id"], {"category": "housing"})
    assert records.confirm(intervention["id"]).doc["category"] == "housing"


def test_nobody_is_in_two_interventions_at_once(
    problems: Any, intervention: dict[str, Any], mother: dict[str, Any], child: dict[str, Any], operator: dict[str, Any]
) -> None:
    values = {"date": "14/4/2021", "service": "support", "place": "home"}
    found = problems("mediation.intervention", **values, start="10", end="11", persons=[child["id"], mother["id"]])
    assert about(found, "persons") == [
        f"{mother['pseudonym']} alla stessa ora è in un altro intervento: 14/04/2021 09:00 Mediazione linguistico-culturale. Spostare o annullare uno dei due",
        f"{mother['pseudonym']} is in another intervention at the same time: 14/04/2021 09:00 Linguistic and cultural mediation. Move or cancel one of them",
    ]
    assert not about(
        problems("mediation.intervention", **values, start="10:30", end="11", persons=[mother["id"]]), "persons"
    )
    assert not about(
        problems("mediation.intervention", **values, start="10", end="11", persons=[mother["id"]], status="cancelled"),
        "persons",
    )
    assert (
        "14/04/2021 09:00"
        in about(
            problems("mediation.intervention", **values, start="8", end="9:15", operator=operator["id"]), "operator"
        )[0]
    )


def test_a_new_citizen_is_helped_and_counted_only_before(
    store: Store, intervention: dict[str, Any], mother: dict[str, Any], child: dict[str, Any]
) -> None:
    store.register_table("registry.person").edit(mother["id"], {"italian_since": "14/4/2021"})
    records = store.register_table("mediation.intervention")
    both = [mother["id"], child["id"]]
    assert records.edit(intervention["id"], {"persons": both}).doc["counted_persons"] == [child["id"]]
    assert records.edit(intervention["id"], {"date": "13/4/2021"}).doc["counted_persons"] == both


def test_who_is_not_eligible_is_helped_but_not_counted(
    store: Store, add: Add, intervention: dict[str, Any], mother: dict[str, Any], school: dict[str, Any]
) -> None:
    store.register_table("registry.person").edit(mother["id"], {"citizenship": "RO"})
    saved = store.register_table("mediation.intervention").edit(intervention["id"], {"end": "11"}).doc
    assert (saved["persons"], saved["counted_persons"]) == ([mother["id"]], [])
    pupil = add("registry.person", surname="Adeyemi", birth_date="1/5/2012")
    enrolled = add("mediation.school_enrolment", person=pupil["id"], school=school["id"], date="1/3/2021")
    assert enrolled["counted"] is True  # not taken in yet
    store.register_table("registry.person").edit(pupil["id"], {"take_in_date": "1/3/2021", "citizenship": "RO"})
    records = store.register_table("mediation.school_enrolment")
    assert records.edit(enrolled["id"], {"school_class": "3B"}).doc["counted"] is False


def test_an_intervention_may_be_edited_without_meeting_itself(store: Store, intervention: dict[str, Any]) -> None:
    assert store.register_table("mediation.intervention").edit(intervention["id"], {"end": "11"}).doc["minutes"] == 120


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"end": "9"}, "end", False),
        ({"end": "9:50"}, "end", True),
        ({"date": "9/1/2020"}, "date", False),
        ({"date": "25/4/2021"}, "date", True),
        ({"date": "21/5/2021"}, "status", False),
        ({}, "persons", True),
        ({"place": "school"}, "school", True),
        ({"ssn_registered": "sì"}, "ssn_registered", False),
        ({"service": "health", "ssn_date": "1/4/2021"}, "ssn_registered", False),
        ({"summary": "Accompagnata per la terapia"}, "summary", True),
        ({"summary": "He spoke of torture"}, "summary", True),
    ],
)
def test_an_intervention_is_checked(problems: Any, values: dict[str, Any], field: str, warning: bool) -> None:
    base = {"date": "14/4/2021", "start": "9", "end": "10", "service": "orientation", "place": "desk"}
    italian, english = about(problems("mediation.intervention", **{**base, **values}), field, warning=warning)[:2]
    assert italian != english


@pytest.mark.parametrize(
    "text", ["Colloquio con le insegnanti", "Iscrizione al SSN e scelta del pediatra", "Si tratta di un primo incontro"]
)
def test_ordinary_work_is_written_without_a_warning(problems: Any, text: str) -> None:
    base = {"date": "14/4/2021", "start": "9", "end": "10", "service": "orientation", "place": "desk"}
    assert not about(problems("mediation.intervention", **base, summary=text), "summary", warning=True)


def test_health_access_keeps_what_was_done_and_falls_under_health(add: Add, mother: dict[str, Any]) -> None:
    saved = add(
        "mediation.intervention", date="15/4/2021", start="9", end="10", service="health", place="health_authority",
        persons=mother["id"], ssn_registered="sì", ssn_date="15/4/2021", vaccination_shown="no",
    )  # fmt: skip
    assert (saved["category"], saved["ssn_registered"], saved["vaccination_shown"]) == ("health", True, False)


def test_a_child_without_any_document_is_enrolled_at_school_and_confirmed(
    store: Store, add: Add, school: dict[str, Any], child: dict[str, Any]
) -> None:
    enrolled = add(
        "mediation.school_enrolment", person=child["pseudonym"], school="RNIC80900A", date="1/3/2021", school_class="3B",
        with_reserve="sì", missing_documents=["identity", "tax_code", "permit"],
    )  # fmt: skip
    confirmed = store.register_table("mediation.school_enrolment").confirm(enrolled["id"]).doc
    assert (confirmed["state"], confirmed["school_year"]) == ("confirmed", "2020/21")


def test_missing_papers_and_class_gaps_only_warn(problems: Any, school: dict[str, Any], child: dict[str, Any]) -> None:
    values = {
        "person": child["id"],
        "school": school["id"],
        "date": "1/3/2021",
        "missing_documents": "permit",
        "age_gap": -1,
    }
    found = problems("mediation.school_enrolment", **values)
    assert about(found, "with_reserve", warning=True)
    assert about(found, "gap_reason", warning=True)
    assert not [problem for problem in found if problem.severity == "error"]


def test_a_second_enrolment_of_one_year_names_the_first(
    add: Add, problems: Any, school: dict[str, Any], child: dict[str, Any]
) -> None:
    values = {"person": child["id"], "school": school["id"], "date": "1/3/2021", "school_class": "3B"}
    add("mediation.school_enrolment", **values)
    assert "2020/21 3B" in about(problems("mediation.school_enrolment", **values), "person")[0]


def test_a_body_that_is_no_school_is_a_warning(problems: Any, add: Add, child: dict[str, Any]) -> None:
    desk = add("registry.body", name="Sportello sociale", nature="public")
    found = problems("mediation.school_enrolment", person=child["id"], school=desk["id"], date="1/3/2021")
    assert "Sportello sociale" in about(found, "school", warning=True)[0]
