"""Documents as JSON text: what can be kept, and the one way of writing it that hashes are made of."""

import json
import math
import sys
from collections.abc import Callable
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

from ..records.labels import Label
from ..records.problems import Problem, Rejected

DEPTH = 100  # one document nested deeper than SQLite's 1,000 makes every query over its table fail
BITS = 1023  # of the largest float
LARGEST = 2**53  # beyond it SQLite, Excel and other readers of JSON round

# JSON without spaces, not escaped to ASCII. Made once: json.dumps makes an encoder for each call that has settings.
json_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_SORTED = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode
# What the encoder itself does with these, without being set up anew for each of them (0.2 µs instead of 0.9).
_SCALARS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring, int: int.__repr__, bool: ("false", "true").__getitem__, NoneType: lambda _: "null",
}  # fmt: skip


def dumps(doc: Any) -> str:
    """The JSON text of a document.

    Raises:
        Rejected: `not_storable`, with the path of the value: one NaN makes every query over the table fail, NUL cuts
            texts short, half a surrogate pair is no UTF-8.
    """
    try:
        text = json_text(doc) if _ordinary(doc, DEPTH) else None
        if text is not None and "\\u0000" not in text:
            text.encode()
            return text
    except (TypeError, ValueError):  # of another type, NaN, half a character
        pass
    _check(doc, "", 0)  # says which value it is
    return json_text(doc)


def bindable(text: str) -> str:
    """`text` as SQLite can take it: a terminal may hand over half a character."""
    return text.encode(errors="replace").decode()


def at_most(rows: int) -> int:
    """A number of rows as SQLite and Python can count them: nothing has more."""
    return max(-1, min(rows, sys.maxsize))


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without spaces, not escaped to ASCII, in UTF-8."""
    return canonical_text(value).encode()


def canonical_text(value: Any) -> str:
    """The same before it becomes UTF-8."""
    return _SCALARS.get(type(value), _SORTED)(value)


def _ordinary(value: Any, levels: int) -> bool:
    """Whether names, whole numbers and depth are as they should be: a third of the time that finding the place takes."""
    if not levels:
        return False
    if isinstance(value, dict):
        if not all(type(key) is str for key in value):
            return False
        value = value.values()
    for one in value:
        if isinstance(one, str):
            continue
        if isinstance(one, int):
            if not -LARGEST <= one <= LARGEST:
                return False
        elif isinstance(one, (dict, list, tuple)) and not _ordinary(one, levels - 1):
            return False
    return True


def _check(value: Any, path: str, depth: int) -> None:
    reason = None
    if isinstance(value, str):
        reason = _in_text(value)
    elif isinstance(value, float):
        reason = None if math.isfinite(value) else Label(str(value), str(value))
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            reason = Label("numero intero oltre 2^53", "whole number beyond 2^53")
    elif isinstance(value, (dict, list, tuple)):
        if depth == DEPTH:
            reason = Label("troppi livelli", "too many levels")
        elif isinstance(value, dict):
            for key, one in value.items():
                if not isinstance(key, str):
                    name = type(key).__name__  # not the key itself: of a huge number there is no text
                    reason = Label(f"nome di campo non testuale ({name})", f"field name that is not text ({name})")
                    break
                reason = reason or _in_text(key)
                _check(one, f"{path}.{key}" if path else key, depth + 1)
        else:
            for number, one in enumerate(value, start=1):
                _check(one, f"{path}.{number}", depth + 1)
    elif value is not None:
        name = type(value).__name__
        reason = Label(f"tipo {name}", f"type {name}")
    if reason:
        raise Rejected([Problem("not_storable", path or None, {"value": reason})])


def unsayable(value: Any, levels: int = DEPTH) -> str | None:
    """Where in `value` a whole number is that Python refuses to make a text of (from 4,300 digits on), or a float.

    Returns:
        "" for the value itself, `.2.role` for a part of it, `None` when there is none.
    """
    if isinstance(value, int):
        return None if value.bit_length() <= BITS else ""
    if not levels or not isinstance(value, (dict, list, tuple)):
        return None
    for name, one in value.items() if isinstance(value, dict) else enumerate(value, start=1):
        if not isinstance(name, str) and unsayable(name) is not None:
            return ""
        if isinstance(one, (int, dict, list, tuple)) and (place := unsayable(one, levels - 1)) is not None:
            return f".{name}{place}"
    return None


def _in_text(text: str) -> Label | None:
    if "\0" in text:
        return Label("carattere NUL", "NUL character")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return Label("mezzo carattere Unicode", "half a Unicode character")
    return None
