"""TinyDB queries as SQL conditions.

The SQL is only ever a superset filter: it lets through every document that the query takes, and perhaps more. Whoever
runs it tests each document again with the query itself, unless the condition is `exact`. What a query looks like inside
is TinyDB's `_hash`, whose shapes are tested against the pinned version.

Where plain TinyDB raises TypeError (`<` on a value of another type) a document does not match.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from tinydb.queries import QueryInstance


class Condition(NamedTuple):
    """An SQL condition over the columns of a table.

    Attributes:
        where: the expression; NULL means no. (A coalesce around it would keep SQLite from using an index.)
        params: its values.
        exact: true for exactly the documents that the query takes.
    """

    where: str
    params: tuple[Any, ...] = ()
    exact: bool = False


ANYTHING = Condition("1")

ESCAPED = re.compile('["\\\\\x00-\x1f\ud800-\udfff]')
LARGEST = 2**53  # beyond it SQLite compares rounded numbers
MOST_VALUES = 500
DEEPEST = 50


def compile(query: Any) -> Condition:
    """The condition of a TinyDB query; `ANYTHING` for what SQL cannot say."""
    shape = getattr(query, "_hash", None) if isinstance(query, QueryInstance) else None
    return _condition(shape, 0)


def value_of(*path: str) -> str:
    """The expression of a field's value; indexes are made on this very text, or SQLite does not use them."""
    return f"json_extract(doc,{_literal(path)})"


def type_of(*path: str) -> str:
    """The expression of a field's JSON type; NULL when it is missing."""
    return f"json_type(doc,{_literal(path)})"


@lru_cache
def _literal(path: tuple[str, ...]) -> str:
    text = "$" + "".join(f'."{key}"' for key in path)
    return "'" + text.replace("'", "''") + "'"


def _condition(shape: Any, depth: int) -> Condition:
    if shape == ():
        return Condition("1", exact=True)
    if not isinstance(shape, tuple) or depth > DEEPEST or not isinstance(shape[0], str):
        return ANYTHING
    name, *rest = shape
    if name in ("and", "or") and len(rest) == 1:
        return _joined(name, [_condition(one, depth + 1) for one in rest[0]])
    if name == "not" and len(rest) == 1:
        inner = _condition(rest[0], depth + 1)
        return Condition(f"NOT coalesce({inner.where},0)", inner.params, exact=True) if inner.exact else ANYTHING
    if name in TESTS and len(rest) >= 1 and _plain_path(rest[0]):
        return TESTS[name](rest[0], *rest[1:])
    return ANYTHING


def _joined(name: str, parts: list[Condition]) -> Condition:
    kept = [part for part in parts if part != ANYTHING]
    if not kept or (name == "or" and len(kept) < len(parts)):
        return ANYTHING
    where = "(" + f" {name.upper()} ".join(part.where for part in kept) + ")"
    params = tuple(value for part in kept for value in part.params)
    return Condition(where, params, all(part.exact for part in parts))


def _plain_path(path: Any) -> bool:
    """Whether SQLite's path language can say it; a JSON key with an escape in it is stored escaped."""
    return isinstance(path, tuple) and all(isinstance(key, str) and key and _unescaped(key) for key in path)


def _unescaped(text: str) -> bool:
    return not ESCAPED.search(text)


def _bindable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and abs(value) <= LARGEST  # which NaN is not either


def _exists(path: tuple[str, ...], *_: Any) -> Condition:
    return Condition(f"{type_of(*path)} IS NOT NULL")


def _of_types(path: tuple[str, ...], *types: str) -> Condition:
    listed = ",".join(f"'{one}'" for one in types)
    return Condition(f"{type_of(*path)} IN ({listed})")


def equals(path: tuple[str, ...], wanted: Any) -> Condition:
    """The condition of a field that equals a value."""
    if wanted is None:
        return _of_types(path, "null")._replace(exact=True)
    if isinstance(wanted, str) and _bindable(wanted):
        where = f"{value_of(*path)} = ?"
        if wanted[:1] in ("[", "{"):  # arrays and objects are extracted as text
            where = f"({where} AND {type_of(*path)} = 'text')"
        return Condition(where, (wanted,), exact=True)
    # Not exact: SQLite may read a decimal fraction into the float beside Python's.
    if _is_number(wanted):
        if wanted == int(wanted):
            return Condition(f"{value_of(*path)} = ?", (int(wanted),))
        return _between(path, wanted, wanted)
    if isinstance(wanted, tuple):
        return _of_types(path, "array")
    return _of_types(path, "object") if isinstance(wanted, dict) else _exists(path)


def _differs(path: tuple[str, ...], unwanted: Any) -> Condition:
    equal = equals(path, unwanted)
    if equal.exact:
        return Condition(f"({type_of(*path)} IS NOT NULL AND NOT coalesce({equal.where},0))", equal.params, exact=True)
    return _exists(path)


def _between(path: tuple[str, ...], least: float | None, most: float | None) -> Condition:
    """Numbers within the bounds, a billionth wider."""
    bounds = [(">=", least, -1), ("<=", most, 1)]
    used = [(sign, bound + side * abs(bound) * 1e-9) for sign, bound, side in bounds if bound is not None]
    tests = "".join(f" AND {value_of(*path)} {sign} ?" for sign, _ in used)
    numeric = _of_types(path, "integer", "real", "true", "false").where
    return Condition(f"({numeric}{tests})", tuple(bound for _, bound in used))


def _ordered(sign: str) -> Callable[..., Condition]:
    def test(path: tuple[str, ...], bound: Any) -> Condition:
        if isinstance(bound, str) and _bindable(bound):
            return Condition(f"({_of_types(path, 'text').where} AND {value_of(*path)} {sign} ?)", (bound,), exact=True)
        if _is_number(bound):
            return _between(path, *((None, bound) if sign[0] == "<" else (bound, None)))
        return _exists(path)

    return test


def _contains_text(joint: str) -> Callable[..., Condition]:
    def test(path: tuple[str, ...], wanted: Any) -> Condition:
        sequence = _of_types(path, "array", "object", "text")
        if not isinstance(wanted, tuple) or not 0 < len(wanted) <= MOST_VALUES:
            return sequence
        if not all(isinstance(one, str) and _unescaped(one) for one in wanted):
            return sequence
        # A text inside an array stands in the array's own text.
        where = f" {joint} ".join([f"instr({value_of(*path)},?)"] * len(wanted))
        return Condition(f"({sequence.where} AND ({where}))", wanted)

    return test


def _one_of(path: tuple[str, ...], wanted: Any) -> Condition:
    values: list[Any] = list(wanted) if isinstance(wanted, (tuple, frozenset)) else [object()]
    texts = [one for one in values if isinstance(one, str) and _bindable(one)]
    whole = [int(one) for one in values if _is_number(one) and one == int(one)]
    nothing = [one for one in values if one is None]
    if len(texts) + len(whole) + len(nothing) < len(values) or len(values) > MOST_VALUES:
        return _exists(path)
    marks = ",".join("?" * (len(texts) + len(whole)))
    where = f"{value_of(*path)} IN ({marks})"
    if nothing:
        where = f"({where} OR {equals(path, None).where})"
    exact = len(texts) == len(values) and not any(one[:1] in ("[", "{") for one in texts)
    return Condition(where, (*texts, *whole), exact)


TESTS: dict[str, Callable[..., Condition]] = {
    "==": equals,
    "!=": _differs,
    "<": _ordered("<"),
    "<=": _ordered("<="),
    ">": _ordered(">"),
    ">=": _ordered(">="),
    "exists": lambda path: _exists(path)._replace(exact=True),
    # TinyDB leaves the flags out of the hash, so the pattern itself cannot be used.
    "matches": lambda path, _: _of_types(path, "text"),
    "search": lambda path, _: _of_types(path, "text"),
    "test": _exists,
    "any": _contains_text("OR"),
    "all": _contains_text("AND"),
    "one_of": _one_of,
}
