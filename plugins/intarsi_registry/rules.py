"""Rules that the registers of several action lines share."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from intarsi_tui import Context, Problem, Record
from intarsi_tui.records.labels import Label
from intarsi_tui.reference.holidays import local_holiday


def shown(day: date) -> str:
    """A day as it stands in a sentence."""
    return f"{day:%d/%m/%Y}"


def shown_stored(day: str) -> str:
    """A stored day as it stands in a sentence."""
    return shown(date.fromisoformat(day))


def clock_minutes(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def others(record: Record, context: Context, **equals: Any) -> list[dict[str, Any]]:
    """The other records of the same register with these stored values."""
    return [doc for doc in context.find(record.declaration.table, **equals) if doc["id"] != record.id]


def named(record: Record, doc: dict[str, Any]) -> Label:
    """How another record of the same register is called in a sentence: its number and its title."""

    def words(lang: str) -> str:
        title = record.declaration.title_of(doc, lang)
        number = doc.get("number")
        return f"{number} ({title})" if number and number not in title else title

    return Label(words("it"), words("en"))


def called(doc: Mapping[str, Any], *titles: str | None) -> str:
    """How a record of another register is called in a sentence: its number, and what makes up its title in brackets."""
    number, title = str(doc.get("number") or ""), " ".join(filter(None, titles))
    return f"{number} ({title})" if number and title else number or title


def overlapping(record: Any, context: Context) -> list[dict[str, Any]]:
    """The other records of the same register and day whose hours (`start`, `end`) run into this one's."""
    if not (record.date and record.start and record.end):
        return []
    start, end = f"{record.start:%H:%M}", f"{record.end:%H:%M}"
    same_day = context.find(record.declaration.table, date=record.date.isoformat())
    # By the hour first: of a day's appointments few are at the same time.
    return [
        doc for doc in same_day if doc.get("start", "") < end and start < doc.get("end", "") and doc["id"] != record.id
    ]


def in_project(record: Record, name: str, context: Context, *, warning: bool = False) -> Iterator[Problem]:
    """The day in field `name` lies between the project's start and the end now in force."""
    day, start, end = getattr(record, name), context.profile.start, context.profile.end
    if day and not start <= day <= end:
        yield record.problem(
            name, warning=warning, day=shown(day), start=shown(start), end=shown(end),
            it="{day} è fuori dal progetto, che va dal {start} al {end}",
            en="{day} is outside the project, which runs from {start} to {end}",
        )  # fmt: skip


def working_day(record: Record, name: str, context: Context) -> Iterator[Problem]:
    """Warns of a Sunday or a holiday of the partner's town."""
    day = getattr(record, name)
    if not day:
        return
    partner = context.profile.partners.get(record.partner)
    town = partner.town if partner else ""
    holiday = Label(local_holiday(day, town, "it") or "", local_holiday(day, town, "en") or "")
    if not holiday.it and day.weekday() == 6:
        holiday = Label("domenica", "a Sunday")
    if holiday.it:
        yield record.problem(
            name, warning=True, day=shown(day), holiday=holiday,
            it="{day} è festivo ({holiday}): controllare la data", en="{day} is a day off ({holiday}): check the date",
        )  # fmt: skip


def not_in_future(record: Record, name: str, context: Context) -> Iterator[Problem]:
    """The day in field `name` has come."""
    yield from has_come(record, name, getattr(record, name), context)


def has_come(record: Record, place: str, day: date | None, context: Context) -> Iterator[Problem]:
    """`day`, which stands in `place` (`reviews.1.date` in a row), has come."""
    if day and day > context.today:
        yield record.problem(
            place, day=shown(day), it="{day} è nel futuro: non può essere già fatto", en="{day} is in the future: it cannot be done yet",
        )  # fmt: skip


def in_order(record: Record, first: str, then: str) -> Iterator[Problem]:
    """The date in field `then` is not before the one in field `first`."""
    yield from not_before(record, then, getattr(record, then), first)


def not_before(record: Record, place: str, day: date | None, first: str) -> Iterator[Problem]:
    """`day`, which stands in `place` (`reviews.1.date` in a row), is not before the date in field `first`."""
    before = getattr(record, first)
    if before and day and day < before:
        yield record.problem(
            place, day=shown(day), label=record.declaration.by_name[first].label, before=shown(before),
            it="{day} è prima di «{label}» ({before})", en="{day} is before “{label}” ({before})",
        )  # fmt: skip


def not_after(record: Record, place: str, day: date | None, last: str) -> Iterator[Problem]:
    """`day`, which stands in `place` (`reviews.1.date` in a row), is not after the date in field `last`."""
    after = getattr(record, last)
    if after and day and day > after:
        yield record.problem(
            place, day=shown(day), label=record.declaration.by_name[last].label, after=shown(after),
            it="{day} è dopo «{label}» ({after})", en="{day} is after “{label}” ({after})",
        )  # fmt: skip


def quarter_hours(record: Record, name: str, minutes: int | None) -> Iterator[Problem]:
    """Warns of a duration that is no multiple of a quarter of an hour; it is kept as it is."""
    if minutes and minutes % 15:
        yield record.problem(
            name, warning=True, minutes=minutes,
            it="{minutes} minuti non sono un multiplo di un quarto d'ora: restano come scritti",
            en="{minutes} minutes are no multiple of a quarter of an hour: they stay as written",
        )  # fmt: skip


def booked(
    record: Record, name: str, operator: str | None, day: date | None, minutes: int, context: Context
) -> Iterator[Problem]:
    """Warns when the operator's timesheet of that month gives the project fewer minutes on `day`."""
    if not (operator and day and minutes):
        return
    worker = context.get("registry.operator", operator) or {}
    for sheet in context.find("registry.timesheet", operator=operator, month=day.replace(day=1).isoformat()):
        on_sheet = sum(row.get("minutes", 0) for row in sheet.get("days", ()) if row["day"] == day.day)
        if on_sheet < minutes:
            yield record.problem(
                name, warning=True, day=shown(day), on_sheet=on_sheet, minutes=minutes, sheet=called(sheet, worker.get("code"), f"{day:%m/%Y}"),
                it="Il foglio ore {sheet} ha {on_sheet} minuti di progetto il {day}; qui sono {minutes}",
                en="Timesheet {sheet} has {on_sheet} project minutes on {day}; here they are {minutes}",
            )  # fmt: skip
