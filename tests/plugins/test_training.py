"""Rules of courses, sessions, enrolments and certificates."""

from typing import Any

import pytest

from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.fixture
def course(add: Add) -> dict[str, Any]:
    return add(
        "training.course",
        code="FORM-01",
        title="Diritto d'asilo",
        start="1/3/2021",
        end="31/3/2021",
        planned_minutes="10h",
    )


@pytest.fixture
def session(add: Add, course: dict[str, Any], operator: dict[str, Any]) -> dict[str, Any]:
    return add(
        "training.session", course=course["id"], date="3/3/2021", start="9", end="14:30", break_minutes="30m",
        status="held", trainers=[operator["id"]],
    )  # fmt: skip


@pytest.fixture
def second(add: Add, course: dict[str, Any]) -> dict[str, Any]:
    return add("training.session", course=course["id"], date="10/3/2021", start="9", end="14", status="held")


def test_net_hours_leave_out_the_break(session: dict[str, Any]) -> None:
    assert session["net_minutes"] == 300


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"start": "10", "end": "9"}, "end", False),
        ({"break_minutes": "5h"}, "break_minutes", False),
        ({"end": "11:50"}, "end", True),
        ({"date": "9/1/2020"}, "date", False),
        ({"date": "1/7/2022"}, "date", False),
        ({"date": "4/4/2021"}, "date", True),
        ({"date": "1/4/2021"}, "date", True),
        ({"date": "21/5/2021", "status": "held"}, "status", False),
        ({"status": "held", "mode": "remote"}, "log_kept", True),
        ({"status": "held"}, "trainers", True),
    ],
)
def test_a_session_keeps_to_clock_calendar_and_project(
    problems: Any, course: dict[str, Any], values: dict[str, Any], field: str, warning: bool
) -> None:
    base = {"course": course["id"], "date": "3/3/2021", "start": "9", "end": "12"}
    italian, english = about(problems("training.session", **{**base, **values}), field, warning=warning)[:2]
    assert italian != english


def test_a_trainer_cannot_be_in_two_sessions_at_once(
    add: Add, problems: Any, session: dict[str, Any], operator: dict[str, Any]
) -> None:
    other = add("training.course", code="FORM-02", title="Casa")
    values = {"course": other["id"], "date": "3/3/2021", "trainers": [operator["id"]]}
    assert "03/03/2021 09:00" in about(problems("training.session", **values, start="14", end="16"), "start")[0]
    assert not about(problems("training.session", **values, start="14:30", end="16"), "start")


def test_a_trainers_hours_are_compared_with_the_timesheet(
    store: Store, add: Add, problems: Any, session: dict[str, Any], operator: dict[str, Any]
) -> None:
    assert not about(problems("training.session", session["id"]), "trainers", warning=True)
    add("registry.timesheet", operator=operator["id"], month="1/3/2021", days=[{"day": 3, "minutes": "2h"}])
    assert (
        "120 minuti di progetto il 03/03/2021; qui sono 300"
        in about(problems("training.session", session["id"]), "trainers", warning=True)[0]
    )


def test_attendance_is_the_whole_session_the_typed_minutes_or_the_time_between_entry_and_exit(
    add: Add, course: dict[str, Any], operator: dict[str, Any], session: dict[str, Any], second: dict[str, Any]
) -> None:
    rows = [
        {"session": session["id"]},
        {"session": second["id"], "status": "partial", "login": "8:45", "logout": "11:00"},
    ]
    enrolled = add(
        "training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021", attendance=rows
    )
    assert [row["minutes"] for row in enrolled["attendance"]] == [300, 120]
    assert (enrolled["attended_minutes"], enrolled["percent"], enrolled["reached"]) == (420, 70, False)
    assert enrolled["course_code"] == "FORM-01"


def test_a_cancelled_session_is_not_attended(
    store: Store, add: Add, course: dict[str, Any], operator: dict[str, Any], session: dict[str, Any]
) -> None:
    store.register_table("training.session").edit(session["id"], {"status": "cancelled"})
    rows = [{"session": session["id"], "status": "present"}]
    enrolled = add(
        "training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021", attendance=rows
    )
    assert (enrolled["attended_minutes"], enrolled["percent"]) == (0, 0)


def test_a_percentage_is_cut_and_never_rounded_up(
    store: Store,
    add: Add,
    course: dict[str, Any],
    operator: dict[str, Any],
    session: dict[str, Any],
    second: dict[str, Any],
) -> None:
    rows = [{"session": session["id"]}, {"session": second["id"], "status": "partial", "partial_minutes": "179m"}]
    enrolled = add(
        "training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021", attendance=rows
    )
    assert (enrolled["percent"], enrolled["reached"]) == (79, False)
    rows[1]["partial_minutes"] = "180m"
    enrolled = store.register_table("training.enrolment").edit(enrolled["id"], {"attendance": rows}).doc
    assert (enrolled["percent"], enrolled["reached"]) == (80, True)


def test_an_operator_is_enrolled_once_in_a_course(
    add: Add, problems: Any, course: dict[str, Any], operator: dict[str, Any]
) -> None:
    values = {"course": course["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    add("training.enrolment", **values)
    assert about(problems("training.enrolment", **values), "operator") == [
        "L'operatore è già iscritto a questo corso: FORM-01", "The operator is already enrolled in this course: FORM-01",
    ]  # fmt: skip


def test_nobody_is_present_in_two_courses_at_once(
    add: Add, problems: Any, course: dict[str, Any], operator: dict[str, Any], session: dict[str, Any]
) -> None:
    add(
        "training.enrolment",
        course=course["id"],
        operator=operator["id"],
        enrolled_on="1/3/2021",
        attendance=[{"session": session["id"]}],
    )
    other = add("training.course", code="FORM-02", title="Casa")
    clash = add("training.session", course=other["id"], date="3/3/2021", start="14", end="16")
    values = {"course": other["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    rows = [{"session": clash["id"]}]
    assert "FORM-01" in about(problems("training.enrolment", **values, attendance=rows), "attendance.1.session")[0]
    rows = [{"session": clash["id"], "status": "absent"}]
    assert not about(problems("training.enrolment", **values, attendance=rows), "attendance.1.session")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"status": "partial"}, "attendance.1.partial_minutes"),
        ({"status": "partial", "partial_minutes": "6h"}, "attendance.1.partial_minutes"),
        ({"login": "10", "logout": "9"}, "attendance.1.logout"),
    ],
)
def test_attendance_rows_must_be_possible(
    problems: Any,
    course: dict[str, Any],
    operator: dict[str, Any],
    session: dict[str, Any],
    row: dict[str, Any],
    field: str,
) -> None:
    values = {"course": course["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    assert about(problems("training.enrolment", **values, attendance=[{"session": session["id"], **row}]), field)


def test_a_session_of_another_course_is_refused(
    add: Add, problems: Any, course: dict[str, Any], operator: dict[str, Any]
) -> None:
    other = add("training.course", code="FORM-02", title="Casa")
    foreign = add("training.session", course=other["id"], date="4/3/2021", start="9", end="11")
    values = {"course": course["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    assert (
        "FORM-01"
        in about(
            problems("training.enrolment", **values, attendance=[{"session": foreign["id"]}]), "attendance.1.session"
        )[0]
    )


def test_a_full_course_refuses_and_another_audience_is_a_warning(
    store: Store, add: Add, problems: Any, course: dict[str, Any], operator: dict[str, Any]
) -> None:
    store.register_table("training.course").edit(course["id"], {"places": 1, "audience": ["volunteer"]})
    colleague = add("registry.operator", surname="Verdi", given_name="Anna", sector="public")
    add("training.enrolment", course=course["id"], operator=colleague["id"], enrolled_on="1/3/2021")
    found = problems("training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021")
    assert colleague["code"] in about(found, "course")[0]
    given = {"course": course["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    admitted = problems("training.enrolment", **given, over_reason="Richiesta del capofila")
    assert not about(admitted, "course")
    assert not about(admitted, "course", warning=True)
    assert "FORM-01" in about(found, "operator", warning=True)[1]


def test_a_certificate_below_the_threshold_is_refused(
    store: Store,
    add: Add,
    problems: Any,
    course: dict[str, Any],
    operator: dict[str, Any],
    session: dict[str, Any],
    second: dict[str, Any],
) -> None:
    enrolled = add(
        "training.enrolment",
        course=course["id"],
        operator=operator["id"],
        enrolled_on="1/3/2021",
        attendance=[{"session": session["id"]}],
    )
    values = {"enrolment": enrolled["id"], "issued_on": "12/4/2021"}
    assert about(problems("training.certificate", **values), "enrolment") == [
        "Frequenza del 50 % nel corso FORM-01 Diritto d'asilo: per l'attestato serve il 80 %",
        "Attendance of 50 % in course FORM-01 Diritto d'asilo: a certificate needs 80 %",
    ]
    store.register_table("training.course").edit(course["id"], {"threshold": 50})
    assert not about(problems("training.certificate", **values), "enrolment")


def test_a_certificate_copies_what_it_certifies_and_counts_volunteers_as_private(
    store: Store,
    add: Add,
    problems: Any,
    course: dict[str, Any],
    operator: dict[str, Any],
    session: dict[str, Any],
    second: dict[str, Any],
) -> None:
    store.register_table("registry.operator").edit(operator["id"], {"sector": "volunteer"})
    rows = [{"session": session["id"]}, {"session": second["id"]}]
    enrolled = add(
        "training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021", attendance=rows
    )
    certificate = add("training.certificate", enrolment=enrolled["id"], issued_on="12/4/2021")
    assert (certificate["operator"], certificate["course"], certificate["sector"]) == (
        operator["id"],
        course["id"],
        "private",
    )
    assert (certificate["minutes"], certificate["percent"]) == (600, 100)
    assert about(problems("training.certificate", enrolment=enrolled["id"], issued_on="13/4/2021"), "enrolment")


def test_a_certificate_dated_before_the_course_ended_is_a_warning(
    add: Add, problems: Any, course: dict[str, Any], operator: dict[str, Any]
) -> None:
    enrolled = add("training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021")
    assert (
        "FORM-01"
        in about(
            problems("training.certificate", enrolment=enrolled["id"], issued_on="30/3/2021"), "issued_on", warning=True
        )[0]
    )


@pytest.fixture
def certificate(
    add: Add, course: dict[str, Any], operator: dict[str, Any], session: dict[str, Any], second: dict[str, Any]
) -> dict[str, Any]:
    rows = [{"session": session["id"]}, {"session": second["id"]}]
    given = {"course": course["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    enrolled = add("training.enrolment", **given, attendance=rows)
    return add("training.certificate", enrolment=enrolled["id"], issued_on="12/4/2021")


def test_what_a_certificate_rests_on_stays_while_it_holds(
    store: Store, problems: Any, session: dict[str, Any], certificate: dict[str, Any]
) -> None:
    called = certificate["id"][:8]
    assert called in about(problems("training.session", session["id"], status="cancelled"), "status")[0]
    assert called in about(problems("training.session", session["id"], end="12"), "end")[0]
    assert not about(problems("training.session", session["id"], topic="Leggi"), "end")
    rows = [{"session": session["id"]}]
    found = problems("training.enrolment", certificate["enrolment"], attendance=rows)
    assert "10:00 ore, le presenze fanno 5:00" in about(found, "attendance")[0]
    warnings = store.register_table("training.enrolment").void(certificate["enrolment"], "errore").warnings
    assert [(one.code, one.severity) for one in warnings] == [("in_use", "warning")]
    store.undo()
    store.register_table("training.certificate").void(certificate["id"], "errore")
    assert not about(problems("training.enrolment", certificate["enrolment"], attendance=rows), "attendance")


def test_attendance_is_not_entered_before_the_day_nor_by_who_was_only_offered_a_place(
    add: Add, problems: Any, course: dict[str, Any], operator: dict[str, Any], session: dict[str, Any]
) -> None:
    coming = add("training.session", course=course["id"], date="21/5/2021", start="9", end="12")
    values = {"course": course["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    found = problems("training.enrolment", **values, attendance=[{"session": coming["id"], "status": "present"}])
    assert "21/05/2021" in about(found, "attendance.1.status")[0]
    found = problems("training.enrolment", **values, admission="offered", attendance=[{"session": session["id"]}])
    assert about(found, "admission")


def test_presence_outside_hours_and_enrolment_is_a_warning_that_names_them(
    problems: Any, course: dict[str, Any], operator: dict[str, Any], session: dict[str, Any]
) -> None:
    values = {"course": course["id"], "operator": operator["id"], "enrolled_on": "4/3/2021"}
    row = {"session": session["id"], "arrived": "15:00"}
    found = problems("training.enrolment", **values, attendance=[row])
    assert "04/03/2021" in about(found, "attendance.1.session", warning=True)[0]
    assert "09:00" in about(found, "attendance.1.status", warning=True)[0]


def test_fewer_places_than_enrolled_is_a_warning(
    add: Add, problems: Any, course: dict[str, Any], operator: dict[str, Any]
) -> None:
    for number in range(2):
        one = add("registry.operator", surname=f"Op{number}", given_name="X", sector="public")
        add("training.enrolment", course=course["id"], operator=one["id"], enrolled_on="1/3/2021")
    assert "iscritti: 2" in about(problems("training.course", course["id"], places=1), "places", warning=True)[0]
    assert not about(problems("training.course", course["id"], places=2), "places", warning=True)


def test_a_session_without_a_break_has_one_error_only(problems: Any, course: dict[str, Any]) -> None:
    found = problems("training.session", course=course["id"], date="3/3/2021", start="9", end="9")
    assert about(found, "end")[0].startswith("Comincia e finisce alla stessa ora")
    assert not about(found, "break_minutes")


def test_a_past_session_left_planned_with_people_present_is_asked_about(
    store: Store, add: Add, operator: dict[str, Any]
) -> None:
    course = add("training.course", code="FORM-9", title="Casa")
    values = {"course": course["id"], "date": "3/3/2021", "start": "9", "end": "11"}
    held = add("training.session", **values)
    assert not about(store.register_table("training.session").problems({}, held["id"]), "status", warning=True)
    row = {"session": held["id"], "status": "present"}
    add("training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021", attendance=[row])
    assert about(store.register_table("training.session").problems({}, held["id"]), "status", warning=True)


def test_a_trainer_who_is_enrolled_in_the_same_course_is_a_warning_on_both_sides(
    problems: Any, add: Add, store: Store, course: dict[str, Any], operator: dict[str, Any]
) -> None:
    taught = {"trainers": [{"operator": operator["id"]}]}
    store.register_table("training.course").edit(course["id"], taught)
    values = {"course": course["id"], "operator": operator["id"], "enrolled_on": "1/3/2021"}
    assert "docenti di questo corso" in about(problems("training.enrolment", **values), "operator", warning=True)[0]
    add("training.enrolment", **values)
    saved = store.register_table("training.course").edit(course["id"], taught)
    assert [one.field for one in saved.warnings if "iscritti" in one.text("it")] == ["trainers.1.operator"]
