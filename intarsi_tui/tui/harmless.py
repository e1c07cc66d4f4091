"""The last look at what goes to the terminal: no widget, also none of a plugin, can send a control sequence in a text."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from .texts import one_line


class Harmless(LineFilter):
    """Puts visible substitutes for what a widget left in its texts, and keeps the line as wide as it was.

    Attributes:
        before: Textual's own filters. They work in the same step, since for each step each line is built anew with all
            its caches: of a key of the list that was a tenth.
    """

    before: Sequence[LineFilter] = ()

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        for one in self.before:
            segments = one.apply(segments, background)
        if all(text.isprintable() for text, _style, _control in segments):
            return segments
        shown = [Segment(one_line(text), style) for text, style, _control in segments]
        return list(Strip(shown).adjust_cell_length(Segment.get_line_length(segments)))
