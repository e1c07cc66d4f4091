"""What the workbooks of a template will lack, before any of them is written: where, why, and who can supply it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from ..host.office import Office
from ..project.periods import Period
from ..project.profile import Partner
from ..records.labels import Label
from . import facts
from .naming import paths_for
from .reports import Going, scopes_of, told, value_of
from .selection import Scope, Selection
from .template import Block, Cell, Template

Doc = Mapping[str, Any]

NAMES = 3  # people who are named for one gap

WHY = {
    "setting": Label("non sta nelle impostazioni", "is not in the settings"),
    "target": Label("l'indicatore non ha un valore obiettivo", "the indicator has no target"),
    "field": Label("è vuoto in {record}", "is empty in {record}"),
    "nothing": Label("non c'è ancora niente di cui dirlo", "there is nothing yet to tell it of"),
    "column": Label("vuoto in {count} di {rows}", "empty in {count} of {rows}"),
    "drafts": Label("bozze che restano fuori: {count}", "drafts that stay out: {count}"),
    "rows": Label("nessun record da riportare", "no record to report"),
}
SETTINGS = Label("chi tiene intarsi.toml", "who keeps intarsi.toml")


@dataclass(frozen=True)
class Missing:
    """One gap.

    Attributes:
        place: cell, or block and column.
        what: the value that is missed.
        why: a sentence.
        who: the people who wrote the records last, or who keeps the settings; "" when nobody can be named.
        table, uid: the first record with the gap, "" when it is in none.
        count: how many records have it.
    """

    place: str
    what: str
    why: str
    who: str = ""
    table: str = ""
    uid: str = ""
    count: int = 1

    @property
    def text(self) -> str:
        """All of it in one sentence."""
        return f"{self.place}: {self.what}: {self.why}" + (f" ({self.who})" if self.who else "")


@dataclass(frozen=True)
class Preview:
    """One workbook as it would be.

    Attributes:
        path: where it would be written by itself.
        rows: how many rows of records.
        missing: the gaps; none when it is complete.
        optional: columns that may have empty cells and have some: header → how many.
    """

    path: FilePath
    rows: int
    missing: list[Missing] = field(default_factory=list)
    optional: dict[str, int] = field(default_factory=dict)


def previews(
    office: Office, template: Template, period: Period, partner: Partner, out: FilePath | None = None, only: str = "",
    *, going: Going | None = None,
) -> list[Preview]:  # fmt: skip
    """Every workbook that `reports.fill` would write, with what it would lack. Writes nothing; `going` and errors as there."""
    selection, scopes = scopes_of(office, template, period, partner, only)
    paths = paths_for(selection.map, scopes, out or office.workspace.exports)
    return [preview(selection, scope, path) for scope, path in zip(told(scopes, going), paths, strict=True)]


def preview(selection: Selection, scope: Scope, path: FilePath) -> Preview:
    """One workbook, as it would be written to `path`."""
    found = Preview(path, 0)
    known = facts.facts(selection.office, scope.partner, scope.period, selection.map.lang)
    groups = selection.groups(scope) if selection.map.copy else []
    rows = 0
    for one, copied in [(scope, False), *((group, True) for group in groups)]:
        found.missing.extend(_cells(selection, one, known, copied))
        for block in selection.template.blocks:
            if (block.map.at in selection.template.on_copies) == copied:
                rows += _block(selection, one, block, found)
    return replace(found, rows=rows)


def _cells(selection: Selection, scope: Scope, known: facts.Known, copied: bool) -> Iterator[Missing]:
    template, lang = selection.template, selection.office.lang
    for place, cell in template.cells.items():
        if (place in template.on_copies) == copied and value_of(selection, cell, scope, known) in (None, ""):
            what = cell.path.label(lang) if cell.path else cell.text
            yield _gap(selection, scope, place, what, cell)


def _gap(selection: Selection, scope: Scope, place: str, what: str, cell: Cell) -> Missing:
    office, lang = selection.office, selection.office.lang
    if cell.start == "indicator":
        return Missing(place, what, WHY["target"](lang))
    about = scope.abouts.get(cell.start)
    if about is None or not about.record:
        setting = cell.start in ("profile", "partner")
        return Missing(place, what, WHY["setting" if setting else "nothing"](lang), SETTINGS(lang) if setting else "")
    table = _table(selection, cell.start)
    record = f"{office.declarations[table].label(lang)} {office.title_of(office.declarations[table], about.record)}"
    why = WHY["field"](lang).format(record=record)
    return Missing(place, what, why, _people(office, [about.record]), table, about.value)


def _table(selection: Selection, start: str) -> str:
    declaration = selection.office.declarations[selection.map.record]
    own = start == declaration.record
    return declaration.table if own else str(declaration.by_name[start].kind.params["to"])


def _block(selection: Selection, scope: Scope, block: Block, found: Preview) -> int:
    office, lang = selection.office, selection.office.lang
    table = block.declaration.table
    entries = selection.entries(block, scope)
    if not entries:
        found.missing.append(Missing(block.map.at, block.declaration.plural(lang), WHY["rows"](lang)))
    for at, (header, path) in enumerate(block.columns.items()):
        # "any", a count or a list tells something by being empty; a field that is asked for does not.
        empty = [] if path.function else [doc for doc, values in entries if values[at] in (None, "")]
        if not empty:
            continue
        if not path.fields or not path.fields[-1].required:
            found.optional[header] = found.optional.get(header, 0) + len(empty)
            continue
        why = WHY["column"](lang).format(count=len(empty), rows=len(entries))
        place = f"{block.map.at}: {header}"
        people = _people(office, empty)
        found.missing.append(Missing(place, path.label(lang), why, people, table, str(empty[0]["id"]), len(empty)))
    states = block.filter.get("state")
    if states and "draft" not in states:
        drafts = list(selection.of_block(replace(block, filter={**block.filter, "state": ["draft"]}), scope))
        if drafts:
            why = WHY["drafts"](lang).format(count=len(drafts))
            what, people = block.declaration.plural(lang), _people(office, drafts)
            first = str(drafts[0]["id"])
            found.missing.append(Missing(block.map.at, what, why, people, table, first, len(drafts)))
    return len(entries)


def _people(office: Office, docs: Iterable[Doc]) -> str:
    """Who wrote the records last, those with the most of them first."""
    users = Counter(str(doc.get("changed_by") or doc.get("created_by") or "") for doc in docs)
    names = [office.name_of(user) for user, _count in users.most_common(NAMES + 1) if user]
    return ", ".join([*names[:NAMES], *(["…"] if len(names) > NAMES else [])])
