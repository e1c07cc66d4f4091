"""Housing meetings: education to living in a home of one's own, and mediation where people live together."""

from collections.abc import Iterator

from intarsi_registry.attendance import Span, arrived_field, counted, left_field, minutes_field, status_field, there
from intarsi_registry.attendance_rules import await_day, judged, possible_hours, was_it_held
from intarsi_registry.elsewhere import elsewhere
from intarsi_registry.free_text import no_health_detail
from intarsi_registry.overlaps import booked_twice
from intarsi_registry.rules import booked, in_project, quarter_hours, working_day
from intarsi_tui import (
    Attachment,
    Calendar,
    Choice,
    Choices,
    Context,
    Date,
    Flag,
    Int,
    Label,
    Language,
    Link,
    Links,
    LongText,
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

from .choices import MEETING_OUTCOMES, MEETING_STATES, MODES, TOPICS


class Attendance(Row, it="Presenza", en="Attendance"):
    person: Link = link("registry.person", it="Persona", en="Person")
    status: Choice = status_field()
    signed: Flag = field(it="Firma", en="Signature", privacy="internal", default=False)
    arrived: Time | None = arrived_field()
    left: Time | None = left_field()
    minutes: Minutes | None = minutes_field()


class HousingMeeting(
    Record, it="Incontro sull'abitare", en="Housing meeting", plural=("Incontri sull'abitare", "Housing meetings"),
    also=("riunioni di casa, condominio, regole, presenze", "house meetings, rules, attendance"),
    title=("date", "start", "mode"), date="date",
    calendar=Calendar(start="start", end="end", place=("unit", "place"), who=("expert", "mediator"), status="status", details=("mode", "topics")),
):  # fmt: skip
    date: Date = field(
        it="Data", en="Date", privacy="internal", in_list=True, index=True, section=("Incontro", "Meeting")
    )
    start: Time = field(it="Dalle", en="From", privacy="internal", in_list=True)
    end: Time = field(it="Alle", en="To", privacy="internal")
    break_minutes: Minutes = field(
        it="Pausa", en="Break", privacy="internal", default=0, help=("Minuti: 15m", "Minutes: 15m")
    )
    net_minutes: Minutes | None = field(it="Ore nette", en="Net hours", privacy="internal", in_list=True, computed=True)
    status: Choice = field(
        it="Svolgimento", en="Status", privacy="internal", in_list=True, default="held", choices=MEETING_STATES
    )
    mode: Choice = field(it="Modalità", en="Mode", privacy="internal", in_list=True, choices=MODES)
    unit: Link | None = link("cohousing.unit", it="Alloggio", en="Unit")
    place: Text | None = field(
        it="Sede", en="Place", privacy="internal", help=("Se non è in un alloggio", "When it is not in a unit"),
    )  # fmt: skip
    topics: Choices | None = field(
        it="Temi", en="Topics", privacy="internal", in_list=True, to_confirm=True, choices=TOPICS
    )

    expert: Link | None = link(
        "registry.operator", it="Esperto in mediazione all'abitare", en="Housing-mediation expert", to_confirm=True,
        section=("Persone", "People"),
    )  # fmt: skip
    expert_body: Link | None = link("registry.body", it="Ente dell'esperto", en="The expert's body", computed=True)
    language: Language | None = field(it="Lingua", en="Language", privacy="internal")
    mediator: Link | None = link("registry.operator", it="Mediatore", en="Mediator")
    attendance: Rows[Attendance] = field(it="Presenze", en="Attendance", privacy="internal", default=[])
    persons: Links | None = link("registry.person", it="Presenti", en="Present", computed=True)
    present: Int | None = field(it="N. presenti", en="Number present", privacy="internal", in_list=True, computed=True)

    materials: Links | None = link(
        "dissemination.material", it="Materiali consegnati", en="Materials handed out", section=("Esito", "Outcome")
    )
    other_materials: Text | None = field(
        it="Altri materiali consegnati", en="Other materials handed out", privacy="internal"
    )
    sign_sheet: Attachment | None = field(it="Foglio firme", en="Sign-in sheet", privacy="personal")
    outcome: Choice | None = field(it="Esito", en="Outcome", privacy="internal", choices=MEETING_OUTCOMES)
    notes: LongText | None = field(
        it="Che cosa si è fatto", en="What was done", privacy="personal", max=1000,
        help=("In breve; niente diagnosi né vicende personali", "In short; no diagnosis and no personal story"),
    )  # fmt: skip

    @property
    def span(self) -> Span:
        return Span(self.date, self.start, self.end, self.break_minutes)

    def compute(self, context: Context) -> None:
        span = self.span
        self.net_minutes = span.minutes
        await_day(self.attendance, self.date, context.today)
        for row in self.attendance:
            row.minutes = (
                counted(span, row.arrived, row.left) if there(row.status) and self.status != "cancelled" else 0
            )
        self.persons = [row.person for row in self.attendance if there(row.status)]
        self.present = len(self.persons)
        expert = (context.get("registry.operator", self.expert) if self.expert else None) or {}
        self.expert_body = expert.get("body")

    def check(self) -> Iterator[Problem]:
        yield from no_health_detail(self, "notes")
        yield from possible_hours(self, "start", self.date, self.start)
        yield from possible_hours(self, "end", self.date, self.end)
        if self.end <= self.start:
            yield self.problem(
                "end",
                it="Finisce prima di cominciare: correggere una delle due ore",
                en="Ends before it starts: correct one of the times",
            )
        elif not self.net_minutes:
            yield self.problem(
                "break_minutes", it="La pausa è lunga quanto l'incontro", en="The break is as long as the meeting"
            )
        else:
            yield from quarter_hours(self, "end", self.net_minutes)
        if not self.unit and not self.place:
            name = "unit" if self.mode == "individual" else "place"
            yield self.problem(name, warning=True, it="Dove?", en="Where?")
        seen: set[str] = set()
        for number, row in enumerate(self.attendance, 1):
            if row.person in seen:
                yield self.problem(
                    f"attendance.{number}.person", it="La persona c'è già", en="The person is already there"
                )
            seen.add(row.person)
            if self.status == "held" and there(row.status) and row.status != "remote" and not row.signed:
                yield self.problem(
                    f"attendance.{number}.signed", warning=True, it="Manca la firma", en="The signature is missing"
                )
        if self.status == "held" and not any(there(row.status) for row in self.attendance):
            yield self.problem("attendance", warning=True, it="Nessun presente?", en="Nobody present?")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from working_day(self, "date", context)
        if self.status == "held" and self.date > context.today:
            yield self.problem(
                "status", it="È nel futuro: non può essere svolto", en="It is in the future: it cannot have been held"
            )
        yield from was_it_held(self, bool(self.present), context)
        for number, row in enumerate(self.attendance, 1):
            span = self.span if self.status != "cancelled" else None
            yield from judged(self, f"attendance.{number}", row, self.date, span, context)
        if self.status != "cancelled":
            yield from booked_twice(
                self, context, what=Label("incontro", "meeting"), place="attendance", staff=("expert", "mediator")
            )
            yield from elsewhere(self, context, without=(self.declaration.table,))
        if self.status == "held":
            for name in ("expert", "mediator"):
                yield from booked(self, name, getattr(self, name), self.date, self.net_minutes or 0, context)
