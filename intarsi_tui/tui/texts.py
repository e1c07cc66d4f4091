"""Text on its way to the screen: always data, never markup, never a control sequence."""

from typing import Any

from rich.cells import cell_len, set_cell_size

from ..i18n import translator
from ..records.problems import Problem

_ = translator("tui")

# C0 has its own pictures; C1, surrogates, separators, bidi overrides and invisible characters have none.
_PICTURES: dict[int, int] = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
_HIDDEN = (
    *range(0x80, 0xA0),
    *range(0xD800, 0xE000),
    0x200B,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    0x2060,
    *range(0x2066, 0x206A),
    0xFEFF,
)
_IN_LINES = _PICTURES | dict.fromkeys(_HIDDEN, 0xFFFD) | {0x0A: 0x0A, 0x09: 0x20}
_IN_ONE_LINE = _IN_LINES | {0x0A: 0x21B5}

# A state is a sign and a word, so that it is read without colour.
SIGNS = {"draft": "!", "confirmed": "✓", "sent": "→", "void": "–"}


def one_line(text: Any) -> str:
    """`text` with a visible substitute for every control byte; line ends become `↵`."""
    words = str(text)
    return words if words.isprintable() else words.translate(_IN_ONE_LINE)


def lines(text: Any) -> str:
    """`text` with a visible substitute for every control byte but the line ends."""
    words = str(text)
    return words if words.isprintable() else words.translate(_IN_LINES)


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


def counted(count: int, lang: str) -> str:
    """`1.204` or `1,204`."""
    return f"{count:,}".replace(",", ".") if lang == "it" else f"{count:,}"


def errors_counted(count: int) -> str:
    """`1 error`, `3 errors`."""
    return _("1 error") if count == 1 else _("{count} errors").format(count=count)
