"""A workbook's structure checked by the rules whose breach makes Excel offer a repair."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from .address import parse_cell, split_sheet
from .errors import SheetError, about
from .findings import Finding, finding
from .lint_sheets import count_findings, sheet_findings
from .lint_tables import table_findings
from .markup import decode, parse, whole
from .relations import CONTENT_TYPES, Relation, read_relations
from .workbook import Workbook


def lint(path: str | os.PathLike[str]) -> list[Finding]:
    """The structural rules a workbook breaks; none for a sound one.

    Raises:
        SheetError: the file cannot be read as a workbook at all.
    """
    with Workbook(path) as book, about(file=os.fspath(path)):
        checks = [_parts(book), _workbook(book), _styles(book), _strings(book), _chain(book)]
        checks += [sheet_findings(book, sheet) for sheet in book.worksheets]
        checks.append(table_findings(book))
        return [found for check in checks for found in _caught(check)]


def _caught(check: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with an unreadable part as one more: the other checks still run."""
    try:
        yield from check
    except SheetError as error:
        yield Finding(error.problem, error.part, error.cell)


def _parts(book: Workbook) -> Iterator[Finding]:
    names = [entry.name for entry in book.package.entries if not entry.name.endswith("/")]
    for part in book.types.overrides:
        if not book.package.find(part):
            yield finding("lint_override", CONTENT_TYPES, target=part)
    for name in names:
        if name != book.types.name and not book.types.of(name):
            yield finding("lint_untyped", name)
    for source in ["", *(name for name in names if "/_rels/" not in f"/{name}")]:
        yield from _caught(_targets(book, source, read_relations(book.package, source)))


def _targets(book: Workbook, source: str, relations: list[Relation]) -> Iterator[Finding]:
    ids: set[str] = set()
    for relation in relations:
        if relation.id in ids:
            yield finding("lint_id_twice", source, id=relation.id)
        ids.add(relation.id)
        if not relation.external and relation.target and not book.package.find(relation.target):
            yield finding("lint_target", source, target=relation.target)


def _workbook(book: Workbook) -> Iterator[Finding]:
    names = [sheet.name.casefold() for sheet in book.sheets]
    for sheet in book.sheets:
        if names.count(sheet.name.casefold()) > 1:
            yield finding("lint_sheet_twice", book.part, sheet=sheet.name)
        if not 0 < len(sheet.name.encode("utf-16-le")) <= 62 or set(sheet.name) & set("[]:*?/\\"):
            yield finding("lint_sheet_name", book.part, sheet=sheet.name)
    seen: set[tuple[str, str | None]] = set()
    for name in book.names:
        key = (name.name.casefold(), name.sheet)
        if key in seen:
            yield finding("lint_name_twice", book.part, name=name.name)
        seen.add(key)
        sheet_name, _ = split_sheet(name.text)
        broken = "#REF!" in name.text
        gone = name.area is not None and sheet_name is not None and sheet_name.casefold() not in names
        if broken or (gone and not (sheet_name or "").startswith("[")):
            yield finding("lint_name", book.part, name=name.name, text=name.text[:80])


def _styles(book: Workbook) -> Iterator[Finding]:
    relation = book.related("styles")
    if book.styles is None or relation is None:
        return
    yield from count_findings(book.styles.root, relation.target)


def _strings(book: Workbook) -> Iterator[Finding]:
    relation = book.related("sharedStrings")
    if relation is None:
        return
    unique, found = book.strings.unique_count, len(book.strings.texts)
    if unique is not None and unique != found:
        yield finding("lint_count", relation.target, element="sst", given=unique, found=found)


def _chain(book: Workbook) -> Iterator[Finding]:
    relation = book.related("calcChain")
    if relation is None:
        return
    ids = [
        (element.number("sheetId"), sheet) for element, sheet in zip(book.root.all("sheet"), book.sheets, strict=True)
    ]
    by_id = {number: sheet for number, sheet in ids if sheet.kind == "worksheet"}
    formulas = {
        number: {cell.name for cell in book.scan(sheet).all_cells() if cell.has_formula}
        for number, sheet in by_id.items()
    }
    # Excel lists the cells of an array formula too, which hold none of their own.
    computed = {number: book.scan(sheet).computed for number, sheet in by_id.items()}
    number = 0
    for element in parse(decode(book.package.read(relation.target))).all("c"):
        # The sheet's number is written only where it changes.
        number = whole(element.attributes.get("i"), number)
        name = element.get("r")
        cell = parse_cell(name)
        inside = cell is not None and any(area.holds(*cell) for area in computed.get(number, []))
        if name not in formulas.get(number, set()) and not inside:
            yield finding("lint_chain", relation.target, name)
