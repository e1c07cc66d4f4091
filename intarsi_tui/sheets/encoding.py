"""New rows written fast: a function generated for each combination of types, and cell by cell where a value is unusual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from math import isfinite
from typing import NamedTuple

from .address import column_letters
from .cells import EPOCHS, MAX_TEXT, Encoded, Value
from .errors import SheetError
from .locate import Place
from .markup import escape
from .strings import SharedStrings, string_item
from .workbook import Sheet, Workbook

Pieces = tuple[str | int, ...]
"""Text with row numbers in it: a number is how far below the row that is being written."""

# More combinations of types than this come from columns that mix them; those rows are written cell by cell.
_MAX_FUNCTIONS = 64
# Texts whose cell is kept ready: those that come again and again come early.
_REMEMBERED = 1 << 14


class Slot(NamedTuple):
    """One cell of every new row: it takes the row's value number `value`, or is `repeated`."""

    column: int
    style: int = 0
    value: int | None = None
    repeated: Pieces = ()


class _Unusual(Exception):
    """The generated function cannot write this value."""


def _unusual() -> str:
    raise _Unusual


class _Texts(dict[str | None, str]):
    """What follows a cell's format for each text."""

    def __init__(self, strings: SharedStrings, prefix: str, wraps: bool) -> None:
        super().__init__({None: "/>", "": "/>"})
        self._add, self._prefix, self._wraps = strings.add, prefix, wraps
        # As text_end writes it: calling it for each new text would take a tenth of the fill.
        before, after = text_end("", 0, prefix).split(">0<")
        self._before, self._after = f"{before}>", f"<{after}"

    def __missing__(self, text: str) -> str:
        if len(text) > MAX_TEXT // 2 or not (text.isprintable() or self._is_usual(text)):
            raise _Unusual
        index = self._add(text)
        if index is None:
            return text_end(text, index, self._prefix)
        end = f"{self._before}{index}{self._after}"
        if len(self) < _REMEMBERED:
            self[text] = end
        return end

    def _is_usual(self, text: str) -> bool:
        return "\r" not in text and (self._wraps or "\n" not in text)


# Type, the format it needs, its cell type, and its value as the inside of an f-string; `#` stands for the variable.
_FORMS: dict[type, tuple[str, str, str]] = {
    bool: ("", ' t="b"', "1 if # else 0"),
    int: ("", "", "# if -1_000_000_000_000_000 < # < 1_000_000_000_000_000 else unusual()"),
    float: ("", "", "# if isfinite(#) else unusual()"),
    Decimal: ("", "", "(# if #.is_finite() and #.adjusted() < 300 else unusual())!s"),
    date: ("date", "", "(days if (days := #.toordinal() - epoch) >= first else unusual())"),
    datetime: (
        "datetime",
        "",
        "(days + ((#.hour * 60 + #.minute) * 60 + #.second) / 86400"
        " if (days := #.toordinal() - epoch) >= first and #.tzinfo is None and not #.microsecond else unusual())",
    ),
    time: (
        "time",
        "",
        "((#.hour * 60 + #.minute) * 60 + #.second) / 86400 if #.tzinfo is None and not #.microsecond else unusual()",
    ),
    timedelta: ("long duration", "", "# / day if # >= nothing else unusual()"),
}


class RowEncoder:
    """Writes new rows, all alike but for their values.

    Args:
        tag: the row's start tag after its number.
        slots: the cells in the order of their columns.
    """

    def __init__(self, book: Workbook, sheet: Sheet, tag: str, slots: Sequence[Slot]) -> None:
        self._book, self._sheet, self._tag, self._slots = book, sheet, tag, slots
        self._prefix = book.scan(sheet).prefix.decode()
        self._filled = sorted((slot.value, slot) for slot in slots if slot.value is not None)
        self._width = len(self._filled)
        self._functions: dict[tuple[type, ...], Callable[[int, Sequence[Value]], str]] = {}
        self._made: dict[tuple[object, ...], Callable[[int, Sequence[Value]], str]] = {}
        self._types: list[type] = [type(None)] * self._width
        self._blank = [False] * self._width
        first, epoch = EPOCHS[book.date1904]
        self._known = {
            "plain": _Texts(book.strings, self._prefix, wraps=False),
            "lines": _Texts(book.strings, self._prefix, wraps=True),
            "unusual": _unusual,
            "isfinite": isfinite,
            "first": (first - epoch).days,
            "epoch": epoch.toordinal(),
            "day": timedelta(days=1),
            "nothing": timedelta(0),
        }

    def encode(self, lines: Iterable[Sequence[Value]], number: int) -> str:
        """Rows from that number on, each with a value for each column that takes one.

        Raises:
            SheetError: a value has no form in Excel.
        """
        rows: list[str] = []
        functions = self._functions
        for row, values in enumerate(lines, number):
            types = tuple(map(type, values))
            function = functions.get(types) or self._function(types)
            try:
                rows.append(function(row, values))
            except (_Unusual, ValueError):
                rows.append(self._cell_by_cell(row, values))
        return "".join(rows)

    @cached_property
    def constants(self) -> int:
        """How many cells of each row hold what the template gave."""
        return sum("".join(map(str, slot.repeated)).endswith(f"</{self._prefix}c>") for slot in self._slots)

    def _function(self, types: tuple[type, ...]) -> Callable[[int, Sequence[Value]], str]:
        for index, kind in enumerate(types):
            if kind is type(None):
                self._blank[index] = True
            else:
                self._types[index] = kind
        # A column that is sometimes blank is written by one function whether it is or not, or each combination of
        # blanks would have its own.
        key = (*self._types, *self._blank)
        if key not in self._made:
            usual = all(self._is_usual(self._types[index], slot.style) for index, slot in self._filled)
            self._made[key] = self._generated() if usual and len(self._made) < _MAX_FUNCTIONS else self._cell_by_cell
        self._functions[types] = self._made[key]
        return self._made[key]

    def _is_usual(self, kind: type, style: int) -> bool:
        if kind not in _FORMS:
            return kind in (str, type(None))
        styles = self._book.styles
        # A short duration may show as a time where a long one may not.
        if kind is timedelta:
            return styles is not None and styles.fits(style, "long duration")
        # With no formats to clone, a date is written as text.
        return not _FORMS[kind][0] or self._book.has_formats

    def _generated(self) -> Callable[[int, Sequence[Value]], str]:
        names = [f"v{index}" for index in range(self._width)]
        # Adjacent literals, which Python joins into one.
        source = [repr(f'<{self._prefix}row r="'), "f'{row}'", repr(f'"{self._tag}')]
        for slot in self._slots:
            source += self._repeated(slot) if slot.value is None else [f"f'''{self._value(slot, names[slot.value])}'''"]
        source.append(repr(f"</{self._prefix}row>"))
        found = dict(self._known)
        code = f"def encoded(n, values):\n row = str(n)\n [{', '.join(names)}] = values\n return ({' '.join(source)})"
        # Besides letters and numbers, only quoted text of the template stands in the source.
        exec(code, found)  # noqa: S102
        function: Callable[[int, Sequence[Value]], str] = found["encoded"]  # type: ignore[assignment]
        return function

    def _repeated(self, slot: Slot) -> list[str]:
        head = [repr(f'<{self._prefix}c r="{column_letters(slot.column)}'), "f'{row}'", repr('"')]
        return head + [repr(piece) if isinstance(piece, str) else f"f'{{n + {piece}}}'" for piece in slot.repeated]

    def _value(self, slot: Slot, name: str) -> str:
        """A cell as the body of an f-string."""
        assert slot.value is not None
        kind, prefix, styles = self._types[slot.value], self._prefix, self._book.styles
        head, style = f'<{prefix}c r="{column_letters(slot.column)}{{row}}"', _style(slot.style)
        if kind is type(None):
            return f"{head}{style}/>"
        if kind is str:
            texts = "lines" if styles and styles.fits(slot.style, "wrap") else "plain"
            return f"{head}{style}{{{texts}[{name}]}}"
        look, mark, form = _FORMS[kind]
        shown = _style(styles.fitting(slot.style, look)) if look and styles else style
        filled = f"{shown}{mark}><{prefix}v>{{{form.replace('#', name)}}}</{prefix}v></{prefix}c>"
        if not self._blank[slot.value]:
            return head + filled
        return f"{head}{{f'{filled}' if {name} is not None else '{style}/>'}}"

    def _cell_by_cell(self, number: int, values: Sequence[Value]) -> str:
        cells = "".join([self._cell(slot, number, values) for slot in self._slots])
        return f'<{self._prefix}row r="{number}"{self._tag}{cells}</{self._prefix}row>'

    def _cell(self, slot: Slot, number: int, values: Sequence[Value]) -> str:
        if slot.value is None:
            end = "".join(piece if isinstance(piece, str) else str(number + piece) for piece in slot.repeated)
        else:
            try:
                value = self._book.encoded(values[slot.value])
            except SheetError as error:
                error.cell = str(Place(self._sheet, number, slot.column))
                raise
            end = cell_end(self._prefix, slot.style, value, self._book)
        return f'<{self._prefix}c r="{column_letters(slot.column)}{number}"{end}'


def cell_end(prefix: str, style: int, value: Encoded, book: Workbook) -> str:
    """What stands after the address in a cell with this value, under a format that shows it as what it is."""
    if value.look and book.styles:
        style = book.styles.fitting(style, value.look)
    if not value.kind:
        return f"{_style(style)}/>"
    if value.kind == "s":
        return _style(style) + text_end(value.text, book.strings.add(value.text), prefix)
    mark = f' t="{value.kind}"' if value.kind != "n" else ""
    return f"{_style(style)}{mark}><{prefix}v>{escape(value.text)}</{prefix}v></{prefix}c>"


def text_end(text: str, index: int | None, prefix: str) -> str:
    """What stands after the format in a cell of text: the index of a shared string, or the text itself."""
    if index is None:
        return f' t="inlineStr">{string_item(text, prefix, "is")}</{prefix}c>'
    return f' t="s"><{prefix}v>{index}</{prefix}v></{prefix}c>'


def _style(style: int) -> str:
    return f' s="{style}"' if style else ""
