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
    text = bindable(reference).strip()
    found = _by_uid(table, text) or _by_key(table, text, keys) or _by_prefix(table, text.lower())
    if len(found) != 1:
        raise (AmbiguousRecord if found else NoSuchRecord)(text, target)
    return found[0]


def key_expression(name: str) -> str:
    """The expression of a key field's value, whatever its case; registers have an index on it."""
    return f"lower({query_sql.value_of(name)})"


def _by_uid(table: Table, text: str) -> list[Document]:
    found = table.by_uid(text.lower())
    return [found] if found else []


def _by_key(table: Table, text: str, keys: Iterable[str]) -> list[Document]:
    names = ["number", *keys]
    condition = " OR ".join(f"{key_expression(name)} = lower(?)" for name in names)
    found = list(table.documents(f"WHERE {condition} ORDER BY id", [text] * len(names)))
    # A key is free again once its record is void: the valid record is the one that is meant.
    valid = [doc for doc in found if doc.get("state") != "void"]
    return valid if len(valid) == 1 else found


def _by_prefix(table: Table, text: str) -> list[Document]:
    if len(text) < SHORTEST_PREFIX or not re.fullmatch(r"[0-9a-f-]+", text):
        return []
    return list(table.documents("WHERE uid >= ? AND uid < ? LIMIT 2", (text, text + "g")))
