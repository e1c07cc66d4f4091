"""Cots: an infant in one takes no place until the birthday from which it needs a bed (`domain.md` §6.6)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from intarsi_registry.eligibility import age_on
from intarsi_tui import Context

COT_AGE = 3  # years: until then a child sleeps in a cot; no source binds anybody to it

# The date of birth of a person, as it is stored.
Born = Callable[[str], str | None]


def born_in(context: Context) -> Born:
    """The dates of birth of the registry as they are now: one that was corrected counts from then on."""
    return lambda uid: (context.get("registry.person", uid) or {}).get("birth_date")


def infants(placement: Mapping[str, Any], born: Born) -> tuple[list[date], int]:
    """Who may sleep in a cot: the dates of birth of those too young for a bed at the entry, and how many have none."""
    entered = date.fromisoformat(placement["entered_on"])
    known = [born(uid) for uid in placement.get("persons", ())]
    births = [date.fromisoformat(day) for day in known if day]
    return [day for day in births if age_on(entered, day) < COT_AGE], known.count(None)


def bed_needed(placement: Mapping[str, Any], born: Born) -> list[date]:
    """The days from which those in cots need a bed; who is in them is not written down, so the youngest are.

    Somebody without a date of birth stays in the cot: nobody can say until when.
    """
    cots = placement.get("infants_in_cots", 0)
    if not cots:
        return []
    births, _unknown = infants(placement, born)
    return [_birthday(day) for day in sorted(births, reverse=True)[:cots]]


def _birthday(born: date) -> date:
    # As ages are counted everywhere: on 1 March where the year has no 29 February.
    day = (born.month, born.day) if (born.month, born.day) != (2, 29) else (3, 1)
    return date(born.year + COT_AGE, *day)
