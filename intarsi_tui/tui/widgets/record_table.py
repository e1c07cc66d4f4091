"""A table of any length: it draws only the rows in sight, from a sequence that somebody else owns."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..texts import cell, one_line
from .columns import GAP, Column, Line, fit

MARGIN = 2  # the cursor's bar and a blank
_UNDERLINE = Style(underline=True)


class RecordTable(ScrollView, can_focus=True):
    """Rows with a cursor. Show others with `show`; listen to `Moved`, `Chosen` and `HeaderChosen`."""

    DEFAULT_CSS = "RecordTable { overflow-x: hidden; }"

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header", "table--cursor", "table--blurred", "table--void", "table--broken", "table--cell",
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="table.open"),
        Binding("up", "move(-1)", "Row up", show=False),
        Binding("down", "move(1)", "Row down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "First row", show=False),
        Binding("end", "edge(1)", "Last row", show=False),
        Binding("left", "column(-1)", "Column left", show=False),
        Binding("right", "column(1)", "Column right", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the row that keys act on."""

    column: reactive[int] = reactive(0, repaint=False)
    """Index of the column that sorting and copying act on."""

    class _Of(Message):
        def __init__(self, table: "RecordTable", index: int) -> None:
            super().__init__()
            self.table, self.index = table, index

        @property
        def control(self) -> "RecordTable":
            return self.table

    class Moved(_Of):
        """The cursor is on another row, or the rows have changed."""

    class Chosen(_Of):
        """Enter, or a double click, on a row."""

    class HeaderChosen(_Of):
        """A click on the header of column `index`."""

    def __init__(
        self, columns: Sequence[Column] = (), *, header: bool = True, picks_column: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.columns: Sequence[Column] = columns
        self.rows: Sequence[Line] = ()
        self.header = header
        self.picks_column = picks_column
        self.empty = ""
        self.sorted_by = ""

    def show(
        self, rows: Sequence[Line], *, cursor: int = 0, columns: Sequence[Column] | None = None, empty: str = ""
    ) -> None:
        """Other rows (and columns): the cursor goes to `cursor`; `empty` is said when there are none.

        A column named in `sorted_by` (`-` first for descending) has its arrow in the header.
        """
        self.rows, self.empty = rows, empty
        self.columns = self.columns if columns is None else columns
        self._measure()
        self.set_reactive(RecordTable.cursor, max(0, min(cursor, len(rows) - 1)))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    @property
    def places(self) -> list[tuple[int, int]]:
        """Index and width of the columns on screen."""
        return fit(self.columns, self.scrollable_content_region.width - MARGIN)

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.rows) + self.header)

    def on_resize(self) -> None:
        self._measure()
        self._keep_in_sight()

    # drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self.header and y == 0:
            return self._strip(Line([column.label for column in self.columns], "header"), width, cursor=False)
        index = y - self.header + self.scroll_offset.y
        if index < len(self.rows):
            return self._strip(self.rows[index], width, cursor=index == self.cursor)
        if not self.rows and y == self.header:
            style = self.get_component_rich_style("table--void")
            return Strip([Segment(cell("  " + self.empty, width), style)], width)
        return Strip.blank(width, self.rich_style)

    def _strip(self, line: Line, width: int, *, cursor: bool) -> Strip:
        tone = ("cursor" if self.has_focus else "blurred") if cursor else line.tone or "cell"
        style = self.get_component_rich_style(f"table--{tone}")
        parts = []
        for index, wide in self.places:
            column = self.columns[index]
            text = line.cells[index] if index < len(line.cells) else ""
            words = cell(text, wide, column.align)
            if line.tone == "header" and column.name and column.name == self.sorted_by.lstrip("-"):
                arrow = " ▼" if self.sorted_by.startswith("-") else " ▲"
                words = cell(cell(text, min(wide - 2, cell_len(text))) + arrow, wide, column.align)
            here = self.picks_column and index == self.column and self.has_focus and (cursor or line.tone == "header")
            parts.append((words, here))
        segments = [Segment("▌ " if cursor else "  ", style)]
        underlined = style + _UNDERLINE
        for number, (words, here) in enumerate(parts):
            segments.append(Segment((" " * GAP if number else ""), style))
            segments.append(Segment(words, underlined if here else style))
        # One style, one control sequence: 1,180 bytes of a step down became less than a half.
        return Strip(segments).simplify().adjust_cell_length(width, style)

    # moving

    def watch_cursor(self, old: int, new: int) -> None:
        self._keep_in_sight()
        for index in (old, new):
            self._refresh_row(index + self.header - self.scroll_offset.y)
        self.post_message(self.Moved(self, new))

    def watch_column(self) -> None:
        self._refresh_row(0)
        self._refresh_row(self.cursor + self.header - self.scroll_offset.y)

    def _refresh_row(self, y: int) -> None:
        self.refresh(Region(0, y, self.size.width, 1))

    def validate_cursor(self, index: int) -> int:
        return max(0, min(index, len(self.rows) - 1))

    def _keep_in_sight(self) -> None:
        seen = max(1, self.size.height - self.header)
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + seen:
            self.scroll_to(y=self.cursor - seen + 1, animate=False, immediate=True)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_move(self, step: int) -> None:
        self.cursor += step

    def action_page(self, step: int) -> None:
        self.cursor += step * max(1, self.size.height - self.header)

    def action_edge(self, last: int) -> None:
        self.cursor = (len(self.rows) - 1) * last

    def action_column(self, step: int) -> None:
        shown = [index for index, _width in self.places]
        if self.picks_column and shown:
            at = shown.index(self.column) if self.column in shown else 0
            self.column = shown[max(0, min(at + step, len(shown) - 1))]

    def action_choose(self) -> None:
        if self.rows:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        column = self._column_at(event.x)
        if self.header and event.y == 0:
            if column is not None:
                self.post_message(self.HeaderChosen(self, column))
            return
        index = event.y - self.header + self.scroll_offset.y
        if index >= len(self.rows):
            return
        self.column = self.column if column is None else column
        self.cursor = index
        if event.chain == 2:
            self.action_choose()

    def _column_at(self, x: int) -> int | None:
        left = MARGIN
        for index, width in self.places:
            if left <= x < left + width + GAP:
                return index
            left += width + GAP
        return None

    def text_at_cursor(self) -> str:
        """The cell under the cursor, as it is read."""
        if not self.rows:
            return ""
        line = self.rows[self.cursor]
        return one_line(line.cells[self.column]) if self.column < len(line.cells) else ""
