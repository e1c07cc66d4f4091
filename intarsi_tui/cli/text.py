"""Text from records made safe for a terminal, and measured as a terminal shows it."""

import unicodedata

from ..i18n import language

# Bidi overrides and isolates turn a line around; zero-width and line separators hide or break it.
HIDDEN = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2028, 0x2029, 0xFEFF)))


def visible(text: str) -> str:
    """The text with control characters replaced by ones that show: `␛` for ESC, `␊` for a line break, `�` for the rest."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char < " ":
        return chr(0x2400 + ord(char))
    if char == "\x7f":
        return "␡"
    return "\ufffd" if char in HIDDEN or unicodedata.category(char) in ("Cc", "Cs") else char


def width(text: str) -> int:
    """How many terminal columns `text` takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` columns, with … when something is missing."""
    if width(text) <= limit:
        return text
    kept, used = [], 1
    for char in text:
        used += _columns(char)
        if used > limit:
            break
        kept.append(char)
    return "".join(kept) + "…"


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with spaces to `columns`."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def shown_moment(moment: str) -> str:
    """A moment of the log in the office's own time."""
    from ..records.basic_kinds import MomentKind

    return MomentKind().show(moment, language())
