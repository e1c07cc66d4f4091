"""Paths of a map, such as `household.pseudonym` or `sum(attendance.minutes)`: read once, then followed for each record.

A path is followed through a `View`, which holds back every field that the audience may not see; `privacy` of a path lets
the check refuse it before anything is filled.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..records.declaration import Declaration, Field
from ..records.linked_kinds import LinkKind, RowsKind
from ..records.privacy import CLASSES, Privacy, may_see

Doc = Mapping[str, Any]


class PathError(ValueError):
    """A path that leads nowhere; `code` and the rest are those of a `ReportProblem`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Records(Protocol):
    """Where linked records are looked up (an `Office` is one)."""

    @property
    def declarations(self) -> dict[str, Declaration]: ...

    def get(self, table: str, uid: str) -> dict[str, Any] | None: ...


@dataclass(frozen=True)
class View:
    """Records as one audience may see them: other fields are not there."""

    records: Records
    audience: str
    _found: dict[str, Doc | None] = field(default_factory=dict, compare=False, repr=False)

    def value(self, doc: Doc, field: Field, *, counting: bool = False) -> Any:
        """The stored value of `field`, `None` when it is empty or not for this audience.

        How many there are of something personal tells nobody who they are; of something special it may.
        """
        seen = may_see(self.audience, field.privacy) or (counting and field.privacy != "special")
        return doc.get(field.name) if field.exported and seen else None

    def document(self, doc: Doc, declaration: Declaration) -> Doc:
        """`doc` with the fields that are there for this audience."""
        seen = ((field.name, self.value(doc, field)) for field in declaration.fields)
        return {name: value for name, value in seen if value is not None}

    def linked(self, table: str, uid: str) -> Doc | None:
        """The linked record; each is fetched once, as thousands of rows link to a few bodies and operators."""
        if uid not in self._found:
            self._found[uid] = self.records.get(table, uid)
        return self._found[uid]


@dataclass(frozen=True)
class Path:
    """A compiled path.

    Attributes:
        fields: the fields to follow, first to last.
        function: "", "count" or "sum".
        code: write the stored code of the last field, not its wording (`permit_type#code`).
    """

    text: str
    fields: tuple[Field, ...]
    function: str = ""
    code: bool = False
    title: tuple[Field, ...] = ()

    @property
    def privacy(self) -> Privacy:
        """The strictest class that the path's value touches."""
        touched = [*self.fields, *self.title]
        if self.function == "count":
            touched = [field for field in touched if field.privacy == "special"]
        return max((field.privacy for field in touched), key=CLASSES.index, default="internal")

    def label(self, lang: str) -> str:
        """The labels of the fields on the way, for people: `Course: Title`."""
        return ": ".join(field.label(lang) for field in self.fields)

    def excel(self, doc: Doc, view: View, lang: str) -> Any:
        """The typed cell value for `doc`, `None` when there is none."""
        found = list(self._follow(doc, view, self.fields))
        if self.function == "count":
            return len(found)
        last = self.fields[-1]
        if self.function == "sum":
            values = [last.kind.excel(value, lang) for value in found]
            return sum(values[1:], start=values[0]) if values else last.kind.excel(0, lang)
        if not found:
            return None
        cells = [self._cell(value, last, view, lang) for value in found]
        if len(cells) == 1:
            return cells[0]
        texts = [
            cell if isinstance(cell, str) else last.kind.show(value, lang)
            for cell, value in zip(cells, found, strict=True)
        ]
        return ", ".join(dict.fromkeys(texts))

    def _cell(self, value: Any, field: Field, view: View, lang: str) -> Any:
        if self.code:
            return value if isinstance(value, (int, float)) else str(value)
        if isinstance(field.kind, LinkKind):
            target = view.linked(field.kind.target, value)
            words = (
                one.kind.show(stored, lang)
                for one in self.title
                if target is not None and (stored := view.value(target, one)) is not None
            )
            return " ".join(words)
        shown = [value] if field.kind.name in ("choices",) else value
        return field.kind.show(shown, lang) if field.kind.name == "choices" else field.kind.excel(value, lang)

    def _follow(self, doc: Doc, view: View, fields: tuple[Field, ...]) -> Iterator[Any]:
        field, rest = fields[0], fields[1:]
        value = view.value(doc, field, counting=self.function == "count")
        for one in value if isinstance(value, list) else [] if value is None else [value]:
            if not rest:
                yield one
            elif isinstance(field.kind, LinkKind):
                target = view.linked(field.kind.target, one)
                if target is not None:
                    yield from self._follow(target, view, rest)
            else:
                yield from self._follow(one, view, rest)


def compile_path(text: str, declaration: Declaration, records: Records) -> Path:
    """The path `text` starting at records of `declaration`.

    Raises:
        PathError: a field that does not exist, or a function on something it does not fit.
    """
    found = re.fullmatch(r"\s*(?:(count|sum)\(\s*)?([a-z_][\w.]*)(#code)?\s*(\)?)\s*", text)
    if not found or bool(found[1]) != bool(found[4]):
        raise PathError("no_such_field", value=text, detail=text, table=declaration.table, hint="")
    function, steps, code = found[1] or "", found[2].split("."), bool(found[3])
    fields: list[Field] = []
    here: Declaration | None = declaration
    for name in steps:
        if here is None or name not in here.by_name:
            near = difflib.get_close_matches(name, here.by_name if here else [], n=1)
            table = (here.table or here.label.en) if here else fields[-1].name
            raise PathError("no_such_field", value=text, detail=name, table=table, hint=f": {near[0]}?" if near else "")
        fields.append(here.by_name[name])
        here = _into(fields[-1], records)
    last = fields[-1]
    many = any(field.kind.name in ("rows", "links", "choices") for field in fields)
    if last.kind.name == "rows" and not function:
        raise PathError("rows_need_a_field", value=text, choices=[one.name for one in last.kind.declaration.fields])  # type: ignore[attr-defined]
    if function == "count" and not many:
        raise PathError("not_a_list", value=text, detail=last.name)
    if function == "sum" and last.kind.align != "right":
        raise PathError("not_a_quantity", value=text, detail=last.name)
    title: tuple[Field, ...] = ()
    if isinstance(last.kind, LinkKind) and here is not None and not function and not code:
        title = tuple(here.by_name[name] for name in here.title)
    return Path(text, tuple(fields), function, code, title)


def _into(field: Field, records: Records) -> Declaration | None:
    if isinstance(field.kind, LinkKind):
        return records.declarations.get(field.kind.target)
    return field.kind.declaration if isinstance(field.kind, RowsKind) else None
