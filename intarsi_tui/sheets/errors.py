"""The one error of the sheets engine, and the messages it shares with reports and findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .messages import MESSAGES


@dataclass(frozen=True, slots=True)
class Message:
    """A message as data: a code and its parameters, worded when somebody reads it."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """What is the matter, in Italian (`it`) or English (anything else)."""
        return MESSAGES[self.code][0 if lang == "it" else 1].format(**self.params)

    def hint(self, lang: str = "en") -> str:
        """What to do next; empty when there is nothing to add."""
        return MESSAGES[self.code][2 if lang == "it" else 3].format(**self.params)

    def __str__(self) -> str:
        return self.text()


class SheetError(Exception):
    """Everything that can be wrong with a workbook or with what is to be written into it.

    `file`, `part` (a name inside the workbook's package) and `cell` say where, empty when they do not apply;
    `code` and `params` are for programs; `message` and `hint` are the English wording, `text("it")` the Italian one.
    """

    def __init__(self, code: str, /, *, file: str = "", part: str = "", cell: str = "", **params: object) -> None:
        super().__init__(code)
        self.problem = Message(code, params)
        self.file = file
        self.part = part
        self.cell = cell

    @property
    def code(self) -> str:
        return self.problem.code

    @property
    def params(self) -> Mapping[str, object]:
        return self.problem.params

    @property
    def message(self) -> str:
        return self.problem.text()

    @property
    def hint(self) -> str:
        return self.problem.hint()

    def text(self, lang: str = "en") -> str:
        """One sentence with the place first: `file.xlsx, Foglio1!B3: what is wrong`."""
        # A part name tells a clerk nothing once the cell is known.
        places = [Path(self.file).name if self.file else "", self.cell or self.part]
        where = ", ".join(place for place in places if place)
        return f"{where}: {self.problem.text(lang)}" if where else self.problem.text(lang)

    def told(self, lang: str = "en") -> str:
        """The same, and what to do next."""
        return ". ".join(filter(None, (self.text(lang).rstrip("."), self.problem.hint(lang))))

    def __str__(self) -> str:
        return self.text()


@contextmanager
def about(file: str = "", part: str = "", cell: str = "") -> Iterator[None]:
    """Add the place to errors raised inside by code that does not know it."""
    try:
        yield
    except SheetError as error:
        error.file = error.file or file
        error.part = error.part or part
        error.cell = error.cell or cell
        raise
