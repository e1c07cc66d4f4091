"""Half-filled forms, kept until they are saved: nobody loses a word to a closed window.

They live in a plain table of the database and not in files: an encrypted workspace keeps them encrypted too, and a plain
table has no history, so undo never meets them.
"""

from collections.abc import Sequence
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
        window: in which run of the app it was typed, "" for what all of them share.
        made: register and UUID of the records that were added out of the form.
    """

    table: str
    uid: str
    values: dict[str, Any]
    moment: str
    before: dict[str, Any] | None = None
    window: str = ""
    made: tuple[tuple[str, str], ...] = ()


def keep(
    office: Office, table: str, uid: str, values: dict[str, Any], before: dict[str, Any] | None = None,
    made: Sequence[tuple[str, str]] = (),
) -> None:  # fmt: skip
    """Keeps what was typed so far into the form of `table`; what this person types into it in another window stays."""
    window = _window(office, table)
    if window:
        office.window.hold()
    doc = {
        "table": table,
        "uid": uid,
        "user": office.user,
        "values": values,
        "before": before,
        "moment": clock.now().isoformat(timespec="seconds"),
        "window": window,
        "made": list(made),
    }
    office.store.table(TABLE).upsert(doc, _this(office, table, uid) & _in(window))


def kept(office: Office, table: str, uid: str) -> Kept | None:
    """What this user typed into the form and has not saved: in this window, else in one that is gone."""
    window = _window(office, table)
    found = _newest(office, _this(office, table, uid))
    own = [one for one in found if one.window == window]
    return next((one for one in own or found if not office.window.runs(one.window)), None)


def kept_elsewhere(office: Office, table: str, uid: str) -> Kept | None:
    """What this user is typing into the form in another window that is still there."""
    return next((one for one in _newest(office, _this(office, table, uid)) if office.window.runs(one.window)), None)


def adopt(office: Office, one: Kept) -> None:
    """What was typed in a window that is gone belongs to this one from now on."""
    window = _window(office, one.table)
    if one.window != window:
        office.window.hold()
        office.store.table(TABLE).update({"window": window}, _this(office, one.table, one.uid) & _in(one.window))


def all_kept(office: Office) -> list[Kept]:
    """All half-filled forms of records of this user, whatever window they are of, the newest first."""
    return [one for one in _newest(office, where("user") == office.user) if not one.table.startswith("_")]


def resumable(office: Office) -> list[Kept]:
    """Those that can be gone on with here: of this window, and of others that are gone."""
    return [one for one in all_kept(office) if not office.window.runs(one.window)]


def forget(office: Office, table: str, uid: str) -> None:
    """The form was saved, or begun afresh."""
    office.store.table(TABLE).remove(_this(office, table, uid) & _in(_window(office, table)))


def _window(office: Office, table: str) -> str:
    """Settings and imports are one for all windows: they are about one thing, and not about what somebody types."""
    return "" if table.startswith("_") else office.window.id


def _newest(office: Office, query: Any) -> list[Kept]:
    docs = office.store.table(TABLE).search(query)
    return sorted(map(_kept, docs), key=lambda one: one.moment, reverse=True)


def _this(office: Office, table: str, uid: str) -> Any:
    return (where("table") == table) & (where("uid") == uid) & (where("user") == office.user)


def _in(window: str) -> Any:
    # What an older version of the program kept says nothing of windows.
    return where("window") == window if window else ~(where("window").exists() & (where("window") != ""))


def _kept(doc: dict[str, Any]) -> Kept:
    made = tuple((table, uid) for table, uid in doc.get("made", ()))
    return Kept(doc["table"], doc["uid"], doc["values"], doc["moment"], doc.get("before"), doc.get("window", ""), made)
