"""Which field each column of a file means, by its heading: name or label in either language, whatever case and accents."""

from collections.abc import Iterator, Mapping, Sequence
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

# A label of ours, then what offices write above the same column. A field's own names go before these.
SYNONYMS = (
    ("Genere", "Sesso", "Sex", "M/F"),
    ("Data di nascita", "Nato il", "Nata il", "Nato/a il", "Data nascita", "Born on", "Birth date"),
    ("Luogo di nascita", "Nato a", "Nata a", "Nato/a a", "Born in"),
    ("Cittadinanza", "Nazionalità", "Nazione", "Paese di cittadinanza", "Nationality"),
    ("Comune", "Residenza", "Comune di residenza", "Domicilio", "Town"),
    ("Presa in carico", "Data presa in carico", "Data di presa in carico", "Preso in carico il", "Take-in date"),
    ("Dalle", "Inizio", "Ora inizio", "Ora di inizio", "Start time"),
    ("Alle", "Fine", "Ora fine", "Ora di fine", "End time"),
    ("Inizio", "Dalle", "Ora inizio", "Ora di inizio", "Data inizio", "Start time", "Start date"),
    ("Fine", "Alle", "Ora fine", "Ora di fine", "Data fine", "End time", "End date"),
    ("Mediatore", "Mediatrice", "Mediatore/mediatrice", "Mediatore culturale", "Mediatrice culturale"),
    ("Presenti", "N. presenti", "Numero presenti", "Presenze", "No. present"),
    ("Telefono", "Tel.", "Cell.", "Cellulare", "N. telefono", "Telephone", "Phone", "Mobile"),
)


@dataclass
class Heading:
    """The heading of a file.

    Attributes:
        row: its row number.
        fields: column index (from 0) → field.
        unknown: headings that mean nothing here.
        twice: headings of a field that another column has already.
        left_out: headings that a person has left out.
        width: how many columns it has, up to its last word.
    """

    row: int = 0
    fields: dict[int, Field] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    width: int = 0


def find_heading(
    declaration: Declaration,
    rows: Iterator[tuple[int, list[Any]]],
    path: Path,
    columns: Mapping[str, str] | None = None,
) -> tuple[Heading, Iterator[tuple[int, list[Any]]]]:
    """The row among the first that names the most fields, and the rows below it.

    Parameters:
        columns: heading, or `#3` for the third column → name of the field that it means here, "" to leave it out.

    Raises:
        FileRefused: an empty file, no row that names any, or one that names a field twice; a field or heading of
            `columns` that is not there.
    """
    first = list(islice(rows, DEPTH))
    if not first:
        raise FileRefused("empty", path)
    said = columns or {}
    if strange := [name for name in said.values() if name and name not in declaration.by_name]:
        raise FileRefused("no_such_field", path, detail=strange[0], record=declaration.plural)
    best = heading_row(declaration, first, said)
    headings = [matched(declaration, number, cells, said) for number, cells in first]
    if lost := _not_met(first[best][1], said):
        raise FileRefused("no_such_heading", path, detail=lost)
    if not headings[best].fields:
        labels = Label(*(", ".join(one.label(lang) for one in declaration.editable) for lang in ("it", "en")))
        raise FileRefused("no_heading", path, detail=labels, record=declaration.plural)

    if headings[best].twice:
        raise FileRefused("twice", path, detail=", ".join(headings[best].twice))

    def below() -> Iterator[tuple[int, list[Any]]]:
        yield from first[best + 1 :]
        yield from rows

    return headings[best], below()


def heading_row(
    declaration: Declaration, first: Sequence[tuple[int, Sequence[Any]]], columns: Mapping[str, str]
) -> int:
    """Which of the first rows names the most fields; where none names any, the one with the most words."""

    def worth(index: int) -> tuple[int, int]:
        number, cells = first[index]
        heading = matched(declaration, number, cells, {key: name for key, name in columns.items() if key[:1] != "#"})
        named = len(heading.fields) + len(heading.left_out)
        return named, 0 if named else sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells)

    return max(range(len(first)), key=worth)


def _not_met(cells: Sequence[Any], columns: Mapping[str, str]) -> str:
    """The first heading or place of `columns` that this row does not have."""
    there = {fold(str(cell)) for cell in cells}
    return next(
        (key for key in columns if (_position(key) > len(cells) if _position(key) else fold(key) not in there)), ""
    )


def _position(key: str) -> int:
    """3 of `#3`, else 0."""
    return int(key[1:]) if key[:1] == "#" and key[1:].isdecimal() else 0


def matched(
    declaration: Declaration, row: int, cells: Sequence[Any], columns: Mapping[str, str] | None = None
) -> Heading:
    """Which field each cell of a row names, as the first that names it; what `columns` says goes first."""
    names = _names(declaration)
    heading, taken = Heading(row), set[str]()
    said = {(_position(key) - 1 if _position(key) else fold(key)): name for key, name in (columns or {}).items()}
    for index, cell in enumerate(cells):
        text = str(cell).strip()
        meant_here = said.get(index, said.get(fold(text)) if text else None)
        if meant_here is None:
            continue
        heading.width = index + 1
        if meant_here == "":
            heading.left_out.append(text or f"#{index + 1}")
        elif meant_here in taken:
            heading.twice.append(text or f"#{index + 1}")
        else:
            heading.fields[index] = declaration.by_name[meant_here]
            taken.add(meant_here)
    for index, cell in enumerate(cells):
        text = str(cell).strip()
        if not text:
            continue
        heading.width = max(heading.width, index + 1)
        if index in said or fold(text) in said:
            continue
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
    for label, *others in SYNONYMS:
        for word in map(fold, others):
            if fold(label) in names:
                names.setdefault(word, names[fold(label)])
    return names
