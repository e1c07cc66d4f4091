"""The folded text of a record that a search looks through."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..records.declaration import Declaration, Field
from ..records.linked_kinds import LinkKind, RowsKind
from ..records.typed import fold
from .values import bindable

TEXTS = frozenset(("text", "long_text", "pseudonym", "tax_code", "school_code", "attachment"))
ENVELOPE = frozenset(("number", "wp", "activity", "void_reason", "internal_notes"))


def words_of(declaration: Declaration, doc: Mapping[str, Any]) -> str:
    """Texts, and what the list shows in either language, without case and accents. Links are codes, so they stay out."""
    return "\n".join(dict.fromkeys(_words(declaration, doc)))


def split(search: str) -> list[str]:
    """The folded words of a search; each must occur."""
    return fold(bindable(search)).split()


def _words(declaration: Declaration, doc: Mapping[str, Any]) -> Iterator[str]:
    for field in declaration.fields:
        value = doc.get(field.name)
        if value is None or value == []:
            continue
        if isinstance(field.kind, RowsKind):
            for row in value:
                yield from _words(field.kind.declaration, row)
        elif _searched(field):
            yield from (fold(field.kind.show(value, lang)) for lang in ("it", "en"))


def _searched(field: Field) -> bool:
    if field.envelope:
        return field.name in ENVELOPE
    return not isinstance(field.kind, LinkKind) and (field.in_list or field.kind.name in TEXTS)
