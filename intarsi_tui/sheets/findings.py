"""One broken rule, with its place."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """A structural rule that a workbook breaks; `part` and `cell` are empty where they do not apply."""

    problem: Message
    part: str = ""
    cell: str = ""

    @property
    def code(self) -> str:
        return self.problem.code

    def text(self, lang: str = "en") -> str:
        """One sentence with the place first."""
        where = ", ".join(place for place in (self.part, self.cell) if place)
        return f"{where}: {self.problem.text(lang)}" if where else self.problem.text(lang)

    def __str__(self) -> str:
        return self.text()


def finding(code: str, part: str = "", cell: str = "", **params: object) -> Finding:
    return Finding(Message(code, params), part, cell)
