"""One row of a small table inside a record, in a window of its own."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ...host.office import Office
from ...records.declaration import Declaration, Field
from ..form_state import FormState
from ..texts import _, one_line
from ..widgets.form_body import FormBody
from ..widgets.hints import Hints
from .ask import Ask
from .page import Dialog


class RowForm(Dialog[dict[str, Any]]):
    """Answers with the row's stored values, `None` when it was left with Esc; `focus` is the field to begin with, `typed` what was typed on its cell."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Take the row", priority=True, id="row.save")]

    def __init__(
        self, office: Office, declaration: Declaration, row: dict[str, Any] | None, *, focus: str = "", typed: str = ""
    ) -> None:
        super().__init__()
        self._focus, self._typed = focus, typed
        self.state = FormState(office, declaration, row)
        label = declaration.label(office.lang)
        self._called = label if row else f"{label} ▸ {_('adding')}"

    def compose(self) -> ComposeResult:
        with Vertical(id="window", classes="form"):
            yield Static(Content(one_line(self._called)), id="window-title")
            yield FormBody(self.state, self._focus, self._typed)
            yield Hints()

    def on_form_body_left(self, event: FormBody.Left) -> None:
        problem = self.state.check_field(self.state.declaration.by_name[event.name])
        self.state.problems = [one for one in self.state.problems if one.field != event.name] + (
            [problem] if problem else []
        )
        self.query_one(FormBody).say()

    def action_back(self) -> None:
        """A row that was typed is not dropped by Esc alone."""
        if not self.state.changes:
            self.dismiss(None)
            return

        def drop(answer: str | None) -> None:
            if answer:
                self.dismiss(None)

        self.app.push_screen(Ask(_("Drop what was typed into this row?"), _("Yes, drop it")), drop)

    async def action_save(self) -> None:
        self.state.problems = self.state.alone()
        body = self.query_one(FormBody)
        body.say()
        if self.state.problems:
            await body.go_to(self.state.problems[0])
            self.app.bell()
            return
        fields = {field.name: field for field in self.state.fields}
        self.dismiss({name: _stored(fields[name], value) for name, value in self.state.values.items()})


def _stored(field: Field, value: Any) -> Any:
    """The stored value; of a file its path, since it is taken in only when the record is saved."""
    if field.kind.name in ("attachment", "attachments"):
        return value
    return field.kind.store(field.kind.read(value))
