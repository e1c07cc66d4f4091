"""A table with a cursor on cells: names stay at the left, sums at the right, what lies between moves sideways."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from ...grid import GridColumn, GridRow, GridView
from ..texts import cell
from .columns import GAP
from .scrolling import MOVES, LineView

MARGIN = 2  # the cursor's bar and a blank
SEEN = 5  # columns that can be marked: fewer in sight, and a name gives way

Placed = list[tuple[int, int]]  # index and width of columns

_TONES = {"heading": "heading", "off": "void"}


class GridTable(LineView, can_focus=True):
    """The rows and columns of a `GridView`; draws only what is in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header", "table--heading", "table--cell", "table--blurred", "table--cursor", "table--void",
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="grid.open"),
        *MOVES,
        Binding("ctrl+left", "columns(-1)", "Columns before", show=False, id="grid.columns_before"),
        Binding("ctrl+right", "columns(1)", "Columns after", show=False, id="grid.columns_after"),
    ]

    class Moved(Message):
        """The cursor is on another cell."""

    class Chosen(Message):
        """Enter, or a double click, on a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.view = GridView((), ())
        self.row = 0
        self.column = 0  # among the columns that can be marked
        self._first = 0  # of them, the one that stands leftmost
        self._sort_columns()

    def show(self, view: GridView) -> None:
        """Shows another state; the cursor stays on its row and column as long as they are there."""
        row, column = self.at
        offered = self.check_action("choose", ())
        if [one.name for one in view.columns] != [one.name for one in self.view.columns]:
            self._first = 0
        self.view = view
        self._sort_columns()
        names = [one.name for one in view.rows]
        self.row = names.index(row) if row in names else max(0, min(self.row, len(names) - 1))
        marks = [view.columns[index].name for index in self._marks]
        wanted = column or view.start
        self.column = marks.index(wanted) if wanted in marks else max(0, min(self.column, len(marks) - 1))
        self.on_resize()
        self.refresh()
        if self.check_action("choose", ()) != offered:
            self.refresh_bindings()
        self.post_message(self.Moved())

    @property
    def at(self) -> tuple[str, str]:
        """Names of the row and the column of the cursor, "" where there is none."""
        row = self.view.rows[self.row].name if self.view.rows else ""
        return row, self.view.columns[self._marks[self.column]].name if self._marks else ""

    def _sort_columns(self) -> None:
        columns = self.view.columns
        self._marks = [index for index, column in enumerate(columns) if column.mark]
        first = self._marks[0] if self._marks else len(columns)
        self._left = list(range(first))
        self._right = [index for index in range(first, len(columns)) if not columns[index].mark]
        # The longest name that there is: what it does not need stays blank at the right end.
        names = (row.cells[self._left[0]] for row in self.view.rows if self._left and row.tone != "heading")
        self._longest = max(map(cell_len, names), default=0)

    def on_resize(self) -> None:
        self.measure(len(self.view.rows) + 1)
        self._keep_in_sight()

    # which columns there is room for

    def _width(self, indexes: Iterable[int]) -> int:
        return sum(self.view.columns[index].width + GAP for index in indexes)

    def _places(self) -> tuple[Placed, Placed, Placed]:
        """Index and width of the columns in sight: at the left, between, at the right."""
        columns = self.view.columns
        room = self.scrollable_content_region.width - MARGIN + GAP
        left, right = list(self._left), list(self._right)
        least = self._width(self._marks[:SEEN])
        while len(left) > 1 and self._width([*left, *right]) + least > room:
            left.pop()
        # A name is worth more than a column that one step to the side brings.
        wanted = self._longest - columns[left[0]].width if left else 0
        more = max(0, min(wanted, room - self._width([*left, *right]) - least))
        while right and self._width([*left, *right]) + self._width(self._marks[:1]) > room:
            right.pop(0)
        # At the very end there is a place for “›”.
        free = room - self._width([*left, *right]) - more - (not right)
        middle: list[int] = []
        for index in self._marks[self._first :]:
            if self._width([*middle, index]) > free:
                break
            middle.append(index)
        spare = free - self._width(middle if self._first or len(middle) < len(self._marks) else self._marks)
        widths = {index: columns[index].width for index in (*left, *middle, *right)}
        if left:
            widths[left[0]] = max(widths[left[0]], min(widths[left[0]] + more + max(0, spare), self._longest))
        return tuple([(index, widths[index]) for index in some] for some in (left, middle, right))  # type: ignore[return-value]

    def _keep_in_sight(self) -> None:
        self.keep_in_sight(self.row, 1)
        self._first = min(self._first, self.column)
        while self._first < self.column:
            middle = self._places()[1]
            if self._first + len(middle) > self.column:
                break
            self._first += 1

    # drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._header(width)
        index = y - 1 + self.scroll_offset.y
        if index < len(self.view.rows):
            return self._strip(self.view.rows[index], width, here=index == self.row)
        if not self.view.rows:
            return self.said(y - 1, self.view.empty, self._tone("void"))
        return Strip.blank(width, self.rich_style)

    def _tone(self, name: str) -> Style:
        return self.get_component_rich_style(f"table--{name}")

    def _header(self, width: int) -> Strip:
        left, middle, right = self._places()
        style, columns = self._tone("header"), self.view.columns
        more = bool(middle) and middle[-1][0] != self._marks[-1]
        segments = [Segment(("‹ " if self._first else "  "), style)]
        for index, wide in (*left, *middle, *right):
            column = columns[index]
            here = self._marks and index == self._marks[self.column]
            words = cell(column.label, wide, column.align)
            segments.append(Segment(words, style + Style(underline=True) if here else style))
            end = more and index == middle[-1][0]
            segments.append(Segment(("›" if end else " ") + " " * (GAP - 1), style))
        return Strip(segments).simplify().adjust_cell_length(width, style)

    def _strip(self, row: GridRow, width: int, *, here: bool) -> Strip:
        style = self._tone("blurred" if here else _TONES.get(row.tone, "cell"))
        segments = [Segment("▌ " if here and self.has_focus else "▏ " if here else "  ", style)]
        if row.tone == "heading":
            words = cell("  ".join(filter(None, row.cells)), max(width - MARGIN, 1))
            return Strip([*segments, Segment(words, style)]).adjust_cell_length(width, style)
        left, middle, right = self._places_now()
        marked = self._marks[self.column] if self._marks and here and self.has_focus else -1
        for index, wide in (*left, *middle, *right):
            words = cell(row.cells[index], wide, self.view.columns[index].align)
            segments.append(Segment(words, self._tone("cursor") if index == marked else style))
            segments.append(Segment(" " * GAP, style))
        return Strip(segments).simplify().adjust_cell_length(width, style)

    def _places_now(self) -> tuple[Placed, Placed, Placed]:
        """`_places` of this view at this size, worked out once for all rows."""
        state = (id(self.view), self.scrollable_content_region.width, self._first)
        if getattr(self, "_known", (None,))[0] != state:
            self._known = (state, self._places())
        return self._known[1]

    # moving

    def move_to(self, row: int, column: int) -> None:
        """Puts the cursor there, as far as there are rows and columns."""
        before, beside, first, offered = self.row, self.column, self._first, self.check_action("choose", ())
        self.row = max(0, min(row, len(self.view.rows) - 1))
        self.column = max(0, min(column, len(self._marks) - 1))
        self._keep_in_sight()
        if self._first != first:
            self.refresh()
        else:
            self._refresh_between(before, beside)
        if self.check_action("choose", ()) != offered:
            self.refresh_bindings()
        self.post_message(self.Moved())

    def _refresh_between(self, row: int, column: int) -> None:
        """Only what has changed since the cursor was there: over SSH the whole of a large grid is some 10 kB a key."""
        lines = {one + 1 - self.scroll_offset.y for one in (row, self.row)}
        if row != self.row:
            self.refresh(*(Region(0, line, self.size.width, 1) for line in lines))
        if column != self.column:
            cells = [self._across(self._marks[one]) for one in (column, self.column)]
            self.refresh(*(Region(x, line, width, 1) for x, width in cells for line in (0, *lines)))

    def _across(self, index: int) -> tuple[int, int]:
        """Where a column begins, and how wide it is."""
        left = MARGIN
        for one, width in (one for some in self._places_now() for one in some):
            if one == index:
                return left, width
            left += width + GAP
        return 0, 0

    def action_move(self, step: int) -> None:
        self.move_to(self.row + step, self.column)

    def action_column(self, step: int) -> None:
        self.move_to(self.row, self.column + step)

    def action_columns(self, step: int) -> None:
        """As many columns as are in sight, as a page of rows."""
        self.action_column(step * max(1, len(self._places_now()[1])))

    def action_page(self, step: int) -> None:
        self.move_to(self.row + step * max(1, self.size.height - 1), self.column)

    def action_edge(self, last: int) -> None:
        self.move_to((len(self.view.rows) - 1) * last, self.column)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A heading leads nowhere, so its Enter is not offered."""
        return action != "choose" or bool(self.view.rows and self.view.rows[self.row].tone != "heading")

    def action_choose(self) -> None:
        if self.view.rows:
            self.post_message(self.Chosen())

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        row = event.y - 1 + self.scroll_offset.y
        if not 0 <= row < len(self.view.rows):
            return
        index = self._column_at(event.x, [one for some in self._places_now() for one in some])
        self.move_to(row, self._marks.index(index) if index in self._marks else self.column)
        if event.chain == 2:
            self.action_choose()

    def _column_at(self, x: int, placed: Sequence[tuple[int, int]]) -> int:
        left = MARGIN
        for index, width in placed:
            if left <= x < left + width + GAP:
                return index
            left += width + GAP
        return -1

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The columns that can be marked."""
        return [self.view.columns[index] for index in self._marks]
