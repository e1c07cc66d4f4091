"""Textual's own widgets with words, in the reader's language: for screens of plugins that ask with them."""

from typing import Any, ClassVar

from textual import validation, widgets
from textual.validation import Failure, Validator

from ..texts import _


class Select(widgets.Select[Any]):
    """`textual.widgets.Select`, whose prompt is translated unless the screen gives one."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"prompt": _("Select"), **more})


class _Worded(Validator):
    """Says in the reader's language why a value is refused; a description that the screen gave comes first, as in Textual."""

    WORDS: ClassVar[dict[str, str]] = {}

    def describe_failure(self, failure: Failure) -> str | None:
        kind = type(failure).__name__
        least, most = getattr(self, "minimum", None), getattr(self, "maximum", None)
        ends = "least" if most is None else "most" if least is None else "between"
        words = self.WORDS.get(kind) or self.WORDS.get(f"{kind} {ends}")
        given = {"minimum": least, "maximum": most, "regex": getattr(self, "regex", "")}
        return _(words).format(**given) if words else super().describe_failure(failure)


_RANGE = {
    "NotInRange least": "Must be greater than or equal to {minimum}.", "NotInRange most": "Must be less than or equal to {maximum}.",
    "NotInRange between": "Must be between {minimum} and {maximum}.",
}  # fmt: skip


class Number(_Worded, validation.Number):
    """`textual.validation.Number`"""

    WORDS: ClassVar[dict[str, str]] = {"NotANumber": "Must be a valid number.", **_RANGE}


class Integer(_Worded, validation.Integer):
    """`textual.validation.Integer`"""

    WORDS: ClassVar[dict[str, str]] = {
        "NotANumber": "Must be a valid integer.", "NotAnInteger": "Must be a valid integer.", **_RANGE,
    }  # fmt: skip


class Length(_Worded, validation.Length):
    """`textual.validation.Length`"""

    WORDS: ClassVar[dict[str, str]] = {
        "Incorrect least": "Must be longer than {minimum} characters.", "Incorrect most": "Must be shorter than {maximum} characters.",
        "Incorrect between": "Must be between {minimum} and {maximum} characters.",
    }  # fmt: skip


class Regex(_Worded, validation.Regex):
    """`textual.validation.Regex`"""

    WORDS: ClassVar[dict[str, str]] = {"NoResults": "Must match regular expression {regex}."}


class URL(_Worded, validation.URL):
    """`textual.validation.URL`"""

    WORDS: ClassVar[dict[str, str]] = {"InvalidURL": "Must be a valid URL."}
