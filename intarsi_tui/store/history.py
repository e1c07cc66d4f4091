"""Reading the change log: who changed what and when, and whether the chain holds."""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

import json
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby
from typing import Any, NamedTuple

from ..records import clock
from ..records.labels import Label
from . import log
from .connection import Connection
from .errors import StoreError
from .findings import Finding
from .values import at_most

# The first word of an operation's label is ours, the rest (a file's name) is data.
DONE = {
    "add": Label("aggiunto", "added"), "edit": Label("modificato", "edited"), "confirm": Label("confermato", "confirmed"),
    "add-confirm": Label("aggiunto e confermato", "added and confirmed"), "edit-confirm": Label("modificato e confermato", "edited and confirmed"),
    "sent": Label("trasmesso", "sent"), "void": Label("annullato", "voided"), "remove": Label("tolto", "removed"),
    "undo": Label("disfatto", "undone"), "redo": Label("rifatto", "redone"), "import": Label("importato", "imported"),
    "merge": Label("unito", "merged"), "erase": Label("cancellati i dati", "data erased"), "upgrade": Label("aggiornata la struttura", "structure upgraded"),
}  # fmt: skip
# What a row's hash is over, besides the patch.
COLUMNS = ("hlc", "site", "user", "operation", "label", "undoes", "tbl", "uid")


@dataclass(frozen=True)
class Change:
    """One change of one record.

    Attributes:
        moment: ISO 8601 in UTC.
        operation: what was done together has one operation.
        undoes: the operation that was taken back, or `None`.
        fields: name → (old value, new value); `_deleted` when the record was removed or brought back. An erased value
            is `None`.
    """

    seq: int
    moment: str
    user: str
    site: str
    operation: str
    label: str
    undoes: str | None
    table: str
    uid: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Done:
    """What somebody did in one go.

    Attributes:
        operation: its id, UUIDv7.
        moment: when it ended, ISO 8601 in UTC.
        undoes: id of the operation that it took back, or `None`.
        records: how many records it changed.
        undone: whether it was taken back itself, and is not in force any more.
    """

    operation: str
    moment: str
    user: str
    site: str
    label: str
    undoes: str | None
    records: int
    undone: bool


def operations(connection: Connection) -> Generator[Done, None, None]:
    """All operations, newest first; the caller writes nothing before the end."""
    taken_back: set[str | None] = set()
    rows = connection.stream("SELECT operation, undoes, label, user, site, hlc, uid FROM history ORDER BY seq DESC")
    for (operation, undoes, label, user, site), group in groupby(rows, key=lambda row: row[:5]):
        moments, uids = zip(*(row[5:] for row in group), strict=True)
        undone = operation in taken_back
        if not undone:
            taken_back.add(undoes)
        yield Done(operation, log.moment_of(moments[0]), user, site, label, undoes, len(set(uids)), undone)


class Worked(NamedTuple):
    """Who did an operation, and how many records it changed."""

    user: str
    records: int


def worked(connection: Connection, since: datetime, until: datetime) -> list[Worked]:
    """The operations of a stretch of time, counted by SQLite: one of them may have changed 100,000 records."""
    clock = (f"{int(moment.timestamp() * 1000):013d}" for moment in (since, until))
    rows = connection.rows(
        "SELECT user, count(DISTINCT uid) FROM history WHERE hlc >= ? AND hlc < ? GROUP BY operation", (*clock,)
    )
    return [Worked(*row) for row in rows]


def changes(
    connection: Connection,
    tables: Collection[str] | None,
    uid: str | None,
    operation: str | None,
    limit: int | None,
    seqs: Sequence[int] | None = None,
) -> list[Change]:
    """The changes that match, newest first."""
    condition, given = _matching(tables, uid)
    if operation:
        condition, given = f"{condition} AND operation = ?", [*given, operation]
    if seqs is not None:
        condition, given = f"{condition} AND seq IN (SELECT value FROM json_each(?))", [*given, json.dumps(seqs)]
    rows = connection.rows(
        "SELECT seq, hlc, user, site, operation, label, undoes, tbl, uid, patch FROM history"
        f" WHERE {condition} ORDER BY seq DESC LIMIT ?",
        [*given, -1 if limit is None else at_most(limit)],
    )
    earlier = _values_before(connection, {row[0]: row[8] for row in rows})
    return [
        Change(
            seq, log.moment_of(hlc), user, site, operation_, label, undoes, tbl, uid_,
            {name: (earlier[seq].get(name), entry.get("v")) for name, entry in _read(connection, seq, patch).items()},
        )
        for seq, hlc, user, site, operation_, label, undoes, tbl, uid_, patch in rows
    ]  # fmt: skip


def before(
    connection: Connection, seq: int | None, limit: int, tables: Collection[str] | None, uid: str | None
) -> list[tuple[int, str, str, str, str, str, str]]:
    """`seq`, clock reading, user, label, register, record and patch of at most `limit` changes before the change `seq`, newest first."""
    condition, given = _matching(tables, uid)
    return connection.rows(
        "SELECT seq, hlc, user, label, tbl, uid, patch FROM history"
        f" WHERE {condition} AND seq < ? ORDER BY seq DESC LIMIT ?",
        [*given, 2**62 if seq is None else seq, limit],
    )


def places(connection: Connection) -> list[int]:
    """The `seq` of every change, newest first."""
    # Out of an index: the rows themselves, with their values, take a hundred times as long to read.
    return sorted((seq for (seq,) in connection.rows("SELECT seq FROM history INDEXED BY history_hlc")), reverse=True)


def count_of(connection: Connection, operation: str) -> int:
    """How many changes the operation made."""
    return int(connection.one("SELECT count(*) FROM history WHERE operation = ?", (operation,)))


def operations_at(connection: Connection, seqs: Sequence[int]) -> set[str]:
    """The operations that the changes `seqs` belong to."""
    rows = connection.rows(
        "SELECT DISTINCT operation FROM history WHERE seq IN (SELECT value FROM json_each(?))", (json.dumps(seqs),)
    )
    return {str(operation) for (operation,) in rows}


def _matching(tables: Collection[str] | None, uid: str | None) -> tuple[str, list[Any]]:
    wanted = {"tbl": tables, "uid": uid and [uid]}
    given = {column: values for column, values in wanted.items() if values is not None}
    condition = " AND ".join(f"{column} IN ({', '.join('?' * len(values))})" for column, values in given.items()) or "1"
    return condition, [*chain.from_iterable(given.values())]


def _values_before(connection: Connection, uids: dict[int, str]) -> dict[int, dict[str, Any]]:
    """What each record was before each of the rows."""
    before: dict[int, dict[str, Any]] = {}
    for uid in set(uids.values()):
        values: dict[str, Any] = {}
        for seq, patch in patches(connection, uid):
            if seq in uids:
                before[seq] = dict(values)
            values.update({name: entry.get("v") for name, entry in patch.items()})
    return before


def patches(connection: Connection, uid: str) -> list[tuple[int, log.Patch]]:
    """All changes of one record, oldest first."""
    rows = connection.rows("SELECT seq, patch FROM history WHERE uid = ? ORDER BY seq", (uid,))
    return [(seq, _read(connection, seq, text)) for seq, text in rows]


def _read(connection: Connection, seq: int, text: str) -> log.Patch:
    """The patch of a row.

    Raises:
        StoreError: damaged, with the row's number.
    """
    try:
        patch: log.Patch = json.loads(text)
        if all(isinstance(entry, dict) for entry in patch.values()):
            return patch
    except (ValueError, TypeError, AttributeError, RecursionError):
        pass
    raise StoreError("damaged", connection.path, record=f"history {seq}")


def replay(found: Iterable[log.Patch]) -> dict[str, Any]:
    """The values that the patches add up to; empty fields left out, `_deleted` when the record was removed."""
    values: dict[str, Any] = {}
    for patch in found:
        values.update({name: entry.get("v") for name, entry in patch.items()})
    return {name: value for name, value in values.items() if value is not None}


def who_changed(connection: Connection, uid: str, field: str) -> tuple[str, str]:
    """The user who last changed a field of a record, and the label of what was done."""
    rows = connection.rows("SELECT seq, user, label, patch FROM history WHERE uid = ? ORDER BY seq DESC", (uid,))
    found = ((str(user), str(label)) for seq, user, label, patch in rows if field in _read(connection, seq, patch))
    return next(found, ("?", ""))


def broken(connection: Connection) -> Iterator[Finding]:
    """The rows of each site's chain that are not as they were written, or do not follow the one before."""
    prevs: dict[str, str] = {}
    # As bytes: a damaged text may be no UTF-8 any more.
    columns = ", ".join(f"CAST({name} AS BLOB)" for name in (*COLUMNS, "patch", "prev", "hash"))
    for seq, *raw in connection.stream(f"SELECT seq, {columns} FROM history ORDER BY seq"):
        texts: list[Any] = [None if one is None else one.decode(errors="replace") for one in raw]
        *fields, patch, prev, chained = texts
        site = fields[1]
        try:
            right = prev == prevs.get(site, "") and chained == log.row_hash(prev, fields, json.loads(patch))
        except (ValueError, KeyError, TypeError, AttributeError):  # not even a patch any more
            right = False
        if not right:
            yield Finding("chain", fields[6], fields[7], {"seq": seq, "site": site})
        prevs[site] = chained


def log_rows(connection: Connection, operation: str) -> list[dict[str, Any]]:
    """The rows of one operation as the log has them, in its order."""
    names = ("seq", *COLUMNS, "patch", "prev", "hash")
    rows = connection.rows(f"SELECT {', '.join(names)} FROM history WHERE operation = ? ORDER BY seq", (operation,))
    return [{**dict(zip(names, row, strict=True)), "patch": _read(connection, row[0], row[-3])} for row in rows]


def heads(connection: Connection) -> dict[str, str]:
    """The last hash of each site: whoever has noted it can tell later that nothing before it was changed or left out."""
    rows = connection.rows("SELECT site, hash FROM history WHERE seq IN (SELECT max(seq) FROM history GROUP BY site)")
    return {str(site): str(chained) for site, chained in sorted(rows)}


def days_behind(connection: Connection) -> tuple[int, str] | None:
    """By how many days the computer's clock is behind the last change, and the moment of that; `None` within a day.

    A day is allowed: a demo lives on a day of its own, whose hours begin anew.
    """
    last = connection.one("SELECT CAST(max(hlc) AS BLOB) FROM history")
    try:
        moment = log.moment_of(last.decode()) if last else ""
    except ValueError:  # damaged: verifying says so
        return None
    behind = datetime.fromisoformat(moment) - clock.now() if moment else timedelta()
    return (behind.days, moment) if behind.days >= 1 else None
