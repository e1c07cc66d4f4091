"""What a declaration says of its dates: which records are appointments, and which days somebody must not miss."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .labels import Label

# Days before a deadline on which notice of it is given, once each.
LEADS = (90, 60, 30, 7)


@dataclass(frozen=True)
class Calendar:
    """How the records of a register are appointments. Each is on the record's date.

    Parameters:
        start, end: its times; without a start it takes the whole day.
        until: its last day, of one that takes several whole days.
        place: fields that say where, the first filled one.
        who: links to those who look after it, and who are to be there.
        status: a choice that says how far it has come.
        cancelled: values of `status` that call it off.
        called: fields that say which one it is when its title is nothing but day and time.
        details: further fields that an invitation tells, rows by what a lead may see of them.
    """

    start: str = ""
    end: str = ""
    until: str = ""
    place: Sequence[str] = ()
    who: Sequence[str] = ()
    status: str = ""
    cancelled: Sequence[str] = ("cancelled",)
    details: Sequence[str] = ()
    called: Sequence[str] = ()

    @property
    def names(self) -> list[str]:
        """Every field that it names."""
        return [
            *filter(None, (self.start, self.end, self.until, self.status)),
            *self.place, *self.who, *self.details, *self.called,
        ]  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Deadline:
    """Something that has to be done by the day in a date field, or so many months and days after it.

    Parameters:
        it, en: what has to be done.
        owner: fields that name who does it, the first filled one; a row's own fields come before those of its record.
        closed: what ends it: a field with the values that do, or with none when it is enough that it is filled;
            `household.closed_on` is a field of the record that a link of this one leads to.
        open: values that a field must have for there to be anything to do.
        months, days: how long after the field's date.
        leads: days before it on which notice is given, once each.
        newest: of several rows only the latest date counts: a permit that was followed by another one needs no renewal. None
            does when the last row has an unknown date: its receipt was handed out.
    """

    it: str
    en: str
    owner: Sequence[str] = ()
    closed: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    open: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    months: int = 0
    days: int = 0
    leads: Sequence[int] = LEADS
    newest: bool = False

    @property
    def label(self) -> Label:
        return Label(self.it, self.en)

    @property
    def names(self) -> list[str]:
        """Every field that it names."""
        return [*self.owner, *self.closed, *self.open]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Deadline":
        return cls(**data)
