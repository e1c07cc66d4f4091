"""One list of deadlines over all plugins: what has to be done by the dates that declarations say so of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tinydb import where

from ..host.office import Office
from ..records.clock import months_after
from ..records.dated import Deadline
from ..records.declaration import Declaration, Field
from ..records.linked_kinds import LinkKind, RowsKind
from . import DAMAGE, Dated, Doc

# Days, a day before and after today.
AWAY = {
    "it": ("! {count} giorni fa", "! 1 giorno fa", "oggi", "fra 1 giorno", "fra {count} giorni"),
    "en": ("! {count} days ago", "! 1 day ago", "today", "in 1 day", "in {count} days"),
}


@dataclass(frozen=True)
class Due(Dated):
    """Something that is to be done by a day.

    Attributes:
        path: of the date in the record, such as `expires_on` or `decisions.2.due`.
        what: what has to be done; `detail` is the row that it is about.
        owner: who does it, by name; `owner_id` when that is a record.
        left: days until then, negative when it is overdue.
    """

    path: str
    deadline: Deadline
    day: date
    what: str
    detail: str
    owner: str
    owner_id: str
    left: int

    @property
    def lead(self) -> int | None:
        """The notice that holds now: the nearest of its leads that has begun, 0 when it is overdue, `None` before the first."""
        return 0 if self.left < 0 else min((one for one in self.deadline.leads if self.left <= one), default=None)


def deadlines(office: Office, until: date, owner: str = "") -> list[Due]:
    """What is open and due by `until`, overdue ones included, by day.

    Parameters:
        owner: only those of this person or body: its identifier, or a part of its name.
    """
    found = (
        due
        for declaration in office.declarations.values()
        for one in declaration.fields
        for due in _of_field(office, declaration, one, until)
    )
    word = owner.casefold()
    mine = [due for due in found if not owner or owner == due.owner_id or word in due.owner.casefold()]
    return sorted(mine, key=lambda due: (due.day, due.declaration.table, str(due.doc["id"]), due.path))


def how_far(left: int, lang: str) -> str:
    """How many days away it is, in words; one that has passed is marked with the sign of a warning."""
    return AWAY[lang][min(max(left, -2), 2) + 2].format(count=abs(left))


def _of_field(office: Office, declaration: Declaration, one: Field, until: date) -> Iterator[Due]:
    if isinstance(one.kind, RowsKind):
        dated = [column for column in one.kind.declaration.fields if column.deadlines]
        if dated:
            for doc in office.table(declaration.table).search(where(one.name).exists() & ~(where("state") == "void")):
                for column in dated:
                    yield from _readable(_of_rows(office, declaration, one, column, doc, until))
        return
    for deadline in one.deadlines:
        # The latest date in the field that can matter; months are at most 31 days long.
        latest = until - timedelta(days=deadline.days + 28 * deadline.months)
        query = (where(one.name) <= latest.isoformat()) & ~(where("state") == "void")
        for doc in office.table(declaration.table).search(query):
            places = [(declaration, doc)]
            yield from _readable(_due(office, declaration, doc, one.name, deadline, places, doc[one.name], until))


def _readable(found: Iterable[Due]) -> list[Due]:
    try:
        return list(found)
    except DAMAGE:
        return []


def _of_rows(
    office: Office, declaration: Declaration, rows: Field, column: Field, doc: Doc, until: date
) -> Iterator[Due]:
    assert isinstance(rows.kind, RowsKind)
    stored = [(number, row) for number, row in enumerate(doc[rows.name], 1) if row.get(column.name)]
    newest = max((row[column.name] for _, row in stored), default="")
    if stored and _unknown(stored[-1][1][column.name]):  # a receipt that came last is newer than every date
        newest = ""
    for deadline in column.deadlines:
        for number, row in stored:
            if not deadline.newest or row[column.name] == newest:
                places = [(rows.kind.declaration, row), (declaration, doc)]
                path = f"{rows.name}.{number}.{column.name}"
                yield from _due(office, declaration, doc, path, deadline, places, row[column.name], until)


def _due(
    office: Office, declaration: Declaration, doc: Doc, path: str, deadline: Deadline,
    places: Sequence[tuple[Declaration, Doc]], stored: str, until: date,
) -> Iterator[Due]:  # fmt: skip
    if _unknown(stored):
        return
    day = months_after(date.fromisoformat(stored), deadline.months) + timedelta(days=deadline.days)
    if day > until or any(_holds(office, places, name, values) for name, values in deadline.closed.items()):
        return
    if not all(_holds(office, places, name, values) for name, values in deadline.open.items()):
        return
    owner, uid = _owner(office, places, deadline)
    row = places[0] if len(places) > 1 else None
    yield Due(
        declaration, doc, path, deadline, day, deadline.label(office.lang),
        office.title_of(*row, steps=2) if row else "", owner, uid, (day - office.today).days,
    )  # fmt: skip


def _unknown(stored: str) -> bool:
    """Whether it is 01/01/0001, which stands for a date that nobody knows."""
    return stored.startswith("0001")


def _holds(office: Office, places: Sequence[tuple[Declaration, Doc]], name: str, values: Sequence[Any]) -> bool:
    """Whether a field has one of the values, or any at all when none are named; a row's own field comes first.

    `household.closed_on` is a field of the record that a link leads to.
    """
    name, _, beyond = name.partition(".")
    for declared, doc in places:
        if name in declared.by_name:
            value = doc.get(name)
            if beyond:
                kind = declared.by_name[name].kind
                linked = office.get(kind.target, value) if isinstance(kind, LinkKind) and value else None
                value = linked.get(beyond) if linked else None
            return value in values if values else value not in (None, "", [], False)
    return False


def _owner(office: Office, places: Sequence[tuple[Declaration, Doc]], deadline: Deadline) -> tuple[str, str]:
    for name in deadline.owner:
        for declared, doc in places:
            if name in declared.by_name and doc.get(name):
                one = declared.by_name[name]
                uid = doc[name] if one.kind.name == "link" else ""
                return office.show(one, doc), uid
    return "", ""
