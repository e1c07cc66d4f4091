"""The line in which the words to look for are typed; the list below follows at once."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input, Static

from ..texts import _
from .editors import COMPACT, LineInput
from .record_table import RecordTable

SIGN = 3  # columns before the words
RULE = "─"


class FilterInput(LineInput):
    """Where the words are typed; closed, it is a rule that nobody can go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "To the list", id="filter.leave"),
        Binding("down", "leave", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter--rule"}

    opened = False

    def allow_focus(self) -> bool:
        return self.opened

    def render_line(self, y: int) -> Strip:
        if self.opened:
            return super().render_line(y)
        rule, width = self.get_component_rich_style("filter--rule"), self.size.width
        return Strip([Segment(RULE * width, Style.from_color(rule.color, rule.bgcolor))], width)

    def action_leave(self) -> None:
        self.screen.query_one(RecordTable).focus()


class FilterBox(Horizontal):
    """The rule under the title, and the filter in its place: nothing is laid out anew, and no row moves, when it opens.

    Whoever shows it listens to `Input.Changed`.
    """

    def __init__(self, words: str = "") -> None:
        super().__init__(id="filter")
        self._words = words

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield FilterInput(self._words, compact=True, classes=f"-valid {COMPACT}", placeholder=_("words to look for"))

    def on_mount(self) -> None:
        self._turn(bool(self._words))

    @property
    def opened(self) -> bool:
        """Whether words are typed here, or stand here."""
        return self.query_one(FilterInput).opened

    def open(self) -> None:
        """Asks for words."""
        self._turn(True)
        self.screen.set_focus(self.query_one(FilterInput))

    def show(self, words: str) -> None:
        """Other words than were typed here, of which nobody is told; without any it closes."""
        box = self.query_one(FilterInput)
        with box.prevent(Input.Changed):
            box.value = words
        self._turn(bool(words))

    def _turn(self, opened: bool) -> None:
        box, sign = self.query_one(FilterInput), self.query_one(Static)
        box.opened = opened
        box.refresh()
        sign.update(
            Content(" / ") if opened else Content.styled(RULE * SIGN, "not bold $primary on $background"), layout=False
        )
