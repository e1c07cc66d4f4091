"""A page with one table that `/` filters in place: the same box, keys and words as in a register."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from ..texts import _, counted
from ..widgets.filter_box import FilterBox, FilterInput
from ..widgets.record_table import RecordTable
from .page import Page


class FilteredPage(Page[None]):
    """Yield a `FilterBox` above the table; `reload` shows what `search` leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", id="page.filter"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.search = ""

    def counted(self, count: int, total: int) -> str:
        """`128 of 1.204`, without a filter the total alone."""
        if not self.search:
            return counted(total, self.lang)
        return _("{count} of {total}").format(count=counted(count, self.lang), total=counted(total, self.lang))

    def nothing(self, otherwise: str) -> str:
        """What an empty table says."""
        if not self.search:
            return otherwise
        return _("Nothing matches “{words}”.  [page.back] takes the filter away").format(words=self.search)

    def filter(self) -> None:
        """Called when `search` has changed."""
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # "/" is a letter like others while the filter is typed; Textual knows that of letters only.
        return action != "filter" or not isinstance(self.focused, FilterInput)

    def action_filter(self) -> None:
        self.query_one(FilterBox).open()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.value != self.search:
            self.search = event.value
            self.filter()

    def action_back(self) -> None:
        """Esc takes the filter away first."""
        if self.query_one(FilterBox).opened:
            self.take_away()
        else:
            super().action_back()

    def take_away(self) -> None:
        """Shows all lines again."""
        self.query_one(FilterBox).show("")
        self.query_one(RecordTable).focus()
        if self.search:
            self.search = ""
            self.filter()

    def searching(self, *words: str) -> list[str]:
        """The words of the equivalent command, with what is looked for."""
        return [*words, *(["--search", self.search] if self.search else [])]
