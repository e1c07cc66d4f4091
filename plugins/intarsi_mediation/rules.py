"""Rules of mediation: school years, and who counts."""

import re
from collections.abc import Iterator
from datetime import date

from intarsi_tui import Context, Problem, Record

_YEAR = re.compile(r"(\d{4})/(\d{2})")


def counts(uid: str, day: date, context: Context) -> bool:
    """Whether the indicators count what was done for this person on `day` (`domain.md` §4.4).

    Somebody who is not eligible, or Italian by then, is helped but not counted; before the take-in nothing is known yet.
    """
    person = context.get("registry.person", uid) or {}
    return person.get("counted") is not False and day.isoformat() < person.get("italian_since", "9999")


def school_year_of(day: date) -> str:
    """The school year that `day` lies in, September to August: `2020/21`."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"


def school_year(record: Record, name: str) -> Iterator[Problem]:
    """A school year is two years that follow each other."""
    typed = getattr(record, name)
    found = _YEAR.fullmatch(typed or "")
    if typed and not (found and (int(found[1]) + 1) % 100 == int(found[2])):
        yield record.problem(
            name, it="Scrivere l'anno scolastico così: 2020/21", en="Write the school year like this: 2020/21"
        )


def a_school(record: Record, name: str, context: Context) -> Iterator[Problem]:
    """Warns when the body in field `name` is not recorded as a school."""
    uid = getattr(record, name)
    body = context.get("registry.body", uid) if uid else None
    if body and body.get("nature") != "school":
        yield record.problem(
            name, warning=True, body=body.get("name", ""), it="{body} non è registrata come scuola", en="{body} is not recorded as a school",
        )  # fmt: skip


def a_pupil(record: Record, name: str, day: date, context: Context) -> Iterator[Problem]:
    """Warns when the person in field `name` is of age on `day`."""
    uid = getattr(record, name)
    person = context.get("registry.person", uid) if uid else None
    born = date.fromisoformat(person["birth_date"]) if person and person.get("birth_date") else None
    if person and born and (born.year + 18, born.month, born.day) <= (day.year, day.month, day.day):
        yield record.problem(
            name, warning=True, person=person.get("pseudonym", ""), it="{person} è maggiorenne: è la persona giusta?",
            en="{person} is of age: is it the right person?",
        )  # fmt: skip
