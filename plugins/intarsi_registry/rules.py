"""Rules that the registers of several action lines share."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, time
from operator import eq
from typing import Any

from intarsi_tui import Context, Label, Problem, Record
from intarsi_tui.reference.holidays import local_holiday


def shown(day: date) -> str:
    """A day as it stands in a sentence."""
    return f"{day:%d/%m/%Y}"


def shown_stored(day: str) -> str:
    """A stored day as it stands in a sentence."""
    return shown(date.fromisoformat(day))


def hour(moment: time) -> str:
    """A time as records keep it: `09:30`."""
    return moment.isoformat("minutes")


def others(record: Record, context: Context, **equals: Any) -> list[dict[str, Any]]:
    """The other records of the same register with these values."""
    return [doc for doc in context.find(record.declaration.table, **equals) if doc["id"] != record.id]


def as_stored(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """What these fields of the record are stored as; empty ones are left out."""
    values, fields = vars(record), record.declaration.by_name
    return {name: fields[name].kind.store(value) for name in names if (value := values.get(name)) is not None}


def unchanged(record: Record, doc: Mapping[str, Any], names: Collection[str], context: Context) -> bool:
    """Whether these fields, which the record has as in `doc`, are stored so: then what holds of all records as they are stored holds."""
    before = context.get(record.declaration.table, record.id)
    return before is not None and all(map(eq, map(before.get, names), map(doc.get, names)))


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
    name_it = local_holiday(day, town, "it")
    if name_it or day.weekday() == 6:
        holiday = Label(name_it, local_holiday(day, town, "en") or "") if name_it else Label("domenica", "a Sunday")
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
    month = day.replace(day=1).isoformat()
    sheets = context.shared(
        ("timesheets", month), lambda: _by_operator(context.find("registry.timesheet", month=month))
    )
    if sheets is None:
        sheets = _by_operator(context.find("registry.timesheet", operator=operator, month=month))
    for number, worked in sheets.get(operator, ()):
        if (on_sheet := worked.get(day.day, 0)) < minutes:
            code = (context.get("registry.operator", operator) or {}).get("code")
            yield record.problem(
                name, warning=True, day=shown(day), on_sheet=on_sheet, minutes=minutes,
                sheet=called({"number": number}, code, f"{day:%m/%Y}"),
                it="Il foglio ore {sheet} ha {on_sheet} minuti di progetto il {day}; qui sono {minutes}",
                en="Timesheet {sheet} has {on_sheet} project minutes on {day}; here they are {minutes}",
            )  # fmt: skip


def _by_operator(sheets: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[str | None, dict[int, int]]]]:
    """Of timesheets, by operator, the number and the project minutes of each day."""
    found: dict[str, list[tuple[str | None, dict[int, int]]]] = {}
    for sheet in sheets:
        worked: dict[int, int] = {}
        for row in sheet.get("days", ()):
            worked[row.get("day", 0)] = worked.get(row.get("day", 0), 0) + row.get("minutes", 0)
        found.setdefault(sheet.get("operator", ""), []).append((sheet.get("number"), worked))
    return found
