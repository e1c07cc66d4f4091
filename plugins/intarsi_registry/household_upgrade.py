"""Files of version 1 held their referral and one score for each area of need; both have records or rows of their own since."""

from collections.abc import Callable
from typing import Any

from .choices import AREAS

REFERRAL = {
    "channel": "referral_channel",
    "body": "referral_body",
    "outcome": "referral_outcome",
    "reason": "referral_reason",
}
NOT_KNOWN = "Passata dal fascicolo del nucleo, dove la data della segnalazione mancava."


def from_version_1(old: dict[str, Any], add: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
    """The file with its scores as the first assessment; its referral becomes a draft, since dates of it may be missing."""
    new = dict(old)
    referred_on = new.pop("referral_date", None)
    referral = {name: new.pop(before, None) for name, before in REFERRAL.items()}
    day = referred_on or new.get("take_in_date") or new["created_at"][:10]
    # An empty form had the outcome "pending" too, and says nothing by it.
    if referred_on or any(value for value in referral.values() if value != "pending"):
        if referral["outcome"] == "taken_in":
            referral["outcome_date"] = new.get("take_in_date")
        if not referred_on:
            referral["internal_notes"] = NOT_KNOWN
        if new["state"] == "void":
            referral |= {"state": "void", "void_reason": new.get("void_reason")}
        same = {name: new.get(name) for name in ("wp", "activity")}
        add("registry.referral", {"date": day, "household": new["id"], **same, **referral})
    scores = {area: new.pop(f"need_{area}", None) for area in AREAS}
    if any(score is not None for score in scores.values()):
        first = {"date": new.get("take_in_date") or day, **scores}
        new["assessments"] = [{name: value for name, value in first.items() if value is not None}]
        new["last_assessed"] = first["date"]
    return new
