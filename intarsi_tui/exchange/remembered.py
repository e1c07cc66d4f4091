"""Which fields the columns of a file were, as a person said it: remembered for files with the same headings.

Each person's own, like the views of a list, and in the database for the same reason; in a plain table, so undo never meets them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb import where

from ..reference.tables import fold

if TYPE_CHECKING:
    from ..host.office import Office
    from .looking import SeenColumn

TABLE = "_columns"


def remember(office: "Office", table: str, columns: Iterable["SeenColumn"], fields: Mapping[int, str]) -> None:
    """Remembers, by the place of the column, the fields that are others than the headings say; forgets when none is."""
    columns = list(columns)
    said = {str(one.at): fields[one.at] for one in columns if fields[one.at] != one.field}
    kept = office.store.table(TABLE)
    if said:
        doc = {"user": office.user, "table": table, "headings": _headings(columns), "fields": said}
        kept.upsert(doc, _this(office, table, columns))
    elif kept.contains(_this(office, table, columns)):
        kept.remove(_this(office, table, columns))


def remembered(office: "Office", table: str, columns: Iterable["SeenColumn"]) -> dict[int, str]:
    """By the place of the column the field that was said last time, "" for one that was left out."""
    doc = office.store.table(TABLE).get(_this(office, table, columns))
    declaration = office.declarations.get(table)
    if doc is None or declaration is None:
        return {}
    return {int(at): name for at, name in doc["fields"].items() if name in ("", *declaration.by_name)}


def of_file(office: "Office", table: str, path: Path, sheet: str | None, said: Mapping[str, str]) -> dict[str, str]:
    """The same as `Adjusted.columns` for a file, without what `said` says otherwise. Raises FileRefused, SheetError."""
    from .files import sheets_of
    from .looking import look

    found, _rows = look(office, path, sheet or next(iter(sheets_of(path)), None), table)
    headings = {one.at: fold(one.heading) for one in found.columns}
    meant = {fold(key) for key in said}
    return {
        f"#{at + 1}": name
        for at, name in remembered(office, table, found.columns).items()
        if f"#{at + 1}" not in said and headings[at] not in meant and (not name or name not in said.values())
    }


def _headings(columns: Iterable["SeenColumn"]) -> list[list[Any]]:
    return [[one.at, fold(one.heading)] for one in columns]


def _this(office: "Office", table: str, columns: Iterable["SeenColumn"]) -> Any:
    return (where("user") == office.user) & (where("table") == table) & (where("headings") == _headings(columns))
