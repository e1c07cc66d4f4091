"""A search that follows each key: the words of a register in memory, in the order of the list.

SQLite finds as fast, but puts what it found in order anew: at 100,000 records 130 to 210 ms a key, here 2 to 9.
"""

from itertools import compress, repeat
from operator import contains
from typing import TYPE_CHECKING, NamedTuple

from . import words

if TYPE_CHECKING:
    from .listing import Listing

# Above it, words (two hundred bytes a record) take more memory than a list is worth.
MOST = 250_000


class _Found(NamedTuple):
    """Records in the order of the list: their document ids, own words, and labels of codes."""

    ids: list[int]
    texts: list[str]
    codes: list[str]


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
        whole = _Found([], [], [])
        for doc_id, text in listing.rows_of_words(sort):
            own, _tab, codes = text.partition(words.CODES)
            whole.ids.append(doc_id)
            whole.texts.append(own)
            whole.codes.append(self._codes.setdefault(codes, codes))
        # What each key so far has left, with the words of then: one more letter narrows the last of them, one less goes back.
        self._steps = [("", whole)]

    def ids(self, search: str) -> list[int]:
        """The document ids of what `Listing.ids` would give."""
        wanted = words.split(search)
        folded = " ".join(wanted)
        # Each word before is the beginning of one now.
        while not folded.startswith(self._steps[-1][0]):
            self._steps.pop()
        before, found = self._steps[-1]
        for word in set(wanted).difference(before.split()):
            found = self._narrowed(found, word)
        if folded != before:
            self._steps.append((folded, found))
        return found.ids

    def _narrowed(self, found: _Found, word: str) -> _Found:
        coded = {codes for codes in self._codes if word in codes}
        if len(coded) == len(self._codes):
            return found
        hits = [*map(contains, found.texts, repeat(word))]
        if coded:
            hits = [hit or codes in coded for hit, codes in zip(hits, found.codes, strict=True)]
        if linked := self._listing.linking_ids(word):
            hits = [hit or doc_id in linked for hit, doc_id in zip(hits, found.ids, strict=True)]
        if all(hits):
            return found
        return _Found([*compress(found.ids, hits)], [*compress(found.texts, hits)], [*compress(found.codes, hits)])
