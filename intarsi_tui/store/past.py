"""A register as it was at the end of a day, put together from its history and read like any other list."""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count, groupby
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from ..records.declaration import Declaration
from . import log, schema
from .connection import Connection
from .errors import NoSuchRecord
from .listing import Listing
from .values import dumps
from .words import words_of

if TYPE_CHECKING:
    from .database import Store

_numbers = count(1)


class Past(Listing):
    """A register as it was. It lies in memory, and cannot be written."""

    def __init__(self, store: "Store", declaration: Declaration, sql_name: str) -> None:
        super().__init__(store, declaration)
        self._sql_name, self._sql = sql_name, schema.quoted(sql_name)

    @contextmanager
    def writing(self, label: str = "") -> Iterator[None]:
        raise RuntimeError("the past cannot be written")
        yield

    def meant(self, reference: str) -> Document:
        """By what named it then, else by what it is called today."""
        try:
            return self.one(reference)
        except NoSuchRecord:
            return self.one(super().meant(reference)["id"])

    def _word_test(self, word: str, there: set[str]) -> tuple[str, list[Any]]:
        # The present links and full-text index know nothing of that day.
        return "instr(words, ?)", [word]


@contextmanager
def as_of(store: "Store", declaration: Declaration, day: date) -> Iterator[Past]:
    """See `RegisterTable.as_of`."""
    connection, name = store.connection, f"past {next(_numbers)}"
    # A temporary table lies in memory and in this thread's connection only; others may write meanwhile.
    connection.rows(
        f"CREATE TEMP TABLE {schema.quoted(name)}(id INTEGER PRIMARY KEY, uid TEXT UNIQUE, doc TEXT, words TEXT)"
    )
    try:
        insert = f"INSERT INTO {schema.quoted(name)}(uid, doc, words) VALUES(?, ?, ?)"
        for doc in _documents(connection, declaration, day):
            connection.rows(insert, (doc["id"], dumps(doc), words_of(declaration, doc)))
        yield Past(store, declaration, name)
    finally:
        connection.rows(f"DROP TABLE {schema.quoted(name)}")


def _documents(connection: Connection, declaration: Declaration, day: date) -> Iterator[dict[str, Any]]:
    # Within what every system's clock can say.
    day = max(date(1970, 1, 2), min(day, date(2999, 12, 31)))
    ends = datetime.combine(day + timedelta(days=1), time()).astimezone()
    tables = declaration.table, *declaration.was
    rows = connection.stream(
        f"SELECT uid, hlc, user, patch FROM history WHERE tbl IN ({', '.join('?' * len(tables))}) AND hlc < ? ORDER BY uid, seq",
        (*tables, log.reading_at(ends)),
    )
    for _uid, group in groupby(rows, key=lambda row: row[0]):
        values: dict[str, Any] = {}
        for _, hlc, user, patch in sorted(group, key=lambda row: str(row[1])):
            values |= {name: entry.get("v") for name, entry in json.loads(patch).items()}
            values |= {"changed_by": user, "changed_at": log.moment_of(hlc)}
        if not values.get(log.DELETED):
            # What was written under an older name of its field is found under today's.
            yield declaration.renamed({name: value for name, value in values.items() if value is not None})
