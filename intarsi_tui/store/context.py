"""What rules may ask of the store: other registers, read only, the day and the user."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar

from tinydb.table import Document

from ..records import clock
from ..records.kind import Kind
from ..records.linked_kinds import LinkKind, RowsKind
from .query_sql import Condition, equals, value_of

if TYPE_CHECKING:
    from .database import Store

T = TypeVar("T")


class StoreContext:
    """The context that a store gives to rules; `profile` and `files` are set by whoever knows the project."""

    def __init__(self, store: "Store", profile: Any = None, files: Callable[[], Any] = lambda: None) -> None:
        self._store = store
        self.profile, self._files = profile, files
        self._here = threading.local()

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def user(self) -> str:
        return self._store.user

    @property
    def files(self) -> Any:
        return self._files()

    def get(self, table: str, uid: str) -> dict[str, Any] | None:
        """The record of `table` with this id, `None` when there is none."""
        return next(iter(self._read(table, "uid = ?", (uid,))), None)

    def find(self, table: str, **equals: Any) -> list[dict[str, Any]]:
        """The records of `table`, void ones left out, whose fields equal the given values, stored or as Python has them.

        A field of several links (`persons=uid`) is asked for one of them, rows (`members=uid`) for one that names it;
        `None` is an empty field.

        Raises:
            LookupError: the register's plugin is there, but has no such register, or the register no such field.
        """
        kinds = self._kinds(table, (*equals,))
        wanted = {name: _stored(kinds.get(name), value) for name, value in equals.items()}
        links = [name for name, value in wanted.items() if isinstance(value, str) and _linking(kinds.get(name))]
        return self._valid(self._candidates(table, wanted, links), wanted, links)

    def _kinds(self, table: str, names: tuple[str, ...]) -> dict[str, Kind]:
        declaration = self._store.registered(table)
        there = declaration is not None and declaration.version
        if not there and any(one.plugin == table.partition(".")[0] and one.version for one in self._store.declarations):
            raise LookupError(f"there is no register {table}")
        fields = declaration.by_name if declaration else {}
        # A mistyped name would find nothing, and switch off the rule that asks; a plugin that is not there is no mistake.
        if there and (unknown := [name for name in names if name not in fields]):
            raise LookupError(f"{table} has no field {unknown[0]!r}")
        return {name: fields[name].kind for name in names if name in fields}

    @staticmethod
    def _valid(docs: Iterable[Document], wanted: dict[str, Any], links: list[str]) -> list[dict[str, Any]]:
        """Those that are not void and have the values."""
        if len(wanted) == 1 and not links:  # most questions
            ((name, value),) = wanted.items()
            return [doc for doc in docs if doc.get(name) == value and doc.get("state") != "void"]
        return [
            doc
            for doc in docs
            if doc.get("state") != "void"
            and all(
                holds(doc.get(name), value) if name in links else doc.get(name) == value
                for name, value in wanted.items()
            )
        ]

    def _candidates(self, table: str, wanted: dict[str, Any], links: list[str]) -> Iterable[Document]:
        """The documents that may have these values, and perhaps more; `links` are those of them that refer to records."""
        conditions = [
            _condition(name, value, "+" if links else "") for name, value in wanted.items() if name not in links
        ]
        if links:
            # Who refers to a record is kept beside the documents, so that no register is gone through for it.
            linked = "uid IN (SELECT uid FROM link WHERE target = ? AND tbl = ?)"
            conditions.insert(0, Condition(linked, (wanted[links[0]], table)))
        where = " AND ".join(condition.where for condition in conditions) or "1"
        params = tuple(value for condition in conditions for value in condition.params)
        return self._read(table, where, params)

    def shared(self, key: Hashable, make: Callable[[], T]) -> T | None:
        """`None`: here rules look at one record; `Remembering` looks at all of them."""
        return None

    def alike(self, table: str, doc: dict[str, Any]) -> list[dict[str, Any]]:
        """The other records of `table`, void ones left out, with the day of birth of `doc` and a similar name or the same code."""
        from .alike import Alike

        known = vars(self._here)
        if table not in known:
            known[table] = Alike(self._store.register_table(table))
        found: list[dict[str, Any]] = known[table].of(doc)
        return found

    def _read(self, table: str, where: str, params: tuple[Any, ...]) -> Iterable[Document]:
        found: Iterator[Document] = self._store.table(table).documents(f"WHERE {where}", params)
        return found


def _condition(name: str, value: Any, sign: str) -> Condition:
    """SQL that looks at a field before a document is read from its JSON; Python decides again.

    Parameters:
        sign: `+` keeps SQLite from an index on texts, which would be the day of a whole office where a link is one person.
    """
    if value is None:
        return Condition(f"{value_of(name)} IS NULL")
    condition = equals((name,), value)
    return condition._replace(where=sign + condition.where) if isinstance(value, str) else condition


def _stored(kind: Kind | None, value: Any) -> Any:
    """A rule compares with its own fields (`day=self.day`), a document holds their JSON form."""
    if kind is None or isinstance(value, (str, bool, int, float, list, NoneType)):
        return value
    return kind.store(value)


def _linking(kind: Kind | None) -> bool:
    return isinstance(kind, LinkKind) or (isinstance(kind, RowsKind) and bool(kind.declaration.linking))


def holds(stored: Any, uid: str) -> bool:
    """Whether a field of one link or of several, or one of its rows, has this one."""
    if not isinstance(stored, list):
        return bool(stored == uid)
    return uid in stored or any(uid in one.values() for one in stored if isinstance(one, dict))
