"""Whether the database is what its history adds up to: the file, the chains, every record; and the state hash.

The state hash is over the commitments of the log: SHA-256 of all records' hashes in hexadecimal, sorted and put together; a
record's is the SHA-256 of the canonical JSON of `[tbl, uid, {field: last commitment}]`. So it is the same wherever the same
changes are, in whatever order they came, and erasing or leaving out a value does not alter what is said of it.
"""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from . import fulltext, history, log, schema
from .connection import Connection
from .driver import sqlite
from .errors import StoreError
from .findings import Finding
from .values import canonical

SHOWN = 5


@dataclass
class Verified:
    """What a verification found.

    Attributes:
        findings: what is wrong; empty when all is well.
        records, changes: how many were looked at.
        state: the state hash.
        heads: site → the last hash of its chain.
    """

    findings: list[Finding] = field(default_factory=list)
    records: int = 0
    changes: int = 0
    state: str = ""
    heads: dict[str, str] = field(default_factory=dict)


@dataclass
class _Record:
    """One record as the history has it: its last values, their commitments, and who and when of its last row."""

    table: str
    uid: str
    values: dict[str, Any]
    commitments: dict[str, str]
    number_site: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(canonical([self.table, self.uid, self.commitments])).hexdigest()


def verify(connection: Connection, site: str) -> Verified:
    """See `Store.verify`."""
    verified = Verified(list(_file(connection)))
    try:
        _look(connection, site, verified)
    except (StoreError, sqlite.Error) as error:
        if not verified.findings:
            raise StoreError("damaged", connection.path) from error
    return verified


def _look(connection: Connection, site: str, verified: Verified) -> None:
    verified.changes = connection.one("SELECT count(*) FROM history")
    verified.findings += history.broken(connection)
    verified.findings += _no_text(connection)
    hashes, numbers = [], Counter[tuple[str, str, int]]()
    for record in _records(connection):
        hashes.append(record.hash)
        verified.findings += _against_register(connection, record)
        number = str(record.values.get("number") or "")
        if record.number_site == site and number[5:].isdecimal():
            numbers[record.table, number[:4], int(number[5:])] += 1
        verified.records += log.DELETED not in record.values
    verified.findings += _unknown(connection)
    verified.findings += _numbers(connection, site, numbers)
    verified.state = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
    verified.heads = history.heads(connection)


def _file(connection: Connection) -> Iterator[Finding]:
    try:
        fulltext.refresh(connection)
        said = [str(row[0]) for row in connection.rows("PRAGMA integrity_check(20)")]
    except StoreError as error:  # an index over a document that is no JSON any more
        said = [str(error.params.get("detail", error))]
    except sqlite.Error as error:  # an index that is not what it was declared
        said = [str(error)]
    yield from (Finding("file", params={"detail": detail}) for detail in said if detail != "ok")


def _no_text(connection: Connection) -> Iterator[Finding]:
    """Rows with the right bytes of the wrong type: no comparison finds them any more, so the next row would lose its place."""
    wrong = " OR ".join(
        f"typeof({name}) != 'text'" for name in (*history.COLUMNS, "patch", "prev", "hash") if name != "undoes"
    )
    rows = connection.rows(
        "SELECT seq, CAST(tbl AS BLOB), CAST(uid AS BLOB), CAST(site AS BLOB) FROM history"
        f" WHERE {wrong} OR typeof(undoes) NOT IN ('text', 'null')"
    )
    for seq, *raw in rows:
        table, uid, site = ((one or b"").decode(errors="replace") for one in raw)
        yield Finding("chain", table, uid, {"seq": seq, "site": site})


def _records(connection: Connection) -> Iterator[_Record]:
    columns = ", ".join(f"CAST({name} AS BLOB)" for name in ("uid", "hlc", "tbl", "site", "user", "patch"))
    rows = connection.stream(f"SELECT {columns} FROM history ORDER BY uid, seq")  # by the index, so nothing is sorted
    texts = (tuple((one or b"").decode(errors="replace") for one in row) for row in rows)
    for uid, group in groupby(texts, key=lambda row: row[0]):
        record = _Record("", uid, {}, {}, "")
        for _uid, hlc, record.table, site, user, patch in sorted(group, key=lambda row: row[1]):
            try:
                entries: log.Patch = json.loads(patch)
                record.commitments |= {name: log.commitment(entry) for name, entry in entries.items()}
                record.values |= {name: entry.get("v") for name, entry in entries.items()}
                record.values |= {"changed_by": user, "changed_at": log.moment_of(hlc)}
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # the chain is broken here, and said so
            if "number" in entries:
                record.number_site = site
        record.values = {name: value for name, value in record.values.items() if value is not None}
        yield record


def _against_register(connection: Connection, record: _Record) -> Iterator[Finding]:
    try:
        sql = f"SELECT CAST(doc AS BLOB) FROM {schema.quoted_table(record.table)} WHERE uid = ?"
        found = connection.rows(sql, (record.uid,))
    except sqlite.OperationalError:  # no such table: none of its records is there any more
        found = []
    if record.values.get(log.DELETED) or not found:
        if bool(found) == bool(record.values.get(log.DELETED)):
            yield Finding("unknown" if found else "lost", record.table, record.uid)
        return
    try:
        doc, values = json.loads(found[0][0]), record.values
        if canonical(doc) != canonical(values):  # not by ==, which takes 1 for True
            wrong = [name for name in {**doc, **values} if canonical(doc.get(name)) != canonical(values.get(name))]
            yield Finding("changed", record.table, record.uid, {"fields": ", ".join(sorted(wrong))})
    except (ValueError, TypeError):
        yield Finding("unreadable", record.table, record.uid)


def _unknown(connection: Connection) -> Iterator[Finding]:
    for table in sorted(connection.tables()):
        rows = connection.rows(
            f"SELECT uid FROM {schema.quoted_table(table)} WHERE uid IS NOT NULL"
            " AND uid NOT IN (SELECT uid FROM history)"
        )
        yield from (Finding("unknown", table, str(uid)) for (uid,) in rows)


def _numbers(connection: Connection, site: str, given: "Counter[tuple[str, str, int]]") -> Iterator[Finding]:
    """Numbers of this site that are missing in their year, or were given twice."""
    for table, year in sorted({(table, year) for table, year, _ in given}):
        last = connection.one("SELECT value FROM counter WHERE name = ?", (f"number {table} {site} {year}",)) or 0
        seen = {number: count for (one, its, number), count in given.items() if (one, its) == (table, year)}
        wrong = sorted({number for number in range(1, last + 1) if number not in seen} | {
            number for number, count in seen.items() if count > 1 or number > last
        })  # fmt: skip
        if wrong:
            shown = ", ".join(f"{number:04d}" for number in wrong[:SHOWN]) + "…" * (len(wrong) > SHOWN)
            yield Finding("numbers", table, "", {"year": year, "numbers": shown})
