"""Cell formats: which of them show dates and times, and clones that do where a template's format does not."""

from __future__ import annotations

import re
from functools import lru_cache

from .markup import Element, Splice, escape, insert_last, parse, splice, with_attributes

# Formats without a code in the file; 27 to 36 and 50 to 58 are the East Asian dates.
_BUILTIN_DATES = {14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)}
_BUILTIN_TIMES = {18, 19, 20, 21, 32, 33, 45, 47}
_BUILTIN = {22: "datetime", 46: "elapsed"}

# 14 follows the reader's own short date, in Italy dd/mm/yyyy.
_FORMATS: dict[str, int | str] = {
    "date": 14,
    "datetime": "dd/mm/yyyy\\ hh:mm",
    "time": 20,
    "duration": "[h]:mm",
    "long duration": "[h]:mm",
}
# Which kinds of format show a value of each look as what it is.
_ACCEPTED = {
    "date": {"date", "datetime"},
    "datetime": {"date", "datetime"},
    "time": {"time", "datetime", "elapsed"},
    "duration": {"time", "elapsed"},
    "long duration": {"elapsed"},
}

MAX_CODE = 255
"""Excel's limit for the characters of a number format."""

_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|am/pm|a/p', re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=512)
def format_kind(code: str) -> str:
    """`date`, `time`, `datetime`, `elapsed` (hours past 24) or nothing, from a number format code."""
    section = _NOISE.sub("", code[:MAX_CODE].split(";")[0]).lower()
    if re.search(r"\[(h+|m+|s+)\]", section):
        return "elapsed"
    # An m alone is a month; beside hours or seconds it may be minutes, but then those decide.
    clock = "h" in section or "s" in section
    calendar = "y" in section or "d" in section or ("m" in section and not clock)
    if section == "general" or "e+" in section or "e-" in section:
        return ""
    return "datetime" if clock and calendar else "date" if calendar else "time" if clock else ""


def _format(item: Element) -> Element | None:
    """The cell format an item of the list stands for: what a program writes for itself comes with one for all others."""
    if item.name == "AlternateContent":
        item = item.child("Fallback") or item
        return next(item.all("xf"), None)
    return item if item.name == "xf" else None


class Styles:
    """The styles part; `fitting` gives a format index under which a value shows as what it is."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root = parse(data)
        self._codes = {e.number("numFmtId"): e.get("formatCode") for e in self.root.all("numFmt")}
        formats = self.root.child("cellXfs")
        self._formats = [format for e in formats.children if (format := _format(e))] if formats else []
        self._list = formats
        self._clones: dict[tuple[int, str], int] = {}
        self._new: list[bytes] = []
        self._new_codes: dict[str, int] = {}

    @property
    def count(self) -> int:
        return len(self._formats) + len(self._new)

    @property
    def changed(self) -> bool:
        return bool(self._new)

    def kind(self, index: int) -> str:
        """What the cell format shows: `date`, `time`, `datetime`, `elapsed`, or nothing for all others."""
        if not 0 <= index < len(self._formats):
            return ""
        number = self._formats[index].number("numFmtId")
        if number in self._codes:
            return format_kind(self._codes[number])
        if number in _BUILTIN_DATES:
            return "date"
        return "time" if number in _BUILTIN_TIMES else _BUILTIN.get(number, "")

    def fitting(self, index: int, look: str) -> int:
        """The format index for a value of that look: the template's own, or a clone of it with the format changed."""
        if self._list is None or not 0 <= index < len(self._formats) or self.fits(index, look):
            return index
        key = (index, look)
        if key not in self._clones:
            self._clones[key] = self.count
            self._new.append(self._clone(self._formats[index], look))
        return self._clones[key]

    def content(self) -> bytes:
        """The part with the clones after the formats it had."""
        if self._list is None:
            return self.data
        splices: list[Splice] = [insert_last(self.data, self._list, b"".join(self._new))]
        tag = self.data[self._list.start : self._list.open_end]
        splices.append((self._list.start, self._list.open_end, with_attributes(tag, {"count": str(self.count)})))
        if self._new_codes:
            splices += self._code_splices()
        return splice(self.data, splices)

    def fits(self, index: int, look: str) -> bool:
        """Whether the format shows a value of that look as what it is."""
        if not 0 <= index < len(self._formats):
            return False
        if look == "wrap":
            alignment = self._formats[index].child("alignment")
            return alignment is not None and alignment.flag("wrapText")
        return self.kind(index) in _ACCEPTED[look]

    def _clone(self, source: Element, look: str) -> bytes:
        tag = self.data[source.start : source.open_end]
        rest = self.data[source.open_end : source.end]
        if look != "wrap":
            values: dict[str, str | None] = {"numFmtId": str(self._number(_FORMATS[look])), "applyNumberFormat": "1"}
            return with_attributes(tag, values) + rest
        tag = with_attributes(tag, {"applyAlignment": "1"})
        alignment = source.child("alignment")
        if alignment is not None:
            old = self.data[alignment.start : alignment.open_end]
            before = self.data[source.open_end : alignment.start]
            return tag + before + with_attributes(old, {"wrapText": "1"}) + self.data[alignment.open_end : source.end]
        added = f'<{source.qualifier}alignment wrapText="1"/>'.encode()
        if source.is_empty_tag:
            return tag[:-2].rstrip() + b">" + added + f"</{source.qualifier}xf>".encode()
        return tag + added + rest

    def _number(self, wanted: int | str) -> int:
        if isinstance(wanted, int):
            return wanted
        for number, code in self._codes.items():
            if code == wanted:
                return number
        number = max([163, *self._codes]) + 1
        self._codes[number] = wanted
        self._new_codes[wanted] = number
        return number

    def _code_splices(self) -> list[Splice]:
        q = self.root.qualifier
        new = "".join(f'<{q}numFmt numFmtId="{n}" formatCode="{escape(c)}"/>' for c, n in self._new_codes.items())
        codes = self.root.child("numFmts")
        if codes is None:
            # The schema wants it first.
            block = f'<{q}numFmts count="{len(self._new_codes)}">{new}</{q}numFmts>'.encode()
            return [(self.root.open_end, self.root.open_end, block)]
        count = len(codes.children) + len(self._new_codes)
        tag = with_attributes(self.data[codes.start : codes.open_end], {"count": str(count)})
        if codes.is_empty_tag:
            return [(codes.start, codes.end, tag[:-2].rstrip() + f">{new}</{q}numFmts>".encode())]
        return [(codes.start, codes.open_end, tag), insert_last(self.data, codes, new.encode())]
