"""A view of lines of which only those in sight are drawn."""

from math import ceil
from typing import Any, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._styles_cache import StylesCache
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import _RenderCache

from ..texts import cell

EIGHTHS = 8  # of a line, in which the bar moves


class _Bar(ScrollBar):
    """Painted only when what is seen of it changes: at each key, Textual's own was about a tenth of the work."""

    position: Reactive[float] = Reactive(0, repaint=False)
    window_virtual_size: Reactive[int] = Reactive(100, repaint=False)
    window_size: Reactive[int] = Reactive(0, repaint=False)

    _seen: tuple[int, int] | None = None

    def on_mount(self) -> None:
        for name in ("position", "window_virtual_size", "window_size"):
            self.watch(self, name, self._follow, init=False)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Lays nothing out itself: when it comes or goes, its view is laid out."""
        return super().refresh(*regions, repaint=repaint, recompose=recompose)

    def _follow(self) -> None:
        if self._seen != (seen := self._thumb()):
            self._seen = seen
            self.refresh()

    def _thumb(self) -> tuple[int, int]:
        """Where the handle begins, and how long it is, in eighths of a line."""
        height, lines, window = self.size.height, self.window_virtual_size, self.window_size
        if not height or lines <= window:
            return 0, 0
        long = max(1.0, window * height / lines)
        return int((height - long) * self.position / (lines - window) * EIGHTHS), ceil(long * EIGHTHS)

    def _render_content(self) -> None:
        bar: Any = self.render()
        height, style = self.size.height, bar.style
        drawn = bar.render_bar(
            height, bar.virtual_size, bar.window_size, bar.position, 1, True, style.bgcolor, style.color
        )
        same = {id(one): Strip([one], 1) for one in drawn.segments}
        self._render_cache = _RenderCache(self.size, [same[id(one)] for one in drawn.segments])
        self._dirty_regions.clear()


# What moves the cursor of a table.
MOVES: list[BindingType] = [
    Binding("up", "move(-1)", "Row up", show=False),
    Binding("down", "move(1)", "Row down", show=False),
    Binding("pageup", "page(-1)", "Page up", show=False),
    Binding("pagedown", "page(1)", "Page down", show=False),
    Binding("home", "edge(0)", "First row", show=False),
    Binding("end", "edge(1)", "Last row", show=False),
    Binding("left", "column(-1)", "Column left", show=False),
    Binding("right", "column(1)", "Column right", show=False),
]


class _Lines(StylesCache):
    """Takes the lines of a view as they are when there is nothing around them: Textual's own makes three more of each."""

    bare, room = False, 0

    def render_line(self, styles: Any, y: int, *around: Any) -> Strip:
        if not self.bare:
            return super().render_line(styles, y, *around)
        line: Strip = around[5](y)
        return line if line.cell_length >= self.room else line.adjust_cell_length(self.room)


class LineView(ScrollView):
    """Draws by `render_line`; how many lines there are is said by `measure`."""

    DEFAULT_CSS = "LineView { overflow-x: hidden; }"

    def __init__(self, *, id: str | None = None, can_focus: bool | None = None) -> None:
        super().__init__(id=id, can_focus=can_focus)
        self._styles_cache: _Lines = _Lines()

    @property
    def room(self) -> int:
        """Columns of a line that is being drawn; found out once a paint."""
        return self._styles_cache.room

    def render_lines(self, crop: Region) -> list[Strip]:
        cache, styles, seen = self._styles_cache, self.styles, self.scrollable_content_region
        cache.room = seen.width
        cache.bare = styles.gutter.totals == (0, 0) and self.opacity == styles.text_opacity == 1
        return super().render_lines(crop)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar at the right, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = _Bar(name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def measure(self, lines: int) -> None:
        """There are so many lines now."""
        size = Size(self.size.width, lines)
        if self.styles.auto_dimensions:
            self.virtual_size = size  # and its height is another, too
        elif size != self.virtual_size:
            # Only how far one can scroll is another: laying the whole screen out again for it took half of a key of the filter.
            # When the bar comes or goes it is laid out once, and not a second time for the bar.
            self.set_reactive(LineView.virtual_size, size)
            self._scroll_update(size)

    def said(self, line: int, words: str, style: Style) -> Strip:
        """A line of what stands in place of rows."""
        told = words.split("\n")
        width = self.size.width
        return Strip([Segment(cell("  " + told[line] if line < len(told) else "", width), style)], width)

    def action_column(self, step: int) -> None:
        """A column sideways, where there are any."""

    def on_mouse_scroll_right(self) -> None:
        self.action_column(1)

    def on_mouse_scroll_left(self) -> None:
        self.action_column(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._sideways(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._sideways(event, -1)

    def _sideways(self, event: events.MouseEvent, step: int) -> None:
        """With Shift, as in a spreadsheet: most mice have one wheel."""
        if event.shift:
            self.action_column(step)
            event.stop()
            event.prevent_default()

    def keep_in_sight(self, line: int, head: int) -> None:
        """Scrolls as far as it must so that `line` is seen below the `head` lines that stay."""
        seen, top = max(1, self.size.height - head), self.scroll_offset.y
        if line < top:
            self.scroll_to(y=line, animate=False, immediate=True)
        elif line >= top + seen:
            self.scroll_to(y=line - seen + 1, animate=False, immediate=True)
