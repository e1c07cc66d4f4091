"""Whether two records may be of the same person or body: names as they are heard, tax codes, days of birth."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..reference.tables import fold
from .linked_kinds import RowsKind

if TYPE_CHECKING:
    from .declaration import Declaration

# Spellings of one sound in names that were carried over from other alphabets: Youssef and Yusuf, Aisha and Aicha.
_SOUNDS = tuple(
    (re.compile(typed), heard)
    for typed, heard in (
        ("h$", ""), ("ph", "f"), ("[cs]h", "s"), ("dj", "j"), ("gi(?=[aou])", "j"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("ck", "k"), ("ou|oo", "u"),
        ("[cq]", "k"), ("[xz]", "s"), ("w", "u"), ("v", "f"), ("j", "g"),
    )
)  # fmt: skip
_VOWELS = re.compile("(?<!^)[aeiouy]+")
_INITIAL = re.compile("^[aeiouy]+")
# Not digits: 11 is not 1.
_TWICE = re.compile(r"([^\d])\1+")


class Traits(NamedTuple):
    """What a record says of who is meant.

    Attributes:
        names: each name with its aliases, as the set of its words as they are heard.
        born: ISO day of birth, "" when it is not known.
        codes: tax codes and the like, former ones included.
    """

    names: tuple[frozenset[str], ...]
    born: str
    codes: frozenset[str]


@lru_cache(maxsize=20_000)  # the names of one office repeat: an import compares each with everybody born that day
def heard(word: str) -> str:
    """How a word of a name sounds, roughly: Mohamed, Muhammad and Mohammed are one."""
    word = fold(word).replace(" ", "")
    for spelling, sound in _SOUNDS:
        word = spelling.sub(sound, word)
    return _TWICE.sub(r"\1", _VOWELS.sub("", _INITIAL.sub("a", word))) or word


def words_heard(name: str) -> frozenset[str]:
    """The words of a whole name as they are heard, in whatever order they were written."""
    return frozenset(map(heard, fold(name).split()))


def traits(declaration: "Declaration", doc: Mapping[str, Any]) -> Traits:
    """What the fields that declare a likeness say."""
    fields = [declaration.by_name[name] for name in declaration.telling]
    main = " ".join(str(doc[one.name]) for one in fields if one.likeness == "name" and doc.get(one.name))
    names, codes = [main], []
    for one in fields:
        if one.likeness == "code" and doc.get(one.name):
            codes.append(str(doc[one.name]).upper())
        if isinstance(one.kind, RowsKind):
            for row in doc.get(one.name) or ():
                for column in one.kind.declaration.fields:
                    if column.likeness and row.get(column.name):
                        (names if column.likeness == "name" else codes).append(str(row[column.name]))
    born = next((str(doc.get(one.name) or "") for one in fields if one.likeness == "born"), "")
    return Traits(tuple(filter(None, dict.fromkeys(map(words_heard, names)))), born, frozenset(codes))


def alike(one: Traits, other: Traits, *, dated: bool = True) -> str:
    """Why both may be the same, "" when nothing says so: `code`, `name_born`, `name_year` or `name`.

    Parameters:
        dated: whether the register knows days of birth at all; where it does, a name alone says little.
    """
    if one.codes & other.codes:
        return "code"
    same = any(mine == theirs for mine in one.names for theirs in other.names)
    # Who has one name on a permit and two on another is found by it only together with the day of birth.
    part = same or any(mine < theirs or theirs < mine for mine in one.names for theirs in other.names)
    if not dated:
        return "name" if same else ""
    if part and one.born and one.born == other.born:
        return "name_born"
    if same and (not one.born or not other.born or one.born[:4] == other.born[:4]):
        return "name_year"
    return ""


def keys(of: Traits) -> Iterator[tuple[str, str]]:
    """What records that are alike have in common, one of them at least: to be compared among each other only."""
    for code in of.codes:
        yield "code", code
    for name in of.names:
        yield "name", " ".join(sorted(name))
        for word in name if of.born else ():
            yield word, of.born


def comparable(declaration: "Declaration") -> bool:
    """Whether a register declares what tells its records apart."""
    return any(one.likeness == "name" for one in declaration.fields)


def dated(declaration: "Declaration") -> bool:
    """Whether a register knows days of birth."""
    return any(one.likeness == "born" for one in declaration.fields)
