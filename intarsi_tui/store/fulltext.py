"""The full-text index over a register's folded words: FTS5 with trigrams, so that a part of a word is found too.

Only a filter: whoever asks looks at the words themselves again. Kept up to date by triggers, so also by whatever else
writes to the file. Without positions (`detail=none`) it takes half the room and finds the same.
"""

# Table names come from schema.quoted.
# ruff: noqa: S608

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from . import schema
from .connection import Connection

GRAM = 3
ADDED, REMOVED, CHANGED = "AFTER INSERT", "AFTER DELETE", "AFTER UPDATE OF words"
MANY = 50  # rows from which it is worth changing the schema twice: then it takes 17 ms instead of 29
MOST = 40  # so much of a word is asked of the index: FTS5 limits how long a question may be


def index_name(sql: str) -> str:
    """The index of a register's SQL table. Without a dot: it is none of TinyDB's tables."""
    return "search " + sql.replace(".", "/")


def there(connection: Connection, sql: str) -> bool:
    """Whether a register's SQL table has its index."""
    return bool(connection.rows("SELECT 1 FROM sqlite_master WHERE name = ?", (index_name(sql),)))


def prepare(connection: Connection, sql: str) -> None:
    """Makes the index when it is not there, over the records that are."""
    table, index = schema.quoted(sql), schema.quoted(index_name(sql))
    made = there(connection, sql)
    connection.rows(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {index}"
        f" USING fts5(words, content={table}, content_rowid='id', tokenize='trigram', detail=none, columnsize=0)"
    )
    add = f"INSERT INTO {index}(rowid, words) VALUES(new.id, new.words)"
    drop = f"INSERT INTO {index}({index}, rowid, words) VALUES('delete', old.id, old.words)"
    for event, steps in (
        (ADDED, f"BEGIN {add}"),
        (REMOVED, f"BEGIN {drop}"),
        # Most changes are of a state, a date, an amount: then the words stay.
        (CHANGED, f"WHEN old.words IS NOT new.words BEGIN {drop}; {add}"),
    ):
        event_on = f"{event} ON {table}"
        connection.rows(f"CREATE TRIGGER IF NOT EXISTS {_trigger(sql, event)} {event_on} {steps}; END")
    if not made:
        connection.rows(f"INSERT INTO {index}({index}) VALUES('rebuild')")


def drop(connection: Connection, sql: str) -> None:
    """Takes the index away, so that many words can change before `prepare` makes it again."""
    for event in (ADDED, REMOVED, CHANGED):
        connection.rows(f"DROP TRIGGER IF EXISTS {_trigger(sql, event)}")
    connection.rows(f"DROP TABLE IF EXISTS {schema.quoted(index_name(sql))}")


def _trigger(sql: str, event: str) -> str:
    return schema.quoted(f"{index_name(sql)} {event}")


@contextmanager
def together(connection: Connection, sql: str, ids: Sequence[int]) -> Iterator[None]:
    """Indexes the rows `ids`, which are inserted inside, in one statement at the end when they are many.

    With the trigger FTS5 writes what it has after every row, because each row begins a statement that could fail alone:
    a new segment of the index for each, and their merging.
    """
    if len(ids) < MANY or not there(connection, sql):
        yield
        return
    index = schema.quoted(index_name(sql))
    connection.rows(f"DROP TRIGGER {_trigger(sql, ADDED)}")
    yield  # whatever is raised rolls the whole insertion back, this included
    connection.rows(
        f"INSERT INTO {index}(rowid, words) SELECT id, words FROM {schema.quoted(sql)}"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    prepare(connection, sql)


@contextmanager
def anew(connection: Connection, sql: str, uids: Sequence[str]) -> Iterator[None]:
    """As `together`, for records that change, vanish or come back inside (undoing 5,500: 12 s with the triggers)."""
    if len(uids) < MANY or not there(connection, sql):
        yield
        return
    index, given = schema.quoted(index_name(sql)), (json.dumps(uids),)
    rows = f"FROM {schema.quoted(sql)} WHERE uid IN (SELECT value FROM json_each(?))"
    connection.rows(f"INSERT INTO {index}({index}, rowid, words) SELECT 'delete', id, words {rows}", given)
    for event in (ADDED, REMOVED, CHANGED):
        connection.rows(f"DROP TRIGGER {_trigger(sql, event)}")
    yield
    connection.rows(f"INSERT INTO {index}(rowid, words) SELECT id, words {rows}", given)
    prepare(connection, sql)


def forget_removed(connection: Connection, sql: str) -> None:
    """Takes out of the index what was removed: until then it is only marked so."""
    index = schema.quoted(index_name(sql))
    connection.rows(f"INSERT INTO {index}({index}) VALUES('optimize')")


def refresh(connection: Connection) -> None:
    """Lets this connection see every index as other connections left it.

    SQLite's integrity check (3.53.4) does not: it takes pages that somebody else has merged away meanwhile for damage.
    """
    for (name,) in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5(%'"):
        index = schema.quoted(str(name))
        connection.rows(f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT 1", ('"   "',))


def holds(sql: str, word: str, tables: set[str]) -> tuple[str, list[str]]:
    """SQL that a row of a register's SQL table holds a part of a word, and its values.

    Parameters:
        tables: the SQL tables that exist; a register that nothing was written to since it has an index has none.
    """
    grams = dict.fromkeys(word[start : start + GRAM] for start in range(min(len(word), MOST) - GRAM + 1))
    index = index_name(sql)
    if not grams or index not in tables or "\0" in word:
        return "instr(words, ?)", [word]
    asked = " AND ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
    name = schema.quoted(index)
    return f"(id IN (SELECT rowid FROM {name} WHERE {name} MATCH ?) AND instr(words, ?))", [asked, word]
