"""A table of any length: it draws only the rows in sight, from a sequence that somebody else owns."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from ..texts import cell, one_line
from .columns import GAP, Column, Line, beside_first, fit
from .scrolling import MOVES, LineView

MARGIN = 2  # the cursor's bar, and the sign of a marked row
_UNDERLINE = Style(underline=True)


class RecordTable(LineView, can_focus=True):
    """Rows with a cursor. Show others with `show`; listen to `Moved`, `Chosen`, `HeaderChosen` and `Marked`.

    Parameters:
        marked: whether the row of an index is marked; without it rows cannot be marked.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header", "table--cursor", "table--blurred", "table--void", "table--broken", "table--cell",
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="table.open"),
        *MOVES,
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

    class Marked(_Of):
        """The rows from `index` to `last` are to be marked, or (`on` is False) not to be."""

        def __init__(self, table: "RecordTable", index: int, last: int, on: bool) -> None:
            super().__init__(table, index)
            self.last, self.on = last, on

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        header: bool = True,
        picks_column: bool = False,
        marked: Callable[[int], bool] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns: Sequence[Column] = columns
        self.rows: Sequence[Line] = ()
        self.header = header
        self.picks_column = picks_column
        self.marked = marked
        self.empty = ""
        self.sorted_by = ""
        self._from: int | None = None  # the column beside the first one, once the table was moved sideways
        self._placed: tuple[int, Sequence[Column], int | None, list[tuple[int, int]]] | None = None

    def show(
        self, rows: Sequence[Line], *, cursor: int = 0, columns: Sequence[Column] | None = None, empty: str = ""
    ) -> None:
        """Other rows (and columns): the cursor goes to `cursor`; `empty` is said when there are none.

        A column named in `sorted_by` (`-` first for descending) has its arrow in the header.
        """
        if bool(rows) != bool(self.rows):
            self.refresh_bindings()
        self.rows, self.empty = rows, empty
        if columns is not None and columns != self.columns:
            self.columns, self._from = columns, None
            self.set_reactive(RecordTable.column, min(self.column, len(columns) - 1))
        self._measure()
        self.set_reactive(RecordTable.cursor, max(0, min(cursor, len(rows) - 1)))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self, self.cursor))

    def wait(self, words: str) -> None:
        """Says `words` in place of rows, until `show`."""
        self.show((), empty=words)

    @property
    def places(self) -> list[tuple[int, int]]:
        """Index and width of the columns on screen."""
        return self._places(self.scrollable_content_region.width - MARGIN)

    def _places(self, room: int) -> list[tuple[int, int]]:
        known = self._placed
        if known is None or known[0] != room or known[1] is not self.columns or known[2] != self._from:
            places = fit(self.columns, room) if self._from is None else beside_first(self.columns, room, self._from)
            self._placed = known = room, self.columns, self._from, places
        return known[3]

    def _measure(self) -> None:
        self.measure(len(self.rows) + self.header)

    def on_resize(self) -> None:
        self._measure()
        # A window that was small for a moment has hidden what is above.
        if self.cursor + self.header < self.size.height:
            self.scroll_to(y=0, animate=False, immediate=True)
        self._keep_in_sight()

    # drawing

    def render_line(self, y: int) -> Strip:
        width = self.room
        if self.header and y == 0:
            return self._heading(width)
        index = y - self.header + self.scroll_offset.y
        if index < len(self.rows):
            line = self.rows[index]
            here = index == self.cursor
            tone = ("cursor" if self.has_focus else "blurred") if here else line.tone or "cell"
            mark = ("▌" if here and self.has_focus else "▏" if here else " ") + (
                "*" if self.marked is not None and self.marked(index) else " "
            )
            return self._strip(mark, line.cells, tone, width, underlined=here)
        if not self.rows:
            return self.said(y - self.header, self.empty, self.get_component_rich_style("table--void"))
        return Strip.blank(width, self.rich_style)

    def _heading(self, width: int) -> Strip:
        places = dict(self._places(width - MARGIN))
        labels = [column.label for column in self.columns]
        for index in places:
            column = self.columns[index]
            if column.name and column.name == self.sorted_by.lstrip("-"):
                arrow = " ▼" if self.sorted_by.startswith("-") else " ▲"
                labels[index] = cell(column.label, min(max(places[index] - 2, 1), cell_len(column.label))) + arrow
        # Signs of what is not in sight: columns at the left, or at the right (or dropped for want of room).
        shown = list(places)
        gone = len(shown) < len(self.columns)
        mark = ("‹" if self._from is not None and self._from > 1 else " ") + (
            "›" if gone and (self._from is None or shown[-1] < len(self.columns) - 1) else " "
        )
        return self._strip(mark if self.picks_column else "  ", labels, "header", width, underlined=True)

    def _strip(self, mark: str, cells: Sequence[str], tone: str, width: int, *, underlined: bool) -> Strip:
        style = self.get_component_rich_style(f"table--{tone}")
        picked = self.column if underlined and self.picks_column and self.has_focus else -1
        # One style, one control sequence: 1,180 bytes of a step down became less than a half.
        segments, words, used = [], mark, MARGIN
        for number, (index, wide) in enumerate(self._places(width - MARGIN)):
            words += " " * GAP if number else ""
            used += wide + (GAP if number else 0)
            text = cell(cells[index] if index < len(cells) else "", wide, self.columns[index].align)
            if index == picked:
                segments += [Segment(words, style), Segment(text, style + _UNDERLINE)]
                words = ""
            else:
                words += text
        segments.append(Segment(words + " " * (width - used), style))
        strip = Strip(segments, max(used, width))
        return strip if used <= width else strip.adjust_cell_length(width, style)

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
        self.keep_in_sight(self.cursor, self.header)

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
        """The next column; one that is not in sight is moved into sight, and the first one stays where it is."""
        if not self.picks_column or not self.columns:
            return
        wanted = max(0, min(self.column + step, len(self.columns) - 1))
        if wanted == 0:
            self._from = None
            self.refresh()
        elif wanted not in dict(self.places):
            self._from = wanted
            # To the right as far as it must go and no further: the columns before it stay beside it.
            while step > 0 and self._from > 1 and wanted in dict(self._from_places(self._from - 1)):
                self._from -= 1
            self.refresh()
        self.column = wanted

    def _from_places(self, start: int) -> list[tuple[int, int]]:
        return beside_first(self.columns, self.scrollable_content_region.width - MARGIN, start)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is nothing, there is nothing to open."""
        return action != "choose" or bool(self.rows)

    def action_choose(self) -> None:
        if self.rows:
            self.post_message(self.Chosen(self, self.cursor))

    # the mouse

    def on_click(self, event: events.Click) -> None:
        column = self._column_at(event.x)
        if self.header and event.y == 0:
            if column is not None:
                self.post_message(self.HeaderChosen(self, column))
            return
        index = event.y - self.header + self.scroll_offset.y
        if index >= len(self.rows):
            return
        before = self.cursor
        self.column = self.column if column is None else column
        self.cursor = index
        if self.marked is not None and (event.ctrl or event.shift):
            first, last = sorted((before, index)) if event.shift else (index, index)
            self.post_message(self.Marked(self, first, last, event.shift or not self.marked(index)))
        elif event.chain == 2:
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
