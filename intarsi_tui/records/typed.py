"""Reading what people type, in Italian or English notation: dates, times, durations, numbers, yes and no."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from . import clock
from .problems import Invalid

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "gennaio gen january jan", "febbraio feb february", "marzo mar march", "aprile apr april", "maggio mag may",
            "giugno giu june jun", "luglio lug july jul", "agosto ago august aug", "settembre set september sep sept",
            "ottobre ott october oct", "novembre nov november", "dicembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NEAR = {"oggi": 0, "today": 0, "ieri": -1, "yesterday": -1, "domani": 1, "tomorrow": 1}
YES = frozenset(("si", "s", "yes", "y", "x", "vero", "true", "1"))
NO = frozenset(("no", "n", "falso", "false", "0"))
UNKNOWN_DATE = date.min  # 01/01/0001, the ministry's stand-in for a missing permit date (`domain.md` §9.1)


def fold(text: str) -> str:
    """`text` without case and accents; unlike `reference.tables.fold` it keeps punctuation, which dates and numbers need."""
    if text.isascii():  # most are, and every record folds a dozen
        return text.lower().strip()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip()


@lru_cache(10_000)  # an office's records share few days, and reading one takes longer than finding it again
def stored_date(text: str) -> date | None:
    """The day that is written as records keep it (`2021-03-15`), `None` for every other text."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(2_000)
def stored_time(text: str) -> time | None:
    """The time that is written as records keep it (`09:30`), `None` for every other text."""
    if len(text) != 5 or text[2] != ":":
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def read_date(typed: str) -> date:
    """`31/12/1984`, `15/3` (this year), `15 marzo 2021`, `2021-03-15`, `+7`, `oggi`, `today`.

    Raises:
        Invalid: `not_a_date`, or `no_such_day` for the 31st of April.
    """
    text = fold(typed)
    if text in NEAR:
        return clock.today() + timedelta(days=NEAR[text])
    if re.fullmatch(r"[+-]\d{1,4}", text):
        return clock.today() + timedelta(days=int(text))
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?", text):
        year, month, day = found.groups()
    elif found := re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?", text):
        day, month, year = found.groups()
    elif (found := re.fullmatch(r"(\d{1,2})[°o]?[ \-]([a-z]+)\.?(?:[ \-](\d{4}|\d{2}))?", text)) and found[2] in MONTHS:
        day, month, year = found[1], str(MONTHS[found[2]]), found[3]
    else:
        raise Invalid("not_a_date", value=typed)
    try:
        return date(_year(year), int(month), int(day))
    except ValueError:
        raise Invalid("no_such_day", value=typed) from None


def _year(digits: str | None) -> int:
    if digits is not None and len(digits) == 4:
        return int(digits)
    this_year = clock.today().year
    if digits is None:
        return this_year
    # Two digits: ten years ahead at most, so that 84 is a birth year and 26 a deadline.
    century = this_year - this_year % 100
    return century + int(digits) - (100 if int(digits) > this_year % 100 + 10 else 0)


def read_time(typed: str) -> time:
    """`9`, `9:30`, `9.30`, `9,30`, `9h30`, `0930`, `09:30:00`.

    Raises:
        Invalid: `not_a_time`, or `no_such_hour` for 25:99.
    """
    text = fold(typed)
    found = re.fullmatch(r"(\d{1,2})(?:[:.,h](\d{2})?(?::00)?)?", text) or re.fullmatch(r"(\d{2})(\d{2})", text)
    if not found:
        raise Invalid("not_a_time", value=typed)
    if int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Invalid("no_such_hour", value=typed)
    return time(int(found[1]), int(found[2] or 0))


def read_minutes(typed: str) -> int:
    """Whole minutes from `1h30`, `1:30`, `1,5`, `2` (hours), `90m`, `90 min`.

    Raises:
        Invalid: `not_minutes`; `not_whole_minutes` for `0,33`, since durations are never rounded.
    """
    text = fold(typed).replace(" ", "").replace("'", "m")
    text = re.sub(r"or[ae]|hours?", "h", text)
    text = re.sub(r"(minut[io]|minutes?|mins?)$", "m", text)
    if found := re.fullmatch(r"(\d{1,4})[:h](\d{1,2})m?", text):
        if int(found[2]) > 59:
            raise Invalid("not_minutes", value=typed)
        return int(found[1]) * 60 + int(found[2])
    if found := re.fullmatch(r"(\d{1,6})m", text):
        return int(found[1])
    if found := re.fullmatch(r"(\d{1,4}(?:[.,]\d{1,4})?)h?", text):
        minutes = Decimal(found[1].replace(",", ".")) * 60
        if minutes != minutes.to_integral_value():
            raise Invalid("not_whole_minutes", value=typed)
        return int(minutes)
    raise Invalid("not_minutes", value=typed)


def show_minutes(minutes: int) -> str:
    """Minutes as hours and minutes, `23:45`: exact, which the decimals of 6:10 are not. All that people read says hours so."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' * (minutes < 0)}{hours}:{rest:02d}"


def read_decimal(typed: str, code: str = "not_a_number") -> Decimal:
    """A number with comma or point: `3,5`, `3.5`, `1.234,56`, `1,234.56`, `1 234`.

    One separator before exactly three digits divides thousands (`1.234` is 1234), as amounts have two decimals at most.

    Raises:
        Invalid: `code`.
    """
    text = re.sub(r"[\s\u00a0\u202f']", "", typed).replace("€", "").removesuffix("EUR").replace("−", "-")
    last = max(text.rfind(","), text.rfind("."))
    if last >= 0:
        separator, other = text[last], "," if text[last] == "." else "."
        whole, decimals = text[:last].replace(other, ""), text[last + 1 :]
        if separator in whole or (len(decimals) == 3 and whole.lstrip("-") not in ("", "0")):
            if not re.fullmatch(rf"-?\d{{1,3}}(\{separator}\d{{3}})+", text.replace(other, "")) or other in text:
                raise Invalid(code, value=typed)
            text = text.replace(separator, "")
        else:
            text = f"{whole}.{decimals}"
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid(code, value=typed) from None
    if not number.is_finite() or {"e", "_"} & set(text.casefold()) or abs(number) > 10**12:
        raise Invalid(code, value=typed)
    return number


def read_flag(typed: str) -> bool:
    """`sì`, `si`, `x`, `yes`, `vero`, `1`; `no`, `n`, `falso`, `0`.

    Raises:
        Invalid: `not_a_flag`.
    """
    text = fold(typed)
    if text in YES or text in NO:
        return text in YES
    raise Invalid("not_a_flag", value=typed)


def as_day(value: datetime) -> date:
    """The day of an Excel moment.

    Raises:
        Invalid: the moment has an hour, so it was not meant as a day.
    """
    if value.time() != time(0):
        raise Invalid("not_a_date", value=value)
    return value.date()
