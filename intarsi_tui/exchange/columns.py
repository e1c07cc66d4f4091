"""Columns of a listing: how a record's value is seen, how it can be typed again, and what Excel gets."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..records.attached import has_files
from ..records.declaration import Field
from ..records.linked_kinds import LinkKind, LinksKind, RowsKind

if TYPE_CHECKING:
    from ..host.office import Office

Doc = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        show: the value as a person sees it; links by the title of what they refer to.
        write: the value as it can be typed again; links by key, number or UUID.
        excel: the value as a typed cell, `None` when empty.
        right: set to the right, as quantities are.
        least: terminal columns below which a table does not cut it; 0 for as few as any.
    """

    name: str
    label: str
    show: Callable[[Doc], str]
    write: Callable[[Doc], str]
    excel: Callable[[Doc], Any]
    right: bool = False
    least: int = 0


def plain(name: str, label: str, *, right: bool = False, least: int = 0) -> Column:
    """A column of a listing that is not a register: the value as it is."""

    def show(row: Doc) -> str:
        value = row.get(name)
        return "" if value is None else str(value)

    return Column(name, label, show, show, lambda row: row.get(name), right, least)


def of_register(office: "Office", fields: Iterable[Field]) -> list[Column]:
    """The columns of a register's fields. Links are looked up once each."""
    titles: dict[tuple[str, str], str] = {}
    references: dict[tuple[str, str], str] = {}

    def title(table: str, uid: str) -> str:
        if (table, uid) not in titles:
            titles[table, uid] = office.title(table, uid)
        return titles[table, uid]

    def reference(table: str, uid: str) -> str:
        if (table, uid) not in references:
            references[table, uid] = reference_of(office, table, uid)
        return references[table, uid]

    return [_column(field, office.lang, title, reference) for field in fields]


def reference_of(office: "Office", table: str, uid: str) -> str:
    """What a person types to mean this record: its key, else its number, else its UUID."""
    declaration = office.declaration(table)
    doc = office.get(table, uid) if declaration else None
    if (
        declaration is None or doc is None or doc["state"] == "void"
    ):  # a void record's key may belong to another one by now
        return uid
    keys = (doc.get(name) for name in declaration.keys)
    return str(next((key for key in keys if key), None) or doc.get("number") or uid)


def numbered_title(office: "Office", table: str, doc: Doc) -> str:
    """The record's number, if it has one, and what it is called."""
    declaration = office.declaration(table)
    title = office.title_of(declaration, doc) if declaration else str(doc["id"])[:13]
    number = doc.get("number")
    return title if number in (None, title) else f"{number} {title}"


Naming = Callable[[str, str], str]


def _column(field: Field, lang: str, title: Naming, reference: Naming) -> Column:
    kind, known = field.kind, dict[Any, str]()

    def linked(stored: Any, naming: Naming) -> str:
        assert isinstance(kind, LinkKind)
        ids = stored if isinstance(kind, LinksKind) else [stored]
        return ", ".join(naming(kind.target, str(uid)) for uid in ids)

    def show(doc: Doc) -> str:
        stored = doc.get(field.name)
        if stored is None:
            return ""
        if isinstance(kind, RowsKind):
            cells = [_column(one, lang, title, reference) for one in kind.declaration.fields]
            filled = (((cell, cell.show(row)) for cell in cells) for row in stored)
            # A quantity is named, as a bare number tells nothing.
            return "\n".join(
                " · ".join(f"{cell.label} {text}" if cell.right else text for cell, text in row if text)
                for row in filled
            )
        return linked(stored, title) if isinstance(kind, LinkKind) else str(_as_it_stands(kind.show, stored, lang))

    def write(doc: Doc) -> str:
        stored = doc.get(field.name)
        if stored is None:
            return ""
        if isinstance(kind, LinkKind):
            return linked(stored, reference)
        if not isinstance(stored, (str, int, float)):
            return typeable(field, stored, lang)
        if stored not in known:
            known[stored] = typeable(field, stored, lang)
        return known[stored]

    def excel(doc: Doc) -> Any:
        stored = doc.get(field.name)
        if stored is None:
            return None
        value = _as_it_stands(kind.excel, stored, lang) if not isinstance(kind, LinkKind) else ""
        return write(doc) if isinstance(value, str) else value

    return Column(field.name, field.label(lang), show, write, excel, kind.align == "right")


def typeable(field: Field, stored: Any, lang: str) -> str:
    """The value as people read it if it means the same when typed again, else its stored form.

    A municipality's name that two share, an attached file's bare name or a label with a comma would not come back.
    """
    kind = field.kind
    shown = str(_as_it_stands(kind.show, stored, lang))
    if isinstance(kind, RowsKind):
        # The bare name of an attached file would be taken for a path.
        return json.dumps(stored, ensure_ascii=False) if has_files(kind.declaration) else shown
    try:
        same = kind.store(kind.read(shown)) == stored
    except ValueError:
        same = False
    if same or field.given:
        return shown
    return ", ".join(map(str, stored)) if isinstance(stored, list) else str(stored)


def _as_it_stands(tell: Callable[[Any, str], Any], stored: Any, lang: str) -> Any:
    """What a kind tells of a value; a damaged one is shown as it stands, so that a list with it can still be read."""
    try:
        return tell(stored, lang)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError):
        return str(stored)
