"""Which records of a register a search finds, in which order: fast enough to follow each key."""

import asyncio
from typing import Any

from ..host.masks import Veil
from ..host.office import Office
from ..store.finding import MOST, Finder

# Records from which an order that no index gives takes longer than a person notices: 100,000 texts take half a second.
MANY = 20_000
FEW = 2_000  # records up to which SQLite alone is fast enough for every key of the filter
Ids = list[int]


class RegisterSearch:
    """The records of one register, without those that only a name would find which is kept back.

    Attributes:
        preparing: while another thread reads the register's words.
    """

    def __init__(self, office: Office, records: Any) -> None:
        self._office, self._records = office, records
        self._finder: Finder | None = None
        self._veil = Veil(office, records)
        self.preparing = False

    def _ready(self, sort: str) -> Finder | None:
        finder = self._finder
        return finder if finder and finder.sort == sort and finder.version == self._office.store.version() else None

    def is_quick(self, search: str, sort: str, by: str) -> bool:
        """Whether nobody would wait for `ids`.

        Parameters:
            by: name of the field that gives the order in the end.
        """
        field = self._records.declaration.by_name.get(by)
        indexed = field is None or field.kind.name in ("date", "moment")
        if self._ready(sort):
            return True
        return self._records.count_of() < (MOST if search else MANY) or (indexed and not search)

    def ids(self, search: str, sort: str) -> Ids:
        finder = self._ready(sort)
        found = finder.ids(search) if finder else self._records.ids(search=search, sort=sort)
        return self._veil.leaves(found, search, self._office.store.version())

    async def slowly(self, search: str, sort: str) -> Ids:
        """As `ids`, in another thread."""
        version = self._office.store.version()  # as this thread counts

        def find() -> Ids:
            return self._veil.leaves(self._records.ids(search=search, sort=sort), search, version)

        return await asyncio.to_thread(find)

    async def prepare(self, sort: str) -> bool:
        """Reads the words of the register while the box of the filter opens, if need be; whether it did."""
        if self._ready(sort) or not FEW < self._records.count_of() <= MOST:
            return False
        version = self._office.store.version()  # of this thread, which is going to ask: each thread counts by itself
        self.preparing = True
        try:
            self._finder = await asyncio.to_thread(Finder, self._records, sort, version)
            await asyncio.to_thread(self._veil.lift, version)
        finally:
            self.preparing = False
        return True
