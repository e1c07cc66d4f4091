"""An action of a plugin: what it asks is a form, its answer a table that can be kept as a file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ...exchange.columns import plain, reference_of
from ...exchange.exports import write_csv, write_xlsx
from ...host.acting import act
from ...host.states import Task
from ...whole_file import replacing
from ..form_state import FormState
from ..texts import _, counted, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.form_body import FormBody
from ..widgets.record_table import RecordTable
from .form_page import FormPage, form_keys
from .page import Page
from .picker import Choice, Picker, among

Rows = Sequence[Mapping[str, Any]]


class ActionScreen(FormPage[None]):
    """Asks what the action needs, and runs it.

    Parameters:
        known: values that need not be asked for, by field.
    """

    BINDINGS: ClassVar[list[BindingType]] = form_keys(
        "action", Binding("ctrl+s", "run", "Do it", priority=True, id="action.run")
    )

    def __init__(self, plugin: str, task: Task, known: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self._plugin, self._declared, self._known = plugin, task, dict(known or {})
        self._busy = False

    def body(self) -> ComposeResult:
        self.state = FormState(self.office, self._declared.asks)
        self.state.values |= self._known
        yield Static(Content(lines(self._declared.called(self.lang)[1])), id="scope")
        yield Static(id="band", markup=False)
        if self.state.fields:
            yield FormBody(self.state)

    def on_mount(self) -> None:
        self._say()
        # With nothing left to be said it runs at once.
        if all(field.name in self._known for field in self.state.fields):
            self.call_next(self.action_run)

    def heading(self) -> str:
        label = next(one.label(self.lang) for one in self.office.plugins if one.name == self._plugin)
        return f"{label} ▸ {one_line(self._declared.called(self.lang)[0])}"

    def mark(self) -> str:
        return ""  # what an action is asked is not kept anywhere

    async def action_run(self) -> None:
        if self._busy:
            return
        if wrong := self.state.alone():
            await self.blame(wrong)
            return
        self._busy = True
        values = dict(self.state.values)
        self.write(lambda: self._act(values), self._done, self.blame)

    def _act(self, values: dict[str, Any]) -> tuple[Rows, bool]:
        """The answer, and whether something was written: runs on the thread that writes."""
        office = self.office
        try:
            before = [one.operation for one in office.store.history(limit=1)]
            rows = act(office, self._plugin, self._declared.name, values)
            return rows, before != [one.operation for one in office.store.history(limit=1)]
        finally:
            self._busy = False

    def _done(self, result: tuple[Rows, bool]) -> None:
        rows, wrote = result
        answer = AnswerScreen(self._declared, rows, self.command())
        if all(field.name in self._known for field in self.state.fields):
            self.app.switch_screen(answer)
        else:
            self.app.push_screen(answer)
        if wrote:
            self.tell(_("Written. [answer.undo] undoes all of it."))

    def command(self) -> list[str]:
        """The words of the command that does the same."""
        words = [self._plugin, self._declared.name]
        for field in self.state.fields:
            value = self.state.values.get(field.name)
            if value is None:
                continue
            if field.kind.name in ("link", "links"):
                uids = value if isinstance(value, list) else [value]
                value = "; ".join(reference_of(self.office, field.kind.params["to"], uid) for uid in uids)
            elif isinstance(value, bool):
                value = "true" if value else "false"
            words += [f"--{field.name.replace('_', '-')}", "; ".join(value) if isinstance(value, list) else str(value)]
        return words

    def action_copy_command(self) -> None:
        self.intarsi.copy_command(*self.command())


class AnswerScreen(Page[None]):
    """The rows that an action answered with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save as a file", id="answer.save"),
        Binding("u", "app.undo", "Undo", id="answer.undo"),
        Binding("y", "copy", "Copy the cell", show=False, id="answer.copy"),
    ]

    def __init__(self, task: Task, rows: Rows, command: Sequence[str]) -> None:
        super().__init__()
        self._declared, self._rows, self._command = task, rows, command

    def body(self) -> ComposeResult:
        self._headings = {name: label(self.lang) for name, label in self._declared.columns.items()}
        self._headings = self._headings or {name: name for row in self._rows[:1] for name in row}
        self._right = {name for row in self._rows for name, value in row.items() if isinstance(value, (int, float))}
        yield Static(Content(lines(self._declared.called(self.lang)[1])), id="scope")
        yield RecordTable([self._column(place, name) for place, name in enumerate(self._headings)], picks_column=True)

    def _column(self, place: int, name: str) -> Column:
        heading = self._headings[name]
        longest = max([len(heading), *(len(self._text(row, name)) for row in self._rows)], default=0)
        right = name in self._right
        return Column(name, heading, min(longest, 24), "right" if right else "left", place, grows=longest > 24)

    def _text(self, row: Mapping[str, Any], name: str) -> str:
        value = row.get(name)
        if isinstance(value, float) and self.lang == "it":
            return str(value).replace(".", ",")
        return "" if value is None else str(value)

    def on_mount(self) -> None:
        shown = [Line([self._text(row, name) for name in self._headings]) for row in self._rows]
        table = self.query_one(RecordTable)
        table.show(shown, empty=_("Nothing to show."))
        table.focus()
        self.say_title(one_line(self._declared.called(self.lang)[0]), counted(len(shown), self.lang))

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        """Enter tells the whole row: its cells may be cut."""
        row = self._rows[event.index]
        self.tell(" · ".join(f"{heading}: {self._text(row, name)}" for name, heading in self._headings.items()))

    def action_copy(self) -> None:
        self.intarsi.copy(self.query_one(RecordTable).text_at_cursor())

    def action_copy_command(self) -> None:
        self.intarsi.copy_command(*self._command)

    def action_save(self) -> None:
        folder = self.office.workspace.exports
        base = folder / f"{'_'.join(self._command[:2])}_{self.office.today:%Y-%m-%d}"
        kinds = {".xlsx": _("Excel workbook"), ".csv": _("CSV file")}

        def take(chosen: list[str] | None) -> None:
            if chosen:
                path = base.with_name(base.name + chosen[0])
                self.write(lambda: self._save(path), self.tell)

        choices = [Choice(ending, label, base.name + ending) for ending, label in kinds.items()]
        self.app.push_screen(Picker(_("Save as"), among(choices), notes=36), take)

    def _save(self, path: Path) -> str:
        """Writes the file; what is to be said of it."""
        columns = [plain(name, heading, right=name in self._right) for name, heading in self._headings.items()]
        try:
            path.parent.mkdir(exist_ok=True)
            if path.suffix == ".xlsx":
                write_xlsx(path, columns, self._rows, self._declared.called(self.lang)[0])
            else:
                with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
                    write_csv(file, columns, self._rows)
        except OSError as error:
            return _("Not written: {path}: {reason}").format(path=path, reason=error.strerror or error)
        return _("Written: {path}").format(path=path)
