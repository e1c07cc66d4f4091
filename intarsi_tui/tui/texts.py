"""Text on its way to the screen: always data, never markup, never a control sequence."""

import re
from typing import Any
from unicodedata import category

from rich.cells import cell_len, set_cell_size

from ..i18n import counted as counted
from ..i18n import numbered as numbered
from ..i18n import translator
from ..records.problems import Problem

_translated = translator("tui", "textual")
_BY_ID = re.compile(r"\[([a-z]+\.[a-z_]+)\]")


def _(text: str) -> str:
    """`text` in the reader's language, with the present key for each binding id: “[app.plugins] shows why”."""
    words = _translated(text)
    if "[" not in words:
        return words
    from .keys import key_now  # it has words of its own

    return _BY_ID.sub(lambda found: key_now(found[1]) or found[0], words)


# Letters, marks and spaces only: what has no width of its own, turns lines around, or is not a character is shown as one that is.
_NOT_SHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_JOINER = 0x200C  # inside Persian words
# Tints and shapes of emoji: each terminal draws them, and what they belong to, in a width of its own.
_TINTS = frozenset((*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), 0x20E3))
_FLAGS = range(0x1F1E6, 0x1F200)  # two of them are a flag of one, two or four columns; as letters they are two
_FILLERS = frozenset((0x115F, 0x1160, 0x3164, 0xFFA0))  # letters to Unicode, seen by nobody
_UNKNOWN = "\ufffd"


class _Substitutes(dict[int, str]):
    """What is shown for each character, found out when it is first met."""

    def __init__(self, tints: str, **others: str) -> None:
        super().__init__({ord(char): shown for char, shown in others.items()})
        self._tints = tints

    def __missing__(self, code: int) -> str:
        if code < 0x20:
            shown = chr(0x2400 + code)
        elif code == 0x7F:
            shown = "\u2421"
        elif code in _TINTS:
            shown = self._tints
        elif code in _FLAGS:
            shown = chr(ord("A") + code - _FLAGS.start)
        else:
            hidden = (category(chr(code)) in _NOT_SHOWN and code != _JOINER) or code in _FILLERS
            shown = _UNKNOWN if hidden else chr(code)
        self[code] = shown
        return shown


_IN_LINES = _Substitutes("", **{"\n": "\n", "\t": " "})
_IN_ONE_LINE = _Substitutes("", **{"\n": "\u21b5", "\t": " "})
_EDITED = _Substitutes(_UNKNOWN)

# Signs above and below one letter: three are a language, more run over the lines around.
MOST_MARKS = 3
_STORM = re.compile(r"[^\w\s\x00-\u02ff]{4}")

# A state is a sign and a word, so that it is read without colour.
SIGNS = {"draft": "!", "confirmed": "✓", "sent": "→", "void": "–"}


def one_line(text: Any) -> str:
    """`text` with a visible substitute for all that is no plain character; line ends become `↵`."""
    return _shown(str(text), _IN_ONE_LINE)


def lines(text: Any) -> str:
    """As `one_line`, with the line ends kept."""
    return _shown(str(text), _IN_LINES)


def edited(text: str) -> str:
    """As `one_line`, one character for each: in an editor every one has its place, so that it can be deleted."""
    return _shown(text, _EDITED)


def _shown(words: str, substitutes: _Substitutes) -> str:
    if words.isascii() and words.isprintable():
        return words
    shown = words.translate(substitutes)
    return _calmed(shown) if _STORM.search(shown) else shown


def _calmed(words: str) -> str:
    """`words` with no more than `MOST_MARKS` combining marks after another."""
    kept, marks = [], 0
    for char in words:
        marks = marks + 1 if category(char) in ("Mn", "Me") else 0
        kept.append(char if marks <= MOST_MARKS else _UNKNOWN)
    return "".join(kept)


def cell(text: Any, width: int, align: str = "left") -> str:
    """`text` made exactly `width` terminal columns wide; `…` says that something was cut off."""
    words = one_line(text)
    used = cell_len(words)
    if used > width:
        return set_cell_size(set_cell_size(words, width - 1) + "…", width) if width > 1 else set_cell_size("…", width)
    return " " * (width - used) + words if align == "right" else words + " " * (width - used)


def sides(left: str, right: str, width: int) -> str:
    """One line of `width` columns with `right` at its right end; `left` gives way when both do not fit."""
    if not right:
        return cell(left, width)
    ending = one_line(right)
    room = max(0, width - cell_len(ending) - 2)
    return cell(cell(left, room) + "  " + ending, width)


def sentence(problem: Problem, lang: str) -> str:
    """A problem as it stands under its field, with the sign that tells errors from warnings."""
    return f"{'▲' if problem.severity == 'error' else '!'} {one_line(problem.text(lang))}"


def errors_counted(count: int) -> str:
    """`1 error`, `3 errors`."""
    return numbered(count, _("1 error"), _("{count} errors"))


def rows_counted(count: int) -> str:
    """`1 row`, `1,204 rows`."""
    return numbered(count, _("1 row"), _("{count} rows"))


def others_counted(count: int) -> str:
    """` (and one more)`, ` (and 3 more)`; nothing where there are no others."""
    return numbered(count, _(" (and one more)"), _(" (and {count} more)")) if count > 0 else ""
