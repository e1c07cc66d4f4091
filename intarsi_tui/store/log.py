"""The change log: one row for each change of one record, written in the transaction of the change.

Columns of `history`:

* `seq`: order in this file. `site`, `user`: where and who.
* `hlc`: hybrid logical clock, sortable as text: 13 digits of milliseconds since 1970, `-`, 4 digits of a counter, `-`,
  the site. It never falls below the last one in the file, even when the computer's clock is set back.
* `operation`: UUIDv7 of what was done in one go; `label`: what a person reads, its first word says what was done (`add`,
  `edit`, `confirm`, `sent`, `void`, `remove`, `undo`, `redo`, `import registro.csv`, `erase REASON`, `upgrade TABLE VERSION`); `undoes`: the
  operation that this one takes back, or NULL.
* `tbl`, `uid`: the register and the record.
* `patch`: JSON `{field: {"v": new value, "s": salt}}`, a field for each one that changed. A field that became empty has
  `"v": null`. `_deleted` is true in the row of a removal and null in the row that brings the record back. An erased
  value leaves `{"c": commitment}`, and the row of the erasure says that its field is empty. Old values are those of the
  record's earlier rows. `changed_by` and `changed_at` are left out: they are the `user` and the moment of the record's
  last row.
* `hash`: SHA-256 of `prev`, as ASCII, followed by the canonical JSON of `[hlc, site, user, operation, label, undoes, tbl,
  uid, {field: commitment}]`; in hexadecimal. `prev`: the `hash` of the same site's row before, "" in its first.

A commitment is the SHA-256, in hexadecimal, of the salt's 16 bytes (in `s` as hexadecimal) followed by the canonical JSON
of the value: a value and its salt can be erased and the chain still verifies. Canonical JSON: sorted keys, no spaces,
not escaped to ASCII, UTF-8, floats as Python's repr writes them.
"""

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any

from ..records import clock, ids
from .connection import Connection
from .values import bindable, canonical, canonical_text, json_text

Patch = dict[str, dict[str, Any]]

DELETED = "_deleted"
ERASE = "erase"
UPGRADE = "upgrade"
LEFT_OUT = frozenset(("changed_by", "changed_at"))


def did(label: str) -> str:
    """The first word of an operation's label."""
    return label.partition(" ")[0]


def patch_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> Patch:
    """What turns `old` into `new`, with a salt for each field."""
    whole = {**old, **new} if old else new
    names = [name for name in whole if name not in LEFT_OUT and old.get(name) != new.get(name)]
    salts = os.urandom(16 * len(names)).hex()
    return {name: {"v": new.get(name), "s": salts[32 * i : 32 * i + 32]} for i, name in enumerate(names)}


def commitment(entry: Mapping[str, Any]) -> str:
    """The commitment to one field of a patch."""
    if "c" in entry:
        return str(entry["c"])
    return hashlib.sha256(bytes.fromhex(entry["s"]) + canonical(entry["v"])).hexdigest()


def row_hash(prev: str, fields: list[Any], patch: Patch) -> str:
    """The hash of a row; `fields` are its columns from `hlc` to `uid` in the order of the module's description."""
    return _chained(prev, fields, {name: commitment(entry) for name, entry in patch.items()})


def _chained(prev: str, fields: list[Any], commitments: dict[str, str]) -> str:
    return hashlib.sha256(prev.encode() + canonical([*fields, commitments])).hexdigest()


def _written(patch: Patch) -> tuple[str, dict[str, str]]:
    """The JSON of a new patch and its commitments, from one text of each value: in three passes it took twice as long."""
    entries, commitments = [], {}
    for name, entry in patch.items():
        value, salt = entry["v"], entry["s"]
        text = canonical_text(value)
        commitments[name] = hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()
        kept = json_text(value) if "{" in text else text  # an object: its keys in their own order
        entries.append(f'{encode_basestring(name)}:{{"v":{kept},"s":"{salt}"}}')
    return "{" + ",".join(entries) + "}", commitments


def next_hlc(last: str | None, now: datetime, site: str) -> str:
    """The clock's next reading after `last`."""
    wall, count = round(now.timestamp() * 1000), 0
    if last:
        last_wall, last_count = int(last[:13]), int(last[14:18])
        if wall <= last_wall:
            wall, count = last_wall, last_count + 1
            if count > 9999:
                wall, count = wall + 1, 0
    return f"{wall:013d}-{count:04d}-{site}"


def reading_at(moment: datetime) -> str:
    """What all readings before `moment` are below, and those from it on are not."""
    return f"{max(0, round(moment.timestamp() * 1000)):013d}"


def moment_of(hlc: str) -> str:
    """The moment of a clock reading: ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(int(hlc[:13]) // 1000, UTC).isoformat()


class Operation:
    """What is done in one go, and undone in one step.

    Attributes:
        id: UUIDv7.
        user: who does it.
        label: what a person reads in the history.
        undoes: id of the operation that this one takes back, `None` for ordinary ones.
    """

    def __init__(self, connection: Connection, site: str, user: str, label: str, undoes: str | None = None) -> None:
        self.id = ids.uuid7()
        self.label, self.undoes = bindable(label), undoes  # a file name may hold half a character
        self.user = user
        # Registers whose SQL tables were looked at in this transaction; after it another process may drop them.
        self.ready: set[str] = set()
        self._connection, self._site = connection, site
        self._last: tuple[str | None, str] | None = None

    def write(self, table: str, uid: str, patch: Patch) -> str:
        """Adds the row of one change, and returns its moment."""
        last, prev = self._last or self._read_last()
        hlc = next_hlc(last, clock.now(), self._site)
        fields = [hlc, self._site, self.user, self.id, self.label, self.undoes, table, uid]
        text, commitments = _written(patch)
        chained = _chained(prev, fields, commitments)
        self._connection.rows(
            "INSERT INTO history(hlc, site, user, operation, label, undoes, tbl, uid, patch, prev, hash)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*fields, text, prev, chained],
        )
        self._last = hlc, chained
        return moment_of(hlc)

    def forget(self) -> None:
        """Reads the end of the log again, after a part of the operation was rolled back."""
        self._last = None
        self.ready.clear()

    def _read_last(self) -> tuple[str | None, str]:
        ((last, prev),) = self._connection.rows(
            "SELECT (SELECT max(hlc) FROM history),"
            " (SELECT hash FROM history WHERE site = ? ORDER BY seq DESC LIMIT 1)",
            (self._site,),
        )
        return last, prev or ""
