"""Placements against a calendar of beds that is kept night by night and knows nothing of the rules' own arithmetic.

INTARSI_TEST_PLACEMENTS=50000 is the full size.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from intarsi_cohousing.figures import nights_of
from intarsi_cohousing.figures import occupancy as occupancy_of
from intarsi_cohousing.nights import shared
from intarsi_cohousing.occupancy import crowds, outages, stay_of
from intarsi_tui.records.problems import errors
from intarsi_tui.store import Store

SIZE = int(os.environ.get("INTARSI_TEST_PLACEMENTS", "1500"))
START = date(2020, 1, 10)
LENGTH = 120  # nights of the small world in which everything happens
A_UNIT = 60  # placements that are tried in each

PEOPLE = [f"p{number}" for number in range(30)]
# Ten are infants whose third birthday is the night with this number; two more have no date of birth, the others are grown up.
THIRD_BIRTHDAY = {f"p{number}": 12 * number - 8 for number in range(10)}
UNKNOWN = ("p10", "p11")


class Asked(NamedTuple):
    """A placement that somebody would like to enter, by nights from START."""

    first: int
    end: int | None
    persons: list[str]
    cots: int
    room: str | None
    bed: str | None

    def in_cots(self) -> list[str]:
        """The youngest first, then those of whom nobody knows the age."""
        small = [one for one in self.persons if THIRD_BIRTHDAY.get(one, -1) > self.first]
        return [*sorted(small, key=lambda one: -THIRD_BIRTHDAY[one]), *(one for one in self.persons if one in UNKNOWN)][
            : self.cots
        ]

    def heads(self, night: int) -> int:
        """Who needs a bed on that night."""
        return len(self.persons) - sum(THIRD_BIRTHDAY.get(one, LENGTH) > night for one in self.in_cots())

    def nights(self) -> range:
        return range(self.first, LENGTH if self.end is None else self.end)

    def doc(self, number: int) -> dict[str, Any]:
        doc: dict[str, Any] = {
            "id": str(number), "unit_code": "U", "entered_on": (START + timedelta(self.first)).isoformat(),
            "persons": self.persons, "occupants": len(self.persons) - self.cots, "infants_in_cots": self.cots,
        }  # fmt: skip
        if self.end is not None:
            doc["left_on"] = (START + timedelta(self.end)).isoformat()
        return doc | {name: value for name, value in (("room", self.room), ("bed", self.bed)) if value}


class BedCalendar:
    """Who sleeps where, one night after the other."""

    def __init__(self, unit: dict[str, Any]) -> None:
        self.limit: int = unit["authorised_places"]
        self.rooms = {room["code"]: room["places"] for room in unit["rooms"]}
        self.beds = {bed["code"]: bed["capacity"] for bed in unit["beds"]}
        self.closed: set[tuple[str | None, int]] = set()
        for row in unit["outages"]:
            first = (date.fromisoformat(row["first"]) - START).days
            end = (date.fromisoformat(row["end"]) - START).days if "end" in row else LENGTH
            self.closed |= {(row.get("room"), night) for night in range(first, end)}
        self.taken: Counter[tuple[str, int]] = Counter()
        self.asleep: set[tuple[str, int]] = set()

    def lawful(self, one: Asked) -> bool:
        for night in one.nights():
            heads = one.heads(night)
            if any((person, night) in self.asleep for person in one.persons):
                return False
            if (None, night) in self.closed or (one.room and (one.room, night) in self.closed):
                return False
            if not heads:
                continue
            shut = sum(places for room, places in self.rooms.items() if (room, night) in self.closed)
            if self.taken["unit", night] + heads > self.limit - shut:
                return False
            if one.room and self.taken[f"room {one.room}", night] + heads > self.rooms[one.room]:
                return False
            if one.bed and self.taken[f"bed {one.bed}", night] + heads > self.beds[one.bed]:
                return False
        return True

    def enter(self, one: Asked) -> None:
        for night in one.nights():
            self.asleep |= {(person, night) for person in one.persons}
            for place in ("unit", f"room {one.room}", f"bed {one.bed}"):
                self.taken[place, night] += one.heads(night)


def a_unit(random: Random) -> dict[str, Any]:
    rooms = [{"code": code, "places": random.randint(1, 4)} for code in "ABC"[: random.randint(1, 3)]]
    places = sum(int(room["places"]) for room in rooms)
    beds = []
    for room in rooms:
        left, number = int(room["places"]), 0
        while left > 0:
            number, capacity = number + 1, random.choice((1, 1, 2))
            beds.append({"code": f"{room['code']}{number}", "room": room["code"], "capacity": capacity})
            left -= capacity
    unit: dict[str, Any] = {
        "code": "U", "authorised_places": random.choice((places, places, max(places - 1, 1))), "rooms": rooms, "beds": beds,
        "active_from": START.isoformat(), "outages": [],
    }  # fmt: skip
    for room in random.sample([None, *(room["code"] for room in rooms)], random.randint(0, 1)):
        first = random.randrange(LENGTH - 10)
        row = {
            "reason": "works",
            "first": (START + timedelta(first)).isoformat(),
            "end": (START + timedelta(first + random.randint(1, 9))).isoformat(),
        }
        unit["outages"].append(row | ({"room": room} if room else {}))
    return unit


def a_wish(random: Random, unit: dict[str, Any]) -> Asked:
    first = random.randrange(LENGTH - 1)
    # Who comes and leaves on one day sleeps nowhere; some stays have no end yet.
    end = None if random.random() < 0.05 else min(first + random.choice((0, 1, 1, 3, 7, 20, 40)), LENGTH)
    persons = random.sample(PEOPLE, random.choice((1, 1, 2, 2, 3, 4)))
    small = [one for one in persons if one in UNKNOWN or THIRD_BIRTHDAY.get(one, -1) > first]
    cots = random.randint(0, len(small))
    room = random.choice((None, *unit["rooms"]))
    bed = random.choice((None, *(bed for bed in unit["beds"] if room and bed["room"] == room["code"])))
    return Asked(first, end, persons, cots, room and room["code"], bed and bed["code"])


def birth(person: str) -> date | None:
    """The date of birth that makes the third birthday; everybody else was born long ago."""
    if person in UNKNOWN:
        return None
    turns = START + timedelta(THIRD_BIRTHDAY.get(person, -9000))
    return turns.replace(year=turns.year - 3)


def born(person: str) -> str | None:
    day = birth(person)
    return day.isoformat() if day else None


def accepted(unit: dict[str, Any], doc: dict[str, Any], entered: list[dict[str, Any]]) -> bool:
    """What the rules of a placement say of nights, places and people."""
    mine = stay_of(doc)
    meanwhile = [other for other in entered if shared(mine, stay_of(other))]
    doubled = any(set(doc["persons"]) & set(other["persons"]) for other in meanwhile)
    return not doubled and not list(crowds(unit, doc, meanwhile, born)) and not list(outages(unit, doc))


def test_no_double_booking_is_accepted_and_no_lawful_placement_refused() -> None:
    random = Random(20210406)
    tried = Counter[str]()
    while tried.total() < SIZE:
        unit = a_unit(random)
        beds, entered = BedCalendar(unit), list[dict[str, Any]]()
        for number in range(A_UNIT):
            wish = a_wish(random, unit)
            doc, lawful = wish.doc(number), beds.lawful(wish)
            assert accepted(unit, doc, entered) == lawful, (unit, doc, entered)
            tried["accepted" if lawful else "refused"] += 1
            if lawful:
                beds.enter(wish)
                entered.append(doc)
        found = occupancy_of(unit, entered, nights_of(START, START + timedelta(LENGTH - 1)), born)
        shut = {night for room, night in beds.closed if room is None}
        assert found.places == LENGTH * beds.limit
        assert found.taken == sum(beds.taken["unit", night] for night in range(LENGTH))
        assert found.people == len(beds.asleep)
        assert found.out == sum(
            beds.limit
            if night in shut
            else min(sum(p for r, p in beds.rooms.items() if (r, night) in beds.closed), beds.limit)
            for night in range(LENGTH)
        )
    assert min(tried["accepted"], tried["refused"]) > SIZE // 10


def test_a_register_refuses_exactly_what_the_calendar_refuses(store: Store, add: Callable[..., dict[str, Any]]) -> None:
    random = Random(7)
    unit = a_unit(random)
    add("cohousing.unit", **unit)
    household = add("registry.household", type="extended", take_in_date=START.isoformat())
    ids = {
        person: add("registry.person", surname=f"Prova {person}", birth_date=birth(person), household=household["id"])[
            "id"
        ]
        for person in PEOPLE
    }
    beds, placements = BedCalendar(unit), store.register_table("cohousing.placement")
    for _ in range(40):
        wish = a_wish(random, unit)
        values = {
            "unit": "U", "household": household["id"], "persons": [ids[person] for person in wish.persons],
            "infants_in_cots": wish.cots, "room": wish.room, "bed": wish.bed,
            "entered_on": START + timedelta(wish.first), "left_on": wish.end and START + timedelta(wish.end),
            "exit_outcome": "moved" if wish.end else None,
        }  # fmt: skip
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        # Who sleeps nowhere is no stay of the register.
        lawful = beds.lawful(wish) and wish.end != wish.first
        assert lawful == (not errors(placements.problems(values)))
        if lawful:
            placements.add(values)
            beds.enter(wish)
