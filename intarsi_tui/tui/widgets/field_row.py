"""One field of a form: label, editor, what was understood, and what is wrong with it."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...records.declaration import Field
from ...records.problems import Problem
from ..form_state import FormState, file_note
from ..rows import entered
from ..texts import cell, one_line, sentence
from .editors import FileEditor, FlagEditor, LineEditor, PickEditor, TextEditor
from .rows_editor import FilesEditor, RowsEditor

LABEL = 25  # columns for a label in a narrow window, as `form.tcss` has it; a longer one goes on in the line below
EDITORS: dict[str, Any] = {
    "text": TextEditor, "choice": PickEditor, "choices": PickEditor, "picker": PickEditor, "pickers": PickEditor,
    "flag": FlagEditor, "rows": RowsEditor, "file": FileEditor, "files": FilesEditor,
}  # fmt: skip


class FieldRow(Widget):
    """Draws label and hint itself and has one child, the editor (a second one once something is wrong): a form of 25 fields is 50 widgets, not 125."""

    def __init__(self, field: Field, state: FormState) -> None:
        short = field.kind.align == "right" or field.kind.widget in ("date", "time", "flag")
        star = "\u00a0*" if field.required == "save" else "\u00a0°" if field.required else ""  # never alone in a line
        self._label = field.label(state.office.lang) + star
        classes = {"-long": not short, "-two": cell_len(self._label) > LABEL}
        super().__init__(classes=" ".join(name for name, on in classes.items() if on))
        self.field, self.state = field, state
        self._wrong: Static | None = None

    def compose(self) -> ComposeResult:
        value = self.state.values.get(self.field.name)
        editor = EDITORS.get(self.field.kind.widget)
        if editor in (None, TextEditor, FileEditor):
            yield (editor or LineEditor)(self.field, str(value or ""))
        else:
            yield editor(self.field, value, self._shown)

    @property
    def editor(self) -> Any:
        return self.children[0]

    def _shown(self, field: Field, value: Any) -> str:
        lang = self.state.office.lang
        if field.kind.name == "attachments":
            return file_note(self.state.office, value) or value
        if field.kind.name == "flag":
            return field.kind.show(value, lang)
        return entered(field, value, self.state.office)

    def say(self, problems: Sequence[Problem]) -> None:
        """Shows what is wrong, one after the other, under the editor."""
        if self._wrong is None and problems:
            self._wrong = Static(classes="wrong", markup=False)
            self.mount(self._wrong)
        if self._wrong is not None:
            styles = {"error": "bold $error", "warning": "$warning"}
            told = [(sentence(one, self.state.office.lang) + "\n", styles[one.severity]) for one in problems]
            self._wrong.update(Content.assemble(*told).rstrip())
            self._wrong.display = bool(problems)

    def render(self) -> RenderResult:
        margin = self.editor.styles.margin.left
        head, *more = [line.replace("\u00a0", " ") for line in wrap(self._label, margin - 1)] or [""]
        gap = margin + self.editor.outer_size.width + 1
        hint = self.state.understood(self.field)
        return Content.assemble(
            (cell(head, gap), "$text-muted"), (cell(hint, max(0, self.size.width - gap)), "$success"),
            *(("\n" + one_line(line), "$text-muted") for line in more[: self.size.height - 1]),
        )  # fmt: skip
