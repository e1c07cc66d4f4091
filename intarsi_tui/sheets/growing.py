"""Every part of a workbook that must follow when rows are put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from .address import parse_range
from .anchors import moved_drawing, moved_vml
from .cell_formulas import CellFormulas
from .charts import moved_chart
from .edits import moved_place, moved_places, set_attributes, set_text, tree
from .errors import about
from .formulas import shift
from .frame import moved_frame
from .markup import Splice, decode, parse, splice
from .moves import Moves
from .relations import Relation, read_relations, relations_name
from .scan import SheetScan
from .workbook import Workbook


def moved_table(data: bytes, sheet: str, moves: Moves) -> bytes:
    """A table part: range, filter and sorting grow with the body; a totals row goes down under it."""
    root = parse(data)
    area = parse_range(root.get("ref"))
    body = area.top + root.number("headerRowCount", 1) if area else None
    splices: list[Splice] = []
    for element in tree(root):
        splices += moved_place(data, element, sheet, moves)
        if element.name == "calculatedColumnFormula":
            splices += set_text(data, element, shift(element.text, sheet, moves, body))
    return splice(data, splices)


def moved_cache(data: bytes, sheet: str, moves: Moves) -> bytes:
    """A pivot cache's definition: its source grows, and what it had read of it is read again when opened."""
    moved = moved_places(data, sheet, moves)
    root = parse(moved)
    return moved if moved == data else splice(moved, set_attributes(moved, root, {"refreshOnLoad": "1"}))


_MOVERS: dict[str, Callable[[bytes, str, Moves], bytes]] = {
    "chart": moved_chart,
    "chartEx": moved_chart,
    "chartUserShapes": moved_drawing,
    "comments": moved_places,
    "connections": moved_places,
    "ctrlProp": moved_places,
    "drawing": moved_drawing,
    "pivotCacheDefinition": moved_cache,
    "pivotTable": moved_places,
    "table": moved_table,
    "tableSingleCells": moved_places,
    "threadedComment": moved_places,
    "vmlDrawing": moved_vml,
}
"""By the kind of relationship that leads to a part, how it moves."""


def moved_parts(book: Workbook, moves: Moves, changed: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The parts that change, other than worksheets and the workbook part (`moved_sheet`, `moved_names`).

    Args:
        changed: content of parts that are being changed anyway, to go on from.

    Raises:
        SheetError: a part cannot be read, or something would come to lie past a sheet's last row.
    """
    waiting = [(sheet.part, sheet.name) for sheet in book.sheets if sheet.part] + [(book.part, "")]
    done: set[str] = {part for part, _ in waiting}
    while waiting:
        source, sheet = waiting.pop()
        relations = read_relations(book.package, source)
        yield from _moved_links(book, source, relations, moves)
        for relation in relations:
            part, mover = relation.target, _MOVERS.get(relation.kind)
            if mover is None or relation.external or part in done or not book.package.find(part):
                continue
            done.add(part)
            waiting.append((part, sheet))
            with about(book.path, part):
                data = changed.get(part) or decode(book.package.read(part))
                moved = mover(data, sheet, moves)
            if moved != data:
                yield part, moved


def _moved_links(
    book: Workbook, source: str, relations: Iterable[Relation], moves: Moves
) -> Iterator[tuple[str, bytes]]:
    """The relationships of a part whose shapes lead to cells: `#Sheet1!A9`."""
    links = [relation.element for relation in relations if relation.element.get("Target").startswith("#")]
    if links:
        name = book.package.entry(relations_name(source)).name
        data = decode(book.package.read(name))
        targets = [(element, f"#{shift(element.get('Target')[1:], '', moves)}") for element in links]
        moved = splice(data, [piece for link, new in targets for piece in set_attributes(data, link, {"Target": new})])
        if moved != data:
            yield name, moved


def moved_sheet(scan: SheetScan, sheet: str, moves: Moves) -> bytes:
    """A sheet whose own rows stay: its formulas, rules and links into sheets that grow.

    Raises:
        SheetError: as `formulas.shift`.
    """
    formulas = CellFormulas(scan, sheet, moves)
    head, tail = moved_frame(scan, sheet, moves)
    splices: list[Splice] = [(0, scan.head_end, head), (scan.tail_start, len(scan.data), tail)]
    for row in scan.rows:
        at = row.open_end
        if scan.data.find(b"<" + scan.prefix + b"f", at, row.end) < 0:
            continue
        for cell in scan.cells(row):
            start = scan.data.index(cell.tag, at) + len(cell.tag)
            at = start + len(cell.body)
            with about(cell=cell.name):
                splices.append((start, at, formulas.moved(cell)))
    return splice(scan.data, splices)
