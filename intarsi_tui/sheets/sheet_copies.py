"""One sheet copied under several names inside a package, with its drawings, charts, comments, tables and names."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from .errors import SheetError
from .markup import Element, Splice, decode, escape, parse, splice, start_tag, with_attributes
from .relations import edited_relations, read_relations, relations_name
from .renaming import Names
from .save import save
from .scan import SheetScan
from .workbook import DefinedName, Sheet, Table, Workbook

FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NAME_LIMIT = 31

# One part serves several sheets: Excel itself shares pictures and pivot caches.
_SHARED = {"image", "pivotCacheDefinition", "person", "media", "video", "audio"}
# Their names must be unique in the workbook and are written in parts of their own.
_REFUSED = {"slicer", "timeline", "queryTable"}


def sheet_names(titles: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """Names that Excel takes for sheets, made from any texts: cleaned, at most 31 characters, each only once.

    Args:
        taken: names of other sheets of the workbook.
    """
    names: list[str] = []
    used = {"history", *(name.casefold() for name in taken)}  # Excel keeps "History" for itself
    for title in titles:
        # Marks that turn the direction of writing would disguise a name.
        visible = "".join(c if unicodedata.category(c) not in ("Cf", "Cs", "Cc") else " " for c in title)
        plain = _cut(" ".join(FORBIDDEN.sub(" ", visible).split()).strip("'"), NAME_LIMIT) or "–"
        name, number = plain, 1
        while name.casefold() in used:
            number += 1
            mark = f"~{number}"
            name = _cut(plain, NAME_LIMIT - len(mark)) + mark
        used.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, units: int) -> str:
    """The beginning of the text that fits: Excel counts UTF-16 units, of which an emoji has two."""
    whole = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
    return whole.strip("' ")


def copy_sheet(book: Workbook, sheet: Sheet, names: Sequence[str], out: Path) -> tuple[list[Names], set[str]]:
    """Write `book` to `out` with `sheet` renamed to the first of `names` and copied under the others, right after it.

    Formulas that mean the sheet mean the first copy, those on a copy the copy itself.

    Returns:
        For each of the names, how the sheet and its tables are called there; and the parts that changed.

    Args:
        names: as `sheet_names` gives them.

    Raises:
        SheetError: something on the sheet that cannot be copied.
    """
    copier = _Copier(book, sheet)
    called = [Names({sheet.name: names[0]}), *(copier.names_of(name) for name in names[1:])]
    parts = [copier.tree(sheet.part, one, {}) for one in called[1:]]
    copier.rename_original(called[0])
    copier.list_sheets(called, list(names), parts)
    save(book.package, out, copier.changed, copier.removed)
    return called, {*copier.changed, *copier.removed}


class _Copier:
    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.changed: dict[str, bytes] = {}
        self.removed: list[str] = []
        self._types: dict[str, str] = {}
        self._tables = [table for table in book.tables if table.sheet == sheet]
        self._table_names = {table.name.casefold() for table in book.tables} | {n.name.casefold() for n in book.names}
        self._table_id = max((table.root.number("id") for table in book.tables), default=0)

    def names_of(self, name: str) -> Names:
        """What a copy called `name` calls itself and its tables."""
        return Names({self.sheet.name: name}, {table.name: self._free_table_name(table) for table in self._tables})

    def _free_table_name(self, table: Table) -> str:
        number = 2
        while (name := f"{table.name}_{number}").casefold() in self._table_names:
            number += 1
        self._table_names.add(name.casefold())
        return name

    def tree(self, part: str, names: Names, copied: dict[str, str], kind: str = "worksheet") -> str:
        """A copy of the part and of all that it alone is related to; the name of the new part.

        Args:
            copied: new names of the parts that have a copy already; parts may lead to each other in circles.
            kind: of the relationship that leads to the part.
        """
        if part in copied:
            return copied[part]
        package = self.book.package
        new = copied[part] = self._free_part(part)
        self.changed[new] = b""  # taken, before the parts below it look for names
        self._typed_like(part, new)
        data = package.read(part)
        if part.lower().endswith((".xml", ".vml")):
            data = self._adapted(names.part(decode(data)), kind, names)
        self.changed[new] = data
        relations = read_relations(package, part)
        if relations:
            source = decode(package.read(package.entry(relations_name(part)).name))
            splices: list[Splice] = []
            for relation in relations:
                if relation.kind in _REFUSED:
                    raise SheetError("cannot_copy", part=relation.target, sheet=self.sheet.name, what=relation.kind)
                in_place = relation.external or relation.kind in _SHARED or relation.target == part
                if in_place or not package.find(relation.target):
                    continue
                element = relation.element
                tag = start_tag(source, element.start)
                target = "/" + self.tree(relation.target, names, copied, relation.kind)
                splices.append((element.start, element.open_end, with_attributes(tag, {"Target": target})))
            self.changed[relations_name(new)] = names.part(splice(source, splices))
            self._typed_like(relations_name(part), relations_name(new))
        return new

    def _typed_like(self, part: str, new: str) -> None:
        override = self.book.types.overrides.get(part.lower())
        if override:
            self._types[new] = override.get("ContentType")

    def _adapted(self, data: bytes, kind: str, names: Names) -> bytes:
        """What must differ in a copy: two selected sheets would be edited together, code names and tables be double."""
        if kind == "worksheet":
            # The sheet's own views and properties stand before its rows, which are too many for a tree.
            scan = SheetScan(data)
            changes: list[tuple[str, dict[str, str | None]]] = [
                ("sheetView", {"tabSelected": None}),
                ("sheetPr", {"codeName": None}),
            ]
            found = [(element, change) for name, change in changes for element in scan.skeleton.all(name)]
            return splice(scan.data, [_edit(scan.data, element, change) for element, change in found])
        if kind == "table":
            root = parse(data)
            self._table_id += 1
            name = names.tables[root.get("displayName").casefold()]
            return splice(data, [_edit(data, root, {"id": str(self._table_id), "name": name, "displayName": name})])
        return data

    def _free_part(self, part: str) -> str:
        stem, suffix = posixpath.splitext(part)
        stem = stem.rstrip("0123456789")
        number = 1
        while self.book.package.find(name := f"{stem}{number}{suffix}") or name in self.changed:
            number += 1
        return name

    def rename_original(self, names: Names) -> None:
        """The first name wherever the package means the sheet."""
        if not names:
            return
        folder = posixpath.dirname(self.book.part)
        for entry in self.book.package.entries:
            if (
                entry.name.startswith(folder)
                and entry.name.lower().endswith((".xml", ".vml", ".rels"))
                and entry.name not in (self.book.part, self.book.types.name)
            ):
                data = decode(self.book.package.read(entry.name))
                if (new := names.part(data)) != data:
                    self.changed[entry.name] = new

    def list_sheets(self, called: Sequence[Names], names: Sequence[str], parts: Sequence[str]) -> None:
        """Put the copies into the workbook part, its relations and the content types."""
        book = self.book
        element = next(one for one in book.root.all("sheet") if one.get("name") == self.sheet.name)
        relation = next(one for one in book.relations if one.id == element.relationship())
        chains = [one for one in book.relations if one.kind == "calcChain" and not one.external]
        self.removed = [found for one in chains if (found := book.package.find(one.target))]
        rels = book.package.entry(relations_name(book.part)).name
        added = [(relation.element.get("Type"), f"/{part}") for part in parts]
        self.changed[rels] = edited_relations(decode(book.package.read(rels)), chains, added)
        ids = {one.get("Target"): one.get("Id") for one in parse(self.changed[rels]).all("Relationship")}
        self.changed[book.types.name] = book.types.edited([one.target for one in chains], self._types)
        splices = [
            (element.start, element.end, self._sheet_tags(element, names, [ids[f"/{part}"] for part in parts])),
            *self._names(called),
            *self._views(len(parts)),
        ]
        self.changed[book.part] = splice(book.data, splices)

    def _sheet_tags(self, element: Element, names: Sequence[str], ids: Sequence[str]) -> bytes:
        tag = start_tag(self.book.data, element.start)
        if not tag.endswith(b"/>"):
            tag = tag[:-1].rstrip() + b"/>"
        free = max(one.number("sheetId") for one in self.book.root.all("sheet"))
        id_name = re.search(rb"\s([^\s=:]+:id)\s*=", tag)
        assert id_name is not None
        tags = [with_attributes(tag, {"name": names[0]})]
        for number, (name, relation) in enumerate(zip(names[1:], ids, strict=True), free + 1):
            tags.append(with_attributes(tag, {"name": name, "sheetId": str(number), id_name[1].decode(): relation}))
        return b"".join(tags)

    def _names(self, called: Sequence[Names]) -> list[Splice]:
        """Names of the sheet for each copy; those of the workbook that mean the sheet become the copies' own."""
        at, more = self.book.sheets.index(self.sheet), len(called) - 1
        taken = {name.name.casefold() for name in self.book.names if name.sheet == self.sheet.name}
        splices: list[Splice] = []
        for element, name in zip(self.book.root.all("definedName"), self.book.names, strict=True):
            local = element.number("localSheetId", -1)
            moved = str(local + more) if local > at else None
            lines = [self._name(element, called[0].formula(name.text), {"localSheetId": moved} if moved else {})]
            # A name of nothing need not be there several times.
            lost = "#REF!" in name.text
            if not lost and (
                local == at or (local < 0 and self._means_the_sheet(name) and name.name.casefold() not in taken)
            ):
                lines += [
                    self._name(element, one.formula(name.text), {"localSheetId": str(at + number)})
                    for number, one in enumerate(called[1:], 1)
                ]
            splices.append((element.start, element.end, b"".join(lines)))
        return splices

    def _means_the_sheet(self, name: DefinedName) -> bool:
        return Names({self.sheet.name: "\0"}).formula(name.text) != name.text

    def _name(self, element: Element, text: str, attributes: dict[str, str | None]) -> bytes:
        tag = with_attributes(start_tag(self.book.data, element.start), attributes)
        return tag.removesuffix(b"/>") + escape(text).encode() + f"</{element.qualifier}definedName>".encode()

    def _views(self, more: int) -> list[Splice]:
        """The tab that is open stays so, though it has moved."""
        at = self.book.sheets.index(self.sheet)
        splices = []
        for view in self.book.root.all("workbookView"):
            moved = {name: view.number(name) for name in ("activeTab", "firstSheet")}
            splices.append(_edit(self.book.data, view, {n: str(v + more) for n, v in moved.items() if v > at}))
        return splices


def _edit(data: bytes, element: Element, attributes: dict[str, str | None]) -> Splice:
    return (element.start, element.open_end, with_attributes(start_tag(data, element.start), attributes))
