"""Which register a table is for: by its headings, by the title above them, by the names of its sheet and its file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ..records.declaration import Declaration, Field
from ..records.header_words import ENOUGH, FILLERS, likeness
from ..reference.tables import fold
from .headings import heading_row, matched

NEAR = 0.4  # below the best one: who comes so near may be meant as well
LIKE = 0.7  # what a heading that is only like a label is worth, beside one that is the label
MISSING = 0.2  # taken off for each field without which nothing can be saved
TITLED = 2.0  # for what is called like the register

Row = tuple[int, Sequence[Any]]


def likely(declarations: Iterable[Declaration], first: Sequence[Row], called: Iterable[str]) -> list[str]:
    """The registers that the table may be for, the likeliest first: one, when it is clear; none, when no heading fits.

    Parameters:
        first: the first rows of the table.
        called: its sheet, its file.
    """
    declarations = list(declarations)
    known = Counter(word for one in declarations for word in {*_labels(one)})
    ranked = sorted(((_worth(one, first, called, known), one.table) for one in declarations), key=lambda pair: -pair[0])
    best = ranked[0][0] if ranked else 0.0
    return [table for worth, table in ranked if worth > 0 and worth >= best - NEAR]


def _worth(declaration: Declaration, first: Sequence[Row], called: Iterable[str], known: Counter[str]) -> float:
    """How well a register fits, 0 for not at all."""
    at = heading_row(declaration, first, {})
    fields = matched(declaration, *first[at]).fields
    cells = {place: fold(cell) for place, cell in enumerate(first[at][1]) if isinstance(cell, str) and cell.strip()}
    shares = [_told(field, known) for field in fields.values()]
    taken = {one.name for one in fields.values()}
    for place, cell in cells.items():
        if place in fields:
            continue
        near = ((max(likeness(cell, one.label(lang)) for lang in ("it", "en")), one) for one in declaration.editable)
        like, field = max(near, key=lambda pair: pair[0], default=(0.0, None))
        if field is not None and like >= ENOUGH and field.name not in taken:
            taken.add(field.name)
            shares.append(LIKE * like * _told(field, known))
    if not shares:
        return 0.0
    missing = sum(
        one.required == "save" and one.default is None and one.name not in taken for one in declaration.editable
    )
    above = [str(cell) for _number, row in first[:at] for cell in row if isinstance(cell, str)]
    return max(sum(shares) + TITLED * _called_so(declaration, [*called, *above]) - MISSING * missing, 0.01)


def _told(field: Field, known: Counter[str]) -> float:
    """What a heading tells: the less, the more registers have a field that is called so."""
    return float(known[fold(field.label.it)] ** -0.5)


def _labels(declaration: Declaration) -> Iterable[str]:
    return (fold(word) for one in declaration.fields for word in one.label)


def _called_so(declaration: Declaration, titles: Iterable[str]) -> float:
    """How much of the register's name stands in one of the titles: a long name says more than a short one."""
    there = [_stems(title) for title in titles]
    return max((_share(stems, title) for stems in _names(declaration) for title in there), default=0.0)


def _names(declaration: Declaration) -> list[set[str]]:
    words = [*declaration.label, *declaration.plural, *(word for both in declaration.also for word in both.split(", "))]
    # “Reti e tavoli” may be called by either.
    parts = [part for word in words for part in word.replace(" and ", " e ").split(" e ")]
    return [stems for part in parts if (stems := _stems(part))]


def _share(name: set[str], title: set[str]) -> float:
    return len(name & title) / len(name) * (0.75 + 0.25 * len(name))


def _stems(text: str) -> set[str]:
    """Its words without the ending that makes many of one."""
    return {
        word[:-1] if len(word) > 3 else word
        for word in fold(text).split()
        if word not in FILLERS and not word.isdecimal()
    }
