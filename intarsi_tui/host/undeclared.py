"""Stored records and fields that no loaded plugin declares: read by what the documents themselves say, never written."""

# Table names come from schema.quoted.
# ruff: noqa: S608

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..records.basic_kinds import OtherKind, TextKind
from ..records.declaration import Declaration, Field
from ..records.labels import Label, plain
from ..store import schema

if TYPE_CHECKING:
    from ..store import Store


def tables(store: "Store", prefix: str = "") -> list[str]:
    """Registers of the file that nobody registered and that hold records."""
    names = (name for name in sorted(store.tables()) if "." in name and name == schema.sql_name(name))
    return [
        name
        for name in names
        if name.startswith(prefix)
        and store.registered(name) is None
        and store.connection.one(f"SELECT 1 FROM {schema.quoted(name)} WHERE uid IS NOT NULL LIMIT 1")
    ]


def declaration_of(store: "Store", table: str) -> Declaration:
    """A declaration out of the documents: version 0, which is read only, and every field personal.

    What the program gives each record keeps its own kind and label; the rest goes by its name.
    """
    from ..records.record import Record

    envelope = tuple(replace(field, privacy="personal", given=True) for field in Record.declaration.fields)
    known = {field.name for field in envelope}
    own = (
        Field(name, TextKind() if types <= {"text"} else OtherKind(), plain(name), declared=False, given=True)
        for name, (types, _count) in stored_fields(store, table).items()
        if name not in known
    )
    label = plain(table.partition(".")[2])
    return Declaration(table, label, label, (*envelope, *own), version=0)


def stored_fields(store: "Store", table: str) -> dict[str, tuple[set[str], int]]:
    """The names of the fields that documents of a register have, in their order, with their JSON types and how many have them."""
    rows = store.connection.rows(
        "SELECT key, group_concat(DISTINCT type), count(*), min(place) FROM (SELECT key, type, each.id AS place"
        f" FROM {schema.quoted_table(table)}, json_each(doc) AS each) GROUP BY key ORDER BY min(place), key"
    )
    return {str(name): (set(str(types).split(",")), int(count)) for name, types, count, _ in rows}


def kept_fields(store: "Store", declarations: Iterable[Declaration]) -> Iterator[tuple[Declaration, str, int]]:
    """Fields that records have and their declaration does not, which an older version of the plugin left; how many have them."""
    there = store.tables()
    for declaration in declarations:
        if declaration.table in there:
            for name, (_types, count) in stored_fields(store, declaration.table).items():
                if name not in declaration.by_name:
                    yield declaration, name, count


KEPT = Label(
    "Il plugin non dichiara più questo campo, il suo valore resta: record {count}. Si vede con show, va via con erase --all-personal",
    "The plugin does not declare this field any more, its value stays: records {count}. Seen by show, removed by erase --all-personal",
)
