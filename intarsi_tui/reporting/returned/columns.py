"""What the columns of a map mean when a filled workbook comes back: own values, names of the record, links, or nothing to take in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal

from ...host.office import Office
from ...records.declaration import Field
from ...records.kind import as_text
from ...records.problems import Problem
from ...reference.tables import fold
from ...store import naming
from ..paths import Path, View

Doc = Mapping[str, Any]
Role = Literal["own", "name", "link", "told"]

# Files cannot be told from their names, and a list inside a list has no cell of its own.
NOT_TYPED = ("attachment", "attachments", "rows", "moment")


@dataclass(frozen=True)
class Column:
    """One column of a block, or one single cell.

    Attributes:
        role: `own` is taken in; `name` is the number or a pseudonym, which says which record is meant; `link` says which
            record `field` leads to, by the value of `rest` there (its title when that is None); `told` is only shown:
            counted, computed, or a list of other records' values.
        inside: belongs to the rows inside the record (`each`), not to the record.
    """

    index: int
    header: str
    path: Path
    role: Role
    field: Field
    rest: Path | None = None
    inside: bool = False


def column_of(index: int, header: str, path: Path, each: str = "") -> Column | None:
    """What the path means; None when nothing of it can be taken in and it says nothing of the record either."""
    if path.back or path.function or not path.fields:
        return None
    inside = bool(each) and path.fields[0].name == each
    field, *more = path.fields[1:] if inside else path.fields
    column = Column(index, header, path, "told", field, inside=inside)
    if field.kind.name == "link":
        rest = Path(".".join(one.name for one in more), tuple(more), code=path.code) if more else None
        return replace(column, role="link", rest=rest)
    if more or field.kind.name in NOT_TYPED:
        return None
    if field.given:
        named = field.name in ("number", "id") or field.key
        return replace(column, role="name") if named and not inside else None
    return replace(column, role="own")


def canonical(value: Any) -> Any:
    """A cell's value without what differs between Excel, LibreOffice and us: durations as times, numbers' last digits."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "\n".join(line.strip() for line in value.strip().splitlines())
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        return round(float(value), 6)
    if isinstance(value, timedelta):
        return "minutes", round(value.total_seconds() / 60, 2)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(timespec="minutes")
    if isinstance(value, time):
        return "minutes", round(value.hour * 60 + value.minute + value.second / 60, 2)
    return value.isoformat() if isinstance(value, date) else value


def same(path: Path, cell: Any, shown: Any, lang: str) -> bool:
    """Whether a cell still has the value that was filled in; as text, too, as in the middle of a sentence."""
    if canonical(cell) == canonical(shown):
        return True
    kind = path.fields[-1].kind
    if not isinstance(cell, str) or isinstance(shown, str) or cell == "":
        return False
    try:
        return bool(canonical(kind.excel(kind.store(kind.read(cell)), lang)) == canonical(shown))
    except ValueError:
        return False


def names_record(path: Path) -> bool:
    """Whether the path's value is a record's own name: its key or number."""
    return len(path.fields) == 1 and (path.fields[0].key or path.fields[0].name == "number")


class Targets:
    """The records that links may lead to, found by what a workbook shows of them."""

    def __init__(self, office: Office, view: View, lang: str) -> None:
        self._office, self._view, self._lang = office, view, lang
        self._found: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[str]]] = {}

    def meant(self, field: Field, parts: Sequence[tuple[Path | None, Any]]) -> list[str]:
        """UUIDs of the records that have all of these values.

        Parameters:
            parts: path from the linked record, or None for its title; and the cell.
        """
        table = str(field.kind.params["to"])
        key = (table, tuple(path.text + "#" * path.code if path else "" for path, _ in parts))
        if key not in self._found:
            self._found[key] = self._index(table, [path for path, _ in parts])
        found = self._found[key].get(tuple(_folded(cell) for _, cell in parts), [])
        if not found and len(parts) == 1 and self._names(table, parts[0][0]):
            return [doc["id"] for doc in naming.candidates(self._office.store, table, as_text(parts[0][1]))]
        return found

    def problem(self, field: Field, cell: str, found: Sequence[str]) -> Problem:
        """What is wrong with a cell that means none of the records, or several: `found`."""
        table = str(field.kind.params["to"])
        docs = [doc for uid in found if (doc := self._office.table(table).by_uid(uid))]
        return naming.not_one(self._office.store, table, cell, docs).problem

    def _names(self, table: str, path: Path | None) -> bool:
        """Whether a column is one in which people write which record they mean; a town tells of a body, but is not its name."""
        if path is None or names_record(path):
            return True
        return len(path.fields) == 1 and path.fields[0].name in self._office.declarations[table].title

    def _index(self, table: str, paths: Sequence[Path | None]) -> dict[tuple[Any, ...], list[str]]:
        tell: list[Callable[[Doc], Any]] = [self._teller(table, path) for path in paths]
        index: dict[tuple[Any, ...], list[str]] = {}
        for doc in self._office.table(table).page():
            if doc["state"] != "void":
                index.setdefault(tuple(_folded(one(doc)) for one in tell), []).append(doc["id"])
        return index

    def _teller(self, table: str, path: Path | None) -> Callable[[Doc], Any]:
        if path is None:
            return lambda doc: self._view.title(table, doc["id"], self._lang)
        return lambda doc: path.excel(doc, self._view, self._lang)


def _folded(value: Any) -> Any:
    """A cell's value without what people write differently: case, accents, punctuation."""
    plain = canonical(value)
    return fold(plain) or plain if isinstance(plain, str) else plain


def by_link(columns: Iterable[Column]) -> dict[tuple[bool, str], list[Column]]:
    """The columns of each link, by whether it is inside the rows and its name."""
    found: dict[tuple[bool, str], list[Column]] = {}
    for column in columns:
        if column.role == "link":
            found.setdefault((column.inside, column.field.name), []).append(column)
    return found
