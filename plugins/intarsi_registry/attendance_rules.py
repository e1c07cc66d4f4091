"""Rules of attendance, the same for sessions, meetings and events: hours that the clock shows, rows that can be true."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from intarsi_tui import Context, Label, Problem, Record

from .attendance import STATUSES, ZONE, Attended, Span, steady, there


def possible_hours(record: Record, name: str, day: date | None, moment: time | None) -> Iterator[Problem]:
    """The clock shows that time on that day: it leaves out an hour at the end of March."""
    if not (day and moment) or steady(day):
        return
    if datetime.combine(day, moment, ZONE).astimezone(UTC).astimezone(ZONE).time() != moment:
        yield record.problem(
            name, time=f"{moment:%H:%M}", day=f"{day:%d/%m/%Y}",
            it="Il {day} alle {time} l'orologio non c'è: passa dalle 2 alle 3", en="On {day} there is no {time}: the clock goes from 2 to 3",
        )  # fmt: skip


def in_sequence(record: Record, start: time | None, end: time | None) -> Iterator[Problem]:
    """A session, meeting or event ends after it starts."""
    if not (start and end) or start < end:
        return
    if start == end:
        yield record.problem(
            "end", it="Comincia e finisce alla stessa ora: correggere una delle due", en="Starts and ends at the same time: correct one of the two",
        )  # fmt: skip
    else:
        yield record.problem(
            "end", it="Finisce prima di cominciare: correggere una delle due ore", en="Ends before it starts: correct one of the times",
        )  # fmt: skip


def await_day(rows: Iterable[Any], day: date, today: date) -> None:
    """Who is listed before the day, without a status, is expected: only afterwards would they be taken for present."""
    for row in rows if day > today else ():
        if "status" not in row.model_fields_set:
            row.status = "expected"


def judged(
    record: Record,
    place: str,
    row: Attended,
    day: date,
    span: Span | None,
    context: Context,
    *,
    came: str = "arrived",
    went: str = "left",
) -> Iterator[Problem]:
    """A row of attendance against itself, the day and the hours, in the same way in every register.

    Parameters:
        place: of the row, such as `attendance.2`.
        span: the hours; `None` while they are not known, or when nothing took place.
        came, went: the columns that hold its arrival and its departure.
    """
    first, last = getattr(row, came), getattr(row, went)
    if first or last or row.status == "partial":
        yield from _possible(record, place, row, came, went)
    if there(row.status):
        if day > context.today:
            yield from not_before_the_day(record, f"{place}.status", day, context.today)
        if span and span.start < span.end and (first or last or row.arrived or row.left):
            yield from _within(record, place, row, span, first, last)
    elif row.status == "expected" and span and day < context.today:
        yield record.problem(
            f"{place}.status", warning=True, it="Era atteso: segnare se è venuto", en="They were expected: say whether they came"
        )  # fmt: skip


def was_it_held(record: Any, present: bool, context: Context) -> Iterator[Problem]:
    """Warns of a day that has passed and is planned still although somebody was there."""
    if record.status == "planned" and present and record.date < context.today:
        yield record.problem(
            "status", warning=True, it="È passato, è ancora in programma e ci sono presenti: è stato svolto? Cambiare lo svolgimento, o le presenze",
            en="It is past, still planned, and people were present: was it held? Change the status, or the attendance",
        )  # fmt: skip


def not_before_the_day(record: Record, place: str, day: date, today: date) -> Iterator[Problem]:
    """Presence and votes, which stand in `place`, are entered when the day has come."""
    if day > today:
        yield record.problem(
            place, day=f"{day:%d/%m/%Y}", status=Label(*STATUSES["expected"]),
            it="Presenze e voti si scrivono non prima del giorno, che è il {day}; chi deve venire è «{status}»",
            en="Attendance and votes are not entered before the day, which is {day}; who is to come is “{status}”",
        )  # fmt: skip


def _within(
    record: Record, place: str, row: Attended, span: Span, came: time | None, went: time | None
) -> Iterator[Problem]:
    """Somebody who was there was so between start and end; what lies outside is not counted, and nothing at all is no presence."""
    known = {"start": f"{span.start:%H:%M}", "end": f"{span.end:%H:%M}"}
    if (came and came >= span.end) or (went and went <= span.start):
        yield record.problem(
            f"{place}.status", warning=record.state == "draft", **known,
            it="Nessun minuto tra le {start} e le {end}: non è una presenza. Correggere gli orari, o segnare l'assenza",
            en="Not a minute between {start} and {end}: that is no presence. Correct the times, or mark them absent",
        )  # fmt: skip
    # A connection that is open before the hour is as it should be; on paper it is more often a slip of the pen.
    elif (row.arrived and row.arrived < span.start) or (row.left and row.left > span.end):
        yield record.problem(
            f"{place}.{'arrived' if row.arrived and row.arrived < span.start else 'left'}", warning=True, **known,
            it="Fuori dall'orario, dalle {start} alle {end}: quei minuti non si contano", en="Outside the hours, from {start} to {end}: those minutes are not counted",
        )  # fmt: skip


def _possible(record: Record, place: str, row: Attended, came: str, went: str) -> Iterator[Problem]:
    """Times belong to somebody who was there, the departure is after the arrival, and in part needs to be known how much."""
    first, last = getattr(row, came), getattr(row, went)
    if not there(row.status) and (first or last):
        yield record.problem(
            f"{place}.status", status=Label(*STATUSES[row.status]), it="Ha un orario, ma è «{status}»: segnare la presenza, o togliere l'orario",
            en="There is a time, but they are “{status}”: mark them present, or take the time out",
        )  # fmt: skip
    if first and last and last <= first:
        same = last == first
        yield record.problem(
            f"{place}.{went}", time=f"{first:%H:%M}",
            it="Entrata e uscita alle {time}: correggere una delle due" if same else "Uscita prima dell'entrata, che è alle {time}",
            en="Arrival and departure at {time}: correct one of the two" if same else "Left before arriving, which was at {time}",
        )  # fmt: skip
    if row.status == "partial" and not (first or last) and getattr(row, "partial_minutes", None) is None:
        yield record.problem(
            f"{place}.{'partial_minutes' if hasattr(row, 'partial_minutes') else came}",
            it="Presente in parte: per quanto?", en="Present in part: for how long?",
        )  # fmt: skip
