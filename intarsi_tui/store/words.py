"""The folded text of a record that a search looks through."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..records.declaration import TEXTS, Declaration
from ..records.linked_kinds import LinkKind, RowsKind
from ..records.typed import fold
from .values import bindable

DIGITS = re.compile("[0-9]+")
LONGEST = 12  # digits of the longest number that sorts by size


def words_of(declaration: Declaration, doc: Mapping[str, Any]) -> str:
    """Texts, and what the list shows in either language, without case and accents; the first line is how it is called.

    Links are codes, so they stay out: a search looks through the first lines of what is linked instead.
    """
    title = (
        one for one in map(declaration.by_name.__getitem__, declaration.title) if not isinstance(one.kind, LinkKind)
    )
    shown = (field.show(doc, lang) for field in title for lang in ("it", "en") if doc.get(field.name))
    called = " ".join(map(fold, dict.fromkeys(shown)))
    return "\n".join(dict.fromkeys([called.replace("\n", " "), *_words(declaration, doc)]))


def linked(declaration: Declaration) -> frozenset[str]:
    """The tables that records of `declaration` link to, in rows too."""
    found: set[str] = set()
    for field in declaration.fields:
        if isinstance(field.kind, LinkKind):
            found.add(field.kind.target)
        elif isinstance(field.kind, RowsKind):
            found |= linked(field.kind.declaration)
    return frozenset(found)


def split(search: str) -> list[str]:
    """The folded words of a search; each must occur."""
    return fold(bindable(search)).split()


def sort_key(value: Any) -> Any:
    """What a list is sorted by: texts without case and accents, and with the numbers in them by size."""
    return DIGITS.sub(lambda found: found[0].zfill(LONGEST), fold(value)) if isinstance(value, str) else value


def _words(declaration: Declaration, doc: Mapping[str, Any]) -> Iterator[str]:
    for field in declaration.searched:
        value = doc.get(field.name)
        if value is None or value == []:
            continue
        if isinstance(field.kind, RowsKind):
            for row in value:
                yield from _words(field.kind.declaration, row)
        else:
            shown = field.kind.show(value, "it")
            yield fold(shown)
            # A text is the same in both: half of the time that making these words takes.
            if field.kind.name not in TEXTS and (other := field.kind.show(value, "en")) != shown:
                yield fold(other)
