"""What the parts of the sample share while it is being made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from random import Random
from typing import TypeVar

from ..reference.tables import fold
from .chance import Chance
from .diary import Diary
from .plan import Entry, Plan
from .words import Community, Names, Place

Row = TypeVar("Row")


@dataclass(eq=False)
class Family:
    """A household and its persons.

    Attributes:
        taken_in: `None` while it waits, or when it was not taken in.
        until: the last day on which something may happen with it.
        schools: the school of each child.
    """

    household: Entry
    community: Community
    taken_in: date | None
    until: date
    adults: list[Entry]
    children: list[Entry]
    schools: dict[Entry, Entry] = field(default_factory=dict)

    @property
    def persons(self) -> list[Entry]:
        return self.adults + self.children


@dataclass
class Sample:
    """Some thousand records of one office, or all that it has.

    Attributes:
        scale: 1 for 1,500 records of an office that does everything.
        bodies: by their keys; those of an office's first part serve the later ones too.
        tax_codes: of all operators of all offices.
        part: 0 for the part that has the office's bodies, networks and materials; the later ones of a large office have
            only more of the daily work.
        least: how much of the least it must have, less than 1 where other offices' records are in the same registers.
        staff: operators with a timesheet, `mediators` and `managers` among them.
        mediators: by the mark of the communities that they speak for.
    """

    chance: Chance
    place: Place
    scale: float
    cup: str
    plan: Plan
    part: int = 0
    least: float = 1
    diary: Diary = field(default_factory=Diary)
    bodies: dict[str, Entry] = field(default_factory=dict)
    staff: list[Entry] = field(default_factory=list)
    managers: list[Entry] = field(default_factory=list)
    social_workers: list[Entry] = field(default_factory=list)
    mediators: dict[str, list[Entry]] = field(default_factory=dict)
    trainers: list[Entry] = field(default_factory=list)
    trainees: list[Entry] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    requests: list[tuple[Family, Entry]] = field(default_factory=list)
    tax_codes: set[str] = field(default_factory=set)

    @property
    def clerk(self) -> str:
        """Who keeps the registers; she is also the first operator."""
        return user_name(*self.place.coordinator)

    def count(self, usual: float, least: int, line: str = "") -> int:
        """How many of something, `usual` being right for a scale of 1; none when its line is another partner's."""
        if not line:
            return max(least, round(usual * self.scale))
        weight = self.place.lines.get(line, 0)
        return max(ceil(least * self.least * min(weight, 1)), round(usual * self.scale * weight))

    def listed(self, rows: Sequence[Row], line: str) -> Sequence[Row]:
        """As much of a list as the office does of a line."""
        return rows[: ceil(len(rows) * min(self.place.lines.get(line, 0), 1))]

    @property
    def awkward(self) -> bool:
        """Whether it has one of each case that programs stumble over: once in a workspace is enough."""
        return self.place.mark == "RN" and not self.part

    @property
    def taken_in(self) -> list[Family]:
        return [family for family in self.families if family.taken_in]


def full_name(chance: Random, names: Names, sex: str) -> tuple[str, str]:
    """A surname and a given name."""
    return chance.choice(names.surnames), chance.choice(names.women if sex == "F" else names.men)


def user_name(surname: str, given_name: str) -> str:
    """The name with which somebody signs in: `l.damico`."""
    return f"{fold(given_name)[:1]}.{fold(surname).replace(' ', '')}"


def user_of(operator: Entry) -> str:
    """The name with which an operator signs in."""
    return user_name(operator["surname"], operator["given_name"])
