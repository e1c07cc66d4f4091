"""Which attached files anything in the database still names."""

# Table names come from schema.quoted.
# ruff: noqa: S608

import re

from . import schema
from .connection import Connection

DIGEST = re.compile(r"sha256:([0-9a-f]{64})/")


def in_documents(connection: Connection) -> set[str]:
    """The content hashes in any document: of registers whose plugin is gone, of void records and of half-filled forms too."""
    tables = (schema.quoted_table(name) for name in sorted(connection.tables()))
    found: set[str] = set()
    for table in tables:
        found |= _in(connection, f"SELECT doc FROM {table} WHERE instr(doc, 'sha256:')")
    return found


def in_history(connection: Connection) -> set[str]:
    """The content hashes in any change: what an undo may need, and what an auditor may ask for."""
    return _in(connection, "SELECT patch FROM history WHERE instr(patch, 'sha256:')")


def _in(connection: Connection, query: str) -> set[str]:
    return {digest for (text,) in connection.stream(query) for digest in DIGEST.findall(text)}
