"""A search that follows each key: the words of a register in memory, in the order of the list.

SQLite finds as fast, but puts what it found in order anew: at 100,000 records 130 to 210 ms a key, here 2 to 9.
"""

from typing import TYPE_CHECKING

from . import words

if TYPE_CHECKING:
    from .listing import Listing

# Above it, words (two hundred bytes a record) take more memory than a list is worth.
MOST = 250_000

Row = tuple[int, str, str]


class Finder:
    """What a register's list holds at one moment, in one order.

    Parameters:
        version: of the database before it is read, as the thread counts that is going to ask: another one means that it
            is out of date.
    """

    def __init__(self, listing: "Listing", sort: str, version: int) -> None:
        self._listing, self.sort, self.version = listing, sort, version
        # What is shown for codes is the same in many records: kept once and looked through once.
        self._codes: dict[str, str] = {}
        self._all: list[Row] = []
        for doc_id, text in listing.rows_of_words(sort):
            own, _tab, codes = text.partition(words.CODES)
            self._all.append((doc_id, own, self._codes.setdefault(codes, codes)))
        self._ids = [doc_id for doc_id, _own, _codes in self._all]
        self._last, self._found = "", self._all

    def ids(self, search: str) -> list[int]:
        """The document ids of what `Listing.ids` would give."""
        wanted = words.split(search)
        folded = " ".join(wanted)
        if not wanted:
            return self._ids
        # Who types on narrows what was found: each word before is the beginning of one now.
        rows = self._found if self._last and folded.startswith(self._last) else self._all
        for word in wanted:
            linked = self._listing.linking_ids(word)
            coded = {codes for codes in self._codes if word in codes}
            if linked:
                rows = [row for row in rows if word in row[1] or row[2] in coded or row[0] in linked]
            elif coded:
                rows = [row for row in rows if word in row[1] or row[2] in coded]
            else:
                rows = [row for row in rows if word in row[1]]
        self._last, self._found = folded, rows
        return [doc_id for doc_id, _own, _codes in rows]
