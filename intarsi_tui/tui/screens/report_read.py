"""A workbook that comes back: the file, then every value that differs, then all of it taken in by one key."""

from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...reporting.problems import ReportError
from ...reporting.returned.report import Change, Returned, read_report
from .. import session
from ..report_job import ReportJob
from ..texts import _, counted, errors_counted, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .file_page import FilePage
from .report_scope import ScopedPage


class ReturnedFileScreen(FilePage):
    """Asks which workbook came back."""

    SUFFIXES: ClassVar[tuple[str, ...]] = (".xlsx", ".xlsm")
    WHAT: ClassVar[str] = session.REPORTS

    def __init__(self, job: ReportJob) -> None:
        super().__init__()
        self.job = job

    def usual_folder(self) -> Path:
        exports = self.office.workspace.exports
        filled = any(path.suffix in self.SUFFIXES for path in exports.glob("*"))
        return exports if filled else super().usual_folder()

    def reload(self) -> None:
        label = self.job.template.label(self.lang) if self.job.template else ""
        self.say_title(f"{_('Read back')} ▸ {label}", _("Which workbook came back?"))
        super().reload()

    def take_file(self, path: Path) -> None:
        self.app.push_screen(ReturnedScreen(self.job, path.absolute()))


class ReturnedTable(RecordTable):
    """Nothing opens here: what there is to say stands below."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"


class ReturnedScreen(ScopedPage[None]):
    """What somebody changed in the workbook."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "take_in", "Take all of it in", id="returned.take_in"),
        Binding("u", "app.undo", "Undo", id="returned.undo"),
        Binding("tab", "app.focus_next", "Text below", show=False, id="returned.text"),
    ]

    def __init__(self, job: ReportJob, path: Path) -> None:
        super().__init__()
        self.job, self._path = job, path
        self._outcome: Returned | None = None
        self._refused = ""
        # The workbook says itself what it was filled for; what it does not say is asked for with p and a.
        self._said = False

    def body(self) -> ComposeResult:
        yield Static(id="scope", markup=False)
        columns = [
            Column("cell", _("Cell"), 16, grows=True), Column("record", _("Record"), 14, grows=True), Column("field", _("Field"), 12, priority=1, grows=True),
            Column("before", _("Was"), 10, grows=True), Column("after", _("Becomes"), 14, grows=True),
        ]  # fmt: skip
        yield ReturnedTable(columns)
        with VerticalScroll(id="explained"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        self._read(write=False)

    def scope_changed(self) -> None:
        self._said = True
        self._read(write=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "attachments":
            return False
        one = self._outcome
        return bool(one and (one.new or one.changed) and not self._errors) if action == "take_in" else True

    @property
    def _errors(self) -> int:
        return sum(one.severity == "error" for one in self._outcome.problems) if self._outcome else 0

    def _read(self, *, write: bool) -> None:
        from ...sheets import SheetError

        office, job, said = self.office, self.job, self._said
        assert job.template is not None
        template = job.template
        self.say_title(f"{_('Read back')} ▸ {self._path.name}", _("reading the file…"))

        def read() -> Returned | str:
            try:
                return read_report(
                    office, template, self._path, write=write, period=job.period if said else None,
                    partner=job.partner if said else None, only=job.only,
                )  # fmt: skip
            except ReportError as error:
                return "\n".join(problem.text(office.lang) for problem in error.problems)
            except SheetError as error:
                return error.told(office.lang)

        self.write(read, self._taken if write else self._show)

    def _taken(self, outcome: Returned | str) -> None:
        if isinstance(outcome, Returned) and outcome.written:
            told = _("Taken in: {new} new, {changed} changed. [returned.undo] takes it back.")
            self.tell(told.format(new=outcome.new, changed=outcome.changed))
            self._read(write=False)
        else:
            self._show(outcome)

    def _show(self, outcome: Returned | str) -> None:
        self._outcome = outcome if isinstance(outcome, Returned) else None
        self._refused = outcome if isinstance(outcome, str) else ""
        rows = [self._problem(one) for one in self._outcome.problems] if self._outcome else []
        rows += [self._change(one) for one in self._outcome.changes] if self._outcome else []
        table = self.query_one(RecordTable)
        nothing = _("It cannot be read: see below.") if self._refused else _("✓ Nothing differs from the register.")
        table.show(rows, cursor=table.cursor, empty=nothing)
        self.query_one("#scope", Static).update(self._counts())
        self.say_title(f"{_('Read back')} ▸ {self._path.name}", str(len(rows)))
        self.refresh_bindings()

    def _problem(self, one: Any) -> Line:
        sign = "▲" if one.severity == "error" else "!"
        place = one.cell or (f"{one.sheet} {one.row}" if one.row is not None else one.sheet)
        return Line((f"{sign} {place}", "", one.label(self.lang) if one.label else "", "", one.text(self.lang)))

    def _change(self, one: Change) -> Line:
        return Line((f"  {one.cell}", one.record, one.label, one.before or "–", one.after or "–"))

    def _counts(self) -> Content:
        one = self._outcome
        if one is None:
            return Content.assemble(("▲", "bold $error"))
        counts = {name: counted(getattr(one, name), self.lang) for name in ("new", "changed", "unchanged", "newer")}
        told = _("{new} new, {changed} changed, {unchanged} unchanged, {newer} newer in the register").format(**counts)
        head = ("▲ " + errors_counted(self._errors) + "  ", "bold $error") if self._errors else ""
        return Content.assemble(head, told)

    def on_record_table_moved(self) -> None:
        said = self.query_one("#explained Static", Static)
        table, one = self.query_one(RecordTable), self._outcome
        if self._refused:
            hint = _("[reports.period] and [reports.partner] say period and partner where the workbook does not.")
            said.update(Content.assemble((lines(self._refused) + "\n", "bold $error"), hint))
            return
        parts: list[Any] = []
        if table.rows:
            cells = [cell.strip() for cell in table.rows[table.cursor].cells if cell.strip()]
            parts.append(one_line(" · ".join(cells)) + "\n")
        if one and one.without_row:
            parts.append(_("Records without a row, which stay: {count}").format(count=one.without_row) + "\n")
        if one and one.ignored:
            names = ", ".join(map(one_line, one.ignored))
            parts.append(_("Columns that are only told: {names}").format(names=names) + "\n")
        if self._errors:
            parts.append(_("Nothing is taken in while there is a ▲: correct the workbook and save it.") + "\n")
        said.update(Content.assemble(*parts))

    def action_take_in(self) -> None:
        self._read(write=True)

    def action_copy_command(self) -> None:
        job = self.job
        words = ["report", "read", job.template.name if job.template else "", str(self._path)]
        words += ["--period", job.period.code, "--partner", job.partner.code] if self._said else []
        self.intarsi.copy_command(*words, *(["--only", job.only] if job.only else []))
