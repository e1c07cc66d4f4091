"""Which records go into which workbook of a template."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tinydb import where

from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from ..records.declaration import Declaration
from .filters import matches
from .maps import Map
from .paths import Path, View
from .problems import DAMAGE, damaged
from .template import Block, Cell, Template

Doc = Mapping[str, Any]


@dataclass(frozen=True)
class About:
    """One value of the field by which records are told apart: what it is called, and the record when it links to one."""

    value: str
    title: str
    record: Doc

    @property
    def number(self) -> str:
        return str(self.record.get("number") or "")


@dataclass(frozen=True)
class Scope:
    """What one workbook is about, or one sheet of it.

    Attributes:
        abouts: by the name under which a map's paths begin at it: the template's scope link, and the sheet's group.
    """

    period: Period
    partner: Partner
    abouts: Mapping[str, About] = field(default_factory=dict)

    def about(self, name: str, found: About) -> "Scope":
        """The same, narrowed to one value of a field."""
        return replace(self, abouts={**self.abouts, name: found})


class Selection:
    """The records of one template; each register is read once, however many workbooks there are."""

    def __init__(self, office: Office, template: Template) -> None:
        assert template.map is not None
        self.office, self.template = office, template
        self.map: Map = template.map
        self.view = View(office, self.map.audience)
        self.named: dict[tuple[str, str], dict[str, Doc]] = {}
        # By identity: the rows live as long as the documents below.
        self._positions: dict[int, int] = {}
        self._docs: dict[tuple[str, str], list[Doc]] = {}

    def scopes(self, period: Period, partner: Partner) -> list[Scope]:
        """The workbooks that are wanted: one, or one for each record of the link scope that has something in it."""
        whole = Scope(period, partner)
        return self._split(whole, self.template.scope_link) if self.template.scope_link else [whole]

    def groups(self, scope: Scope) -> list[Scope]:
        """The copied sheets of a workbook: one for each group that has something in it."""
        return self._split(scope, self.map.group_by)

    def _split(self, scope: Scope, name: str) -> list[Scope]:
        declaration = self.office.declarations[self.map.record]
        wanted = next((block.filter for block in self.template.blocks if block.declaration is declaration), None)
        found: dict[str, About] = {}
        for doc in self._records(declaration, self.template.filter if wanted is None else wanted, scope):
            value = doc["id"] if name == declaration.record else doc.get(name)
            if value is not None and value not in found and (about := self._about(declaration, name, value)):
                found[value] = about
        # Days in their order, not in that of their wording.
        dated = name != declaration.record and declaration.by_name[name].kind.name in ("date", "int")
        ordered = sorted(found.values(), key=lambda about: (about.value if dated else about.title, about.number))
        return [scope.about(name, about) for about in ordered]

    def _about(self, declaration: Declaration, name: str, value: Any) -> About | None:
        """A value with its title, which goes into the names of files and sheets: only what the audience may see of it."""
        own = name == declaration.record
        if not own and declaration.by_name[name].kind.name != "link":
            return About(value, declaration.by_name[name].kind.show(value, self.map.lang), {})
        table = self.map.record if own else declaration.by_name[name].kind.params["to"]
        record = self.office.get(table, value)
        if record is None:
            return None
        title = self.view.title(table, value, self.map.lang)
        return About(value, title or str(record.get("number") or value[:13]), record)

    def cell(self, cell: Cell, scope: Scope) -> Any:
        """The value of a cell whose path starts at what the workbook or the sheet is about; or what that is called."""
        about = scope.abouts.get(cell.start)
        if about is None:
            return None
        return self._value(cell.path, about.record) if cell.path else about.title

    def _value(self, path: Path, doc: Doc) -> Any:
        try:
            return path.excel(doc, self.view, self.map.lang)
        except DAMAGE as error:
            raise damaged(self.map.file.name, doc, path.text, error) from error

    def rows(self, block: Block, scope: Scope) -> list[tuple[Any, ...]]:
        """The rows of a block, sorted."""
        return [values for _, values in self.entries(block, scope)]

    def entries(self, block: Block, scope: Scope) -> list[tuple[Doc, tuple[Any, ...]]]:
        """The rows of a block with their records; with `each` a record as if it had only the row that is meant."""
        docs = self._one_row_each(self.of_block(block, scope), block.map.each)
        for path, descending in reversed(block.sort):
            keyed = [(_sortable(self._value(path, doc)), doc) for doc in docs]
            docs = [doc for _, doc in sorted(keyed, key=lambda pair: pair[0], reverse=descending)]
        return [(doc, self.values(block, doc)) for doc in docs]

    def every(self, block: Block, scope: Scope) -> list[tuple[Doc, tuple[Any, ...]]]:
        """The same of all records of the register that the scope is about, whatever their date and the filter."""
        docs = self._register(block.declaration, "")
        within = (d for d in docs if all(a.value in (d.get(name), d["id"]) for name, a in scope.abouts.items()))
        return [(doc, self.values(block, doc)) for doc in self._one_row_each(within, block.map.each)]

    def position(self, row: Doc) -> int:
        """Which of the rows inside its record one of `entries` is: two of them may be equal."""
        return self._positions[id(row)]

    def _one_row_each(self, docs: Iterable[Doc], each: str) -> list[Doc]:
        if not each:
            return list(docs)
        found: list[Doc] = []
        for doc in docs:
            for at, row in enumerate(doc.get(each, [])):
                self._positions[id(row)] = at
                found.append({**doc, each: [row]})
        return found

    def values(self, block: Block, doc: Doc) -> tuple[Any, ...]:
        """The cells of a record in a block."""
        return tuple(self._value(path, doc) for path in block.columns.values())

    def records(self, scope: Scope) -> list[tuple[Declaration, Doc]]:
        """The records of the workbook, those that it is about first, each of them once."""
        found: dict[str, tuple[Declaration, Doc]] = {}
        declaration = self.office.declarations[self.map.record]
        for name, about in scope.abouts.items():
            if about.record:
                table = self.map.record if name == declaration.record else declaration.by_name[name].kind.params["to"]
                found[about.value] = self.office.declarations[table], about.record
        for block in self.template.blocks:
            for doc in self.of_block(block, scope):
                found.setdefault(doc["id"], (block.declaration, doc))
        return list(found.values())

    def of_block(self, block: Block, scope: Scope) -> Iterator[Doc]:
        """The records of a block, in no order."""
        if block.map.so_far:
            scope = replace(scope, period=Period(date.min, scope.period.end, scope.period.code))
        return self._records(block.declaration, block.filter, scope)

    def _records(self, declaration: Declaration, wanted: Mapping[str, list[Any]], scope: Scope) -> Iterator[Doc]:
        date = self.map.date
        for doc in self._register(declaration, scope.partner.code if "partner" in self.map.scope else ""):
            day = str(doc.get(date) or "")[:10] if date in declaration.by_name else declaration.day_of(doc)
            if "period" in self.map.scope and day not in scope.period:
                continue
            within = all(about.value in (doc.get(name), doc["id"]) for name, about in scope.abouts.items())
            if within and matches(doc, wanted):
                yield doc

    def _register(self, declaration: Declaration, partner: str) -> list[Doc]:
        """The records of a register, of one partner only where they are asked for: the lead holds those of eleven."""
        key = (declaration.table, partner)
        if key not in self._docs:
            table = self.office.table(declaration.table)
            self._docs[key] = list(table.search(where("partner") == partner) if partner else table.all())
        return self._docs[key]


def _sortable(value: Any) -> tuple[bool, str, Any]:
    return (value is None, type(value).__name__, "" if value is None else value)
