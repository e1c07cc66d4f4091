"""Interventions: the six service lines, one record for each time somebody was helped."""

from collections.abc import Iterator

from intarsi_registry.attendance import elapsed
from intarsi_registry.attendance_rules import possible_hours
from intarsi_registry.elsewhere import elsewhere
from intarsi_registry.free_text import no_health_detail
from intarsi_registry.overlaps import booked_twice
from intarsi_registry.rules import booked, in_project, quarter_hours, working_day
from intarsi_tui import (
    Calendar,
    Choice,
    Choices,
    Context,
    Date,
    Flag,
    Label,
    Language,
    Link,
    Links,
    LongText,
    Minutes,
    Problem,
    Record,
    Text,
    Time,
    field,
    link,
)

from .choices import CATEGORIES, DEFAULT_CATEGORY, OUTCOMES, PLACES, SERVICES, SIGNERS, STATUSES
from .rules import WORKED, a_school, counts, weekly_ceiling

HEALTH_FIELDS = ("ssn_registered", "ssn_date", "doctor_chosen", "vaccination_shown")


class Intervention(
    Record, it="Intervento di mediazione", en="Mediation intervention",
    plural=("Interventi di mediazione", "Mediation interventions"),
    also=("mediazioni, ore, colloqui, traduzioni, interpreti, mediatori", "hours, interviews, translations, interpreters"),
    title=("date", "start", "service"), date="date",
    calendar=Calendar(start="start", end="end", place=("school", "place"), who=("operator",), status="status", details=("service", "language")),
):  # fmt: skip
    date: Date = field(
        it="Data", en="Date", privacy="internal", in_list=True, index=True, section=("Intervento", "Intervention")
    )
    start: Time = field(it="Dalle", en="From", privacy="internal", in_list=True)
    end: Time = field(it="Alle", en="To", privacy="internal")
    minutes: Minutes | None = field(it="Ore", en="Hours", privacy="internal", in_list=True, computed=True)
    status: Choice = field(
        it="Svolgimento", en="Status", privacy="internal", default="delivered", choices=STATUSES,
        help=("«Nessuno si è presentato»: le ore del mediatore restano, i destinatari non contano",
              "“Nobody came”: the mediator's hours stay, the beneficiaries do not count"),
    )  # fmt: skip
    service: Choice = field(it="Tipo di servizio", en="Service", privacy="internal", in_list=True, choices=SERVICES)
    category: Choice | None = field(
        it="Categoria indicatore", en="Indicator category", privacy="internal", to_confirm=True, choices=CATEGORIES,
        help=("Vuota: quella del servizio, per mediazione, genitorialità e salute", "Empty: the service's own, for mediation, parenting and health"),
    )  # fmt: skip
    request: Link | None = link("mediation.school_request", it="Richiesta", en="Request")
    operator: Link | None = link(
        "registry.operator", it="Mediatore / operatore", en="Mediator / operator", in_list=True, to_confirm=True,
        section=("Chi e dove", "Who and where"),
    )  # fmt: skip
    language: Language | None = field(it="Lingua", en="Language", privacy="internal", in_list=True)
    ceiling_reason: Text | None = field(
        it="Motivo delle ore oltre il limite", en="Reason for hours over the ceiling", privacy="internal",
        help=("Solo se la settimana del mediatore supera il suo limite", "Only when the mediator's week exceeds its ceiling"),
    )  # fmt: skip
    persons: Links | None = link(
        "registry.person", it="Destinatari presenti", en="Beneficiaries present", in_list=True,
        help=("Le persone, non il nucleo", "The persons, not the household"),
    )  # fmt: skip
    counted_persons: Links | None = link(
        "registry.person", it="Destinatari conteggiati", en="Beneficiaries counted", computed=True,
        help=("Senza chi non è ammissibile o era già cittadino italiano", "Without those not eligible or already Italian"),
    )  # fmt: skip
    place: Choice = field(it="Luogo", en="Place", privacy="internal", choices=PLACES)
    school: Link | None = link("registry.body", it="Scuola", en="School")
    third_body: Link | None = link("registry.body", it="Altro ente presente", en="Other body present")
    outcome: Choice | None = field(
        it="Esito", en="Outcome", privacy="internal", choices=OUTCOMES, section=("Che cosa si è fatto", "What was done"),
    )  # fmt: skip
    summary: LongText | None = field(
        it="Attività svolta", en="Activity", privacy="personal", max=500,
        help=("In breve; niente diagnosi né dettagli sanitari", "In short; no diagnosis and no health details"),
    )  # fmt: skip
    signatures: Choices | None = field(
        it="Firme raccolte", en="Signatures collected", privacy="internal", choices=SIGNERS
    )
    ssn_registered: Flag | None = field(
        it="Iscrizione al SSN", en="Registered with the health service", privacy="special",
        section=("Accesso ai servizi sanitari", "Access to health services"),
    )  # fmt: skip
    ssn_date: Date | None = field(it="Iscritto al SSN il", en="Registered on", privacy="special")
    doctor_chosen: Flag | None = field(
        it="Medico o pediatra scelto", en="Doctor or paediatrician chosen", privacy="special"
    )
    vaccination_shown: Flag | None = field(
        it="Libretto vaccinale esibito", en="Vaccination record shown", privacy="special"
    )

    def compute(self, context: Context) -> None:
        self.minutes = elapsed(self.date, self.start, self.end)
        self.category = self.category or DEFAULT_CATEGORY.get(self.service)
        day = self.date.isoformat()
        self.counted_persons = [uid for uid in self.persons or () if counts(uid, day, context)]

    def check(self) -> Iterator[Problem]:
        yield from possible_hours(self, "start", self.date, self.start)
        yield from possible_hours(self, "end", self.date, self.end)
        if self.end <= self.start:
            yield self.problem(
                "end",
                it="Finisce prima di cominciare: correggere una delle due ore",
                en="Ends before it starts: correct one of the times",
            )
        yield from quarter_hours(self, "end", self.minutes)
        yield from no_health_detail(self, "summary")
        if self.status == "delivered" and not self.persons:
            yield self.problem(
                "persons", warning=True, it="Nessun destinatario presente?", en="No beneficiary present?"
            )
        if self.place == "school" and not self.school:
            yield self.problem("school", warning=True, it="Quale scuola?", en="Which school?")
        filled = [name for name in HEALTH_FIELDS if getattr(self, name) is not None]
        if filled and self.service != "health":
            service = Label(*SERVICES["health"])
            yield self.problem(
                filled[0], service=service, it="Solo per il servizio «{service}»", en="Only for the service “{service}”"
            )
        if self.ssn_date and not self.ssn_registered:
            yield self.problem(
                "ssn_registered", it="C'è una data di iscrizione: iscritto?", en="There is a date: registered?"
            )

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from working_day(self, "date", context)
        yield from a_school(self, "school", context)
        if self.status in WORKED and self.date > context.today:
            yield self.problem(
                "status",
                it="È nel futuro: non può essere svolto",
                en="It is in the future: it cannot have been delivered",
            )
        if self.status != "cancelled":
            yield from booked_twice(
                self, context, what=Label("intervento", "intervention"), place="persons", staff=("operator",)
            )
            yield from elsewhere(self, context, without=(self.declaration.table,))
            yield from weekly_ceiling(self, context)
        if self.status in WORKED:
            yield from booked(self, "operator", self.operator, self.date, self.minutes or 0, context)
