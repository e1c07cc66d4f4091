"""A view of lines of which only those in sight are drawn."""

from textual.geometry import Size
from textual.scroll_view import ScrollView


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
