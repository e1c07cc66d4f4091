"""A partner's template filled: everything is checked first, then written at once, and what is not filled stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .cells import Value
from .choices import mismatches
from .errors import Message, SheetError, about
from .locate import Place
from .plan import Filling
from .recalc import dependents, recalculating, refreshed_pivots, without_cached_values
from .relations import edited_relations, relations_name
from .rows import Plan, Writer
from .save import save
from .workbook import Workbook

_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_STRICT_RELATION = f"{_STRICT}officeDocument/relationships/sharedStrings"


@dataclass(frozen=True, slots=True)
class Block:
    """Repeating rows.

    Args:
        at: a table, a defined name, a `{{placeholder}}`, or the first cell of the template row.
        columns: header texts (case, accents and line breaks do not matter) or column letters.
        values: one tuple a row, in the order of `columns`.
    """

    at: str
    columns: Sequence[str]
    values: Iterable[Sequence[Value]]


@dataclass(slots=True)
class FillReport:
    """What a fill did: cells that got a value, rows of each block, parts that changed, and what to look at."""

    path: str
    filled: int = 0
    block_rows: list[int] = field(default_factory=list)
    changed_parts: list[str] = field(default_factory=list)
    doubtful: list[tuple[str, Message]] = field(default_factory=list)


def fill(
    template: str | os.PathLike[str],
    out: str | os.PathLike[str],
    cells: Mapping[str, Value] | None = None,
    blocks: Iterable[Block] = (),
) -> FillReport:
    """Write values into a copy of a template.

    Args:
        template: an .xlsx or .xlsm file; it is never changed.
        out: the file to write, with the template's ending; an existing one is replaced at the very end.
        cells: values by address (`'Foglio 1'!B3`), defined name, or `{{placeholder}}` (every place it stands at).
            None empties the cell. A placeholder inside a longer text is replaced as Italian text (`14/04/2021`, `3,5`).
        blocks: repeating rows, for the rows the template has drawn.

    Returns:
        The report; `doubtful` holds what a person should look at, such as values that a cell's dropdown does not
            offer and placeholders that nothing replaced.

    Raises:
        SheetError: the template cannot be read, a place is missing or must not be written, a value has no form in
            Excel, a block has too few drawn rows, or the file cannot be written. Nothing is left behind then.
    """
    source, target = os.fspath(template), os.fspath(out)
    with Workbook(source) as book, about(file=source):
        _check_target(book, target)
        filling = Filling(book)
        filling.cells(cells or {})
        for block in blocks:
            filling.block(block.at, list(block.columns), block.values)
        report = FillReport(target, filling.filled, filling.block_rows, doubtful=filling.doubtful)
        report.doubtful += filling.left_over()
        plans = filling.plans
        for sheet, row, column, value, offered in mismatches(book, plans):
            message = Message("not_offered", {"value": value[:80], "choices": ", ".join(offered[:12])})
            report.doubtful.append((str(Place(sheet, row, column)), message))
        changed, removed = _changes(book, plans)
        if changed and any(entry.name.startswith("_xmlsignatures/") for entry in book.package.entries):
            report.doubtful.append(("", Message("signature_broken")))
        save(book.package, target, changed, removed)
    report.changed_parts = sorted([*changed, *removed])
    return report


def _check_target(book: Workbook, target: str) -> None:
    suffix = Path(target).suffix.lower()
    if suffix != book.suffix:
        raise SheetError("wrong_suffix", file=target, wanted=book.suffix, given=suffix)
    if Path(target).exists() and Path(target).samefile(book.path):
        raise SheetError("same_file", file=target)


def _changes(book: Workbook, plans: Mapping[str, Plan]) -> tuple[dict[str, bytes], list[str]]:
    """The new content of every part that changes, and the parts that go."""
    if not plans:
        return {}, []
    changed: dict[str, bytes] = {}
    for sheet in book.worksheets:
        if sheet.part in plans:
            changed[sheet.part] = Writer(book.scan(sheet), book.strings, book.styles).sheet(plans[sheet.part])
    for sheet in dependents(book, set(plans)):
        content = without_cached_values(book.scan(sheet))
        if content != book.scan(sheet).data:
            changed[sheet.part] = content
    changed |= dict(refreshed_pivots(book))
    workbook = recalculating(book)
    if workbook != book.data:
        changed[book.part] = workbook
    styles = book.related("styles")
    if book.styles and book.styles.changed and styles:
        changed[styles.target] = book.styles.content()
    removed = _supporting_parts(book, changed)
    return changed, removed


def _supporting_parts(book: Workbook, changed: dict[str, bytes]) -> list[str]:
    """Put shared strings, relationships and content types into `changed`; the calculation chain goes."""
    chains = [r for r in book.relations if r.kind == "calcChain" and not r.external]
    added_relations: list[tuple[str, str]] = []
    added_types: dict[str, str] = {}
    if book.strings.changed:
        relation = book.related("sharedStrings")
        if relation is None:
            name = f"{book.part.rpartition('/')[0]}/sharedStrings.xml".lstrip("/")
            strict = book.root.namespace.startswith(_STRICT)
            added_relations.append((_STRICT_RELATION if strict else _RELATION, f"/{name}"))
            added_types[name] = _STRINGS_TYPE
            changed[name] = book.strings.content()
        else:
            changed[relation.target] = book.strings.content()
    if chains or added_relations:
        name = book.package.entry(relations_name(book.part)).name
        changed[name] = edited_relations(book.package.read(name), chains, added_relations)
        changed[book.types.name] = book.types.edited([r.target for r in chains], added_types)
    return [found for r in chains if (found := book.package.find(r.target))]
