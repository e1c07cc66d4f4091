"""Another value for one cell of an imported file: typed, or chosen where the field is chosen."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ...records.declaration import Field
from ..field_help import about
from ..pick import search_for
from ..texts import _, lines
from ..widgets.editors import LineInput
from ..widgets.hints import Hints
from .page import Dialog, Page
from .picker import Picker

PICKED = ("choice", "choices", "picker", "pickers")


def ask_value(page: Page[Any], field: Field, value: str, why: str, take: Callable[[str], None]) -> None:
    """Asks for the value of `field`; `take` gets it as it can be typed.

    Parameters:
        value: what stands there now.
        why: the sentence that says what is wrong with it.
    """

    def picked(chosen: list[str] | None) -> None:
        if chosen:
            take(", ".join(chosen))

    def typed(words: str | None) -> None:
        if words is not None:
            take(words)

    label = field.label(page.lang)
    if field.kind.widget in PICKED:
        several = field.kind.widget in ("choices", "pickers")
        title = label + ("   " + _("[table.mark] marks, [picker.take] takes them") if several else "")
        page.app.push_screen(Picker(title, search_for(field, page.office), several=several, intro=why), picked)
    else:
        page.app.push_screen(ValueDialog(label, value, why, about(field, page.lang)), typed)


class ValueInput(LineInput):
    """The line of the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Take it", id="value.take")]


class ValueDialog(Dialog[str]):
    """One line; Enter takes it."""

    def __init__(self, title: str, value: str, why: str, help: list[str]) -> None:
        super().__init__()
        self._title, self._value, self._why, self._help = title, value, why, help

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Static(Content(lines(self._title)), id="window-title")
            if self._why:
                yield Static(Content(lines(self._why)), id="window-intro")
            yield ValueInput(self._value, compact=True, id="value")
            if self._help:
                yield Static(Content.assemble((lines("\n".join(self._help)), "$text-muted")))
            yield Hints()

    def on_mount(self) -> None:
        self.query_one(ValueInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)
