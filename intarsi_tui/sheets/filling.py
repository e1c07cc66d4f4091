"""A partner's template filled: everything is checked first, then written at once, and what is not filled stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from .cells import Value
from .choices import mismatches
from .errors import Message, SheetError, about
from .growing import moved_parts, moved_sheet
from .locate import Place
from .markup import decode
from .moves import Moves
from .names import moved_names
from .neighbours import cut_neighbours
from .packing import Content
from .plan import Filling
from .recalc import dependents, recalculating, refreshed_pivots
from .relations import edited_relations, relations_name
from .rows import Plan, Writer
from .save import save
from .streaming import Grown, moves_of, stream
from .workbook import Sheet, Workbook

_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_STRICT_RELATION = f"{_STRICT}officeDocument/relationships/sharedStrings"


@dataclass(frozen=True, slots=True)
class Block:
    """Repeating rows, as many as there are values.

    Args:
        at: a table, a defined name, a `{{placeholder}}`, or the first cell of the template row.
        columns: header texts (case, accents and line breaks do not matter) or column letters.
        values: one tuple a row, in the order of `columns`; a generator will do for any number of them.
    """

    at: str
    columns: Sequence[str]
    values: Iterable[Sequence[Value]]


@dataclass(slots=True)
class FillReport:
    """What a fill did: cells that got a value, records of each block, parts that changed, and what to look at.

    Cells in `doubtful` are those of the filled workbook: below a block that grew they have other addresses than before.
    """

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
        cells: values by address in the template (`'Foglio 1'!B3`), defined name, or `{{placeholder}}` (every place it stands at).
            None empties the cell. A placeholder inside a longer text is replaced as Italian text (`14/04/2021`, `3,5`).
        blocks: repeating rows. Records for which no row is drawn get new rows, copies of the last drawn one, and everything
            below goes down. Values are read once, in the order of the sheets and downwards on each.

    Returns:
        The report; `doubtful` holds what a person should look at, such as values that a cell's dropdown does not
            offer and placeholders that nothing replaced.

    Raises:
        SheetError: the template cannot be read, a place is missing or must not be written, a value has no form in
            Excel, a sheet would get more rows than it can hold, or the file cannot be written. Nothing is left behind then.
    """
    source, target = os.fspath(template), os.fspath(out)
    with Workbook(source) as book, ExitStack() as open_files, about(file=source):
        _check_target(book, target)
        filling = Filling(book)
        filling.cells(cells or {})
        for block in blocks:
            filling.block(block.at, list(block.columns), block.values)
        grown = stream(filling, Path(target).parent, open_files)
        moves, plans = moves_of(book, grown), filling.plans
        report = FillReport(target, filling.filled + sum(rows.filled for rows in grown), filling.block_rows)
        for place, message in [*filling.doubtful, *filling.left_over()]:
            report.doubtful.append((str(place._replace(row=moves.row(place.sheet.name, place.row))), message))
        for place, value, offered in mismatches(book, plans, moves, grown):
            message = Message("not_offered", {"value": value[:80], "choices": ", ".join(offered[:12])})
            report.doubtful.append((str(place), message))
        if moves:
            report.doubtful += [*cut_neighbours(book, grown, moves), *_text_addresses(book, moves)]
        changed, removed = _changes(book, plans, moves, grown)
        if changed and any(entry.name.startswith("_xmlsignatures/") for entry in book.package.entries):
            report.doubtful.append(("", Message("signature_broken")))
        save(book.package, target, changed, removed)
    report.changed_parts = sorted([*changed, *removed])
    return report


def _text_addresses(book: Workbook, moves: Moves) -> Iterator[tuple[str, Message]]:
    """Formulas that make an address of a text: it stays what it is when rows move."""
    for sheet in book.worksheets:
        scan = book.scan(sheet)
        if b"INDIRECT" in scan.data.upper():
            for cell in scan.all_cells():
                if cell.has_formula and "INDIRECT(" in scan.formula(cell)[0].upper():
                    row = moves.row(sheet.name, cell.row)
                    yield str(Place(sheet, row, cell.column)), Message("text_address")


def _check_target(book: Workbook, target: str) -> None:
    suffix = Path(target).suffix.lower()
    if suffix != book.suffix:
        raise SheetError("wrong_suffix", file=target, wanted=book.suffix, given=suffix)
    if Path(target).exists() and Path(target).samefile(book.path):
        raise SheetError("same_file", file=target)


def _changes(
    book: Workbook, plans: Mapping[str, Plan], moves: Moves, grown: Sequence[Grown]
) -> tuple[dict[str, Content], list[str]]:
    """The new content of every part that changes, and the parts that go."""
    touched = {*plans, *(rows.sheet.part for rows in grown)}
    if not touched:
        return {}, []
    changed: dict[str, Content] = {}
    seeing = dependents(book, touched)
    for sheet in book.worksheets:
        with about(part=sheet.part):
            if sheet.part in touched:
                own = [rows for rows in grown if rows.sheet == sheet]
                # Written now: strings and formats are known only after the cells that need them.
                changed[sheet.part] = list(Writer(book, sheet, moves, own).sheet(plans.get(sheet.part, {})))
            elif (content := _followed(book, sheet, moves, sees=sheet in seeing)) != book.scan(sheet).data:
                changed[sheet.part] = content
    pivots = dict(refreshed_pivots(book))
    changed |= pivots | (dict(moved_parts(book, moves, pivots)) if moves else {})
    workbook = moved_names(recalculating(book), moves)
    if workbook != book.data:
        changed[book.part] = workbook
    styles = book.related("styles")
    if book.styles and book.styles.changed and styles:
        changed[styles.target] = book.styles.content()
    removed = _supporting_parts(book, changed)
    return changed, removed


def _followed(book: Workbook, sheet: Sheet, moves: Moves, sees: bool) -> bytes:
    """A sheet that is not filled itself: with references moved, and without results if it sees what is filled."""
    if sees:
        return b"".join(piece for piece in Writer(book, sheet, moves).sheet({}) if isinstance(piece, bytes))
    return moved_sheet(book.scan(sheet), sheet.name, moves) if moves else book.scan(sheet).data


def _supporting_parts(book: Workbook, changed: dict[str, Content]) -> list[str]:
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
        changed[name] = edited_relations(decode(book.package.read(name)), chains, added_relations)
        changed[book.types.name] = book.types.edited([r.target for r in chains], added_types)
    return [found for r in chains if (found := book.package.find(r.target))]
