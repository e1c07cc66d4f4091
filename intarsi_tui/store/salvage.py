"""Putting a database together again from what can be read of a damaged one, its history, and its last backup.

The history holds every value that a record ever had, each row under its own hash. So a record whose own row is gone or
altered comes back from its history, and a row of the history that is gone comes back from the backup. What none of them
has is lost, and told.
"""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

import contextlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..records.declaration import Declaration
from . import history, links, log, schema, versions
from .connection import Connection
from .errors import StoreError
from .rows import Found, Row, read_file
from .salvaged import Doubt, Gap, Salvaged
from .values import dumps
from .words import words_of

ATTACHMENT = re.compile(r"sha256:([0-9a-f]{64})/")
NUMBER = re.compile(r"(\d{4})/(\d+)")
UPGRADED = re.compile(r"(\S+) (\d+)(?:,|$)")


def salvage_database(
    damaged: Path,
    into: Path,
    *,
    site: str = "local",
    declarations: Mapping[str, Declaration] | None = None,
    key: bytes | None = None,
) -> Salvaged:
    """Brings everything that can be read of the database at `damaged` into the one at `into`, in one transaction.

    Parameters:
        damaged: only read; may be gone.
        into: the database of the last backup; begun anew when it is not there.
        site: for a new one.
        declarations: of registers by table, for the words and links that are derived from records.
        key: of both, when they are encrypted.

    Raises:
        StoreError: other_history, `into` is not an earlier state of the damaged database; or `into` cannot be used.
    """
    found = read_file(damaged, key)
    connection = Connection(str(into), key, _meta(found).get("site", site), create=True)
    try:
        with connection.transaction():
            return _Merge(connection, found, declarations or {}, str(damaged)).run()
    finally:
        connection.close()


class _Merge:
    def __init__(
        self, connection: Connection, found: Found, declarations: Mapping[str, Declaration], damaged: str
    ) -> None:
        self.connection, self.found, self.declarations, self.damaged = connection, found, declarations, damaged
        self.result = Salvaged(short=found.short)

    def run(self) -> Salvaged:
        self._merge_counters()
        highest = self._merge_history()
        self._merge_versions()
        self._find_gaps(highest)
        registers = self._registers()
        for table, docs in registers.items():
            self._write_register(table, docs)
        self._write_plain_tables()
        self._merge_links(set(registers))
        return self.result

    def _merge_versions(self) -> None:
        """The backup may be from before an upgrade that the damaged database has gone through."""
        labels = self.connection.rows(f"SELECT DISTINCT label FROM history WHERE label LIKE '{log.UPGRADE} %'")
        said = [(table, int(version)) for (label,) in labels for table, version in UPGRADED.findall(label)]
        with contextlib.suppress(
            KeyError, ValueError, TypeError, AttributeError
        ):  # of format 1, or not to be read any more
            said += [(table, int(version)) for table, version in json.loads(_meta(self.found)["versions"]).items()]
        known = versions.versions(self.connection)
        if said or known is not None:
            highest = sorted([*(known or {}).items(), *said])  # of one table the highest comes last
            versions.write_versions(self.connection, dict(highest))

    # the history

    def _merge_history(self) -> int:
        """Takes the rows that their own hash proves; returns the highest number that was seen."""
        highest = self.connection.one("SELECT max(seq) FROM history") or 0
        names = [str(row[1]) for row in self.connection.rows("PRAGMA table_info(history)")]
        insert = f"INSERT INTO history({', '.join(names)}) VALUES({', '.join('?' * len(names))})"
        there = dict(self.connection.rows("SELECT seq, hash FROM history"))
        for seq, values in sorted(_history_rows(self.found, names).items()):
            highest = max(highest, seq)
            row = dict(zip(names, [seq, *values[1:]], strict=True))
            if seq not in there:
                self.connection.rows(insert, list(row.values()))
            elif there[seq] == row["hash"]:  # values may have been erased since
                self.connection.rows("UPDATE history SET patch = ? WHERE seq = ?", (row["patch"], seq))
            else:
                raise StoreError("other_history", self.damaged, other=self.connection.path)
        return int(highest)

    def _find_gaps(self, highest: int) -> None:
        before, moment = 0, ""
        for seq, hlc in self.connection.rows("SELECT seq, hlc FROM history ORDER BY seq"):
            if seq > before + 1:
                self.result.gaps.append(Gap(before + 1, seq - 1, moment, log.moment_of(hlc)))
            before, moment = seq, log.moment_of(hlc)
        if highest > before:
            self.result.gaps.append(Gap(before + 1, highest, moment, ""))

    # registers

    def _registers(self) -> dict[str, dict[str, tuple[int, dict[str, Any]]]]:
        """What each register is going to hold: UUID → document id and document."""
        read = self._documents()
        backed = self._backed_up()
        registers: dict[str, dict[str, tuple[int, dict[str, Any]]]] = {}
        tables = self._last_tables()
        for uid, table in tables.items():
            patches = [patch for _, patch in history.patches(self.connection, uid)]
            said = history.replay(patches)
            doc_id, _, doc = read.pop(uid, (0, "", None))
            if said.get(log.DELETED):
                continue
            if doc is None or _plain(doc) != _plain(said):
                doc = self._decided(table, uid, doc, said, "id" in patches[0])
            registers.setdefault(table, {})[uid] = doc_id or backed.get(uid, (0,))[0], doc
        for uid, (doc_id, table, doc) in read.items():
            self.result.doubts.append(Doubt("unproved" if table else "unplaced", table, uid, doc))
            if table:
                registers.setdefault(table, {})[uid] = doc_id, doc
        return registers

    def _last_tables(self) -> dict[str, str]:
        """The register of each record; an upgrade may have moved it."""
        return {
            uid: table for uid, table, _ in self.connection.rows("SELECT uid, tbl, max(seq) FROM history GROUP BY uid")
        }

    def _decided(
        self, table: str, uid: str, doc: dict[str, Any] | None, said: dict[str, Any], from_begin: bool
    ) -> dict[str, Any]:
        """The better of what was read and what the history says, when they differ."""
        rows = self.connection.rows("SELECT user, hlc FROM history WHERE uid = ? ORDER BY seq DESC LIMIT 1", (uid,))
        user, moment = rows[0][0], log.moment_of(rows[0][1])
        if doc is not None and self.result.gaps and (not from_begin or str(doc.get("changed_at", "")) > moment):
            self.result.doubts.append(Doubt("unproved", table, uid, doc))
            return doc
        kept = {**said, "id": uid, "changed_by": user, "changed_at": moment}
        whole = from_begin and not self.result.gaps and not self.result.short
        self.result.doubts.append(Doubt("rebuilt" if whole else "older", table, uid, kept))
        return kept

    def _documents(self) -> dict[str, tuple[int, str, dict[str, Any]]]:
        """The records that could be read: UUID → document id, table ("" when unknown), document."""
        tables = self._last_tables()
        read: dict[str, tuple[int, str, dict[str, Any]]] = {}
        for row in self.found.rows:
            doc = _document(row)
            if doc is None or row.values[1] is None or doc.get("id") != row.values[1]:
                continue
            uid = str(doc["id"])
            table = tables.get(uid) or (row.table if schema.table_name(row.table) == row.table else "")
            if uid not in read or (row.table and row.table == table):
                read[uid] = row.rowid, table, doc
        return read

    def _backed_up(self) -> dict[str, tuple[int]]:
        found: dict[str, tuple[int]] = {}
        for table in self.connection.tables():
            sql = schema.quoted_table(table)
            found |= {
                uid: (doc_id,) for uid, doc_id in self.connection.rows(f"SELECT uid, id FROM {sql} WHERE uid > ''")
            }
        return found

    def _write_register(self, table: str, docs: dict[str, tuple[int, dict[str, Any]]]) -> None:
        sql = schema.quoted_table(table)
        self.connection.rows(schema.create_table(schema.sql_name(table)))
        words = dict(self.connection.rows(f"SELECT uid, words FROM {sql}")) | self._words(table)
        self.connection.rows(f"DELETE FROM {sql}")
        declaration = self.declarations.get(table)
        counter = f"id {table}"
        self.connection.raise_counter(counter, max((doc_id for doc_id, _ in docs.values()), default=0))
        given = self.connection.one("SELECT value FROM counter WHERE name = ?", (counter,)) or 0
        used: set[int] = set()
        for uid, (doc_id, doc) in docs.items():
            if not doc_id or doc_id in used:
                doc_id = self.connection.next(counter)
            used.add(doc_id)
            folded = words_of(declaration, doc) if declaration else words.get(uid, "")
            self.connection.rows(f"INSERT INTO {sql} VALUES(?, ?, ?, ?)", (doc_id, uid, dumps(doc), folded))
            self.result.attachments |= set(ATTACHMENT.findall(dumps(doc)))
            if number := NUMBER.fullmatch(str(doc.get("number", ""))):
                self.connection.raise_counter(f"number {table} {doc.get('site', '')} {number[1]}", int(number[2]))
        self.result.records += len(docs)
        self._count_vanished(table, docs, given)

    def _count_vanished(self, table: str, docs: Mapping[str, Any], given: int) -> None:
        """Every record took a number in the file when it was added or brought back."""
        added = dict.fromkeys(docs, 0)
        for uid, text in self.connection.rows("SELECT uid, patch FROM history WHERE tbl = ?", (table,)):
            patch = json.loads(text)
            added[uid] = added.get(uid, 0) + ("id" in patch or patch.get(log.DELETED, {}).get("v", True) is None)
        known = sum(max(times, 1) for times in added.values())
        if given > known:
            self.result.vanished[table] = given - known

    def _words(self, table: str) -> dict[str, str]:
        return {
            str(row.values[1]): str(row.values[3]) for row in self.found.rows if row.table == table and _document(row)
        }

    # everything else

    def _write_plain_tables(self) -> None:
        """Tables without history: as they were read when all of them was read, otherwise what there is of both."""
        rows: dict[str, list[Row]] = {}
        for row in self.found.rows:
            if row.table.startswith("=") and _document(row) is not None:
                rows.setdefault(row.table, []).append(row)
        for sql in {*rows, *(name for name in self.found.whole if name.startswith("="))}:
            self.connection.rows(schema.create_table(sql))
            if sql in self.found.whole:
                self.connection.rows(f"DELETE FROM {schema.quoted(sql)}")
            insert = f"INSERT OR REPLACE INTO {schema.quoted(sql)} VALUES(?, ?, ?, ?)"
            for row in rows.get(sql, ()):
                self.connection.rows(insert, (row.rowid, *row.values[1:4]))
            self.connection.raise_counter(
                f"id {schema.table_name(sql)}", max((row.rowid for row in rows.get(sql, ())), default=0)
            )

    def _merge_counters(self) -> None:
        for values in self.found.keyed.get("counter", ()):
            match values:
                case [str(name), int(value)] if 0 < value < 2**53:
                    self.connection.raise_counter(name, value)

    def _merge_links(self, tables: set[str]) -> None:
        for values in self.found.keyed.get("link", ()):
            match values:
                case [str(target), str(table), str(uid)] if table not in self.declarations:
                    self.connection.rows(
                        "INSERT OR IGNORE INTO link(target, tbl, uid) VALUES(?, ?, ?)", (target, table, uid)
                    )
        for table in tables & set(self.declarations):
            self.connection.rows("DELETE FROM link WHERE tbl = ?", (table,))
            for uid, text in self.connection.rows(f"SELECT uid, doc FROM {schema.quoted(table)}"):
                new = links.targets(self.declarations[table], json.loads(text))
                links.keep(self.connection, table, uid, set(), new)


def _history_rows(found: Found, names: list[str]) -> dict[int, list[Any]]:
    """The rows of the history whose hash is right, wherever in the file they were."""
    first, last, patch, prev, hash = (names.index(name) for name in ("hlc", "uid", "patch", "prev", "hash"))
    rows: dict[int, list[Any]] = {}
    for row in found.rows:
        values = row.values
        if len(values) != len(names) or row.rowid in rows:
            continue
        try:
            if log.row_hash(values[prev], values[first : last + 1], json.loads(values[patch])) == values[hash]:
                rows[row.rowid] = values
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return rows


def _document(row: Row) -> dict[str, Any] | None:
    """The document of a row of a TinyDB table."""
    if len(row.values) != 4 or not isinstance(row.values[2], str):
        return None
    try:
        doc = json.loads(row.values[2])
    except ValueError:
        return None
    return doc if isinstance(doc, dict) else None


def _plain(doc: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in doc.items() if name not in log.LEFT_OUT and value is not None}


def _meta(found: Found) -> dict[str, str]:
    return {str(one[0]): str(one[1]) for one in found.keyed.get("meta", ()) if len(one) == 2}
