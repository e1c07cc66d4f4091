"""Import, third step: everything that is wrong, before anything is written; corrected here, or left out."""

import asyncio
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...exchange.apart import Refused, Stopped
from ...exchange.exports import free_name
from ..import_job import Entry, ImportJob
from ..texts import _, one_line
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .import_run import ImportRunPage
from .import_value import ask_value
from .picker import Choice, Picker, among

MOST_CELLS = 12  # of a row, told below the list


class ProblemTable(RecordTable):
    """Enter corrects the value."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Correct", id="import.correct")]


class ImportCheckScreen(ImportRunPage):
    """Problems row by row; answers as the last step does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *ImportRunPage.BINDINGS,
        Binding("x", "leave_out", "Leave the row out", id="import.without"),
        Binding("l", "save_list", "To a file", id="import.list"),
        Binding("tab", "app.focus_next", "Text below", show=False, id="import.text"),
    ]

    def __init__(self, job: ImportJob) -> None:
        super().__init__(job)
        self._entries: list[Entry] = []

    def body(self) -> ComposeResult:
        yield Static(id="scope", markup=False)
        columns = [
            Column("row", _("Row"), 8), Column("field", _("Field"), 14, grows=True), Column("value", _("Value"), 12, grows=True),
            Column("text", _("What is wrong"), 36, grows=True),
        ]  # fmt: skip
        yield ProblemTable(columns)
        with VerticalScroll(id="explained"):
            yield Static(markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()

    # what is shown

    def reload(self) -> None:
        if not self.is_attached:
            return
        table = self.query_one(RecordTable)
        self._entries = self.job.entries()
        nothing = "" if not self.settled else _("✓ No problems. [import.write] imports.")
        table.show([self._line(one) for one in self._entries], cursor=table.cursor, empty=nothing)
        self.tell_state()
        self.refresh_bindings()

    def _line(self, one: Entry) -> Line:
        row = f"{one.sign} {one.row}" if one.row is not None else one.sign
        return Line((row, self._label(one.field), one.value, one.text), "void" if one.sign == "–" else "")

    def _label(self, name: str) -> str:
        field = self.declaration.by_name.get(name)
        return field.label(self.lang) if field else ""

    @property
    def here(self) -> Entry | None:
        """The line under the cursor."""
        at = self.query_one(RecordTable).cursor
        return self._entries[at] if at < len(self._entries) else None

    def on_record_table_moved(self) -> None:
        one = self.here
        said = self.query_one("#explained Static", Static)
        if one is None or one.row is None:
            ignored = self.job.taken.ignored if self.job.taken else []
            left = _("Columns left out: {names}").format(names=", ".join(map(one_line, ignored))) if ignored else ""
            said.update(Content(one_line(one.text) if one else left))
            return
        parts: list[Any] = [(one_line(f"{one.sign} {one.text}") + "\n", "bold")]
        place = _("Row {number}").format(number=one.row)
        parts.append((f"{place} · {self._label(one.field)}\n" if one.field else f"{place}\n", "$text-muted"))
        if one.sign in ("–", "✓"):
            back = (
                _("[import.without] takes the row in again.")
                if one.sign == "–"
                else _("[import.without] takes the correction back.")
            )
            parts.append(back + "\n")
        for heading, value in self.job.cells_of(one.row)[:MOST_CELLS]:
            parts += [(one_line(heading) + ": ", "$text-muted"), one_line(value) + "   "]
        said.update(Content.assemble(*parts))

    # what is done about it

    def on_record_table_chosen(self) -> None:
        one = self.here
        if one is None or one.row is None or one.sign == "–" or self.writing:
            return
        row = one.row
        if one.field:
            self._ask(row, one.field, one)
            return
        names = [name for name in self.job.fields.values() if name]
        names += [field.name for field in self.declaration.editable if field.name not in names]
        choices = [Choice(name, self._label(name)) for name in names if not self.declaration.by_name[name].given]

        def take(chosen: list[str] | None) -> None:
            if chosen:
                self._ask(row, chosen[0], one)

        self.app.push_screen(
            Picker(_("Which value of the row is to be corrected?"), among(choices), intro=one.text), take
        )

    def _ask(self, row: int, name: str, one: Entry) -> None:
        corrected = (row, name) in self.job.values
        value = one.value if one.field == name and not corrected else self._value(row, name)

        def take(typed: str) -> None:
            self.job.correct(row, name, typed)
            self.changed()

        ask_value(
            self, self.declaration.by_name[name], value, f"{_('Row {number}').format(number=row)}: {one.text}", take
        )

    def _value(self, row: int, name: str) -> str:
        """What stands in the row for a field."""
        if (row, name) in self.job.values:
            return self.job.values[row, name]
        at = next((at for at, held in self.job.fields.items() if held == name), -1)
        cells = self.job.cells(row)
        return cells[at] if 0 <= at < len(cells) else ""

    def action_leave_out(self) -> None:
        """The row out, or in again; a correction is taken back."""
        one = self.here
        if one is None or one.row is None or self.writing:
            return
        if one.sign == "✓":
            self.job.take_back(one.row, one.field)
        else:
            self.job.leave_out(one.row)
        self.changed()

    def action_save_list(self) -> None:
        """All that is wrong, for whoever made the file; into the folder of exports."""
        path = free_name(self.office.workspace.exports, f"{self.job.path.stem}-{_('problems')}")

        async def save() -> None:
            self.tell(_("Writing the list …"))
            try:
                await asyncio.to_thread(self.job.process.save_remarks, path)
            except Refused as refused:
                self.tell(str(refused), wrong=True)
            except Stopped:
                return
            else:
                clear = _("! in the clear: who gets hold of these files can read them")
                told = _("Written: {path}").format(path=path)
                self.tell(f"{told} {clear}" if self.office.workspace.key is not None else told)

        self.run_worker(save(), group="list")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "save_list":
            return self.settled and bool(self._entries)
        return super().check_action(action, parameters)

    def action_copy_command(self) -> None:
        self.intarsi.copy_command(*self.job.command())
