"""School enrolments. A child's right to school does not depend on papers: nothing here asks for one (`domain.md` §6.5)."""

from collections.abc import Iterator
from typing import Any

from intarsi_registry.choices import BIRTH_DATES, SCHOOL_LEVELS
from intarsi_registry.rules import called, in_project, named, others
from intarsi_tui import (
    Choice,
    Choices,
    Context,
    Date,
    Deadline,
    Flag,
    Int,
    Label,
    Link,
    Problem,
    Record,
    SchoolYear,
    Text,
    field,
    link,
)

from .choices import ATTENDANCE, GAP_REASONS, MISSING_DOCUMENTS, SCHOOL_SERVICES
from .classes import age_reached, class_gap, early, expected
from .rules import a_pupil, a_school, counts, school_year_of

WIDEST = 3


class SchoolEnrolment(
    Record, it="Iscrizione scolastica", en="School enrolment", plural=("Iscrizioni scolastiche", "School enrolments"),
    also=("scuola, alunni, studenti, classi", "schools, pupils, students, classes"),
    title=("school_year", "school_class", "date"), date="date",
):  # fmt: skip
    person: Link = link(
        "registry.person", it="Minore", en="Pupil", in_list=9, index=True, section=("Iscrizione", "Enrolment")
    )
    school: Link = link("registry.body", it="Scuola", en="School", in_list=28)
    date: Date = field(
        it="Data iscrizione", en="Date of enrolment", privacy="internal", in_list=True,
        deadline=Deadline(
            "Chiedere della frequenza", "Ask about attendance", months=3, closed={"attendance": (), "person.closed_on": ()}
        ),
    )  # fmt: skip
    school_year: SchoolYear | None = field(
        it="Anno scolastico", en="School year", privacy="internal", in_list=True,
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
        it="Scostamento classe-età (anni)", en="Class-age gap (years)", privacy="internal",
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
        self.counted = counts(self.person, self.date.isoformat(), context)
        if self.age_gap is None:
            self.age_gap = self._gap(context)

    def _gap(self, context: Context) -> int | None:
        """The gap that class, level of the school and year of birth tell; `None` where one of them is missing."""
        gap = class_gap(
            self.school_class, self._level(context), self.school_year, self._pupil(context).get("birth_date", "")
        )
        return gap if gap is not None and abs(gap) <= WIDEST else None

    def _level(self, context: Context) -> str:
        return str((context.get("registry.body", self.school) or {}).get("level", ""))

    def _pupil(self, context: Context) -> dict[str, Any]:
        return context.get("registry.person", self.person) or {}

    def check(self) -> Iterator[Problem]:
        if self.missing_documents and not self.with_reserve and not self.completed_on:
            yield self.problem(
                "with_reserve", warning=True, it="Mancano documenti: l'iscrizione è con riserva?",
                en="Papers are missing: is it an enrolment with reserve?",
            )  # fmt: skip
        if self.completed_on and self.completed_on < self.date:
            yield self.problem("completed_on", it="Prima dell'iscrizione", en="Before the enrolment")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context)
        yield from a_school(self, "school", context)
        yield from a_pupil(self, "person", self.date, context)
        yield from self._check_gap(context)
        for doc in others(self, context, person=self.person):
            if doc.get("school_year") == self.school_year and doc.get("attendance") != "moved":
                yield self.problem(
                    "person", other=named(self, doc),
                    it="Per quest'anno c'è già un'iscrizione: {other}. Se ha cambiato scuola, lì la frequenza è «trasferito»",
                    en="There is already an enrolment for this year: {other}. If the pupil changed school, its attendance is “moved”",
                )  # fmt: skip

    def _check_gap(self, context: Context) -> Iterator[Problem]:
        """The gap is that of the class, as far as the date of birth is known, and the teachers have given its reason."""
        pupil, level = self._pupil(context), self._level(context)
        born, source = pupil.get("birth_date", ""), pupil.get("birth_date_source", "documented")
        if self.age_gap and not self.gap_reason and not early(self.age_gap, born):
            yield self.problem(
                "gap_reason", warning=True, it="Lo scostamento va motivato dal collegio docenti",
                en="The teachers must give the reason of the gap",
            )  # fmt: skip
        if not born and self.school_class and self.age_gap is None:
            yield self.problem(
                "age_gap", warning=True, person=pupil.get("pseudonym", ""),
                it="Manca la data di nascita di {person}: lo scostamento si scrive a mano", en="The date of birth of {person} is missing: the gap is entered by hand",
            )  # fmt: skip
        if self.age_gap is not None and abs(self.age_gap) > WIDEST:
            yield self.problem(
                "age_gap", warning=True, years=WIDEST, it="Più di {years} anni di scostamento: ricontrollare classe e data di nascita",
                en="A gap of more than {years} years: check class and date of birth",
            )  # fmt: skip
        if born and self.school_class and not level:
            school = context.get("registry.body", self.school) or {}
            yield self.problem(
                "school", warning=True, school=called(school, school.get("name")),
                it="Di {school} manca il grado scolastico: lo scostamento classe-età non si può controllare. Scriverlo nella scheda dell'ente",
                en="The school level of {school} is missing, so that the class-age gap cannot be checked. Enter it in the body's record",
            )  # fmt: skip
        age = age_reached(self.school_year, born)
        meant = None if age is None else expected(self.school_class, level, age)
        gap = meant.gap(age) if meant and age is not None else None
        # A date that was only declared is off by a year often enough: what the school says stands beside it.
        tolerated = 0 if source == "documented" else 1
        if meant is None or gap is None or (self.age_gap is not None and abs(gap - self.age_gap) <= tolerated):
            return
        ages = f"{meant.first}" if meant.first == meant.last else f"{meant.first}–{meant.last}"
        yield self.problem(
            "age_gap" if abs(gap) <= WIDEST else "school_class", warning=True, gap=f"{gap:+}" if gap else "0", age=age, ages=ages, year=(self.school_year or "")[:4],
            level=Label(*SCHOOL_LEVELS[meant.level]), source=Label(*BIRTH_DATES[source]),
            it="Classe per chi nel {year} compie {ages} anni ({level}); il minore ne compie {age} (data di nascita: {source}): scostamento {gap}, ricontrollare",
            en="A class for those who turn {ages} in {year} ({level}); the pupil turns {age} (date of birth: {source}): a gap of {gap}, check again",
        )  # fmt: skip
