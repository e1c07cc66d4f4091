"""Problems are data, worded late in the reader's language: code, field, parameters, row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Literal

from .labels import Label
from .wordings import WORDINGS

if TYPE_CHECKING:
    from .declaration import Declaration

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a record.

    Parameters:
        code: stable name of the problem, such as `required`; also the key of its wording.
        field: name of the field, `None` when the whole record is meant; `agenda.2.topic` inside `Rows` (counted from 1).
        params: values for the `{placeholders}` of the wording.
        wording: the two sentences, when the problem is a plugin's own.
        severity: an `error` refuses the record, a `warning` is shown and kept out of the way.
        row: row of an imported file, counted as the file's reader sees it.
    """

    code: str
    field: str | None = None
    params: Mapping[str, object] = dataclass_field(default_factory=dict)
    wording: Label | None = None
    severity: Severity = "error"
    row: int | None = None

    @classmethod
    def saying(cls, code: str, it: str, en: str, field: str | None = None) -> "Problem":
        """A problem in two whole sentences, which may hold braces and be longer than a parameter."""
        return cls(code, field, {}, Label(*(text.replace("{", "{{").replace("}", "}}") for text in (it, en))))

    def text(self, lang: str) -> str:
        """The sentence in `lang`, without field and row."""
        wording = self.wording or WORDINGS.get(self.code) or WORDINGS["invalid"]
        shown = {"value": "", "hint": "", **{key: _shown(value, lang) for key, value in self.params.items()}}
        try:
            return wording(lang).format(**shown)
        except (KeyError, IndexError, ValueError):
            return wording(lang)

    def at_row(self, row: int) -> "Problem":
        """The same problem, found in row `row` of a file."""
        return replace(self, row=row)


MOST = 40  # of a list in a sentence


def _shown(value: object, lang: str) -> str:
    if isinstance(value, Label):
        return value(lang)
    if isinstance(value, (list, tuple)):
        return ", ".join([_shown(one, lang) for one in value[:MOST]] + ["…"] * (len(value) > MOST))
    text = _as_in_its_cell(value, lang)
    return text if len(text) <= 80 else text[:77] + "…"


def _as_in_its_cell(value: object, lang: str) -> str:
    """30000.0 as 30000, 1.5 as 1,5: what Excel hands over, as Excel shows it."""
    if isinstance(value, (float, Decimal)):
        text = plain_number(value)
        return text.replace(".", ",") if lang == "it" else text
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}" if value.time() != time() else f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def plain_number(value: float | Decimal) -> str:
    """30000.0 as 30000, a telephone number as it was typed, and none of the noise of a float's last digits."""
    # Excel keeps 15 digits: beyond them a whole number is no more exact than any other.
    return f"{value:.0f}" if isfinite(value) and -1e15 < value < 1e15 and value == int(value) else f"{value:.12g}"


class Invalid(ValueError):
    """Raised by a kind that cannot read what was typed; becomes a `Problem` of the same code."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Rejected(ValueError):
    """A document was refused; `problems` says why. Nothing was written.

    Attributes:
        title: what the record is called, when it is known.
        declaration: of its register, where it was refused by one.
    """

    def __init__(self, problems: Iterable[Problem], title: str = "", declaration: "Declaration | None" = None) -> None:
        self.problems = list(problems)
        self.title, self.declaration = title, declaration
        super().__init__(self.problems, title)

    def __str__(self) -> str:  # made when it is read: an import refuses thousands of rows that nobody reads one by one
        return "; ".join(f"{p.field or '-'}: {p.text('en')}" for p in self.problems)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that refuse the record."""
    return [problem for problem in problems if problem.severity == "error"]
