"""TinyDB's `Table` over one SQL table: each document is a row, each change touches only the rows it means."""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from itertools import islice
from types import MappingProxyType
from typing import Any

from tinydb import queries
from tinydb import table as tinydb_table
from tinydb.queries import QueryLike
from tinydb.table import Document

from ..records.labels import Label
from ..records.problems import Problem, Rejected
from . import query_sql, schema
from .connection import Connection
from .driver import FAILURES, sqlite, translated
from .errors import StoreError
from .values import dumps

AT_ONCE = 5000  # documents of a long insertion
MOST_IDS = 2**63
NOTHING: Mapping[int, Document] = MappingProxyType({})

Change = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class Table(tinydb_table.Table):
    """A table of documents. Reads always ask the database: other processes write too, so nothing is cached."""

    _storage: Connection  # type: ignore[assignment]  # TinyDB's storages know only whole databases

    def __init__(self, storage: Connection, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size=0)  # type: ignore[arg-type]
        self._sql_name = schema.sql_name(name)
        self._sql = schema.quoted(self._sql_name)
        if persist_empty:
            with self.writing():
                pass

    @property
    def sql_name(self) -> str:
        """The SQL table behind it."""
        return self._sql_name

    # reading

    def _rows(self, columns: str, rest: str = "", params: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._storage.rows(f"SELECT {columns} FROM {self._sql} {rest}", params)
        except sqlite.OperationalError as error:
            if str(error).startswith("no such table"):  # made by the first write, whichever process does it
                return []
            raise

    def selected(self, columns: str, rest: str = "", params: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of `SELECT columns … rest`; none where nothing was ever written."""
        return self._rows(columns, rest, params)

    def documents(
        self, rest: str = "", params: Iterable[Any] = (), held: Mapping[int, Document] = NOTHING
    ) -> Iterator[Document]:
        """The documents of `SELECT … rest`, read from their JSON one by one.

        Parameters:
            held: documents by id that need not be read again.

        Raises:
            StoreError: damaged, with the table and the id of a row that holds no document.
        """
        for doc_id, text in self._rows("id, doc", rest, params):
            if doc_id in held:
                yield held[doc_id]
                continue
            try:
                found = json.loads(text)
                if not isinstance(found, dict):
                    raise TypeError(type(found))
            except (ValueError, TypeError, RecursionError) as error:
                raise StoreError("damaged", self._storage.path, record=f"{self.name} {doc_id}") from error
            yield self.document_class(found, self.document_id_class(doc_id))

    def texts(self) -> Iterator[tuple[int, str]]:
        """Id and JSON text of each document, one by one; the caller writes nothing before the end."""
        if self.name in self._storage.tables():
            yield from self._storage.stream(f"SELECT id, doc FROM {self._sql} ORDER BY id")

    def _matching(self, cond: QueryLike, limit: int = -1) -> Iterator[Document]:
        condition = query_sql.compile(cond)
        tail = f" LIMIT {limit}" if condition.exact else ""
        found = self.documents(f"WHERE {condition.where} ORDER BY id{tail}", condition.params)
        return found if condition.exact else (doc for doc in found if takes(cond, doc))

    def __iter__(self) -> Iterator[Document]:
        return self.documents("ORDER BY id")

    def __len__(self) -> int:
        return next((count for (count,) in self._rows("count(*)")), 0)

    def search(self, cond: QueryLike) -> list[Document]:
        return list(self._matching(cond))

    def get(self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None) -> Any:
        """One document by its id or a query, `None` when there is none; a list for `doc_ids`."""
        if doc_id is not None:
            return next(self.documents("WHERE id = ?", (doc_id,)), None) if _can_be(doc_id) else None
        if doc_ids is not None:
            ids = json.dumps(list(filter(_can_be, doc_ids)))  # one parameter: SQLite has a limit on their number
            return list(self.documents("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (ids,)))
        if cond is not None:
            return next(self._matching(cond, limit=1), None)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def by_uid(self, uid: str) -> Document | None:
        """The record with this UUID, `None` when there is none."""
        return next(self.documents("WHERE uid = ?", (uid,)), None)

    def count(self, cond: QueryLike) -> int:
        condition = query_sql.compile(cond)
        if condition.exact:
            return next((count for (count,) in self._rows("count(*)", f"WHERE {condition.where}", condition.params)), 0)
        return sum(1 for _ in self._matching(cond))

    # writing

    @contextmanager
    def writing(self, label: str = "") -> Iterator[None]:
        """A transaction in which the table exists; in a register it is an operation of this label."""
        with self._storage.transaction():
            self._storage.rows(schema.create_table(self._sql_name))
            if self._rows("1", "WHERE uid IS NOT NULL LIMIT 1"):
                raise StoreError("register_without_plugin", self._storage.path, table=self.name)
            yield

    def insert(self, document: Mapping[str, Any]) -> int:
        with self.writing("add"):
            return self._add(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        rest, added = iter(documents), list[int]()
        with self.writing("add"):
            while some := list(islice(rest, AT_ONCE)):
                ids = self._new_ids(some)
                texts = zip(ids, map(dumps, map(dict, some)), strict=True)
                self._write_all(f"INSERT INTO {self._sql}(id, doc) VALUES(?, ?)", texts)
                added += ids
        return added

    def update(self, fields: Change, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Sets `fields` (or applies a function) in the documents meant; their ids, missing ones left out."""
        done = []
        with self.writing("edit"):
            for doc_id in self._chosen(cond, doc_ids):
                doc = self.get(doc_id=doc_id)
                if doc is not None:
                    self._edit(doc, fields)
                    done.append(doc_id)
        return done

    def update_multiple(self, updates: Iterable[tuple[Change, QueryLike]]) -> list[int]:
        with self.writing("edit"):
            pairs, done = list(updates), []
            for doc in self.all():
                for fields, cond in pairs:
                    if takes(cond, doc):
                        done.append(doc.doc_id)
                        doc = self._edit(doc, fields)
            return done

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        with self.writing("edit"):
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        with self.writing("remove"):
            chosen = [doc_id for doc_id in dict.fromkeys(self._chosen(cond, doc_ids)) if self._has(doc_id)]
            self._remove(chosen)
            return chosen

    def truncate(self) -> None:
        with self.writing("remove"):
            self._remove([doc_id for (doc_id,) in self._rows("id")])
            self._storage.rows("DELETE FROM counter WHERE name = ?", (self._ids,))

    def drop(self) -> None:
        """Removes the table and everything in it."""
        with self.writing("remove"):
            self.truncate()
            self._storage.rows(f"DROP TABLE {self._sql}")
            self._storage.known.clear()

    def _chosen(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[int]:
        if doc_ids is not None:
            return list(doc_ids)
        found = self._matching(cond) if cond is not None else iter(self)
        return [doc.doc_id for doc in found]

    def _add(self, document: Mapping[str, Any]) -> int:
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        doc_id = self.new_id(document)
        self._storage.rows(f"INSERT INTO {self._sql}(id, doc) VALUES(?, ?)", (doc_id, dumps(dict(document))))
        return doc_id

    def _edit(self, doc: Document, fields: Change) -> Document:
        apply(fields, doc)
        self._storage.rows(f"UPDATE {self._sql} SET doc = ? WHERE id = ?", (dumps(doc), doc.doc_id))
        return doc

    def _remove(self, doc_ids: list[int]) -> None:
        for doc_id in doc_ids:
            self._storage.rows(f"DELETE FROM {self._sql} WHERE id = ?", (doc_id,))

    def _has(self, doc_id: int) -> bool:
        return _can_be(doc_id) and bool(self._rows("1", "WHERE id = ?", (doc_id,)))

    def _write_all(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """A statement for each of the rows; one by one each of them costs 3 µs more."""
        try:
            self._storage.sqlite.executemany(sql, rows)
        except FAILURES as error:
            raise translated(error, self._storage.path) from error

    @property
    def _ids(self) -> str:
        return f"id {self.name}"

    def new_id(self, document: Mapping[str, Any]) -> int:
        """The id of a document that is going to be inserted: its own when it is a `Document`, else the next one."""
        if isinstance(document, self.document_class):
            return self._new_ids([document])[0]
        return self._storage.next(self._ids)

    def _new_ids(self, documents: list[Any]) -> list[int]:
        """The same for several: the counter is written once."""
        last = self._storage.one("SELECT value FROM counter WHERE name = ?", (self._ids,)) or 0
        ids: dict[int, None] = {}
        for document in documents:
            if not isinstance(document, Mapping):
                raise ValueError("Document is not a Mapping")
            brought = document.doc_id if isinstance(document, self.document_class) else None
            doc_id = last + 1 if brought is None else int(brought)
            if not _can_be(doc_id):
                reason = Label("identificativo oltre 2^63", "identifier beyond 2^63")
                raise Rejected([Problem("not_storable", None, {"value": reason})])
            if doc_id in ids or (brought is not None and self._has(doc_id)):
                raise ValueError(f"Document with ID {doc_id} already exists")
            ids[doc_id] = None
            last = max(last, doc_id)
        self._storage.raise_counter(self._ids, last)
        return list(ids)

    def _get_next_id(self) -> int:
        with self._storage.transaction():
            return self._storage.next(self._ids)


def _can_be(doc_id: int) -> bool:
    """Whether there can be a document of this id."""
    return not isinstance(doc_id, int) or -MOST_IDS <= doc_id < MOST_IDS


def apply(fields: Change, doc: MutableMapping[str, Any]) -> None:
    """Changes `doc` as TinyDB's `update` does: fields to set, or a function such as `operations.increment("n")`."""
    if callable(fields):
        fields(doc)
    else:
        doc.update(fields)


def takes(cond: QueryLike, doc: Mapping[str, Any]) -> bool:
    """Whether the query takes the document; a comparison of unlike types is no match, as in SQL.

    Raises:
        TypeError: raised by a function of the caller's own.
    """
    try:
        return bool(cond(doc))
    except TypeError as error:
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        if frame and frame.tb_frame.f_globals.get("__name__") == queries.__name__:
            return False
        raise
