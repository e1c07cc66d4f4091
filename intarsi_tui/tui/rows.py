"""Records as rows of a table, read from the store in small pages around what is in sight."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..host.masks import masked
from ..host.office import Office
from ..host.views import fields_of
from ..records.declaration import Declaration, Field
from ..records.linked_kinds import RowsKind
from ..records.problems import Problem
from .paged import PagedLines
from .texts import SIGNS, one_line, rows_counted
from .widgets.columns import Column, Line

ENDS = {"number": 9, "state": 12}
NARROW = 12  # terminal columns
# Never cut, never wider.
FIXED = frozenset(("date", "time", "flag", "moment", "pseudonym", "school_code", "school_year", "tax_code"))


def shown(field: Field, doc: dict[str, Any], office: Office) -> str:
    """A field's value as a list shows it: links by the title of what they point to, states with their sign."""
    stored = doc.get(field.name)
    if stored is None:
        return "–" if field.name == "number" else ""
    if field.kind.name == "rows":
        return rows_counted(len(stored))
    if field.name == "state" and field.envelope:
        return f"{SIGNS.get(stored, ' ')} {field.show(doc, office.lang)}"
    return office.show(field, doc)


def row_words(field: Field, row: dict[str, Any], office: Office) -> str:
    """One row of a small table inside a record, on one line."""
    assert isinstance(field.kind, RowsKind)
    return one_line(office.show_row(field.kind, row))


def title_of(declaration: Declaration, doc: Mapping[str, Any], office: Office) -> str:
    """How `doc` is called, on one line."""
    return one_line(office.title_of(declaration, doc))


def details(declaration: Declaration, doc: dict[str, Any], office: Office) -> str:
    """What tells `doc` from others of its register beside its title, as far as it may be shown."""
    fields = [one for one in declaration.columns if one.name not in (*declaration.title, "number", "state")][:3]
    seen = masked(declaration, doc, office)
    return " · ".join(filter(None, (shown(one, seen, office) for one in fields)))


def entered(field: Field, value: Any, office: Office) -> str:
    """As `shown`, for who fills in a form: where a linked record's title is but a code nobody would know whom they chose."""
    declaration = office.declarations.get(field.kind.params["to"]) if field.kind.name == "link" else None
    words = shown(field, {field.name: value}, office)
    if not declaration or {declaration.by_name[name].kind.name for name in declaration.title} != {"pseudonym"}:
        return words
    doc = office.get(declaration.table, value)
    return " · ".join(filter(None, [words, details(declaration, doc, office) if doc else ""]))


def in_words(declaration: Declaration, problems: Iterable[Problem], lang: str) -> str:
    """The sentences, each with the field that it is about: where no field is in sight nobody sees which one is meant."""
    return "; ".join(
        f"{declaration.label_of(one.field, lang)}: {one.text(lang)}" if one.field else one.text(lang)
        for one in problems
    )


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


class RegisterRows(PagedLines[dict[str, Any]]):
    """The records `ids` of a register.

    Parameters:
        fields: the columns, those of the declaration when left out.
    """

    def __init__(
        self, office: Office, declaration: Declaration, ids: Sequence[int], fields: Sequence[Field] | None = None
    ) -> None:
        super().__init__(ids)
        self._office, self._declaration, self.ids = office, declaration, ids
        self._fields = declaration.columns if fields is None else fields

    def read(self, keys: list[int]) -> list[dict[str, Any]]:
        by_id = {doc.doc_id: doc for doc in self._office.table(self._declaration.table).by_ids(keys)}
        # A record that was removed since the list was made leaves an empty row until the next look.
        return [by_id.get(one, {}) for one in keys]

    def line(self, one: dict[str, Any]) -> Line:
        doc = masked(self._declaration, one, self._office)
        return Line(
            [shown(field, doc, self._office) for field in self._fields], "void" if doc.get("state") == "void" else ""
        )
