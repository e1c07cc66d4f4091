"""Enrolments: one operator in one course, with the attendance of each session."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from intarsi_registry.attendance import due, there
from intarsi_registry.attendance_rules import await_day, judged
from intarsi_registry.elsewhere import Presence, at_once
from intarsi_registry.rules import called, hour, in_order, named, others, shown, shown_stored
from intarsi_tui import (
    Change,
    Choice,
    Context,
    Date,
    Deadline,
    Flag,
    Int,
    Link,
    Minutes,
    Problem,
    Record,
    Rows,
    Text,
    field,
    link,
)

from .choices import ADMISSIONS
from .enrolment_rows import Attendance, percent_of, span_of
from .issued import certified
from .places import answer_by, free, holds_place, offers, waiting

THRESHOLD = 80  # percent, where neither the course nor the project sets one


class Enrolment(
    Record,
    it="Iscrizione",
    en="Enrolment",
    plural=("Iscrizioni", "Enrolments"),
    also=("iscritti, corsisti, partecipanti, allievi", "participants, trainees"),
    title=("course_code", "operator"),
    date="enrolled_on",
):
    course: Link = link(
        "training.course", it="Corso", en="Course", in_list=26, index=True, section=("Iscrizione", "Enrolment")
    )
    operator: Link = link("registry.operator", it="Operatore", en="Operator", in_list=20, index=True)
    enrolled_on: Date = field(it="Iscritto il", en="Enrolled on", privacy="internal", in_list=True)
    admission: Choice = field(
        it="Ammissione", en="Admission", privacy="internal", in_list=True, default="enrolled", choices=ADMISSIONS,
        help=("Un posto che si libera è offerto al primo della lista d'attesa", "A place that gets free is offered to the first on the waiting list"),
    )  # fmt: skip
    offered_on: Date | None = field(it="Posto offerto il", en="Place offered on", privacy="internal", computed=True)
    answer_by: Date | None = field(
        it="Risposta entro il", en="Answer by", privacy="internal", computed=True,
        deadline=Deadline(it="Sentire chi ha il posto offerto", en="Ask whoever was offered the place", open={"admission": ("offered",)}, leads=(7, 2)),
    )  # fmt: skip
    over_reason: Text | None = field(
        it="Perché oltre i posti", en="Why beyond the places", privacy="internal",
        help=("Solo se il corso è pieno e si ammette lo stesso", "Only when the course is full and they are admitted all the same"),
    )  # fmt: skip
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
        if self.admission == "offered" and not self.offered_on:
            self.offered_on = context.today
        self.answer_by = answer_by(self.offered_on) if self.offered_on else None
        for row in self.attendance:
            row.came, row.went = row.stay
            session = context.get("training.session", row.session) or {}
            if session:
                await_day([row], span_of(session).day, context.today)
            row.minutes = row.attended(session)
        self.attended_minutes = sum(row.minutes or 0 for row in self.attendance)
        self.percent = percent_of(self.attended_minutes, course.get("planned_minutes", 0))
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

    def check_with(self, context: Context) -> Iterator[Problem]:
        course = context.get("training.course", self.course) or {}
        same_course = others(self, context, course=self.course)
        for doc in same_course:
            if doc["operator"] == self.operator:
                yield self.problem(
                    "operator", other=named(self, doc), it="L'operatore è già iscritto a questo corso: {other}",
                    en="The operator is already enrolled in this course: {other}",
                )  # fmt: skip
        if self.operator in (row.get("operator") for row in course.get("trainers", ())):
            yield self.problem(
                "operator", warning=True, it="È tra i docenti di questo corso: iscriverlo lo stesso?",
                en="They are one of the trainers of this course: enrol them all the same?",
            )  # fmt: skip
        yield from self._check_place(course, same_course, context)
        operator = context.get("registry.operator", self.operator) or {}
        if course.get("audience") and operator.get("sector") and operator["sector"] not in course["audience"]:
            yield self.problem(
                "operator", warning=True, code=called(course, course["code"], course["title"]), it="Il corso {code} non è per il suo settore",
                en="Course {code} is not meant for their sector",
            )  # fmt: skip
        yield from self._check_sessions(course, context)
        yield from certified(self, context)

    def _check_place(
        self, course: dict[str, Any], same_course: list[dict[str, Any]], context: Context
    ) -> Iterator[Problem]:
        """There is a place for whoever takes one; somebody who has one already keeps it."""
        if self.admission != "enrolled" and any(there(row.status) for row in self.attendance):
            yield self.problem(
                "admission", it="Ha delle presenze: è iscritto?", en="There is attendance: are they enrolled?"
            )
        if self.admission in ("waiting", "declined"):
            return
        left = free(course, same_course)
        if self.withdrawn_on or left is None or left > 0 or self.over_reason:
            return
        before = context.get("training.enrolment", self.id)
        last = max(filter(holds_place, same_course), key=lambda doc: str(doc["enrolled_on"]), default=None)
        yield self.problem(
            "course", warning=bool(before and holds_place(before)), places=course["places"], code=called(course, course["code"], course["title"]),
            other=_called(last, context) if last else "", day=shown_stored(last["enrolled_on"]) if last else "", queue=len(waiting(same_course)),
            it="Il corso {code} è pieno (posti: {places}, l'ultimo a {other} il {day}); in lista d'attesa: {queue}. Metterlo in lista d'attesa, o scrivere perché oltre i posti",
            en="Course {code} is full (places: {places}, the last to {other} on {day}); waiting: {queue}. Put them on the waiting list, or say why beyond the places",
        )  # fmt: skip

    @classmethod
    def follow(cls, doc: Mapping[str, Any], context: Context) -> Iterator[Change]:
        """A place that gets free is offered to the first who waits."""
        yield from offers(context.get("training.course", doc["course"]), context)

    def _check_sessions(self, course: dict[str, Any], context: Context) -> Iterator[Problem]:
        """Rows against their sessions, and against the operator's rows in other courses."""
        elsewhere = {
            row["session"]: (doc, there(row["status"]))
            for doc in others(self, context, operator=self.operator)
            for row in doc.get("attendance", ())
            if due(row["status"]) and doc["course"] != self.course
        }
        taken: dict[str, list[tuple[dict[str, Any], dict[str, Any], bool]]] = {}
        for uid, found in elsewhere.items():
            if (other := context.get("training.session", uid)) and "date" in other:
                taken.setdefault(other["date"], []).append((other, *found))
        taught = context.find("training.session", trainers=self.operator) if self.attendance else []
        for number, row in enumerate(self.attendance, 1):
            session = context.get("training.session", row.session) or {}
            place = f"attendance.{number}"
            if session.get("course", self.course) != self.course:
                yield self.problem(
                    f"{place}.session", code=called(course, course.get("code"), course.get("title")), session=_session(session),
                    it="La lezione {session} non è del corso {code}", en="Session {session} is not one of course {code}",
                )  # fmt: skip
            if row.minutes and session and row.minutes > session.get("net_minutes", row.minutes):
                yield self.problem(
                    f"{place}.partial_minutes",
                    it="Più delle ore nette della lezione",
                    en="More than the session's net hours",
                )
            if not session:
                continue
            yield from self._check_hours(place, row, session, context)
            if not due(row.status):
                continue
            came = there(row.status)
            if came:
                if row.status == "remote" or session.get("mode", "room") != "room":
                    yield from self._check_remote(place, row, session)
                yield from self._check_enrolled(place, span_of(session).day)
            for other in taught:
                if other["id"] != row.session and _at_once(other, session):
                    yield self.problem(
                        f"{place}.session", warning=not came, code=other.get("course_code", ""), session=_session(other),
                        it="Alla stessa ora è docente nella lezione {session} del corso {code}: correggere presenza o docente", en="At the same time they teach session {session} of course {code}: correct attendance or trainer",
                    )  # fmt: skip
            for other, doc, was_there in taken.get(session["date"], ()):
                if _at_once(other, session) and not (came and was_there):
                    yield self.problem(
                        f"{place}.session", warning=True, code=doc.get("course_code", ""), session=_session(other),
                        it="Alla stessa ora è anche nell'elenco della lezione {session} del corso {code}: controllare gli orari e le presenze",
                        en="At the same time they are also listed for session {session} of course {code}: check times and attendance",
                    )  # fmt: skip
                elif _at_once(other, session):
                    yield self.problem(
                        f"{place}.session", code=doc.get("course_code", ""), session=_session(other),
                        it="Alla stessa ora risulta presente alla lezione {session} del corso {code}: correggere una delle due presenze",
                        en="At the same time they are present at session {session} of course {code}: correct one of the two",
                    )  # fmt: skip

    def _check_hours(self, place: str, row: Attendance, session: dict[str, Any], context: Context) -> Iterator[Problem]:
        """Presence against the session's day and hours, and against what else the operator did then."""
        took_place, span = session.get("status") != "cancelled", span_of(session)
        came, went = row.columns
        yield from judged(self, place, row, span.day, span if took_place else None, context, came=came, went=went)
        if took_place and due(row.status):
            first, last = row.stay
            start, end = max(first or span.start, span.start), min(last or span.end, span.end)
            here = Presence(self.operator, "registry.operator", f"{place}.session", hour(start), hour(end))
            # Sessions have rules of their own.
            yield from at_once(self, [here], span.day, context, without=("training.session",))

    def _check_enrolled(self, place: str, day: date) -> Iterator[Problem]:
        """Presence is of a day inside the enrolment."""
        if day < self.enrolled_on or (self.withdrawn_on and day > self.withdrawn_on):
            until = shown(self.withdrawn_on) if self.withdrawn_on else "…"
            yield self.problem(
                f"{place}.session", warning=True, day=shown(day), start=shown(self.enrolled_on), end=until,
                it="Presente il {day}, fuori dall'iscrizione ({start} – {end}): controllare le date",
                en="Present on {day}, outside the enrolment ({start} – {end}): check the dates",
            )  # fmt: skip

    def _check_remote(self, place: str, row: Attendance, session: dict[str, Any]) -> Iterator[Problem]:
        """Remote presence has its log-in and log-out, in a session that can be followed remotely."""
        if row.status == "remote" and session.get("mode", "room") == "room":
            yield self.problem(f"{place}.status", it="La lezione era in presenza", en="The session was held in a room")
        remote = row.status == "remote" or session.get("mode") == "remote"
        if (
            remote
            and session.get("status") == "held"
            and not (row.login and row.logout)
            and row.partial_minutes is None
        ):
            yield self.problem(
                f"{place}.login", warning=True, it="A distanza servono collegamento e scollegamento", en="Remote presence needs log-in and log-out",
            )  # fmt: skip


def _called(doc: Mapping[str, Any], context: Context) -> str:
    """Another enrolment, with the code of the operator: a sentence may be read by others."""
    return called(doc, (context.get("registry.operator", doc["operator"]) or {}).get("code", doc["operator"][:8]))


def _session(doc: Mapping[str, Any]) -> str:
    return called(doc, shown_stored(doc["date"]), doc["start"], doc.get("topic"))


def _at_once(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two stored sessions run at the same time; one that was cancelled runs at none."""
    same_day = one.get("date") == other["date"] and "cancelled" not in (one.get("status"), other.get("status"))
    return same_day and bool(one["start"] < other["end"] and other["start"] < one["end"])


def threshold(course: dict[str, Any], context: Context) -> int:
    """Percent of the planned hours that a certificate needs."""
    return int(course.get("threshold") or context.profile.settings.get("attendance_threshold", THRESHOLD))
