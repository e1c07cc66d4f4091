"""A list to choose from, narrowed by what is typed. Fields, commands, registers and help all use it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import ClassVar, NamedTuple, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ...reference.tables import fold
from ..paged import Made
from ..texts import _, lines
from ..widgets.columns import Column, Line
from ..widgets.hints import Hints
from ..widgets.record_table import RecordTable
from .page import Dialog


class Choice(NamedTuple):
    """One entry: what it stands for, its wording, what is said beside it, and other words by which it is found."""

    value: str
    label: str
    note: str = ""
    also: str = ""


LONGEST = 200  # letters of a pasted search
MARKS = 5  # columns at the left in which a click marks
Search = Callable[[str], Sequence[Choice]]
T = TypeVar("T")


def nearest(found: Sequence[T], typed: str, names: Callable[[T], Iterable[str]]) -> Sequence[T]:
    """Whose code or wording is what was typed comes first, then whose begins so; else the order stays.

    Parameters:
        names: the words by which one is known. What is found by other words comes last.
    """
    wanted = fold(typed)
    if not wanted:
        return found

    def distance(one: T) -> int:
        known = [fold(name) for name in names(one)]
        return 0 if wanted in known else 1 if any(name.startswith(wanted) for name in known) else 2

    return sorted(found, key=distance)


def among(choices: Sequence[Choice]) -> Search:
    """A search in a fixed list: every typed word must begin a word of the entry; case and accents do not matter.

    First what is called so or begins so, then what another word for it begins so, then what has the words in its
    wording, then the rest.
    """
    folded = [
        (" " + fold(f"{one.label} {one.note}"), [fold(word) for word in one.also.split(",") if word]) for one in choices
    ]

    def search(typed: str) -> Sequence[Choice]:
        wanted = fold(typed)
        words = [" " + word for word in wanted.split()]
        if not words:
            return choices
        ranks: tuple[list[Choice], ...] = ([], [], [])
        for one, (text, also) in zip(choices, folded, strict=True):
            if all(word in " ".join([text, *also]) for word in words):
                other = any(word.startswith(wanted) for word in also)
                ranks[0 if other else 1 if all(word in text for word in words) else 2].append(one)
        return nearest([*chain(*ranks)], typed, lambda one: one[:3])

    return search


class Picker(Dialog[list[str]]):
    """Answers with the chosen values, or `None` when it was left with Esc.

    Parameters:
        several: space marks, Enter takes the marked ones.
        typed: what was typed before the list opened.
        create: makes a new entry out of what was typed, where that can be done.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Choose", priority=True, id="picker.take"),
        Binding("tab", "take(True)", show=False, priority=True),
        Binding("ctrl+n", "create", "New", priority=True, id="picker.create"),
        Binding("ctrl+u", "clear", "Clear what was typed", show=False),
    ]

    def __init__(
        self,
        title: str,
        search: Search,
        *,
        chosen: Sequence[str] = (),
        several: bool = False,
        typed: str = "",
        intro: str = "",
        notes: int = 24,
        create: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._create = create
        self._title, self._search, self._several, self._typed, self._intro, self._notes = (
            title,
            search,
            several,
            typed,
            intro,
            notes,
        )
        self._chosen = list(chosen)
        self.goes_on = False
        self._found: Sequence[Choice] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Static(Content(lines(self._title)), id="window-title")
            if self._intro:
                yield Static(Content(lines(self._intro)), id="window-intro")
            yield Static(id="typed", markup=False)
            columns = [Column("label", "", 24, grows=True), Column("note", "", self._notes, priority=1, grows=True)]
            columns = columns if self._notes else [Column("label", "", 72, grows=True)]
            yield RecordTable(columns, header=False)
            yield Hints()

    def on_mount(self) -> None:
        self._narrow()

    def _narrow(self) -> None:
        words = Content.assemble("/ ", (lines(self._typed), "bold"), "_")
        self.query_one("#typed", Static).update(words, layout=False)
        self._found = self._search(self._typed)
        at = next((i for i, one in enumerate(self._found) if self._chosen and one.value == self._chosen[0]), 0)
        self._show(0 if self._typed else at)

    def _show(self, cursor: int) -> None:
        rows = Made(self._found, lambda one: Line((self._mark(one) + one.label, one.note)))
        nothing = _("Nothing matches “{typed}”").format(typed=self._typed) if self._typed else _("There is nothing to choose from yet.")  # fmt: skip
        self.query_one(RecordTable).show(rows, cursor=cursor, empty=nothing)

    def _mark(self, one: Choice) -> str:
        return ("[x] " if one.value in self._chosen else "[ ] ") if self._several else ""

    def on_key(self, event: events.Key) -> None:
        # On the screen itself and not in an Input: keys typed while the window still opens are not lost.
        if event.key == "space" and self._several:
            self._toggle()
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._narrow()
        elif event.is_printable and event.character:
            self._typed += event.character
            self._narrow()
        else:
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        self._typed += " ".join(event.text[:LONGEST].split())
        self._narrow()

    def on_click(self, event: events.Click) -> None:
        at, rows = event.screen_offset, self.query_one(RecordTable).region
        if not self.query_one("#window").region.contains_point(at):
            self.action_back()
        elif self._several and rows.contains_point(at) and at.x - rows.x < MARKS and at.y - rows.y < len(self._found):
            self._toggle()

    def action_clear(self) -> None:
        self._typed = ""
        self._narrow()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "create" or self._create is not None

    def action_create(self) -> None:
        if self._create:
            typed = self._typed
            self.dismiss(None)
            self.app.call_later(self._create, typed)

    def _toggle(self) -> None:
        table = self.query_one(RecordTable)
        if self._found:
            value = self._found[table.cursor].value
            self._chosen = (
                [one for one in self._chosen if one != value] if value in self._chosen else [*self._chosen, value]
            )
            self._show(table.cursor)

    def on_record_table_chosen(self) -> None:
        self.action_take()

    def action_take(self, goes_on: bool = False) -> None:
        """Takes the entry; Tab goes on to the next field besides."""
        table = self.query_one(RecordTable)
        self.goes_on = goes_on
        if self._several and self._chosen:
            self.dismiss(self._chosen)
        elif self._found:
            self.dismiss([self._found[table.cursor].value])
        else:
            self.app.bell()
