"""One record, read only, with what was done to it."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ..rows import title_of
from ..widgets.details import Details
from .acts import confirm, edit, void
from .page import Page


class RecordScreen(Page[None]):
    """The record `uid` of a register."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="record.edit"),
        Binding("o", "confirm", "Confirm", id="record.confirm"),
        Binding("d", "void", "Void", id="record.void"),
        Binding("u", "app.undo", "Undo", id="record.undo"),
        Binding("Y", "copy_command", "Copy the command", key_display="Y", show=False, id="record.copy_command"),
    ]

    def __init__(self, table: str, uid: str) -> None:
        super().__init__()
        self.table_name, self.uid = table, uid
        self._doc: dict[str, Any] | None = None

    def body(self) -> ComposeResult:
        yield Details()

    def on_mount(self) -> None:
        self.query_one(Details).focus()

    def reload(self) -> None:
        self._doc = self.office.get(self.table_name, self.uid)
        if self._doc is None:  # it was undone
            self.dismiss(None)
            return
        declaration = self.office.declarations[self.table_name]
        self.say_title(
            f"{declaration.label(self.lang)} ▸ {title_of(declaration, self._doc, self.office)}",
            declaration.by_name["state"].show(self._doc, self.lang),
        )
        self.query_one(Details).show(declaration, self._doc, self.office)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        state = (self._doc or {}).get("state")
        allowed = {"edit": ("draft", "confirmed"), "confirm": ("draft",), "void": ("draft", "confirmed", "sent")}
        return state in allowed[action] if action in allowed else True

    def action_edit(self) -> None:
        if self._doc:
            edit(self, self.table_name, self._doc)

    def action_confirm(self) -> None:
        if self._doc:
            confirm(self, self.table_name, self._doc)

    def action_void(self) -> None:
        if self._doc:
            void(self, self.table_name, self._doc)

    def action_copy_command(self) -> None:
        declaration = self.office.declarations[self.table_name]
        reference = (self._doc or {}).get("number") or self.uid
        self.intarsi.copy_command(declaration.plugin, declaration.command, "show", reference)
