"""The attendance screen of a network: bodies and their people down, its meetings across."""

from collections.abc import Iterable, Sequence
from typing import Any

from intarsi_registry.attendance import there
from intarsi_registry.attendance_grid import AttendanceGrid, Doc, Person
from intarsi_tui import GridColumn, PluginScreen

from .rules import expected, name_of


class NetworkGrid(AttendanceGrid):
    """All meetings of a network; whoever was listed at one of them, or is expected at the last."""

    wide = ("Persona", "Person")

    def sessions(self) -> Sequence[Doc]:
        assert self.doc is not None
        found = self.office.find("governance.meeting", network=self.doc["id"])
        self._meetings = {
            one["id"]: one for one in sorted(found, key=lambda one: (one["date"], one.get("start") or ""))
        }
        return list(self._meetings.values())

    def people(self) -> Iterable[Person]:
        self._rows: dict[tuple[str, str], Doc] = {}
        rows = [(uid, row) for uid, one in self._meetings.items() for row in one.get("attendance", ())]
        for uid, row in rows:
            self._rows[_who(row), uid] = row
        self._known = {_who(row): row for _uid, row in rows}
        context, last = self.office.store.context, next(reversed(self._meetings.values()), None)
        for row in expected(context, last) if last else ():
            if not any(one["body"] == row["body"] for one in self._known.values()):
                self._known[_who(row)] = row
        named = [Person(key, name_of(row["body"], context), self._called(row)) for key, row in self._known.items()]
        return sorted(named, key=lambda one: (one.name.casefold(), one.more.casefold()))

    def _called(self, row: Doc) -> str:
        operator = self.office.get("registry.operator", row.get("operator") or "") or {}
        return f"{operator.get('surname', '')} {operator.get('given_name', '')}".strip() or row.get("person") or "–"

    def row(self, person: str, session: str) -> Doc | None:
        return self._rows.get((person, session))

    def write(self, person: str, session: Doc, row: dict[str, Any] | None) -> None:
        rows = list(session.get("attendance", ()))
        place = next((at for at, one in enumerate(rows) if _who(one) == person), len(rows))
        known = {name: self._known[person][name] for name in ("body", "person", "role", "operator", "capacity") if self._known[person].get(name)}  # fmt: skip
        rows[place : place + 1] = [] if row is None else [{**known, **row}]
        self.office.table("governance.meeting").edit(session["id"], {"attendance": rows})

    def totals(self) -> Sequence[GridColumn]:
        return [GridColumn("times", self.word("Volte", "Times"), 7)]

    def total(self, person: str, rows: Sequence[Doc]) -> Sequence[str]:
        return [f"{sum(there(row['status']) for row in rows)}/{len(rows)}"]

    def about(self) -> str:
        assert self.doc is not None
        return str(self.doc.get("name", ""))

    def leads_to(self, row: str, column: str) -> tuple[str, str] | None:
        return ("governance.meeting", column) if column else None


def _who(row: Doc) -> str:
    """A member and a deputy of one body are two people."""
    return "|".join((row["body"], row.get("operator") or row.get("person") or "", row.get("capacity") or "member"))


ATTENDANCE = PluginScreen(
    "attendance", it="Presenze agli incontri", en="Attendance at meetings", opens=NetworkGrid, record="network", of_one=True,
    also=("appello, firme, assenze", "roll call, signatures, absences"),
    command=("Le presenze agli incontri di una rete", "Attendance at the meetings of a network"),
)  # fmt: skip
