"""Every record held against its declaration and rules as they are today, in one look at the whole office."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tinydb.table import Document

from ..records.problems import Problem
from ..store import links
from .remembering import Remembering

if TYPE_CHECKING:
    from .office import Office

AT_ONCE = 500


class Found(NamedTuple):
    """A problem of a record."""

    table: str
    doc: Document
    problem: Problem


def findings(office: "Office") -> Iterator[Found]:
    """The problems of all records but void ones, register by register, by the date of the record.

    Everything is read as of one moment, so that what rules ask about other records is asked of the file once.
    """
    from ..store.pipeline import problems_of

    context = office.store.context
    with office.store.snapshot(), _seldom_collected():
        office.store.context = remembering = Remembering(office)
        try:
            for table, declaration in office.declarations.items():
                register = office.table(table)
                # Ids first: the records of a large register do not fit in memory beside what is remembered.
                ids = register.ids(sort=declaration.date or "created_at")
                for first in range(0, len(ids), AT_ONCE):
                    for doc, names_void in remembering.ahead(declaration, ids[first : first + AT_ONCE]):
                        if doc["state"] != "void":
                            found = problems_of(register, doc)
                            if names_void:
                                found = [*found, *links.void_ones(office.store, remembering, declaration, doc)]
                            for one in found:
                                yield Found(table, doc, one)
        finally:
            office.store.context = context


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Python looks for circles in what is held after every 700 new objects: here there are none, and it took a third of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
