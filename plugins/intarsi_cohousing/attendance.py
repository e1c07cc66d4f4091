"""The attendance screen of housing meetings: people down, the meetings held at one place across."""

from collections.abc import Iterable, Sequence
from typing import Any

from intarsi_registry.attendance_grid import AttendanceGrid, Doc, Person
from intarsi_tui import PluginScreen

TABLE = "cohousing.housing_meeting"


class MeetingGrid(AttendanceGrid):
    """The meetings in the same unit, or at the same place, as the one that it is about; who came, and who lives there."""

    wide = ("Nucleo", "Household")

    def sessions(self) -> Sequence[Doc]:
        assert self.doc is not None
        here = (
            {"unit": self.doc["unit"]}
            if self.doc.get("unit")
            else {"place": self.doc.get("place"), "mode": self.doc.get("mode")}
        )
        found = [one for one in self.office.find(TABLE, **here) if one.get("status") != "cancelled"]
        self._meetings = {one["id"]: one for one in sorted(found, key=lambda one: (one["date"], one["start"]))}
        self.focus = self.doc["id"]
        return list(self._meetings.values())

    def people(self) -> Iterable[Person]:
        assert self.doc is not None
        meetings = self._meetings.values()
        self._rows = {(row["person"], one["id"]): row for one in meetings for row in one.get("attendance", ())}
        uids = dict.fromkeys(uid for uid, _meeting in self._rows)
        if self.doc.get("unit") and meetings:
            days = [one["date"] for one in meetings]
            for placement in self.office.find("cohousing.placement", unit=self.doc["unit"]):
                if placement["entered_on"] <= max(days) and (placement.get("left_on") or "9999") > min(days):
                    uids |= dict.fromkeys(placement.get("persons") or ())
        found = [Person(uid, self.office.title("registry.person", uid), self._household(uid)) for uid in uids]
        return sorted(found, key=lambda one: (one.more, one.name))

    def _household(self, person: str) -> str:
        household = (self.office.get("registry.person", person) or {}).get("household")
        return self.office.title("registry.household", household) if household else ""

    def row(self, person: str, session: str) -> Doc | None:
        return self._rows.get((person, session))

    def write(self, person: str, session: Doc, row: dict[str, Any] | None) -> None:
        rows = list(session.get("attendance", ()))
        place = next((at for at, one in enumerate(rows) if one["person"] == person), len(rows))
        rows[place : place + 1] = [] if row is None else [{**row, "person": person}]
        self.office.table(TABLE).edit(session["id"], {"attendance": rows})

    def about(self) -> str:
        assert self.doc is not None
        unit = self.doc.get("unit")
        return self.office.title("cohousing.unit", unit) if unit else str(self.doc.get("place") or "")

    def leads_to(self, row: str, column: str) -> tuple[str, str] | None:
        return (TABLE, column) if column else None


ATTENDANCE = PluginScreen(
    "attendance", it="Presenze agli incontri", en="Attendance at meetings", opens=MeetingGrid, record="housing_meeting", of_one=True,
    also=("appello, firme, assenze", "roll call, signatures, absences"),
    command=("Le presenze agli incontri dello stesso luogo", "Attendance at the meetings of one place"),
)  # fmt: skip
