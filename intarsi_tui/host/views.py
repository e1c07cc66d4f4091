"""Saved views of a register: filter, sort and columns under a name, each person's own; the app's and the commands'.

Kept in the database, since the words of a filter may be somebody's name; in a plain table, so undo never meets them.
"""

from dataclasses import asdict, dataclass
from typing import Any

from tinydb import where

from ..records.declaration import Declaration, Field
from ..records.typed import fold
from .office import Office

TABLE = "_views"
LEAST, MOST = 3, 60  # terminal columns of a column


@dataclass(frozen=True)
class View:
    """A way to look at a register.

    Attributes:
        name: "" is how this person left the register's columns.
        search, sort: as the commands take them.
        columns: field and width in terminal columns of each, 0 for the usual one; none for those of the declaration.
    """

    name: str = ""
    search: str = ""
    sort: str = ""
    columns: tuple[tuple[str, int], ...] = ()


def views(office: Office, table: str) -> list[View]:
    """The named views of this person, by name."""
    return sorted((one for one in _all(office, table) if one.name), key=lambda one: fold(one.name))


def view(office: Office, table: str, name: str) -> View | None:
    """The view of this name, whatever case and accents; `None` when there is none."""
    return next((one for one in _all(office, table) if fold(one.name) == fold(name)), None)


def keep(office: Office, table: str, kept: View) -> None:
    """Keeps a view; one of the same name gives way."""
    present = view(office, table, kept.name)
    doc = {"user": office.user, "table": table, **asdict(kept), "columns": [list(one) for one in kept.columns]}
    office.store.table(TABLE).upsert(doc, _this(office, table, present.name if present else kept.name))


def rename(office: Office, table: str, name: str, new: str) -> None:
    """Calls the view `name` otherwise; another one that is called so gives way."""
    present = view(office, table, name)
    if present:
        if fold(new) != fold(name):
            forget(office, table, new)
        office.store.table(TABLE).update({"name": new}, _this(office, table, present.name))


def forget(office: Office, table: str, name: str) -> None:
    """Deletes a view."""
    if present := view(office, table, name):
        office.store.table(TABLE).remove(_this(office, table, present.name))


def fields_of(declaration: Declaration, columns: tuple[tuple[str, int], ...]) -> list[tuple[Field, int]]:
    """Fields and widths of a view's columns, without fields that the declaration no longer has."""
    chosen = [(declaration.by_name[name], width) for name, width in columns if name in declaration.by_name]
    return chosen or [(field, 0) for field in declaration.columns]


def _all(office: Office, table: str) -> list[View]:
    docs = office.store.table(TABLE).search((where("user") == office.user) & (where("table") == table))
    return [_view(doc) for doc in docs]


def _view(doc: dict[str, Any]) -> View:
    columns = tuple((str(name), int(width)) for name, width in doc["columns"])
    return View(doc["name"], doc["search"], doc["sort"], columns)


def _this(office: Office, table: str, name: str) -> Any:
    return (where("user") == office.user) & (where("table") == table) & (where("name") == name)
