"""`--where FIELD=VALUE`: what was typed becomes a TinyDB query on stored values."""

import operator
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..i18n import translator
from ..records.basic_kinds import DateKind
from ..records.linked_kinds import LinkKind
from ..records.problems import Invalid, Problem
from ..records.typed import fold
from .errors import USAGE, Failure

if TYPE_CHECKING:
    from tinydb.queries import QueryInstance

    from ..host.office import Office
    from ..records.declaration import Declaration, Field
    from ..records.kind import Kind

_ = translator("cli")

CONDITION = re.compile(r"\s*([\w-]+)\s*(>=|<=|!=|=|>|<)\s*(.*?)\s*", re.DOTALL)
ORDERED: dict[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
# The stored form of the other kinds has an order too, but of identifiers and codes: it would answer, and mean nothing.
IN_ORDER = frozenset(("date", "time", "minutes", "euro", "int", "moment", "text", "long_text"))
# What is typed can name neither several rows nor a file.
WITHOUT_VALUE = ("rows", "attachment", "attachments")


def query_of(
    office: "Office", declaration: "Declaration", conditions: Iterable[str], state: str | None
) -> "QueryInstance | None":
    """All conditions at once, `None` when there are none.

    Raises:
        Failure: a condition that cannot be read, a field that does not exist, a value that is not of its kind.
    """
    typed = [*conditions, *([f"state={state}"] if state else [])]
    queries = [_condition(office, declaration, one) for one in typed]
    return reduce(operator.and_, queries) if queries else None


def field_of(condition: str) -> str:
    """The name of the field that a condition is about."""
    parts = CONDITION.fullmatch(condition)
    return parts[1].replace("-", "_") if parts else ""


def _condition(office: "Office", declaration: "Declaration", typed: str) -> "QueryInstance":
    from tinydb import where

    parts = CONDITION.fullmatch(typed)
    # "==" and "=>" would look for a text that begins with a sign, and find nothing without a word.
    if parts is None or parts[3][:1] in ("=", ">", "<") or (parts[2] in ORDERED and not parts[3]):
        raise Failure(
            _(
                "--where {typed}: write FIELD=VALUE, or >, >=, <, <=, != instead of =; FIELD= and FIELD!= find what is empty and what is filled in"
            ).format(typed=typed),
            USAGE,
        )
    name, sign, text = parts.groups()
    field = field_named(declaration, name)
    path = where(field.name)
    if text == "":
        filled = path.exists()
        return ~filled if sign == "=" else filled
    if field.kind.name in WITHOUT_VALUE:
        raise Failure(
            _("--where {typed}: of this field only {name}= and {name}!= can be asked: whether it is empty").format(
                typed=typed, name=name
            ),
            USAGE,
        )
    if sign in ORDERED and field.kind.name not in IN_ORDER:
        raise Failure(_("--where {typed}: this field knows = and != only").format(typed=typed), USAGE)
    if field.kind.name == "moment":
        return _in_time(office, field, path, sign, text)
    value = _stored(office, field, text)
    if sign in ORDERED:
        query: QueryInstance = ORDERED[sign](path, value)
        return query
    if field.kind.name in (
        "text",
        "long_text",
        "email",
        "phone",
    ):  # as search does: who writes a name need not know its accents
        alike = path.test(_alike, fold(value))  # type: ignore[arg-type]  # TinyDB takes it for a test of documents
        return alike if sign == "=" else ~alike
    # A links field holds a list: "=" asks whether it has all that was typed.
    equal = path.all(value) if isinstance(value, list) else path == value
    return equal if sign == "=" else ~equal


def _alike(value: Any, folded: str) -> bool:
    return fold(str(value)) == folded


def _in_time(office: "Office", field: "Field", path: Any, sign: str, text: str) -> "QueryInstance":
    """A moment as the log writes it, or a day, which means all of it in the office's own time."""
    try:
        begin = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        begin = None
    length = timedelta(microseconds=1) if begin else timedelta(days=1)
    if begin is None:
        begin = datetime.combine(_read(office, field, DateKind(), text), time())
    first, after = (one.astimezone(UTC).isoformat() for one in (begin, begin + length))
    during = (path >= first) & (path < after)
    queries = {
        "=": during,
        "!=": ~during,
        ">": path >= after,
        ">=": path >= first,
        "<": path < first,
        "<=": path < after,
    }
    query: QueryInstance = queries[sign]
    return query


def field_named(declaration: "Declaration", typed: str) -> "Field":
    """The field of this name, with hyphens or underscores. Raises Failure, listing the names."""
    field = declaration.by_name.get(typed.replace("-", "_"))
    if field is None:
        names = ", ".join(declaration.by_name)
        raise Failure(
            _("{record} has no field “{name}”; there are: {names}").format(
                record=declaration.table, name=typed, names=names
            ),
            USAGE,
        )
    return field


def _stored(office: "Office", field: "Field", text: str) -> Any:
    kind = field.kind
    value = kind.store(_read(office, field, kind, text))
    if not isinstance(kind, LinkKind) or kind.target not in office.declarations:
        return value
    found = [office.table(kind.target).meant(one)["id"] for one in (value if isinstance(value, list) else [value])]
    return found if isinstance(value, list) else found[0]


def _read(office: "Office", field: "Field", kind: "Kind", text: str) -> Any:
    try:
        return kind.read(text)
    except Invalid as invalid:
        raise Failure(
            f"{field.label(office.lang)}: {Problem(invalid.code, params=invalid.params).text(office.lang)}", USAGE
        ) from None
