"""The partner templates: which ones, for whom, and whether they can be filled. Enter shows what a workbook would hold."""

from itertools import repeat
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...reporting import reports
from ...reporting.template import Template
from ..report_job import ReportJob
from ..texts import _, errors_counted, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .report_preview import ReportPreviewScreen
from .report_read import ReturnedFileScreen
from .report_scope import ScopedPage


class TemplateTable(RecordTable):
    """Enter shows what the workbooks would hold."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Preview", id="reports.preview")]


class ReportsScreen(ScopedPage[None]):
    """Every template of the office and of the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "read", "Read one back", id="reports.read"),
        Binding("tab", "app.focus_next", "Text below", id="reports.text"),
    ]

    def body(self) -> ComposeResult:
        yield Static(id="scope", markup=False)
        columns = [
            Column("label", _("Template"), 34, grows=True), Column("audience", _("For"), 12), Column("scope", _("One for each"), 22, priority=2),
            Column("state", _("State"), 14, priority=1),
        ]  # fmt: skip
        yield TemplateTable(columns)
        with VerticalScroll(id="explained"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        self.job = ReportJob(self.office)
        self._templates: list[Template] = []
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        self.show_scope()
        if not self._templates:
            self.say_title(_("Reports"))
        # Checking opens every workbook once.
        self.read_slowly(lambda: reports.templates(self.office), self._show)

    def scope_changed(self) -> None:
        self.show_scope()

    def _show(self, found: list[Template]) -> None:
        self._templates = found
        table = self.query_one(RecordTable)
        table.show([self._line(one) for one in found], cursor=table.cursor, empty=_("There are no templates."))
        self.say_title(_("Reports"), str(len(found)))

    def _line(self, template: Template) -> Line:
        mapped = template.map
        wrong = sum(problem.severity == "error" for problem in template.problems)
        state = "▲ " + errors_counted(wrong) if wrong else _("✓ ready")
        scope = ", ".join(map(self._scope_word, mapped.scope, repeat(mapped.record))) if mapped else ""
        return Line((template.label(self.lang), _(mapped.audience) if mapped else "", scope, state))

    def _scope_word(self, scope: str, table: str) -> str:
        if scope in ("period", "partner"):
            return _(scope)
        declaration = self.office.declarations.get(table)
        field = declaration.by_name.get(scope) if declaration else None
        label = field.label(self.lang) if field else declaration.label(self.lang) if declaration else scope
        return label[:1].lower() + label[1:]

    @property
    def template(self) -> Template | None:
        return self.here

    @property
    def here(self) -> Template | None:
        """The template under the cursor."""
        return self._templates[self.query_one(RecordTable).cursor] if self._templates else None

    def on_record_table_moved(self) -> None:
        template = self.here
        self.show_scope()
        self.refresh_bindings()
        self.query_one("#explained Static", Static).update(self._explained(template) if template else "")

    def _explained(self, template: Template) -> Content:
        mapped = template.map
        scope = ", ".join(map(self._scope_word, mapped.scope, repeat(mapped.record))) if mapped else ""
        # All of what 80 columns cut or leave out above.
        each = _("One for each: {scope}").format(scope=scope) + "   " if scope else ""
        parts: list[Any] = [(one_line(template.label(self.lang)) + "\n", "bold")]
        parts.append((each + one_line(template.file.name) + "\n", "$text-muted"))
        ready = _("[reports.preview] shows what it would hold and what is missing; nothing is written yet.") + "\n"
        parts += [self.problem_line(problem) for problem in template.problems] or [ready]
        return Content.assemble(*parts)

    def on_record_table_chosen(self) -> None:
        if template := self.here:
            self.job.choose(template)
            self.app.push_screen(ReportPreviewScreen(self.job))

    def action_read(self) -> None:
        if template := self.here:
            self.job.choose(template)
            self.app.push_screen(ReturnedFileScreen(self.job))

    def action_copy_command(self) -> None:
        if template := self.here:
            self.job.choose(template)
            super().action_copy_command()
