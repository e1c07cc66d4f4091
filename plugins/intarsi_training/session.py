"""Sessions: the days of a course."""

from collections.abc import Iterator

from intarsi_registry.rules import booked, clock_minutes, in_project, named, overlapping, quarter_hours, working_day
from intarsi_tui import Choice, Context, Date, Flag, Int, Link, Links, Minutes, Problem, Record, Text, Time, field, link

from .choices import MODES, SESSION_STATES


class Session(
    Record, it="Lezione", en="Session", plural=("Lezioni", "Sessions"), title=("date", "start", "topic"), date="date"
):
    course: Link = link(
        "training.course", it="Corso", en="Course", in_list=True, index=True, section=("Lezione", "Session")
    )
    date: Date = field(it="Data", en="Date", privacy="public", in_list=True, index=True)
    start: Time = field(it="Dalle", en="From", privacy="public", in_list=True)
    end: Time = field(it="Alle", en="To", privacy="public", in_list=True)
    break_minutes: Minutes = field(
        it="Pausa", en="Break", privacy="public", default=0, help=("Minuti: 15m", "Minutes: 15m")
    )
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
    page: Int | None = field(
        it="Pagina del registro", en="Page of the register", privacy="internal", min=1, section=("Registro", "Register")
    )
    log_kept: Flag = field(
        it="Tracciato dei collegamenti agli atti", en="Connection log on file", privacy="internal", default=False,
        help=("A distanza: entrate e uscite, con la dichiarazione DPR 445/2000", "Remote: log-ins and log-outs, with the declaration of truthfulness"),
    )  # fmt: skip

    def compute(self, context: Context) -> None:
        self.net_minutes = max(clock_minutes(self.end) - clock_minutes(self.start) - self.break_minutes, 0)

    def check(self) -> Iterator[Problem]:
        length = clock_minutes(self.end) - clock_minutes(self.start)
        if length <= 0:
            yield self.problem("end", it="Finisce prima di cominciare", en="Ends before it starts")
        elif self.break_minutes >= length:
            yield self.problem(
                "break_minutes", it="La pausa è lunga quanto la lezione", en="The break is as long as the session"
            )
        else:
            yield from quarter_hours(self, "end", length - self.break_minutes)
        if self.status == "held" and not self.trainers:
            yield self.problem("trainers", warning=True, it="Manca il docente", en="The trainer is missing")
        if self.status == "held" and self.mode != "room" and not self.log_kept:
            yield self.problem(
                "log_kept", warning=True, it="A distanza serve il tracciato dei collegamenti",
                en="A remote session needs its connection log",
            )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from working_day(self, "date", context)
        if self.status == "held" and self.date > context.today:
            yield self.problem(
                "status", it="È nel futuro: non può essere svolta", en="It is in the future: it cannot have been held"
            )
        course = context.get("training.course", self.course) or {}
        day = self.date.isoformat()
        if not course.get("start", day) <= day <= course.get("end", day):
            yield self.problem(
                "date", warning=True, course=course.get("code", ""),
                it="Fuori dalle date del corso {course}", en="Outside the dates of course {course}",
            )  # fmt: skip
        if self.status == "cancelled":
            return
        for doc in overlapping(self, context):
            if doc.get("status") == "cancelled":
                continue
            if doc["course"] == self.course or set(self.trainers or ()) & set(doc.get("trainers", ())):
                yield self.problem(
                    "start", other=named(self, doc),
                    it="Alla stessa ora, con lo stesso corso o docente, c'è già {other}",
                    en="At the same time, with the same course or trainer, there is already {other}",
                )  # fmt: skip
        if self.status == "held":
            for trainer in self.trainers or ():
                yield from booked(self, "trainers", trainer, self.date, self.net_minutes or 0, context)
