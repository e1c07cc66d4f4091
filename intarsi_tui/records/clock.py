"""The one clock. `INTARSI_NOW` fixes it, so that a demo, a test and a screenshot show the same day everywhere."""

import os
from datetime import UTC, date, datetime


def now() -> datetime:
    """The current moment, in UTC (or the fixed one of `INTARSI_NOW`, an ISO moment)."""
    fixed = os.environ.get("INTARSI_NOW")
    if fixed:
        moment = datetime.fromisoformat(fixed)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.now(UTC)


def today() -> date:
    """Today where the office is (the system's time zone)."""
    fixed = os.environ.get("INTARSI_NOW")
    return date.fromisoformat(fixed[:10]) if fixed else datetime.now().date()
