"""Timesheets: what the diary holds, and the rest of each month."""

from datetime import date, timedelta
from typing import Any

from . import words
from .chance import LAST, is_working, later, months, working
from .plan import Entry
from .sample import Sample, user_of

FULL_DAY, PART_DAY = 432, 300  # minutes: 7 h 12 min, as public offices work, and 5 h


def months_owed(sample: Sample) -> int:
    """How many timesheets there are going to be."""
    return sum(len(months(operator["joined_on"], LAST)) for operator in sample.staff)


def add_timesheets(sample: Sample) -> None:
    """One for each of the staff and month; the last, unfinished month is a draft."""
    for operator in sample.staff:
        for month in months(operator["joined_on"], LAST):
            _add_timesheet(sample, operator, month)


def _add_timesheet(sample: Sample, operator: Entry, month: date) -> None:
    end = later(month, 1) - timedelta(days=1)
    signed = working(end + timedelta(days=1))
    draft = signed > LAST
    summaries = words.texts("timesheet", "summary")
    freelance = operator["contract"] == "freelance"
    values = {
        "operator": operator,
        "month": month,
        "days": _days(sample, operator, month, min(end, LAST)),
        "summary": summaries[0] if freelance else summaries[2] if operator["contract"] == "permanent" else summaries[1],
        "signed_on": None if draft else signed,
        "countersigned_on": None if draft else min(working(signed + timedelta(days=2)), LAST),
    }
    sample.plan.add("registry.timesheet", user_of(operator), month, values, added=signed, draft=draft)


def _days(sample: Sample, operator: Entry, month: date, end: date) -> list[dict[str, Any]]:
    chance, rows = sample.chance, []
    freelance = operator["contract"] == "freelance"
    whole = FULL_DAY if operator["contract"] == "permanent" else PART_DAY
    # A fortnight in August, and a day off now and then.
    leave = range(0)
    if month.month == 8:
        start = chance.randint(3, 17)
        leave = range(start, start + 12)
    first = max(month, operator["joined_on"])
    for day in (first + timedelta(days=count) for count in range((end - first).days + 1)):
        booked = sample.diary.minutes(operator, day)
        if not booked and (freelance or not is_working(day)):
            continue
        row: dict[str, Any] = {"day": day.day, "wp": "WP3" if freelance else "WP1"}
        if not booked and (day.day in leave or chance.maybe(3)):
            reason = "holiday" if day.day in leave else chance.choice(["justified", "leave", "holiday"])
            rows.append({**row, "absence": reason})
            continue
        own = booked + chance.choice([15, 30, 45]) if freelance else max(booked, chance.choice([120, 180, 240]))
        rows.append({**row, "minutes": own, "other_minutes": 0 if freelance else max(whole - own, 0)})
    return rows
