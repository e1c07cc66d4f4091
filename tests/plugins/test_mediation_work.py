"""The work of a mediation service: hours, ceilings, people who do not come, and the change of the school year."""

from collections.abc import Callable
from typing import Any

import pytest

from intarsi_mediation.classes import class_gap, next_class
from intarsi_tui.host.acting import act
from intarsi_tui.host.office import Office
from intarsi_tui.records.problems import Problem, Rejected

from .conftest import about

Add = Callable[..., dict[str, Any]]
Problems = Callable[..., list[Problem]]


def test_hours_are_summed_by_month_language_and_school(office: Office, enter: Add) -> None:
    person = enter("registry.person", draft=True, surname="Haile", birth_date="1/1/2012")["id"]
    operator = enter("registry.operator", draft=True, surname="Neri", given_name="Ada")["id"]
    schools = [enter("registry.body", name=name, nature="school")["id"] for name in ("IC Mare", "IC Monti")]
    common: dict[str, Any] = {"service": "mediation", "place": "school", "persons": person, "operator": operator}
    for day, end, language, school, status in (
        ("12/4/2021", "10:30", "tir", 0, "delivered"), ("13/4/2021", "10:10", "tir", 0, "delivered"),
        ("14/4/2021", "10", "tir", 0, "no_show"), ("15/4/2021", "11", "amh", 0, "delivered"),
        ("16/4/2021", "10", "tir", 1, "delivered"), ("10/5/2021", "10", "tir", 0, "delivered"),
        ("11/5/2021", "10", "tir", 0, "cancelled"), ("31/3/2021", "10", "tir", 0, "delivered"),
    ):  # fmt: skip
        enter(
            "mediation.intervention",
            **common,
            date=day,
            start="9",
            end=end,
            language=language,
            school=schools[school],
            status=status,
        )
    enter(
        "mediation.intervention",
        draft=True,
        **common,
        date="19/4/2021",
        start="9",
        end="18",
        language="tir",
        school=schools[0],
    )
    rows = act(office, "mediation", "hours", {"period": "2021-Q2"})
    told = [
        (row["month"], row["language"], row["school"], row["interventions"], row["no_shows"], row["hours"])
        for row in rows
    ]
    assert told == [
        ("2021-04", "Amharic", "IC Mare", 1, 0, "2:00"), ("2021-04", "Tigrinya", "IC Mare", 3, 1, "3:40"),
        ("2021-04", "Tigrinya", "IC Monti", 1, 0, "1:00"), ("2021-05", "Tigrinya", "IC Mare", 1, 0, "1:00"),
        ("Total", "", "", 6, 1, "7:40"),
    ]  # fmt: skip


def test_a_week_over_the_mediators_ceiling_needs_a_reason(add: Add, problems: Problems, child: dict[str, Any]) -> None:
    operator = add("registry.operator", surname="Neri", given_name="Ada", weekly_minutes="10")
    common = {"service": "mediation", "place": "desk", "operator": operator["id"], "persons": child["id"]}
    add("mediation.intervention", **common, date="10/5/2021", start="8", end="13")  # Monday
    add("mediation.intervention", **common, date="16/5/2021", start="8", end="12", status="no_show")  # Sunday
    add("mediation.intervention", **common, date="11/5/2021", start="8", end="18", status="cancelled")
    add("mediation.intervention", **common, date="17/5/2021", start="8", end="13")  # the week after
    exactly = {**common, "date": "12/5/2021", "start": "9", "end": "10"}
    assert not about(problems("mediation.intervention", **exactly), "ceiling_reason")
    over = {**exactly, "end": "10:15"}
    it, en = about(problems("mediation.intervention", **over), "ceiling_reason")
    assert "10:15 ore su 10:00" in it
    assert "10/05/2021 08:00" in en
    found = problems("mediation.intervention", **over, ceiling_reason="Supplenza urgente")
    assert not about(found, "ceiling_reason")
    assert about(found, "ceiling_reason", warning=True)


def test_a_mediator_to_whom_nobody_came_was_booked_all_the_same(
    add: Add, problems: Problems, operator: dict[str, Any]
) -> None:
    common = {"service": "mediation", "place": "desk", "operator": operator["id"], "date": "10/5/2021"}
    saved = add("mediation.intervention", **common, start="9", end="10", status="no_show")
    assert saved["minutes"] == 60
    assert about(problems("mediation.intervention", **common, start="9:30", end="10:30"), "operator")
    late = problems("mediation.intervention", **{**common, "date": "21/5/2021"}, start="9", end="10", status="no_show")
    assert about(late, "status")


@pytest.mark.parametrize(
    ("school_class", "level", "born", "gap"),
    [
        ("1A", "primary", "2014-12-31", 0), ("3 B", "primary", "2011-01-01", -1), ("1", "lower_secondary", "2009-05-05", 0),
        ("2C", "upper_secondary", "2004-05-05", -1), ("4A", "primary", "2012-05-05", 1), ("1A", "comprehensive", "2014-01-01", 0),
        ("Coccinelle", "primary", "2014-01-01", None), ("1A", "primary", "", None), ("1A", "adults", "1990-01-01", None),
        # An infant school goes by no class; one who should be in primary school by now is a year behind.
        ("Coccinelle", "infant", "2016-06-01", 0), ("Coccinelle", "infant", "2014-06-01", -1), (None, "primary", "2008-06-01", -2),
        # In an institute of three levels the class is read as that nearest to the age; halfway between it cannot be told.
        ("2B", "comprehensive", "2008-06-01", 0), ("5A", "comprehensive", "2011-06-01", 1), ("1A", "comprehensive", "2013-06-01", -1),
        ("1A", "comprehensive", "2009-06-01", 0), ("4A", "lower_secondary", "2009-06-01", None), ("Sez. B", "comprehensive", "2012-06-01", None),
    ],
)  # fmt: skip
def test_the_gap_is_that_of_class_and_year_of_birth(school_class: str, level: str, born: str, gap: int | None) -> None:
    assert class_gap(school_class, level, "2020/21", born) == gap


def test_the_class_after(enter: Add) -> None:
    assert (next_class("3B", "primary"), next_class("5A", "primary"), next_class("3A", "lower_secondary")) == (
        "4B",
        None,
        None,
    )
    assert (next_class("Coccinelle", "infant"), next_class(None, "primary"), next_class("3A", "comprehensive")) == (
        "Coccinelle",
        "",
        "4A",
    )


def test_a_gap_is_worked_out_and_one_that_was_typed_is_held_against_it(
    add: Add, problems: Problems, child: dict[str, Any]
) -> None:
    school = add("registry.body", name="Primaria", nature="school", level="primary")
    values = {"person": child["id"], "school": school["id"], "date": "14/9/2020", "school_class": "2A"}
    assert add("mediation.school_enrolment", **values)["age_gap"] == -1
    values["school_class"] = "3A"
    # The child's date of birth is presumed: a year more or less is not held against what the school says.
    assert not about(problems("mediation.school_enrolment", **values, age_gap=-1), "age_gap", warning=True)
    found = problems("mediation.school_enrolment", **values, age_gap=-2)
    assert about(found, "age_gap", warning=True) == [
        "Classe per chi nel 2020 compie 8 anni (Primaria); il minore ne compie 8 (data di nascita: Presunta (1° gennaio)): scostamento 0, ricontrollare",
        "A class for those who turn 8 in 2020 (Primary); the pupil turns 8 (date of birth: Presumed (1 January)): a gap of 0, check again",
    ]


def test_a_gap_against_the_papers_an_early_start_and_an_impossible_class(
    add: Add, problems: Problems, household: dict[str, Any]
) -> None:
    school = add("registry.body", name="Primaria", nature="school", level="primary")["id"]

    def found(born: str, school_class: str, **values: Any) -> list[Problem]:
        pupil = add("registry.person", surname=f"Haile {born}", birth_date=born or None, household=household["id"])[
            "id"
        ]
        common = {"person": pupil, "school": school, "date": "14/9/2020", "school_class": school_class}
        return problems("mediation.school_enrolment", **common, **values)

    assert about(found("1/6/2012", "3A", age_gap=-1), "age_gap", warning=True)
    assert about(found("1/6/2012", "4A"), "gap_reason", warning=True)
    # Born by 30 April: a year early is everybody's right and needs no reason.
    assert not about(found("30/4/2012", "4A"), "gap_reason", warning=True)
    assert "-6" in about(found("1/6/2006", "3A"), "school_class", warning=True)[0]
    assert about(found("", "3A"), "age_gap", warning=True)
    assert not about(found("", "3A", age_gap=-1, gap_reason="skills"), "age_gap", warning=True)


def test_the_roll_over_prepares_next_years_enrolments_once(office: Office, enter: Add) -> None:
    primary = enter("registry.body", name="Primaria", nature="school", level="primary")["id"]
    pupils = [
        enter("registry.person", draft=True, surname=name, birth_date="1/1/2012")["id"]
        for name in ("Uno", "Due", "Tre", "Quattro")
    ]
    common = {"school": primary, "date": "14/9/2020"}
    enter(
        "mediation.school_enrolment",
        **common,
        person=pupils[0],
        school_class="3A",
        with_reserve="sì",
        missing_documents="permit",
    )
    enter("mediation.school_enrolment", **common, person=pupils[1], school_class="5A")
    enter("mediation.school_enrolment", **common, person=pupils[2], school_class="2A", attendance="moved")
    enter("mediation.school_enrolment", draft=True, **common, person=pupils[3], school_class="2A")
    rows = act(office, "mediation", "roll-over", {"school_year": "2020/21"})
    assert [(row["before"], row["after"], row["outcome"]) for row in rows] == [
        ("3A", "4A", "prepared"), ("5A", "", "last class: the new school has to be chosen"),
    ]  # fmt: skip
    new = office.get("mediation.school_enrolment", rows[0]["id"]) or {}
    assert (new["school_year"], new["state"], new["with_reserve"], new["missing_documents"]) == (
        "2021/22",
        "draft",
        True,
        ["permit"],
    )
    assert (
        next(row["outcome"] for row in act(office, "mediation", "roll-over", {"school_year": "2020/21"}))
        == "is there already"
    )
    with pytest.raises(Rejected):
        act(office, "mediation", "roll-over", {"school_year": "2020"})


def test_the_first_of_two_interventions_stays_lawful_and_only_the_one_that_exceeds_needs_a_reason(
    office: Office, enter: Add
) -> None:
    operator = enter("registry.operator", draft=True, surname="Neri", given_name="Ada", weekly_minutes="6h")["id"]
    common: dict[str, Any] = {"draft": True, "service": "mediation", "place": "desk", "operator": operator}
    first = enter("mediation.intervention", **common, date="12/4/2021", start="9", end="13")
    later = {**common, "date": "13/4/2021", "start": "9", "end": "13", "ceiling_reason": "Un solo mediatore tigrino"}
    enter("mediation.intervention", **later)
    table = office.table("mediation.intervention")
    assert not about(table.problems({"outcome": ""}, first["id"]), "ceiling_reason")
    assert about(table.problems({"end": "14"}, first["id"]), "ceiling_reason")


def test_a_ceiling_that_one_intervention_exceeds_is_told_without_an_empty_bracket(office: Office, enter: Add) -> None:
    operator = enter("registry.operator", draft=True, surname="Neri", given_name="Ada", weekly_minutes="3h")["id"]
    common: dict[str, Any] = {"service": "mediation", "place": "desk", "operator": operator, "date": "12/4/2021"}
    table = office.table("mediation.intervention")
    hours = {"start": "9", "end": "13"}
    assert about(table.problems({**common, **hours}), "ceiling_reason") == [
        "Nella settimana del 12/04/2021 il mediatore arriva a 4:00 ore su 3:00: spostare, o scrivere il motivo",
        "In the week of 12/04/2021 the mediator comes to 4:00 hours of 3:00: move it, or give the reason",
    ]
    given = table.problems({**common, **hours, "ceiling_reason": "Udienza"})
    assert about(given, "ceiling_reason", warning=True)[1].endswith("comes to 4:00 hours of 3:00")


def test_minutes_of_the_night_on_which_the_clock_changes_are_those_that_pass(office: Office, enter: Add) -> None:
    table = office.table("mediation.intervention")
    common: dict[str, Any] = {"service": "mediation", "place": "desk", "date": "28/3/2021"}
    assert enter("mediation.intervention", draft=True, **common, start="1", end="4")["minutes"] == 120
    assert about(table.problems({**common, "start": "2:30", "end": "4"}), "start")


def test_a_school_without_a_level_is_told_where_a_class_is_given(
    add: Add, problems: Problems, child: dict[str, Any]
) -> None:
    school = add("registry.body", name="Scuola Mare", nature="school")
    values = {"person": child["id"], "school": school["id"], "date": "14/9/2020"}
    (it, en) = about(problems("mediation.school_enrolment", **values, school_class="2A"), "school", warning=True)
    assert it.startswith("Di Scuola Mare manca il grado scolastico")
    assert en.startswith("The school level of Scuola Mare is missing")
    assert not about(problems("mediation.school_enrolment", **values), "school", warning=True)


def test_a_typed_gap_of_more_than_three_years_is_warned_of(add: Add, problems: Problems, child: dict[str, Any]) -> None:
    school = add("registry.body", name="Primaria", nature="school", level="primary")
    values = {"person": child["id"], "school": school["id"], "date": "14/9/2020", "gap_reason": "skills"}
    found = problems("mediation.school_enrolment", **values, age_gap=-4)
    assert not about(found, "age_gap")
    assert "A gap of more than 3 years: check class and date of birth" in about(found, "age_gap", warning=True)
