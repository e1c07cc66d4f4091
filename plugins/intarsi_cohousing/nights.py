"""Nights: a stay covers those from the day of entry up to, not including, the day of exit (`domain.md` §6.6)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Stay(NamedTuple):
    """Some nights, and the places that they take.

    Attributes:
        first: the first night.
        end: the first night that is no longer covered; `date.max` while nobody knows it.
        places: how many places each of the nights takes.
    """

    first: date
    end: date = date.max
    places: int = 1

    @property
    def nights(self) -> int:
        """How many nights; 0 for who came and left on the same day."""
        return max((self.end - self.first).days, 0)

    def covers(self, night: date) -> bool:
        return self.first <= night < self.end

    def within(self, other: "Stay") -> bool:
        """Whether each night is one of `other`; a stay without an end needs one without an end."""
        return other.first <= self.first and self.end <= other.end


def shared(one: Stay, other: Stay) -> date | None:
    """The first night that both cover, `None` when there is none: who leaves on a day makes room that night."""
    night = max(one.first, other.first)
    return night if night < min(one.end, other.end) else None


def taken(stays: Iterable[Stay], night: date) -> int:
    """The places that all `stays` together take on `night`."""
    return sum(stay.places for stay in stays if stay.covers(night))


def first_over(mine: Sequence[Stay], others: Sequence[Stay], places: int, lost: Sequence[Stay] = ()) -> date | None:
    """The first night on which `mine` take a place, and they and `others` more than there are; `None` when there is room for all.

    Parameters:
        mine: the nights of one placement; those of an infant who needs a bed from a day on are a stay of their own.
        places: how many there are.
        lost: nights on which some of them cannot be used.
    """
    # Between two beginnings nothing gets worse, so that no stay is walked through night by night.
    beginnings = {stay.first for stay in (*mine, *others, *lost)}
    over = (
        night
        for night in beginnings
        if taken(mine, night) and taken(mine, night) + taken(others, night) > places - taken(lost, night)
    )
    return min(over, default=None)
