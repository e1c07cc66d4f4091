"""Links between records: what was typed becomes a UUID, and who refers to whom is kept beside the documents."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..records.context import Context
from ..records.declaration import Declaration, Field
from ..records.labels import Label
from ..records.linked_kinds import LinkKind, LinksKind, RowsKind
from ..records.problems import Invalid, Problem
from . import naming
from .connection import Connection
from .errors import AmbiguousRecord, NoSuchRecord

if TYPE_CHECKING:
    from .database import Store

SHOWN, MANY = 3, 10


def targets(declaration: Declaration, doc: Mapping[str, Any]) -> set[str]:
    """The UUIDs that a stored document refers to, in rows too."""
    return {uid for _table, uid in linked(declaration, doc)}


def linked(declaration: Declaration, doc: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Table and UUID of each record that a stored document refers to, in rows too."""
    for name, target, rows in declaration.leading:
        value = doc.get(name)
        if not value:
            continue
        if rows:
            for row in value:
                for column, to, deeper in rows.leading:  # a generator a row took longer than all else
                    one = row.get(column)
                    if isinstance(one, str) and not deeper:
                        if one:
                            yield to, one
                    elif one:
                        yield from linked(rows, {column: one})
        elif isinstance(value, str):
            yield target, value
        else:
            for uid in value:
                yield target, uid


def resolve(
    store: "Store", declaration: Declaration, changes: Mapping[str, Any], known: set[str], prefix: str = ""
) -> tuple[dict[str, Any], list[Problem]]:
    """`changes` with UUIDs for links, and the problems of those that lead nowhere.

    Parameters:
        known: UUIDs that the record refers to already; they stay, even when their record is void by now.
        prefix: path of the row that is looked at, such as `members.2.`.
    """
    resolved = dict(changes)
    problems: list[Problem] = []
    for field in declaration.linking:
        raw = changes.get(field.name)
        if raw is None or raw == "" or (isinstance(field.kind, RowsKind) and not field.kind.declaration.linking):
            continue
        assert isinstance(field.kind, (LinkKind, RowsKind))
        try:
            value: Any = field.kind.read(raw)
        except Invalid:
            continue  # the record's own reading says what is wrong with it
        if isinstance(field.kind, RowsKind):
            rows: list[Any] = []
            for row in filter(None, map(_without_empty, value)):
                if isinstance(row, dict):
                    path = f"{prefix}{field.name}.{len(rows) + 1}."
                    row, found = resolve(store, field.kind.declaration, row, known, path)
                    problems += found
                rows.append(row)
            resolved[field.name] = rows
            continue
        several = isinstance(field.kind, LinksKind)
        uids = []
        for reference in value if several else [value]:
            uid, problem = _resolve_one(store, field.kind.target, reference, known, prefix + field.name)
            uids.append(uid)
            problems += [problem] if problem else []
        resolved[field.name] = list(dict.fromkeys(uids)) if several else uids[0]
    return resolved, problems


def _without_empty(row: Any) -> Any:
    return {name: value for name, value in row.items() if value not in (None, "")} if isinstance(row, dict) else row


def _resolve_one(store: "Store", target: str, text: str, known: set[str], path: str) -> tuple[str, Problem | None]:
    if text in known:
        return text, None
    try:
        found = naming.meant(store, target, text)
    except (NoSuchRecord, AmbiguousRecord) as error:
        return text, Problem(error.problem.code, path, error.problem.params)
    uid = str(found["id"])
    if found.get("state") == "void" and uid not in known:
        declaration = store.registered(target)
        title: str | Label = title_of(declaration, found) if declaration else text
        called = declaration.plural if declaration else target
        return text, Problem("void_record", path, {"value": title, "target": called})
    return uid, None


def title_of(declaration: Declaration, doc: Mapping[str, Any]) -> Label:
    """How a record is called, in both languages."""
    return Label(declaration.title_of(dict(doc), "it"), declaration.title_of(dict(doc), "en"))


def keep(connection: Connection, table: str, uid: str, old: set[str], new: set[str]) -> None:
    """Brings the `link` table up to date after a record changed."""
    if old == new:
        return
    if old:
        renew(connection, table, uid, new)
    else:
        _insert(connection, table, uid, new)


def renew(connection: Connection, table: str, uid: str, new: set[str]) -> None:
    """Writes the links of a record, whatever was known of them."""
    connection.rows("DELETE FROM link WHERE uid = ? AND tbl = ?", (uid, table))
    _insert(connection, table, uid, new)


def _insert(connection: Connection, table: str, uid: str, new: set[str]) -> None:
    for target in sorted(new):
        connection.rows("INSERT INTO link(target, tbl, uid) VALUES(?, ?, ?)", (target, table, uid))


def referring(connection: Connection, uid: str) -> list[tuple[str, str]]:
    """Table and UUID of each record that refers to the record `uid`, itself left out."""
    rows = connection.rows("SELECT tbl, uid FROM link WHERE target = ? AND uid != ? ORDER BY tbl, uid", (uid, uid))
    return [(str(table), str(other)) for table, other in rows]


def still_linked(store: "Store", uid: str) -> list[Problem]:
    """The problem of removing a record that others refer to, naming the first few."""
    found = referring(store.connection, uid)
    if not found:
        return []
    named: list[Label | str] = [_named(store, table, other) for table, other in found[:SHOWN]]
    return [Problem("still_linked", None, {"value": named + ["…"] * (len(found) > SHOWN)})]


def in_use(store: "Store", uid: str, *, replaced: bool = False) -> list[Problem]:
    """What voiding a record does to valid ones that refer to it: those under way or to come refuse it, of others it warns.

    Parameters:
        replaced: another record takes its place, so that nothing is left without one.
    """
    valid = [
        (table, other)
        for table, other in referring(store.connection, uid)
        if (store.table(table).by_uid(other) or {}).get("state") != "void"
    ]
    going_on = [] if replaced else [one for one in valid if _goes_on(store, *one, uid)]
    found = going_on or valid
    if not found:
        return []
    shown = MANY if going_on else SHOWN
    named: list[Label | str] = [_named(store, table, other) for table, other in found[:shown]]
    params = {"count": len(found), "value": named + ["…"] * (len(found) > shown)}
    return [Problem("goes_on", None, params) if going_on else Problem("in_use", None, params, severity="warning")]


def _goes_on(store: "Store", table: str, other: str, uid: str) -> bool:
    """Whether people wrote the record `uid` into one that is under way or to come; what is worked out follows by itself."""
    declaration, doc = store.registered(table), store.table(table).by_uid(other)
    if declaration is None or doc is None:
        return False
    written = {one.name: doc[one.name] for one in declaration.linking if not one.given and one.name in doc}
    if uid not in targets(declaration, written):
        return False
    try:
        return store.register_table(table).load().goes_on(doc, store.context.today)
    except Exception:  # another plugin's rule may raise anything, and is no reason to keep this record
        return False


def void_ones(store: "Store", context: Context, declaration: Declaration, doc: Mapping[str, Any]) -> Iterator[Problem]:
    """The warnings of a record's links, those in rows too, that lead to void records."""
    for field in declaration.linking:
        rows = field.kind.declaration.linking if isinstance(field.kind, RowsKind) else ()
        for number, row in enumerate(doc.get(field.name) or () if rows else (), 1):
            for column in rows:
                yield from _void(store, context, column, row, f"{field.name}.{number}.{column.name}")
        if not rows:
            yield from _void(store, context, field, doc, field.name)


def _void(store: "Store", context: Context, field: Field, holder: Mapping[str, Any], path: str) -> Iterator[Problem]:
    value = holder.get(field.name)
    if not isinstance(field.kind, LinkKind) or not value:
        return
    for uid in [value] if isinstance(value, str) else value:
        found = context.get(field.kind.target, uid)
        if found and found.get("state") == "void":
            declaration = store.registered(field.kind.target)
            called = _with_title(store, declaration, found) if declaration else str(found.get("number") or uid[:8])
            yield Problem("linked_void", path, {"value": called}, severity="warning")


def _named(store: "Store", table: str, uid: str) -> Label:
    declaration, doc = store.registered(table), store.table(table).by_uid(uid)
    if declaration is None or doc is None:
        return Label(table, table)
    called = _with_title(store, declaration, doc)
    return Label(f"{declaration.label.it} {called.it}", f"{declaration.label.en} {called.en}")


def _with_title(store: "Store", declaration: Declaration, doc: Mapping[str, Any]) -> Label:
    """`2021/0003 (Regole)`, as far as there are both."""
    number, title = (
        str(doc.get("number") or ""),
        [naming.title_of(store, declaration, doc, lang) for lang in ("it", "en")],
    )
    return Label(*(f"{number} ({words})" if number and number not in words else words for words in title))
