"""A first look at a file that is to be imported: its sheets, the register that it is for, what its columns may mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records.declaration import Declaration
from .files import rows_of, sheets_of
from .headings import DEPTH, heading_row, matched
from .problems import FileRefused

if TYPE_CHECKING:
    from ..host.office import Office

EXAMPLES = 3  # values that are shown of each column

Row = tuple[int, list[Any]]


@dataclass(frozen=True)
class SeenColumn:
    """A column of the file.

    Attributes:
        at: its place, from 0.
        examples: its first values, as texts.
        named: the field that its heading names, as the command takes it; "" for none.
        field: the field that it is taken for; a heading that is only like a label counts, too.
    """

    at: int
    heading: str
    examples: list[str]
    named: str
    field: str


@dataclass(frozen=True)
class Look:
    """What a file holds.

    Attributes:
        sheets: those to choose from.
        sheet: the one looked at, "" where there are none.
        table: the register that was named, or the one that its headings fit best; "" when they fit none.
        row: number of the heading row.
        rows: how many rows stand below it.
    """

    sheets: list[str]
    sheet: str
    table: str
    row: int
    rows: int
    columns: list[SeenColumn]


def look(office: "Office", path: Path, sheet: str | None, table: str) -> tuple[Look, list[Row]]:
    """What a file holds, and its rows.

    Parameters:
        sheet: the one that is meant; the first that can be when left out.
        table: the register that is meant, "" to have it guessed.

    Raises:
        FileRefused, SheetError: the file cannot be read, or is empty.
    """
    sheets = sheets_of(path)
    if sheet is None and sheets:
        sheet = table if table in sheets else sheets[0]
    rows = list(rows_of(path, sheet, table))
    if not rows:
        raise FileRefused("empty", path)
    first = rows[:DEPTH]
    table = table or (sheet if sheet in office.declarations else None) or _register(office.declarations.values(), first)
    declaration = office.declarations.get(table)
    head = heading_row(declaration, first, {}) if declaration else 0
    below = rows[head + 1 :]
    return Look(sheets, sheet or "", table, first[head][0], len(below), _columns(declaration, first[head], below)), rows


def _register(declarations: Iterable[Declaration], first: Sequence[Row]) -> str:
    """The register most of whose fields are named in a row; of two the one that has fewer other fields."""
    best, worth = "", (0, 0)
    for declaration in declarations:
        named = max(len(matched(declaration, number, cells).fields) for number, cells in first)
        if named and (named, -len(declaration.fields)) > worth:
            best, worth = declaration.table, (named, -len(declaration.fields))
    return best


def _columns(declaration: Declaration | None, heading: Row, below: Sequence[Row]) -> list[SeenColumn]:
    number, cells = heading
    examples = list(islice((row for _number, row in below), 200))
    width = max(map(len, [cells, *examples]))
    fields = matched(declaration, number, cells).fields if declaration else {}
    names = {at: one.name for at, one in fields.items()}
    words = [str(cell).strip() for cell in cells] + [""] * (width - len(cells))
    alike = _alike(declaration, words, names) if declaration else {}
    found = []
    for at in range(width):
        values = [as_text(row[at]) for row in examples if at < len(row) and row[at] not in ("", None)]
        if words[at] or values:
            named = names.get(at, "")
            shown = list(islice(dict.fromkeys(values), EXAMPLES))
            found.append(SeenColumn(at, words[at], shown, named, named or alike.get(at, "")))
    return found


def _alike(declaration: Declaration, words: Sequence[str], names: dict[int, str]) -> dict[int, str]:
    """Fields for headings that are like their label only, the likest first, each field once."""
    from ..reporting.header_words import ENOUGH, likeness

    free = [one for one in declaration.editable if one.name not in names.values()]
    pairs = [
        (max(likeness(word, one.label(lang)) for lang in ("it", "en")), at, one.name)
        for at, word in enumerate(words) if word and at not in names
        for one in free
    ]  # fmt: skip
    found: dict[int, str] = {}
    for worth, at, name in sorted(pairs, key=lambda pair: -pair[0]):
        if worth >= ENOUGH and at not in found and name not in found.values():
            found[at] = name
    return found


def as_text(cell: Any) -> str:
    """A cell as a person reads it, and can type it again."""
    import datetime

    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "sì" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.12g}".replace(".", ",")
    if isinstance(cell, datetime.datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == datetime.time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, datetime.time):
        return f"{cell:%H:%M}"
    return str(cell)
