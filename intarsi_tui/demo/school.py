"""School: which child goes where, enrolments, and requests for a mediator."""

from datetime import date, timedelta
from typing import Any

from . import words
from .chance import LAST, Chance, workdays
from .plan import Entry
from .sample import Family, Sample, user_of

LEVELS = {  # ages
    "infant": range(3, 6),
    "primary": range(6, 11),
    "lower_secondary": range(11, 14),
    "upper_secondary": range(14, 18),
}
REASONS = {"talk": 34, "welcome": 22, "enrolment": 12, "plan": 12, "assembly": 8, "guidance": 8, "conflict": 4}
OUTCOMES = {"accepted": 80, "partly": 10, "no_language": 6, "cancelled": 4}
SEPTEMBERS = (date(2020, 9, 14), date(2021, 9, 13))
SERVICES = ("canteen", "transport", "italian", "after_school")


def age_reached(day: date, born: date) -> int:
    """The age reached in the calendar year in which the school year of `day` began: classes go by it."""
    return (day.year if day.month >= 9 else day.year - 1) - born.year


def in_term(day: date) -> bool:
    """Whether there is school on a working day."""
    return day.month not in (7, 8) and not (day.month == 6 and day.day > 6) and not (day.month == 9 and day.day < 14)


def class_of(age: int) -> str:
    """The class of a child of this age."""
    if age < 6:
        return f"sezione {age} anni"
    first = 6 if age < 11 else 11 if age < 14 else 14
    return f"{age - first + 1}ª"


def choose_schools(sample: Sample) -> None:
    """A school for each child of school age."""
    for family in sample.taken_in:
        for child in family.children:
            age = age_reached(family.household["take_in_date"], child["birth_date"])
            level = next((level for level, ages in LEVELS.items() if age in ages), None)
            schools = [body for body in sample.bodies.values() if body.get("level") == level]
            if level and schools:
                family.schools[child] = sample.chance.choice(schools)


def add_enrolments(sample: Sample) -> None:
    """An enrolment for most children and school years."""
    chance = sample.chance
    for family in sample.taken_in:
        for child, school in family.schools.items():
            for day in _enrolled(chance, family):
                same_level = age_reached(day, child["birth_date"]) in LEVELS[school["level"]]
                if same_level and not chance.maybe(12):
                    values = _enrolment(chance, child, school, day)
                    by = user_of(family.household["private_manager"])
                    sample.plan.add("mediation.school_enrolment", by, day, values)


def _enrolled(chance: Chance, family: Family) -> list[date]:
    """In the Septembers while the family is followed, or in the first weeks after it was taken in."""
    assert family.taken_in
    septembers = [day for day in SEPTEMBERS if family.taken_in < day <= family.until and chance.maybe(55)]
    if septembers:
        return [chance.workday(day, day + timedelta(days=12)) for day in septembers]
    last = min(family.taken_in + timedelta(days=110), family.until)
    days = [day for day in workdays(family.taken_in, last) if in_term(day)]
    return [chance.choice(days[:25])] if days else []


def _enrolment(chance: Chance, child: Entry, school: Entry, day: date) -> dict[str, Any]:
    behind = chance.maybe(14) and age_reached(day, child["birth_date"]) >= 7
    known = day + timedelta(days=92) <= LAST
    reserve = chance.maybe(16)
    lifted = day + timedelta(days=chance.randint(40, 120))
    return {
        "person": child,
        "school": school,
        "date": day,
        "school_class": class_of(age_reached(day, child["birth_date"]) - behind),
        "with_reserve": reserve,
        "missing_documents": chance.some(["vaccination", "school_record", "translation"], 2) if reserve else None,
        "completed_on": lifted if reserve and lifted <= LAST and chance.maybe(70) else None,
        "age_gap": -1 if behind else None,
        "gap_reason": chance.choice(["system", "skills"]) if behind else None,
        "attendance": chance.one({"regular": 82, "irregular": 14, "interrupted": 4}) if known else None,
        "services": chance.some(SERVICES, 3) if chance.maybe(60) else None,
        "wp": "WP3",
        "activity": "3.2",
    }


def add_requests(sample: Sample) -> None:
    """Requests of schools, and some of families and services, for children that go to school."""
    chance = sample.chance
    families = [family for family in sample.taken_in if family.schools]
    for _ in range(sample.count(110, 14, "mediation") if families else 0):
        family = chance.choice(families)
        assert family.taken_in
        days = [day for day in workdays(family.taken_in, family.until) if in_term(day)]
        day = chance.choice(days) if days else family.taken_in
        pupils = [child for child in family.schools if age_reached(day, child["birth_date"]) < 18]
        if days and pupils:
            sample.requests.append((family, _add_request(sample, family, chance.choice(pupils), day)))


def _add_request(sample: Sample, family: Family, child: Entry, day: date) -> Entry:
    chance, school = sample.chance, family.schools[child]
    age = age_reached(day, child["birth_date"])
    # Eight in ten schools keep to the notice that is asked of them.
    notice = chance.randint(15, 32) if chance.maybe(80) else chance.randint(3, 14)
    wanted = chance.workday(day + timedelta(days=notice), day + timedelta(days=notice + 3))
    answered = chance.workday(day + timedelta(days=1), day + timedelta(days=7))
    waiting = answered > LAST or (day > LAST - timedelta(days=14) and chance.maybe(60))
    values = {
        "date": day,
        "requester": chance.one({"school": 84, "family": 6, "social_services": 6, "partner": 4}),
        "school": school,
        "site_code": school.get("school_code") if school.get("institute") else None,
        "school_contact": school.get("contact"),
        "person": child,
        "class_requested": class_of(age),
        "language": family.community.language,
        "reason": chance.one(REASONS),
        "requested_minutes": chance.choice([60, 90, 120, 120, 180, 240]),
        "wanted_on": wanted,
        "notes": chance.choice(words.texts("request", "notes")) if chance.maybe(35) else None,
        "outcome": None if waiting else chance.one(OUTCOMES),
        "answered_on": None if waiting else answered,
        "wp": "WP3",
        "activity": "3.1",
    }
    return sample.plan.add("mediation.school_request", sample.clerk, day, values, added=answered, draft=waiting)
