"""Enrolments: one operator in one course, with the attendance of each session."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from intarsi_registry.rules import clock_minutes, in_order, named, others
from intarsi_tui import (
    Choice,
    Context,
    Date,
    Flag,
    Int,
    Link,
    Minutes,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    Time,
    field,
    link,
)

from .choices import ATTENDANCE

THRESHOLD = 80  # percent, where neither the course nor the project sets one


class Attendance(Row, it="Presenza", en="Attendance"):
    session: Link = link("training.session", it="Lezione", en="Session")
    status: Choice = field(it="Presenza", en="Attendance", privacy="internal", default="present", choices=ATTENDANCE)
    partial_minutes: Minutes | None = field(
        it="Ore, se in parte", en="Hours, if in part", privacy="internal",
        help=("Se non ci sono entrata e uscita", "When there is no log-in and log-out"),
    )  # fmt: skip
    login: Time | None = field(it="Entrata", en="In", privacy="personal")
    logout: Time | None = field(it="Uscita", en="Out", privacy="personal")
    minutes: Minutes | None = field(it="Ore frequentate", en="Hours attended", privacy="internal", computed=True)

    def attended(self, session: dict[str, Any]) -> int:
        """Minutes of this row: as typed, else from entry to exit, else the whole session; an absence is 0.

        What was marked for a session that was then cancelled is not attendance.
        """
        whole = int(session.get("net_minutes", 0))
        if self.status in ("absent", "excused") or session.get("status") == "cancelled":
            return 0
        if self.status == "partial" and self.partial_minutes is not None:
            return self.partial_minutes
        if self.login and self.logout and session:
            # Time before the start or after the end is not attendance.
            first = max(self.login, time.fromisoformat(session["start"]))
            last = min(self.logout, time.fromisoformat(session["end"]))
            return min(max(clock_minutes(last) - clock_minutes(first), 0), whole)
        return whole if self.status == "present" else 0


class Enrolment(
    Record,
    it="Iscrizione",
    en="Enrolment",
    plural=("Iscrizioni", "Enrolments"),
    title=("course_code", "operator"),
    date="enrolled_on",
):
    course: Link = link(
        "training.course", it="Corso", en="Course", in_list=True, index=True, section=("Iscrizione", "Enrolment")
    )
    operator: Link = link("registry.operator", it="Operatore", en="Operator", in_list=True, index=True)
    enrolled_on: Date = field(it="Iscritto il", en="Enrolled on", privacy="internal", in_list=True)
    withdrawn_on: Date | None = field(it="Ritirato il", en="Withdrawn on", privacy="internal")
    course_code: Text | None = field(it="Codice corso", en="Course code", privacy="public", computed=True)
    attendance: Rows[Attendance] = field(
        it="Presenze", en="Attendance", privacy="internal", default=[], section=("Presenze", "Attendance"),
        help=("Una riga per lezione", "One row for each session"),
    )  # fmt: skip
    attended_minutes: Minutes | None = field(
        it="Ore frequentate", en="Hours attended", privacy="internal", in_list=True, computed=True
    )
    percent: Int | None = field(it="Frequenza %", en="Attendance %", privacy="internal", in_list=True, computed=True)
    reached: Flag | None = field(
        it="Soglia raggiunta", en="Threshold reached", privacy="internal", in_list=True, computed=True
    )

    def compute(self, context: Context) -> None:
        course = context.get("training.course", self.course) or {}
        self.course_code = course.get("code")
        for row in self.attendance:
            row.minutes = row.attended(context.get("training.session", row.session) or {})
        self.attended_minutes = sum(row.minutes or 0 for row in self.attendance)
        planned = course.get("planned_minutes", 0)
        # Cut, not rounded: 79.9 % is below a threshold of 80.
        self.percent = min(self.attended_minutes * 100 // planned, 100) if planned else None
        self.reached = None if self.percent is None else self.percent >= threshold(course, context)

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "enrolled_on", "withdrawn_on")
        seen: set[str] = set()
        for number, row in enumerate(self.attendance, 1):
            if row.session in seen:
                yield self.problem(
                    f"attendance.{number}.session", it="La lezione c'è già", en="The session is already there"
                )
            seen.add(row.session)
            if row.login and row.logout and row.logout < row.login:
                yield self.problem(f"attendance.{number}.logout", it="Uscita prima dell'entrata", en="Out before in")
            if row.status == "partial" and row.partial_minutes is None and not (row.login and row.logout):
                yield self.problem(
                    f"attendance.{number}.partial_minutes", it="Presente in parte: per quanto?", en="Present in part: for how long?",
                )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        course = context.get("training.course", self.course) or {}
        same_course = others(self, context, course=self.course)
        for doc in same_course:
            if doc["operator"] == self.operator:
                yield self.problem(
                    "operator", other=named(self, doc), it="L'operatore è già iscritto a questo corso: {other}",
                    en="The operator is already enrolled in this course: {other}",
                )  # fmt: skip
        active = 1 + sum("withdrawn_on" not in doc for doc in same_course)
        if not self.withdrawn_on and active > course.get("places", active):
            yield self.problem(
                "course", warning=True, places=course["places"], code=course["code"],
                it="Il corso {code} ha {places} posti", en="Course {code} has {places} places",
            )  # fmt: skip
        operator = context.get("registry.operator", self.operator) or {}
        if course.get("audience") and operator.get("sector") and operator["sector"] not in course["audience"]:
            yield self.problem(
                "operator", warning=True, code=course["code"], it="Il corso {code} non è per il suo settore",
                en="Course {code} is not meant for their sector",
            )  # fmt: skip
        yield from self._check_sessions(course, context)

    def _check_sessions(self, course: dict[str, Any], context: Context) -> Iterator[Problem]:
        """Rows against their sessions, and against the operator's rows in other courses."""
        elsewhere = {
            row["session"]: doc
            for doc in others(self, context, operator=self.operator)
            for row in doc.get("attendance", ())
            if row["status"] in ("present", "partial")
        }
        taken = [(context.get("training.session", uid) or {}, doc) for uid, doc in elsewhere.items()]
        for number, row in enumerate(self.attendance, 1):
            session = context.get("training.session", row.session) or {}
            place = f"attendance.{number}"
            if session.get("course", self.course) != self.course:
                yield self.problem(
                    f"{place}.session", code=course.get("code", ""), day=session["date"],
                    it="La lezione del {day} non è del corso {code}", en="The session of {day} is not one of course {code}",
                )  # fmt: skip
            if row.minutes and session and row.minutes > session.get("net_minutes", row.minutes):
                yield self.problem(
                    f"{place}.partial_minutes",
                    it="Più delle ore nette della lezione",
                    en="More than the session's net hours",
                )
            if row.status in ("absent", "excused") or not session:
                continue
            for other, doc in taken:
                if (
                    other.get("date") == session["date"]
                    and other["start"] < session["end"]
                    and session["start"] < other["end"]
                ):
                    yield self.problem(
                        f"{place}.session", other=named(self, doc),
                        it="Alla stessa ora risulta presente in un altro corso: {other}",
                        en="At the same time they are present in another course: {other}",
                    )  # fmt: skip


def threshold(course: dict[str, Any], context: Context) -> int:
    """Percent of the planned hours that a certificate needs."""
    return int(course.get("threshold") or context.profile.settings.get("attendance_threshold", THRESHOLD))
