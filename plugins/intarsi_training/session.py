"""Sessions: the days of a course."""

from collections.abc import Iterator
from typing import Any

from intarsi_registry.attendance import Span, there
from intarsi_registry.attendance_rules import in_sequence, possible_hours, was_it_held
from intarsi_registry.elsewhere import elsewhere
from intarsi_registry.overlaps import overlapping
from intarsi_registry.rules import (
    booked,
    called,
    in_order,
    in_project,
    named,
    not_in_future,
    others,
    quarter_hours,
    working_day,
)
from intarsi_tui import (
    Attachment,
    Calendar,
    Choice,
    Context,
    Date,
    Flag,
    Int,
    Link,
    Links,
    Minutes,
    Problem,
    Record,
    Text,
    Time,
    field,
    link,
)

from .choices import MODES, SESSION_STATES
from .issued import under_certificates


class Session(
    Record, it="Lezione", en="Session", plural=("Lezioni", "Sessions"),
    also=("aula, registro delle lezioni, ore, presenze", "classes, lessons, hours, attendance"),
    title=("date", "start", "topic"), date="date",
    calendar=Calendar(start="start", end="end", place=("venue",), who=("trainers",), status="status", details=("mode", "course_code", "room"), called=("course_code",)),
):  # fmt: skip
    course: Link = link(
        "training.course", it="Corso", en="Course", in_list=24, index=True, section=("Lezione", "Session")
    )
    course_code: Text | None = field(it="Codice corso", en="Course code", privacy="public", computed=True)
    date: Date = field(it="Data", en="Date", privacy="public", in_list=True, index=True)
    start: Time = field(it="Dalle", en="From", privacy="public", in_list=True)
    end: Time = field(it="Alle", en="To", privacy="public", in_list=True)
    break_minutes: Minutes = field(
        it="Pausa", en="Break", privacy="public", default=0, help=("Minuti: 15m", "Minutes: 15m")
    )
    break_start: Time | None = field(
        it="Inizio della pausa", en="Break from", privacy="public",
        help=("Serve a contare al minuto chi entra tardi o esce prima", "Needed to count by the minute who comes late or leaves early"),
    )  # fmt: skip
    net_minutes: Minutes | None = field(it="Ore nette", en="Net hours", privacy="public", in_list=True, computed=True)
    status: Choice = field(
        it="Svolgimento", en="Status", privacy="public", in_list=True, default="planned", choices=SESSION_STATES
    )
    topic: Text | None = field(
        it="Argomento", en="Topic", privacy="public", in_list=True, section=("Contenuto", "Content")
    )
    trainers: Links | None = link("registry.operator", it="Docenti", en="Trainers")
    mode: Choice = field(it="Modalità", en="Mode", privacy="public", default="room", choices=MODES)
    venue: Text | None = field(
        it="Sede o piattaforma", en="Venue or platform", privacy="internal", help=("Indirizzo, oppure link", "Address, or link"),
    )  # fmt: skip
    room: Text | None = field(
        it="Aula", en="Room", privacy="public", max=60, help=("In un'aula c'è una lezione alla volta", "A room holds one session at a time"),
    )  # fmt: skip
    page: Int | None = field(
        it="Pagina del registro", en="Page of the register", privacy="internal", min=1, section=("Registro", "Register")
    )
    log_kept: Flag = field(
        it="Tracciato dei collegamenti agli atti", en="Connection log on file", privacy="internal", default=False,
        help=("A distanza: entrate e uscite, con la dichiarazione DPR 445/2000", "Remote: log-ins and log-outs, with the declaration of truthfulness"),
    )  # fmt: skip

    declared_by: Link | None = link(
        "registry.operator", it="Dichiarazione di veridicità di", en="Truthfulness declared by",
        help=("Di chi risponde del tracciato (DPR 445/2000)", "By whoever answers for the log (DPR 445/2000)"),
    )  # fmt: skip
    declared_on: Date | None = field(it="Dichiarato il", en="Declared on", privacy="internal")
    log_file: Attachment | None = field(it="Tracciato dei collegamenti", en="Connection log", privacy="personal")
    register_scan: Attachment | None = field(
        it="Pagina firmata del registro", en="Signed page of the register", privacy="personal"
    )

    @property
    def span(self) -> Span:
        return Span(self.date, self.start, self.end, self.break_minutes, self.break_start)

    def compute(self, context: Context) -> None:
        self.net_minutes = self.span.minutes
        self.course_code = (context.get("training.course", self.course) or {}).get("code")

    def check(self) -> Iterator[Problem]:
        yield from possible_hours(self, "start", self.date, self.start)
        yield from possible_hours(self, "end", self.date, self.end)
        yield from in_order(self, "date", "declared_on")
        yield from in_sequence(self, self.start, self.end)
        if self.start < self.end and self.break_minutes and not self.net_minutes:
            yield self.problem(
                "break_minutes", it="La pausa è lunga quanto la lezione", en="The break is as long as the session"
            )
        yield from quarter_hours(self, "end", self.net_minutes)
        if self.break_start and not (self.break_minutes and self.start <= self.break_start < self.end):
            yield self.problem(
                "break_start", it="La pausa non è dentro la lezione", en="The break is not inside the session"
            )
        if self.status == "held" and not self.trainers:
            yield self.problem("trainers", warning=True, it="Manca il docente", en="The trainer is missing")
        if self.status == "held" and self.mode != "room" and not self.log_kept:
            yield self.problem(
                "log_kept", warning=True, it="A distanza serve il tracciato dei collegamenti",
                en="A remote session needs its connection log",
            )  # fmt: skip
        if self.status == "held" and self.log_kept and not (self.declared_by and self.declared_on):
            yield self.problem(
                "declared_by", warning=True, it="Chi dichiara che il tracciato è veritiero, e quando?", en="Who declares that the log is truthful, and when?",
            )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from working_day(self, "date", context)
        yield from not_in_future(self, "declared_on", context)
        if self.status == "held" and self.date > context.today:
            yield self.problem(
                "status", it="È nel futuro: non può essere svolta", en="It is in the future: it cannot have been held"
            )
        yield from was_it_held(self, self._attended(context), context)
        yield from under_certificates(self, context)
        course = context.get("training.course", self.course) or {}
        day = self.date.isoformat()
        if not course.get("start", day) <= day <= course.get("end", day):
            yield self.problem(
                "date", warning=True, course=called(course, course.get("code"), course.get("title")),
                it="Fuori dalle date del corso {course}", en="Outside the dates of course {course}",
            )  # fmt: skip
        for doc in others(self, context, course=self.course) if self.page else ():
            if doc.get("page") == self.page:
                yield self.problem(
                    "page", page=self.page, other=named(self, doc), it="La pagina {page} del registro è già di {other}",
                    en="Page {page} of the register is that of {other} already",
                )  # fmt: skip
        if self.status == "cancelled":
            return
        yield from elsewhere(self, context, without=(self.declaration.table,))
        for doc in overlapping(self, context):
            if doc.get("status") == "cancelled":
                continue
            if self._same_room(doc):
                yield self.problem(
                    "room", room=self.room, other=named(self, doc), it="Alla stessa ora in «{room}» c'è già {other}: scegliere un'altra aula o un'altra ora",
                    en="At the same time there is already {other} in “{room}”: choose another room or time",
                )  # fmt: skip
            if doc["course"] == self.course:
                yield self.problem(
                    "start", other=named(self, doc), code=doc.get("course_code", ""),
                    it="Alla stessa ora il corso {code} ha già la lezione {other}: scegliere un'altra ora, o annullare una delle due",
                    en="At the same time course {code} has session {other} already: choose another time, or cancel one of the two",
                )  # fmt: skip
            if both := set(self.trainers or ()) & set(doc.get("trainers", ())):
                codes = [(context.get("registry.operator", uid) or {}).get("code", uid[:8]) for uid in sorted(both)]
                yield self.problem(
                    "start", trainer=codes, other=named(self, doc), code=doc.get("course_code", ""),
                    it="Alla stessa ora il docente {trainer} ha la lezione {other} del corso {code}: scegliere un'altra ora o un altro docente",
                    en="At the same time trainer {trainer} has session {other} of course {code}: choose another time or trainer",
                )  # fmt: skip
        if self.status == "held":
            for trainer in self.trainers or ():
                yield from booked(self, "trainers", trainer, self.date, self.net_minutes or 0, context)

    def _attended(self, context: Context) -> bool:
        enrolments = context.find("training.enrolment", attendance=self.id) if self.status == "planned" else ()
        rows = (row for doc in enrolments for row in doc["attendance"])
        return any(row["session"] == self.id and there(row["status"]) for row in rows)

    def _same_room(self, doc: dict[str, Any]) -> bool:
        here, there = ((self.venue, self.room), (doc.get("venue"), doc.get("room")))
        return bool(self.room) and [f"{one}".casefold() for one in here] == [f"{one}".casefold() for one in there]
