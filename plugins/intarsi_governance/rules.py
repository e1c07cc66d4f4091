"""Rules of governance: who belonged to a network on a day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from intarsi_tui import Context


def belongs(body: str, network: Mapping[str, Any], day: date) -> bool:
    """Whether the body was in the network's list of members on `day`; a row without dates holds for every day."""
    return any(row["body"] == body for row in members_on(network, day.isoformat()))


def members_on(network: Mapping[str, Any], on: str) -> Iterator[Mapping[str, Any]]:
    """The rows of the list of members that hold on a day."""
    for row in network.get("members", ()):
        if row.get("joined_on", on) <= on <= row.get("left_on", on):
            yield row


def expected(context: Context, meeting: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Who is expected at a meeting: the contact person of each body in the network on its day."""
    network = context.get("governance.network", meeting["network"]) or {}
    for row in members_on(network, meeting["date"]):
        yield {"body": row["body"], "person": row.get("contact", "")}


def name_of(body: str, context: Context) -> str:
    """The name of a body."""
    return str((context.get("registry.body", body) or {}).get("name", body[:8]))
