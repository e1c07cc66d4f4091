"""The screen of an encrypted office that nobody touched for a while, or that somebody locked: it shows nothing until the passphrase is typed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ...host import access
from ...project.keys import unlocked
from ...store.errors import StoreError
from ..texts import _
from ..widgets.hints import Hints
from .page import Dialog


class LockScreen(Dialog[None]):
    """Covers everything; only the passphrase or the recovery key takes it away. What was typed below is still there then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "unlock", "Unlock", priority=True, id="lock.unlock"),
        Binding("escape", "clear", "Begin anew", id="lock.clear"),
    ]

    def __init__(self, *, by_hand: bool = False) -> None:
        super().__init__()
        self._by_hand = by_hand

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Static(
                Content(_("Locked: {office}").format(office=self.office.workspace.path.name)), id="window-title"
            )
            said = _("Type the passphrase, or the recovery key: all is as it was left. [app.quit] closes the program and loses nothing.")  # fmt: skip
            if not self._by_hand:
                said = _("Nobody touched the keyboard for a while.") + " " + said
            yield Static(Content(said), id="window-intro")
            yield Static(Content(_("Passphrase")), classes="label")
            yield Input(password=True, id="typed")
            yield Static("", id="told", markup=False)
            yield Hints()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def action_clear(self) -> None:
        """Esc goes back nowhere here; what was mistyped is begun anew."""
        self.query_one(Input).value = ""
        self._tell("")

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(Content(words))

    async def action_unlock(self) -> None:
        field = self.query_one(Input)
        words, field.value = field.value, ""
        if not words:
            return
        field.disabled = True  # half a second, by design
        self._tell(_("One moment …"))
        right = await self.intarsi.in_background(lambda: self._is_right(words))
        field.disabled = False
        if right:
            self.intarsi.unlock()
            return
        self._tell(_("▲ That is not the passphrase. Look at the capitals and at the keyboard's language."))
        field.focus()

    def _is_right(self, words: str) -> bool:
        def once(path: object, tries: int) -> str:
            if tries:
                raise StoreError("wrong_passphrase", str(path))
            return words

        try:
            right = unlocked(self.office.workspace.key_file, once) == self.office.workspace.key
        except StoreError:
            right = False
        access.log(self.office, "unlocked" if right else "refused")
        return right
