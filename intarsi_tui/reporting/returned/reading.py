"""The single cells of a returned workbook held against what would be filled today: what differs becomes an edit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ...exchange.imports import as_typed
from ...records.declaration import Declaration, Field
from ...records.problems import Invalid
from ...records.typed import show_minutes
from ..paths import Path
from ..problems import DAMAGE
from ..selection import Scope, Selection
from .columns import Column, Doc, Targets, canonical, column_of, names_record, same
from .edits import Edit, Edits, Source

if TYPE_CHECKING:
    from ...sheets import ReadSheet
    from ...store.history import Change


class Reader:
    """What cells and rows have in common: one edited cell, or the cells of one link, against what the register has."""

    def __init__(self, selection: Selection, edits: Edits, scope: Scope) -> None:
        self.selection, self.edits, self.scope = selection, edits, scope
        self.office, self.lang = selection.office, selection.map.lang
        self.targets = Targets(self.office, selection.view, self.lang)

    def stored(self, doc: Doc, table: str) -> Doc:
        """The record itself; entries with `each` hold one of its rows only."""
        return self.office.get(table, doc["id"]) or doc

    def own(self, column: Column, cell: Any, shown: Any, present: Any, place: str, source: Source) -> Any:
        """The stored form of an edited cell; None when nothing is to be changed."""
        if canonical(cell) == canonical(shown) or self._no_value(cell, column.field, place, source):
            return None
        if cell == "":
            self.edits.wrong("left_empty", source, place, column.field, "warning", now=canonical_text(shown))
            return None
        if column.field.kind.name == "links" and isinstance(cell, str):
            value = self._all_linked(column.field, cell, place, source)
            return None if value == present else value
        try:
            value = column.field.kind.store(column.field.kind.read(as_typed(column.field, cell)))
        except Invalid as invalid:
            self.edits.refused(invalid, source, place, column.field)
            return None
        return None if value == present else value

    def _no_value(self, cell: Any, one: Field, place: str, source: Source) -> bool:
        """Whether a formula has left the cell without a value, which is a problem."""
        from ...sheets import FormulaError

        if not isinstance(cell, FormulaError):
            return False
        self.edits.wrong("formula_error" if cell.startswith("#") else "not_calculated", source, place, one, value=cell)
        return True

    def _all_linked(self, one: Field, cell: str, place: str, source: Source) -> list[str] | None:
        """The UUIDs of a list of records, each written as the cells print it, or by key or number."""
        names = [name.strip() for name in cell.replace("\n", ",").split(",") if name.strip()]
        meant = [self.targets.meant(one, [(None, name)]) for name in names]
        wrong = [(name, found) for name, found in zip(names, meant, strict=True) if len(found) != 1]
        for name, found in wrong:
            self.edits.refused(self.targets.problem(one, name, found), source, place, one)
        return None if wrong else [uid for found in meant for uid in found]

    def linked(
        self, columns: Sequence[Column], cells: Mapping[int, Any], shown: Mapping[int, Any], present: Any,
        places: Mapping[int, str], source: Source,
    ) -> Any:  # fmt: skip
        """The UUID that edited cells of one link mean; None when nothing is to be changed."""
        edited = [one for one in columns if not same(one.path, cells[one.index], shown.get(one.index), self.lang)]
        if not edited:
            return None
        one, place = edited[0], places[edited[0].index]
        if self._no_value(cells[one.index], one.field, place, source):
            return None
        now = canonical_text(shown.get(one.index))
        filled = [column for column in columns if cells[column.index] != ""]
        if not filled or cells[one.index] == "":
            self.edits.wrong("left_empty", source, place, one.field, "warning", now=now)
            return None
        found = self.targets.meant(one.field, [(column.rest, cells[column.index]) for column in filled])
        if present in found or len(found) == 1:
            return None if present in found else found[0]
        value = cells[one.index]
        if not found and present is not None and one.rest and not names_record(one.rest):
            target = self.office.declarations[str(one.field.kind.params["to"])].plural
            self.edits.wrong("elsewhere", source, place, one.field, "warning", value=value, target=target, now=now)
        else:
            self.edits.refused(self.targets.problem(one.field, canonical_text(value), found), source, place, one.field)
        return None

    def in_force(self, table: str, doc: Doc) -> "Iterator[Change]":
        """The changes of a record without those that were undone, and without the undoing: both say nothing new."""
        taken_back: set[str | None] = set()
        for change in self.office.store.history(table, doc["id"], limit=None):
            if change.operation in taken_back:
                continue
            if change.undoes is None:
                yield change
            taken_back.add(change.undoes)

    def newer(self, table: str, doc: Doc, path: Path, name: str, cell: Any) -> bool:
        """Whether the register had this value once, and has another by now."""
        for change in self.in_force(table, doc):
            if name in change.fields and (old := change.fields[name][0]) is not None:
                try:
                    told = path.excel({**doc, name: old}, self.selection.view, self.lang)
                except DAMAGE:
                    continue
                if canonical(told) == canonical(cell):
                    return True
        return False

    def take(self, edit: Edit, column: Column, value: Any, cell: Any, shown: Any, place: str, source: Source) -> None:
        """Sets a field of a record, unless the workbook has an older value of it."""
        one, table = column.field, edit.declaration.table
        if self.newer(table, edit.doc, column.path, one.name, cell):
            self.edits.newer += 1
            self.edits.wrong(
                "newer", source, place, one, "warning", value=canonical_text(cell), now=canonical_text(shown)
            )
            return
        self.edits.change(place, edit, one, edit.doc.get(one.name), value)
        self.edits.set(edit.values, one, value, place, edit.source)


def canonical_text(value: Any) -> str:
    """A cell's value in a sentence."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    plain = canonical(value)
    if isinstance(plain, tuple):
        return show_minutes(int(plain[1]))
    return f"{plain:g}" if isinstance(plain, float) else str(plain)


class CellReader(Reader):
    """The single cells of one sheet that belong to the record that the workbook, or the sheet, is about."""

    def read(self, sheet: "ReadSheet") -> None:
        template = self.selection.template
        for place, found in sheet.cells.items():
            cell = template.cells[place]
            about = self.scope.abouts.get(cell.start)
            if about is None or not about.record or cell.path is None:
                continue
            declaration = self._declaration(cell.start)
            column = column_of(0, place, cell.path)
            if column is None or column.role not in ("own", "link"):
                continue
            doc = self.stored(about.record, declaration.table)
            shown = self.selection.cell(cell, self.scope)
            if same(cell.path, found.value, shown, self.lang):
                continue
            source = Source(sheet.name, int("".join(filter(str.isdigit, found.cell.rpartition("!")[2]))))
            if column.role == "own":
                value = self.own(column, found.value, shown, doc.get(column.field.name), found.cell, source)
            else:
                one, where = {0: found.value}, {0: found.cell}
                value = self.linked([column], one, {0: shown}, doc.get(column.field.name), where, source)
            if value is not None:
                edit = self.edits.edit(declaration, doc, source)
                self.take(edit, column, value, found.value, shown, found.cell, source)

    def _declaration(self, start: str) -> Declaration:
        declaration = self.office.declarations[self.selection.map.record]
        if start == declaration.record:
            return declaration
        return self.office.declarations[str(declaration.by_name[start].kind.params["to"])]
