"""The last look at what goes to the terminal: no widget, also none of a plugin, can send a control sequence in a text."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from .texts import one_line


class Harmless(LineFilter):
    """Puts visible substitutes for what a widget left in its texts, and keeps the line as wide as it was."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(text.isprintable() for text, _style, _control in segments):
            return segments
        shown = [Segment(one_line(text), style) for text, style, _control in segments]
        return list(Strip(shown).adjust_cell_length(Segment.get_line_length(segments)))
