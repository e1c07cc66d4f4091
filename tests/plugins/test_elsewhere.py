"""One person at two things at the same time is asked about, in whatever registers they are written."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from intarsi_tui.host.office import Office
from intarsi_tui.records.problems import Problem

from .conftest import Add, about

DAY = "3/3/2021"


@pytest.fixture
def ask(office: Office) -> Callable[..., list[Problem]]:
    return lambda table, reference=None, **values: office.table(table).problems(values, reference)


@pytest.fixture
def giulia(enter: Add) -> str:
    return str(enter("registry.operator", draft=True, surname="Bianchi", given_name="Giulia")["id"])


@pytest.fixture
def joy(enter: Add) -> str:
    household = enter("registry.household", draft=True, type="mother", take_in_date="1/3/2021")["id"]
    return str(
        enter("registry.person", draft=True, surname="Adeyemi", household=household, birth_date="1/1/1990")["id"]
    )


@pytest.fixture
def network(enter: Add) -> str:
    return str(enter("governance.network", draft=True, name="Tavolo casa", kind="technical", level="district")["id"])


@pytest.fixture
def town(enter: Add) -> str:
    return str(enter("registry.body", draft=True, name="Comune", nature="public")["id"])


def test_a_beneficiary_is_not_in_a_housing_meeting_and_an_intervention_at_once(
    office: Office, enter: Add, ask: Any, joy: str, giulia: str
) -> None:
    code = (office.get("registry.person", joy) or {})["pseudonym"]
    meeting = {
        "date": DAY,
        "start": "9",
        "end": "10:30",
        "mode": "group",
        "place": "Sala",
        "attendance": [{"person": joy}],
    }
    held = enter("cohousing.housing_meeting", draft=True, **meeting)
    intervention = {"date": DAY, "start": "10", "end": "11", "service": "mediation", "place": "desk", "persons": joy}
    found = ask("mediation.intervention", **intervention)
    assert about(found, "persons", warning=True) == [
        f"{code} alla stessa ora risulta anche altrove: incontro sull'abitare 03/03/2021 09:00–10:30. Controllare gli orari e le presenze",
        f"{code} is somewhere else at the same time: housing meeting 03/03/2021 09:00–10:30. Check times and attendance",
    ]
    # The other way round, and not when one follows the other.
    added = enter("mediation.intervention", **intervention, operator=giulia)
    found = ask("cohousing.housing_meeting", held["id"])
    assert (
        f"intervento di mediazione {added['number']} (03/03/2021 10:00–11:00)"
        in about(found, "attendance.1.person", warning=True)[0]
    )
    assert not about(ask("mediation.intervention", **{**intervention, "start": "10:30"}), "persons", warning=True)


def test_when_they_left_says_that_they_could_be_at_the_other(enter: Add, ask: Any, joy: str) -> None:
    enter(
        "mediation.intervention",
        draft=True,
        date=DAY,
        start="10",
        end="11",
        service="mediation",
        place="desk",
        persons=joy,
    )
    meeting = {"date": DAY, "start": "9", "end": "12", "mode": "group", "place": "Sala"}
    for row, asked in (({}, True), ({"left": "10"}, False), ({"arrived": "11"}, False), ({"status": "absent"}, False)):
        found = ask("cohousing.housing_meeting", **meeting, attendance=[{"person": joy, **row}])
        assert bool(about(found, "attendance.1.person", warning=True)) == asked, row


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_who_was_not_there_may_have_been_elsewhere(enter: Add, ask: Any, joy: str, status: str) -> None:
    enter(
        "mediation.intervention", draft=True, date=DAY, start="10", end="11", service="mediation", place="desk", persons=joy, status=status
    )  # fmt: skip
    meeting = {
        "date": DAY,
        "start": "9",
        "end": "12",
        "mode": "group",
        "place": "Sala",
        "attendance": [{"person": joy}],
    }
    assert not about(ask("cohousing.housing_meeting", **meeting), "attendance.1.person", warning=True)


def test_an_operator_is_asked_about_in_all_five_registers(
    enter: Add, ask: Any, giulia: str, network: str, town: str
) -> None:
    hours = {"date": DAY, "start": "9", "end": "11"}
    course = enter("training.course", draft=True, code="FORM-1", title="Asilo")["id"]
    other = enter("training.course", draft=True, code="FORM-2", title="Casa")["id"]
    attended = enter("training.session", draft=True, course=course, topic="Le fonti", **hours)["id"]
    enrolment = {"course": course, "operator": giulia, "enrolled_on": "1/3/2021", "attendance": [{"session": attended}]}
    seat = [{"body": town, "person": "Bianchi Giulia", "operator": giulia}]
    asked = {
        "mediation.intervention": ("operator", {"operator": giulia, "service": "support", "place": "desk"}),
        "cohousing.housing_meeting": ("mediator", {"mediator": giulia, "mode": "group", "place": "Sala"}),
        "governance.meeting": ("attendance.1.operator", {"network": network, "attendance": seat}),
        "dissemination.event": ("attendance.1.operator", {"title": "Convegno", "type": "seminar", "attendance": seat}),
        "training.session": ("trainers", {"course": other, "trainers": giulia}),
        "training.enrolment": ("attendance.1.session", enrolment),
    }
    asked["dissemination.event"][1]["attendance"] = [{"body": town, "operator": giulia}]
    enter("mediation.intervention", draft=True, **hours, **asked["mediation.intervention"][1])
    for table, (field, values) in asked.items():
        if table != "mediation.intervention":
            when = {} if table == "training.enrolment" else hours
            assert (
                "intervento di mediazione 03/03/2021 09:00–11:00"
                in about(ask(table, **when, **values), field, warning=True)[0]
            ), table
    enter("governance.meeting", draft=True, **hours, **asked["governance.meeting"][1])
    enter("training.enrolment", draft=True, **enrolment)
    found = about(
        ask("mediation.intervention", **{**hours, "date": DAY}, **asked["mediation.intervention"][1]),
        "operator",
        warning=True,
    )
    assert any("incontro 03/03/2021 09:00–11:00, Tavolo casa" in one for one in found)
    assert any("lezione 03/03/2021 09:00–11:00, FORM-1, Le fonti" in one for one in found)
    # A session that is moved takes those along who were at it.
    assert about(ask("training.session", attended, topic="Le leggi"), "start", warning=True)


def test_whoever_chairs_and_is_listed_as_absent_was_elsewhere(
    enter: Add, ask: Any, giulia: str, network: str, town: str
) -> None:
    hours = {"date": DAY, "start": "9", "end": "11"}
    enter("mediation.intervention", draft=True, **hours, operator=giulia, service="support", place="desk")
    values = {**hours, "network": network, "chair": giulia}
    assert about(ask("governance.meeting", **values), "chair", warning=True)
    absent = [{"body": town, "operator": giulia, "status": "absent"}]
    assert not about(ask("governance.meeting", **values, attendance=absent), "chair", warning=True)


def test_what_is_asked_is_what_a_list_of_minutes_says(enter: Add, office: Office, ask: Any) -> None:
    """Sixty appointments of four people against the minutes of each."""
    random, minutes = Random(20210303), dict[str, set[tuple[str, int]]]()
    people = [
        str(enter("registry.operator", draft=True, surname=f"Prova {number}", given_name="Ada")["id"])
        for number in range(4)
    ]
    networks = [
        str(enter("governance.network", draft=True, name=f"Tavolo {number}", kind="technical", level="district")["id"])
        for number in range(60)
    ]
    body = enter("registry.body", draft=True, name="Comune", nature="public")["id"]

    def clock(minute: int) -> str:
        return f"{minute // 60}:{minute % 60:02}"

    for number in range(60):
        start = random.randrange(8 * 60, 18 * 60, 15)
        end, there = start + random.randrange(15, 150, 15), random.sample(people, random.randint(1, 2))
        values: dict[str, Any] = {
            "date": random.choice(["3/3/2021", "4/3/2021"]),
            "start": clock(start),
            "end": clock(end),
        }
        mine = set[tuple[str, int]]()
        rows: list[dict[str, Any]] = []
        for one in there:
            first, last = sorted(random.sample(range(start, end + 1), 2))
            timed = random.random() < 0.5
            rows.append(
                {"body": body, "operator": one} | ({"arrived": clock(first), "left": clock(last)} if timed else {})
            )
            mine |= {
                (f"{one} {values['date']}", minute) for minute in range(*((first, last) if timed else (start, end)))
            }
        table = random.choice(["governance.meeting", "dissemination.event"])
        own = (
            {"network": networks[number]}
            if table == "governance.meeting"
            else {"title": f"Evento {number}", "type": "seminar"}
        )
        expected = {uid for uid, other in minutes.items() if mine & other}
        found = ask(table, **values, **own, attendance=rows)
        asked = [one for one in found if "altrove" in one.text("it")]
        assert bool(expected) == bool(asked)
        pairs = {(who, uid) for uid in expected for who, _minute in mine & minutes[uid]}
        assert len(asked) == len(pairs)
        minutes[enter(table, draft=True, **values, **own, attendance=rows)["id"]] = mine
    assert len(minutes) == 60


def test_whoever_is_expected_is_asked_about_as_if_they_were_there(
    enter: Add, ask: Any, giulia: str, joy: str, network: str, town: str
) -> None:
    hours = {"date": "1/6/2021", "start": "9", "end": "11"}
    planned = {"service": "mediation", "place": "desk", "status": "planned", "operator": giulia, "persons": joy}
    enter("mediation.intervention", draft=True, **hours, **planned)
    housing = {**hours, "mode": "group", "place": "Sala", "attendance": [{"person": joy, "status": "expected"}]}
    assert about(ask("cohousing.housing_meeting", **housing), "attendance.1.person", warning=True)
    # Nor does the list switch off what is asked about the chair.
    seat = {"body": town, "operator": giulia}
    meeting = {**hours, "network": network, "chair": giulia}
    for status, asked in (("expected", True), ("excused", False), ("absent", False)):
        found = ask("governance.meeting", **meeting, attendance=[{**seat, "status": status}])
        told = [*about(found, "attendance.1.operator", warning=True), *about(found, "chair", warning=True)]
        assert any("intervento di mediazione 01/06/2021" in one for one in told) == asked, status


def test_whoever_is_expected_at_two_sessions_at_once_is_asked_about_and_not_refused(
    enter: Add, ask: Any, giulia: str
) -> None:
    hours = {"date": "1/6/2021", "start": "9", "end": "11"}
    courses, sessions = [], []
    for code in ("FORM-1", "FORM-2"):
        courses.append(enter("training.course", draft=True, code=code, title=code)["id"])
        sessions.append(enter("training.session", draft=True, course=courses[-1], topic="Le fonti", **hours)["id"])
    first, second = (
        {
            "course": course,
            "operator": giulia,
            "enrolled_on": "1/3/2021",
            "attendance": [{"session": session, "status": "expected"}],
        }
        for course, session in zip(courses, sessions, strict=True)
    )
    enter("training.enrolment", draft=True, **first)
    found = ask("training.enrolment", **second)
    assert not about(found, "attendance.1.session")
    assert about(found, "attendance.1.session", warning=True) == [
        "Alla stessa ora è anche nell'elenco della lezione 01/06/2021 09:00 Le fonti del corso FORM-1: controllare gli orari e le presenze",
        "At the same time they are also listed for session 01/06/2021 09:00 Le fonti of course FORM-1: check times and attendance",
    ]
