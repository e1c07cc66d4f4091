"""Places of a part that hold references, found by the local names of their elements and edited in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .address import Range, cell_name, parse_cell, parse_range
from .errors import SheetError
from .formulas import shift
from .markup import Element, Splice, escape, parse, splice, with_attributes
from .moves import Moves

Kind = Callable[[str, str, Moves], str]
"""What a text that stands on a sheet becomes."""


def cell(text: str, sheet: str, moves: Moves) -> str:
    """One cell, which goes with its row."""
    place = parse_cell(text)
    return cell_name(moves.row(sheet, place[0]), place[1]) if place else text


def areas(text: str, sheet: str, moves: Moves) -> str:
    """Ranges parted by blanks; those that hold a block's last drawn row grow."""
    return _each(text, lambda area: moves.area(sheet, area))


def places(text: str, sheet: str, moves: Moves) -> str:
    """Ranges parted by blanks that move, but do not grow with a block."""
    return _each(text, lambda area: moves.shifted(sheet, area))


def cursor(text: str, sheet: str, moves: Moves) -> str:
    """Where somebody last looked, which is not worth an error when it was the sheet's last row."""
    try:
        return places(text, sheet, moves)
    except SheetError:
        return text


def _each(text: str, change: Callable[[Range], Range]) -> str:
    words = text.split()
    found = [parse_range(word) for word in words]
    new = [change(area) if area else None for area in found]
    return text if new == found else " ".join(str(area or word) for area, word in zip(new, words, strict=True))


_TEXT = ""
_REF = {"ref": areas}
_SQREF = {"sqref": areas}
_VIEW = {"topLeftCell": cursor}
_FORMULA = {_TEXT: shift}

PLACES: Mapping[str, Mapping[str, Kind]] = {
    # Worksheets
    "sheetPr": {"syncRef": cell},
    "dimension": _REF,
    "sheetView": _VIEW,
    "customSheetView": _VIEW,
    "pane": _VIEW,
    "selection": {"activeCell": cursor, "sqref": cursor},
    "protectedRange": _SQREF,
    "ignoredError": _SQREF,
    "scenarios": _SQREF,
    "inputCells": {"r": cell},
    "cellWatch": {"r": cell},
    "cellSmartTags": {"r": cell},
    "hyperlink": {"ref": areas, "location": shift},
    "webPublishItem": {"sourceRef": areas},
    "controlPr": {"linkedCell": shift, "listFillRange": shift},
    "sqref": {_TEXT: areas},
    # Worksheets and tables
    "autoFilter": _REF,
    "sortState": _REF,
    "sortCondition": _REF,
    "table": _REF,
    "totalsRowFormula": _FORMULA,
    # Ranges of a sheet that they name themselves
    "dataRef": _REF,
    "rangeSet": _REF,
    "worksheetSource": _REF,
    # Comments, controls, single cells of an XML map, pivot tables, connections
    "comment": {"ref": cell},
    "threadedComment": {"ref": cell},
    "formControlPr": dict.fromkeys(("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"), shift),
    "singleXmlCell": {"r": cell},
    "location": {"ref": places},
    "parameter": {"cell": shift},
    # Drawings: a shape that shows a cell, a picture that shows a range
    "sp": {"textlink": shift},
    "cameraTool": {"cellRange": shift},
}
"""By element and attribute (empty for the element's text), what stands there."""


def set_attributes(data: bytes, element: Element, values: Mapping[str, str | None]) -> Iterator[Splice]:
    """The splice that gives an element's tag these attributes; none when it has them already."""
    changed = {name: value for name, value in values.items() if element.attributes.get(name) != value}
    if changed:
        yield element.start, element.open_end, with_attributes(data[element.start : element.open_end], changed)


def set_text(data: bytes, element: Element, text: str) -> Iterator[Splice]:
    """The splice that gives an element without children this text; none when it has it already."""
    if text != element.text:
        yield element.open_end, data.rindex(b"</", 0, element.end), escape(text).encode()


def moved_place(data: bytes, element: Element, sheet: str, moves: Moves) -> Iterator[Splice]:
    """The splices for the references that this one element holds itself."""
    kinds = PLACES.get(element.name, {})
    if not kinds or (element.relationship() and "sheet" in element.attributes):
        # A source with a relationship lies in another workbook.
        return
    home = element.get("sheet", sheet)
    values = {name: kind(element.get(name), home, moves) for name, kind in kinds.items() if name in element.attributes}
    yield from set_attributes(data, element, values)
    if _TEXT in kinds:
        yield from set_text(data, element, kinds[_TEXT](element.text, home, moves))


def moved_places(data: bytes, sheet: str, moves: Moves) -> bytes:
    """A part that belongs to a sheet (comments, pivot table, control) with its references moved; else the same bytes."""
    return splice(data, [piece for element in tree(parse(data)) for piece in moved_place(data, element, sheet, moves)])


def tree(root: Element) -> Iterator[Element]:
    """The element and all below it, in document order."""
    stack = [root]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(element.children[::-1])
