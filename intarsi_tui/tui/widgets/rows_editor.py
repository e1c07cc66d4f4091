"""The editor of a small table inside the record."""

from typing import Any, ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from ...project.file_names import dropped
from ..texts import _, cell
from .editors import ChosenEditor


class RowsEditor(ChosenEditor):
    """A small table inside the record; each row has a form of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "Open the row", id="rows.open"),
        Binding("plus,insert", "add", "Add a row", key_display="+", id="rows.add"),
        Binding("delete,backspace", "clear", "Take the row out", id="rows.remove"),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    class Opened(Message):
        """The row `index` is wanted, or a new one when it is past the end."""

        def __init__(self, editor: "RowsEditor", index: int) -> None:
            super().__init__()
            self.editor, self.index = editor, index

    cursor = 0

    @property
    def rows(self) -> list[Any]:
        return list(self.value or [])

    @property
    def nothing(self) -> str:
        """What stands there when there are no rows."""
        return _("no rows: + adds one")

    def render(self) -> RenderResult:
        if not self.rows:
            return Content(self.nothing)
        parts: list[Any] = []
        for index, row in enumerate(self.rows):
            here = index == self.cursor and self.has_focus
            text = f"{'▌' if here else ' '}{index + 1}  {self._shown(self.field, row)}"
            parts.append((cell(text, self.size.width) + "\n", "reverse" if here else ""))
        return Content.assemble(*parts).rstrip("\n")

    def get_content_height(self, *_sizes: Any) -> int:
        return max(1, len(self.rows))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def show(self, value: Any) -> None:
        super().show(value)
        self.cursor = max(0, min(self.cursor, len(self.rows) - 1))
        self.refresh(layout=True)

    def action_step(self, step: int) -> None:
        wanted = self.cursor + step
        if 0 <= wanted < len(self.rows):
            self.cursor = wanted
            self.refresh()
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_open(self) -> None:
        self.post_message(self.Opened(self, self.cursor))

    def action_add(self) -> None:
        self.post_message(self.Opened(self, len(self.rows)))

    def action_clear(self) -> None:
        rows = self.rows
        if rows:
            del rows[self.cursor]
            self.take(rows)

    def on_click(self, event: events.Click) -> None:
        self.cursor = max(0, min(event.y, len(self.rows) - 1))
        self.refresh()
        if event.chain == 2 or not self.rows:
            self.action_open()


class FilesEditor(RowsEditor):
    """Several attached files: each path is typed in a window of its own, or the file is dropped here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "Another file", id="files.open"),
        Binding("plus,insert", "add", "Add a file", key_display="+", id="files.add"),
        Binding("delete,backspace", "clear", "Take the file out", id="files.remove"),
    ]

    @property
    def nothing(self) -> str:
        return _("no files: + adds one")

    def on_paste(self, event: events.Paste) -> None:
        """A terminal types the path of a file that is dropped on it."""
        event.stop()
        if paths := dropped(event.text):
            self.take([*self.rows, *paths])
