"""A template ready to be filled: its map with every path compiled and held against registers, audience and workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ..host.office import Office
from ..records.declaration import Declaration, Field
from ..records.labels import Label
from ..records.privacy import may_see
from ..records.problems import Invalid, Problem
from . import facts
from .filters import stored
from .maps import BlockMap, Map, read_map
from .paths import Path, PathError, compile_path
from .problems import ReportError, ReportProblem

FACTS = ("profile", "partner", "period", "office", "indicator")


@dataclass
class Block:
    """A block of the map with its columns compiled."""

    map: BlockMap
    declaration: Declaration
    columns: dict[str, Path] = field(default_factory=dict)
    sort: list[tuple[Path, bool]] = field(default_factory=list)
    filter: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """What goes into a cell: a path that begins at the record called `start`, or, without one, a fact or a title."""

    text: str
    start: str
    path: Path | None = None


@dataclass
class Template:
    """A partner template that the office could fill.

    Attributes:
        map: the map; `None` when it could not even be read.
        on_copies: the places of cells and blocks that lie on the sheet which is copied for each group.
        problems: everything that is wrong; an error means that it will not be filled.
    """

    file: FilePath
    map: Map | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    filter: dict[str, list[Any]] = field(default_factory=dict)
    on_copies: frozenset[str] = frozenset()
    problems: list[ReportProblem] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.file.name.removesuffix(".map.toml")

    @property
    def label(self) -> Label:
        return self.map.label if self.map else Label(self.name, self.name)

    @property
    def scope_link(self) -> str:
        """The scope that is neither period nor partner: a link field or the record's own name, "" when there is none."""
        scope = self.map.scope if self.map else ()
        return next((one for one in scope if one not in ("period", "partner")), "")


def load_template(file: FilePath, office: Office) -> Template:
    """Reads and checks one map; never raises for what is wrong with it."""
    try:
        mapped = read_map(file)
    except ReportError as error:
        return Template(file, problems=error.problems)
    template = Template(file, mapped)
    _Check(template, mapped, office).run()
    return template


class _Check:
    """Compiles the paths of one map and collects what is wrong."""

    def __init__(self, template: Template, mapped: Map, office: Office) -> None:
        self.template, self.map, self.office = template, mapped, office

    def wrong(self, code: str, where: str, **params: Any) -> None:
        self.template.problems.append(ReportProblem(code, self.map.file.name, where, **params))

    def run(self) -> None:
        if self.map.record not in self.office.declarations:
            hint = ": " + ", ".join(sorted(self.office.declarations)) if self.office.declarations else ""
            return self.wrong("no_such_record", "record", value=self.map.record, hint=hint)
        declaration = self.office.declarations[self.map.record]
        self._scope(declaration)
        self._cells(declaration)
        self.template.filter = self._filter(declaration, self.map.filter, "filter")
        for number, block in enumerate(self.map.blocks, start=1):
            self._block(block, f"[[blocks]] {number}")
        if not self.map.workbook.is_file():
            return self.wrong("no_template", "", value=self.map.workbook.name)
        from .workbook_check import check_lists, check_workbook, places_on

        self.template.problems += check_workbook(self.map)
        if not self.template.problems:
            self.template.problems += check_lists(self.template)
        if self.map.copy and all(one.severity == "warning" for one in self.template.problems):
            self.template.on_copies = places_on(self.map)
        return None

    def _scope(self, declaration: Declaration) -> None:
        links = [one.name for one in declaration.links if one.kind.name == "link"]
        allowed = ["period", "partner", declaration.record, *links]
        for scope in self.map.scope:
            if scope not in allowed:
                self.wrong("no_such_scope", "scope", value=scope, choices=allowed)
            elif scope in links:
                self._seen(declaration.by_name[scope], "scope")
        if self.map.copy:
            self._group(declaration)
        about = [scope for scope in self.map.scope if scope in allowed[2:]]
        if len(about) > 1:
            self.wrong("two_scopes", "scope", choices=about)
        date = self.map.date or (declaration.date if "period" in self.map.scope else "")
        if date and date not in declaration.by_name:
            self.wrong("no_such_field", "date", value=date, detail=date, table=declaration.table)
        elif date and declaration.by_name[date].kind.name not in ("date", "moment"):
            self.wrong("not_a_date", "date", value=date)
        elif date:
            self._seen(declaration.by_name[date], "date")

    def _group(self, declaration: Declaration) -> None:
        """Sheets are named after their groups, so the field must be one that the audience may see."""
        name = self.map.group_by
        single = [one for one in declaration.fields if one.kind.name not in ("rows", "links", "choices")]
        if name == declaration.record:
            return
        if name not in (one.name for one in single):
            choices = [declaration.record, *(one.name for one in single if one.kind.name in ("link", "choice"))]
            self.wrong("no_such_scope", "[sheets] group_by", value=name, choices=choices)
        else:
            self._seen(declaration.by_name[name], "[sheets] group_by")

    def _cells(self, declaration: Declaration) -> None:
        starts = [one for one in (self.template.scope_link, self.map.group_by) if one]
        known = facts.facts(
            self.office, self.office.workspace.partner, self.office.profile.period("project"), self.map.lang
        )
        for place, text in self.map.cells.items():
            where = f"[cells] {place}"
            group, _, rest = str(text).partition(".")
            try:
                if group in FACTS:
                    facts.check(known, text)
                    if text in facts.PERSONAL and not may_see(self.map.audience, "personal"):
                        self.wrong("not_for_audience", where, value=text, detail="personal", table=self.map.audience)
                    self.template.cells[place] = Cell(text, group)
                elif group in starts and rest:
                    path = self._path(rest, self._target(declaration, group), where)
                    self.template.cells[place] = Cell(text, group, path)
                elif text in starts:
                    self.template.cells[place] = Cell(text, group)
                else:
                    choices = [f"{choice}." for choice in (*FACTS, *starts)]
                    self.wrong("no_such_start", where, value=text, choices=choices)
            except PathError as error:
                self.wrong(error.code, where, **error.params)

    def _target(self, declaration: Declaration, link: str) -> Declaration:
        if link == declaration.record:
            return declaration
        field = declaration.by_name.get(link)
        table = field.kind.params.get("to", "") if field else ""
        if table not in self.office.declarations:
            raise PathError("no_such_record", value=table or link)
        return self.office.declarations[table]

    def _path(self, text: str, declaration: Declaration, where: str) -> Path:
        path = compile_path(text, declaration, self.office)
        if not all(one.exported for one in path.touched):
            self.wrong("never_leaves", where, value=text)
        elif not may_see(self.map.audience, path.privacy):
            self.wrong("not_for_audience", where, value=text, detail=path.privacy, table=self.map.audience)
        return path

    def _seen(self, field: Field, where: str) -> None:
        """Which records are in a workbook, and in which order, tells as much as a column would."""
        if not may_see(self.map.audience, field.privacy) or not field.exported:
            self.wrong("not_for_audience", where, value=field.name, detail=field.privacy, table=self.map.audience)

    def _block(self, block: BlockMap, where: str) -> None:
        if block.record not in self.office.declarations:
            return self.wrong("no_such_record", where, value=block.record)
        declaration = self.office.declarations[block.record]
        compiled = Block(block, declaration)
        if block.each and (
            block.each not in declaration.by_name or declaration.by_name[block.each].kind.name != "rows"
        ):
            return self.wrong("not_a_list", where, value="each", detail=block.each)
        for header, text in block.columns.items():
            try:
                compiled.columns[header] = self._path(str(text), declaration, f"{where} «{header}»")
            except PathError as error:
                self.wrong(error.code, f"{where} «{header}»", **error.params)
        for text in block.sort:
            try:
                compiled.sort.append((self._path(text.lstrip("-"), declaration, f"{where} sort"), text.startswith("-")))
            except PathError as error:
                self.wrong(error.code, f"{where} sort", **error.params)
        compiled.filter = self._filter(declaration, {**self.map.filter, **block.filter}, where)
        self.template.blocks.append(compiled)
        return None

    def _filter(self, declaration: Declaration, wanted: Mapping[str, Any], where: str) -> dict[str, list[Any]]:
        compiled = {}
        for name, value in wanted.items():
            field = declaration.by_name.get(name)
            if field is None:
                self.wrong("no_such_field", where, value=name, detail=name, table=declaration.table)
                continue
            self._seen(field, where)
            try:
                compiled[name] = stored(field.kind, value)
            except Invalid as invalid:
                cause = Problem(invalid.code, None, invalid.params)
                self.wrong("bad_filter", where, value=f"{name} = {value!r}", cause=cause)
        return compiled
