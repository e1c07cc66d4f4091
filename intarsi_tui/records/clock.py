"""The one clock. A demo lives on a day of its own, and `INTARSI_NOW` fixes the moment for tests and screenshots."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)
_day: date | None = None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` (with a time zone): sample data is written as it would have been on its own days."""
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)


@contextmanager
def on(day: date | None) -> Iterator[None]:
    """Inside, in every thread, today is `day` and the hours pass as usual; `None` leaves the clock alone."""
    global _day
    before, _day = _day, day or _day
    try:
        yield
    finally:
        _day = before


def now() -> datetime:
    """The current moment, in UTC."""
    if moment := _moment.get():
        return moment
    if fixed := os.environ.get("INTARSI_NOW"):
        moment = datetime.fromisoformat(fixed)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    current = datetime.now(UTC)
    return datetime.combine(_day, current.timetz()) if _day else current


def months_after(day: date, months: int) -> date:
    """`day` some calendar months later, kept inside the month: 31 August and 18 months are the end of February."""
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def today() -> date:
    """Today where the office is (the system's time zone)."""
    if moment := _moment.get():
        return moment.date()
    if fixed := os.environ.get("INTARSI_NOW"):
        return date.fromisoformat(fixed[:10])
    return _day or datetime.now().date()
