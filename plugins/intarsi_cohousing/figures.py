"""Occupancy to the bed-night, and what is free on a day. Works on stored documents and knows no store."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from .cots import Born
from .nights import Stay
from .occupancy import lost_places, stay_of, stays_of

Doc = dict[str, Any]


class Occupancy(NamedTuple):
    """A unit over a period, in bed-nights: places that there were, places out of service, places taken.

    Attributes:
        people: person-nights, infants in cots included.
    """

    places: int
    out: int
    taken: int
    people: int

    @property
    def available(self) -> int:
        return self.places - self.out

    @property
    def rate(self) -> float:
        """Taken of available, in per cent with one decimal; more than 100 when somebody sleeps where it is out of service."""
        return round(100 * self.taken / self.available, 1) if self.available else 0.0

    def __add__(self, other: Any) -> "Occupancy":
        return Occupancy(*(one + more for one, more in zip(self, other, strict=True)))


NOTHING = Occupancy(0, 0, 0, 0)


def occupancy(unit: Doc, placements: Iterable[Doc], period: Stay, born: Born) -> Occupancy:
    """The bed-nights of a unit within the nights of `period`.

    Parameters:
        placements: those of the unit that are not void, in whatever order.
    """
    limit = unit.get("authorised_places", 0)
    there = within(_life(unit), period)
    out = sum(loss.nights * loss.places for loss in lost_places(unit, there))
    taken = people = 0
    for doc in placements:
        taken += sum(stay.nights * stay.places for stay in (within(one, period) for one in stays_of(doc, born)))
        people += within(stay_of(doc), period).nights * len(doc.get("persons") or ())
    return Occupancy(there.nights * limit, out, taken, people)


def free_until(unit: Doc, placements: Sequence[Doc], night: date, people: int, born: Born) -> tuple[int, date]:
    """How many places are free on `night`, and the first later night on which `people` find no room.

    `date.max` when there is room without an end; the night itself when there is none.
    """
    life = _life(unit)
    stays = [stay for doc in placements for stay in stays_of(doc, born)]
    losses = lost_places(unit, Stay(night, max(life.end, night)))

    def free(on: date) -> int:
        if not life.covers(on):
            return 0
        used = sum(stay.places for stay in stays if stay.covers(on)) + sum(
            loss.places for loss in losses if loss.covers(on)
        )
        return max(int(unit.get("authorised_places", 0)) - used, 0)

    # Room only ends where a stay or an outage begins, or the unit itself ends.
    turns = sorted({night, life.end, *(stay.first for stay in (*stays, *losses) if stay.first > night)})
    return free(night), next((turn for turn in turns if turn == date.max or free(turn) < max(people, 1)), date.max)


def within(stay: Stay, period: Stay) -> Stay:
    """The nights of `stay` that lie in `period`."""
    first = max(stay.first, period.first)
    return Stay(first, max(min(stay.end, period.end), first), stay.places)


def nights_of(start: date, end: date) -> Stay:
    """The nights of a period whose last day is `end`."""
    return Stay(start, end + timedelta(days=1))


def _life(unit: Doc) -> Stay:
    first = date.fromisoformat(unit["active_from"]) if unit.get("active_from") else date.max
    return Stay(first, date.fromisoformat(unit["dismissed_on"]) if unit.get("dismissed_on") else date.max)
