"""The workbooks that were written: where, with how many rows, and what is missing in them."""

from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...project.opening import started
from ...reporting.reports import Filled
from ..report_job import ReportJob
from ..texts import _, counted, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .page import Page
from .report_scope import told_apart


class SavedTable(RecordTable):
    """Enter and `o` open the workbook."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,o", "choose", "Open", id="saved.open")]


class ReportSavedScreen(Page[None]):
    """What was written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "folder", "Open the folder", id="saved.folder"),
        Binding("y", "copy", "Copy the path", id="saved.copy"),
    ]

    def __init__(self, job: ReportJob, written: list[Filled]) -> None:
        super().__init__()
        self.job, self._written = job, written

    def body(self) -> ComposeResult:
        yield Static(id="scope", markup=False)
        rows = [Column("rows", _("Rows"), 6, "right")] if self._counts_rows else []
        yield SavedTable(
            [Column("file", _("Workbook"), 40, grows=True), *rows, Column("state", _("State"), 17, priority=1)]
        )
        with VerticalScroll(id="explained"):
            yield Static(markup=False)

    @property
    def _counts_rows(self) -> bool:
        return bool(self.job.template and self.job.template.blocks)

    def on_mount(self) -> None:
        template = self.job.template
        label = template.label(self.lang) if template else ""
        lacking = sum(self._lacks(one) for one in self._written)
        wanting = _("! Written, {count} of them with something missing:").format(count=lacking)
        wanting = _("! Written, with something missing:") if len(self._written) == 1 else wanting
        head = (wanting, "bold $warning") if lacking else (_("✓ Written:"), "bold $success")
        folder = one_line(self._written[0].path.absolute().parent)
        self.query_one("#scope", Static).update(Content.assemble(head, " ", folder))
        table = self.query_one(RecordTable)
        names = told_apart([one.path for one in self._written])
        table.show([self._line(*pair) for pair in zip(self._written, names, strict=True)])
        table.focus()
        self.say_title(f"{_('Reports')} ▸ {label}", str(len(self._written)))

    @staticmethod
    def _lacks(one: Filled) -> bool:
        return bool(one.missing or one.doubtful)

    def _line(self, one: Filled, name: str) -> Line:
        state = _("! incomplete") if self._lacks(one) else _("✓ complete")
        return Line((name, counted(one.rows, self.lang), state) if self._counts_rows else (name, state))

    @property
    def here(self) -> Filled:
        """The workbook under the cursor."""
        return self._written[self.query_one(RecordTable).cursor]

    def on_record_table_moved(self) -> None:
        one = self.here
        parts: list[Any] = [(one_line(one.path.absolute()) + "\n", "bold")]
        if self.office.workspace.key is not None:
            parts.append(_("! in the clear: who gets hold of these files can read them") + "\n")
        if self._counts_rows and not one.rows:
            parts.append(_("! no rows: check period, partner and state of the records") + "\n")
        if one.attachments:
            parts.append(one_line(_("attached files: {folder}").format(folder=one.attachments.name)) + "\n")
        if one.held_back:
            told = _("! attached files that are not for this audience: {count}")
            parts.append(told.format(count=one.held_back) + "\n")
        missing = _("! missing: {gap}")
        parts += [one_line(missing.format(gap=gap.text)) + "\n" for gap in one.missing]
        parts += [one_line(f"! {cell}: {message.text(self.lang)}") + "\n" for cell, message in one.doubtful]
        self.query_one("#explained Static", Static).update(Content.assemble(*parts))

    def on_record_table_chosen(self) -> None:
        self._open(self.here.path)

    def action_folder(self) -> None:
        self._open(self.here.path.parent)

    def _open(self, path: Path) -> None:
        found = path.absolute()
        if started(found):
            self.tell(_("Opened: {path}").format(path=found))
        else:
            self.tell(
                _("No display or program to open it with here: [saved.copy] copies the path {path}").format(path=found)
            )

    def action_copy(self) -> None:
        self.intarsi.copy(str(self.here.path.absolute()))

    def action_copy_command(self) -> None:
        out = self._written[0].path
        self.intarsi.copy_command(
            *self.job.command(), "-o", str((out if len(self._written) == 1 else out.parent).absolute())
        )
