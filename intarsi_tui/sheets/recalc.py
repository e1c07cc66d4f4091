"""What a filled workbook needs so that no program shows a stale result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .errors import about
from .markup import decode, parse, splice, with_attributes
from .scan import SheetScan
from .workbook import Sheet, Workbook

# Elements that the schema puts before calcPr in the workbook part.
_BEFORE_CALCULATION = {
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
}

# What the names of tables and cells are made of.
_WORD = re.compile(r"[\w.\\?]+")


def recalculating(book: Workbook) -> bytes:
    """The workbook part, asking for a full calculation when it is opened."""
    found = book.root.child("calcPr")
    if found is not None:
        tag = with_attributes(book.data[found.start : found.open_end], {"fullCalcOnLoad": "1"})
        return splice(book.data, [(found.start, found.open_end, tag)])
    at = max(child.end for child in book.root.children if child.name in _BEFORE_CALCULATION)
    return splice(book.data, [(at, at, f'<{book.root.qualifier}calcPr fullCalcOnLoad="1"/>'.encode())])


def dependents(book: Workbook, touched: set[str]) -> list[Sheet]:
    """Sheets outside `touched` (part names) whose formulas may see a touched sheet, directly or through others.

    When in doubt (INDIRECT, references over several sheets) a sheet counts as one that does.
    """
    formulas = {s.part: _formulas(book.scan(s)) for s in book.worksheets if s.part not in touched}
    waiting = {part: text for part, text in formulas.items() if text}
    reached = set(touched)
    while True:
        sees = _matcher(book, reached)
        found = {part for part, text in waiting.items() if sees(text)} - reached
        if not found:
            return [sheet for sheet in book.worksheets if sheet.part in reached - touched]
        reached |= found


def refreshed_pivots(book: Workbook) -> Iterator[tuple[str, bytes]]:
    """Pivot caches over cells of this workbook, set to refresh when it is opened."""
    for relation in book.relations:
        if relation.kind != "pivotCacheDefinition" or not book.package.find(relation.target):
            continue
        with about(part=relation.target):
            data = decode(book.package.read(relation.target))
            root = parse(data)
        if next(root.all("worksheetSource"), None) and not root.flag("refreshOnLoad"):
            tag = with_attributes(data[root.start : root.open_end], {"refreshOnLoad": "1"})
            yield relation.target, splice(data, [(root.start, root.open_end, tag)])


def _formulas(scan: SheetScan) -> str:
    if not scan.formula_count:
        return ""
    # A shared formula stands in one cell only; a space keeps the sheet from counting as one without formulas.
    return "\n".join([" ", *scan.formulas()]).casefold()


def _matcher(book: Workbook, parts: set[str]) -> Callable[[str], bool]:
    """Whether a formula (in lower case) mentions one of these sheets, their tables, or a name over them."""
    sheets = [re.escape(s.name.casefold().replace("'", "''")) + "'?!" for s in book.worksheets if s.part in parts]
    # Sheets from one to another (`Gen:Dic!B2`) name only the first and the last.
    marks = re.compile("|".join([*sheets, r":[^!,;():]*!", r"\bindirect\("]))
    # Looked up as whole words: a pattern of thousands of names would be tried at every character.
    words = {table.name.casefold() for table in book.tables if table.sheet.part in parts}

    # Names may stand for other names.
    texts = {name.name.casefold(): name.text.casefold() for name in book.names}
    words |= {name for name, text in texts.items() if marks.search(text)}
    used = {name: set(_WORD.findall(text)) for name, text in texts.items()}
    while more := {name for name, others in used.items() if name not in words and not words.isdisjoint(others)}:
        words |= more
    return lambda text: marks.search(text) is not None or not words.isdisjoint(_WORD.findall(text))
