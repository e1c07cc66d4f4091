"""One model of attendance: a row is judged in the same way in every register that has it."""

from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.records.problems import Problem

from .conftest import Add

Judge = Callable[..., list[Problem]]
REGISTERS = ("training.enrolment", "cohousing.housing_meeting", "governance.meeting", "dissemination.event")


@pytest.fixture(params=REGISTERS)
def judge(request: Any, add: Add, problems: Any, mother: dict[str, Any], operator: dict[str, Any]) -> Judge:
    """What one register says of a row of attendance, from nine to twelve: `judge("3/3/2021", status="absent", arrived="10")`."""
    body = add("registry.body", name="Comune", nature="public")["id"]
    network = add("governance.network", name="Tavolo", kind="technical", level="district", start="1/1/2021")["id"]
    course = add("training.course", code="FORM-9", title="Prova")["id"]

    def judge(day: str = "3/3/2021", **row: Any) -> list[Problem]:
        hours = {"date": day, "start": "9", "end": "12"}
        if request.param == "training.enrolment":
            session = add("training.session", course=course, **hours)["id"]
            values = {"course": course, "operator": operator["id"], "enrolled_on": "1/2/2021"}
            return problems(request.param, **values, attendance=[{"session": session, **row}])
        if request.param == "cohousing.housing_meeting":
            own, status = {"person": mother["id"], "signed": "sì"}, "planned" if day == "21/5/2021" else "held"
            return problems(
                request.param, **hours, mode="group", place="Sala", status=status, attendance=[{**own, **row}]
            )
        if request.param == "governance.meeting":
            own = {"body": body, "person": "Bianchi", "capacity": "guest"}
            return problems(request.param, **hours, network=network, attendance=[{**own, **row}])
        own = {"body": body, "operator": operator["id"]}
        return problems(request.param, **hours, title="Convegno", type="seminar", attendance=[{**own, **row}])

    return judge


def said(found: list[Problem]) -> list[tuple[str, str]]:
    """Column and weight of what was found about the row."""
    prefix = "attendance.1."
    return sorted((one.field[len(prefix) :], one.severity) for one in found if (one.field or "").startswith(prefix))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, []),
        ({"arrived": "9:30", "left": "11"}, []),
        ({"status": "partial", "arrived": "9:30"}, []),
        ({"arrived": "11", "left": "10"}, [("left", "error")]),
        ({"arrived": "10", "left": "10"}, [("left", "error")]),
        ({"arrived": "8:30"}, [("arrived", "warning")]),
        ({"left": "12:30"}, [("left", "warning")]),
        ({"arrived": "12"}, [("status", "warning")]),
        ({"left": "9"}, [("status", "warning")]),
        ({"status": "absent", "arrived": "10"}, [("status", "error")]),
        ({"status": "excused", "left": "10"}, [("status", "error")]),
        ({"status": "expected"}, [("status", "warning")]),
        ({"status": "absent"}, []),
    ],
)
def test_a_row_is_judged_the_same_everywhere(
    judge: Judge, row: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert said(judge(**row)) == expected


def test_in_part_needs_to_be_known_how_much(judge: Judge) -> None:
    (found,) = [one for one in judge(status="partial") if (one.field or "").startswith("attendance")]
    assert found.severity == "error"
    assert (found.text("it"), found.text("en")) == ("Presente in parte: per quanto?", "Present in part: for how long?")


def test_nobody_was_there_before_the_day(judge: Judge) -> None:
    (found,) = [one for one in judge("21/5/2021", status="present") if one.field == "attendance.1.status"]
    assert found.severity == "error"
    assert found.text("it") == (
        "Presenze e voti si scrivono non prima del giorno, che è il 21/05/2021; chi deve venire è «Atteso»"
    )
    assert "“Expected”" in found.text("en")


@pytest.mark.parametrize("row", [{}, {"status": "expected"}, {"status": "excused"}])
def test_who_is_listed_before_the_day_is_expected(judge: Judge, row: dict[str, str]) -> None:
    assert said(judge("21/5/2021", **row)) == []


def test_who_was_listed_before_the_day_is_kept_as_expected(add: Add, mother: dict[str, Any]) -> None:
    values = {"date": "21/5/2021", "start": "9", "end": "10", "mode": "group", "status": "planned", "place": "Sala"}
    meeting = add("cohousing.housing_meeting", **values, attendance=[{"person": mother["id"]}])
    assert (meeting["attendance"][0]["status"], meeting["present"]) == ("expected", 0)
