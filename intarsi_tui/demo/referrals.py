"""Referrals: most families come by one, some by a second after the first came to nothing, some get no further."""

from datetime import date, timedelta
from typing import Any

from . import words
from .chance import FIRST, LAST, working
from .plan import Entry
from .sample import Sample

CHANNELS = {"social_services": 35, "cas": 20, "sai": 20, "third_sector": 10, "school": 8, "health": 4, "self": 3}
REFERRED_BY = {
    "social_services": ["comune", "unione", "riccione"], "cas": ["approdo", "uno"], "sai": ["approdo", "melograno"],
    "third_sector": ["sentiero", "lanterna"], "school": ["ic1", "ic2", "ic4"], "health": ["ausl"],
}  # fmt: skip


def refer(sample: Sample, by: str, day: date, minors: int) -> Entry:
    """A referral that nothing has come of yet."""
    channel = sample.chance.one(CHANNELS)
    keys = REFERRED_BY.get(channel)
    body = sample.bodies[sample.chance.choice(keys)] if keys else None
    values = {"date": day, "channel": channel, "body": body, "minors": minors, "wp": "WP1", "activity": "1.1"}
    return sample.plan.add("registry.referral", by, day, values)


def take_in(sample: Sample, referral: Entry, household: Entry) -> None:
    """What the referral led to, for some over the waiting list or after a first one that came too early."""
    chance, taken_in = sample.chance, household["take_in_date"]
    listed = working(referral.added + timedelta(days=chance.randint(2, 6)))
    if listed < taken_in and chance.maybe(30):
        referral.edits.append((listed, {"outcome": "waiting", "waiting_since": listed}))
    referral.edits.append((household.added, {"outcome": "taken_in", "outcome_date": taken_in, "household": household}))
    early = referral["date"] - timedelta(days=chance.randint(80, 200))
    if early >= FIRST and chance.maybe(20):
        first = refer(sample, referral.by, early, referral["minors"])
        first.values["family"] = referral["family"]
        dismiss(sample, first, "unsuitable")
        first.edits.append((household.added, {"household": household}))


def dismiss(sample: Sample, referral: Entry, outcome: str) -> None:
    """The referral comes to nothing, some days later."""
    decided = min(working(referral.added + timedelta(days=sample.chance.randint(1, 12))), LAST)
    reason = sample.chance.choice(words.texts("referral", "reasons"))
    changes: dict[str, Any] = {"outcome": outcome, "outcome_date": decided, "reason": reason}
    referral.edits.append((decided, changes))
