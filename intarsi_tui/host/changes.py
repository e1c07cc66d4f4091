"""Looking through the history: when, who, what, which record, and the words of the change, newest first, a piece at a time.

What a change says is worked out for each one (20 µs): an index of it would be as large as the history, and hold what is erased.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from ..records.declaration import SEARCHED_ENVELOPE, Declaration
from ..records.linked_kinds import LinkKind, RowsKind
from ..records.typed import fold
from ..store import words
from .acting import worded
from .masks import masks
from .office import Office

QUARTER = 900_000  # milliseconds; no day begins within one, in whatever zone
AT_ONCE = 2_000  # changes looked through between two looks at whether anybody still wants to know


class Seeker:
    """What is looked for in the history of an office.

    Parameters:
        search: words that must all occur, whatever case and accents.
        table, uid: only of this register, of this record.
        names: also by what is kept back of minors.
    """

    def __init__(
        self, office: Office, search: str, table: str | None = None, uid: str | None = None, *, names: bool = False
    ) -> None:
        self._office, self._table, self._uid, self._names = office, table, uid, names
        self._words = words.split(search)
        # Changes that lack some of the words, by record: where they are, these words, and fields whose values before are not known yet.
        self._waiting: defaultdict[str, list[tuple[int, list[str], set[str]]]] = defaultdict(list)
        # What somebody is called who links or is changed: asked of the registers' own indexes, once a word.
        self._called = {
            word: {found for one in office.declarations for found in office.table(one).called(word)}
            for word in self._words
        }
        self._day: Any = cache(lambda quarter: f"{datetime.fromtimestamp(quarter * QUARTER / 1000):%d/%m/%Y}")
        self._who: Any = cache(lambda user: fold(f"{user} {office.name_of(user)}"))
        self._done: Any = cache(lambda label: " ".join(fold(worded(office, label, lang)) for lang in ("it", "en")))
        self._label: Any = cache(self._labels)
        self._word: Any = cache(lambda label: fold(" ".join(label)))

    def pieces(self) -> Iterator[tuple[int, list[int]]]:
        """How many changes were looked through until now, and those found since: their places in the history.

        A change that is found by a value that was there before comes when the change is reached that wrote it: out of its order.
        """
        seen, last = 0, None
        while rows := self._office.store.changes_before(last, AT_ONCE, self._table, self._uid):
            seen, last = seen + len(rows), rows[-1][0]
            yield seen, [place for row in rows for place in self._found_at(*row)]

    def _found_at(
        self, place: int, moment: str, user: str, label: str, table: str, uid: str, patch: str
    ) -> Iterator[int]:
        declaration = self._office.declaration(table)
        said = [self._day(int(moment[:13]) // QUARTER), self._who(user), self._done(label), self._label(table)]
        values = self._values(declaration, uid, patch) if declaration else {}
        missing = self._missing(self._words, declaration, values, said, {uid})
        if not missing:
            yield place
        if declaration is None:
            return
        # What this change wrote is what later ones of the record changed.
        waiting = self._waiting.pop(uid, [])
        for later, words_left, names in waiting:
            if before := {name: value for name, value in values.items() if name in names}:
                words_left = self._missing(words_left, declaration, before, [], set())
                names = names - before.keys()
            if not words_left:
                yield later
            elif names:
                self._waiting[uid].append((later, words_left, names))
        names = {name for name in values if name in declaration.by_name and not declaration.by_name[name].envelope}
        if missing and names and "created_at" not in values:  # of a new record there is nothing before
            self._waiting[uid].append((place, missing, names))

    def _values(self, declaration: Declaration, uid: str, patch: str) -> dict[str, Any]:
        """What a change wrote, as far as it may be told."""
        try:
            values = {name: entry.get("v") for name, entry in json.loads(patch).items()}
        except (ValueError, AttributeError):  # damaged: verifying says so
            return {}
        if not self._names and any(name in values for name in declaration.masked):
            doc = self._office.get(declaration.table, uid) or values
            if masks(declaration, {"id": uid, **doc}, self._office):
                return {name: value for name, value in values.items() if name not in declaration.masked}
        return values

    def _missing(
        self,
        wanted: Sequence[str],
        declaration: Declaration | None,
        values: dict[str, Any],
        said: list[str],
        named: set[str],
    ) -> list[str]:
        """The words that are neither in what is said, nor in the values or in how the records are called that these name."""
        if not wanted:
            return []
        if declaration is not None:
            self._gather(declaration, values, said, named)
        text = "\n".join(said)
        return [word for word in wanted if word not in text and self._called[word].isdisjoint(named)]

    def _gather(self, declaration: Declaration, values: dict[str, Any], said: list[str], named: set[str]) -> None:
        for name, value in values.items():
            field = declaration.by_name.get(name)
            if field is None or (field.envelope and name not in SEARCHED_ENVELOPE):
                continue
            said.append(self._word(field.label))
            if value is None or value == []:
                continue
            if isinstance(field.kind, LinkKind):
                named.update([value] if isinstance(value, str) else value)
            elif isinstance(field.kind, RowsKind):
                for row in value:
                    self._gather(field.kind.declaration, row, said, named)
            else:
                said += field.kind.words(value)

    def _labels(self, table: str) -> str:
        declaration = self._office.declaration(table)
        return fold(" ".join((*declaration.label, *declaration.plural))) if declaration else table
