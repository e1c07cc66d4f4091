"""Python values as Excel stores them: always typed, text never a formula, nothing cut or dropped in silence."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from .errors import SheetError

Value = str | int | float | Decimal | bool | date | datetime | time | timedelta | None
"""What can be written into a cell."""

MAX_TEXT = 32_767
"""Excel's limit for the text of one cell, in UTF-16 units."""

# Everything XML 1.0 forbids, lone surrogates, and the carriage return that parsers turn into a line feed.
ILLEGAL = "\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff"
# An underscore is escaped also where the escape of a character after it would complete the pattern.
_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}(?:_|[{ILLEGAL}]))|[{ILLEGAL}]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

# Excel believes that 1900 was a leap year, so serial numbers before this date do not name one day.
EPOCHS = {False: (date(1900, 3, 1), date(1899, 12, 30)), True: (date(1904, 1, 1), date(1904, 1, 1))}
"""By whether the workbook counts from 1904: the first day it can name, and its day 0."""
_DAY = timedelta(days=1)


class Encoded(NamedTuple):
    """A value ready for a cell: `kind` is `n`, `s`, `b` or empty (blank); `look` is the format it needs, or nothing."""

    kind: str
    text: str
    look: str = ""


BLANK = Encoded("", "")


def escape_text(text: str) -> str:
    """Characters that XML cannot hold as `_x000B_`, and text that looks like such an escape escaped itself."""
    return _ESCAPED.sub(lambda m: f"_x{ord(m[0]):04X}_", text)


def unescape_text(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def encode(value: Value, date1904: bool = False) -> Encoded:
    """The value as the sheet stores it.

    Raises:
        SheetError: text over 32,767 characters, a time with a time zone, or a type Excel has no form for.
    """
    if value is None:
        return BLANK
    if isinstance(value, str):
        return _text(str.__str__(value))
    if isinstance(value, bool):
        return Encoded("b", "1" if value else "0")
    if isinstance(value, int):
        # A cell's number holds 15 digits: a longer one is a code, and a code keeps its digits only as text.
        return Encoded("n", f"{value:d}") if abs(value) < 10**15 else Encoded("s", f"{value:d}")
    if isinstance(value, float):
        return Encoded("n", float.__repr__(value)) if isfinite(value) else BLANK
    if isinstance(value, Decimal):
        if not value.is_finite():
            return BLANK
        return Encoded("n" if isfinite(float(value)) else "s", Decimal.__str__(value))
    if isinstance(value, datetime):
        return _moment(value, date1904)
    if isinstance(value, date):
        days = _serial(value, date1904)
        return Encoded("s", display(value)) if days is None else Encoded("n", str(days), "date")
    if isinstance(value, time):
        if value.tzinfo is not None:
            raise SheetError("time_zone", value=value.isoformat())
        return Encoded("n", repr(_since_midnight(value) / _DAY), "time")
    if isinstance(value, timedelta):
        if value < timedelta(0):
            return Encoded("s", display(value))
        return Encoded("n", repr(value / _DAY), "duration" if value < _DAY else "long duration")
    raise SheetError("bad_value", type=type(value).__name__)


def display(value: Value) -> str:
    """The value as Italian text, for places that hold text: `14/04/2021`, `09:30`, `3,5`, `sì`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return f"{display(value.date())} {display(value.time())}"
    if isinstance(value, date):
        # strftime pads the year differently on each system.
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}" + (f":{value.second:02}" if value.second else "")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(abs(value).total_seconds()), 60)
        sign = "-" if value < timedelta(0) else ""
        return f"{sign}{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str.__str__(value) if isinstance(value, str) else str(value)


def _text(text: str) -> Encoded:
    if not text:
        return BLANK
    if len(text) > MAX_TEXT // 2:
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if units > MAX_TEXT:
            raise SheetError("text_too_long", length=units, limit=MAX_TEXT)
    # A cell breaks its lines with a line feed alone.
    text = text.replace("\r\n", "\n")
    return Encoded("s", text, "wrap" if "\n" in text else "")


def _moment(value: datetime, date1904: bool) -> Encoded:
    if value.tzinfo is not None:
        raise SheetError("time_zone", value=value.isoformat())
    days = _serial(value.date(), date1904)
    if days is None:
        return Encoded("s", display(value))
    return Encoded("n", repr(days + _since_midnight(value.time()) / _DAY), "datetime")


def _serial(day: date, date1904: bool) -> int | None:
    """Excel's number for the day, or None where its calendar does not reach."""
    first, epoch = EPOCHS[date1904]
    return (day - epoch).days if day >= first else None


def _since_midnight(value: time) -> timedelta:
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
