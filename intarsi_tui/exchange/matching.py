"""Which record a row of a file means: by UUID, number or key, or else by likeness."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..records.declaration import Field
from ..records.labels import Label
from ..records.problems import Problem, Rejected

if TYPE_CHECKING:
    from ..store import RegisterTable

Doc = Mapping[str, Any]

TWICE = Label(
    "La riga {value} ha già questo record con altri valori: lasciarne una sola",
    "Row {value} has this record already with other values: leave one of them",
)
NOT_THERE = Label(
    "{value} non c'è in questo registro: la riga diventa una bozza nuova",
    "{value} is not in this register: the row becomes a new draft",
)


class Register:
    """The register as it was before, found by name or by likeness, and as it becomes row by row.

    Rows are written one by one: all at once, as `insert_multiple` indexes them, would save an eighth of the time (10,000 rows
    take 2.1 s), but links and rules could then not find by its words what stands above in the file.
    """

    def __init__(self, table: "RegisterTable", fields: Iterable[Field]) -> None:
        self.table, self.declaration = table, table.declaration
        self.names = [one for one in fields if one.name in ("id", "number") or one.key]
        self.compared = [one.name for one in fields if not one.given]
        self.by_name: dict[tuple[str, str], Doc] = {}
        self.alike: dict[str, int] = {}
        self.rows: dict[str, int] = {}  # UUID → row that this import took it from
        self.made: dict[str, int] = {}  # title with a code that this import made up → its row
        for doc in table.page():
            self._learn(doc)
            if doc["state"] != "void":
                likeness = self._likeness(doc)
                self.alike[likeness] = self.alike.get(likeness, 0) + 1

    def _learn(self, doc: Doc) -> None:
        for one in self.names:
            if doc.get(one.name):
                place = one.name, str(doc[one.name]).lower()
                # A void record gives its key free; the valid one is meant.
                if place not in self.by_name or doc["state"] != "void":
                    self.by_name[place] = doc

    def _likeness(self, doc: Doc) -> str:
        values = (doc.get(name) for name in self.compared)
        return json.dumps([None if value in ("", []) else value for value in values], sort_keys=True)

    def named(self, values: Doc) -> Doc | None:
        """The record that a row names."""
        for one in self.names:
            if one.name in values and (found := self.by_name.get((one.name, _key(one, values[one.name])))):
                return found
        return None

    def lost_names(self, values: Doc) -> list[Problem]:
        """Warnings of numbers and pseudonyms that the program gave once, and that no record has."""
        return [
            Problem("not_there", one.name, {"value": values[one.name]}, NOT_THERE, "warning")
            for one in self.names if one.given and one.name in values
        ]  # fmt: skip

    def update(self, existing: Doc, raw: Doc, row: int) -> tuple[str, list[Problem]]:
        """Brings a record up to date.

        Raises:
            Rejected: not allowed, or another row of the file has said otherwise.
        """
        from ..store.pipeline import examine

        present = self.table.one(existing["id"])
        # Asked first: a sent or void record may well be in the file, as long as the file does not change it.
        examined = examine(self.table, raw, present)
        if examined.doc == present:
            return "unchanged", []
        if before := self.rows.get(existing["id"]):
            raise Rejected([Problem("twice", None, {"value": before}, TWICE)])
        saved = self.table.save(examined, present)
        return self._taken(saved.doc, row, "changed"), saved.warnings

    def add(self, raw: Doc, row: int) -> tuple[str, list[Problem]]:
        """Adds a record, unless one with the same values is there.

        Raises:
            Rejected: not allowed.
        """
        from ..store.links import title_of
        from ..store.pipeline import examine

        examined = examine(self.table, raw)
        if self.alike and examined.doc is not None:
            likeness = self._likeness(examined.doc)
            if self.alike.get(likeness):
                self.alike[likeness] -= 1  # two equal rows are two records: each one there answers for one row
                return "unchanged", []
        saved = self.table.save(examined)
        if any(one.name in self.declaration.title and one.given for one in self.declaration.fields):
            self.made[title_of(self.declaration, saved.doc).it] = row
        return self._taken(saved.doc, row, "new"), saved.warnings

    def _taken(self, doc: Doc, row: int, what: str) -> str:
        self._learn(doc)
        self.rows[doc["id"]] = row
        return what


def _key(one: Field, raw: Any) -> str:
    try:
        return str(one.kind.store(one.kind.read(raw))).lower()
    except ValueError:
        return str(raw).strip().lower()
