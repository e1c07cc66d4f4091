"""Quarterly reports: what a partner tells the lead in words, beside the figures that the registers give."""

from collections.abc import Iterator
from datetime import date

from intarsi_registry.free_text import no_health_detail, no_health_words
from intarsi_registry.rules import named, others, shown
from intarsi_tui import (
    Choice,
    Context,
    Date,
    Int,
    Label,
    Links,
    LongText,
    Problem,
    Record,
    Row,
    Rows,
    field,
    link,
)
from intarsi_tui.project.periods import Period, quarter_of

from .choices import CAUSES, QUARTERS


class Issue(Row, it="Criticità", en="Issue"):
    text: LongText = field(it="Criticità", en="Issue", privacy="internal", max=1000)
    cause: Choice = field(it="Dipende da", en="Caused by", privacy="internal", choices=CAUSES)
    solution: LongText | None = field(it="Soluzione", en="Solution", privacy="internal", max=1000)


class QuarterlyReport(
    Record, it="Relazione trimestrale", en="Quarterly report", plural=("Relazioni trimestrali", "Quarterly reports"),
    also=("rendiconto, relazione, trimestre", "account, quarter"),
    title=("year", "quarter"), date="until",
):  # fmt: skip
    year: Int = field(
        it="Anno", en="Year", privacy="public", in_list=True, min=2000, max=2100, section=("Trimestre", "Quarter")
    )
    quarter: Choice = field(it="Trimestre", en="Quarter", privacy="public", in_list=True, choices=QUARTERS)
    until: Date | None = field(it="Fino al", en="Until", privacy="public", in_list=True, computed=True, index=True)

    activities: LongText | None = field(
        it="Attività e prodotti principali", en="Main activities and products", privacy="internal", to_confirm=True,
        section=("Scheda procedurale", "Procedure"), help=("In breve; nessuna vicenda di persone", "In short; no story of any person"),
    )  # fmt: skip
    strengths: LongText | None = field(it="Punti di forza", en="Strengths", privacy="internal")
    deviations: LongText | None = field(
        it="Scostamenti dal cronoprogramma", en="Deviations from the schedule", privacy="internal",
        help=("Rispetto all'ultimo approvato", "From the last one approved"),
    )  # fmt: skip
    issues: Rows[Issue] = field(it="Criticità e soluzioni", en="Issues and solutions", privacy="internal", default=[])
    team_changes: LongText | None = field(
        it="Variazioni nel gruppo di lavoro", en="Changes in the team", privacy="internal", help=("Ruoli, non nomi", "Roles, not names"),
    )  # fmt: skip
    networks: LongText | None = field(
        it="Reti attivate o consolidate", en="Networks activated or consolidated", privacy="internal"
    )

    meetings_held: Int | None = field(
        it="Incontri di governance", en="Governance meetings", privacy="internal", in_list=True, computed=True,
        section=("Dai registri", "From the registers"),
    )  # fmt: skip
    new_bodies: Links | None = link(
        "registry.body", it="Nuovi soggetti in rete", en="New bodies in networks", computed=True
    )
    products: Links | None = link(
        "dissemination.material", it="Prodotti approvati", en="Products approved", computed=True
    )

    def compute(self, context: Context) -> None:
        period = self._period()
        self.until = period.end
        mine = {"partner": self.partner}
        self.meetings_held = sum(doc["date"] in period for doc in context.find("governance.meeting", **mine))
        joined = [
            row["body"]
            for doc in context.find("governance.network", **mine)
            for row in doc.get("members", ())
            if row.get("joined_on", "") in period
        ]
        self.new_bodies = list(dict.fromkeys(joined))
        approved = (
            doc for doc in context.find("dissemination.material", **mine) if doc.get("approved_on", "") in period
        )
        self.products = [doc["id"] for doc in approved if doc.get("status") != "draft"]

    def _period(self) -> Period:
        return quarter_of(date(self.year, 3 * int(self.quarter[1]), 1))

    def check(self) -> Iterator[Problem]:
        yield from no_health_detail(self, "activities", "strengths", "deviations", "team_changes", "networks")
        for number, row in enumerate(self.issues, 1):
            yield from no_health_words(self, f"issues.{number}.text", row.text)
            yield from no_health_words(self, f"issues.{number}.solution", row.solution)

    def check_with(self, context: Context) -> Iterator[Problem]:
        period = self._period()
        if period.end < context.profile.start or period.start > context.profile.end:
            yield self.problem(
                "quarter", period=Label(period.label("it"), period.label("en")), start=shown(context.profile.start), end=shown(context.profile.end),
                it="{period} è fuori dal progetto, che va dal {start} al {end}",
                en="{period} is outside the project, which runs from {start} to {end}",
            )  # fmt: skip
        elif period.end >= context.today:
            yield self.problem(
                "quarter", warning=True, day=shown(period.end), it="Il trimestre finisce il {day}: i registri cambiano ancora",
                en="The quarter ends on {day}: the registers still change",
            )  # fmt: skip
        for doc in others(self, context, year=self.year, quarter=self.quarter, partner=self.partner):
            yield self.problem(
                "quarter", other=named(self, doc), it="Per questo trimestre c'è già una relazione: {other}",
                en="There is already a report of this quarter: {other}",
            )  # fmt: skip
