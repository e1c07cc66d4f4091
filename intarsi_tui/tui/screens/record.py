"""One record, read only, with what was done to it."""

from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...host import access
from ...host.attached import Found, of_record
from ...project.opening import open_copy
from ..form_state import file_note
from ..masks import turn, turning
from ..rows import title_of
from ..texts import _
from ..widgets.details import Details
from .acts import confirm, edit, mark_sent, void
from .page import Page
from .picker import Choice, Picker, among


class RecordScreen(Page[None]):
    """The record `uid` of a register."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="record.edit"),
        Binding("m", "reveal", "Show the name", id="record.reveal"),
        Binding("o", "confirm", "Confirm", id="record.confirm"),
        Binding("d", "void", "Void", id="record.void"),
        Binding("b", "sent", "Mark as sent, for good", show=False, id="record.sent"),
        Binding("f", "open_file", "Open a file", id="record.open_file"),
        Binding("u", "app.undo", "Undo", id="record.undo"),
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
        declaration = self.office.readable[self.table_name]
        self.say_title(
            f"{declaration.label(self.lang)} ▸ {title_of(declaration, self._doc, self.office)}",
            declaration.by_name["state"].show(self._doc, self.lang),
        )
        details, records = self.query_one(Details), self.office.table(self.table_name)
        details.show(declaration, self._doc, self.office)
        if self.table_name in self.office.declarations and self._doc["state"] != "void":
            self.read_slowly(lambda: records.problems({}, self.uid), details.warn)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open_file":
            return bool(self._files())
        if action == "reveal":
            return self.office.readable[self.table_name].masks(self._doc or {}, self.office.today)
        state = (self._doc or {}).get("state")
        allowed = {
            "edit": ("draft", "confirmed"),
            "confirm": ("draft",),
            "sent": ("confirmed",),
            "void": ("draft", "confirmed", "sent"),
        }
        return state in allowed[action] if action in allowed else True

    def described(self, binding: Binding) -> Binding:
        return turning(binding, self.office, self._doc)

    def action_reveal(self) -> None:
        if self._doc:
            turn(self, self.office.readable[self.table_name], self._doc)

    def action_edit(self) -> None:
        if self._doc:
            edit(self, self.table_name, self._doc)

    def action_confirm(self) -> None:
        if self._doc:
            confirm(self, self.table_name, self._doc)

    def action_sent(self) -> None:
        if self._doc:
            mark_sent(self, self.table_name, self._doc)

    def action_void(self) -> None:
        if self._doc:
            void(self, self.table_name, self._doc)

    def _files(self) -> list[Found]:
        return of_record(self.office.readable[self.table_name], self._doc or {})

    def action_open_file(self) -> None:
        """Opens the record's attached file; of several, the one that is chosen."""
        files = {one.named.path: one for one in self._files()}
        if len(files) < 2:
            self._open(*files.values())
            return
        office = self.office
        choices = [
            Choice(path, one.named.label(self.lang), file_note(office, one.named.value)) for path, one in files.items()
        ]

        def take(chosen: list[str] | None) -> None:
            if chosen:
                self._open(files[chosen[0]])

        self.app.push_screen(Picker(_("Open a file"), among(choices)), take)

    def _open(self, found: Found) -> None:
        def done(opened: tuple[Path, bool]) -> None:
            copy, started = opened
            text = (
                _("Opened a copy: {path}") if started else _("No display or program to open it with; the copy: {path}")
            )
            self.tell(text.format(path=copy))

        def copied() -> tuple[Path, bool]:
            opened = open_copy(self.office.workspace.files, found.named.value)
            access.log(self.office, "attachment", self.table_name, self.uid, found.named.path)
            return opened

        self.write(copied, done)

    def action_copy_command(self) -> None:
        declaration = self.office.readable[self.table_name]
        reference = (self._doc or {}).get("number") or self.uid
        self.intarsi.copy_command(declaration.plugin, declaration.command, "show", reference)
