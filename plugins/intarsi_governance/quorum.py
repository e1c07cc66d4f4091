"""Quorum: which bodies have a vote on a day, which of them are there at the minute of a vote, and whether they are enough."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, NamedTuple, Protocol

from intarsi_registry.attendance import there_at


class Represented(Protocol):
    """A row of attendance at a meeting of bodies."""

    body: str
    capacity: str
    status: str
    arrived: time | None
    left: time | None


class Quorum(NamedTuple):
    """How many bodies have a vote, how many of them are there, how many there must be."""

    entitled: int
    present: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.present >= self.needed


def voters(network: Mapping[str, Any], day: date) -> frozenset[str]:
    """The bodies with a vote on `day`: members on that day, whose right to vote holds on it."""
    on = day.isoformat()
    return frozenset(
        row["body"]
        for row in network.get("members", ())
        if row.get("voting", True)
        and "joined_on" in row
        and row["joined_on"] <= on <= row.get("left_on", on)
        and row.get("voting_from", on) <= on <= row.get("voting_until", on)
    )


def quorum(network: Mapping[str, Any], day: date, moment: time, attendance: Iterable[Represented]) -> Quorum:
    """The quorum at a minute. A body counts once, whoever of it is there: member, deputy, or both."""
    entitled = voters(network, day)
    present = {row.body for row in attendance if row.capacity != "guest" and there_at(row, moment)} & entitled
    return Quorum(len(entitled), len(present), needed(network.get("quorum", "majority"), len(entitled)))


def needed(rule: str, entitled: int) -> int:
    """How many of so many bodies the rule asks for; nobody at all cannot decide."""
    at_least = {
        "none": 1, "third": -(-entitled // 3), "half": -(-entitled // 2), "majority": entitled // 2 + 1,
        "two_thirds": -(-2 * entitled // 3), "all": entitled,
    }  # fmt: skip
    return max(at_least[rule], 1)
