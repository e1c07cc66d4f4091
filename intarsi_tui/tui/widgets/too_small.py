"""What covers a screen in a window that is too small for it."""

from textual.content import Content
from textual.widgets import Static

from ..texts import _


class TooSmall(Static):
    """Over the screen and not in its place: what is hidden would lose the focus."""

    def __init__(self) -> None:
        words = _("The window is too small: make it at least 60 columns wide and 16 rows high.")
        super().__init__(Content(words), id="too-small")
