"""Questions before something that is not done lightly. The answer is no until a person says otherwise."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from ..texts import _, lines
from ..widgets.editors import LineInput
from ..widgets.hints import Hints
from .page import Dialog


class Answer(Button):
    """A button that is drawn once when it is pressed, and takes the next key at once: Textual's takes none for 0.2 s."""

    def __init__(self, words: str, id: str) -> None:
        super().__init__(Content(words), id=id, compact=True)
        self.active_effect_duration = 0


class Ask(Dialog[str]):
    """Yes or no; with `reason` a line of text is asked for, too.

    Answers with the reason (or "yes"), and `None` for no.

    Parameters:
        at_once: Enter after the line is the answer, where it undoes nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Answers", id="ask.answers"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
        Binding("n", "back", show=False),
    ]

    def __init__(self, question: str, yes: str, *, reason: str = "", at_once: bool = False) -> None:
        super().__init__()
        self._question, self._yes, self._reason, self._at_once = question, yes, reason, at_once

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Static(Content(lines(self._question)), id="window-title")
            if self._reason:
                yield Static(Content(self._reason), classes="label")
                yield LineInput(id="reason", compact=True)
            with Horizontal(id="answers"):
                yield Answer(_("No, go back"), "no")
                yield Answer(self._yes, "yes")
            yield Hints()

    def on_mount(self) -> None:
        self.query_one("#reason" if self._reason else "#no").focus()

    def on_input_submitted(self) -> None:
        if self._at_once:
            self._answer()
        else:  # Enter alone never decides: it leads to “No”, one more step leads to “Yes”.
            self.query_one("#no").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "no":
            self.dismiss(None)
        else:
            self._answer()

    def _answer(self) -> None:
        reason = self.query_one("#reason", Input).value.strip() if self._reason else "yes"
        if reason:
            self.dismiss(reason)
        else:
            self.query_one("#reason").focus()
            self.app.bell()
