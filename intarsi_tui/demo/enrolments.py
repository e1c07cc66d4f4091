"""Enrolments with the attendance of each session, and certificates for those who reached the threshold."""

from datetime import date, timedelta
from typing import Any

from .chance import FIRST, LAST, Chance, working
from .courses import Course
from .diary import clock
from .plan import Entry
from .sample import Sample

THRESHOLD = 80  # the project's, where the course sets none


def add_enrolments(sample: Sample, course: Course) -> None:
    """People whose sector the course is for and who have time; each has their own diligence."""
    chance, diary = sample.chance, sample.diary
    wanted = chance.randint(9, min(course.entry["places"], 16))
    days = [session["date"] for session in course.sessions]
    free = [
        one
        for one in sample.trainees
        if one["sector"] in course.entry["audience"]
        and one["joined_on"] <= course.entry.added
        and all(diary.free([one], day, course.start, course.end) for day in days)
    ]
    for operator in chance.sample(free, min(wanted, len(free))):
        for day in days:
            diary.book([operator], day, course.start, course.end)
        _enrol(sample, course, operator, chance.one({0.97: 55, 0.88: 30, 0.6: 15}))


def _enrol(sample: Sample, course: Course, operator: Entry, diligence: float) -> None:
    chance, first = sample.chance, course.entry["start"]
    enrolled = min(working(chance.between(max(course.entry.added, FIRST), first - timedelta(days=1))), first)
    values = {"course": course.entry, "operator": operator, "enrolled_on": enrolled, "wp": "WP2", "activity": "2.1"}
    entry = sample.plan.add("training.enrolment", sample.clerk, enrolled, values)
    rows, attended = _attendance(chance, course, diligence)
    if not rows:
        return
    changes: dict[str, Any] = {"attendance": rows}
    end: date = course.sessions[-1]["date"]
    if diligence < 0.7 and chance.maybe(20):
        changes["withdrawn_on"] = rows[-1]["session"]["date"]
    entry.edits.append((min(working(end + timedelta(days=1)), LAST), changes))
    needed = course.entry.get("threshold") or THRESHOLD
    if attended * 100 // course.entry["planned_minutes"] >= needed and end < LAST:
        _certify(sample, entry, end)


def _attendance(chance: Chance, course: Course, diligence: float) -> tuple[list[dict[str, Any]], int]:
    """Rows for the sessions held, and the minutes attended."""
    rows, total = [], 0
    for session in course.held:
        row: dict[str, Any] = {"session": session}
        minutes = course.net
        if chance.random() > diligence:
            row["status"] = chance.one({"absent": 50, "excused": 30, "partial": 20})
            minutes = 0
            if row["status"] == "partial":
                minutes = row["partial_minutes"] = chance.randrange(60, course.net - 15, 15)
        elif course.entry["mode"] == "remote" or (course.entry["mode"] == "mixed" and chance.maybe(40)):
            login, logout = course.start + chance.randint(-9, 4), course.end + chance.randint(-4, 9)
            row |= {"status": "remote", "login": clock(login), "logout": clock(logout)}
            minutes -= max(login - course.start, 0) + max(course.end - logout, 0)
        rows.append(row)
        total += minutes
    return rows, total


def _certify(sample: Sample, enrolment: Entry, end: date) -> None:
    chance = sample.chance
    issued = working(end + timedelta(days=chance.randint(8, 25)))
    if issued > LAST:
        return
    delivered = working(issued + timedelta(days=chance.randint(1, 20)))
    values = {
        "enrolment": enrolment,
        "issued_on": issued,
        "signed_by": "Giulia Bianchi, coordinatrice",
        "delivered_on": delivered if delivered <= LAST and chance.maybe(80) else None,
        "wp": "WP2",
        "activity": "2.1",
    }
    sample.plan.add("training.certificate", sample.clerk, issued, values)
