"""The one clock. `INTARSI_NOW` fixes it, so that a demo, a test and a screenshot show the same day everywhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` (with a time zone): sample data is written as it would have been on its own days."""
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)


def now() -> datetime:
    """The current moment, in UTC (or the fixed one of `INTARSI_NOW`, an ISO moment)."""
    if moment := _moment.get():
        return moment
    fixed = os.environ.get("INTARSI_NOW")
    if fixed:
        moment = datetime.fromisoformat(fixed)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.now(UTC)


def today() -> date:
    """Today where the office is (the system's time zone)."""
    if moment := _moment.get():
        return moment.date()
    fixed = os.environ.get("INTARSI_NOW")
    return date.fromisoformat(fixed[:10]) if fixed else datetime.now().date()
