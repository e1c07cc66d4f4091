"""Who of a register may be the same as a given record, without a look at everybody who was born that day.

Registers of reception have hundreds of people with the same presumed day of birth. What they are called and which codes they
have is kept for the days that were asked for, by word, and brought up to date by the history whenever it is asked again.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tinydb import where
from tinydb.table import Document

from ..records.likeness import Traits, alike, keys, traits
from . import distinct

if TYPE_CHECKING:
    from .register import RegisterTable

Key = tuple[str, str]


class Alike:
    """The people of one register by day of birth; for one thread, since each may see another moment."""

    def __init__(self, register: "RegisterTable") -> None:
        self._register = register
        self._born: dict[str, set[str]] = {}
        self._known: dict[str, Traits] = {}
        self._sharing: dict[Key, set[str]] = {}
        self._last: tuple[int, str] | None = None

    def of(self, doc: Mapping[str, Any]) -> list[Document]:
        """The other records with the day of birth of `doc` and a similar name or the same code, void ones and those left
        out that were told apart."""
        mine, own = traits(self._register.declaration, doc), str(doc.get("id"))
        if not mine.born:
            return []
        near = [uid for uid in self.near(mine) - {own} if alike(mine, self._known[uid])]
        apart = distinct.pairs(self._register.store) if near else ()
        found = (self._by_uid(uid) for uid in near if {own, uid} not in apart)
        return sorted(filter(None, found), key=lambda one: one.doc_id)

    def near(self, mine: Traits) -> set[str]:
        """The records of that day of birth that share a word of a name, or a code: the only ones to be compared."""
        self._bring_up_to_date()
        if mine.born not in self._born:
            self._born[mine.born] = set()
            name = next(one.name for one in self._register.declaration.fields if one.likeness == "born")
            for doc in self._born_on(name, mine.born):
                self._learn(doc)
        shared = (self._sharing.get(key, ()) for key in keys(mine))
        return {uid for uids in shared for uid in uids} & self._born[mine.born]

    def _born_on(self, name: str, day: str) -> Iterable[Mapping[str, Any]]:
        return self._register.search(where(name) == day)

    def _by_uid(self, uid: str) -> Document | None:
        return self._register.by_uid(uid)

    def _bring_up_to_date(self) -> None:
        connection = self._register.store.connection
        newest = connection.rows("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1")
        last = newest[0] if newest else None
        if last == self._last:
            return
        seq, digest = self._last or (0, "")
        # A row that is not there any more was rolled back.
        if self._last is None or connection.one("SELECT hash FROM history WHERE seq = ?", (seq,)) != digest:
            for known in (self._born, self._known, self._sharing):
                known.clear()
        else:
            changed = "SELECT DISTINCT uid FROM history WHERE seq > ? AND tbl = ?"
            for (uid,) in connection.rows(changed, (seq, self._register.name)):
                self._forget(uid)
                if doc := self._register.by_uid(uid):
                    self._learn(doc)
        self._last = last

    def _learn(self, doc: Mapping[str, Any]) -> None:
        of = traits(self._register.declaration, doc)
        if doc["state"] == "void" or of.born not in self._born:
            return
        self._known[doc["id"]] = of
        self._born[of.born].add(doc["id"])
        for key in keys(of):
            self._sharing.setdefault(key, set()).add(doc["id"])

    def _forget(self, uid: str) -> None:
        if of := self._known.pop(uid, None):
            self._born[of.born].discard(uid)
            for key in keys(of):
                self._sharing[key].discard(uid)
