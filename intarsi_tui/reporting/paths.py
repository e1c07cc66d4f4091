"""Paths of a map, such as `household.pseudonym` or `sum(attendance.minutes)`: read once, then followed for each record.

A path may begin with a step backwards, to the records that link here: `any(mediation.intervention by persons)`. It is followed through a `View`, which holds back every field that the audience may not see; `privacy` of a path lets
the check refuse it before anything is filled.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from ..records.declaration import Declaration, Field
from ..records.linked_kinds import STEPS, AttachmentKind, LinkKind, RowsKind
from ..records.privacy import CLASSES, Privacy, may_see
from ..records.problems import Invalid, Problem
from .filters import COUNTED, matches, stored

Doc = Mapping[str, Any]

FORWARD = re.compile(r"\s*(?:(count|sum)\(\s*)?([a-z_][\w.]*)(#code)?\s*(\)?)\s*")
BACKWARD = re.compile(r"\s*(any|count|list|sum)\(\s*([\w-]+\.\w+)((?:\.\w+)*)(#code)?\s+by\s+(\w+)\s*(?:,(.+))?\)\s*")


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

    def find(self, table: str, **equals: Any) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Back:
    """The step from a record to those records of another register (or of its own) that link to it.

    Attributes:
        by: the field that links here.
        fields: `by` and the fields of the filter: what the step touches.
        wanted: values that the records must have, as they are stored.
    """

    text: str
    declaration: Declaration
    by: Field
    fields: tuple[Field, ...]
    wanted: Mapping[str, list[Any]]


@dataclass(frozen=True)
class View:
    """Records as one audience may see them: other fields are not there."""

    records: Records
    audience: str
    _found: dict[str, Doc | None] = field(default_factory=dict, compare=False, repr=False)
    _linking: dict[tuple[str, str, str], list[Doc]] = field(default_factory=dict, compare=False, repr=False)

    def value(self, doc: Doc, field: Field, *, counting: bool = False) -> Any:
        """The stored value of `field`, `None` when it is empty or not for this audience.

        How many there are of something personal tells nobody who they are; of something special it may.
        """
        privacy = field.privacy if counting else shown_privacy(field)
        seen = may_see(self.audience, privacy) or (counting and privacy != "special")
        return doc.get(field.name) if field.exported and seen else None

    def document(self, doc: Doc, declaration: Declaration) -> Doc:
        """`doc` with the fields that are there for this audience."""
        seen = ((field.name, self.value(doc, field)) for field in declaration.fields)
        return {name: value for name, value in seen if value is not None}

    def title(self, table: str, uid: str, lang: str, steps: int = STEPS) -> str:
        """How a linked record is called, by what this audience may see of it; "" when it is gone."""
        target = self.linked(table, uid)
        if target is None:
            return ""
        words = []
        for one in titled_by(self.records.declarations[table]):
            stored = self.value(target, one)
            if stored is not None and isinstance(one.kind, LinkKind):
                uids = stored if isinstance(stored, list) else [stored]
                words += [self.title(one.kind.target, uid, lang, steps - 1) for uid in uids] if steps else []
            elif stored is not None:
                words.append(one.kind.show(stored, lang))
        return " ".join(filter(None, words))

    def linked(self, table: str, uid: str) -> Doc | None:
        """The linked record; each is fetched once, as thousands of rows link to a few bodies and operators."""
        if uid not in self._found:
            self._found[uid] = self.records.get(table, uid)
        return self._found[uid]

    def linking(self, back: Back, uid: str) -> list[Doc]:
        """The records that link to `uid`, by date."""
        if not all(field.exported and may_see(self.audience, field.privacy) for field in back.fields):
            return []
        key = (back.declaration.table, back.by.name, uid)
        if key not in self._linking:
            found = self.records.find(back.declaration.table, **{back.by.name: uid})
            in_order = sorted(found, key=lambda doc: (back.declaration.day_of(doc), str(doc.get("number"))))
            self._linking[key] = list(in_order)
        return [doc for doc in self._linking[key] if matches(doc, back.wanted)]


@dataclass(frozen=True)
class Path:
    """A compiled path.

    Attributes:
        fields: the fields to follow, first to last; none when the records themselves are meant.
        function: "", "any", "count", "list" or "sum".
        code: write the stored code of the last field, not its wording (`permit_type#code`).
    """

    text: str
    fields: tuple[Field, ...]
    function: str = ""
    code: bool = False
    title: tuple[Field, ...] = ()
    back: Back | None = None

    @property
    def touched(self) -> tuple[Field, ...]:
        """The fields that the path's value depends on, without those by which a linked record is called."""
        return (*(self.back.fields if self.back else ()), *self.fields)

    @property
    def privacy(self) -> Privacy:
        """The strictest class that the path's value touches."""
        followed = [field for field in self.fields if self.function != "count" or field.privacy == "special"]
        touched = [*(self.back.fields if self.back else ()), *followed, *self.title]
        counted = self.function in ("any", "count")
        classes = (field.privacy if counted else shown_privacy(field) for field in touched)
        return max(classes, key=CLASSES.index, default="internal")

    def label(self, lang: str) -> str:
        """The labels on the way, for people: `Course: Title`."""
        start = [self.back.declaration.plural(lang)] if self.back else []
        return ": ".join(start + [field.label(lang) for field in self.fields])

    def excel(self, doc: Doc, view: View, lang: str) -> Any:
        """The typed cell value for `doc`, `None` when there is none."""
        docs = view.linking(self.back, doc["id"]) if self.back else [doc]
        found = [value for one in docs for value in self._follow(one, view, self.fields)] if self.fields else docs
        if self.function == "any":
            return "X" if found else None
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
            return view.title(field.kind.target, value, lang)
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
        PathError: a register or field that does not exist, or a function on something it does not fit.
    """
    if backward := BACKWARD.fullmatch(text):
        return _backwards(backward, declaration, records)
    found = FORWARD.fullmatch(text)
    if not found or bool(found[1]) != bool(found[4]):
        raise PathError("no_such_field", value=text, detail=text, table=declaration.table, hint="")
    return _forwards(text, found[2].split("."), declaration, records, found[1] or "", bool(found[3]))


def _forwards(
    text: str,
    steps: list[str],
    declaration: Declaration,
    records: Records,
    function: str,
    code: bool,
    many: bool = False,
) -> Path:
    fields: list[Field] = []
    here: Declaration | None = declaration
    for name in steps:
        if here is None or name not in here.by_name:
            table = (here.table or here.label.en) if here else fields[-1].name
            raise _no_field(text, name, here, table)
        fields.append(here.by_name[name])
        here = _into(fields[-1], records)
    last = fields[-1]
    many = many or any(field.kind.name in ("rows", "links", "choices", "attachments") for field in fields)
    if isinstance(last.kind, RowsKind) and function not in ("any", "count"):
        raise PathError("rows_need_a_field", value=text, choices=[one.name for one in last.kind.declaration.fields])
    if function == "count" and not many:
        raise PathError("not_a_list", value=text, detail=last.name)
    if function == "sum" and last.kind.align != "right":
        raise PathError("not_a_quantity", value=text, detail=last.name)
    title: tuple[Field, ...] = ()
    if isinstance(last.kind, LinkKind) and here is not None and function in ("", "list") and not code:
        title = tuple(_title_fields(here, records))
    return Path(text, tuple(fields), function, code, title)


def _backwards(found: re.Match[str], declaration: Declaration, records: Records) -> Path:
    function, table, rest, code, by, where = found.groups()
    start = records.declarations.get(table)
    if start is None:
        raise PathError("no_such_record", value=table)
    links = [one for one in start.links if one.kind.params["to"] == declaration.table]
    link = next((one for one in links if one.name == by), None)
    if link is None:
        choices = [one.name for one in links]
        raise PathError("no_link_here", value=found[0], detail=by, table=declaration.table, choices=choices)
    wanted = _filter(found[0], where or "", start)
    touched = (link, *(start.by_name[name] for name in wanted))
    back = Back(found[0], start, link, touched, {"state": list(COUNTED), **wanted})
    if rest:
        path = _forwards(found[0], rest[1:].split("."), start, records, function, bool(code), many=True)
        return replace(path, back=back)
    if function in ("list", "sum"):
        raise PathError("rows_need_a_field", value=found[0], choices=[one.name for one in start.own])
    return Path(found[0], (), function, back=back)


def _filter(text: str, where: str, declaration: Declaration) -> dict[str, list[Any]]:
    """The filter as a map writes it, `status = "held", mode = ["room", "mixed"]`, with the values that are stored."""
    try:
        values = tomllib.loads(f"where = {{{where}}}")["where"]
    except tomllib.TOMLDecodeError as error:
        raise PathError("bad_filter", value=where.strip(), detail=str(error)) from None
    wanted = {}
    for name, value in values.items():
        if name not in declaration.by_name:
            raise _no_field(text, name, declaration, declaration.table)
        try:
            wanted[name] = stored(declaration.by_name[name].kind, value)
        except Invalid as invalid:
            cause = Problem(invalid.code, None, invalid.params)
            raise PathError("bad_filter", value=f"{name} = {value!r}", cause=cause) from None
    return wanted


def _no_field(text: str, name: str, declaration: Declaration | None, table: str) -> PathError:
    near = difflib.get_close_matches(name, declaration.by_name if declaration else [], n=1)
    return PathError("no_such_field", value=text, detail=name, table=table, hint=f": {near[0]}?" if near else "")


def _title_fields(declaration: Declaration, records: Records, steps: int = STEPS) -> Iterator[Field]:
    """The fields by which a record is called, and those of the records that it is called by."""
    for one in titled_by(declaration):
        yield one
        target = _into(one, records) if isinstance(one.kind, LinkKind) and steps else None
        if target is not None:
            yield from _title_fields(target, records, steps - 1)


def titled_by(declaration: Declaration) -> list[Field]:
    """The fields by which a record is called; its number when there are none."""
    return [declaration.by_name[name] for name in declaration.title or ("number",)]


def shown_privacy(field: Field) -> Privacy:
    """The class of a field's value when it is shown: a file's own name may be a person's, whatever the field says."""
    if isinstance(field.kind, AttachmentKind) and field.privacy in ("public", "internal"):
        return "personal"
    return field.privacy


def _into(field: Field, records: Records) -> Declaration | None:
    if isinstance(field.kind, LinkKind):
        return records.declarations.get(field.kind.target)
    return field.kind.declaration if isinstance(field.kind, RowsKind) else None
