"""The editor of a small table inside the record."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from ...i18n import language
from ...project.file_names import dropped
from ...records.declaration import Field
from ..rows import usual_width
from ..texts import _, cell
from .columns import GAP, Column, beside_first, fit
from .editors import ChosenEditor

MARGIN = 4  # the cursor's bar and the number of the row


class RowsEditor(ChosenEditor):
    """A small table inside the record: a cell is typed into, or opened with Enter, in the row's own form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "Open the row", id="rows.open"),
        Binding("plus,insert", "add", "Add a row", key_display="+", id="rows.add"),
        Binding("delete,backspace", "clear", "Take the row out", id="rows.remove"),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "column(-1)", show=False),
        Binding("right", "column(1)", show=False),
    ]

    class Opened(Message):
        """The row `index` is wanted, or a new one when it is past the end; at the field `name`, with `typed` in it."""

        def __init__(self, editor: "RowsEditor", index: int, name: str = "", typed: str = "") -> None:
            super().__init__()
            self.editor, self.index, self.name, self.typed = editor, index, name, typed

    cursor = 0
    column = 0

    @property
    def rows(self) -> list[Any]:
        return list(self.value or [])

    @property
    def fields(self) -> Sequence[Field]:
        """What the columns show."""
        return self.field.kind.declaration.fields  # type: ignore[attr-defined,no-any-return]

    @property
    def nothing(self) -> str:
        """What stands there when there are no rows."""
        return _("no rows: [rows.add] adds one")

    def places(self) -> list[tuple[int, int]]:
        """Index and width of the columns that have a place; the one with the cursor always has."""
        lang = language()
        columns = [
            Column(one.name, one.label(lang), usual_width(one, lang), one.kind.align, at, one.kind.align == "left")
            for at, one in enumerate(self.fields)
        ]
        room = self.size.width - MARGIN
        found = fit(columns, room)
        return found if self.column in dict(found) else beside_first(columns, room, self.column)

    def render(self) -> RenderResult:
        if not self.rows:
            return Content(self.nothing)
        places, lang = self.places(), language()
        gap = " " * GAP
        heading = gap.join(cell(self.fields[at].label(lang), wide, self.fields[at].kind.align) for at, wide in places)
        parts: list[Any] = [(cell(" " * MARGIN + heading, self.size.width) + "\n", "$text-muted")]
        for index, row in enumerate(self.rows):
            here = index == self.cursor and self.has_focus
            parts.append((f"{'▌' if here else ' '}{index + 1:>2} ", "reverse" if here else ""))
            for number, (at, wide) in enumerate(places):
                field = self.fields[at]
                text = cell(self._shown(field, row.get(field.name)), wide, field.kind.align)
                style = "reverse bold underline" if here and at == self.column else "reverse" if here else ""
                parts += [gap if number else "", (text, style)]
            parts.append("\n")
        return Content.assemble(*parts).rstrip("\n")

    def get_content_height(self, *_sizes: Any) -> int:
        return len(self.rows) + self.head if self.rows else 1

    head = 1
    """Lines above the rows."""

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

    def action_column(self, step: int) -> None:
        self.column = max(0, min(self.column + step, len(self.fields) - 1))
        self.refresh()

    @property
    def field_here(self) -> str:
        return self.fields[self.column].name if self.rows and self.head else ""

    def action_open(self) -> None:
        self.post_message(self.Opened(self, self.cursor, self.field_here))

    def action_add(self) -> None:
        self.post_message(self.Opened(self, len(self.rows)))

    def action_clear(self) -> None:
        rows = self.rows
        if rows:
            del rows[self.cursor]
            self.take(rows)

    def on_key(self, event: events.Key) -> None:
        """What is typed on a cell goes into its field, as in a spreadsheet."""
        if self.field_here and event.is_printable and event.character and event.key not in ("space", "plus"):
            event.stop()
            self.post_message(self.Opened(self, self.cursor, self.field_here, event.character))

    def on_click(self, event: events.Click) -> None:
        self.cursor = max(0, min(event.y - self.head, len(self.rows) - 1))
        if self.head and self.rows:
            left = MARGIN
            for at, wide in self.places():
                if left <= event.x < left + wide + GAP:
                    self.column = at
                left += wide + GAP
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

    head = 0

    @property
    def nothing(self) -> str:
        return _("no files: [files.add] adds one")

    def render(self) -> RenderResult:
        if not self.rows:
            return Content(self.nothing)
        parts: list[Any] = []
        for index, row in enumerate(self.rows):
            here = index == self.cursor and self.has_focus
            text = f"{'▌' if here else ' '}{index + 1}  {self._shown(self.field, row)}"
            parts.append((cell(text, self.size.width) + "\n", "reverse" if here else ""))
        return Content.assemble(*parts).rstrip("\n")

    def action_column(self, step: int) -> None:
        """Files have no columns."""

    def on_paste(self, event: events.Paste) -> None:
        """A terminal types the path of a file that is dropped on it."""
        event.stop()
        if paths := dropped(event.text):
            self.take([*self.rows, *paths])
