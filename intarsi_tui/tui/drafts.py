"""Half-filled forms, kept until they are saved: nobody loses a word to a closed window.

They live in a plain table of the database and not in files: an encrypted workspace keeps them encrypted too, and a plain
table has no history, so undo never meets them.
"""

from dataclasses import dataclass
from typing import Any

from tinydb import where

from ..host.office import Office
from ..records import clock

TABLE = "_drafts"
# Seconds from the first key that is not kept yet: a killed program costs a few letters, and not every key a write.
REST = 0.2
LATER = 10.0  # seconds until a draft that could not be kept is tried again


@dataclass(frozen=True)
class Kept:
    """A half-filled form.

    Attributes:
        uid: the record that was edited, "" for a new one.
        values: what was typed or chosen, by field.
        moment: when it was last typed in, ISO 8601 in UTC.
        before: of a record that was edited the changed fields as they were stored, `None` when empty; it is the other
            fields' own business what they became since.
    """

    table: str
    uid: str
    values: dict[str, Any]
    moment: str
    before: dict[str, Any] | None = None


def keep(office: Office, table: str, uid: str, values: dict[str, Any], before: dict[str, Any] | None = None) -> None:
    """Keeps what was typed so far into the form of `table`."""
    doc = {
        "table": table,
        "uid": uid,
        "user": office.user,
        "values": values,
        "before": before,
        "moment": clock.now().isoformat(timespec="seconds"),
    }
    office.store.table(TABLE).upsert(doc, _this(office, table, uid))


def kept(office: Office, table: str, uid: str) -> Kept | None:
    """What this user typed into the form and has not saved."""
    doc = office.store.table(TABLE).get(_this(office, table, uid))
    return _kept(doc) if doc else None


def all_kept(office: Office) -> list[Kept]:
    """All half-filled forms of records of this user, the newest first."""
    docs = office.store.table(TABLE).search(where("user") == office.user)
    return sorted(
        (_kept(doc) for doc in docs if not doc["table"].startswith("_")), key=lambda one: one.moment, reverse=True
    )


def forget(office: Office, table: str, uid: str) -> None:
    """The form was saved, or begun afresh."""
    office.store.table(TABLE).remove(_this(office, table, uid))


def _this(office: Office, table: str, uid: str) -> Any:
    return (where("table") == table) & (where("uid") == uid) & (where("user") == office.user)


def _kept(doc: dict[str, Any]) -> Kept:
    return Kept(doc["table"], doc["uid"], doc["values"], doc["moment"], doc.get("before"))
