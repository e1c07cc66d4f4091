"""The words that a search looks through, made again where they were made by an older program or under other labels.

`words` in `meta` is a JSON object: table → what its words depend on (`words.stamp_of`). They follow from the records, so that this
is no change: no history, no backup, and whoever only reads finds what the older words say.
"""

# Table names come from schema.quoted.
# ruff: noqa: S608

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..records.declaration import Declaration
from . import fulltext, schema, words
from .connection import Connection
from .errors import StoreError
from .versions import is_used

if TYPE_CHECKING:
    from .database import Store

STAMPS = "words"
AT_ONCE = 2_000
MANY = 5_000  # records that take half a second
# Somebody else writes, or there is no room: a search with the older words is better than an office that does not open.
LATER = frozenset(("locked", "disk_full", "read_only", "disk_error"))


def renew(store: "Store", begins: Callable[[int], None] = lambda _count: None) -> tuple[str, ...]:
    """Makes the words of every register that needs it, each in a transaction of its own; the tables.

    One that is broken off is begun again at the next start.

    Parameters:
        begins: told how many records it is going to take, when a person would wonder what is going on.
    """
    if store.connection.read_only or not (stale := _stale(store)):
        return ()
    if (count := sum(store.register_table(one.table).count_of() for one in stale)) > MANY:
        begins(count)
    try:
        for declaration in stale:
            with store.connection.transaction(patient=False):
                if _stamps(store.connection).get(declaration.table) != words.stamp_of(declaration):
                    _make(store.connection, declaration)
    except StoreError as error:
        if error.code not in LATER:
            raise
        return ()
    return tuple(one.table for one in stale)


def begin(connection: Connection, declaration: Declaration) -> None:
    """Notes what the words of a register without records will depend on, before the first is written; inside a transaction."""
    if not is_used(connection, declaration.table, {declaration.table}):
        _stamp(connection, declaration)


def _stale(store: "Store") -> list[Declaration]:
    known = _stamps(store.connection)
    stale = [one for one in store.declarations if one.version and known.get(one.table) != words.stamp_of(one)]
    there = store.connection.tables() if stale else set[str]()
    return [one for one in stale if is_used(store.connection, one.table, there)]


def _stamps(connection: Connection) -> dict[str, str]:
    try:
        found = json.loads(connection.one("SELECT value FROM meta WHERE name = ?", (STAMPS,)) or "{}")
    except (ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _stamp(connection: Connection, declaration: Declaration) -> None:
    known = _stamps(connection)
    if known.get(declaration.table) != (stamp := words.stamp_of(declaration)):
        text = json.dumps({**known, declaration.table: stamp}, sort_keys=True)
        connection.rows("INSERT OR REPLACE INTO meta VALUES(?, ?)", (STAMPS, text))


def _make(connection: Connection, declaration: Declaration) -> None:
    sql = schema.sql_name(declaration.table)
    table = schema.quoted(sql)
    fulltext.drop(connection, sql)  # made anew in one go it takes a third of the time
    last = -1
    while rows := connection.rows(
        f"SELECT id, doc, words FROM {table} WHERE id > ? ORDER BY id LIMIT ?", (last, AT_ONCE)
    ):
        for doc_id, text, known in rows:
            try:
                made = words.words_of(declaration, json.loads(text))
            except Exception:  # noqa: S112 - damaged, or of an older form: whoever checks the records says so
                continue
            if made != known:
                connection.rows(f"UPDATE {table} SET words = ? WHERE id = ?", (made, doc_id))
        last = rows[-1][0]
    fulltext.prepare(connection, sql)
    _stamp(connection, declaration)
