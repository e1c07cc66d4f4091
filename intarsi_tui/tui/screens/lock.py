"""The screen of an encrypted office that nobody touched for a while: it shows nothing until the passphrase is typed."""

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
        Binding("escape", "bell", show=False),
        Binding("enter", "unlock", "Unlock", priority=True, id="lock.unlock"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Static(
                Content(_("Locked: {office}").format(office=self.office.workspace.path.name)), id="window-title"
            )
            yield Static(Content(_("Type the passphrase to go on. F10 leaves.")), id="window-intro")
            yield Input(password=True, id="typed")
            yield Static("", id="told", markup=False)
            yield Hints()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    async def action_unlock(self) -> None:
        field = self.query_one(Input)
        words, field.value = field.value, ""
        if not words:
            return
        field.disabled = True  # half a second, by design
        right = await self.intarsi.in_background(lambda: self._is_right(words))
        field.disabled = False
        if right:
            self.dismiss()
            return
        self.query_one("#told", Static).update(Content(_("That is not the passphrase.")))
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
