"""What the workbooks of a template would hold and lack, before any is written; saving them where one wants."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...project.file_names import as_path
from ...reporting import reports
from ...reporting.preview import Missing, Preview, previews
from ...reporting.problems import ReportError
from ...reporting.reports import Filled
from ...reporting.template import Template
from ...store import StoreError
from .. import session
from ..report_job import ReportJob
from ..texts import _, one_line, others_counted, rows_counted
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .ask import Ask
from .import_value import ValueDialog
from .page import Going
from .picker import Choice, Picker, among
from .record import RecordScreen
from .report_saved import ReportSavedScreen
from .report_scope import ScopedPage, told_apart

EVERY = "*"


class Halted(Exception):
    """Somebody stopped between two workbooks."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(done, total)
        self.done, self.total = done, total


def while_(wanted: Callable[[], bool], going: Going) -> Going:
    """Tells `going` of several workbooks as long as they are wanted, and ends the work as soon as they are not."""

    def told(done: int, total: int) -> None:
        if total > 1:
            if not wanted():
                raise Halted(done, total)
            going(done, total)

    return told


class Row(NamedTuple):
    """A line of the list: a workbook, or one of its gaps."""

    preview: Preview
    name: str
    missing: Missing | None


def _columns(*, gaps: bool, rows: bool) -> list[Column]:
    """Where nothing is missing, the names of the workbooks have the room."""
    if not gaps:
        name = Column("place", _("Workbook"), 40, grows=True)
        return [name, Column("rows", _("Rows"), 12)] if rows else [name]
    return [
        Column("place", _("Where"), 22, grows=True), Column("what", _("What"), 14, grows=True, priority=1), Column("why", _("Why"), 20, grows=True),
        Column("who", _("Who can supply it"), 16, priority=2, grows=True),
    ]  # fmt: skip


class MissingTable(RecordTable):
    """Enter opens the record with the gap."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Open the record", id="preview.open")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        page = self.screen
        return action != "choose" or not isinstance(page, ReportPreviewScreen) or page.gap is not None


class ReportPreviewScreen(ScopedPage[None]):
    """Each workbook with its gaps: where, why, who can supply it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save", id="preview.save"),
        Binding("g", "group", "Which one", id="preview.group"),
        Binding("tab", "app.focus_next", "Text below", show=False, id="preview.text"),
    ]

    def __init__(self, job: ReportJob) -> None:
        super().__init__()
        self.job = job
        self._previews: list[Preview] = []
        self._rows: list[Row] = []
        self._refused: ReportError | None = None
        self._ready = False
        self._filling = False  # several workbooks: between two of them one can stop

    @property
    def _template(self) -> Template:
        assert self.job.template is not None
        return self.job.template

    def body(self) -> ComposeResult:
        yield Static(id="scope", markup=False)
        yield MissingTable()
        with VerticalScroll(id="explained"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        office, job, template = self.office, self.job, self._template
        about = [("   " + _("Which one ([preview.group])"), "$text-muted"), f" {one_line(job.about or _('all'))}"]
        self.show_scope(*(about if template.scope_link else ()))
        self.say_title(f"{_('Reports')} ▸ {template.label(self.lang)}", _("counting…"))
        asked = job.period, job.partner, job.only

        def wanted() -> bool:
            """Whether nobody went away or asked for something else meanwhile."""
            return self.is_attached and asked == (job.period, job.partner, job.only)

        def read(going: Going) -> list[Preview] | ReportError | Halted:
            try:
                return previews(office, template, *asked[:2], only=asked[2], going=while_(wanted, going))
            except (ReportError, Halted) as found:
                return found

        def show(found: list[Preview] | ReportError | Halted) -> None:
            if wanted() and not isinstance(found, Halted):
                self._show(found)

        self.write_counted(read, show, _("counting {done} of {total}"))

    def scope_changed(self) -> None:
        self.reload()

    def _show(self, found: list[Preview] | ReportError) -> None:
        self._ready = not isinstance(found, ReportError)
        self._refused = found if isinstance(found, ReportError) else None
        self._previews = [] if isinstance(found, ReportError) else found
        names = told_apart([one.path for one in self._previews])
        self._rows = [
            Row(one, name, gap) for one, name in zip(self._previews, names, strict=True) for gap in (None, *one.missing)
        ]
        table = self.query_one(RecordTable)
        nothing = _("Nothing can be filled: see below.")
        gaps = sum(len(one.missing) for one in self._previews)
        lines = [self._line(row) for row in self._rows]
        table.show(
            lines,
            cursor=table.cursor,
            columns=_columns(gaps=bool(gaps), rows=bool(self._template.blocks)),
            empty=nothing,
        )
        right = _("✓ nothing is missing") if not gaps else _("! missing: {count}").format(count=gaps)
        self.say_title(f"{_('Reports')} ▸ {self._template.label(self.lang)}", right if self._ready else "▲")
        self.refresh_bindings()

    def _line(self, row: Row) -> Line:
        preview, name, gap = row
        if gap is not None:
            return Line((f"  ! {gap.place}", gap.what, gap.why, gap.who))
        rows = rows_counted(preview.rows) if self._template.blocks else ""
        return Line((f"{'!' if preview.missing else '✓'} {name}", rows, "", ""))

    @property
    def gap(self) -> Missing | None:
        """The gap under the cursor, when a record has it."""
        at = self.query_one(RecordTable).cursor
        found = self._rows[at].missing if at < len(self._rows) else None
        return found if found and found.uid else None

    def on_record_table_moved(self) -> None:
        at = self.query_one(RecordTable).cursor
        self.refresh_bindings()
        said = self.query_one("#explained Static", Static)
        if self._refused is not None:
            parts = map(self.problem_line, self._refused.problems)
            next_ = _("[reports.period] chooses another period, [reports.partner] another partner.")
            said.update(Content.assemble((_("Not filled:") + "\n", "bold $error"), *parts, next_))
        elif at < len(self._rows):
            said.update(self._explained(self._rows[at].preview, self._rows[at].missing))

    def _explained(self, preview: Preview, gap: Missing | None) -> Content:
        if gap is not None:
            parts: list[Any] = [(one_line(f"{gap.place}: {gap.what}") + "\n", "bold"), one_line(gap.why) + "\n"]
            if gap.who:
                parts.append(_("Who can supply it: {who}").format(who=one_line(gap.who)) + "\n")
            return Content.assemble(*parts, _("[preview.open] opens the record.") if gap.uid else "")
        parts = [(one_line(preview.path.name) + "\n", "bold")]
        parts.append(
            (_("Gaps: {count}.") if preview.missing else _("Complete.")).format(count=len(preview.missing)) + "\n"
        )
        if preview.optional:
            cells = ", ".join(f"{one_line(header)} {count}" for header, count in preview.optional.items())
            parts.append(_("Empty cells that may be empty: {cells}").format(cells=cells) + "\n")
        return Content.assemble(*parts, _("Nothing is written yet. [preview.save] saves."))

    def on_record_table_chosen(self) -> None:
        if gap := self.gap:
            self.app.push_screen(RecordScreen(gap.table, gap.uid))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "group":
            return bool(self._template.scope_link) and self._ready
        return self._ready and not self._filling if action == "save" else True

    def action_group(self) -> None:
        """One record of those that have a workbook each, or all of them."""
        office, job, template = self.office, self.job, self._template

        def read() -> dict[str, str]:
            try:
                _selection, scopes = reports.scopes_of(office, template, job.period, job.partner)
            except ReportError:
                return {}
            return {about.value: about.title for scope in scopes for about in scope.abouts.values()}

        def ask(found: dict[str, str]) -> None:
            choices = [Choice(EVERY, _("all")), *(Choice(uid, one_line(title)) for uid, title in found.items())]

            def take(chosen: list[str] | None) -> None:
                if chosen:
                    job.only = "" if chosen[0] == EVERY else chosen[0]
                    job.about = found.get(job.only, "")
                    self.reload()

            self.app.push_screen(Picker(_("Which one?"), among(choices), chosen=[job.only or EVERY]), take)

        self.write(read, ask)

    # saving

    def action_back(self) -> None:
        """Esc stops what is being written, after the workbook at hand."""
        if self._filling:
            self._filling = False
        else:
            super().action_back()

    def put_down(self) -> None:
        self._filling = False

    def action_save(self) -> None:
        """Asks where; the office's own folder is proposed."""
        several = len(self._previews) > 1
        place = str(self._previews[0].path.parent if several else self._previews[0].path)
        gaps = sum(len(one.missing) for one in self._previews)
        why = _("! missing: {count}. It is saved all the same, with empty cells.").format(count=gaps) if gaps else ""
        help = [_("Workbooks: {count}, into this folder").format(count=len(self._previews))] if several else []

        def take(typed: str | None) -> None:
            if typed:
                self._save_at(as_path(typed), folder=typed.strip(" '\"").endswith(("/", os.sep)))

        self.app.push_screen(ValueDialog(_("Save where?"), place, why, help), take)

    def _save_at(self, out: Path, *, folder: bool) -> None:
        """Writes there; a name that says neither workbook nor folder is refused, and a new folder is asked about first."""
        suffix = self._previews[0].path.suffix
        folder = folder or out.is_dir()
        if out.suffix and out.suffix.lower() != suffix and not folder:
            told = _(
                "{path}: a report is an {suffix} workbook: name it so, or name a folder; a new one ends with {end}"
            )
            self.tell(told.format(path=out, suffix=suffix, end=os.sep), wrong=True)
            return
        into = out.parent if out.suffix and not folder else out

        def make(answer: str | None) -> None:
            if answer:
                self._fill(out)

        there = [one for one in self._targets(out) if one.exists()]
        if not into.exists() and into != self.office.workspace.exports:
            question = _("There is no folder {path}: make it?").format(path=into)
            self.app.push_screen(Ask(question, _("Yes, make it")), make)
        elif there:
            # Somebody may have written in it by hand.
            more = others_counted(len(there) - 1)
            question = _("There is {path} already{more}: replace it? What was written in it by hand is lost.")
            self.app.push_screen(Ask(question.format(path=there[0], more=more), _("Yes, replace")), make)
        else:
            self._fill(out)

    def _targets(self, out: Path) -> list[Path]:
        """The workbooks that would be written to `out`."""
        if out.suffix and not out.is_dir():
            return [out]
        return [out / one.path.name for one in self._previews]

    def _fill(self, out: Path) -> None:
        office, job, template = self.office, self.job, self._template
        self.say_title(f"{_('Reports')} ▸ {template.label(self.lang)}", _("writing…"))
        self._filling = len(self._previews) > 1

        def fill(going: Going) -> list[Filled] | ReportError | StoreError | Halted:
            try:
                filled = reports.fill(
                    office, template, job.period, job.partner, out, job.only, attachments=job.attachments,
                    going=while_(lambda: self._filling, going),
                )  # fmt: skip
            except (ReportError, StoreError, Halted) as error:
                return error
            with suppress(StoreError):  # open for reading only, or busy: the workbooks are written all the same
                session.keep_folder(office, session.REPORTS, filled[0].path.absolute().parent)
            return filled

        self.write_counted(fill, self._filled, _("writing {done} of {total}: [page.back] stops"))

    def _filled(self, result: list[Filled] | ReportError | StoreError | Halted) -> None:
        self._filling = False
        if isinstance(result, Halted):
            self.tell(_("Stopped. Workbooks written: {done} of {total}.").format(done=result.done, total=result.total))
            self.reload()
        elif isinstance(result, (ReportError, StoreError)):
            problems = result.problems if isinstance(result, ReportError) else [result]
            self.tell(f"{_('Not filled:')} {'; '.join(one.text(self.lang) for one in problems)}", wrong=True)
            self.reload()
        else:
            self.app.push_screen(ReportSavedScreen(self.job, result))
