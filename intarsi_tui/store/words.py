"""The folded text of a record that a search looks through."""

import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..records.declaration import CODED, Declaration, Field
from ..records.linked_kinds import LinkKind, RowsKind
from ..records.typed import fold
from ..reference import tables
from .values import bindable

# Raised with what `words_of` makes of a record and with the code tables of the program: then every office is indexed again.
VERSION = 2
CODES = "\n\t"  # the first line is the title alone
DIGITS = re.compile("[0-9]+")
LONGEST = 12  # digits of the longest number that sorts by size
DAY = re.compile(r"^(\d\d?)[/.-](\d\d?)[/.-](\d{4})$", re.ASCII)


def words_of(declaration: Declaration, doc: Mapping[str, Any]) -> str:
    """Texts, dates, and what is shown for codes in either language, without case and accents; the first line is how it is called.

    What is shown for codes comes last, after `CODES`: it is the same in many records, and `Finder` looks through it once.
    Links stay out: a search looks through the first lines of what is linked instead.
    """
    title = (
        one for one in map(declaration.by_name.__getitem__, declaration.title) if not isinstance(one.kind, LinkKind)
    )
    shown = (field.show(doc, lang) for field in title for lang in ("it", "en") if doc.get(field.name))
    called = " ".join(map(fold, dict.fromkeys(shown)))
    texts, codes = [called.replace("\n", " ")], list[str]()
    _gather(declaration.searched, doc, texts, codes)
    return CODES.join("\n".join(dict.fromkeys(lines)) for lines in (texts, codes) if lines)


def without(declaration: Declaration, text: str, doc: Mapping[str, Any], names: Collection[str]) -> str:
    """The words `text` of `doc` without those of the fields `names`: a fifth of what making them anew costs."""
    gone = list[str]()
    _gather([field for field in declaration.searched if field.name in names], doc, gone, gone)
    lines = text.split("\n")[not set(names).isdisjoint(declaration.title) :]
    return "\n".join(line for line in lines if line.lstrip("\t") not in gone)


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
    """The folded words of a search; each must occur, a whole date as it is shown."""
    return [DAY.sub(_shown_day, word) for word in fold(bindable(search)).split()]


def held(texts: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether all words that `split` gave are in what a line shows."""
    text = "\n".join(map(fold, texts))
    return all(word in text for word in wanted)


def _shown_day(found: re.Match[str]) -> str:
    return f"{found[1]:0>2}/{found[2]:0>2}/{found[3]}"


def stamp_of(declaration: Declaration) -> str:
    """What the words of a register depend on besides its records; words made under another one are made again."""
    own = tables.overlaid()
    extra = f" {zlib.crc32(repr(own).encode()):08x}" if own else ""
    return f"{VERSION} {declaration.wording}{extra}"


def sort_key(value: Any) -> Any:
    """What a list is sorted by: texts without case and accents, and with the numbers in them by size."""
    return DIGITS.sub(lambda found: found[0].zfill(LONGEST), fold(value)) if isinstance(value, str) else value


def _gather(fields: Iterable[Field], doc: Mapping[str, Any], texts: list[str], codes: list[str]) -> None:
    for field in fields:
        value = doc.get(field.name)
        if value is None or value == []:
            continue
        if isinstance(field.kind, RowsKind):
            for row in value:
                _gather(field.kind.declaration.searched, row, texts, codes)
        else:
            (codes if field.kind.name in CODED else texts).extend(field.kind.words(value))
