"""Households: referred, taken in, followed, sometimes closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import words
from .chance import FIRST, LAST, OVERDUE, Chance, later, working
from .persons import Arrival, add_adult, add_child, permit_type
from .plan import Entry
from .referrals import dismiss, refer, take_in
from .sample import Family, Sample, user_of
from .words import Community

TYPES = {"mother": 40, "two_parents": 45, "extended": 10, "father": 5}
CLOSINGS = {"autonomy": 55, "moved": 20, "withdrew": 10, "unreachable": 10, "other": 5}
NEEDS = ("housing", "work", "health", "school", "parenting", "papers", "language", "network")


@dataclass
class Case:
    """What is settled beforehand about a family; everything else is left to chance.

    Attributes:
        left: the day on which it left reception.
        children: their days of birth.
    """

    left: date
    taken_in: date
    type: str = "mother"
    children: tuple[date, ...] = ()


# Families that the rules were made for (see `awkward`): SPRAR's last days; the last day of 18 months that end on
# 29 February; one day after 18 months that ended on 28 February; a child that comes of age; a family of the first days.
CASES = (
    Case(date(2018, 9, 30), date(2020, 1, 15), "two_parents", (date(2011, 4, 2), date(2015, 9, 30))),
    Case(date(2018, 8, 31), date(2020, 2, 29), "mother", (date(2009, 6, 11),)),
    Case(date(2019, 8, 31), date(2021, 3, 1), "mother", (date(2012, 2, 29), date(2019, 12, 24))),
    Case(date(2019, 6, 14), date(2020, 2, 10), "two_parents", (date(2002, 12, 5), date(2008, 3, 17), date(2013, 7, 1))),
    Case(date(2019, 3, 29), date(2020, 1, 20), "father", (date(2010, 10, 8), date(2014, 1, 19))),
)


def add_families(sample: Sample) -> None:
    """The settled cases, families by chance, and referrals that came to nothing or wait."""
    chance = sample.chance
    communities = {community: community.weight for community in words.communities()}
    for case in CASES if sample.awkward else ():
        sample.families.append(_take_in(sample, chance.one(communities), case))
    # An office whose flats are known has five families for each of them more.
    for _ in range(sample.count(26, 6, "families") + 5 * sample.place.flats):
        sample.families.append(_take_in(sample, chance.one(communities), _by_chance(chance)))
    outcomes = ("waiting", "pending", "unsuitable", "redirected")
    for number in range(sample.count(4, 4, "families")):
        _refer(sample, chance.one(communities), outcomes[number % 4])


def _by_chance(chance: Chance) -> Case:
    taken_in = chance.workday(date(2020, 1, 27), LAST - timedelta(days=20))
    # Two in a hundred come too late.
    months = chance.randint(19, 24) if chance.maybe(2) else chance.randint(1, 17)
    kind = chance.one(TYPES)
    born = sorted(
        chance.between(later(taken_in, -12 * 17), taken_in - timedelta(days=40))
        for _ in range(chance.one({1: 38, 2: 36, 3: 18, 4: 8}))
    )
    return Case(later(taken_in, -months), taken_in, kind, tuple(born))


def _take_in(sample: Sample, community: Community, case: Case) -> Family:
    chance = sample.chance
    manager = chance.choice(sample.managers)
    by, town = user_of(manager), chance.one(sample.place.towns)
    referred = max(FIRST, case.taken_in - timedelta(days=chance.randint(4, 35)))
    referral = refer(sample, by, referred, len(case.children))
    values: dict[str, Any] = {
        "type": case.type,
        "municipality": town,
        "take_in_date": case.taken_in,
        "reception_exit": case.left,
        "public_manager": chance.choice(sample.social_workers),
        "private_manager": manager,
        "notes": chance.choice(words.texts("household", "notes")) if chance.maybe(60) else None,
        "wp": "WP1",
        "activity": "1.2",
        "assessments": [
            {"date": case.taken_in, **{area: chance.one({0: 15, 1: 25, 2: 30, 3: 22, 4: 8}) for area in NEEDS}}
        ],
    }
    values["team"] = [
        {"operator": values["public_manager"], "role": "Assistente sociale"},
        {"operator": manager, "role": "Operatore di riferimento"},
    ]
    household = sample.plan.add("registry.household", by, case.taken_in, values)
    closed = None if case in CASES else _closing(chance, case.taken_in)
    family = Family(household, community, case.taken_in, closed or LAST, [], [])
    _add_members(sample, family, case, referral)
    referral.values["family"] = f"Famiglia di {family.adults[0]['given_name']}"
    take_in(sample, referral, household)
    members = [{"person": one, "role": one["household_role"], "joined_on": case.taken_in} for one in family.persons]
    household.edits.append((household.added, {"members": members}))
    _work_on(sample, household, case.taken_in, family.until)
    if closed:
        _close(chance, family, closed)
    return family


def _add_members(sample: Sample, family: Family, case: Case, referral: Entry) -> None:
    chance, household = sample.chance, family.household
    arrival = Arrival(family.community, case.left, permit_type(chance, family.community), referral.by, family.until)
    oldest = min(case.children)
    sexes = {"mother": "F", "father": "M"}.get(case.type, chance.choice(("FM", "MF")))
    shared = {
        "household": household, "municipality": household["municipality"], "referral_date": referral["date"],
        "referral_body": referral.get("body"), "take_in_date": case.taken_in,
        "file_keeper": household["private_manager"], "notice_date": case.taken_in,
    }  # fmt: skip
    for number, sex in enumerate(sexes):
        born = oldest - timedelta(days=chance.randint(20 * 365, 31 * 365))
        values = {**shared, "household_role": "parent" if number else "contact"}
        family.adults.append(add_adult(sample, arrival, sex, born, values))
    if case.type == "extended":
        born = oldest - timedelta(days=chance.randint(42 * 365, 55 * 365))
        values = {**shared, "household_role": "other"}
        family.adults.append(add_adult(sample, arrival, chance.choice("FM"), born, values))
    parent = family.adults[0]
    for born in case.children:
        values = {**shared, "household_role": "child"}
        family.children.append(add_child(sample, arrival, parent, born, values))


def _work_on(sample: Sample, household: Entry, taken_in: date, until: date) -> None:
    """The pact, some weeks after the take-in, and one review."""
    chance = sample.chance
    signed = chance.workday(taken_in + timedelta(days=20), taken_in + timedelta(days=70))
    if signed > until:
        return
    rows = []
    areas = words.objectives()
    for area in chance.some(list(areas), 2):
        row = {
            "area": area,
            "objective": chance.choice(areas[area]),
            "responsible": household["private_manager"],
            "due": later(signed, chance.choice([3, 6, 9, 12])),
            "outcome": "open",
        }
        rows.append(row)
    changes: dict[str, Any] = {
        "objectives": rows,
        "pact_signed_on": signed,
        # Now and then a signature is still missing: a warning.
        "pact_signatories": ["family", "public", "private"] if chance.maybe(94) else ["family", "private"],
    }
    household.edits.append((signed, changes))
    _check_objectives(chance, household, until)
    review = signed + timedelta(days=chance.randint(60, 110))
    if review <= until and chance.maybe(60):
        progress = chance.choice(words.texts("review", "progress"))
        row = {"date": review, "present": "Équipe e famiglia", "progress": progress}
        household.edits.append((review, {"reviews": [row], "assessments": _assessed(chance, household, review)}))


def _check_objectives(chance: Chance, household: Entry, until: date) -> None:
    """What came of each objective, written down in the week after it was due; some of the last weeks' still wait."""
    for due in sorted({row["due"] for row in _latest(household, "objectives")}):
        checked = working(due + timedelta(days=chance.randint(0, 6)))
        if checked > until or (due > OVERDUE and chance.maybe(25)):
            return
        rows = [
            {**row, "outcome": chance.one({"reached": 60, "partly": 30, "missed": 10})} if row["due"] == due else row
            for row in _latest(household, "objectives")
        ]
        household.edits.append((checked, {"objectives": rows}))


def _assessed(chance: Chance, household: Entry, day: date) -> list[dict[str, Any]]:
    """The assessments so far and one more, in which most needs are as they were or smaller."""
    rows = _latest(household, "assessments")
    if rows[-1]["date"] == day:
        return rows
    less = {area: rows[-1][area] - chance.one({0: 40, 1: 40, 2: 15, -1: 5}) for area in NEEDS}
    return [*rows, {"date": day, **{area: min(max(score, 0), 4) for area, score in less.items()}}]


def _latest(household: Entry, name: str) -> list[dict[str, Any]]:
    """Rows of the household after the edits that are planned so far."""
    planned = [changes[name] for _, changes in household.edits if name in changes]
    return planned[-1] if planned else household.get(name) or []


def _closing(chance: Chance, taken_in: date) -> date | None:
    day = chance.workday(taken_in + timedelta(days=150), taken_in + timedelta(days=420))
    return day if day < LAST and chance.maybe(40) else None


def _close(chance: Chance, family: Family, day: date) -> None:
    reason = chance.one(CLOSINGS)
    answer = chance.one({"yes": 60, "partly": 20, "no": 5, "unasked": 15})
    closing = {"closed_on": day, "closing_reason": reason}
    objectives = [
        {**row, "outcome": chance.one({"reached": 55, "partly": 30, "missed": 15})} if row["outcome"] == "open" else row
        for row in _latest(family.household, "objectives")
    ]
    last = {
        "objectives": objectives,
        "assessments": _assessed(chance, family.household, day),
        "self_assessment": answer,
    }
    family.household.edits.append((day, {**closing, **last}))
    for person in family.persons:
        person.edits.append((day, closing))


def _refer(sample: Sample, community: Community, outcome: str) -> None:
    """A family that was not taken in: while it waits its contact person has a file, otherwise there is the referral only."""
    chance = sample.chance
    manager = chance.choice(sample.managers)
    by = user_of(manager)
    open_still = outcome in ("waiting", "pending")
    day = chance.workday(LAST - timedelta(days=40), LAST) if open_still else chance.workday(FIRST, LAST)
    referral = refer(sample, by, day, chance.randint(1, 4))
    if not open_still:
        referral.values["family"] = f"Famiglia di {chance.choice(community.names.women)}"
        return dismiss(sample, referral, outcome)
    values = {"type": chance.one(TYPES), "municipality": chance.one(sample.place.towns)}
    household = sample.plan.add("registry.household", by, day, values, draft=True)
    shared = {"household": household, "household_role": "contact", "referral_date": day}
    born = chance.between(date(1978, 1, 1), date(2000, 12, 31))
    arrival = Arrival(community, later(day, -4), permit_type(chance, community), by)
    contact = add_adult(sample, arrival, chance.choice("FM"), born, shared, draft=True)
    household.edits.append((household.added, {"members": [{"person": contact, "role": "contact"}]}))
    referral.values["family"] = f"Famiglia di {contact['given_name']}"
    state = {"outcome": "waiting", "waiting_since": day} if outcome == "waiting" else {}
    referral.edits.append((household.added, {"household": household, **state}))
    sample.families.append(Family(household, community, None, LAST, [contact], []))
    return None
