"""One list of deadlines with owners, and each notice once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.diary import notices
from intarsi_tui.diary.calendar import calendar
from intarsi_tui.diary.deadlines import deadlines, how_far
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records import clock
from intarsi_tui.records.clock import months_after

from .conftest import Add
from .test_calendar import OPEN_DAYS

END = date(2021, 12, 31)


def told(office: Office, until: date = END, owner: str = "") -> list[tuple[str, str, str]]:
    return [(f"{one.day:%d/%m/%Y}", one.what, one.owner) for one in deadlines(office, until, owner)]


def test_an_open_decision_and_minutes_to_be_approved_have_their_owner(
    office: Office, meeting: dict[str, Any], operator: dict[str, Any]
) -> None:
    assert told(office) == [
        ("30/06/2021", "Attuare la decisione", "Bianchi Giulia"), ("23/08/2021", "Approvare il verbale", "Bianchi Giulia"),
    ]  # fmt: skip
    due = deadlines(office, END)[0]
    assert (due.path, due.detail, due.left, due.lead) == ("decisions.1.due", "Scrivere il protocollo", 41, None)
    assert len(told(office, owner=operator["id"])) == len(told(office, owner="bianchi")) == 2
    assert told(office, owner="Rossi") == []


def test_what_is_closed_is_due_no_more(office: Office, meeting: dict[str, Any]) -> None:
    row = {**meeting["decisions"][0], "status": "done"}
    office.table("governance.meeting").edit(meeting["id"], {"decisions": [row]})
    assert [what for _, what, _ in told(office)] == ["Approvare il verbale"]
    office.table("governance.meeting").void(meeting["id"], "doppio")
    assert told(office) == []


def test_an_agreement_that_was_renewed_does_not_expire(office: Office, add: Add, bodies: list[dict[str, Any]]) -> None:
    values = {
        "title": "Protocollo",
        "kind": "protocol",
        "parties": [bodies[0]["id"], bodies[1]["id"]],
        "signed_on": "1/3/2021",
    }
    first = add("governance.agreement", **values, expires_on="30/6/2021")
    assert [day for day, _, _ in told(office)] == ["30/06/2021"]
    second = add("governance.agreement", **{**values, "title": "Secondo", "signed_on": "15/5/2021"})
    office.table("governance.agreement").edit(first["id"], {"renewed_by": second["id"]})
    assert told(office) == []


def test_only_the_newest_permit_is_renewed(office: Office, add: Add) -> None:
    family = add("registry.household", type="mother", take_in_date="1/3/2021")
    permits = [
        {"type": "RIC_ASILO", "number": "A", "issued_on": "1/1/2020", "expires_on": "1/6/2021"},
        {"type": "ASILO", "number": "B", "issued_on": "1/1/2021", "expires_on": "1/9/2021"},
    ]
    add(
        "registry.person",
        surname="Adeyemi",
        given_name="Joy",
        gender="F",
        birth_date="1/1/1990",
        citizenship="NG",
        household=family["id"],
        permits=permits,
    )
    assert [day for day, what, _ in told(office) if "titolo" in what] == ["01/09/2021"]


@pytest.fixture
def person(add: Add) -> dict[str, Any]:
    """A child of a family that is followed, with a permit that expires on 1 September."""
    family = add("registry.household", type="mother", take_in_date="1/3/2021")
    return add(
        "registry.person", surname="Adeyemi", given_name="Joy", gender="F", birth_date="1/1/2012", citizenship="NG", household=family["id"],
        permits=[{"type": "ASILO", "number": "B", "issued_on": "1/1/2021", "expires_on": "1/9/2021"}],
    )  # fmt: skip


@pytest.mark.parametrize("closed", ["person", "household"])
def test_nothing_is_due_of_who_is_followed_no_more(
    office: Office, add: Add, person: dict[str, Any], closed: str
) -> None:
    school = add("registry.body", name="Scuola", nature="school", level="primary")
    add("mediation.school_enrolment", person=person["id"], school=school["id"], date="10/4/2021")
    assert [what for _, what, _ in told(office)] == ["Chiedere della frequenza", "Rinnovare il titolo di soggiorno"]
    uid = person["id"] if closed == "person" else person["household"]
    office.table(f"registry.{closed}").edit(uid, {"closed_on": "1/5/2021", "closing_reason": "moved"})
    # A household's closing leaves open what is asked of a school: the child may be followed by its own file.
    assert [day for day, _, _ in told(office)] == ([] if closed == "person" else ["10/07/2021"])


def test_a_permit_whose_receipt_was_handed_out_is_renewed_already(office: Office, person: dict[str, Any]) -> None:
    receipt = {"type": "ASILO", "number": "77", "issued_on": "1/1/0001", "expires_on": "1/1/0001", "state": "renewal"}
    office.table("registry.person").edit(person["id"], {"permits": [*person["permits"], receipt]})
    assert told(office) == []


@pytest.mark.parametrize("how", ["renewed_by", "ended_on"])
def test_a_contract_is_due_until_it_is_renewed_or_closed(
    office: Office, add: Add, bodies: list[dict[str, Any]], how: str
) -> None:
    first = add("registry.contractor", body=bodies[1]["id"], subject="Mediazione", end="30/6/2021")
    assert told(office) == [("30/06/2021", "Rinnovare o chiudere il contratto", "")]
    following = add("registry.contractor", body=bodies[1]["id"], subject="Mediazione, seguito")
    values = {"renewed_by": following["id"], "ended_on": "30/6/2021"}
    office.table("registry.contractor").edit(first["id"], {how: values[how]})
    assert told(office) == []


def test_each_notice_is_given_once_to_each_user(
    office: Office, meeting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []
    for day in range(41 + 3):  # every day until three days after the decision is due
        monkeypatch.setenv("INTARSI_NOW", f"{date(2021, 5, 20) + timedelta(days=day)}T09:00:00+00:00")
        assert clock.today() == date(2021, 5, 20) + timedelta(days=day)
        found = [
            one for one in deadlines(office, clock.today() + timedelta(days=90)) if one.path.startswith("decisions")
        ]
        for due in notices.new(office, found):
            given.append(due.left)
        notices.seen(office, found)
    assert given == [30, 7, -1]
    assert not office.store.history("_notices")


def test_a_deadline_that_is_moved_gives_notice_again(office: Office, meeting: dict[str, Any]) -> None:
    due = replace(deadlines(office, END)[0], left=5)
    notices.seen(office, [due])
    assert notices.new(office, [due]) == []
    assert notices.new(office, [replace(due, day=due.day + timedelta(days=1))])


def test_a_partners_own_register_has_deadlines_too(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path]
) -> None:
    drop_plugin("opendays", OPEN_DAYS)
    with open_office(workspace, "en") as office:
        office.table("opendays.open_day").add({"name": "Doors", "first": "30/6/2021"})
        assert told(office) == [("16/06/2021", "Print the poster", "")]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2020, 8, 31), 18, date(2022, 2, 28)), (date(2021, 12, 31), 2, date(2022, 2, 28)),
        (date(2021, 8, 31), 6, date(2022, 2, 28)), (date(2019, 11, 30), 3, date(2020, 2, 29)), (date(2021, 1, 15), 12, date(2022, 1, 15)),
    ],
)  # fmt: skip
def test_months_are_those_of_the_calendar(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_damaged_record_does_not_hide_the_others(office: Office, add: Add, meeting: dict[str, Any]) -> None:
    other = add("governance.meeting", network=meeting["network"], date="1/6/2021", start="9", end="10")
    damage = "UPDATE \"governance.meeting\" SET doc = json_set(doc, '$.date', '2021-06-99', '$.start', 12, '$.decisions', 5) WHERE uid = ?"
    with office.store.connection.transaction():
        office.store.connection.rows(damage, (other["id"],))
    assert len(told(office)) == 2
    assert len(calendar(office, date(2021, 1, 1), END)) == 1


@pytest.mark.parametrize(
    ("left", "words"), [(-2, "! 2 days ago"), (-1, "! 1 day ago"), (0, "today"), (1, "in 1 day"), (9, "in 9 days")]
)
def test_how_far_away_a_day_is_stands_in_words(left: int, words: str) -> None:
    assert how_far(left, "en") == words
