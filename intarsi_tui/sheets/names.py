"""Defined names, print areas and titles among them, after rows were put in."""

from __future__ import annotations

from collections.abc import Iterator

from .edits import set_text
from .formulas import follow, shift
from .markup import Splice, parse, splice
from .moves import Moves

_OWN = "_xlnm."
_TITLES = f"{_OWN}print_titles"


def moved_names(data: bytes, moves: Moves) -> bytes:
    """The workbook part with what its names stand for moved; else the same bytes.

    Raises:
        SheetError: a row passes a sheet's last one, or a reference over several sheets moves differently on them.
    """
    return splice(data, _moved(data, moves))


def _moved(data: bytes, moves: Moves) -> Iterator[Splice]:
    root = parse(data)
    sheets = [sheet.get("name") for sheet in root.all("sheet")]
    for element in root.all("definedName"):
        local, name = element.number("localSheetId", -1), element.get("name").casefold()
        home = sheets[local] if 0 <= local < len(sheets) else ""
        if name.startswith(_OWN):
            # Excel's own names are places even without dollars. Titles with all of a block in them would fill pages.
            text = shift(element.text, home, moves, growing="never" if name == _TITLES else "ranges")
        else:
            text = follow(element.text, home, moves)
        yield from set_text(data, element, text)
