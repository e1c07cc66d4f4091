"""The screens of the action lines: what they show, what a key writes, and what it costs."""

import time
from typing import Any

import pytest

from intarsi_tui.grid import Grid
from intarsi_tui.host.acting import act
from intarsi_tui.host.office import Office
from intarsi_tui.records.problems import Rejected

from .conftest import Add


@pytest.fixture
def add(office: Office) -> Add:
    """Adds a draft to the office: the fixtures of this folder are then records of it."""
    return lambda table, **values: dict(office.table(table).add(values).doc)


def screen(office: Office, plugin: str, name: str, doc: dict[str, Any] | None = None) -> Grid:
    made = office.screen(plugin, name).opens(office, doc)
    assert isinstance(made, Grid)
    return made


def cells(grid: Grid) -> list[list[str]]:
    return [list(row.cells) for row in grid.read().rows]


@pytest.fixture
def course(office: Office, add: Add, operator: dict[str, Any]) -> dict[str, Any]:
    """Ten planned hours in two sessions of five that were held and one of two that is to come; one person enrolled."""
    course = add(
        "training.course", code="F-01", title="Asilo", start="1/3/2021", end="30/6/2021", planned_minutes="12h"
    )
    for day, status, end in (("3/3/2021", "held", "14"), ("10/3/2021", "held", "14"), ("23/6/2021", "planned", "11")):
        add("training.session", course=course["id"], date=day, start="9", end=end, status=status)
    add("training.enrolment", course=course["id"], operator=operator["id"], enrolled_on="1/3/2021")
    return course


def test_one_key_marks_a_session_and_hours_percent_and_threshold_follow(office: Office, course: dict[str, Any]) -> None:
    grid = screen(office, "training", "attendance", course)
    view = grid.read()
    first, second, third = (column.name for column in view.columns if column.mark)
    assert view.start == second, "the cursor begins on the last session that has come"
    person = view.rows[0].name
    assert [column.label for column in view.columns if column.mark] == ["3 Mar", "10 Mar", "(23 Jun)"]
    assert "planned: reports do not count it yet" in grid.tell(person, third)
    assert "planned: reports do not count it yet" not in grid.tell(person, second)
    assert list(view.rows[0].cells) == ["Bianchi Giulia", "Comune di Rimini", "·", "·", "·", "0:00", "0", ""]
    grid.mark(person, first, "p", "")
    grid.mark(person, second, "", "2.5")
    assert cells(grid)[0][2:] == ["5:00", "2:30", "·", "7:30", "62", "▲"], "80 % of 12 hours cannot be reached any more"
    grid.mark(person, second, "r", "20")
    assert cells(grid)[0][3:] == ["4:40r", "·", "9:40", "80", "✓"]
    assert "arrived" in office.find("training.enrolment")[0]["attendance"][1]
    grid.mark(person, second, "g", "")
    assert cells(grid)[0][3] == "e"
    grid.mark(person, second, "delete", "")
    assert cells(grid)[0][3] == "·"
    office.store.undo()
    assert cells(grid)[0][3] == "e", "one undo is one key"


def test_marks_are_checked_like_everything_that_is_written(office: Office, course: dict[str, Any]) -> None:
    grid = screen(office, "training", "attendance", course)
    view = grid.read()
    first, _second, third = (column.name for column in view.columns if column.mark)
    with pytest.raises(Rejected) as refused:
        grid.mark(view.rows[0].name, third, "p", "")
    assert "23/06/2021" in refused.value.problems[0].text("it"), "not before its day"
    with pytest.raises(Rejected) as refused:
        grid.mark(view.rows[0].name, first, "", "6")
    assert refused.value.problems[0].text("it") == "Più delle ore di quel giorno: 5:00"
    with pytest.raises(Rejected):
        grid.mark(view.rows[0].name, first, "d", "")
    assert cells(grid)[0][2:5] == ["·", "·", "·"]
    assert grid.command() == ["training", "matrix", "--course", "F-01"]


def test_forty_people_in_sixty_sessions_are_read_and_marked_in_a_tenth_of_a_second(office: Office, add: Add) -> None:
    course = add(
        "training.course", code="F-60", title="Lungo", start="1/1/2021", end="30/4/2021", planned_minutes="240h"
    )
    days = [f"{1 + at % 28:02d}/{1 + at // 28:02d}/2021" for at in range(60)]
    with office.store.operation("add"):
        sessions = [
            add("training.session", course=course["id"], date=day, start="9", end="13", status="held")["id"]
            for day in days
        ]
        body = add("registry.body", name="Comune", nature="public")["id"]
        for number in range(40):
            who = add("registry.operator", surname=f"Prova {number:02d}", given_name="Anna", sector="public", body=body)
            rows = [{"session": uid, "status": "present"} for uid in sessions]
            add("training.enrolment", course=course["id"], operator=who["id"], enrolled_on="1/1/2021", attendance=rows)
    grid = screen(office, "training", "attendance", course)
    view = grid.read()
    began = time.process_time()
    assert len(grid.read().rows) == 40
    read = time.process_time() - began
    began = time.process_time()
    grid.mark(view.rows[0].name, sessions[30], "a", "")
    marked = time.process_time() - began
    assert read < 0.1, f"{read * 1000:.0f} ms to read"
    assert marked < 0.1, f"{marked * 1000:.0f} ms to mark"


def test_members_of_a_network_are_marked_in_its_minutes(office: Office, add: Add) -> None:
    bodies = [add("registry.body", name=name, nature="public")["id"] for name in ("Comune", "AUSL")]
    members = [{"body": uid, "joined_on": "1/2/2021", "contact": f"Prova {at}"} for at, uid in enumerate(bodies)]
    network = add("governance.network", name="Tavolo", kind="territorial", level="provincial", activation="active", start="1/2/2021", territory="Rimini", members=members)  # fmt: skip
    meeting = add("governance.meeting", network=network["id"], date="3/3/2021", start="9", end="11")
    grid = screen(office, "governance", "attendance", network)
    assert cells(grid) == [["AUSL", "Prova 1", "·", "0/0"], ["Comune", "Prova 0", "·", "0/0"]], "whoever is expected"
    row = grid.read().rows[0].name
    grid.mark(row, meeting["id"], "p", "")
    grid.mark(grid.read().rows[1].name, meeting["id"], "", "1.5")
    assert cells(grid) == [["AUSL", "Prova 1", "2:00", "1/1"], ["Comune", "Prova 0", "1:30", "1/1"]]
    assert office.get("governance.meeting", meeting["id"])["attendance"][1]["left"] == "10:30"  # type: ignore[index]
    rows = act(office, "governance", "attendance", {"network": network["id"]})
    assert rows[0] == {"Name": "AUSL", "Person": "Prova 1", "3 Mar": "2:00", "Times": "1/1"}


def test_whoever_lives_in_a_unit_is_marked_at_the_meetings_there(
    office: Office, add: Add, placement: dict[str, Any], mother: dict[str, Any], unit: dict[str, Any]
) -> None:
    meeting = add("cohousing.housing_meeting", date="10/3/2021", start="9", end="10:30", mode="group", unit=unit["id"])
    grid = screen(office, "cohousing", "attendance", meeting)
    names = [row[0] for row in cells(grid)]
    assert mother["pseudonym"] in names
    assert not any("Adeyemi" in name for name in names), "people in care stand under their pseudonym"
    grid.mark(mother["id"], meeting["id"], "r", "15")
    row = next(row for row in cells(grid) if row[0] == mother["pseudonym"])
    assert row[2:] == ["1:15r", "1:15", "1"]


def test_beds_tell_who_sleeps_there_until_when_and_what_is_free(
    office: Office,
    add: Add,
    placement: dict[str, Any],
    mother: dict[str, Any],
    child: dict[str, Any],
    unit: dict[str, Any],
) -> None:
    office.table("cohousing.unit").edit(
        unit["id"], {"outages": [{"first": "2021-05-25", "end": "2021-05-28", "reason": "works", "room": "A"}]}
    )
    office.table("cohousing.placement").edit(placement["id"], {"left_on": "2021-05-23"})
    grid = screen(office, "cohousing", "beds")
    view = grid.read()
    assert [row.cells[1] for row in view.rows[1:]] == ["A 1", "A 2·1", "A 2·2"]
    taken = {row.cells[2]: row for row in view.rows if row.cells[2]}
    assert set(taken) == {mother["pseudonym"], child["pseudonym"]}
    row = taken[mother["pseudonym"]]
    assert list(row.cells[3:13]) == ["23/05/21", "■", "■", "■", "·", "·", "x", "x", "x", "·"]
    assert view.rows[0].cells[4] == "2", "of four places two are taken"
    assert "leaves on 23/05/21" in grid.tell(row.name, "2021-05-20")
    assert "out of service (Works), in use again from 28/05/21" in grid.tell(row.name, "2021-05-26")
    assert grid.tell(row.name, "2021-05-24").endswith("free until 25/05/2021 (not included)")
    assert grid.leads_to(row.name, "2021-05-20") == ("cohousing.placement", placement["id"])
    assert grid.tell("free", "2021-05-20").endswith("RN-01 2")
    grid.turn("w")
    weeks = next(row for row in grid.read().rows if row.cells[2] == mother["pseudonym"])
    assert list(weeks.cells[4:6]) == ["6", "·"]


def test_bodies_stand_by_kind_and_territory_with_what_is_open(
    office: Office, add: Add, operator: dict[str, Any]
) -> None:
    body = add("registry.body", name="AUSL", nature="public")["id"]
    network = add("governance.network", name="Tavolo", kind="territorial", level="provincial", activation="active", start="1/2/2021", territory="Rimini", members=[{"body": body, "joined_on": "1/2/2021", "role": "Sanità"}])  # fmt: skip
    add("governance.agreement", title="Protocollo", kind="protocol", parties=[body], signed_on="1/3/2021")
    add(
        "governance.meeting", network=network["id"], date="3/3/2021", start="9", end="11", attendance=[{"body": body, "person": "Rossi"}],
        decisions=[{"text": "Aprire lo sportello", "body": body, "owner": operator["id"], "due": "1/5/2021"}, {"text": "Fatta", "status": "done"}],
    )  # fmt: skip
    grid = screen(office, "governance", "bodies")
    view = grid.read()
    assert view.note == "bodies 1, open decisions 1, overdue 1"
    told = [[cell.strip() for cell in row.cells] for row in view.rows]
    assert told == [
        ["TERRITORIAL TABLE · RIMINI", "", "", ""],
        ["■ Tavolo", "03/03/21", "Activated", ""],
        ["AUSL", "03/03/21", "Sanità", "01/03/21"],
        ["› Aprire lo sportello", "▲ 01/05/21", "Bianchi Giulia", ""],
    ]
    assert grid.leads_to(view.rows[3].name, "") == ("governance.meeting", office.find("governance.meeting")[0]["id"])


def test_hours_of_mediators_by_school_and_month_and_by_week_against_the_ceiling(
    office: Office, add: Add, enter: Add, operator: dict[str, Any], school: dict[str, Any], mother: dict[str, Any]
) -> None:
    office.table("registry.operator").edit(operator["id"], {"weekly_minutes": 120})
    for day, end in (("3/5/2021", "10:30"), ("4/5/2021", "10:00")):
        enter(
            "mediation.intervention", date=day, start="9", end=end, service="mediation", operator=operator["id"], language="Albanese", place="school", school=school["id"], persons=[mother["id"]], ceiling_reason="Udienza",
        )  # fmt: skip
    grid = screen(office, "mediation", "hours")
    view = grid.read()
    language, row = view.rows[:2]
    assert (language.cells[0], language.tone, row.cells[0]) == ("ALBANIAN", "heading", "IC Centro")
    assert grid.tell(row.name, "") == "Albanian · IC Centro · planned ones do not count yet"
    assert list(row.cells[-3:]) == ["·", "2:30", "2:30"]
    grid.turn("w")
    row = grid.read().rows[0]
    assert row.cells[0] == "Bianchi Giulia"
    assert "▲2:30" in row.cells
    assert row.cells[-1] == "2:00"
