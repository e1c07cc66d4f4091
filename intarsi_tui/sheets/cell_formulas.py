"""The formulas in a sheet's cells after rows were put in: moved with their cell, or repeated in a new row."""

from __future__ import annotations

import re
from functools import cached_property

from .address import parse_range
from .formulas import concerns, relative, shift
from .markup import TAG_REST, attribute, escape, unescape, with_attributes
from .moves import Moves
from .scan import Cell, SheetScan


class CellFormulas:
    """The formulas of one sheet; `sheet` is its name, cells come as the template has them.

    Formulas that share one text are each written out: the distances between their cells no longer hold.
    """

    def __init__(self, scan: SheetScan, sheet: str, moves: Moves) -> None:
        self.scan, self.sheet, self.moves = scan, sheet, moves
        name = re.escape(scan.prefix) + b"f"
        self._element = re.compile(
            rb"<" + name + rb"(?=[\s/>])" + TAG_REST + rb"(?:(?<!/>)([^<]*)</" + name + rb"\s*>)?"
        )

    def moved(self, cell: Cell) -> bytes:
        """What stands between the tags of the cell at its new place.

        Raises:
            SheetError: as `formulas.shift`.
        """
        return self._edited(cell, 0)

    def repeated(self, cell: Cell, down: int) -> bytes:
        """What stands between the tags of the cell's copy, `down` rows under its new place.

        Raises:
            SheetError: as `formulas.shift`.
        """
        return self._edited(cell, down)

    def _edited(self, cell: Cell, down: int) -> bytes:
        found = self._element.search(cell.body) if cell.has_formula else None
        if not found:
            return cell.body
        tag = found[0][: found.start(3) - found.start()] if found[3] is not None else found[0]
        kind, text = attribute(tag, b"t"), unescape((found[3] or b"").decode())
        old_tag, old_text = tag, text
        if kind == "shared":
            group = attribute(tag, b"si") or ""
            if group not in self._written_out:
                return cell.body
            master, text = self._masters[group]
            text = relative(text, cell.row - master.row, cell.column - master.column)
            tag = with_attributes(tag, {"t": None, "ref": None, "si": None})
        elif kind in ("array", "dataTable"):
            places = {
                name: self._place(value, down)
                for name in ("ref", "r1", "r2")
                if (value := attribute(tag, name.encode()))
            }
            if places != {name: attribute(tag, name.encode()) for name in places}:
                tag = with_attributes(tag, dict(places))
        text = shift(text, self.sheet, self.moves, cell.row)
        text = relative(text, down) if down else text
        if (tag, text) == (old_tag, old_text):
            return cell.body
        if text and tag.endswith(b"/>"):
            tag = tag[:-2].rstrip() + b">"
        end = escape(text).encode() + b"</" + self.scan.prefix + b"f>" if not tag.endswith(b"/>") else b""
        return cell.body[: found.start()] + tag + end + cell.body[found.end() :]

    def _place(self, text: str, down: int) -> str:
        """Where an array stands, or a data table's input: over several rows it grows, in one it goes along."""
        area = parse_range(text)
        if area is None:
            return text
        new = (self.moves.area if area.top < area.bottom else self.moves.shifted)(self.sheet, area)
        return str(new._replace(top=new.top + down, bottom=new.bottom + down))

    @cached_property
    def _masters(self) -> dict[str, tuple[Cell, str]]:
        """By group, the cell that holds the shared formula, and its text."""
        masters: dict[str, tuple[Cell, str]] = {}
        for row in self.scan.rows:
            if self.scan.data.find(b"shared", row.open_end, row.end) < 0:
                continue
            for cell in self.scan.cells(row):
                found = self._element.search(cell.body) if cell.has_formula else None
                if found and found[3] and attribute(found[0], b"t") == "shared":
                    masters[attribute(found[0], b"si") or ""] = cell, unescape(found[3].decode())
        return masters

    @cached_property
    def _written_out(self) -> set[str]:
        """The groups that cannot stay as they are: all on a sheet whose rows move, elsewhere those that look there."""
        grows = bool(self.moves.growths(self.sheet))
        return {group for group, (_, text) in self._masters.items() if grows or concerns(text, self.sheet, self.moves)}
