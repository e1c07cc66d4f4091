"""The sections of a form on one line; each says how many errors it has."""

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from ..texts import cell, errors_counted, one_line

LEAST = 6  # columns in which a cut name still says something


class SectionBar(Widget):
    """`1 Intervento ─ 2 Persone (1 errore)`."""

    class Chosen(Message):
        """A click on section `index`."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._sections: list[tuple[str, int]] = []
        self._here = 0

    def show(self, sections: list[tuple[str, int]], here: int) -> None:
        """Names with their numbers of errors, and which one is open."""
        self._sections = [(one_line(f"{place} {name}"), count) for place, (name, count) in enumerate(sections, 1)]
        self._here = here
        self.refresh()

    def render(self) -> RenderResult:
        parts: list[tuple[str, str]] = []
        for index, name in enumerate(self._shown()):
            parts += [(" ─ " if index else " ", "$text-muted"), (name, "reverse bold" if index == self._here else "")]
        return Content.assemble(*parts)

    def _shown(self) -> list[str]:
        """The names; when they do not all fit, the others than the open one are cut, or are only numbers."""
        names = [name + (f" ({errors_counted(count)})" if count else "") for name, count in self._sections]
        others = len(names) - 1
        if sum(map(cell_len, names)) + 3 * others < self.size.width:
            return names
        marks = [f" ▲{count}" if count else "" for _name, count in self._sections]
        used = cell_len(names[self._here]) + sum(map(cell_len, marks)) - cell_len(marks[self._here])
        room = (self.size.width - 2 - used - 3 * others) // max(others, 1)
        short = [cell(name, room).rstrip() if room >= LEAST else name.split()[0] for name, _count in self._sections]
        return [
            names[index] if index == self._here else word + mark
            for index, (word, mark) in enumerate(zip(short, marks, strict=True))
        ]

    def on_click(self, event: events.Click) -> None:
        at = 1
        for index, name in enumerate(self._shown()):
            at += cell_len(name) + 3
            if event.x < at:
                self.post_message(self.Chosen(index))
                return
