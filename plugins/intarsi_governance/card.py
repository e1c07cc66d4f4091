"""The card of governance on the home screen: networks that have not met for long."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from intarsi_tui import Card, CardLine

if TYPE_CHECKING:
    from intarsi_tui import Office

SILENT = 90  # days; no source binds anybody to it


def silent_networks(office: "Office") -> Iterator[CardLine]:
    """Active networks whose last meeting was long ago and that have planned none."""
    today = office.today.isoformat()
    found = []
    for network in office.find("governance.network"):
        if network.get("activation") not in ("active", "consolidated"):
            continue
        days = [one["date"] for one in office.find("governance.meeting", network=network["id"])]
        last = max((day for day in days if day <= today), default="")
        if last and not any(day > today for day in days):
            found.append(((office.today - date.fromisoformat(last)).days, network))
    for silent, network in sorted(found, key=lambda one: -one[0]):
        if silent > SILENT:
            words = f"nessun incontro da {silent} giorni" if office.lang == "it" else f"no meeting for {silent} days"
            yield CardLine(f"{network['name']}: {words}", table="governance.network", uid=network["id"])


SILENT_NETWORKS = Card("silent", it="Tavoli fermi", en="Networks at rest", lines=silent_networks)
