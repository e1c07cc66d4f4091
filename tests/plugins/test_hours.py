"""Hours and thresholds worked out a second time, minute by minute on the line of universal time.

`INTARSI_TEST_COURSES=100000 pytest tests/plugins/test_hours.py` is the full size.
"""

import os
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from intarsi_registry.attendance import Span, counted, elapsed
from intarsi_training.enrolment_rows import Attendance, percent_of

COURSES = int(os.environ.get("INTARSI_TEST_COURSES", "1500"))
# The last Sundays of March and October: day, and the hour of universal time before and after which Italy is ahead by so much.
CHANGES = {date(2020, 3, 29): (1, 2), date(2020, 10, 25): (2, 1), date(2021, 3, 28): (1, 2), date(2021, 10, 31): (2, 1)}


@cache
def clock_of(day: date) -> dict[str, int]:
    """When the clock shows a time for the first time on `day`, in minutes of universal time."""
    before, after = CHANGES.get(day, (1, 1))
    shown: dict[str, int] = {}
    for minute in range(-2 * 60, 24 * 60):
        ahead = before if minute < 60 else after
        wall = minute + ahead * 60
        if 0 <= wall < 24 * 60:
            shown.setdefault(f"{wall // 60:02}:{wall % 60:02}", minute)
    return shown


def recount(session: dict[str, object], came: str | None, went: str | None) -> int:
    """Minutes of the session that somebody was there for, counted one by one."""
    clock = clock_of(date.fromisoformat(str(session["date"])))
    begin, end = clock[str(session["start"])], clock[str(session["end"])]
    first, last = clock[came] if came else begin, clock[went] if went else end
    pause = int(str(session.get("break_minutes", 0)))
    if "break_start" in session:
        off = clock[str(session["break_start"])]
        return sum(first <= minute < last and not off <= minute < off + pause for minute in range(begin, end))
    missed = sum(not first <= minute < last for minute in range(begin, end))
    return max(end - begin - pause - missed, 0)


def moment(chance: Random, day: date, low: int, high: int) -> str:
    """A time between two minutes of the day that the clock really shows."""
    while True:
        minute = chance.randint(low, high)
        text = f"{minute // 60:02}:{minute % 60:02}"
        if text in clock_of(day):
            return text


def a_session(chance: Random) -> dict[str, object]:
    day = chance.choice([*CHANGES, date(2021, 5, 3)]) + timedelta(days=chance.choice([0, 0, 0, 1]))
    start = moment(chance, day, 0, 5 * 60)
    minutes = int(start[:2]) * 60 + int(start[3:])
    end = moment(chance, day, minutes + 200, minutes + 600)
    session: dict[str, object] = {
        "date": day.isoformat(),
        "start": start,
        "end": end,
        "break_minutes": chance.choice([0, 15, 30]),
    }
    if session["break_minutes"] and chance.random() < 0.5:
        session["break_start"] = moment(chance, day, minutes + 20, minutes + 120)
    return session


def as_time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def test_hours_and_thresholds_are_exact_to_the_minute_also_when_the_clock_changes() -> None:
    chance = Random(20210328)
    for number in range(COURSES):
        sessions = [a_session(chance) for _ in range(chance.randint(1, 4))]
        planned = attended = again = 0
        for session in sessions:
            day = date.fromisoformat(str(session["date"]))
            row = Attendance(session="x", status=chance.choice(["present", "remote", "partial", "excused", "absent"]))
            came = moment(chance, day, 0, 9 * 60) if chance.random() < 0.5 else None
            went = moment(chance, day, 8 * 60, 16 * 60) if chance.random() < 0.5 else None
            if row.status in ("present", "remote", "partial"):
                row.arrived, row.left = as_time(came), as_time(went)
            planned += recount(session, None, None)
            attended += row.attended(session)
            nothing = row.status == "partial" and not (came or went)
            if row.status not in ("excused", "absent") and not nothing:
                again += recount(session, came, went)
        assert attended == again, (number, sessions)
        threshold, share = chance.choice([70, 75, 80, 100]), percent_of(attended, planned)
        assert share is not None
        assert (share >= threshold) == (Fraction(again, planned) >= Fraction(threshold, 100)), (number, again, planned)


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2021, 3, 28), 120), (date(2021, 10, 31), 240), (date(2021, 5, 3), 180)]
)
def test_the_time_that_passes_counts_and_not_what_the_clock_says(day: date, minutes: int) -> None:
    assert elapsed(day, time(1), time(4)) == minutes


def test_a_minute_less_than_all_of_it_is_not_enough() -> None:
    assert percent_of(24 * 60 - 1, 24 * 60) == 99
    assert percent_of(24 * 60, 24 * 60) == 100


def test_who_leaves_in_the_break_loses_only_what_comes_after_it() -> None:
    span = Span(date(2021, 5, 3), time(9), time(13), 30, time(11))
    assert span.minutes == 210
    assert counted(span, None, time(11)) == counted(span, None, time(11, 30)) == 120
    assert counted(span, time(11, 10), None) == 90
