"""Courses and their sessions."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import words
from .chance import FIRST, LAST, Chance, at_a_distance, working
from .diary import clock
from .plan import Entry
from .sample import Sample

MORNING, AFTERNOON = 9 * 60, 14 * 60
LONG = 240  # from here on there is a break
BREAK = 15
VENUES = (
    "Sala «Il Molo», via del Faro 22, {town}",
    "Aula magna, via delle Conchiglie 4, {town}",
    "Centro civico, stanza 2",
)
# Winter 2020/21: training was remote again.
REMOTE_AGAIN = (date(2020, 10, 26), date(2021, 4, 25))


@dataclass(eq=False)
class Course:
    """A course with its sessions and the time of each, in minutes since midnight."""

    entry: Entry
    sessions: list[Entry]
    start: int
    end: int
    net: int

    @property
    def held(self) -> list[Entry]:
        return [session for session in self.sessions if session["date"] <= LAST and not session.get("status")]


def add_courses(sample: Sample) -> list[Course]:
    """Editions of the courses, spread over the months; the last one is still running."""
    wanted, subjects = sample.count(12, 12, "training"), words.courses()
    room = (LAST - FIRST).days - 50
    made = []
    for number in range(wanted):
        first = FIRST + timedelta(days=24 + room * number // max(wanted - 1, 1))
        edition, at = divmod(number, len(subjects))
        made.append(_add_course(sample, subjects[at], _code(sample, at, edition), edition + 1, first))
    return made


def _code(sample: Sample, subject: int, edition: int) -> str:
    """`RN-01/2`; a later part of a large office has its own row of them."""
    part = f".{sample.part}" if sample.part else ""
    return f"{sample.place.mark}{part}-{subject + 1:02}/{edition + 1}"


def _add_course(sample: Sample, subject: dict[str, Any], code: str, edition: int, first: date) -> Course:
    chance, minutes = sample.chance, int(subject["minutes"])
    start = chance.choice([MORNING, AFTERNOON])
    end = start + minutes + (BREAK if minutes >= LONG else 0)
    days = [working(first + timedelta(weeks=week)) for week in range(len(subject["topics"]))]
    trainers = _free_trainers(sample, days, start, end)
    mode = _mode(chance, days)
    course = sample.plan.add(
        "training.course", sample.clerk, days[0], added=max(days[0] - timedelta(days=20), FIRST), values={
            "code": code,
            "edition": edition,
            "title": subject["title"],
            "objectives": subject["objectives"],
            "topic": subject["topic"],
            "contents": subject["contents"],
            "audience": subject["audience"],
            "mode": mode,
            "start": days[0],
            "end": days[-1],
            "planned_minutes": minutes * len(days),
            "venue": "https://corsi.example/" + code.lower().replace("/", "-") if mode == "remote" else venue(sample),
            "municipality": sample.place.town,
            "trainers": [
                {"operator": one, "body": one["body"], "role": "Docente", "minutes": minutes * len(days) // len(trainers)}
                for one in trainers
            ],
            "manager": sample.staff[0],
            "tutor": chance.choice(sample.managers),
            "places": chance.choice([16, 18, 20, 25]),
            "threshold": chance.choice([None, None, 70, 75]),
            "wp": "WP2",
            "activity": "2.1",
        },
    )  # fmt: skip
    made = Course(course, [], start, end, minutes)
    for page, (day, topic) in enumerate(zip(days, subject["topics"], strict=True), 1):
        trainer = trainers[page % len(trainers)]
        sample.diary.book([trainer], day, start, end)
        made.sessions.append(_add_session(sample, made, day, topic, trainer, page, mode))
    if chance.maybe(25):
        _add_cancelled(sample, made, days[-1])
    return made


def _add_session(sample: Sample, course: Course, day: date, topic: str, trainer: Entry, page: int, mode: str) -> Entry:
    """Entered as planned when the course is; marked as held on its day."""
    planned = course.entry.added
    values = {
        "course": course.entry,
        "date": day,
        "start": clock(course.start),
        "end": clock(course.end),
        "break_minutes": course.end - course.start - course.net,
        "topic": topic,
        "trainers": [trainer],
        "mode": mode,
        "venue": course.entry["venue"],
        "page": page if mode != "remote" else None,
        "wp": "WP2",
        "activity": "2.1",
    }
    held = day <= LAST
    session = sample.plan.add("training.session", sample.clerk, day, values, added=planned, draft=not held)
    if held:
        # Remote: log-ins and log-outs are on file, with the declaration of truthfulness (DPR 445/2000).
        remote = {"log_kept": True, "declared_by": trainer, "declared_on": day} if mode != "room" else {}
        session.edits.append((day, {"status": "held", **remote}))
        session.confirmed = min(working(day + timedelta(days=1)), LAST)
    return session


def _add_cancelled(sample: Sample, course: Course, last: date) -> None:
    day = working(last + timedelta(days=1))
    if day <= LAST:
        values = {
            "course": course.entry, "date": day, "start": clock(course.start), "end": clock(course.start + 120),
            "topic": "Lezione di recupero, non servita", "status": "cancelled", "mode": "room",
        }  # fmt: skip
        sample.plan.add("training.session", sample.clerk, day, values)


def venue(sample: Sample) -> str:
    """Where people meet in the office's town."""
    return sample.place.fill(sample.chance.choice(VENUES))


def _free_trainers(sample: Sample, days: list[date], start: int, end: int) -> list[Entry]:
    free = [one for one in sample.trainers if all(sample.diary.free([one], day, start, end) for day in days)]
    return sample.chance.sample(free, min(2, len(free)))


def _mode(chance: Chance, days: list[date]) -> str:
    if any(at_a_distance(day) or REMOTE_AGAIN[0] <= day <= REMOTE_AGAIN[1] for day in days):
        return "remote"
    return "mixed" if chance.maybe(25) else "room"
