"""Documents as JSON text: what can be kept, and the one way of writing it that hashes are made of."""

import json
import math
from typing import Any

from ..records.labels import Label
from ..records.problems import Problem, Rejected

DEPTH = 100  # one document nested deeper than SQLite's 1,000 makes every query over its table fail
LARGEST = 2**53  # beyond it SQLite, Excel and other readers of JSON round

# JSON without spaces, not escaped to ASCII. Made once: json.dumps makes an encoder for each call that has settings.
json_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_SORTED = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode


def dumps(doc: Any) -> str:
    """The JSON text of a document.

    Raises:
        Rejected: `not_storable`, with the path of the value: one NaN makes every query over the table fail, NUL cuts
            texts short, half a surrogate pair is no UTF-8.
    """
    _check(doc, "", 0)
    return json_text(doc)


def bindable(text: str) -> str:
    """`text` as SQLite can take it: a terminal may hand over half a character."""
    return text.encode(errors="replace").decode()


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without spaces, not escaped to ASCII, in UTF-8."""
    return _SORTED(value).encode()


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
                    reason = Label(f"nome di campo non testuale {key!r}", f"field name that is not text {key!r}")
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


def _in_text(text: str) -> Label | None:
    if "\0" in text:
        return Label("carattere NUL", "NUL character")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return Label("mezzo carattere Unicode", "half a Unicode character")
    return None
