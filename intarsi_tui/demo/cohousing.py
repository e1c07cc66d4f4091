"""Cohousing: units, who lives in them when, what is paid and handed out, meetings on living in a home."""

from calendar import monthrange
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from . import words
from .chance import FIRST, LAST, PLANNED, at_a_distance, later, workdays, working
from .diary import clock
from .plan import Entry
from .sample import Family, Sample, user_of

LINE = "cohousing"
# The place of the town among the office's own, the rooms' places. The first three are shared: households live there
# together or one after the other.
FLATS = (
    (0, (4, 4)), (0, (3, 3, 3)), (0, (4, 4)), (0, (3, 2)), (0, (3, 4)), (0, (2, 2)), (0, (4, 2)), (1, (2, 3)), (1, (3, 4)),
    (1, (2, 2)), (2, (3, 2, 2)), (2, (2, 3)), (0, (4, 3)),
)  # fmt: skip
SHARED, ROTATING, ALONE = 3, 14, 6
OUTCOMES = {"private_rent": 40, "public_housing": 20, "family_friends": 15, "other_project": 10, "moved": 15}
GRANTED = {"utilities": 40, "rent": 25, "deposit": 15, "furniture": 20}
GOODS = {"food": "packs", "hygiene": "packs", "baby": "packs", "household": "pieces", "school": "pieces"}
TOPICS = ("contract", "bills", "energy", "neighbours", "waste", "upkeep", "budget", "search", "safety")


@dataclass(eq=False)
class Stay:
    """A family in a flat; `end` is the day on which it leaves, after `LAST` while it is still there."""

    family: Family
    people: int
    first: date
    end: date
    entry: Entry | None = None
    paid: set[date] = field(default_factory=set)  # the months

    @property
    def until(self) -> date:
        return min(self.end, LAST)


@dataclass(eq=False)
class Flat:
    """A unit and the stays in it."""

    entry: Entry
    stays: list[Stay] = field(default_factory=list)

    def takes(self, new: Stay) -> bool:
        """Whether there is a place for everybody; a day of exit counts, as the exit is entered after the day's entries."""
        stays = [*self.stays, new]
        nights = [stay.first for stay in stays]
        most = max(sum(stay.people for stay in stays if stay.first <= night <= stay.end) for night in nights)
        return bool(new.first >= self.entry["active_from"] and most <= self.entry["authorised_places"])


def add_cohousing(sample: Sample) -> None:
    """The five registers of cohousing."""
    if not sample.place.lines.get(LINE):
        return
    flats = [_add_unit(sample, number) for number in range(sample.place.flats or len(sample.listed(FLATS, LINE)))]
    families = sorted(sample.taken_in, key=lambda family: family.taken_in or LAST)
    # Who was taken in in the last weeks still waits for a flat.
    early = [family for family in families if (family.taken_in or LAST) < LAST - timedelta(days=60)]
    rotating = sample.chance.sample(early, min(len(sample.listed(range(ROTATING), LINE)), len(early)))
    stays = [_settle(sample, family, flats[:SHARED]) for family in rotating]
    alone = [family for family in families if family not in rotating]
    # In a small sample those who have left the shared flats move on.
    alone += [stay.family for stay in stays if stay and stay.until < stay.family.until]
    empty = flats[SHARED:-1]
    for family in alone[:ALONE]:
        earlier = next((stay for stay in stays if stay and stay.family is family), None)
        after = earlier.end if earlier else None
        stays.append(_settle(sample, family, [flat for flat in empty if not flat.stays], after))
    placed = sorted((stay for stay in stays if stay), key=lambda stay: stay.first)
    if not placed:
        return
    for _ in range(sample.count(40, 20, LINE)):
        _add_contribution(sample, sample.chance.choice(placed))
    for _ in range(sample.count(30, 15, LINE)):
        _add_goods(sample, sample.chance.choice(placed))
    _add_meetings(sample, placed)


def _add_unit(sample: Sample, number: int) -> Flat:
    chance = sample.chance
    town, rooms = FLATS[number]
    part = f".{sample.part}" if sample.part else ""
    start = FIRST if number < SHARED else chance.workday(FIRST, date(2020, 9, 30))
    title = chance.one({"lease": 60, "loan": 25, "concession": 15})
    values: dict[str, Any] = {
        "code": f"{sample.place.mark}{part}-{number + 1:02}",
        "manager": sample.bodies[chance.choice(["approdo", "melograno"])],
        "address": f"Via Senza Nome {20 + number}, int. {chance.randint(1, 9)}",
        "municipality": list(sample.place.towns)[town],
        "active_from": start,
        "ownership": chance.one({"private": 50, "municipal": 25, "third_sector": 15, "public_housing": 10}),
        "title_of_use": title,
        # Who lends a flat asks for no rent: that is what makes it a loan.
        "monthly_rent": None if title == "loan" else chance.randrange(380, 760, 10),
        "contract_number": f"{chance.randint(100, 999)}/{start.year}",
        "utilities_paid_by": "shared" if number < SHARED else "household",
        "authorised_places": sum(rooms),
        "area": 22 + 13 * sum(rooms),
        "bathrooms": 2 if number < SHARED else 1,
        "rooms": [{"code": chr(ord("A") + place), "places": places} for place, places in enumerate(rooms)]
        + [{"code": "cucina", "places": 0, "use": "shared"}],
        "energy_class": chance.choice("CDEFG"),
        "furniture": chance.one({"furnished": 70, "partly": 30}),
        "accessibility": chance.one({"visitable": 40, "adaptable": 30, "none": 30}),
    }
    unit = sample.plan.add("cohousing.unit", sample.clerk, start, values)
    if number == len(FLATS) - 1:
        # The last one stays empty: works, and then it was given back.
        works = working(unit.added + timedelta(days=30))
        unit.edits.append((works, {"outages": [{"first": works, "reason": "works"}]}))
        unit.edits.append((date(2021, 3, 31), {"dismissed_on": date(2021, 3, 31)}))
    return Flat(unit)


def _settle(sample: Sample, family: Family, flats: list[Flat], after: date | None = None) -> Stay | None:
    """The first stay for which a flat has room; `None` when there is none while the family is followed."""
    chance = sample.chance
    assert family.taken_in
    day = working((after or family.taken_in) + timedelta(days=chance.randint(1, 20)))
    agreed, more = chance.choice([3, 4, 5]), chance.choice([0, 0, 2])
    while day <= family.until - timedelta(days=10):
        leaves = chance.workday(
            later(day, agreed + more) - timedelta(days=25), later(day, agreed + more) - timedelta(days=6)
        )
        if family.until < LAST:
            leaves = min(leaves, family.until)
        stay = Stay(family, len(family.persons) - _infants(family, day), day, leaves)
        for flat in sorted(flats, key=lambda flat: len(flat.stays)):
            if flat.takes(stay):
                flat.stays.append(stay)
                stay.entry = _add_placement(sample, flat, stay, agreed, more)
                return stay
        day = working(day + timedelta(weeks=1))
    return None


def _infants(family: Family, day: date) -> int:
    return sum(child["birth_date"] > later(day, -24) for child in family.children)


def _add_placement(sample: Sample, flat: Flat, stay: Stay, agreed: int, more: int) -> Entry:
    chance, family = sample.chance, stay.family
    share = chance.choice([None, 40, 60, 90])
    manager = family.household["private_manager"]
    values = {
        "unit": flat.entry, "household": family.household, "persons": family.persons,
        "infants_in_cots": _infants(family, stay.first), "entered_on": stay.first, "handover_report": True,
        "inventory": True, "agreement": chance.one({"pact": 60, "hospitality": 30, "loan": 10}), "planned_months": agreed,
        "share_amount": share, "share_kind": ["utilities"] if share else None, "rules_signed": True,
        "rules_signed_on": stay.first, "rules_language": family.community.language, "operator": manager,
    }  # fmt: skip
    placement = sample.plan.add("cohousing.placement", user_of(manager), stay.first, values)
    extended = working(later(stay.first, agreed) - timedelta(days=15))
    if more and extended < stay.until:
        row = {
            "date": extended, "expiry": later(stay.first, agreed + more),
            "reason": chance.choice(words.texts("cohousing", "extensions")),
        }  # fmt: skip
        placement.edits.append((extended, {"extensions": [row]}))
    if stay.end <= LAST:
        outcome = chance.one(OUTCOMES)
        placement.edits.append((stay.end, {"left_on": stay.end, "exit_outcome": outcome}))
        for months in (3, 6):
            asked = working(later(stay.end, months) + timedelta(days=5))
            if asked <= LAST:
                found = outcome if chance.maybe(85) else "unknown"
                placement.edits.append((asked, {f"after_{months}_months": found}))
    return placement


def _add_contribution(sample: Sample, stay: Stay) -> None:
    chance, household = sample.chance, stay.family.household
    day = chance.workday(stay.first, stay.until - timedelta(days=4))
    values: dict[str, Any] = {"date": day, "household": household, "placement": stay.entry}
    assert stay.entry
    share = stay.entry.get("share_amount")
    if share and chance.maybe(50) and day.replace(day=1) not in stay.paid and day.month != stay.until.month:
        stay.paid.add(day.replace(day=1))
        values |= {"direction": "received", "kind": "own_share", "amount": _part(share, stay.first, day), "month": day}
    else:
        kind = chance.one(GRANTED)
        number = len(sample.plan.of("cohousing.contribution")) + 1
        values |= {
            "direction": "granted", "kind": kind, "amount": chance.randrange(45, 480, 5) + chance.choice([0, 0, 0.5]),
            "month": day if kind in ("utilities", "rent") else None, "voucher_number": f"{sample.place.mark}-{sample.part}{number:03}", "cup": sample.cup,
        }  # fmt: skip
    sample.plan.add("cohousing.contribution", user_of(household["private_manager"]), day, values)


def _part(share: int, first: date, day: date) -> float:
    """The share of the month of `day`, by its nights: in the month of entry there are fewer."""
    nights = monthrange(day.year, day.month)[1]
    slept = nights - first.day + 1 if (first.year, first.month) == (day.year, day.month) else nights
    return share * slept * 100 // nights / 100


def _add_goods(sample: Sample, stay: Stay) -> None:
    chance, household = sample.chance, stay.family.household
    day = chance.workday(stay.first, stay.until - timedelta(days=4))
    kind = chance.choice(list(GOODS))
    values = {
        "date": day, "household": household, "kind": kind, "description": chance.choice(words.texts("goods", kind)),
        "quantity": chance.randint(1, 5), "measure": GOODS[kind], "value": chance.randrange(10, 90, 5),
        "operator": household["private_manager"], "receipt_signed": chance.maybe(96),
    }  # fmt: skip
    sample.plan.add("cohousing.goods", user_of(household["private_manager"]), day, values)


def _add_meetings(sample: Sample, stays: list[Stay]) -> None:
    """One every three weeks or so, in turn in a group and in a flat; the last two are still to come."""
    wanted = sample.count(25, 15, LINE)
    days = [day for day in workdays(FIRST + timedelta(days=30), PLANNED) if not at_a_distance(day)]
    for number in range(wanted):
        status = "planned" if number >= wanted - 2 else "cancelled" if number == wanted // 2 else "held"
        possible = [day for day in days if (day > LAST) == (status == "planned")]
        # Few tries are needed; without a limit, days on which nobody lives in a flat would be tried for ever.
        tries = (
            _add_meeting(sample, stays, sample.chance.choice(possible), status, group=number % 2 == 0)
            for _ in range(200)
        )
        any(tries)


def _add_meeting(sample: Sample, stays: list[Stay], day: date, status: str, *, group: bool) -> bool:
    """Whether there is somebody to meet on `day`, and the diaries have room for it."""
    chance = sample.chance
    there = [stay for stay in stays if stay.first < day and (day < stay.until or stay.end > LAST)]
    if not there:
        return False
    met = chance.some(there, 4) if group else [chance.choice(there)]
    expert = chance.choice(sample.trainers[3:])
    family = met[0].family
    mediator = chance.choice(sample.mediators[family.community.mediators]) if chance.maybe(60) else None
    persons = [adult for stay in met for adult in stay.family.adults]
    minutes = 120 if group else chance.choice([60, 90])
    who: list[Hashable] = [expert, *([mediator] if mediator else []), *persons]
    # What was cancelled takes nobody's time.
    start = 600 if status == "cancelled" else sample.diary.find(chance, who, day, minutes)
    if start is None:
        return False
    values: dict[str, Any] = {
        "date": day, "start": clock(start), "end": clock(start + minutes), "status": status,
        "mode": "group" if group else "individual", "topics": chance.some(TOPICS, 2), "expert": expert,
        "language": family.community.language if mediator else "ita", "mediator": mediator,
    }  # fmt: skip
    assert met[0].entry
    values |= {"place": "Centro civico, stanza 2"} if group else {"unit": met[0].entry["unit"]}
    if status == "held":
        away = [chance.one({"present": 85, "excused": 10, "absent": 5}) for _ in persons[1:]]
        values["attendance"] = [
            {"person": person, "status": came, "signed": came == "present"}
            for person, came in zip(persons, ["present", *away], strict=True)
        ]
        values["outcome"] = chance.one({"completed": 60, "agreed": 20, "again": 15, "referred": 5})
        values["notes"] = chance.choice(words.texts("cohousing", "meetings"))
        values["other_materials"] = "Vademecum della casa" if chance.maybe(40) else None
    sample.plan.add("cohousing.housing_meeting", sample.clerk, day, values, draft=status == "planned")
    return True
