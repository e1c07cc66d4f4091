"""Rules of governance: what has happened is not in the future, and who belonged to a network on a day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from intarsi_registry.rules import shown
from intarsi_tui import Context, Problem, Record


def not_in_future(record: Record, name: str, context: Context) -> Iterator[Problem]:
    """The day in field `name` has come."""
    day = getattr(record, name)
    if day and day > context.today:
        yield record.problem(
            name, day=shown(day), it="{day} è nel futuro: non può essere già fatto", en="{day} is in the future: it cannot be done yet",
        )  # fmt: skip


def belongs(body: str, network: Mapping[str, Any], day: date) -> bool:
    """Whether the body was in the network's list of members on `day`; a row without dates holds for every day."""
    on = day.isoformat()
    return any(
        row["body"] == body and row.get("joined_on", on) <= on <= row.get("left_on", on)
        for row in network.get("members", ())
    )


def name_of(body: str, context: Context) -> str:
    """The name of a body."""
    return str((context.get("registry.body", body) or {}).get("name", body[:8]))
