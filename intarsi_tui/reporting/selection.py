"""Which records go into which workbook of a template."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from ..records.declaration import Declaration
from .maps import Map
from .paths import Path, View
from .template import Block, Template, matches

Doc = Mapping[str, Any]


@dataclass
class Scope:
    """What one workbook is about: period, partner, and the record of the template's other scope with its title."""

    period: Period
    partner: Partner
    record: Doc | None = None
    title: str = ""


class Selection:
    """The records of one template; each register is read once, however many workbooks there are."""

    def __init__(self, office: Office, template: Template) -> None:
        assert template.map is not None
        self.office, self.template = office, template
        self.map: Map = template.map
        self._view = View(office, self.map.audience)
        self._docs: dict[str, list[Doc]] = {}

    def scopes(self, period: Period, partner: Partner) -> list[Scope]:
        """The workbooks that are wanted: one, or one for each record of the link scope that has something in it."""
        link, declaration = self.template.scope_link, self.office.declarations[self.map.record]
        if not link:
            return [Scope(period, partner)]
        own = link == declaration.record
        table = self.map.record if own else declaration.by_name[link].kind.params["to"]
        wanted = next((block.filter for block in self.template.blocks if block.declaration is declaration), None)
        found: dict[str, Scope] = {}
        for doc in self._records(
            declaration, self.template.filter if wanted is None else wanted, Scope(period, partner)
        ):
            uid = doc["id"] if own else doc.get(link)
            if uid and uid not in found and (record := self.office.get(table, uid)):
                named = self.office.declarations[table]
                title = named.title_of(self._view.document(record, named), self.map.lang)  # it goes into a file name
                found[uid] = Scope(period, partner, record, title)
        return sorted(found.values(), key=lambda scope: (scope.title, str((scope.record or {}).get("number"))))

    def cell(self, path: Path, scope: Scope) -> Any:
        """The value of a path that starts at the workbook's own record."""
        return path.excel(scope.record or {}, self._view, self.map.lang)

    def rows(self, block: Block, scope: Scope) -> list[tuple[Any, ...]]:
        """The rows of a block, sorted."""
        docs = list(self._records(block.declaration, block.filter, scope))
        if each := block.map.each:
            docs = [{**doc, each: [row]} for doc in docs for row in doc.get(each, [])]
        for path, descending in reversed(block.sort):
            keyed = [(_sortable(path.excel(doc, self._view, self.map.lang)), doc) for doc in docs]
            docs = [doc for _, doc in sorted(keyed, key=lambda pair: pair[0], reverse=descending)]
        paths = block.columns.values()
        return [tuple(path.excel(doc, self._view, self.map.lang) for path in paths) for doc in docs]

    def _records(self, declaration: Declaration, wanted: Mapping[str, list[Any]], scope: Scope) -> Iterator[Doc]:
        link, date = self.template.scope_link, self.map.date
        if declaration.table not in self._docs:
            self._docs[declaration.table] = list(self.office.table(declaration.table).all())
        for doc in self._docs[declaration.table]:
            day = str(doc.get(date) or "")[:10] if date in declaration.by_name else declaration.day_of(doc)
            if "period" in self.map.scope and day not in scope.period:
                continue
            if "partner" in self.map.scope and doc.get("partner") != scope.partner.code:
                continue
            if scope.record is not None and scope.record["id"] not in (doc.get(link), doc["id"]):
                continue
            if matches(doc, wanted):
                yield doc


def _sortable(value: Any) -> tuple[bool, str, Any]:
    return (value is None, type(value).__name__, "" if value is None else value)
