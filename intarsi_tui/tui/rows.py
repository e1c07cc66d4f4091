"""Records as rows of a table, read from the store in small pages around what is in sight."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, overload

from ..host.masks import masked
from ..host.office import Office
from ..host.views import fields_of
from ..records.declaration import Declaration, Field
from ..records.linked_kinds import RowsKind
from .texts import SIGNS, _, one_line
from .widgets.columns import Column, Line

PAGE = 64
PAGES = 12  # kept: scrolling to and fro reads nothing again, and a million records stay in the database

ENDS = {"number": 9, "state": 12}
NARROW = 12  # terminal columns
FIXED = frozenset(("date", "time", "flag", "moment", "pseudonym", "school_code", "tax_code"))  # never cut, never wider


def shown(field: Field, doc: dict[str, Any], office: Office) -> str:
    """A field's value as a list shows it: links by the title of what they point to, states with their sign."""
    stored = doc.get(field.name)
    if stored is None:
        return "–" if field.name == "number" else ""
    if field.kind.name == "rows":
        return _("{count} rows").format(count=len(stored)) if len(stored) != 1 else _("1 row")
    if field.name == "state" and field.envelope:
        return f"{SIGNS.get(stored, ' ')} {field.show(doc, office.lang)}"
    return office.show(field, doc)


def row_words(field: Field, row: dict[str, Any], office: Office) -> str:
    """One row of a small table inside a record, on one line."""
    assert isinstance(field.kind, RowsKind)
    return one_line(office.show_row(field.kind, row))


def title_of(declaration: Declaration, doc: dict[str, Any], office: Office) -> str:
    """How `doc` is called, on one line."""
    return one_line(office.title_of(declaration, doc))


def usual_width(field: Field, lang: str) -> int:
    """Terminal columns of a field in a list when nobody chose others."""
    if field.envelope and field.name in ENDS:
        return ENDS[field.name]
    if field.in_list > 1:
        return int(field.in_list)
    return 12 if _grows(field) else max(field.kind.width, min(len(field.label(lang)), 12))


def _grows(field: Field) -> bool:
    ends = field.envelope and field.name in ENDS
    narrow = 1 < field.in_list <= NARROW  # its values are short, and were declared to be
    return not ends and not narrow and field.kind.align == "left" and field.kind.name not in FIXED


def columns_of(declaration: Declaration, lang: str, chosen: tuple[tuple[str, int], ...] = ()) -> list[Column]:
    """The columns of a register: number and state stay longest, then the fields in their order.

    Parameters:
        chosen: fields and widths that a person chose, 0 for the usual width; none for those of the declaration.
    """
    columns = []
    for place, (field, width) in enumerate(fields_of(declaration, chosen)):
        priority = 0 if field.envelope and field.name in ENDS else place
        wide = width or usual_width(field, lang)
        # A width that somebody chose is kept: nothing is added to it.
        columns.append(
            Column(field.name, field.label(lang), wide, field.kind.align, priority, not width and _grows(field))
        )
    return columns


class RegisterRows(Sequence[Line]):
    """The records `ids` of a register, each read when its row comes into sight.

    Parameters:
        fields: the columns, those of the declaration when left out.
    """

    def __init__(
        self, office: Office, declaration: Declaration, ids: Sequence[int], fields: Sequence[Field] | None = None
    ) -> None:
        self._office, self._declaration, self.ids = office, declaration, ids
        self._fields = declaration.columns if fields is None else fields
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._lines: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def doc(self, index: int) -> dict[str, Any]:
        """The record in row `index`."""
        number = index // PAGE
        if number not in self._pages:
            ids = list(self.ids[number * PAGE : (number + 1) * PAGE])
            by_id = {doc.doc_id: doc for doc in self._office.table(self._declaration.table).by_ids(ids)}
            # A record that was removed since the list was made leaves an empty row until the next look.
            self._pages[number] = [by_id.get(one, {}) for one in ids]
            if len(self._pages) > PAGES:
                gone, _docs = self._pages.popitem(last=False)
                for one in range(gone * PAGE, (gone + 1) * PAGE):
                    self._lines.pop(one, None)
        doc: dict[str, Any] = self._pages[number][index % PAGE]
        return doc

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if index not in self._lines:
            doc = masked(self._declaration, self.doc(index), self._office)
            cells = [shown(field, doc, self._office) for field in self._fields]
            self._lines[index] = Line(cells, "void" if doc.get("state") == "void" else "")
        return self._lines[index]
