"""Rules of mediation: school years, and who counts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from intarsi_registry.rules import as_stored, named, others, shown, unchanged
from intarsi_tui import Context, Label, Problem, Record, show_minutes

if TYPE_CHECKING:
    from .intervention import Intervention

# The mediator was there: the hours are worked, whoever came.
WORKED = ("delivered", "no_show")


def counts(uid: str, day: str, context: Context) -> bool:
    """Whether the indicators count what was done for this person on the ISO `day` (`domain.md` §4.4).

    Somebody who is not eligible, or Italian by then, is helped but not counted; before the take-in nothing is known yet.
    """
    person = context.get("registry.person", uid) or {}
    return person.get("counted") is not False and day < person.get("italian_since", "9999")


def weekly_ceiling(record: "Intervention", context: Context) -> Iterator[Problem]:
    """The mediator's week, Monday to Sunday, stays under its ceiling, or a reason is written down.

    The ceiling is the operator's own, else the office's (`mediator_weekly_hours`); without either there is none.
    """
    operator = context.get("registry.operator", record.operator or "") or {}
    hours = context.profile.settings.get("mediator_weekly_hours")
    ceiling = operator.get("weekly_minutes") or (round(hours * 60) if hours else 0)
    if not (ceiling and record.minutes):
        return
    monday = record.date - timedelta(days=record.date.weekday())
    week = [
        doc for days in range(7) for doc in others(record, context, date=(monday + timedelta(days=days)).isoformat())
    ]
    booked = [doc for doc in week if doc.get("operator") == record.operator and doc.get("status") != "cancelled"]
    names = ("date", "minutes", "operator", "status")
    if unchanged(record, as_stored(record, names), names, context):
        # What was lawful when it was entered stays so: a later one exceeds the ceiling, and is told.
        booked = [doc for doc in booked if doc["id"] < record.id]
    total = record.minutes + sum(doc.get("minutes", 0) for doc in booked)
    if total > ceiling:
        yield record.problem(
            "ceiling_reason", warning=bool(record.ceiling_reason), day=shown(monday), total=show_minutes(total), ceiling=show_minutes(ceiling),
            others=_with([named(record, doc) for doc in booked]),
            advice=Label("", "") if record.ceiling_reason else Label(": spostare, o scrivere il motivo", ": move it, or give the reason"),
            it="Nella settimana del {day} il mediatore arriva a {total} ore su {ceiling}{others}{advice}",
            en="In the week of {day} the mediator comes to {total} hours of {ceiling}{others}{advice}",
        )  # fmt: skip


def _with(names: list[Label]) -> Label:
    """` (with …)`, at most three of them; nothing when there are none."""
    if not names:
        return Label("", "")
    more = ", …" if len(names) > 3 else ""
    it, en = (", ".join(name(lang) for name in names[:3]) for lang in ("it", "en"))
    return Label(f" (con {it}{more})", f" (with {en}{more})")


def school_year_of(day: date) -> str:
    """The school year that `day` lies in, September to August: `2020/21`."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"


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
