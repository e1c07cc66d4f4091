"""Rules of governance: who belonged to a network on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from intarsi_tui import Context


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
