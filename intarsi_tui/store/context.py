"""What rules may ask of the store: other registers, read only, the day and the user."""

import threading
from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import and_
from types import NoneType
from typing import TYPE_CHECKING, Any

from tinydb import where

from ..records import clock
from ..records.kind import Kind
from ..records.linked_kinds import LinkKind
from .query_sql import value_of

if TYPE_CHECKING:
    from .database import Store


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
        found: dict[str, Any] | None = self._store.table(table).by_uid(uid)
        return found

    def find(self, table: str, **equals: Any) -> list[dict[str, Any]]:
        """The records of `table`, void ones left out, whose fields equal the given values, stored or as Python has them.

        A field of several links (`persons=uid`) is asked for one of them.
        """
        declaration = self._store.registered(table)
        kinds = {name: field.kind for name, field in declaration.by_name.items()} if declaration else {}
        equals = {name: _stored(kinds.get(name), value) for name, value in equals.items()}
        links = [
            name for name, value in equals.items() if isinstance(kinds.get(name), LinkKind) and isinstance(value, str)
        ]
        if not links:
            query = reduce(and_, (where(name) == value for name, value in equals.items()), ~(where("state") == "void"))
            found: list[dict[str, Any]] = self._store.table(table).search(query)
            return found
        # Who refers to a record is kept beside the documents, so that no register is gone through for it.
        # Texts are compared before a document is read from its JSON; the + keeps SQLite from an index on them, which would
        # be the day of a whole office where the link is one person.
        texts = {name: value for name, value in equals.items() if name not in links and isinstance(value, str)}
        more = "".join(f" AND +{value_of(name)} = ?" for name in texts)
        near = self._store.register_table(table).documents(
            f"WHERE uid IN (SELECT uid FROM link WHERE target = ? AND tbl = ?){more}",  # noqa: S608 - value_of quotes names
            (equals[links[0]], table, *texts.values()),
        )
        return [
            doc
            for doc in near
            if doc.get("state") != "void"
            and all(
                _holds(doc.get(name), value) if name in links else doc.get(name) == value
                for name, value in equals.items()
            )
        ]

    def alike(self, table: str, doc: dict[str, Any]) -> list[dict[str, Any]]:
        """The other records of `table`, void ones left out, with the day of birth of `doc` and a similar name or the same code."""
        from .alike import Alike

        known = vars(self._here)
        if table not in known:
            known[table] = Alike(self._store.register_table(table))
        found: list[dict[str, Any]] = known[table].of(doc)
        return found


def _stored(kind: Kind | None, value: Any) -> Any:
    """A rule compares with its own fields (`day=self.day`), a document holds their JSON form."""
    if kind is None or isinstance(value, (str, bool, int, float, list, NoneType)):
        return value
    return kind.store(value)


def _holds(stored: Any, uid: str) -> bool:
    """Whether a field of one link or of several has this one."""
    return uid in stored if isinstance(stored, list) else bool(stored == uid)
