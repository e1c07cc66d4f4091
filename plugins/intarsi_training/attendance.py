"""The attendance screen of a course: enrolments down, sessions across, hours and the threshold at the right, live."""

from collections.abc import Iterable, Sequence
from typing import Any

from intarsi_registry.attendance_grid import AttendanceGrid, Doc, Person
from intarsi_tui import GridColumn, PluginScreen, show_minutes

from .enrolment import threshold
from .places import holds_place


class CourseGrid(AttendanceGrid):
    """The sessions of a course that were not cancelled, and who holds a place or has attendance."""

    def sessions(self) -> Sequence[Doc]:
        assert self.doc is not None
        found = self.office.find("training.session", course=self.doc["id"])
        kept = [one for one in found if one.get("status") != "cancelled"]
        return sorted(kept, key=lambda one: (one["date"], one["start"]))

    def people(self) -> Iterable[Person]:
        assert self.doc is not None
        found = []
        self._enrolments = {}
        for doc in self.office.find("training.enrolment", course=self.doc["id"]):
            if not (holds_place(doc) or doc.get("attendance")):
                continue
            operator = self.office.get("registry.operator", doc["operator"]) or {}
            body = self.office.title("registry.body", operator["body"]) if operator.get("body") else ""
            self._enrolments[doc["id"]] = doc, {row["session"]: row for row in doc.get("attendance", ())}
            name = f"{operator.get('surname', '')} {operator.get('given_name', '')}".strip()
            found.append(Person(doc["id"], name or self.office.title("registry.operator", doc["operator"]), body))
        return sorted(found, key=lambda one: (one.name.casefold(), one.key))

    def row(self, person: str, session: str) -> Doc | None:
        return self._enrolments[person][1].get(session)

    def write(self, person: str, session: Doc, row: dict[str, Any] | None) -> None:
        doc, rows = self._enrolments[person]
        kept = [one for one in doc.get("attendance", ()) if one["session"] != session["id"]]
        if row is not None:
            place = list(rows).index(session["id"]) if session["id"] in rows else len(kept)
            kept.insert(place, {**row, "session": session["id"]})
        self.office.table("training.enrolment").edit(person, {"attendance": kept})

    def marked(self, session: Doc, key: str, typed: str) -> dict[str, Any]:
        if key == "p" and session.get("mode") == "remote":
            return {"status": "remote"}
        wanted, net = round(float(typed or 0) * 60), self.span(session).minutes
        if typed and not key and wanted < net:
            return {"status": "partial", "partial_minutes": wanted}
        return super().marked(session, key, typed)

    def totals(self) -> Sequence[GridColumn]:
        return [
            GridColumn("total", self.word("Ore", "Hours"), 6),
            GridColumn("percent", "%", 3),
            GridColumn("sign", "", 1),
        ]

    def total(self, person: str, rows: Sequence[Doc]) -> Sequence[str]:
        assert self.doc is not None
        doc = self._enrolments[person][0]
        attended, planned = doc.get("attended_minutes") or 0, self.doc.get("planned_minutes") or 0
        known = {row["session"] for row in rows}
        left = sum(one.get("net_minutes") or 0 for one in self.shown if one["id"] not in known)
        lost = (attended + left) * 100 < planned * threshold(dict(self.doc), self.office.store.context)
        sign = "✓" if doc.get("reached") else "▲" if planned and lost else ""
        return [show_minutes(attended), "" if doc.get("percent") is None else str(doc["percent"]), sign]

    def about(self) -> str:
        assert self.doc is not None
        return self.office.title("training.course", self.doc["id"])

    def note(self) -> str:
        assert self.doc is not None
        planned = self.doc.get("planned_minutes") or 0
        needed = -(-planned * threshold(dict(self.doc), self.office.store.context) // 100)
        told, least = show_minutes(planned), show_minutes(needed)
        return self.word(f"ore {told}   soglia {least}", f"hours {told}   threshold {least}")

    def leads_to(self, row: str, column: str) -> tuple[str, str] | None:
        return "training.enrolment", row

    def command(self) -> Sequence[str]:
        from intarsi_tui.exchange.columns import reference_of

        assert self.doc is not None
        return ["training", "matrix", "--course", reference_of(self.office, "training.course", self.doc["id"])]


ATTENDANCE = PluginScreen("attendance", it="Presenze del corso", en="Attendance of the course", opens=CourseGrid, record="course", of_one=True, also=("appello, firme, registro, assenze", "roll call, signatures, register, absences"))  # fmt: skip
