"""What the parts of the sample share while it is being made."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from ..reference.tables import fold
from .chance import Chance
from .diary import Diary
from .plan import Entry, Plan
from .words import Community, Names

# Who keeps the registers; she is also the first operator.
CLERK = "g.bianchi"


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
    """One run of the generator.

    Attributes:
        scale: 1 for the usual size of 1,500 records.
        staff: operators with a timesheet, `mediators` and `managers` among them.
        mediators: by the mark of the communities that they speak for.
    """

    chance: Chance
    scale: float
    cup: str
    plan: Plan = field(default_factory=Plan)
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

    def count(self, usual: int, least: int) -> int:
        """How many of something, `usual` being right for the usual size."""
        return max(least, round(usual * self.scale))

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
