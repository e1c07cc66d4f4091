"""Bringing a store to the form of this program: the file's format and the registers' declarations, in one transaction.

What changes is written as one operation of the history, labelled `upgrade TABLE VERSION, …`, by the user `intarsi`.
"""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

import json
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records import clock, ids
from ..records.declaration import Declaration
from ..records.linked_kinds import RowsKind
from . import fulltext, links, log, schema
from .errors import StoreError
from .versions import behind, is_used, names_of, versions, write_versions

if TYPE_CHECKING:
    from .database import Store
    from .register import RegisterTable

WHO = "intarsi"


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did.

    Attributes:
        registers: the tables that were behind.
        records: how many records were changed or made.
        copy: the backup that was made before, `None` when there was nothing to keep.
    """

    registers: tuple[str, ...]
    records: int
    copy: Path | None


def upgrade(store: "Store", back_up: Callable[[], Path] | None) -> Upgraded | None:
    """See `Store.upgrade`."""
    if behind(store) is None:
        return None
    connection = store.connection
    with connection.transaction():
        late = behind(store)
        if late is None:  # another program did it while this one waited for its turn
            return None
        copy = None
        if connection.one("SELECT 1 FROM history LIMIT 1"):
            # This connection holds the turn to write, so nothing changes meanwhile; another one reads what was before.
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(1) as other:
                copy = other.submit(copy_context().run, back_up or (lambda: _copy_beside(store))).result()
        known = versions(connection) or {}
        left = {name for one in late for name in one.was}  # free for another register from now on
        stays = {table: version for table, version in known.items() if table not in left}
        write_versions(connection, stays | {one.table: one.version for one in late})
        label = ", ".join(f"{one.table} {one.version}" for one in late)
        with store.operation(f"{log.UPGRADE} {label}", user=WHO):
            records = _Run(store, known).registers(late) if late else 0
    return Upgraded(tuple(one.table for one in late), records, copy)


def _copy_beside(store: "Store") -> Path:
    from .backup import copy_database

    path = Path(store.path)
    moment = f"{clock.now().astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    copy = path.with_name(f"{path.stem}-{moment}-before-upgrade{path.suffix}")
    copy_database(store, copy)
    return copy


class _Run:
    """One upgrade, inside its transaction and operation."""

    def __init__(self, store: "Store", known: dict[str, int]) -> None:
        self.store, self.known = store, known
        self.added: list[tuple[str, dict[str, Any]]] = []

    def registers(self, late: list[Declaration]) -> int:
        """Upgrades every record of these registers and adds what they make; how many were written."""
        written = 0
        for declaration in late:
            register = self.store.register_table(declaration.table)
            with register.writing():
                for name in names_of(declaration):
                    written += self._table(register, name)
        for table, doc in self.added:
            register = self.store.register_table(table)
            with register.writing():
                register.write(register.new_id({}), {}, doc)
        return written + len(self.added)

    def _table(self, register: "RegisterTable", name: str) -> int:
        """The records that lie in the table `name`, which may be an older name of the register."""
        connection = self.store.connection
        if not is_used(connection, name, connection.tables()):
            return 0
        moved = name != register.name
        written = 0
        for doc_id, text in connection.rows(f"SELECT id, doc FROM {schema.quoted_table(name)} ORDER BY id"):
            try:
                old = json.loads(text)
            except ValueError as error:
                raise StoreError("damaged", self.store.path) from error
            new = self._record(register, old, self.known.get(name, 1))
            if moved:
                register.write(register.new_id({}), {}, new, log.patch_of(old, new))
            elif new != old:
                register.write(doc_id, old, new)
            else:
                continue
            # Fields that are no longer declared may have held links.
            links.renew(connection, register.name, str(old["id"]), links.targets(register.declaration, new))
            written += 1
        if moved:
            self._leave(name, register.name)
        return written

    def _record(self, register: "RegisterTable", old: dict[str, Any], version: int) -> dict[str, Any]:
        declaration = register.declaration
        made: list[tuple[str, dict[str, Any]]] = []
        try:
            renamed = declaration.renamed(old)
            new = register.load().upgrade(renamed, version, lambda table, doc: made.append((table, dict(doc))))
            fixed = {field.name for field in declaration.fields if field.envelope and field.given} & old.keys()
            new = {name: value for name, value in new.items() if value not in (None, "")}
            new |= {name: old[name] for name in fixed}
            self._must_be_readable(declaration, {name: value for name, value in new.items() if value != old.get(name)})
            self.added += [(table, self._new(table, doc, old)) for table, doc in made]
        except (StoreError, MemoryError):
            raise
        except Exception as error:  # a plugin's code may raise anything
            raise StoreError(
                "upgrade_failed", self.store.path, table=register.name, record=old.get("number") or old["id"],
                detail=f"{type(error).__name__}: {error}",
            ) from error  # fmt: skip
        return new

    def _new(self, table: str, doc: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
        """A draft that comes of the record `old`, with what is said of who and when there."""
        declaration = self.store.register_table(table).declaration
        envelope: dict[str, Any] = {name: old[name] for name in ("partner", "created_by", "created_at") if name in old}
        whole: dict[str, Any] = {**envelope, "state": "draft", **doc, "id": ids.uuid7(), "site": self.store.site}
        whole = {name: value for name, value in whole.items() if value not in (None, "", [])}
        for field in declaration.fields:
            if field.default is not None:
                whole.setdefault(field.name, field.default)
        self._must_be_readable(declaration, whole)
        missing = [field.name for field in declaration.fields if field.required == "save" and field.name not in whole]
        if missing or "number" in whole:
            raise ValueError(f"{table}: {', '.join(missing) or 'number'}")
        return whole

    def _must_be_readable(self, declaration: Declaration, values: dict[str, Any]) -> None:
        """Rules are left to `intarsi check`: they are for people, and what they ask for may not be known."""
        for name, value in values.items():
            field = declaration.by_name.get(name)
            if field is None:
                continue
            if isinstance(field.kind, RowsKind):
                for row in field.kind.read(value):
                    self._must_be_readable(field.kind.declaration, row)
            elif field.kind.store(field.kind.read(value)) != value:
                raise ValueError(f"{declaration.table or declaration.label.en}: {name} = {value!r}")

    def _leave(self, old: str, new: str) -> None:
        """Takes away the emptied table of a register that has another name now, and goes on with its numbers."""
        connection, sql = self.store.connection, schema.sql_name(old)
        for counter, value in connection.rows("SELECT name, value FROM counter WHERE name LIKE 'number %'"):
            kind, table, rest = str(counter).split(" ", 2)
            if table == old:
                connection.raise_counter(f"{kind} {new} {rest}", value)
                connection.rows("DELETE FROM counter WHERE name = ?", (counter,))
        connection.rows("DELETE FROM counter WHERE name = ?", (f"id {old}",))
        connection.rows("DELETE FROM link WHERE tbl = ?", (old,))
        connection.rows(f"DROP TABLE {schema.quoted(sql)}")
        connection.rows(f"DROP TABLE IF EXISTS {schema.quoted(fulltext.index_name(sql))}")
        connection.known.clear()
