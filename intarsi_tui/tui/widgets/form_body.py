"""The fields of a form, section by section; what is not looked at is not mounted."""

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ...records.declaration import Declaration, Field
from ...records.linked_kinds import AttachmentKind
from ...records.problems import Problem, errors
from ..field_help import about
from ..form_state import FormState
from ..pick import add_linked, open_list
from ..texts import one_line
from .editors import Edited, PickEditor
from .field_row import FieldRow
from .rows_editor import RowsEditor
from .section_bar import SectionBar


class FormBody(Vertical):
    """Sections and fields of a `FormState`."""

    class Changed(Message):
        """A person changed a value."""

    class Left(Message):
        """A person went on from the field `name` after changing it."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, state: FormState, focus: str = "", typed: str = "") -> None:
        super().__init__()
        self.state = state
        self.here = 0
        self._first, self._typed = focus, typed

    def compose(self) -> ComposeResult:
        if len(self.state.sections) > 1:
            yield SectionBar()
        yield VerticalScroll(*self._rows(), can_focus=False)
        yield Static(id="tip", markup=False)

    def on_mount(self) -> None:
        self.say()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.focus_field(self._first)
        if self._typed:
            self._row(self._first).editor.type_in(self._typed)

    def _rows(self) -> list[FieldRow]:
        return [FieldRow(field, self.state) for field in self.state.sections[self.here][1]]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Says below the fields how the one with the cursor is filled in: nobody has to look for the help first."""
        field = getattr(event.widget, "field", None)
        if field is not None:
            self.query_one("#tip", Static).update(
                Content(" · ".join(map(one_line, about(field, self.state.office.lang))))
            )

    async def open_section(self, index: int, focus: str = "") -> None:
        """Shows another section and goes to its field `focus`, otherwise to the first."""
        index = max(0, min(index, len(self.state.sections) - 1))
        if index != self.here:
            self.here = index
            scroll = self.query_one(VerticalScroll)
            with self.app.batch_update():
                await scroll.remove_children()
                await scroll.mount_all(self._rows())
            self.say()
        self.focus_field(focus)

    def focus_field(self, name: str = "", *, last: bool = False) -> None:
        """Puts the cursor into the field `name` of this section."""
        rows = list(self.query(FieldRow))
        row = next((row for row in rows if row.field.name == name), rows[-1 if last else 0] if rows else None)
        if row:
            row.editor.focus()

    def say(self) -> None:
        """Shows the problems of the state at their fields, and their numbers at the sections."""
        for row in self.query(FieldRow):
            row.say(self.state.of(row.field))
        if len(self.state.sections) > 1:
            counts = [
                (name, sum(len(errors(self.state.of(field))) for field in fields))
                for name, fields in self.state.sections
            ]
            self.query_one(SectionBar).show(counts, self.here)

    async def go_to(self, problem: Problem) -> None:
        """Opens the section of a problem and goes to its field."""
        name = (problem.field or "").partition(".")[0]
        for index, (_heading, fields) in enumerate(self.state.sections):
            if any(field.name == name for field in fields):
                await self.open_section(index, name)

    def show_values(self) -> None:
        """Puts the state's values into the editors on screen."""
        for row in self.query(FieldRow):
            row.editor.show(self.state.values.get(row.field.name))
            row.refresh()

    async def next_field(self, step: int) -> bool:
        """From the last field on to the next section (and back); whether that was done."""
        rows = list(self.query(FieldRow))
        edge = rows[-1 if step > 0 else 0] if rows else None
        wanted = self.here + step
        if edge is None or edge.editor is not self.screen.focused or not 0 <= wanted < len(self.state.sections):
            return False
        await self.open_section(wanted)
        self.focus_field(last=step < 0)
        return True

    # what people do

    def on_edited(self, event: Edited) -> None:
        event.stop()
        if not self.state.set(event.name, event.value):
            return
        self.state.touched.add(event.name)
        row = self._row(event.name)
        row.refresh()
        # While a wrong field is put right the error goes as soon as it may; a new one waits until the field is left.
        if self.state.of(row.field) and not self.state.check_field(row.field):
            self.state.problems = [
                one for one in self.state.problems if (one.field or "").partition(".")[0] != event.name
            ]
            self.say()
        self.post_message(self.Changed())
        if isinstance(row.editor, (PickEditor, RowsEditor)):
            self.post_message(self.Left(event.name))

    def _row(self, name: str) -> FieldRow:
        return next(row for row in self.query(FieldRow) if row.field.name == name)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        field = getattr(event.widget, "field", None)
        if field is not None and field.name in self.state.touched:
            self.post_message(self.Left(field.name))

    async def on_section_bar_chosen(self, event: SectionBar.Chosen) -> None:
        await self.open_section(event.index)

    def on_pick_editor_opened(self, event: PickEditor.Opened) -> None:
        event.stop()
        if event.new:
            add_linked(self.screen, event.editor, event.typed, self.state.office)
        else:
            open_list(self.screen, event.editor, event.typed, self.state)

    def on_rows_editor_opened(self, event: RowsEditor.Opened) -> None:
        from ..screens.row_form import RowForm

        event.stop()
        editor, index = event.editor, event.index
        of_files = editor.field.kind.name == "attachments"

        def take(row: dict[str, Any] | None) -> None:
            if row is not None:
                rows = editor.rows
                rows[index : index + 1] = [row["file"] if of_files else row]
                editor.cursor = index
                editor.take(rows)

        declaration = _one_file(editor.field) if of_files else editor.field.kind.declaration  # type: ignore[attr-defined]
        present = editor.rows[index] if index < len(editor.rows) else None
        if of_files and present:
            present = {"file": present}
        self.app.push_screen(
            RowForm(self.state.office, declaration, present, focus=event.name, typed=event.typed), take
        )


def _one_file(field: Field) -> Declaration:
    """A row of one file, for the window in which one of several is typed."""
    file = Field("file", AttachmentKind(), field.label, field.help, required="save", privacy=field.privacy)
    return Declaration("", field.label, field.label, (file,))
