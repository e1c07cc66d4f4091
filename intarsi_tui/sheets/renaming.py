"""Sheets and tables called differently: the new name in every formula, name, chart and link that means them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .address import quote_sheet
from .markup import ATTRIBUTE, escape, unescape

# A text, a column of a table, a sheet in quotes, one (or the first and last of several) without, or another word; "(" makes it a function.
_WORD = r"[^\W\d][\w.\\?・･]*"
_TOKEN = re.compile(
    rf""""(?:[^"]|"")*"|\[(?:[^\[\]']|'.)*\]|'(?P<quoted>(?:[^']|'')*)'!|(?P<bare>{_WORD}(?::{_WORD})?)!|(?P<word>{_WORD})(?!\s*\(|[\w.])"""
)
# Elements whose text is a formula, in sheets, charts, tables and the workbook, whatever their prefix.
_FORMULAS = re.compile(
    rb"<((?:[A-Za-z][\w.-]*:)?(?:f|formula|formula1|formula2|definedName|calculatedColumnFormula|totalsRowFormula))"
    rb"((?:\s[^>]*[^/>]|\s*)?)>([^<]*)</\1\s*>"
)
_LINKS = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:hyperlink|worksheetSource|dataRef|hlinkClick|Relationship)\s[^>]*>")


@dataclass(frozen=True)
class Names:
    """New names by old ones; case does not matter, as Excel's does not."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("sheets", "tables"):
            folded = {old.casefold(): new for old, new in getattr(self, name).items() if old != new}
            object.__setattr__(self, name, folded)

    def __bool__(self) -> bool:
        return bool(self.sheets or self.tables)

    def formula(self, text: str) -> str:
        """The formula with the names replaced; texts in it, functions and other workbooks' sheets stay."""

        def replaced(match: re.Match[str]) -> str:
            if match["quoted"] is not None:
                return self._sheets(match["quoted"].replace("''", "'"), match[0])
            if match["bare"] is not None:
                # "Corso!A1:Corso!B2": what precedes the colon is a cell here, the first sheet of several elsewhere.
                first, _, last = match["bare"].rpartition(":")
                if first and text[match.start() - 1 : match.start()] == "!":
                    return f"{first}:{self._sheets(last, f'{last}!')}"
                return (
                    match[0]
                    if text[match.start() - 1 : match.start()] == "]"
                    else self._sheets(match["bare"], match[0])
                )
            word = match["word"]
            return self.tables.get(word.casefold(), word) if word else match[0]

        return _TOKEN.sub(replaced, text)

    def _sheets(self, name: str, whole: str) -> str:
        if "[" in name:
            return whole
        spans = name.split(":")
        renamed = [self.sheets.get(one.casefold(), one) for one in spans]
        return whole if renamed == spans else f"{quote_sheet(':'.join(renamed))}!"

    def part(self, data: bytes) -> bytes:
        """A part with the names replaced wherever it holds formulas or links to cells; otherwise the same bytes."""
        if not self:
            return data

        def formula(match: re.Match[bytes]) -> bytes:
            old = unescape(match[3].decode("utf-8", "replace"))
            new = self.formula(old)
            return match[0] if new == old else match[0].replace(match[3], escape(new).encode(), 1)

        return _LINKS.sub(lambda match: self._link(match[0]), _FORMULAS.sub(formula, data))

    def _link(self, tag: bytes) -> bytes:
        changes: dict[bytes, Callable[[str], str]] = {
            b"location": self.formula,
            # A shape's link: the place behind the "#".
            b"Target": lambda old: f"#{self.formula(old[1:])}" if old.startswith("#") else old,
            b"sheet": lambda old: self.sheets.get(old.casefold(), old),
            b"name": lambda old: self.tables.get(old.casefold(), old),
        }

        def attribute(match: re.Match[bytes]) -> bytes:
            change = changes.get(match[1])
            if change is None:
                return match[0]
            old = unescape(match[2][1:-1].decode("utf-8", "replace"))
            return match[0] if change(old) == old else match[0].replace(match[2], f'"{escape(change(old))}"'.encode())

        return ATTRIBUTE.sub(attribute, tag)
