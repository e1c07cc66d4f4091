"""The sections of a form on one line; each says how many errors it has."""

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from ..texts import cell, errors_counted, one_line

LEAST = 7  # columns in which a cut name still says something


class SectionBar(Widget):
    """`1 Intervento ─ 2 Persone (1 errore)`."""

    class Chosen(Message):
        """A click on section `index`."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._here = 0

    def show(self, sections: list[tuple[str, int]], here: int) -> None:
        """Names with their numbers of errors, and which one is open."""
        self._names = [
            one_line(f"{place} {name}{f' ({errors_counted(count)})' if count else ''}")
            for place, (name, count) in enumerate(sections, 1)
        ]
        self._here = here
        self.refresh()

    def render(self) -> RenderResult:
        parts: list[tuple[str, str]] = []
        for index, name in enumerate(self._shown()):
            parts += [(" ─ " if index else " ", "$text-muted"), (name, "reverse bold" if index == self._here else "")]
        return Content.assemble(*parts)

    def _shown(self) -> list[str]:
        """The names; when they do not all fit, the others than the open one are cut, or are only numbers."""
        others = len(self._names) - 1
        if sum(map(cell_len, self._names)) + 3 * others < self.size.width:
            return self._names
        room = (self.size.width - 2 - cell_len(self._names[self._here]) - 3 * others) // max(others, 1)
        short = [cell(name, room).rstrip() if room >= LEAST else name.split()[0] for name in self._names]
        return [name if index == self._here else short[index] for index, name in enumerate(self._names)]

    def on_click(self, event: events.Click) -> None:
        at = 1
        for index, name in enumerate(self._shown()):
            at += cell_len(name) + 3
            if event.x < at:
                self.post_message(self.Chosen(index))
                return
