"""Looking through the history: when, who, what, which record, and the words of the change, newest first, a piece at a time.

What a change says is worked out for each one (20 µs): an index of it would be as large as the history, and hold what is erased.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from ..records.declaration import SEARCHED_ENVELOPE, Declaration
from ..records.linked_kinds import LinkKind, RowsKind
from ..records.typed import fold
from ..store import history, words
from .office import Office

QUARTER = 900_000  # milliseconds; no day begins within one, in whatever zone
AT_ONCE = 2_000  # changes looked through between two looks at whether anybody still wants to know


class Seeker:
    """What is looked for in the history of an office.

    Parameters:
        search: words that must all occur, whatever case and accents.
        table, uid: only of this register, of this record.
    """

    def __init__(self, office: Office, search: str, table: str | None = None, uid: str | None = None) -> None:
        self._office, self._table, self._uid = office, table, uid
        self._words = words.split(search)
        # What somebody is called who links or is changed: asked of the registers' own indexes, once a word.
        self._called = {
            word: {found for one in office.declarations for found in office.table(one).called(word)}
            for word in self._words
        }
        self._day: Any = cache(lambda quarter: f"{datetime.fromtimestamp(quarter * QUARTER / 1000):%d/%m/%Y}")
        self._who: Any = cache(lambda user: fold(f"{user} {office.name_of(user)}"))
        self._done: Any = cache(lambda label: " ".join(fold(history.worded(label, lang)) for lang in ("it", "en")))
        self._label: Any = cache(self._labels)
        self._word: Any = cache(lambda label: fold(" ".join(label)))

    def pieces(self) -> Iterator[tuple[int, list[int]]]:
        """How many changes were looked through until now, and those of them found since: their places in the history."""
        seen, last = 0, None
        while rows := self._office.store.changes_before(last, AT_ONCE, self._table, self._uid):
            seen, last = seen + len(rows), rows[-1][0]
            yield seen, [row[0] for row in rows if self._is_meant(*row[1:])]

    def _is_meant(self, moment: str, user: str, label: str, table: str, uid: str, patch: str) -> bool:
        if not self._words:
            return True
        declaration = self._office.declaration(table)
        said = [self._day(int(moment[:13]) // QUARTER), self._who(user), self._done(label), self._label(table)]
        named = {uid}
        if declaration is not None:
            try:
                values = {name: entry.get("v") for name, entry in json.loads(patch).items()}
            except (ValueError, AttributeError):  # damaged: verifying says so
                values = {}
            self._gather(declaration, values, said, named)
        text = "\n".join(said)
        return all(word in text or not self._called[word].isdisjoint(named) for word in self._words)

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
