"""Attendance: one model for sessions, meetings and events. Who was there, from when to when, and how many minutes count.

A register makes its rows of these fields and of what is its own (a body, a person, a signature), in the order in which its
people type them.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from intarsi_tui import choice, field

STATUSES: dict[str, tuple[str, str]] = {
    "present": choice("Presente", "Present", also=("P, X, sì, c'era", "P, X, yes")),
    "remote": choice(
        "Presente a distanza",
        "Present remotely",
        also=("D, online, on line, da remoto, a distanza, in videoconferenza", "online"),
    ),
    "partial": choice("Presente in parte", "Present in part", also=("in parte, parziale, ritardo", "late")),
    "excused": choice("Assente giustificato", "Excused", also=("G, AG, giustificato, giustificata", "excused absence")),
    "absent": choice("Assente", "Absent", also=("A, no, non c'era", "A, no")),
    "expected": choice("Atteso", "Expected", also=("iscritto, invitato, previsto", "invited")),
}
THERE = ("present", "remote", "partial")
DUE = (*THERE, "expected")

ZONE = ZoneInfo("Europe/Rome")


class Attended(Protocol):
    """A row of attendance, whatever else it holds."""

    status: str
    arrived: time | None
    left: time | None


class Span(NamedTuple):
    """The hours of a session or meeting on a day, with its break."""

    day: date
    start: time
    end: time
    pause: int = 0
    pause_start: time | None = None

    @property
    def minutes(self) -> int:
        """The minutes that pass from start to end, without the break; 0 when it ends before it starts."""
        return max(elapsed(self.day, self.start, self.end) - self.pause, 0)


def status_field() -> Any:
    """`status: Choice`"""
    return field(it="Presenza", en="Attendance", privacy="internal", default="present", choices=STATUSES)


def arrived_field() -> Any:
    """`arrived: Time | None`"""
    return field(it="Entrata", en="Arrival", privacy="personal", help=("Se non dall'inizio", "If not from the start"))


def left_field() -> Any:
    """`left: Time | None`"""
    return field(it="Uscita", en="Departure", privacy="personal", help=("Se prima della fine", "If before the end"))


def minutes_field() -> Any:
    """`minutes: Minutes | None`"""
    return field(it="Ore frequentate", en="Hours attended", privacy="internal", computed=True)


# Whether somebody of a status was there at all; and whether they take part: were there, or are to come and nobody has said
# otherwise. Not functions of Python's own: a look at all records asks some ten times a row.
there: Callable[[str], bool] = frozenset(THERE).__contains__
due: Callable[[str], bool] = frozenset(DUE).__contains__


def there_at(row: Attended, moment: time) -> bool:
    """Whether they were there at that minute: from the minute of arrival up to, not including, that of departure."""
    return there(row.status) and (row.arrived or time.min) <= moment and (row.left is None or moment < row.left)


@lru_cache(4_000)  # most people are at the whole of a session
def counted(span: Span, first: time | None = None, last: time | None = None) -> int:
    """The minutes of `span` that somebody was there for; before its start, after its end and in its break none count.

    When nobody wrote down when the break was, the minutes that are missed are taken as minutes of work.

    Parameters:
        first, last: arrival and departure; its start and end when left out.
    """
    first, last = max(first or span.start, span.start), min(last or span.end, span.end)
    stayed = elapsed(span.day, first, last)
    if span.pause_start is None:
        missed = elapsed(span.day, span.start, span.end) - stayed
        return max(span.minutes - missed, 0)
    begins = instant(span.day, span.pause_start)
    within = min(begins + span.pause, instant(span.day, last)) - max(begins, instant(span.day, first))
    return stayed - max(within, 0)


def elapsed(day: date, first: time, last: time) -> int:
    """The minutes that pass between two times of a day, one hour more or less when the clock changes; never negative."""
    return max(instant(day, last) - instant(day, first), 0)


def instant(day: date, moment: time) -> int:
    """The minutes that have passed since midnight. Of an hour that the clock shows twice the first is meant."""
    if steady(day):
        return moment.hour * 60 + moment.minute
    # Python subtracts wall clocks where both sides have one zone; only UTC tells what passed.
    passed = datetime.combine(day, moment, ZONE).astimezone(UTC) - datetime.combine(day, time.min, ZONE).astimezone(UTC)
    return int(passed.total_seconds()) // 60


@cache
def steady(day: date) -> bool:
    """Whether the clock does not change on `day`."""
    return datetime.combine(day, time.min, ZONE).utcoffset() == datetime.combine(day, time.max, ZONE).utcoffset()
