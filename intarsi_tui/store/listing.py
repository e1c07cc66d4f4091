"""Reading a register a page at a time: filtered, searched and sorted by SQLite."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from tinydb.queries import QueryLike
from tinydb.table import Document

from ..records.declaration import Declaration
from ..records.linked_kinds import LinkKind
from ..records.problems import Problem, Rejected

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608
from . import fulltext, lookup, query_sql, schema, words
from .query_sql import ANYTHING
from .table import Table, takes
from .values import at_most

if TYPE_CHECKING:
    from .database import Store


# The line is only cut out where the word occurs at all: that takes five times as long as looking.
FIRST_LINE = "instr(substr(words, 1, instr(words || char(10), char(10))), ?)"


class Listing(Table):
    """The reading half of a register; needs its declaration only."""

    def __init__(self, store: "Store", declaration: Declaration) -> None:
        self.store = store
        self.declaration = declaration
        super().__init__(store.connection, declaration.table)

    def page(
        self,
        where: QueryLike | None = None,
        search: str = "",
        sort: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        """Records, void ones included.

        Parameters:
            where: a TinyDB query.
            search: words that must all occur, whatever case and accents.
            sort: name of a field, with `-` before it for descending; "" is newest first by the register's date.

        Raises:
            Rejected: `unknown_field`, a sort by a field that is not there.
        """
        return list(self._found(where, search, sort, limit, offset))

    def ids(self, where: QueryLike | None = None, search: str = "", sort: str = "") -> list[int]:
        """The document ids of what `page` would give, for a screen that loads rows as they come into view."""
        condition, tail, params = self._sql_of(where, search, sort)
        if condition.exact:
            # All of them as one text: 10 ms for 100,000 instead of 22. SQLite keeps the order for what is gathered so.
            gathered = self._rows("json_group_array(id) FROM (SELECT id", f"{tail})", params)
            return [doc_id for (text,) in gathered for doc_id in json.loads(text)]
        return [doc.doc_id for doc in self._found(where, search, sort, None, 0)]

    def by_ids(self, doc_ids: Iterable[int]) -> list[Document]:
        """The documents of these ids, in their order, missing ones left out."""
        wanted = list(doc_ids)
        found = {doc.doc_id: doc for doc in self.get(doc_ids=wanted)}
        return [found[doc_id] for doc_id in wanted if doc_id in found]

    def count_of(self, where: QueryLike | None = None, search: str = "") -> int:
        """How many records `page` would give."""
        condition, tail, params = self._sql_of(where, search, None)
        if condition.exact:
            return next((count for (count,) in self._rows("count(*)", tail, params)), 0)
        return sum(1 for _ in self._found(where, search, None, None, 0))

    def one(self, reference: str) -> Document:
        """The record of a UUID, the beginning of one (4 characters at least), a number, or a key such as a pseudonym.

        Raises:
            NoSuchRecord, AmbiguousRecord: with their problem.
        """
        return lookup.find(self, reference, self.declaration.keys, self.declaration.plural)

    def meant(self, reference: str) -> Document:
        """The record that a link would lead to: as `one` finds it, or by what it is called.

        Raises:
            NoSuchRecord, AmbiguousRecord: with their problem, which names the nearest.
        """
        from .naming import meant

        return meant(self.store, self.name, reference)

    def named(self, reference: str) -> list[Document]:
        """The records whose number or key is `reference`, whatever its case; usually one or none."""
        return lookup.by_key(self, reference.strip(), self.declaration.keys)

    def titled(self, search: str, limit: int | None = None) -> list[Document]:
        """Records that may be called so: these words are in them, or in what their titles link to. Void ones included, newest first."""
        if any(isinstance(self.declaration.by_name[name].kind, LinkKind) for name in self.declaration.title):
            return self.page(search=search, limit=limit)
        wanted = sorted(words.split(search), key=len, reverse=True)
        if not wanted or self._sql_name not in (there := self._there()):
            return []
        # The index is asked for the longest word only: the others are seldom worth a question of their own.
        test, held = fulltext.holds(self._sql_name, wanted[0], there)
        tests = " AND ".join([test, *["instr(words, ?)"] * len(wanted[1:])])
        most = -1 if limit is None else limit
        return list(self.documents(f"WHERE {tests} ORDER BY id DESC LIMIT ?", [*held, *wanted[1:], most]))

    def _found(
        self, where: QueryLike | None, search: str, sort: str | None, limit: int | None, offset: int
    ) -> Iterator[Document]:
        condition, tail, params = self._sql_of(where, search, sort)
        offset, limit = at_most(offset), None if limit is None else at_most(limit)
        if condition.exact:
            return self.documents(f"{tail} LIMIT ? OFFSET ?", [*params, -1 if limit is None else limit, offset])
        assert where is not None
        found = (doc for doc in self.documents(tail, params) if takes(where, doc))
        return islice(found, offset, None if limit is None else at_most(offset + limit))

    def _sql_of(
        self, where: QueryLike | None, search: str, sort: str | None
    ) -> tuple[query_sql.Condition, str, list[Any]]:
        condition = ANYTHING._replace(exact=True) if where is None else query_sql.compile(where)
        tests, params = [condition.where], [*condition.params]
        wanted = words.split(search)
        there = self._there() if wanted else set()
        for word in wanted:
            test, values = self._word_test(word, there)
            tests.append(test)
            params += values
        order = "" if sort is None else f" ORDER BY {self._order(sort)}"
        return condition, f"WHERE {' AND '.join(tests)}{order}", params

    def _there(self) -> set[str]:
        """The SQL tables that exist."""
        return {str(name) for (name,) in self._storage.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def _word_test(self, word: str, there: set[str]) -> tuple[str, list[Any]]:
        """SQL for a word that is in the record itself, or in how a record that it links to is called; its values.

        Parameters:
            there: the SQL tables that exist.
        """
        own, params = fulltext.holds(self._sql_name, word, there)
        linking, values = self._linking(word, there)
        return (f"({own} OR {linking})", [*params, *values]) if linking else (own, params)

    def called(self, word: str) -> list[str]:
        """The UUIDs of the records in whose titles a folded word is."""
        if self._sql_name not in (there := self._there()):
            return []
        held, values = fulltext.holds(self._sql_name, word, there)
        return [str(uid) for (uid,) in self._rows("uid", f"WHERE {held} AND {FIRST_LINE}", [*values, word])]

    def _linking(self, word: str, there: set[str]) -> tuple[str, list[Any]]:
        """SQL for a word in how a linked record is called, "" when nothing is linked."""
        titles, values = [], list[Any]()
        for name in sorted(words.linked(self.declaration) & there):
            held, more = fulltext.holds(name, word, there)
            titles.append(f"SELECT uid FROM {schema.quoted(name)} WHERE {held} AND {FIRST_LINE}")
            values += [*more, word]
        if not titles:
            return "", []
        return f"uid IN (SELECT uid FROM link WHERE tbl = ? AND target IN ({' UNION ALL '.join(titles)}))", [
            self.name,
            *values,
        ]

    def rows_of_words(self, sort: str) -> list[tuple[int, str]]:
        """Document id and folded words of every record, in the order of `ids`; for `Finder`."""
        _condition, tail, params = self._sql_of(None, "", sort)
        return [(doc_id, text or "") for doc_id, text in self._rows("id, words", tail, params)]

    def linking_ids(self, word: str) -> set[int]:
        """The records that link to one whose title holds a word; for `Finder`."""
        made = self._storage.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        linking, params = self._linking(word, {str(name) for (name,) in made})
        return {doc_id for (doc_id,) in self._rows("id", f"WHERE {linking}", params)} if linking else set()

    def _order(self, sort: str) -> str:
        way = "DESC" if not sort or sort.startswith("-") else "ASC"
        name = sort.removeprefix("-") or self.declaration.date or "created_at"
        field = self.declaration.by_name.get(name)
        if field is None:
            raise Rejected([Problem("unknown_field", None, {"value": name})])
        value = query_sql.value_of(name)
        # Dates keep the plain order, which has an index.
        if field.kind.name not in ("date", "moment"):
            self._can_sort()
            value = f"sort_key({value})"
        return f"{value} {way}, id {way}"

    def _can_sort(self) -> None:
        # Looked for first: SQLite refuses to define a function again while a statement of this thread runs.
        if not self._storage.one("SELECT 1 FROM pragma_function_list WHERE name = 'sort_key'"):
            self._storage.sqlite.create_function("sort_key", 1, words.sort_key, deterministic=True)


def index_statements(declaration: Declaration, table: str) -> Iterator[str]:
    """The indexes of a register, on the very expressions that the queries use."""
    named = {f"{name} key": lookup.key_expression(name) for name in ("number", *declaration.keys)}
    newest = declaration.date or "created_at"  # what lists are sorted by
    for field in declaration.fields:
        if field.index or field.key or field.name == newest or field.kind.name == "link":
            named[field.name] = query_sql.value_of(field.name)
    for name, expression in named.items():
        label = schema.quoted(f"{declaration.table} {name}")
        yield f"CREATE INDEX IF NOT EXISTS {label} ON {table}({expression})"
