"""Places of a course, the waiting list, remote presence, rooms and certificates."""

from typing import Any

import pytest

from intarsi_training.matrix import matrix
from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.fixture
def course(add: Add) -> dict[str, Any]:
    return add(
        "training.course",
        code="FORM-01",
        title="Asilo",
        start="1/3/2021",
        end="30/6/2021",
        planned_minutes="6h",
        places=2,
    )


@pytest.fixture
def people(add: Add) -> list[str]:
    return [
        add("registry.operator", surname=f"Op{number}", given_name="X", sector="public")["id"] for number in range(5)
    ]


def enrol(add: Add, course: dict[str, Any], operator: str, **values: Any) -> dict[str, Any]:
    return add("training.enrolment", course=course["id"], operator=operator, enrolled_on="1/3/2021", **values)


def admission(store: Store, doc: dict[str, Any]) -> str:
    return str(store.register_table("training.enrolment").one(doc["id"])["admission"])


def test_a_place_that_gets_free_is_offered_to_the_first_who_waits(
    store: Store, add: Add, course: dict[str, Any], people: list[str]
) -> None:
    table = store.register_table("training.enrolment")
    first, second = (enrol(add, course, one) for one in people[:2])
    later = enrol(add, course, people[2], admission="waiting")
    earlier = enrol(add, {**course}, people[3], admission="waiting")
    table.edit(earlier["id"], {"enrolled_on": "28/2/2021"})
    assert (admission(store, earlier), admission(store, later)) == ("waiting", "waiting")
    table.edit(first["id"], {"withdrawn_on": "10/3/2021"})
    assert (admission(store, earlier), admission(store, later)) == ("offered", "waiting")
    assert (table.one(earlier["id"])["offered_on"], table.one(earlier["id"])["answer_by"]) == (
        "2021-05-20",
        "2021-05-27",
    )
    table.edit(earlier["id"], {"admission": "declined"})
    assert admission(store, later) == "offered"
    store.undo()
    assert (admission(store, earlier), admission(store, later)) == ("offered", "waiting")
    table.void(second["id"], "doppio")
    assert admission(store, later) == "offered"


def test_more_places_are_offered_at_once_and_a_course_that_is_over_offers_none(
    store: Store, add: Add, course: dict[str, Any], people: list[str]
) -> None:
    for one in people[:2]:
        enrol(add, course, one)
    waits = [enrol(add, course, one, admission="waiting") for one in people[2:4]]
    store.register_table("training.course").edit(course["id"], {"end": "31/3/2021", "places": 3})
    assert [admission(store, one) for one in waits] == ["waiting", "waiting"]
    store.register_table("training.course").edit(course["id"], {"end": "30/6/2021", "places": 4})
    assert [admission(store, one) for one in waits] == ["offered", "offered"]


def test_an_offer_keeps_its_place(
    store: Store, add: Add, problems: Any, course: dict[str, Any], people: list[str]
) -> None:
    first, _ = (enrol(add, course, one) for one in people[:2])
    enrol(add, course, people[2], admission="waiting")
    store.register_table("training.enrolment").edit(first["id"], {"withdrawn_on": "10/3/2021"})
    values = {"course": course["id"], "operator": people[3], "enrolled_on": "1/3/2021"}
    assert about(problems("training.enrolment", **values), "course")
    assert not about(problems("training.enrolment", **values, admission="waiting"), "course")


def test_who_has_a_place_in_an_over_full_course_keeps_it(
    store: Store, add: Add, problems: Any, course: dict[str, Any], people: list[str]
) -> None:
    one, _ = (enrol(add, course, operator) for operator in people[:2])
    store.register_table("training.course").edit(course["id"], {"places": 1})
    assert not about(problems("training.enrolment", one["id"]), "course")
    assert about(problems("training.enrolment", one["id"]), "course", warning=True)


@pytest.fixture
def session(add: Add, course: dict[str, Any]) -> dict[str, Any]:
    return add(
        "training.session",
        course=course["id"],
        date="3/3/2021",
        start="9",
        end="12",
        mode="mixed",
        status="held",
        venue="Via Po 1",
        room="Aula 2",
        page=1,
    )


def test_a_mixed_session_counts_the_room_and_the_connection(
    add: Add, problems: Any, course: dict[str, Any], session: dict[str, Any], people: list[str]
) -> None:
    rows = [{"session": session["id"], "status": "remote", "login": "9:10", "logout": "11:50"}]
    assert enrol(add, course, people[0], attendance=rows)["attended_minutes"] == 160
    rows = [{"session": session["id"], "arrived": "9:20"}]
    assert enrol(add, course, people[1], attendance=rows)["attended_minutes"] == 160
    rows = [{"session": session["id"], "status": "remote"}]
    values = {"course": course["id"], "operator": people[2], "enrolled_on": "1/3/2021", "attendance": rows}
    assert about(problems("training.enrolment", **values), "attendance.1.login", warning=True)


def test_a_connection_log_is_declared_truthful(problems: Any, session: dict[str, Any], people: list[str]) -> None:
    assert about(problems("training.session", session["id"], log_kept="sì"), "declared_by", warning=True)
    declared = {"log_kept": "sì", "declared_by": people[0], "declared_on": "4/3/2021"}
    assert not about(problems("training.session", session["id"], **declared), "declared_by", warning=True)
    assert about(problems("training.session", session["id"], **{**declared, "declared_on": "2/3/2021"}), "declared_on")


def test_remote_presence_needs_a_session_that_can_be_followed_remotely(
    store: Store, problems: Any, course: dict[str, Any], session: dict[str, Any], people: list[str]
) -> None:
    store.register_table("training.session").edit(session["id"], {"mode": "room"})
    rows = [{"session": session["id"], "status": "remote", "login": "9", "logout": "12"}]
    values = {"course": course["id"], "operator": people[0], "enrolled_on": "1/3/2021", "attendance": rows}
    assert about(problems("training.enrolment", **values), "attendance.1.status")


def test_a_room_holds_one_session_and_a_page_of_the_register_too(
    add: Add, problems: Any, course: dict[str, Any], session: dict[str, Any]
) -> None:
    other = add("training.course", code="FORM-02", title="Casa")
    values = {"course": other["id"], "date": "3/3/2021", "venue": "via po 1", "room": "aula 2"}
    assert (
        "Aula 2".casefold() in about(problems("training.session", **values, start="11", end="13"), "room")[0].casefold()
    )
    assert not about(problems("training.session", **values, start="12", end="13"), "room")
    again = {"course": course["id"], "date": "10/3/2021", "start": "9", "end": "12", "page": 1}
    assert "03/03/2021" in about(problems("training.session", **again), "page")[0]


def test_a_trainer_is_no_participant_elsewhere_at_the_same_time(
    store: Store, add: Add, problems: Any, course: dict[str, Any], session: dict[str, Any], people: list[str]
) -> None:
    other = add("training.course", code="FORM-02", title="Casa")
    add("training.session", course=other["id"], date="3/3/2021", start="11", end="13", trainers=[people[0]])
    values = {
        "course": course["id"],
        "operator": people[0],
        "enrolled_on": "1/3/2021",
        "attendance": [{"session": session["id"]}],
    }
    assert "FORM-02" in about(problems("training.enrolment", **values), "attendance.1.session")[0]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"date": "28/3/2021", "start": "2:30", "end": "4"}, "start"),
        ({"start": "10", "end": "9"}, "end"),
        ({"break_minutes": "15m", "break_start": "13"}, "break_start"),
    ],
)
def test_a_session_has_hours_that_exist(
    problems: Any, course: dict[str, Any], values: dict[str, Any], field: str
) -> None:
    base = {"course": course["id"], "date": "3/3/2021", "start": "9", "end": "12"}
    italian, english = about(problems("training.session", **{**base, **values}), field)[:2]
    assert italian != english


def test_a_session_over_the_change_of_the_clock_counts_the_time_that_passes(add: Add, course: dict[str, Any]) -> None:
    values = {"course": course["id"], "start": "0:30", "end": "3:30"}
    assert add("training.session", **values, date="28/3/2021")["net_minutes"] == 120
    assert add("training.session", **values, date="31/10/2021")["net_minutes"] == 240


def test_the_matrix_shows_who_came_late_and_who_left_early(
    store: Store, add: Add, course: dict[str, Any], session: dict[str, Any], people: list[str]
) -> None:
    for operator, row in zip(people, ({"arrived": "9:05", "left": "11"}, {"status": "excused"}), strict=False):
        enrol(add, course, operator, attendance=[{"session": session["id"], **row}])
    enrol(add, course, people[2], admission="waiting")
    found = matrix(course, store.context)
    assert [(row["name"], row["sessions"], row["hours"], row["percent"]) for row in found] == [
        ("Op0 X", "X+−", "1:55", 31),
        ("Op1 X", "G", "0:00", 0),
    ]


def test_a_certificate_is_issued_again_under_its_number(
    store: Store, add: Add, problems: Any, course: dict[str, Any], session: dict[str, Any], people: list[str]
) -> None:
    store.register_table("training.course").edit(course["id"], {"planned_minutes": "3h"})
    store.register_table("registry.operator").edit(people[0], {"sector": "volunteer"})
    enrolled = enrol(add, course, people[0], attendance=[{"session": session["id"]}])
    certificate = add("training.certificate", enrolment=enrolled["id"], issued_on="12/4/2021")
    assert (certificate["sector"], certificate["operator_sector"]) == ("private", "volunteer")
    again = {"reissues": [{"issued_on": "3/5/2021", "reason": "smarrito"}]}
    assert about(problems("training.certificate", certificate["id"], **again), "reissues.1.issued_on")
    confirmed = store.register_table("training.certificate").confirm(certificate["id"]).doc
    reissued = store.register_table("training.certificate").edit(certificate["id"], again).doc
    assert reissued["number"] == confirmed["number"] == "2021/0001"
    early = {"reissues": [{"issued_on": "3/4/2021", "reason": "smarrito"}]}
    assert about(problems("training.certificate", certificate["id"], **early), "reissues.1.issued_on")


def test_a_draft_that_is_removed_frees_its_place(
    store: Store, add: Add, course: dict[str, Any], people: list[str]
) -> None:
    first, _ = (enrol(add, course, one) for one in people[:2])
    waits = enrol(add, course, people[2], admission="waiting")
    store.register_table("training.enrolment").remove(
        doc_ids=[store.register_table("training.enrolment").one(first["id"]).doc_id]
    )
    assert admission(store, waits) == "offered"
