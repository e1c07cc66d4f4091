"""Votes, decisions that are carried on, and minutes that are locked once they are approved."""

from typing import Any

import pytest

from intarsi_tui.store import Store

from .conftest import Add, about

NAMES = ("Comune di Rimini", "Cooperativa Il Ponte", "Ausl", "Prefettura", "Scuola Centro")


@pytest.fixture
def bodies(add: Add) -> list[str]:
    return [add("registry.body", name=name, nature="public")["id"] for name in NAMES]


@pytest.fixture
def network(add: Add, bodies: list[str]) -> str:
    """Five members, the prefecture without a vote: four votes, three are a quorum."""
    members = [{"body": body, "joined_on": "1/2/2021", "voting": number != 3} for number, body in enumerate(bodies)]
    return add(
        "governance.network", name="Tavolo", kind="territorial", level="provincial", activation="active", start="1/2/2021", members=members,
    )["id"]  # fmt: skip


def there(body: str, person: str, **values: Any) -> dict[str, Any]:
    return {"body": body, "person": person, **values}


def base(network: str, day: str = "3/3/2021", **values: Any) -> dict[str, Any]:
    return {"network": network, "date": day, "start": "9", "end": "11", **values}


def test_the_quorum_is_that_of_the_minute_of_the_vote(add: Add, network: str, bodies: list[str], problems: Any) -> None:
    attendance = [
        there(bodies[0], "Bianchi"), there(bodies[0], "Bruni", capacity="deputy"), there(bodies[1], "Neri", arrived="9:30"),
        there(bodies[2], "Verdi", left="10:00"), there(bodies[3], "Gialli"), there(bodies[4], "Rosa", capacity="guest"),
    ]  # fmt: skip
    vote = {"subject": "Bilancio", "in_favour": 2}
    votes = [{**vote, "at": at} for at in ("9:29", "9:30", "9:59", "10:00")]
    found = problems("governance.meeting", **base(network, attendance=attendance, votes=votes))
    assert [number for number in range(1, 5) if about(found, f"votes.{number}.at")] == [1, 4]
    assert "2 enti presenti su 4 con diritto di voto, ne servono 3" in about(found, "votes.1.at")[0]
    saved = add("governance.meeting", **base(network, attendance=attendance, votes=votes[1:3]))
    assert [(row["present"], row["needed"], row["quorate"], row["outcome"]) for row in saved["votes"]] == [
        (3, 3, True, "adopted")
    ] * 2
    assert [row["minutes"] for row in saved["attendance"]] == [120, 120, 90, 60, 120, 120]


def test_a_vote_without_a_quorum_holds_only_with_a_reason(
    add: Add, network: str, bodies: list[str], problems: Any
) -> None:
    vote = {"subject": "Parere", "at": "10", "in_favour": 1, "without_quorum": "Art. 5: seconda convocazione"}
    values = base(network, attendance=[there(bodies[0], "Bianchi")], votes=[vote])
    found = problems("governance.meeting", **values)
    assert not about(found, "votes.1.at")
    assert not about(found, "votes.1.at", warning=True)
    assert add("governance.meeting", **values)["votes"][0]["outcome"] == "adopted"


@pytest.mark.parametrize(
    ("vote", "field"),
    [
        ({"at": "8:59", "in_favour": 1}, "votes.1.at"),
        ({"at": "10", "in_favour": 2, "abstained": 2}, "votes.1.in_favour"),
    ],
)
def test_votes_must_be_possible(
    network: str, bodies: list[str], problems: Any, vote: dict[str, Any], field: str
) -> None:
    rows = [there(body, f"P{number}") for number, body in enumerate(bodies[:3])]
    italian, english = about(
        problems("governance.meeting", **base(network, attendance=rows, votes=[{"subject": "X", **vote}])), field
    )[:2]
    assert italian != english


def test_nobody_speaks_for_two_bodies_at_once(network: str, bodies: list[str], problems: Any) -> None:
    rows = [there(bodies[0], "Bianchi"), there(bodies[1], "Bianchi", capacity="deputy")]
    assert (
        "Comune di Rimini"
        in about(problems("governance.meeting", **base(network, attendance=rows)), "attendance.2.person")[0]
    )
    rows = [there(bodies[0], "Bianchi", left="10"), there(bodies[1], "Bianchi", arrived="10")]
    assert not about(problems("governance.meeting", **base(network, attendance=rows)), "attendance.2.person")


def test_an_open_decision_is_carried_to_the_next_meetings_until_it_is_closed(
    store: Store, add: Add, network: str, bodies: list[str]
) -> None:
    table = store.register_table("governance.meeting")
    third = add("governance.meeting", **base(network, "5/5/2021"))
    first = add(
        "governance.meeting",
        **base(
            network,
            decisions=[{"text": "Scrivere", "body": bodies[1], "due": "1/5/2021"}, {"text": "Fatto", "status": "done"}],
        ),
    )
    second = add("governance.meeting", **base(network, "7/4/2021"))
    carried = [{"text": "Scrivere", "item": 1, "meeting": first["id"], "body": bodies[1], "due": "2021-05-01"}]
    assert second["carried"] == table.one(third["id"])["carried"] == carried
    assert "carried" not in first or first["carried"] == []
    row = {**first["decisions"][0], "status": "done", "closed_on": "20/4/2021"}
    table.edit(first["id"], {"decisions": [row, first["decisions"][1]]})
    assert table.one(third["id"])["carried"] == []
    assert table.one(second["id"])["carried"] == carried  # it was still open on that day
    store.undo()
    assert table.one(third["id"])["carried"] == carried


def test_other_bodies_carry_their_own_decisions(add: Add, network: str) -> None:
    add("governance.meeting", **base(network, decisions=[{"text": "Scrivere"}]))
    other = add(
        "governance.network", name="Altro", kind="technical", level="district", activation="active", start="1/2/2021"
    )
    assert add("governance.meeting", **base(other["id"], "7/4/2021"))["carried"] == []


@pytest.fixture
def approved(store: Store, add: Add, network: str, bodies: list[str]) -> dict[str, Any]:
    minutes = base(
        network, agenda=[{"topic": "Avvio"}], attendance=[there(bodies[0], "Bianchi")], decisions=[{"text": "Scrivere"}]
    )
    first = add("governance.meeting", **minutes)
    second = add("governance.meeting", **base(network, "7/4/2021"))
    return dict(store.register_table("governance.meeting").edit(first["id"], {"approved_in": second["id"]}).doc)


@pytest.mark.parametrize(
    "change",
    [{"agenda": [{"topic": "Altro"}]}, {"end": "12"}, {"attendance": []}, {"decisions": [{"text": "Riscrivere"}]}],
)
def test_approved_minutes_change_only_with_a_reason(
    store: Store, problems: Any, approved: dict[str, Any], change: dict[str, Any]
) -> None:
    (field,) = change
    assert approved["approved"]
    italian, english = about(problems("governance.meeting", approved["id"], **change), field)
    assert "07/04/2021" in italian
    assert italian != english
    found = problems("governance.meeting", approved["id"], **change, amendment="Errore materiale")
    assert not about(found, field)
    assert not about(found, field, warning=True)
    store.register_table("governance.meeting").edit(approved["id"], {**change, "amendment": "Errore materiale"})
    again = {"agenda": [{"topic": "Ancora"}]}
    assert about(
        problems("governance.meeting", approved["id"], **again), "agenda"
    )  # the reason was that of another change


def test_a_decision_of_approved_minutes_can_still_be_closed(store: Store, approved: dict[str, Any]) -> None:
    row = {**approved["decisions"][0], "status": "done", "closed_on": "10/5/2021"}
    saved = store.register_table("governance.meeting").edit(approved["id"], {"decisions": [row], "minutes_file": ""})
    assert saved.doc["open_decisions"] == 0


def test_an_approval_can_be_undone(store: Store, approved: dict[str, Any]) -> None:
    store.undo()
    assert not store.register_table("governance.meeting").one(approved["id"])["approved"]


def test_the_parties_of_an_agreement_sign_it(problems: Any, bodies: list[str]) -> None:
    values = {
        "title": "Protocollo",
        "kind": "protocol",
        "parties": bodies[:2],
        "signed_on": "1/3/2021",
        "expires_on": "1/3/2022",
    }
    rows = [
        {"body": bodies[0], "signed_on": "1/3/2021"},
        {"body": bodies[2]},
        {"body": bodies[1], "signed_on": "2/3/2021"},
    ]
    found = problems("governance.agreement", **values, signatures=rows)
    assert not about(found, "signatures.1.body")
    assert about(found, "signatures.2.body")
    assert about(found, "signatures.3.signed_on")


def test_an_approval_is_taken_away_only_with_a_reason(store: Store, problems: Any, approved: dict[str, Any]) -> None:
    gone = {"approved_on": "", "approved_in": ""}
    assert "07/04/2021" in about(problems("governance.meeting", approved["id"], **gone), "approved_on")[0]
    table = store.register_table("governance.meeting")
    saved = table.edit(approved["id"], {**gone, "amendment": "Approvato per errore"}).doc
    assert not saved["approved"]
    assert not about(problems("governance.meeting", approved["id"], end="12"), "end")


def test_the_meeting_that_approved_minutes_keeps_its_day(problems: Any, approved: dict[str, Any]) -> None:
    found = problems("governance.meeting", approved["approved_in"], date="8/4/2021")
    assert "03/03/2021" in about(found, "date")[0]
    assert not about(problems("governance.meeting", approved["approved_in"], place="Sala"), "date")


def test_who_had_a_vote_in_approved_minutes_stays_as_it_was(
    store: Store, add: Add, problems: Any, network: str, bodies: list[str]
) -> None:
    rows = [there(body, f"P{number}") for number, body in enumerate(bodies[:3])]
    votes = [{"subject": "Bilancio", "at": "10", "in_favour": 3}]
    held = add("governance.meeting", **base(network, attendance=rows, votes=votes))
    members = store.register_table("governance.network").one(network)["members"]
    leaves = [{**members[0], "left_on": "1/3/2021"}, *members[1:]]
    assert "03/03/2021" in about(problems("governance.network", network, members=leaves), "members", warning=True)[0]
    store.register_table("governance.meeting").edit(held["id"], {"approved_on": "7/4/2021"})
    assert "03/03/2021" in about(problems("governance.network", network, members=leaves), "members")[0]
    assert about(problems("governance.network", network, quorum="all"), "quorum")
    later = [{**members[0], "left_on": "5/3/2021"}, *members[1:]]
    assert not about(problems("governance.network", network, members=later), "members")


def test_attendance_and_votes_are_not_entered_before_the_day(problems: Any, network: str, bodies: list[str]) -> None:
    votes = [{"subject": "X", "at": "10", "in_favour": 0}]
    values = base(network, "21/5/2021", attendance=[there(bodies[0], "Bianchi", status="present")], votes=votes)
    found = problems("governance.meeting", **values)
    assert "21/05/2021" in about(found, "attendance.1.status")[0]
    assert any("21/05/2021" in one for one in about(found, "votes.1.at"))
    excused = [there(bodies[0], "Bianchi", status="excused")]
    found = problems("governance.meeting", **base(network, "21/5/2021", attendance=excused))
    assert not about(found, "attendance.1.status")


def test_presence_outside_the_hours_is_told_with_the_hours(problems: Any, network: str, bodies: list[str]) -> None:
    rows = [there(bodies[0], "Bianchi", arrived="8:00"), there(bodies[1], "Neri", arrived="11:30")]
    found = problems("governance.meeting", **base(network, attendance=rows))
    assert "dalle 09:00 alle 11:00" in about(found, "attendance.1.arrived", warning=True)[0]
    assert "tra le 09:00 e le 11:00" in about(found, "attendance.2.status", warning=True)[0]


def test_one_body_is_told_in_the_singular(problems: Any, network: str, bodies: list[str]) -> None:
    votes = [{"subject": "X", "at": "10", "in_favour": 1}]
    found = problems("governance.meeting", **base(network, attendance=[there(bodies[0], "Bianchi")], votes=votes))
    italian, english = about(found, "votes.1.at")
    assert "1 ente presente su 4 con diritto di voto, ne servono 3" in italian
    assert "1 body present of 4" in english


def test_the_same_time_twice_is_told_as_such(problems: Any, network: str) -> None:
    found = problems("governance.meeting", **{**base(network), "end": "9"})
    assert about(found, "end")[1] == "Starts and ends at the same time: correct one of the two"
