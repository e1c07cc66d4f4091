"""A view of lines of which only those in sight are drawn."""

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView

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


class LineView(ScrollView):
    """Draws by `render_line`; how many lines there are is said by `measure`."""

    DEFAULT_CSS = "LineView { overflow-x: hidden; }"

    def measure(self, lines: int) -> None:
        """There are so many lines now."""
        size, height = Size(self.size.width, lines), self.scrollable_content_region.height
        if (lines > height) != (self.virtual_size.height > height) or size.width != self.virtual_size.width:
            self.virtual_size = size
        elif size != self.virtual_size:
            # Only how far one can scroll is another: laying the whole screen out again for it took half of a key of the filter.
            self.set_reactive(LineView.virtual_size, size)
            self._scroll_update(size)

    def keep_in_sight(self, line: int, head: int) -> None:
        """Scrolls as far as it must so that `line` is seen below the `head` lines that stay."""
        seen, top = max(1, self.size.height - head), self.scroll_offset.y
        if line < top:
            self.scroll_to(y=line, animate=False, immediate=True)
        elif line >= top + seen:
            self.scroll_to(y=line - seen + 1, animate=False, immediate=True)
