"""Erasing values for good, as somebody's right to be forgotten asks; their commitments stay, so the history still verifies."""

# Table names come from schema.quoted, values are parameters.

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from tinydb import where
from tinydb.table import Document

from ..records.declaration import Declaration, Field
from ..records.linked_kinds import PseudonymKind
from ..records.problems import Problem, Rejected
from . import driver, fulltext, history, log, pipeline
from .connection import Connection
from .errors import NoSuchRecord, StoreError
from .values import json_text

if TYPE_CHECKING:
    from .register import RegisterTable

# The plain table in which the app keeps half-filled forms: `table`, `uid` and the `values` typed so far.
DRAFTS = "_drafts"


def personal(declaration: Declaration) -> list[str]:
    """The fields whose values are about a person, as far as they can be erased."""
    return [one.name for one in declaration.fields if one.privacy in ("personal", "special") and _erasable(one)]


class Erased(NamedTuple):
    """A record without the erased values, `None` when it had been removed.

    `complete` is False when others kept the file in use, so that its unused pages may still hold the values: the same
    call, repeated later, clears them.
    """

    doc: Document | None
    complete: bool


def erase(register: "RegisterTable", reference: str, fields: Iterable[str], reason: str) -> Erased:
    """See `RegisterTable.erase`."""
    store, names = register.store, list(dict.fromkeys(fields))
    if store.connection.sqlite.in_transaction:
        raise RuntimeError("erasing is an operation of its own")
    said = " ".join(reason.split())
    problems = [problem for name in names for problem in _not_erasable(register.declaration, name)]
    if problems or not said:
        raise Rejected([*problems, *([] if said else [Problem("erase_needs_reason")])])
    with register.writing(f"{log.ERASE} {said}"), store.operation(log.ERASE) as operation:
        try:
            doc: Document | None = register.meant(reference)
            uid = str(doc["id"]) if doc else ""
        except NoSuchRecord:
            doc, uid = None, reference.strip().lower()
            if not store.history(register.name, uid, limit=1):
                raise
        names = _with_older_names(store.connection, register.declaration, uid, names)
        before = {
            name for _, patch in history.patches(store.connection, uid) for name in names if "c" in patch.get(name, {})
        }
        erased = _from_history(store.connection, uid, names)
        if not erased and not before:
            raise pipeline.refuse(register, [Problem("nothing_to_erase")], doc)
        patch = log.patch_of(dict.fromkeys(erased, True), {})
        if erased and doc is None:
            operation.write(register.name, uid, patch)
        if erased and doc is not None:
            left = {name: value for name, value in doc.items() if name not in erased}
            doc = register.document_class(register.write(doc.doc_id, doc, left, patch), doc.doc_id)
        if DRAFTS in store.tables():
            store.table(DRAFTS).remove((where("table") == register.name) & (where("uid") == uid))
        fulltext.forget_removed(store.connection, register.sql_name)
    return Erased(doc, _scrubbed(store.connection))


def _with_older_names(connection: Connection, declaration: Declaration, uid: str, names: list[str]) -> list[str]:
    """Also what these fields were called before. Who erases all that is personal erases what is not declared any more, too."""
    older = [old for name in names for old in declaration.by_name[name].was]
    if set(personal(declaration)) <= set(names):
        said = {name for _, patch in history.patches(connection, uid) for name in patch}
        older += sorted(said - declaration.by_name.keys() - {log.DELETED})
    return list(dict.fromkeys([*names, *older]))


def _scrubbed(connection: Connection) -> bool:
    """Writes the file anew, without what its unused pages and the file beside it held; whether that went through."""
    if driver.has_wal_reset_bug(driver.sqlite.sqlite_version_info):
        return False  # emptying the file beside it could lose what others write: it goes when the last one closes
    try:
        # secure_delete clears what is deleted, but not what SQLite moved from one page to another before.
        connection.rows("VACUUM")
        return not connection.one("PRAGMA wal_checkpoint(TRUNCATE)")
    except StoreError:  # another writer does not end, no room for a second copy
        return False


def _from_history(connection: Connection, uid: str, names: list[str]) -> list[str]:
    """Replaces the values of these fields by their commitments; the fields that had any."""
    erased: dict[str, None] = {}
    for seq, patch in history.patches(connection, uid):
        found = [name for name in names if patch.get(name, {}).get("v") is not None]
        if found:
            kept = {**patch, **{name: {"c": log.commitment(patch[name])} for name in found}}
            connection.rows("UPDATE history SET patch = ? WHERE seq = ?", (json_text(kept), seq))
            erased.update(dict.fromkeys(found))
    return list(erased)


def _erasable(field: Field) -> bool:
    # What the program gave a record of the plugin's own is computed from what people typed.
    given = field.envelope and field.given and field.name != "void_reason"
    return not given and not isinstance(field.kind, PseudonymKind)


def _not_erasable(declaration: Declaration, name: str) -> list[Problem]:
    field = declaration.by_name.get(name)
    if field is None:
        return [Problem("unknown_field", None, {"value": name})]
    return [] if _erasable(field) else [Problem("not_erasable", name, {"value": field.label})]
