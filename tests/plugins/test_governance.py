"""Rules of networks, meetings and agreements."""

from typing import Any

import pytest

from intarsi_governance.meeting import Meeting
from intarsi_tui.host.checking import findings
from intarsi_tui.host.office import Office
from intarsi_tui.records.privacy import may_see
from intarsi_tui.store import Store

from .conftest import Add, about


@pytest.fixture
def town(add: Add) -> dict[str, Any]:
    return add("registry.body", name="Comune di Rimini", nature="public")


@pytest.fixture
def cooperative(add: Add) -> dict[str, Any]:
    return add("registry.body", name="Cooperativa Il Ponte", nature="third_sector")


@pytest.fixture
def network(add: Add, town: dict[str, Any], cooperative: dict[str, Any]) -> dict[str, Any]:
    members = [
        {"body": town["id"], "joined_on": "1/2/2021", "role": "Coordinamento"},
        {"body": cooperative["id"], "joined_on": "1/2/2021", "act": "letter"},
    ]
    return add(
        "governance.network", name="Tavolo di Rimini", kind="territorial", level="provincial", activation="active",
        start="1/2/2021", members=members,
    )  # fmt: skip


@pytest.fixture
def meeting(
    add: Add, network: dict[str, Any], town: dict[str, Any], cooperative: dict[str, Any], operator: dict[str, Any]
) -> dict[str, Any]:
    return add(
        "governance.meeting", network=network["id"], date="3/3/2021", start="9", end="11:30", chair=operator["id"],
        secretary=operator["id"], agenda=[{"topic": "Avvio"}, {"topic": "Calendario"}],
        attendance=[
            {"body": town["id"], "person": "Bianchi Giulia", "operator": operator["id"]},
            {"body": cooperative["id"], "person": "Neri Ugo", "status": "excused"},
        ],
        decisions=[{"text": "Scrivere il protocollo", "due": "30/4/2021"}, {"text": "Sentire l'AUSL", "status": "done"}],
    )  # fmt: skip


def test_a_network_counts_the_bodies_that_joined_and_keeps_those_that_left(
    store: Store, network: dict[str, Any], town: dict[str, Any], cooperative: dict[str, Any], school: dict[str, Any]
) -> None:
    left = {"body": cooperative["id"], "joined_on": "1/2/2021", "left_on": "1/4/2021"}
    rows = [{"body": town["id"], "joined_on": "1/2/2021"}, left, {"body": school["id"]}]
    edited = store.register_table("governance.network").edit(network["id"], {"members": rows}).doc
    assert [row["membership"] for row in edited["members"]] == ["active", "left", "invited"]
    assert (edited["members_count"], edited["bodies"]) == (1, [town["id"], cooperative["id"]])


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"end": "1/1/2021"}, "end", False),
        ({"end": "1/4/2021"}, "activation", False),
        ({"activation": "closed"}, "end", False),
        ({"activation": "consolidated"}, "consolidated_on", False),
        ({"consolidated_on": "1/3/2021"}, "activation", False),
        ({"consolidated_on": "31/1/2021", "activation": "consolidated"}, "consolidated_on", False),
        ({"consolidated_on": "1/7/2022", "activation": "consolidated"}, "consolidated_on", False),
        ({"start": "1/2/2018"}, "start", True),
        ({"level": "municipal"}, "municipality", True),
        ({}, "members", True),
        ({"name": "Tavolo di Rimini"}, "name", True),
    ],
)
def test_a_network_is_checked(
    problems: Any, network: dict[str, Any], values: dict[str, Any], field: str, warning: bool
) -> None:
    base = {"name": "Cabina di regia", "kind": "steering", "level": "regional", "activation": "active"}
    found = problems("governance.network", **{**base, "start": "1/2/2021", **values})
    italian, english = about(found, field, warning=warning)[:2]
    assert italian != english


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"joined_on": "1/3/2021", "left_on": "1/2/2021"}, "members.2.left_on"),
        ({"left_on": "1/4/2021"}, "members.2.joined_on"),
        ({}, "members.2.body"),
        ({"joined_on": "2/5/2021"}, "members.2.joined_on"),
    ],
)
def test_rows_of_a_network_must_be_possible(
    problems: Any, town: dict[str, Any], row: dict[str, Any], field: str
) -> None:
    members = [{"body": town["id"], "joined_on": "1/2/2021"}, {"body": town["id"], **row}]
    found = problems(
        "governance.network", name="Cabina", kind="steering", level="regional", activation="closed",
        start="1/2/2021", end="1/5/2021", members=members,
    )  # fmt: skip
    assert about(found, field)


def test_a_body_that_left_may_join_again(problems: Any, network: dict[str, Any], town: dict[str, Any]) -> None:
    rows = [
        {"body": town["id"], "joined_on": "1/2/2021", "left_on": "1/3/2021"},
        {"body": town["id"], "joined_on": "1/4/2021"},
    ]
    assert not about(problems("governance.network", network["id"], members=rows), "members.2.body")


def test_an_agreement_that_a_member_joined_by_has_it_among_its_parties(
    add: Add, problems: Any, network: dict[str, Any], town: dict[str, Any], cooperative: dict[str, Any]
) -> None:
    agreement = add("governance.agreement", title="Protocollo casa", kind="protocol", parties=[town["id"]])
    rows = [
        {"body": body["id"], "joined_on": "1/2/2021", "act": "protocol", "agreement": agreement["id"]}
        for body in (town, cooperative)
    ]
    found = problems("governance.network", network["id"], members=rows)
    assert not about(found, "members.1.agreement", warning=True)
    assert about(found, "members.2.agreement", warning=True) == [
        "Cooperativa Il Ponte non è tra le parti di «Protocollo casa»",
        "Cooperativa Il Ponte is not a party to “Protocollo casa”",
    ]


def test_a_network_is_confirmed_once_it_has_started(store: Store, add: Add) -> None:
    planned = add("governance.network", name="Équipe", kind="case_team", level="district")
    with pytest.raises(ValueError, match="start"):
        store.register_table("governance.network").confirm(planned["id"])


def test_a_meeting_numbers_its_agenda_and_counts_who_was_present(meeting: dict[str, Any], town: dict[str, Any]) -> None:
    assert [(row["item"], row["topic"]) for row in meeting["agenda"]] == [(1, "Avvio"), (2, "Calendario")]
    assert [row["item"] for row in meeting["decisions"]] == [1, 2]
    assert (meeting["minutes"], meeting["present_count"], meeting["bodies"]) == (150, 1, [town["id"]])
    assert (meeting["open_decisions"], meeting["approved"], meeting["network_name"]) == (1, False, "Tavolo di Rimini")


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"end": "9"}, "end", False),
        ({"date": "9/1/2020"}, "date", False),
        ({"date": "7/3/2021"}, "date", True),
        ({"date": "29/1/2021"}, "date", True),
        ({"convened_on": "4/3/2021"}, "date", False),
        ({"approved_on": "2/3/2021"}, "approved_on", False),
        ({"approved_on": "21/5/2021"}, "approved_on", False),
        ({"approved_on": "10/3/2021", "signatures": ["chair"]}, "signatures", True),
        ({"signed_on": "2/3/2021"}, "signed_on", False),
        ({"decisions": [{"text": "Scrivere", "due": "2/3/2021"}]}, "decisions.1.due", False),
        ({"decisions": [{"text": "Scrivere", "due": "19/5/2021"}]}, "decisions.1.due", True),
    ],
)
def test_a_meeting_keeps_to_clock_calendar_and_project(
    problems: Any, network: dict[str, Any], values: dict[str, Any], field: str, warning: bool
) -> None:
    base = {"network": network["id"], "date": "3/3/2021", "start": "9", "end": "11"}
    italian, english = about(problems("governance.meeting", **{**base, **values}), field, warning=warning)[:2]
    assert italian != english


@pytest.mark.parametrize(
    ("row", "field", "warning"),
    [
        ({"person": "Bianchi Giulia"}, "attendance.2.person", False),
        ({}, "attendance.2.person", True),
        ({"person": "Neri", "arrived": "10", "left": "9:30"}, "attendance.2.left", False),
        ({"person": "Neri", "status": "absent", "arrived": "10"}, "attendance.2.status", False),
    ],
)
def test_attendance_rows_must_be_possible(
    problems: Any, network: dict[str, Any], town: dict[str, Any], row: dict[str, Any], field: str, warning: bool
) -> None:
    rows = [{"body": town["id"], "person": "Bianchi Giulia"}, {"body": town["id"], **row}]
    base = {"network": network["id"], "date": "3/3/2021", "start": "9", "end": "11"}
    assert about(problems("governance.meeting", **base, attendance=rows), field, warning=warning)


def test_an_absent_body_needs_no_name(problems: Any, network: dict[str, Any], town: dict[str, Any]) -> None:
    rows = [{"body": town["id"], "status": "absent"}]
    found = problems("governance.meeting", network=network["id"], date="3/3/2021", attendance=rows)
    assert not [problem for problem in found if (problem.field or "").startswith("attendance")]


def test_a_body_that_is_not_in_the_network_that_day_may_be_a_guest(
    store: Store,
    problems: Any,
    network: dict[str, Any],
    town: dict[str, Any],
    cooperative: dict[str, Any],
    school: dict[str, Any],
) -> None:
    members = [
        {"body": town["id"], "joined_on": "1/2/2021"},
        {"body": cooperative["id"], "joined_on": "1/2/2021", "left_on": "2/3/2021"},
    ]
    store.register_table("governance.network").edit(network["id"], {"members": members})
    rows = [{"body": body["id"], "status": "absent"} for body in (town, cooperative, school)]
    found = problems("governance.meeting", network=network["id"], date="3/3/2021", attendance=rows)
    assert not about(found, "attendance.1.body", warning=True)
    assert about(found, "attendance.2.body", warning=True) == [
        "Cooperativa Il Ponte il 03/03/2021 non era nella rete «Tavolo di Rimini»: è un invitato?",
        "Cooperativa Il Ponte was not in the network “Tavolo di Rimini” on 03/03/2021: is it a guest?",
    ]
    assert "IC Centro" in about(found, "attendance.3.body", warning=True)[0]


def test_minutes_are_approved_in_a_later_meeting_of_the_same_network(
    store: Store, add: Add, problems: Any, network: dict[str, Any], meeting: dict[str, Any]
) -> None:
    later = add("governance.meeting", network=network["id"], date="7/4/2021", start="9")
    edited = store.register_table("governance.meeting").edit(meeting["id"], {"approved_in": later["id"]}).doc
    assert (edited["approved_on"], edited["approved"]) == ("2021-04-07", True)
    values = {"network": network["id"], "date": "8/4/2021", "approved_in": later["id"]}
    assert about(problems("governance.meeting", **values), "approved_in") == [
        "Un verbale si approva in una seduta successiva", "Minutes are approved in a later meeting",
    ]  # fmt: skip
    assert about(problems("governance.meeting", later["id"], approved_in=later["id"]), "approved_in")
    other_day = problems("governance.meeting", meeting["id"], approved_on="8/4/2021")
    assert "07/04/2021 Tavolo di Rimini" in about(other_day, "approved_on")[0]


def test_minutes_approved_by_another_network_are_a_warning(add: Add, problems: Any, meeting: dict[str, Any]) -> None:
    other = add("governance.network", name="Cabina di regia", kind="steering", level="regional")
    later = add("governance.meeting", network=other["id"], date="7/4/2021")
    found = problems("governance.meeting", meeting["id"], approved_in=later["id"])
    assert "Cabina di regia" in about(found, "approved_in", warning=True)[0]


def test_a_network_has_one_meeting_at_a_time(problems: Any, network: dict[str, Any], meeting: dict[str, Any]) -> None:
    values = {"network": network["id"], "date": "3/3/2021"}
    assert "Tavolo di Rimini" in about(problems("governance.meeting", **values, start="11", end="12"), "start")[0]
    assert not about(problems("governance.meeting", **values, start="11:30", end="12"), "start")


def test_an_operator_present_at_two_meetings_at_once_is_a_question(
    add: Add, problems: Any, meeting: dict[str, Any], town: dict[str, Any], operator: dict[str, Any]
) -> None:
    other = add("governance.network", name="Cabina di regia", kind="steering", level="regional")
    row = {"body": town["id"], "person": "Bianchi Giulia", "operator": operator["id"]}
    values = {"network": other["id"], "date": "3/3/2021", "start": "11", "end": "12"}
    found = problems("governance.meeting", **values, attendance=[row])
    assert "Tavolo di Rimini" in about(found, "attendance.1.operator", warning=True)[0]
    found = problems("governance.meeting", **values, attendance=[{**row, "status": "absent"}])
    assert not about(found, "attendance.1.operator", warning=True)


def test_hours_at_a_meeting_are_compared_with_the_timesheet(
    add: Add, problems: Any, meeting: dict[str, Any], operator: dict[str, Any]
) -> None:
    add("registry.timesheet", operator=operator["id"], month="1/3/2021", days=[{"day": 3, "minutes": "2h"}])
    found = problems("governance.meeting", meeting["id"])
    assert "qui sono 150" in about(found, "attendance.1.operator", warning=True)[0]
    rows = [{**meeting["attendance"][0], "left": "11:00"}]
    assert not about(
        problems("governance.meeting", meeting["id"], attendance=rows), "attendance.1.operator", warning=True
    )


def test_minutes_are_confirmed_with_hours_chair_and_secretary(
    store: Store, add: Add, network: dict[str, Any], meeting: dict[str, Any]
) -> None:
    meetings = store.register_table("governance.meeting")
    assert meetings.confirm(meeting["id"]).doc["number"] == "2021/0001"
    convened = add("governance.meeting", network=network["id"], date="5/5/2021")
    with pytest.raises(ValueError, match=r"end.*chair.*secretary"):
        meetings.confirm(convened["id"])


def test_the_lead_sees_decisions_but_no_names_and_no_discussion() -> None:
    fields = Meeting.declaration.by_name
    rows = {name: fields[name].kind.params["row"].by_name for name in ("agenda", "attendance", "decisions")}
    assert may_see("lead", rows["decisions"]["text"].privacy)
    assert not may_see("lead", rows["attendance"]["person"].privacy)
    assert not may_see("lead", rows["agenda"]["discussion"].privacy)


@pytest.mark.parametrize(
    ("values", "field", "warning"),
    [
        ({"expires_on": "28/2/2021"}, "expires_on", False),
        ({"signed_on": "21/5/2021"}, "signed_on", False),
        ({"signed_on": "1/3/2019"}, "signed_on", True),
        ({"signed_on": "1/3/2019", "counts_c3": True}, "signed_on", False),
        ({"one_party": True}, "parties", True),
        ({}, "file", True),
        ({"protocol": "12345/2021"}, "protocol", True),
    ],
)
def test_an_agreement_is_checked(
    add: Add,
    problems: Any,
    town: dict[str, Any],
    cooperative: dict[str, Any],
    values: dict[str, Any],
    field: str,
    warning: bool,
) -> None:
    parties = [town["id"], cooperative["id"]]
    base = {"title": "Protocollo casa", "kind": "protocol", "parties": parties, "signed_on": "1/3/2021"}
    add("governance.agreement", **base, protocol="12345/2021")
    if values == {"one_party": True}:
        values = {"parties": parties[:1]}
    italian, english = about(problems("governance.agreement", **{**base, **values}), field, warning=warning)
    assert italian != english


def test_guidelines_may_be_adopted_by_one_body(problems: Any, town: dict[str, Any]) -> None:
    found = problems("governance.agreement", title="Linee guida", kind="guidelines", parties=[town["id"]])
    assert not about(found, "parties", warning=True)


def test_a_quarterly_report_gathers_what_the_registers_have_of_its_quarter(
    add: Add, network: dict[str, Any], meeting: dict[str, Any], town: dict[str, Any], cooperative: dict[str, Any]
) -> None:
    report = add("governance.quarterly_report", year="2021", quarter="q1", activities="Avvio dei tavoli.")
    assert report["until"] == "2021-03-31"
    assert report["meetings_held"] == 1
    assert report["new_bodies"] == [town["id"], cooperative["id"]]
    assert add("governance.quarterly_report", year="2020", quarter="q4").get("new_bodies", []) == []


def test_a_quarter_has_one_report_and_lies_in_the_project(add: Add, problems: Any) -> None:
    add("governance.quarterly_report", year="2021", quarter="q1")
    again = problems("governance.quarterly_report", year="2021", quarter="q1")
    assert about(again, "quarter")
    assert about(problems("governance.quarterly_report", year="2018", quarter="q1"), "quarter")


def test_voiding_what_is_in_use_names_it_and_the_check_reports_what_is_left(office: Office, enter: Add) -> None:
    values = {"name": "Tavolo", "kind": "technical", "level": "district"}
    network = enter("governance.network", draft=True, **values)
    meeting = enter("governance.meeting", draft=True, network=network["id"], date="3/3/2021")
    (warning,) = office.table("governance.network").void(network["id"], "doppio").warnings
    assert warning.severity == "warning"
    assert "03/03/2021" in warning.text("it")
    left = [(found.doc["id"], found.problem.field) for found in findings(office) if found.problem.code == "linked_void"]
    assert left == [(meeting["id"], "network")]
    (told,) = (one.problem.text("it") for one in findings(office) if one.problem.code == "linked_void")
    assert told.startswith("Fa riferimento a un record annullato: Tavolo. ")
    office.table("governance.meeting").void(meeting["id"], "doppio")
    assert not [found for found in findings(office) if found.problem.code == "linked_void"]
