"""The sections of a form on one line; each says how many errors it has."""

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from ..texts import cell, errors_counted, one_line

MOST = 2  # lines
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
        self._stand()
        self.refresh()

    def on_resize(self) -> None:
        self._stand()

    def _stand(self) -> None:
        """A second line takes the place of the blank one below."""
        lines = len(self._lines())
        if self.styles.height is None or self.styles.height.value != lines:
            self.styles.height = lines
            self.styles.margin = (0, 0, int(lines == 1), 0)

    def render(self) -> RenderResult:
        parts: list[tuple[str, str]] = []
        for number, line in enumerate(self._lines()):
            for place, (index, name) in enumerate(line):
                before = " ─ " if place else "\n " if number else " "
                parts += [(before, "$text-muted"), (name, "reverse bold" if index == self._here else "")]
        return Content.assemble(*parts)

    def _lines(self) -> list[list[tuple[int, str]]]:
        """Index and name of the sections, on as many lines as they need: one, or two."""
        lines: list[list[tuple[int, str]]] = [[]]
        used = 0
        for index, name in enumerate(self._names()):
            used += 3 + cell_len(name)
            if lines[-1] and used - 2 > self.size.width:
                lines.append([])
                used = 3 + cell_len(name)
            lines[-1].append((index, name))
        return lines if len(lines) <= MOST else [list(enumerate(self._short()))]

    def _names(self) -> list[str]:
        return [name + (f" ({errors_counted(count)})" if count else "") for name, count in self._sections]

    def _short(self) -> list[str]:
        """The names on one line: others than the open one are cut, or are only numbers."""
        names = self._names()
        others = len(names) - 1
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
        for index, name in self._lines()[event.y] if event.y < len(self._lines()) else ():
            at += cell_len(name) + 3
            if event.x < at:
                self.post_message(self.Chosen(index))
                return
