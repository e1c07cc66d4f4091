"""Requests for a mediator, mostly by schools."""

from collections.abc import Iterator

from intarsi_registry.free_text import no_health_detail
from intarsi_registry.rules import in_order, in_project, quarter_hours
from intarsi_tui import (
    Choice,
    Context,
    Date,
    Int,
    Language,
    Link,
    LongText,
    Minutes,
    Problem,
    Record,
    SchoolCode,
    SchoolYear,
    Text,
    field,
    link,
)

from .choices import REASONS, REQUEST_OUTCOMES, REQUESTERS
from .rules import a_pupil, a_school, school_year_of

NOTICE_DAYS = 15


class SchoolRequest(
    Record, it="Richiesta di mediazione", en="Mediation request", plural=("Richieste di mediazione", "Mediation requests"),
    also=("domande delle scuole, mediatore richiesto", "requests of schools"),
    title=("date", "reason"), date="date",
):  # fmt: skip
    date: Date = field(
        it="Data richiesta", en="Date of request", privacy="internal", in_list=True, section=("Richiesta", "Request")
    )
    requester: Choice = field(
        it="Richiedente", en="Requested by", privacy="internal", default="school", choices=REQUESTERS
    )
    school: Link | None = link("registry.body", it="Scuola", en="School", in_list=24)
    site_code: SchoolCode | None = field(it="Codice del plesso", en="Code of the school site", privacy="public")
    school_contact: Text | None = field(it="Referente della scuola", en="Contact at the school", privacy="personal")
    person: Link | None = link(
        "registry.person", it="Minore", en="Pupil", in_list=9, section=("Minore", "Pupil"),
        help=("Anche senza alcun documento", "Even without any document"),
    )  # fmt: skip
    school_year: SchoolYear | None = field(
        it="Anno scolastico", en="School year", privacy="internal", help=("Vuoto: quello della data", "Empty: that of the date"),
    )  # fmt: skip
    class_requested: Text | None = field(it="Classe richiesta", en="Class requested", privacy="internal", max=20)
    class_assigned: Text | None = field(it="Classe assegnata", en="Class assigned", privacy="internal", max=20)
    language: Language | None = field(it="Lingua", en="Language", privacy="internal", in_list=True, to_confirm=True)
    variant: Text | None = field(it="Variante", en="Variant", privacy="internal", max=60)
    reason: Choice = field(
        it="Motivo",
        en="Reason",
        privacy="internal",
        in_list=True,
        choices=REASONS,
        section=("Che cosa si chiede", "What is asked"),
    )
    requested_minutes: Minutes | None = field(it="Ore richieste", en="Hours requested", privacy="internal")
    wanted_on: Date | None = field(it="Data preferita", en="Preferred date", privacy="internal", in_list=True)
    wanted_also: Date | None = field(it="In alternativa", en="Or else", privacy="internal")
    notice_days: Int | None = field(it="Giorni di preavviso", en="Days of notice", privacy="internal", computed=True)
    notes: LongText | None = field(it="Note", en="Notes", privacy="personal", max=1000)
    outcome: Choice | None = field(
        it="Esito",
        en="Outcome",
        privacy="internal",
        in_list=True,
        choices=REQUEST_OUTCOMES,
        section=("Esito", "Outcome"),
    )
    answered_on: Date | None = field(it="Risposta del", en="Answered on", privacy="internal")

    def compute(self, context: Context) -> None:
        self.school_year = self.school_year or school_year_of(self.date)
        self.notice_days = (self.wanted_on - self.date).days if self.wanted_on else None

    def check(self) -> Iterator[Problem]:
        yield from quarter_hours(self, "requested_minutes", self.requested_minutes)
        yield from in_order(self, "date", "wanted_on")
        yield from in_order(self, "date", "answered_on")
        yield from no_health_detail(self, "notes")
        if self.requester == "school" and not self.school:
            yield self.problem("school", warning=True, it="Quale scuola?", en="Which school?")
        if bool(self.outcome) != bool(self.answered_on):
            missing = "answered_on" if self.outcome else "outcome"
            yield self.problem(
                missing, warning=True, it="Esito e data della risposta vanno insieme", en="Outcome and date go together"
            )

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from a_school(self, "school", context)
        yield from a_pupil(self, "person", self.date, context)
        wanted = int(context.profile.settings.get("request_notice_days", NOTICE_DAYS))
        if self.notice_days is not None and 0 <= self.notice_days < wanted:
            yield self.problem(
                "wanted_on", warning=True, days=self.notice_days, wanted=wanted,
                it="Preavviso di {days} giorni: ne servono {wanted}", en="{days} days' notice: {wanted} are asked for",
            )  # fmt: skip
