"""Every record held against its declaration and rules as they are today, in one look at the whole office."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tinydb.table import Document

from ..records.context import Context
from ..records.problems import Problem

if TYPE_CHECKING:
    from .office import Office

# Neighbours ask the same: a day's appointments, a month's timesheets, one household. More of them would only fill memory.
HELD = 30_000

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
    from ..store.links import void_ones
    from ..store.pipeline import examine

    context = office.store.context
    with office.store.snapshot():
        office.store.context = Remembering(context)
        try:
            for table, declaration in office.declarations.items():
                register = office.table(table)
                # Ids first: the records of a large register do not fit in memory beside what is remembered.
                ids = register.ids(sort=declaration.date or "created_at")
                for first in range(0, len(ids), 500):
                    for doc in register.by_ids(ids[first : first + 500]):
                        if doc["state"] != "void":
                            found = [
                                *examine(register, {}, doc).problems,
                                *void_ones(office.store.context, declaration, doc),
                            ]
                            yield from (Found(table, doc, one) for one in found)
        finally:
            office.store.context = context


class Remembering:
    """A context that asks the same thing once; good only while nothing is written."""

    def __init__(self, asked: Context) -> None:
        self._asked = asked
        self.today: date = asked.today
        self.user: str = asked.user
        self.profile: Any = asked.profile
        self._records: OrderedDict[tuple[str, str], Doc | None] = OrderedDict()
        self._answers: OrderedDict[tuple[Any, ...], list[Doc]] = OrderedDict()
        self._held = 0

    @property
    def files(self) -> Any:
        return self._asked.files

    def get(self, table: str, uid: str) -> Doc | None:
        key = table, uid
        if key not in self._records:
            self._records[key] = self._asked.get(table, uid)
            if len(self._records) > HELD:
                self._records.popitem(last=False)
        return self._records[key]

    def alike(self, table: str, doc: Doc) -> list[Doc]:
        return self._asked.alike(table, doc)

    def find(self, table: str, **equals: Any) -> list[Doc]:
        key = (table, *((name, str(value)) for name, value in equals.items()))
        if key not in self._answers:
            self._answers[key] = self._asked.find(table, **equals)
            self._held += len(self._answers[key])
            while self._held > HELD:
                self._held -= len(self._answers.popitem(last=False)[1])
            if key not in self._answers:  # larger than everything that is held
                return self._asked.find(table, **equals)
        return self._answers[key]
