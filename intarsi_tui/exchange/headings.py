"""Which field each column of a file means, by its heading: name or label in either language, whatever case and accents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from ..records.declaration import Declaration, Field
from ..records.labels import Label
from ..reference.tables import fold
from .problems import FileRefused

# Titles and notes that partners put above the heading; further down nothing is taken for one.
DEPTH = 20


@dataclass
class Heading:
    """The heading of a file.

    Attributes:
        row: its row number.
        fields: column index (from 0) → field.
        unknown: headings that mean nothing here.
        twice: headings of a field that another column has already.
        width: how many columns it has, up to its last word.
    """

    row: int = 0
    fields: dict[int, Field] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    width: int = 0


def find_heading(
    declaration: Declaration, rows: Iterator[tuple[int, list[Any]]], path: Path
) -> tuple[Heading, Iterator[tuple[int, list[Any]]]]:
    """The row among the first that names the most fields, and the rows below it.

    Raises:
        FileRefused: an empty file, no row that names any, or one that names a field twice.
    """
    first = list(islice(rows, DEPTH))
    if not first:
        raise FileRefused("empty", path)
    headings = [_matched(declaration, number, cells) for number, cells in first]
    best = max(range(len(headings)), key=lambda index: len(headings[index].fields))
    if not headings[best].fields:
        labels = Label(*(", ".join(one.label(lang) for one in declaration.editable) for lang in ("it", "en")))
        raise FileRefused("no_heading", path, detail=labels, record=declaration.plural)

    if headings[best].twice:
        raise FileRefused("twice", path, detail=", ".join(headings[best].twice))

    def below() -> Iterator[tuple[int, list[Any]]]:
        yield from first[best + 1 :]
        yield from rows

    return headings[best], below()


def _matched(declaration: Declaration, row: int, cells: Sequence[Any]) -> Heading:
    names = _names(declaration)
    heading, taken = Heading(row), set[str]()
    for index, cell in enumerate(cells):
        text = str(cell).strip()
        if not text:
            continue
        heading.width = index + 1
        # Two fields may share a label: the first column is the first of them.
        meant = names.get(fold(text), [])
        found = next((one for one in meant if one.name not in taken), None)
        if found is None:
            (heading.twice if meant else heading.unknown).append(text)
        else:
            heading.fields[index] = found
            taken.add(found.name)
    return heading


def _names(declaration: Declaration) -> dict[str, list[Field]]:
    """Folded wording → fields; the record's own before those of every record. Folding drops the * of required ones."""
    names: dict[str, list[Field]] = {}
    for one in sorted(declaration.fields, key=lambda field: field.envelope):
        for word in dict.fromkeys(fold(word) for word in (one.name, one.label.it, one.label.en)):
            names.setdefault(word, []).append(one)
    return names
