"""Every record held against its declaration and rules as they are today, in one look at the whole office."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tinydb.table import Document

from ..records import clock
from ..records.declaration import Declaration
from ..records.problems import Problem
from ..store import links
from ..store.context import StoreContext

if TYPE_CHECKING:
    from .office import Office

# Neighbours ask the same: a day's appointments, a month's timesheets, one household. More of them would only fill memory.
HELD = 30_000
AT_ONCE = 500

Doc = dict[str, Any]


class Found(NamedTuple):
    """A problem of a record."""

    table: str
    doc: Document
    problem: Problem


def findings(office: "Office") -> Iterator[Found]:
    """The problems of all records but void ones, register by register, by the date of the record.

    Everything is read as of one moment, so that what rules ask about other records is asked of the file once.
    """
    from ..store.pipeline import examine

    context = office.store.context
    with office.store.snapshot():
        office.store.context = remembering = Remembering(office)
        try:
            for table, declaration in office.declarations.items():
                register = office.table(table)
                # Ids first: the records of a large register do not fit in memory beside what is remembered.
                ids = register.ids(sort=declaration.date or "created_at")
                for first in range(0, len(ids), AT_ONCE):
                    docs = register.by_ids(ids[first : first + AT_ONCE])
                    remembering.ahead(declaration, docs)
                    for doc in docs:
                        if doc["state"] != "void":
                            found = [
                                *examine(register, {}, doc).problems,
                                *links.void_ones(office.store, remembering, declaration, doc),
                            ]
                            yield from (Found(table, doc, one) for one in found)
        finally:
            office.store.context = context


class Remembering(StoreContext):
    """The store's context, asked by one rule after the other while nothing is written: the same is asked once."""

    def __init__(self, office: "Office") -> None:
        super().__init__(office.store, office.workspace.profile, lambda: office.workspace.files)
        self._today = clock.today()
        self._answers: dict[tuple[Any, ...], list[Doc]] = {}
        self._found = 0
        self._documents: defaultdict[str, dict[int, Document]] = defaultdict(dict)
        self._uids: dict[tuple[str, str], Document | None] = {}

    @property
    def today(self) -> date:
        return self._today

    def get(self, table: str, uid: str) -> Doc | None:
        key = table, uid
        if key not in self._uids:
            self._uids[key] = next(iter(self._read(table, "uid = ?", (uid,))), None)
        return self._uids[key]

    def find(self, table: str, **equals: Any) -> list[Doc]:
        key = (table, *((name, str(value)) for name, value in equals.items()))
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = super().find(table, **equals)
            self._found += len(found)
            if self._found > HELD:
                self._answers.clear()
                self._found = 0
        return found

    def ahead(self, declaration: Declaration, docs: list[Document]) -> None:
        """Reads what `docs`, which are going to be checked, refer to, one question a register instead of one a record."""
        self._hold(declaration.table, docs)
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for doc in docs:
            for table, uid in links.linked(declaration, doc):
                if (table, uid) not in self._uids:
                    wanted[table].add(uid)
        for table, uids in wanted.items():
            where = "uid IN (SELECT value FROM json_each(?))"
            self._hold(table, self._read(table, where, (json.dumps(sorted(uids)),)))

    def _read(self, table: str, where: str, params: tuple[Any, ...]) -> Iterable[Document]:
        held = self._documents[table]
        found = list(self._store.table(table).documents(f"WHERE {where}", params, held))
        held.update((doc.doc_id, doc) for doc in found)
        if len(held) > HELD:
            held.clear()
        return found

    def _hold(self, table: str, docs: Iterable[Document]) -> None:
        if len(self._uids) > HELD:
            self._uids.clear()
        self._uids.update(((table, doc["id"]), doc) for doc in docs)
