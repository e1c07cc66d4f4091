"""Structural rules of Excel tables: their range, filter, headers and names must agree with the sheet."""

from __future__ import annotations

from collections.abc import Iterator

from .address import parse_range
from .findings import Finding, finding
from .lint_sheets import count_findings
from .locate import Place
from .workbook import Table, Workbook


def table_findings(book: Workbook) -> Iterator[Finding]:
    """The broken rules of all tables."""
    names = {name.name.casefold() for name in book.names}
    ids: set[str] = set()
    for table in book.tables:
        if table.name.casefold() in names:
            yield finding("lint_table_name", table.part, table=table.name)
        names.add(table.name.casefold())
        if table.root.get("id") in ids:
            yield finding("lint_id_twice", table.part, id=table.root.get("id"))
        ids.add(table.root.get("id"))
        for other in book.tables:
            if other.part < table.part and other.sheet == table.sheet and other.ref.overlaps(table.ref):
                yield finding("lint_table_overlap", table.part, str(table.ref), other=other.name)
        yield from _filter(table)
        yield from _headers(book, table)
        yield from _totals(book, table)
        yield from count_findings(table.root, table.part)


def _filter(table: Table) -> Iterator[Finding]:
    element = table.root.child("autoFilter")
    wanted = table.ref._replace(bottom=table.body.bottom)
    if element is not None and parse_range(element.get("ref")) != wanted:
        yield finding("lint_filter", table.part, table=table.name, given=element.get("ref"), wanted=str(wanted))


def _headers(book: Workbook, table: Table) -> Iterator[Finding]:
    folded = [column.casefold() for column in table.columns]
    for offset, column in enumerate(table.columns):
        if folded.count(column.casefold()) > 1:
            yield finding("lint_column_twice", table.part, table=table.name, column=column)
        if not table.header_rows:
            continue
        place = Place(table.sheet, table.ref.top, table.ref.left + offset)
        scan = book.scan(table.sheet)
        cell = scan.cell(place.row, place.column)
        text = scan.text(cell, book.strings.texts) if cell else ""
        if text != column or (cell and cell.kind not in ("s", "str", "inlineStr")):
            yield finding("lint_header", table.part, str(place), column=column, text=text[:80])


def _totals(book: Workbook, table: Table) -> Iterator[Finding]:
    if not table.totals_rows:
        return
    scan = book.scan(table.sheet)
    for offset, column in enumerate(table.root.all("tableColumn")):
        place = Place(table.sheet, table.ref.bottom, table.ref.left + offset)
        cell = scan.cell(place.row, place.column)
        label = column.attributes.get("totalsRowLabel")
        wrong_label = label is not None and (scan.text(cell, book.strings.texts) if cell else "") != label
        if wrong_label or (column.get("totalsRowFunction") and not (cell and cell.has_formula)):
            yield finding("lint_totals", table.part, str(place), table=table.name)
