"""Structural rules of one sheet: order, merges, indexes, counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .address import Range
from .errors import about
from .findings import Finding, finding
from .locate import Place
from .markup import Element, whole
from .scan import SheetScan
from .workbook import Sheet, Workbook

# Lists that carry their own length.
COUNTED = (
    "mergeCells",
    "dataValidations",
    "tableParts",
    "tableColumns",
    "cellXfs",
    "cellStyleXfs",
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "dxfs",
)

# The schema's order of a worksheet's elements.
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_PLACE = {name: place for place, name in enumerate(_ORDER)}
_KINDS = {"n", "s", "b", "e", "str", "inlineStr", "d"}


def sheet_findings(book: Workbook, sheet: Sheet) -> Iterator[Finding]:
    """The broken rules of one worksheet. Order and addresses of rows and cells are checked by reading them."""
    scan = book.scan(sheet)
    with about(part=sheet.part):
        yield from _cells(book, sheet, scan)
        children = [child for child in scan.skeleton.children if child.name in _PLACE]
        for before, after in pairwise(children):
            if _PLACE[before.name] > _PLACE[after.name]:
                yield finding("lint_order", sheet.part, element=after.name, before=before.name)
        yield from merge_findings(sheet, scan.merged)
        yield from count_findings(scan.skeleton, sheet.part)


def _cells(book: Workbook, sheet: Sheet, scan: SheetScan) -> Iterator[Finding]:
    # Format 0 is understood even where no format is written; so is a text cell without its text.
    strings, formats = len(book.strings.texts), max(book.styles.count if book.styles else 0, 1)
    for cell in scan.all_cells():
        where = str(Place(sheet, cell.row, cell.column))
        if cell.kind == "s" and scan.value(cell) and not 0 <= scan.index(cell) < strings:
            yield finding("lint_string", sheet.part, where, index=scan.value(cell))
        if not 0 <= cell.style < formats:
            yield finding("lint_style", sheet.part, where, index=cell.style)
        if cell.kind not in _KINDS or (cell.kind == "n" and not _is_number(scan.value(cell))):
            yield finding("lint_value", sheet.part, where, value=scan.value(cell)[:40])


def _is_number(text: str) -> bool:
    try:
        return not text or float(text) is not None
    except ValueError:
        return False


def merge_findings(sheet: Sheet, merged: list[Range]) -> Iterator[Finding]:
    """Merged ranges that overlap; swept by rows, since a sheet may have tens of thousands."""
    open_ones: list[Range] = []
    for merge in sorted(merged):
        open_ones = [other for other in open_ones if other.bottom >= merge.top]
        for other in open_ones:
            if merge.overlaps(other):
                yield finding("lint_merge", sheet.part, str(merge), other=str(other))
        open_ones.append(merge)


def count_findings(root: Element, part: str) -> Iterator[Finding]:
    """Lists whose `count` is not the number of their items."""
    for name in COUNTED:
        for element in root.all(name):
            given = element.attributes.get("count")
            if given is not None and whole(given) != len(element.children):
                yield finding("lint_count", part, element=name, given=given, found=len(element.children))
