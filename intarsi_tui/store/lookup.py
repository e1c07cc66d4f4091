"""Finding the one record that a person means: by UUID, its beginning, number, or a key such as a pseudonym."""

import re
from collections.abc import Iterable

from tinydb.table import Document

from ..records.labels import Label
from . import query_sql
from .errors import AmbiguousRecord, NoSuchRecord
from .table import Table
from .values import bindable

SHORTEST_PREFIX = 4


def find(table: Table, reference: str, keys: Iterable[str], target: Label | str) -> Document:
    """The record that `reference` names.

    Parameters:
        keys: fields whose value names a record, whatever its case.
        target: what the register is called in an error.

    Raises:
        NoSuchRecord, AmbiguousRecord.
    """
    if not isinstance(reference, str):
        raise NoSuchRecord(type(reference).__name__, target)  # not the value itself: of a huge number there is no text
    matching = found(table, reference, keys)
    if len(matching) != 1:
        raise (AmbiguousRecord if matching else NoSuchRecord)(bindable(reference).strip(), target)
    return matching[0]


def found(table: Table, reference: str, keys: Iterable[str]) -> list[Document]:
    """The records that `reference` may name; of those with a UUID that begins so not more than two."""
    text = bindable(reference).strip()
    return _by_uid(table, text) or by_key(table, text, keys) or _by_prefix(table, text.lower())


def key_expression(name: str) -> str:
    """The expression of a key field's value, whatever its case; registers have an index on it."""
    return f"lower({query_sql.value_of(name)})"


def _by_uid(table: Table, text: str) -> list[Document]:
    doc = table.by_uid(text.lower())
    return [doc] if doc else []


def by_key(table: Table, text: str, keys: Iterable[str]) -> list[Document]:
    """The records whose number or key (one of `keys`) is `text`, whatever its case."""
    names = ["number", *keys]
    condition = " OR ".join(f"{key_expression(name)} = lower(?)" for name in names)
    named = list(table.documents(f"WHERE {condition} ORDER BY id", [text] * len(names)))
    # A key is free again once its record is void: the valid record is the one that is meant.
    valid = [doc for doc in named if doc.get("state") != "void"]
    return valid if len(valid) == 1 else named


def _by_prefix(table: Table, text: str) -> list[Document]:
    if len(text) < SHORTEST_PREFIX or not re.fullmatch(r"[0-9a-f-]+", text):
        return []
    return list(table.documents("WHERE uid >= ? AND uid < ? LIMIT 2", (text, text + "g")))
