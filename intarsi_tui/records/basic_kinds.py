"""Kinds of plain values: texts, dates, times, durations, money, numbers, yes and no."""

import json
import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from . import typed
from .kind import Kind, as_text
from .labels import Label
from .problems import Invalid

# Word and web pages also break lines with U+2028 and U+2029.
BREAK = re.compile("\r\n?|[\u2028\u2029]")


class TextKind(Kind, name="text"):
    """One line of text, 200 characters unless `max` says otherwise."""

    accepts: ClassVar[tuple[str, ...]] = ("max",)
    longest = 200
    lines = False

    def read(self, raw: Any) -> str:
        longest = self.params.get("max", self.longest)
        if type(raw) is str and len(raw) <= longest and raw.isascii() and raw.isprintable():  # nearly every one, often
            return raw.strip()
        if isinstance(raw, bool) or not (isinstance(raw, (str, int)) or (isinstance(raw, float) and raw.is_integer())):
            raise Invalid("invalid", value=raw)
        text = unicodedata.normalize("NFC", as_text(raw))
        if not text.isprintable():  # breaks and controls are not; most texts are, and every record has several
            text = BREAK.sub("\n", text)
            if not self.lines and ("\n" in text or "\t" in text):
                raise Invalid("one_line")
            if any(_control(char) and char not in "\n\t" for char in text):
                raise Invalid("control_characters")
        if len(text) > longest:
            raise Invalid("too_long", max=longest)
        return text

    def stored(self, value: Any) -> str | None:
        longest = self.params.get("max", self.longest)
        if type(value) is str and len(value) <= longest and value.isascii() and value.isprintable():
            return value.strip() or None
        return self.read(value) or None if type(value) is str else None

    @cached_property
    def reading(self) -> Callable[[Any], Any]:
        longest, stored = self.params.get("max", self.longest), self.stored
        if type(self).stored is not TextKind.stored:
            return stored

        def read(value: Any) -> str | None:
            if type(value) is str and len(value) <= longest and value.isascii() and value.isprintable():
                return value.strip() or None
            return stored(value)

        return read

    def json_schema(self) -> dict[str, Any]:
        return {"maxLength": self.params.get("max", self.longest)}


def _control(char: str) -> bool:
    # Cc: control bytes; Cs: lone surrogates; the bidi overrides turn a line around on screen and in Excel.
    return unicodedata.category(char) in ("Cc", "Cs") or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


class LongTextKind(TextKind, name="long_text"):
    """Text of several lines."""

    widget = "text"
    width = 30
    longest = 20_000
    lines = True


class _WrittenKind(TextKind):
    """One line of text of a certain form."""

    form: ClassVar[re.Pattern[str]]
    refused: ClassVar[str]

    def read(self, raw: Any) -> str:
        text = super().read(raw)
        if text and not self.form.fullmatch(text):
            raise Invalid(self.refused, value=text)
        return text

    def stored(self, value: Any) -> str | None:
        text = super().stored(value)
        return text if text and self.form.fullmatch(text) else None


class EmailKind(_WrittenKind, name="email"):
    """An address for e-mail, as far as its form goes: something@domain.tld."""

    form = re.compile(r"[^\s@<>,;:\"()]+@[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}")
    refused = "not_an_email"


class PhoneKind(_WrittenKind, name="phone"):
    """One telephone number or several, with an extension after `int.`; six digits at least, or a short one such as 112."""

    form = re.compile(
        r"((?:1\d{2,4}|\+?(?:[\s()./-]*\d){6,})[\s)]*(?:\(?(?:int|interno|ext)\.?\s*\d+\)?)?(?:[,;]\s*(?=[+(\d])|$))+",
        re.ASCII | re.IGNORECASE,
    )
    refused = "not_a_phone"


class DateKind(Kind, name="date"):
    """A day. `placeholder=True` also takes 01/01/0001, the official stand-in for a missing permit date."""

    widget = "date"
    width = 10
    accepts = ("placeholder",)

    def read(self, raw: Any) -> date:
        if isinstance(raw, datetime):
            raw = typed.as_day(raw)
        if isinstance(raw, str):
            raw = typed.stored_date(raw) or typed.read_date(raw)
        if not isinstance(raw, date):
            raise Invalid("not_a_date", value=raw)
        if not 1900 <= raw.year <= 2100 and not (raw == typed.UNKNOWN_DATE and self.params.get("placeholder")):
            raise Invalid("implausible_date", value=self.show(raw.isoformat(), "it"))
        return raw

    store = staticmethod(date.isoformat)  # type: ignore[assignment]  # asked for several times a record

    def stored(self, value: Any) -> date | None:
        day = typed.stored_date(value) if type(value) is str else None
        if day is None or 1900 <= day.year <= 2100:
            return day
        return self.read(day) if day == typed.UNKNOWN_DATE else None

    @cached_property
    def reading(self) -> Callable[[Any], Any]:
        return lru_cache(4_000)(self.stored)

    def show(self, stored: str, lang: str) -> str:
        year, month, day = stored.split("-")
        return f"{day}/{month}/{year}"

    def excel(self, stored: str, lang: str) -> date:
        return date.fromisoformat(stored)


class TimeKind(Kind, name="time"):
    """A time of day, to the minute."""

    widget = "time"
    width = 5

    def read(self, raw: Any) -> time:
        if isinstance(raw, datetime):
            raw = raw.time()
        if isinstance(raw, float) and 0 <= raw < 1:  # Excel's fraction of a day
            raw = (datetime.min + timedelta(minutes=round(raw * 1440))).time()
        if isinstance(raw, str):
            raw = typed.stored_time(raw) or typed.read_time(raw)
        if not isinstance(raw, time):
            raise Invalid("not_a_time", value=raw)
        return raw.replace(second=0, microsecond=0)

    def store(self, value: time) -> str:
        return value.isoformat("minutes")

    def stored(self, value: Any) -> time | None:
        return typed.stored_time(value) if type(value) is str else None

    @property
    def reading(self) -> Callable[[Any], Any]:
        return typed.stored_time

    def excel(self, stored: str, lang: str) -> time:
        return time.fromisoformat(stored)


class _Limited(Kind):
    """A quantity with an optional `min` and `max`."""

    align = "right"
    width = 8
    accepts = ("min", "max")

    @cached_property
    def _bounds(self) -> tuple[float, float]:
        """Least and most; beyond 2^53 SQLite, Excel and other readers of JSON round."""
        least, most = self.params.get("min"), self.params.get("max")
        return -(2**53) if least is None else least, 2**53 if most is None else most

    def stored(self, value: Any) -> Any:
        least, most = self._bounds
        return value if type(value) is int and least <= value <= most else None

    @cached_property
    def reading(self) -> Callable[[Any], Any]:
        if type(self).stored is not _Limited.stored:
            return self.stored
        least, most = self._bounds

        def read(value: Any) -> int | None:
            return value if type(value) is int and least <= value <= most else None

        return read

    def within(self, value: Any) -> Any:
        least, most = self.params.get("min"), self.params.get("max")
        if least is not None and value < least:
            raise Invalid("too_small", min=Label(self.show(least, "it"), self.show(least, "en")))
        if most is not None and value > most:
            raise Invalid("too_large", max=Label(self.show(most, "it"), self.show(most, "en")))
        return value

    def json_schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.params.get("min"), "maximum": self.params.get("max")}
        return {key: value for key, value in bounds.items() if value is not None}


# Later moments are dates in the wrong column; and Excel has a 29 February 1900, so that they would be a day off.
EXCEL_LEAPS = datetime(1900, 3, 1)


class MinutesKind(_Limited, name="minutes"):
    """A duration in whole minutes, never rounded. A bare number that is typed means hours; in JSON it means minutes."""

    def __init__(self, **params: Any) -> None:
        super().__init__(**{"min": 0, **params})

    def read(self, raw: Any) -> int:
        if isinstance(raw, timedelta):
            raw = raw.total_seconds() / 60
        elif isinstance(raw, time):
            raw = raw.hour * 60 + raw.minute + raw.second / 60
        elif (
            isinstance(raw, datetime) and raw.replace(tzinfo=None) < EXCEL_LEAPS
        ):  # Excel shows 30:00 hours as 1900-01-01 06:00
            raw = (raw.replace(tzinfo=None) - datetime(1899, 12, 31)).total_seconds() / 60
        if isinstance(raw, str):
            raw = typed.read_minutes(raw)
        if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
            raise Invalid("not_minutes", value=raw)
        if abs(raw - round(raw)) > 1e-6:
            raise Invalid("not_whole_minutes", value=raw)
        minutes: int = self.within(round(raw))
        return minutes

    def show(self, stored: int, lang: str) -> str:
        return typed.show_minutes(stored)

    def excel(self, stored: int, lang: str) -> timedelta:
        return timedelta(minutes=stored)


class IntKind(_Limited, name="int"):
    """A whole number."""

    def read(self, raw: Any) -> int:
        if isinstance(raw, str):
            raw = typed.read_decimal(raw, "not_a_whole_number")
        if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)) or not math.isfinite(raw):
            raise Invalid("not_a_whole_number", value=raw)
        number = int(raw)
        if raw != number:
            raise Invalid("not_a_whole_number", value=raw)
        if abs(number) > 2**53:
            raise Invalid("too_large", max=2**53)
        self.within(number)
        return number

    def excel(self, stored: int, lang: str) -> int:
        return stored


class EuroKind(_Limited, name="euro"):
    """An amount in euros with two decimals at most; stored as a JSON number of euros."""

    width = 12

    def read(self, raw: Any) -> Decimal:
        if isinstance(raw, str):
            raw = typed.read_decimal(raw, "not_an_amount")
        if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)) or not math.isfinite(raw):
            raise Invalid("not_an_amount", value=raw)
        amount = Decimal(str(raw))
        if abs(amount) > 10**12:
            raise Invalid("too_large", max="1.000.000.000.000")
        if amount != round(amount, 2):
            raise Invalid("too_many_decimals", value=raw)
        limited: Decimal = self.within(round(amount, 2))
        return limited

    def store(self, value: Decimal) -> float:
        return float(value)

    def stored(self, value: Any) -> Decimal | None:
        return self.read(value) if type(value) in (int, float) else None

    def show(self, stored: float, lang: str) -> str:
        text = f"{stored:,.2f}"
        return text.translate(str.maketrans(",.", ".,")) + " €" if lang == "it" else "€" + text

    def excel(self, stored: float, lang: str) -> Decimal:
        return Decimal(str(stored))


class FlagKind(Kind, name="flag"):
    """Yes or no."""

    widget = "flag"
    width = 3

    def read(self, raw: Any) -> bool:
        if isinstance(raw, str):
            return typed.read_flag(raw)
        if raw in (True, False):
            return bool(raw)
        raise Invalid("not_a_flag", value=raw)

    def stored(self, value: Any) -> bool | None:
        return value if type(value) is bool else None

    def show(self, stored: bool, lang: str) -> str:
        return ("sì" if lang == "it" else "yes") if stored else "no"


class MomentKind(Kind, name="moment"):
    """A moment in UTC that the program wrote (ISO 8601); shown in the office's own time."""

    width = 16

    def stored(self, value: Any) -> str | None:
        return value if type(value) is str and value.isascii() and value.strip() else None

    def show(self, stored: str, lang: str) -> str:
        return f"{datetime.fromisoformat(stored).astimezone():%d/%m/%Y %H:%M}"


class OtherKind(Kind, name="other"):
    """Anything that pydantic can hold and we have no kind for: typed and shown as JSON."""

    def read(self, raw: Any) -> Any:
        if isinstance(raw, str):
            try:
                return json.loads(raw)
            except ValueError:
                if raw[:1] in ("[", "{"):
                    raise Invalid("invalid", value=raw) from None
        return raw

    def store(self, value: Any) -> Any:
        from pydantic_core import to_jsonable_python

        return to_jsonable_python(value)

    def show(self, stored: Any, lang: str) -> str:
        return stored if isinstance(stored, str) else json.dumps(stored, ensure_ascii=False)
