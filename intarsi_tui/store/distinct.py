"""Records that look like one person or body and are two, as somebody has said: they are not asked about again.

They live in a plain table, like notices that were given: it goes with a backup, and undo never meets them. It holds nothing but ids.
"""

from typing import TYPE_CHECKING

from tinydb import where

if TYPE_CHECKING:
    from .database import Store

TABLE = "_distinct"


def pairs(store: "Store") -> set[frozenset[str]]:
    """The UUIDs of all records that were told apart, two by two."""
    return {frozenset((doc["one"], doc["other"])) for doc in store.table(TABLE).all()}


def tell_apart(store: "Store", one: str, other: str, *, apart: bool = True) -> bool:
    """Keeps that two records are of two; not `apart`, that they may be one after all. Whether that is new."""
    first, second = sorted((one, other))
    this = (where("one") == first) & (where("other") == second)
    table = store.table(TABLE)
    if table.contains(this) == apart:
        return False
    if apart:
        table.insert({"one": first, "other": second})
    else:
        table.remove(this)
    return True
