"""School enrolments. A child's right to school does not depend on papers: nothing here asks for one (`domain.md` §6.5)."""

from collections.abc import Iterator

from intarsi_registry.rules import in_project, named, others
from intarsi_tui import Choice, Choices, Context, Date, Deadline, Flag, Int, Link, Problem, Record, Text, field, link

from .choices import ATTENDANCE, GAP_REASONS, MISSING_DOCUMENTS, SCHOOL_SERVICES
from .classes import class_gap
from .rules import a_pupil, a_school, counts, school_year, school_year_of

WIDEST = 3


class SchoolEnrolment(
    Record, it="Iscrizione scolastica", en="School enrolment", plural=("Iscrizioni scolastiche", "School enrolments"),
    title=("school_year", "school_class", "date"), date="date",
):  # fmt: skip
    person: Link = link(
        "registry.person", it="Minore", en="Pupil", in_list=True, index=True, section=("Iscrizione", "Enrolment")
    )
    school: Link = link("registry.body", it="Scuola", en="School", in_list=True)
    date: Date = field(
        it="Data iscrizione", en="Date of enrolment", privacy="internal", in_list=True,
        deadline=Deadline(
            "Chiedere della frequenza", "Ask about attendance", months=3, closed={"attendance": (), "person.closed_on": ()}
        ),
    )  # fmt: skip
    school_year: Text | None = field(
        it="Anno scolastico", en="School year", privacy="internal", in_list=True, max=7,
        help=("Vuoto: quello della data", "Empty: that of the date"),
    )  # fmt: skip
    school_class: Text | None = field(it="Classe", en="Class", privacy="internal", in_list=True, max=20)
    with_reserve: Flag = field(
        it="Con riserva", en="With reserve", privacy="internal", in_list=True, default=False,
        help=("Se mancano documenti; non incide sul titolo finale", "When papers are missing; it does not affect the final title"),
    )  # fmt: skip
    missing_documents: Choices | None = field(
        it="Documenti mancanti", en="Missing documents", privacy="personal", choices=MISSING_DOCUMENTS
    )
    completed_on: Date | None = field(it="Riserva sciolta il", en="Reserve lifted on", privacy="internal")
    age_gap: Int | None = field(
        it="Scostamento classe-età (anni)", en="Class-age gap (years)", privacy="internal", min=-WIDEST, max=WIDEST,
        help=("-1: una classe sotto quella dell'età; vuoto: calcolato dalla classe", "-1: one class below that of the age; empty: worked out from the class"),
    )  # fmt: skip
    gap_reason: Choice | None = field(
        it="Motivo dello scostamento", en="Reason of the gap", privacy="internal", choices=GAP_REASONS
    )
    attendance: Choice | None = field(
        it="Frequenza dopo 3 mesi", en="Attendance after 3 months", privacy="internal", in_list=True, choices=ATTENDANCE,
        section=("Dopo l'iscrizione", "After the enrolment"),
    )  # fmt: skip
    services: Choices | None = field(
        it="Servizi attivati", en="Services started", privacy="internal", choices=SCHOOL_SERVICES
    )
    request: Link | None = link("mediation.school_request", it="Richiesta", en="Request")
    counted: Flag | None = field(
        it="Conta negli indicatori", en="Counted in indicators", privacy="internal", computed=True
    )

    def compute(self, context: Context) -> None:
        self.school_year = self.school_year or school_year_of(self.date)
        self.counted = counts(self.person, self.date, context)
        if self.age_gap is None:
            self.age_gap = self._gap(context)

    def _gap(self, context: Context) -> int | None:
        """The gap that class, level of the school and year of birth tell; `None` where one of them is missing."""
        level = (context.get("registry.body", self.school) or {}).get("level", "")
        born = (context.get("registry.person", self.person) or {}).get("birth_date", "")
        gap = class_gap(self.school_class, level, self.school_year, born)
        return gap if gap is not None and abs(gap) <= WIDEST else None

    def check(self) -> Iterator[Problem]:
        yield from school_year(self, "school_year")
        if self.missing_documents and not self.with_reserve and not self.completed_on:
            yield self.problem(
                "with_reserve", warning=True, it="Mancano documenti: l'iscrizione è con riserva?",
                en="Papers are missing: is it an enrolment with reserve?",
            )  # fmt: skip
        if self.age_gap and not self.gap_reason:
            yield self.problem(
                "gap_reason", warning=True, it="Lo scostamento va motivato dal collegio docenti",
                en="The teachers must give the reason of the gap",
            )  # fmt: skip
        if self.completed_on and self.completed_on < self.date:
            yield self.problem("completed_on", it="Prima dell'iscrizione", en="Before the enrolment")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from a_school(self, "school", context)
        yield from a_pupil(self, "person", self.date, context)
        gap = self._gap(context)
        if gap is not None and self.age_gap != gap:
            yield self.problem(
                "age_gap", warning=True, gap=f"{gap:+}", it="Dalla classe e dall'anno di nascita risulta {gap}: ricontrollare",
                en="Class and year of birth make it {gap}: check again",
            )  # fmt: skip
        for doc in others(self, context, person=self.person):
            if doc.get("school_year") == self.school_year and doc.get("attendance") != "moved":
                yield self.problem(
                    "person", warning=True, other=named(self, doc),
                    it="Per quest'anno c'è già un'iscrizione: {other}", en="There is already an enrolment for this year: {other}",
                )  # fmt: skip
