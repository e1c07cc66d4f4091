"""Pictures, charts, controls and notes, which hang on cells, after rows were put in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import moved_place, set_text, tree
from .formulas import shift
from .markup import Element, Splice, escape, parse, splice, unescape, whole
from .moves import Moves

_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "anchor"}
_CLIENT = re.compile(rb"(?=<(?:[\w.-]+:)?ClientData[\s>])")
_FIELD = re.compile(rb"(<(?:[\w.-]+:)?(Row|Anchor|Fmla\w+)\s*>)([^<]*)(?=</)")
# Column and offset, row and offset of the upper left corner, then of the lower right one.
_TOP, _BOTTOM, _ANCHOR_NUMBERS = 2, 6, 8


def moved_drawing(data: bytes, sheet: str, moves: Moves) -> bytes:
    """A drawing part; its anchors count rows from 0.

    Raises:
        SheetError: an anchor's row passes the sheet's last one.
    """
    splices: list[Splice] = []
    for element in tree(parse(data)):
        splices += moved_anchor(data, element, sheet, moves)
        splices += moved_place(data, element, sheet, moves)
    return splice(data, splices)


def moved_anchor(data: bytes, element: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    """The splices for a drawing's anchor, or for that of a control on a sheet; none for any other element."""
    start = element.child("from")
    top = start.child("row") if start else None
    if element.name not in _ANCHORS or top is None or _stays(element):
        return
    upper = whole(top.text)
    down = moves.row(sheet, upper + 1) - 1 - upper
    yield from set_text(data, top, str(upper + down))
    stop = element.child("to")
    bottom, offset = (stop.child("row"), stop.child("rowOff")) if stop else (None, None)
    if bottom is None:
        return
    lower = whole(bottom.text)
    if not _stretches(element):
        new = lower + down
    elif lower > upper and offset and whole(offset.text) == 0:
        # It ends with the row above, and rows put in after that one leave it alone.
        new = moves.row(sheet, lower)
    else:
        new = moves.row(sheet, lower + 1) - 1
    yield from set_text(data, bottom, str(new))


def _stays(anchor: Element) -> bool:
    return not anchor.flag("moveWithCells") if anchor.name == "anchor" else anchor.get("editAs") == "absolute"


def _stretches(anchor: Element) -> bool:
    return anchor.flag("sizeWithCells") if anchor.name == "anchor" else anchor.get("editAs", "twoCell") == "twoCell"


def moved_vml(data: bytes, sheet: str, moves: Moves) -> bytes:
    """The old drawing of notes and controls: boxes go along with their first row and keep their size.

    Edited as text, for VML need not be well-formed (Excel itself leaves `<br>` open).

    Raises:
        SheetError: a row passes the sheet's last one.
    """

    return b"".join(_client(piece, sheet, moves) for piece in _CLIENT.split(data))


def _client(data: bytes, sheet: str, moves: Moves) -> bytes:
    """One object of a VML drawing, from its ClientData to the next one's."""
    rows = [whole(value.decode()) for _, name, value in _FIELD.findall(data) if name == b"Row"]

    def field(found: re.Match[bytes]) -> bytes:
        name, value = found[2], found[3]
        if name == b"Row":
            return found[1] + b"%d" % (moves.row(sheet, rows[0] + 1) - 1)
        if name == b"Anchor":
            return found[1] + _box(value, sheet, moves, rows[0] if rows else None)
        old = unescape(value.decode("utf-8", "replace"))
        new = shift(old, sheet, moves)
        return found[1] + (value if new == old else escape(new).encode())

    return _FIELD.sub(field, data)


def _box(text: bytes, sheet: str, moves: Moves, row: int | None) -> bytes:
    """The eight numbers of an Anchor; a note's box goes with the note's cell, wherever it was dragged to."""
    numbers = text.split(b",")
    if len(numbers) != _ANCHOR_NUMBERS or not all(number.strip().isdigit() for number in numbers):
        return text
    first = int(numbers[_TOP]) if row is None else row
    down = moves.row(sheet, first + 1) - 1 - first
    for index in (_TOP, _BOTTOM):
        numbers[index] = numbers[index].replace(numbers[index].strip(), b"%d" % (int(numbers[index]) + down))
    return b",".join(numbers)
