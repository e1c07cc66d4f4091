"""The partner templates: which ones, for whom, for which period and partner; what is missing; filling them."""

from itertools import repeat
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...host import access
from ...project.periods import Period, quarter_of
from ...reporting import reports
from ...reporting.problems import ReportError, ReportProblem
from ...reporting.reports import Filled
from ...reporting.template import Template
from ..texts import _, errors_counted, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .page import Page
from .picker import Choice, Picker, among


class TemplateTable(RecordTable):
    """Enter fills the template."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Fill", id="reports.fill")]


class ReportsScreen(Page[None]):
    """Every template of the office and of the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "period", "Period", id="reports.period"),
        Binding("a", "partner", "Partner", id="reports.partner"),
        Binding("f", "attachments", "Files", id="reports.attachments"),
        Binding("tab", "app.focus_next", "Text below", id="reports.text"),
        Binding("y", "copy", "Copy the paths", show=False, id="reports.copy"),
    ]

    def body(self) -> ComposeResult:
        yield Static(id="scope", markup=False)
        columns = [
            Column("label", _("Template"), 34, grows=True), Column("audience", _("For"), 12), Column("scope", _("One for each"), 16, priority=2),
            Column("state", _("State"), 14, priority=1),
        ]  # fmt: skip
        yield TemplateTable(columns)
        with VerticalScroll(id="explained"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        office = self.office
        self._period = office.profile.current_period(office.today)
        self._partner = office.workspace.partner
        self._attachments = False
        self._templates: list[Template] = []
        self._said: dict[str, Content] = {}
        self._written: list[str] = []
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        self._show_scope()
        # Checking opens every workbook once.
        self.write(lambda: reports.templates(self.office), self._show)

    def _show_scope(self) -> None:
        self.query_one("#scope", Static).update(
            Content.assemble(
                (_("Period (p)"), "$text-muted"),
                f" {self._period.label(self.lang)}   ",
                (_("Partner (a)"), "$text-muted"),
                f" {one_line(self._partner.name)}   ",
                (_("Attached files (f)"), "$text-muted"),
                " " + (_("yes") if self._attachments else _("no")),
            )
        )

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
        return field.label(self.lang) if field else declaration.label(self.lang) if declaration else scope

    @property
    def here(self) -> Template | None:
        """The template under the cursor."""
        return self._templates[self.query_one(RecordTable).cursor] if self._templates else None

    def on_record_table_moved(self) -> None:
        template = self.here
        self.query_one("#explained Static", Static).update(self._explained(template) if template else "")

    def _explained(self, template: Template) -> Content:
        said = self._said.get(template.name)
        if said is not None:
            return said
        parts: list[Any] = [(one_line(template.file.name) + "\n", "$text-muted")]
        parts += [self._problem(problem) for problem in template.problems] or [_("Enter fills it.") + "\n"]
        return Content.assemble(*parts)

    def _problem(self, problem: ReportProblem) -> str:
        return lines(f"{'▲' if problem.severity == 'error' else '!'} {problem.text(self.lang)}\n")

    # what is reported on

    def action_period(self) -> None:
        periods = self._periods()
        choices = [Choice(code, period.label(self.lang)) for code, period in periods.items()]

        def take(chosen: list[str] | None) -> None:
            if chosen:
                self._period = periods[chosen[0]]
                self._said.clear()
                self.reload()

        self.app.push_screen(Picker(_("Period"), among(choices), chosen=[self._period.code]), take)

    def action_attachments(self) -> None:
        self._attachments = not self._attachments
        self._show_scope()

    def _periods(self) -> dict[str, Period]:
        """The project's quarters, then the whole project."""
        profile = self.office.profile
        found: dict[str, Period] = {}
        year, quarter = profile.start.year, (profile.start.month - 1) // 3
        while True:
            period = quarter_of(profile.start.replace(year=year, month=quarter * 3 + 1, day=1))
            if period.start > profile.end:
                break
            found[period.code] = period
            year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
        return {**found, "project": profile.period("project")}

    def action_partner(self) -> None:
        partners = self.office.profile.partners
        choices = [Choice(code, partner.name, code) for code, partner in partners.items()]

        def take(chosen: list[str] | None) -> None:
            if chosen:
                self._partner = partners[chosen[0]]
                self._said.clear()
                self.reload()

        self.app.push_screen(Picker(_("Partner"), among(choices), chosen=[self._partner.code]), take)

    # filling

    def on_record_table_chosen(self) -> None:
        template = self.here
        if template is None:
            return
        self._say(template, Content(_("Filling …")))
        self.write(lambda: self._fill(template), lambda result: self._filled(template, result))

    def _fill(self, template: Template) -> list[Filled] | ReportError:
        try:
            period, partner = self._period, self._partner
            filled = reports.fill(self.office, template, period, partner, attachments=self._attachments)
            access.log(self.office, "filled", detail=f"{template.name} {period.code} {partner.code}")
            return filled
        except ReportError as error:
            return error

    def _filled(self, template: Template, result: list[Filled] | ReportError) -> None:
        if isinstance(result, ReportError):
            self._say(
                template,
                Content.assemble((_("Not filled:") + "\n", "bold $error"), *map(self._problem, result.problems)),
            )
            self.app.bell()
            return
        self._written = [str(one.path) for one in result]
        parts: list[Any] = []
        if self.office.workspace.key is not None:
            parts.append(_("! in the clear: who gets hold of these files can read them") + "\n")
        for one in result:
            parts.append((one_line(one.path.name) + "\n", "bold"))
            if template.blocks:  # a certificate has none, and misses none
                none = _("! no rows: check period, partner and state of the records")
                parts.append((_("{count} rows").format(count=one.rows) if one.rows else none) + "\n")
            if one.attachments:
                parts.append(one_line(_("attached files: {folder}").format(folder=one.attachments.name)) + "\n")
            if one.held_back:
                parts.append(
                    _("! attached files that are not for this audience: {count}").format(count=one.held_back) + "\n"
                )
            parts += [
                one_line(_("! empty: {place}: who knows it has to supply it").format(place=place)) + "\n"
                for place in one.empty
            ]
            parts += [one_line(f"! {cell}: {message.text(self.lang)}") + "\n" for cell, message in one.doubtful]
        parts.append(_("y copies the paths.") + "\n")
        lacking = sum(bool(one.empty or one.doubtful or (template.blocks and not one.rows)) for one in result)
        head = (
            (_("! Written, {count} of them with something missing:").format(count=lacking) + "\n", "bold $warning")
            if lacking
            else (_("✓ Written:") + "\n", "bold $success")
        )
        folder = one_line(result[0].path.parent) + "\n" if result else ""
        self._say(template, Content.assemble(head, folder, *parts))

    def _say(self, template: Template, content: Content) -> None:
        self._said[template.name] = content
        self.on_record_table_moved()

    def action_copy(self) -> None:
        if self._written:
            self.intarsi.copy("\n".join(self._written))

    def action_copy_command(self) -> None:
        if template := self.here:
            more = ["--attachments"] if self._attachments else []
            self.intarsi.copy_command(
                "report", "fill", template.name, "--period", self._period.code, "--partner", self._partner.code, *more
            )
