"""Which version of its declaration each register is stored under: asked at every start and by the first write of a register.

`versions` in `meta` is a JSON object: table → version of the declaration that its records are stored under, 1 when it is not
named.
"""

# Table names come from schema.quoted.
# ruff: noqa: S608

import json
from typing import TYPE_CHECKING

from ..records.declaration import Declaration
from . import schema
from .connection import Connection
from .errors import StoreError

if TYPE_CHECKING:
    from .database import Store

VERSIONS = "versions"


def versions(connection: Connection) -> dict[str, int] | None:
    """The version of each table's records, `None` for a file of format 1, which knew of none.

    Raises:
        StoreError: damaged.
    """
    text = connection.one("SELECT value FROM meta WHERE name = ?", (VERSIONS,))
    try:
        return None if text is None else {str(table): int(version) for table, version in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError("damaged", connection.path, detail=f"meta {VERSIONS}") from error


def write_versions(connection: Connection, known: dict[str, int]) -> None:
    """Brings the file to the present format and notes what its records are stored under; inside a transaction."""
    found = connection.one("PRAGMA user_version")
    for number in range(found + 1, schema.FORMAT + 1):
        for statement in schema.STEPS[number]:
            connection.rows(statement)
    connection.rows(f"PRAGMA user_version = {schema.FORMAT}")
    connection.rows("UPDATE meta SET value = ? WHERE name = 'format'", (str(schema.FORMAT),))
    text = json.dumps({table: version for table, version in sorted(known.items()) if version > 1})
    connection.rows("INSERT OR REPLACE INTO meta VALUES(?, ?)", (VERSIONS, text))


def behind(store: "Store") -> list[Declaration] | None:
    """The registers whose records have to change; `None` when not even the format is behind (20 µs, which every start pays).

    Raises:
        StoreError: newer_register, a newer version of a plugin wrote records.
    """
    known = versions(store.connection)
    later = [one for one in store.declarations if one.version and (known or {}).get(one.table, 1) != one.version]
    for one in later:
        _refuse_newer(store.connection, one, (known or {}).get(one.table, 1))
    there = store.connection.tables() if any(one.version > 1 for one in later) else set()
    late = [
        one
        for one in later
        if one.version > 1 and any(is_used(store.connection, name, there) for name in names_of(one))
    ]
    return late if late or known is None else None


def check_writable(connection: Connection, declaration: Declaration) -> None:
    """Called with every write of a register: a program that is still open must not write the form of another version.

    Raises:
        StoreError: newer_register, not_upgraded, or register_without_plugin.
    """
    if not declaration.version:  # made of what is stored: its plugin is not there
        raise StoreError("register_without_plugin", connection.path, table=declaration.table)
    known = versions(connection)
    found = (known or {}).get(declaration.table, 1)
    if found == declaration.version:
        return
    _refuse_newer(connection, declaration, found)
    if known is None or any(is_used(connection, name, connection.tables()) for name in names_of(declaration)):
        raise StoreError(
            "not_upgraded", connection.path, table=declaration.table, found=found, known=declaration.version
        )
    write_versions(connection, {**known, declaration.table: declaration.version})


def names_of(declaration: Declaration) -> tuple[str, ...]:
    """A register's table, then what it was called in older versions."""
    return declaration.table, *declaration.was


def is_used(connection: Connection, table: str, there: set[str]) -> bool:
    """Whether a table has rows; `there` are the tables that exist."""
    return table in there and connection.one(f"SELECT 1 FROM {schema.quoted_table(table)} LIMIT 1") is not None


def _refuse_newer(connection: Connection, declaration: Declaration, found: int) -> None:
    if found > declaration.version:
        raise StoreError(
            "newer_register", connection.path, table=declaration.table, plugin=declaration.plugin,
            found=found, known=declaration.version,
        )  # fmt: skip
