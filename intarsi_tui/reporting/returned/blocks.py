"""The rows of a returned workbook held against what would be filled today: what differs becomes an edit, the rest new records."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...exchange.columns import numbered_title
from ...exchange.imports import as_typed
from ...records.linked_kinds import RowsKind
from ..problems import ReportError
from ..selection import Scope, Selection
from ..template import Block
from .columns import Column, Doc, by_link, canonical, column_of
from .edits import Edits, Source
from .reading import Reader, canonical_text
from .rows import Entry, Pairs

if TYPE_CHECKING:
    from ...sheets import ReadBlock

# Whose rows do not say who is meant: what is alike may be somebody else.
PSEUDONYMOUS = ("lead", "public")


class BlockReader(Reader):
    """The rows of one block."""

    def __init__(self, selection: Selection, edits: Edits, scope: Scope, block: Block) -> None:
        super().__init__(selection, edits, scope)
        self.block, self.declaration, self.each = block, block.declaration, block.map.each
        self.columns: list[Column] = []
        for index, (header, path) in enumerate(block.columns.items()):
            column = column_of(index, header, path, self.each)
            if column is not None:
                self.columns.append(column)
            if column is None or column.role == "told":
                edits.ignored[header] = None
        self.guess = selection.map.audience not in PSEUDONYMOUS

    def read(self, found: "ReadBlock") -> None:
        entries = [self._entry(doc, values) for doc, values in self.selection.entries(self.block, self.scope)]

        def others() -> list[Entry]:
            every = self.selection.every(self.block, self.scope)
            known = {(entry.doc["id"], entry.at) for entry in entries}
            rest = [self._entry(doc, values) for doc, values in every]
            return [entry for entry in rest if (entry.doc["id"], entry.at) not in known]

        pairs = Pairs(self.columns, entries, others, self._named, guess=self.guess).of(found.rows)
        used = {(entry.doc["id"], entry.at) for entry in pairs if entry}
        self.edits.without_row += sum((entry.doc["id"], entry.at) not in used for entry in entries)
        rows: dict[tuple[str, int | None], int] = {}
        for (number, cells), entry in zip(found.rows, pairs, strict=True):
            places = {column.index: found.cell(number, column.index) for column in self.columns}
            source = Source(found.sheet, number)
            values = {column.index: cells[column.index] for column in self.columns}
            if entry is None:
                self._new(values, places, source, entries)
            elif (first := rows.setdefault((entry.doc["id"], entry.at), number)) != number:
                name = next(one for one in self.columns if one.role == "name" and cells[one.index] != "")
                self.edits.wrong("copied_row", source, places[name.index], name.field, value=first)
            else:
                self._changed(entry, values, places, source)

    def _entry(self, doc: Doc, values: tuple[Any, ...]) -> Entry:
        if not self.each:
            return Entry(doc, values)
        (row,) = doc[self.each]
        return Entry(doc, values, self.selection.position(row))

    def _named(self, column: Column, cell: Any) -> Entry | None:
        if self.each:
            return None
        wanted = str(as_typed(column.field, cell)).strip().lower()
        key = (self.declaration.table, column.field.name)
        if key not in self.selection.named:
            docs = self.office.table(self.declaration.table).page()
            # A void record gives its key free; the valid one is meant, so it comes last.
            docs = sorted(docs, key=lambda doc: doc["state"] != "void")
            self.selection.named[key] = {str(doc.get(column.field.name) or "").lower(): doc for doc in docs}
        doc = self.selection.named[key].get(wanted)
        return Entry(doc, self.selection.values(self.block, doc)) if doc else None

    def _changed(self, entry: Entry, cells: Mapping[int, Any], places: Mapping[int, str], source: Source) -> None:
        doc = self.stored(entry.doc, self.declaration.table)
        present = doc[self.each][entry.at] if self.each and entry.at is not None else {}
        shown = {column.index: entry.values[column.index] for column in self.columns}
        edited: list[tuple[Column, Any]] = []
        for column in self.columns:
            at = column.index
            if column.role == "name" and cells[at] != "" and canonical(cells[at]) != canonical(shown[at]):
                now = canonical_text(shown[at])
                self.edits.wrong("other_number", source, places[at], column.field, value=cells[at], now=now)
            if column.role == "own":
                stored = (present if column.inside else doc).get(column.field.name)
                value = self.own(column, cells[at], shown[at], stored, places[at], source)
                if value is not None:
                    edited.append((column, value))
        for (inside, name), columns in by_link(self.columns).items():
            stored = (present if inside else doc).get(name)
            uid = self.linked(columns, cells, shown, stored, places, source)
            if uid is not None:
                edited.append((self._first_edited(columns, cells, shown), uid))
        if not edited:
            self.edits.unchanged += 1
            return
        edit = self.edits.edit(self.declaration, doc, source)
        inner = [pair for pair in edited if pair[0].inside]
        for column, value in edited:
            if not column.inside:
                at = column.index
                self.take(edit, column, value, cells[at], shown[at], places[at], source)
        if inner and entry.at is not None and not self._row_was(doc, cells):
            _, changes = edit.inside.setdefault(self.each, {}).setdefault(entry.at, (source, {}))
            for column, value in inner:
                self.edits.change(places[column.index], edit, column.field, present.get(column.field.name), value)
                self.edits.set(changes, column.field, value, places[column.index], source)
        elif inner:
            self._newer_row(inner[0][0], cells, shown, places, source)

    @staticmethod
    def _first_edited(columns: Sequence[Column], cells: Mapping[int, Any], shown: Mapping[int, Any]) -> Column:
        return next(one for one in columns if canonical(cells[one.index]) != canonical(shown[one.index]))

    def _newer_row(
        self,
        column: Column,
        cells: Mapping[int, Any],
        shown: Mapping[int, Any],
        places: Mapping[int, str],
        source: Source,
    ) -> None:
        self.edits.newer += 1
        at = column.index
        value, now = canonical_text(cells[at]), canonical_text(shown.get(at))
        self.edits.wrong("newer", source, places[at], column.field, "warning", value=value, now=now)

    def _row_was(self, doc: Doc, cells: Mapping[int, Any]) -> bool:
        """Whether a row inside the record was like this once, and is not any more."""
        told = [column for column in self.columns if column.inside]
        wanted = [canonical(cells[column.index]) for column in told]
        for change in self.in_force(self.declaration.table, doc):
            for row in change.fields.get(self.each, (None, None))[0] or ():
                try:
                    values = self.selection.values(self.block, {**doc, self.each: [row]})
                except ReportError:  # a value of an older version of the plugin
                    continue
                if [canonical(values[column.index]) for column in told] == wanted:
                    return True
        return False

    def _new(
        self, cells: Mapping[int, Any], places: Mapping[int, str], source: Source, entries: Sequence[Entry]
    ) -> None:
        named = [one for one in self.columns if one.role == "name" and cells[one.index] != ""]
        if named:
            one = named[0]
            self.edits.wrong("no_such_number", source, places[one.index], one.field, value=cells[one.index])
            return
        if not self.guess:
            self._not_taken(cells, places, source, by_hand=not entries)
            return
        if not self.each:
            values = self._values(cells, places, source, inside=False)
            self._from_scope(values)
            self.edits.add(self.declaration, values, source)
            return
        owners = self._owners(cells, entries)
        if len(owners) != 1:
            self.edits.wrong("whose_row", source)
            return
        doc = owners[0]
        if self._row_was(doc, cells):
            first = next(column for column in self.columns if column.inside)
            self._newer_row(first, cells, {}, places, source)
            return
        edit = self.edits.edit(self.declaration, doc, source)
        values = self._values(cells, places, source, inside=True)
        edit.added.setdefault(self.each, []).append((source, values))
        kind = self.declaration.by_name[self.each].kind
        assert isinstance(kind, RowsKind)
        self.edits.change_row(
            kind.declaration, values, source, numbered_title(self.office, self.declaration.table, doc)
        )

    def _not_taken(self, cells: Mapping[int, Any], places: Mapping[int, str], source: Source, *, by_hand: bool) -> None:
        """A row that does not say whose it is; boxes that the sheet itself asks to write in only stay where they are."""
        written = [one for one in self.columns if cells[one.index] != ""]
        one = written[0] if written else None
        where, value = (places[one.index], canonical_text(cells[one.index])) if one else ("", "")
        register = self.declaration.plural
        if one and by_hand and not any(column.role == "name" for column in self.columns):
            self.edits.wrong("written_here", source, where, one.field, "warning", value=value, register=register)
        else:
            self.edits.wrong("unnamed", source, where, value=value, register=register)

    def _values(
        self, cells: Mapping[int, Any], places: Mapping[int, str], source: Source, *, inside: bool
    ) -> dict[str, Any]:
        """The fields of a new record, or of a new row inside one."""
        values: dict[str, Any] = {}
        for column in self.columns:
            at = column.index
            if column.role == "own" and column.inside == inside and cells[at] != "":
                value = self.own(column, cells[at], None, None, places[at], source)
                if value is not None:
                    self.edits.set(values, column.field, value, places[at], source)
        for (within, _), columns in by_link(self.columns).items():
            filled = [column for column in columns if cells[column.index] != ""]
            if within == inside and filled:
                uid = self.linked(filled, cells, {}, None, places, source)
                if uid is not None:
                    place = places[filled[0].index]
                    self.edits.set(values, filled[0].field, uid, place, source)
        return values

    def _from_scope(self, values: dict[str, Any]) -> None:
        """What a new record has because of where its row stands: links to what the sheet is about, the filter's values."""
        for name, about in self.scope.abouts.items():
            one = self.declaration.by_name.get(name)
            if one is not None and one.kind.name == "link":
                values.setdefault(name, about.value)
        for name, wanted in self.block.filter.items():
            one = self.declaration.by_name[name]
            if len(wanted) == 1 and not one.given:
                values.setdefault(name, wanted[0])
        if "partner" in self.selection.map.scope:
            values.setdefault("partner", self.scope.partner.code)

    def _owners(self, cells: Mapping[int, Any], entries: Sequence[Entry]) -> list[Doc]:
        """The records whose own columns are those of the row; the one that the workbook is about when there are none."""
        about = self.scope.abouts.get(self.declaration.record)
        if about is not None:
            return [self.stored(about.record, self.declaration.table)]
        told = [column.index for column in self.columns if not column.inside]
        key = [canonical(cells[at]) for at in told]
        alike = {entry.doc["id"]: entry.doc for entry in entries if [canonical(entry.values[at]) for at in told] == key}
        return [self.stored(doc, self.declaration.table) for doc in alike.values()]
