"""A first look at a file that is to be imported: its sheets, the register that it is for, what its columns may mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records.declaration import Declaration
from ..records.header_words import ENOUGH, likeness
from ..records.problems import plain_number
from .files import rows_of, sheets_of
from .guessing import likely
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
        table: the register that was named, or the one that it fits best; "" when it fits none, or several as well.
        row: number of the heading row.
        rows: how many rows stand below it.
        digest: of the content of the file.
        cells: of the rows that were asked for, their cells as texts.
        fitting: the registers that it may be for, the likeliest first.
    """

    sheets: list[str]
    sheet: str
    table: str
    row: int
    rows: int
    columns: list[SeenColumn]
    digest: str = ""
    cells: dict[int, list[str]] = field(default_factory=dict)
    fitting: list[str] = field(default_factory=list)


def look(
    office: "Office", path: Path, sheet: str | None, table: str, asked: Iterable[int] = ()
) -> tuple[Look, list[Row]]:
    """What a file holds, and its rows.

    Parameters:
        sheet: the one that is meant; the one whose headings fit best when left out.
        table: the register that is meant, "" to have it guessed.
        asked: numbers of rows whose cells are wanted.

    Raises:
        FileRefused, SheetError: the file cannot be read, is empty, or is no table.
    """
    sheets = sheets_of(path)
    if sheet is None and sheets:
        sheet = table if table in sheets else _fitting_sheet(office, path, sheets, table)
    rows = list(rows_of(path, sheet, table))
    if not rows:
        raise FileRefused("empty", path)
    first = rows[:DEPTH]
    table = table or (sheet if sheet in office.declarations else "")
    fitting = likely(office.declarations.values(), first, [sheet or "", path.stem])
    table = table or (fitting[0] if len(fitting) == 1 else "")
    nearest = office.declarations.get(table or next(iter(fitting), ""))
    head = heading_row(nearest, first, {}) if nearest else 0
    declaration = office.declarations.get(table)
    below = rows[head + 1 :]
    columns = _columns(declaration, first[head], below)
    if not sheets and len(fitting) < 2 and not any(one.field for one in columns) and _is_prose(first):
        raise FileRefused("not_table", path)
    wanted = set(asked)
    cells = {number: [as_text(cell) for cell in row] for number, row in rows if number in wanted} if wanted else {}
    digest = sha256(path.read_bytes()).hexdigest()
    found = Look(sheets, sheet or "", table, first[head][0], len(below), columns, digest, cells, fitting)
    return found, rows


def _fitting_sheet(office: "Office", path: Path, sheets: Sequence[str], table: str) -> str:
    """The sheet that names the most fields in a row, where covers and notes stand first; else the first with anything in it."""
    from ..sheets import SheetError

    wanted = [office.declarations[table]] if table in office.declarations else list(office.declarations.values())
    best, worth = "", -1
    for sheet in sheets if len(sheets) > 1 else ():
        try:
            first = list(islice(rows_of(path, sheet, table), DEPTH))
        except SheetError:  # the sheets beside it may well be read
            continue
        named = max((len(matched(one, *row).fields) for one in wanted for row in first), default=-1)
        if named > worth:
            best, worth = sheet, named
    return best or sheets[0]


def _is_prose(first: Sequence[Row]) -> bool:
    """Whether the first rows of a text are no table: one column of them, or each as wide as its commas make it."""
    widths = [len(cells) for _number, cells in first]
    return max(widths) == 1 or widths.count(widths[0]) * 2 <= len(widths)


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
        return plain_number(cell).replace(".", ",")
    if isinstance(cell, datetime.datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == datetime.time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, datetime.time):
        return f"{cell:%H:%M}"
    return str(cell)
