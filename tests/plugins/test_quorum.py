"""Quorum worked out a second time, from who walks in and out.

`INTARSI_TEST_VOTES=20000 pytest tests/plugins/test_quorum.py` is the full size.
"""

import os
from datetime import date, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from intarsi_governance.meeting_rows import Attendance
from intarsi_governance.quorum import needed, quorum, voters

VOTES = int(os.environ.get("INTARSI_TEST_VOTES", "1000"))
DAY = date(2021, 5, 3)
SHARES = {"third": Fraction(1, 3), "half": Fraction(1, 2), "two_thirds": Fraction(2, 3), "all": Fraction(1)}


def near(chance: Random) -> str:
    return (DAY + timedelta(days=chance.choice([-200, -30, -1, 0, 1, 30, 200]))).isoformat()


def a_member(chance: Random, body: str) -> dict[str, Any]:
    row: dict[str, Any] = {"body": body, "voting": chance.random() < 0.85}
    for name, share in (("joined_on", 0.9), ("left_on", 0.2), ("voting_from", 0.2), ("voting_until", 0.2)):
        if chance.random() < share:
            row[name] = "2020-01-10" if name == "joined_on" and chance.random() < 0.8 else near(chance)
    return row


def has_vote(rows: list[dict[str, Any]], body: str) -> bool:
    """By days counted one from the other, not by comparing texts."""

    def within(row: dict[str, Any], first: str, last: str) -> bool:
        since = (DAY - date.fromisoformat(row[first])).days if first in row else 0
        left = (date.fromisoformat(row[last]) - DAY).days if last in row else 0
        return since >= 0 and left >= 0

    mine = [row for row in rows if row["body"] == body and row["voting"] and "joined_on" in row]
    return any(within(row, "joined_on", "left_on") and within(row, "voting_from", "voting_until") for row in mine)


def in_room(rows: list[Attendance], minute: int) -> set[str]:
    """Who is in after everybody walked in and out in the order of the clock until that minute."""
    inside: set[int] = set()
    steps = []
    for number, row in enumerate(rows):
        if row.status in ("present", "remote", "partial"):
            steps.append((row.arrived.hour * 60 + row.arrived.minute if row.arrived else 0, 0, number))
            if row.left:
                steps.append((row.left.hour * 60 + row.left.minute, 1, number))
    for at, leaves, number in sorted(steps):
        if at > minute:
            break
        (inside.discard if leaves else inside.add)(number)
    return {rows[number].body for number in inside if rows[number].capacity != "guest"}


def test_a_vote_has_its_quorum_from_those_there_at_its_minute_each_body_once() -> None:
    chance = Random(1)
    for number in range(VOTES):
        bodies = [f"b{at}" for at in range(chance.randint(1, 9))]
        members = [a_member(chance, chance.choice(bodies)) for _ in range(chance.randint(1, 12))]
        rule = chance.choice(["none", "third", "half", "majority", "two_thirds", "all"])
        rows = []
        for _ in range(chance.randint(0, 14)):
            row = Attendance(
                body=chance.choice([*bodies, "stranger"]), person="",
                status=chance.choice(["present", "present", "remote", "partial", "excused", "absent"]),
                capacity=chance.choice(["member", "member", "deputy", "guest"]),
            )  # fmt: skip
            first, last = sorted([chance.randint(540, 660), chance.randint(540, 660)])
            row.arrived = time(first // 60, first % 60) if chance.random() < 0.5 else None
            row.left = time(last // 60, last % 60) if chance.random() < 0.5 and first < last else None
            rows.append(row)
        minute = chance.randint(540, 660)
        entitled = {body for body in bodies if has_vote(members, body)}
        there = in_room(rows, minute) & entitled
        if rule in SHARES:
            reached = len(there) >= SHARES[rule] * len(entitled) and bool(there)
        else:
            reached = 2 * len(there) > len(entitled) if rule == "majority" else bool(there)
        found = quorum({"members": members, "quorum": rule}, DAY, time(minute // 60, minute % 60), rows)
        assert (found.entitled, found.present, found.reached) == (len(entitled), len(there), reached), (number, rule)


@pytest.mark.parametrize(
    ("rule", "of_seven", "of_eight"),
    [("none", 1, 1), ("third", 3, 3), ("half", 4, 4), ("majority", 4, 5), ("two_thirds", 5, 6), ("all", 7, 8)],
)
def test_a_quorum_is_a_whole_number_of_bodies(rule: str, of_seven: int, of_eight: int) -> None:
    assert (needed(rule, 7), needed(rule, 8)) == (of_seven, of_eight)


def test_a_body_that_only_was_invited_has_no_vote() -> None:
    assert voters({"members": [{"body": "a"}, {"body": "b", "joined_on": "2021-01-01"}]}, DAY) == {"b"}
