"""What stands around a sheet's rows, after rows were put in: views, merged cells, rules, links, breaks, sparklines."""

from __future__ import annotations

from collections.abc import Iterator

from .address import Range, parse_range
from .anchors import moved_anchor
from .edits import areas, cell, moved_place, set_attributes, set_text, tree
from .formulas import follow, relative, shift
from .markup import Element, Splice, escape, insert_last, splice, start_tag, with_attributes
from .moves import Moves
from .scan import SheetScan

_RULES = {"conditionalFormatting", "dataValidation"}
_RULE_FORMULAS = {"formula", "formula1", "formula2", "f"}


def moved_frame(scan: SheetScan, sheet: str, moves: Moves) -> tuple[bytes, bytes]:
    """The bytes before and after sheetData.

    Rules are extended, never copied. Merged cells and sparklines of a block's last drawn row are repeated in each
    new row: one of them cannot stand for many rows.

    Raises:
        SheetError: a row passes the sheet's last one, or a reference over several sheets moves differently on them.
    """
    rows = b"<" + scan.prefix + b"sheetData/>"
    data = scan.data[: scan.head_end] + rows + scan.data[scan.tail_start :]
    splices = list(_moved(data, scan.skeleton, sheet, moves))
    new = splice(data, splices)
    grown = sum(len(text) - (end - start) for start, end, text in splices if end <= scan.head_end)
    return new[: scan.head_end + grown], new[scan.head_end + grown + len(rows) :]


def _moved(data: bytes, root: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    stack = [root]
    while stack:
        element = stack.pop()
        if element.name in _RULES:
            yield from _rule(data, element, sheet, moves)
        elif element.name == "mergeCells":
            yield from _merged(data, element, sheet, moves)
        elif element.name == "sparkline":
            yield from _sparkline(data, element, sheet, moves)
        else:
            if element.name == "rowBreaks":
                yield from _breaks(data, element, sheet, moves)
            elif element.name == "f":
                yield from set_text(data, element, shift(element.text, sheet, moves, growing="series"))
            yield from moved_anchor(data, element, sheet, moves)
            yield from moved_place(data, element, sheet, moves)
            stack.extend(element.children[::-1])


def _rule(data: bytes, rule: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    """A validation or a conditional format, of either kind: its cells grow, and so do its formulas.

    These count from the upper left corner around all of the cells.
    """
    inner = rule.child("sqref")
    old = inner.text if inner else rule.get("sqref")
    new = areas(old, sheet, moves)
    if inner:
        yield from set_text(data, inner, new)
    else:
        yield from set_attributes(data, rule, {"sqref": new})
    before, after = _areas(old), _areas(new)
    first = min((area.top for area in before), default=1)
    down = min((area.top for area in after), default=1) - first
    grows = [area.bottom - area.top for area in before] != [area.bottom - area.top for area in after]

    def moved(formula: str) -> str:
        # The relative rows of a rule over a block are distances (A8=A9); those of any other rule are places as well.
        return follow(formula, sheet, moves, down) if grows else shift(formula, sheet, moves, first)

    for element in tree(rule):
        if element.name in _RULE_FORMULAS and not element.children:
            yield from set_text(data, element, moved(element.text))
        elif element.name == "cfvo" and "val" in element.attributes:
            yield from set_attributes(data, element, {"val": moved(element.get("val"))})


def _areas(sqref: str) -> list[Range]:
    return [area for word in sqref.split() if (area := parse_range(word))]


def _merged(data: bytes, merges: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    added: list[bytes] = []
    blocks = {growth.after_row: growth for growth in moves.growths(sheet)}
    for element in merges.children:
        area = parse_range(element.get("ref"))
        if area is None:
            continue
        # Merged cells of one row are repeated instead; grown, they would swallow the new rows.
        new = (moves.area if area.top < area.bottom else moves.shifted)(sheet, area)
        yield from set_attributes(data, element, {"ref": str(new)})
        if area.top == area.bottom and area.top in blocks:
            tag = start_tag(data, element.start)
            tag = tag if tag.endswith(b"/>") else tag[:-1] + b"/>"
            added += _copies(tag, new, blocks[area.top].count)
    if added:
        yield insert_last(data, merges, b"".join(added))
        yield from set_attributes(data, merges, {"count": str(len(merges.children) + len(added))})


def _copies(tag: bytes, area: Range, count: int) -> Iterator[bytes]:
    before, after = with_attributes(tag, {"ref": "\0"}).split(b"\0")
    for row in range(area.top + 1, area.top + count + 1):
        yield before + str(area._replace(top=row, bottom=row)).encode() + after


def _sparkline(data: bytes, element: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    """A sparkline goes with its cell; what it draws moves as in a formula that stands there."""
    source, place = element.child("f"), element.child("sqref")
    area = parse_range(place.text.strip()) if place else None
    if place is None or area is None:
        return
    new = cell(str(area), sheet, moves)
    drawn = shift(source.text, sheet, moves, area.top, "series") if source else ""
    yield from set_text(data, place, new)
    if source:
        yield from set_text(data, source, drawn)
    growth = next((one for one in moves.growths(sheet) if one.after_row == area.top), None)
    if growth:
        row = moves.row(sheet, area.top)
        copies = (
            _with_texts(data, element, relative(drawn, down), str(area._replace(top=row + down, bottom=row + down)))
            for down in range(1, growth.count + 1)
        )
        yield element.end, element.end, b"".join(copies)


def _with_texts(data: bytes, element: Element, source: str, place: str) -> bytes:
    """The bytes of a sparkline with other texts in it."""
    pieces, at = [], element.start
    for child in element.children:
        text = {"f": source, "sqref": place}.get(child.name)
        if text is not None and not child.is_empty_tag:
            pieces += [data[at : child.open_end], escape(text).encode()]
            at = data.rindex(b"</", 0, child.end)
    return b"".join([*pieces, data[at : element.end]])


def _breaks(data: bytes, breaks: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    """A page ends with the row that a break names; one after a block's last drawn row comes after its new rows."""
    for element in breaks.children:
        yield from set_attributes(data, element, {"id": str(moves.end(sheet, element.number("id")))})
