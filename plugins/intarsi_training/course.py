"""Courses: one record for each edition."""

from collections.abc import Iterator, Mapping
from typing import Any

from intarsi_registry.rules import in_order, in_project, quarter_hours
from intarsi_tui import (
    Change,
    Choice,
    Choices,
    Context,
    Date,
    Int,
    Link,
    LongText,
    Minutes,
    Municipality,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import AUDIENCES, CONTENTS, MODES, TOPICS
from .places import holds_place, offers


class Trainer(Row, it="Docente", en="Trainer"):
    operator: Link = link("registry.operator", it="Docente", en="Trainer")
    body: Link | None = link("registry.body", it="Ente", en="Body")
    role: Text | None = field(it="Qualifica", en="Qualification", privacy="internal")
    minutes: Minutes | None = field(it="Ore", en="Hours", privacy="internal")


class Course(
    Record,
    it="Corso",
    en="Course",
    plural=("Corsi", "Courses"),
    also=("formazione, edizioni, laboratori, ore di corso", "training, editions, workshops, hours"),
    title=("code", "title"),
    date="start",
):
    code: Text = field(
        it="Codice corso", en="Course code", privacy="public", in_list=9, key=True, max=30, section=("Corso", "Course"),
        help=("Uno per edizione, come FORM-01/2", "One for each edition, like FORM-01/2"),
    )  # fmt: skip
    edition: Int | None = field(it="Edizione", en="Edition", privacy="public", min=1)
    title: Text = field(it="Titolo", en="Title", privacy="public", in_list=27, index=True)
    objectives: LongText | None = field(it="Obiettivi", en="Objectives", privacy="public")
    topic: Choice | None = field(
        it="Ambito della formazione", en="Field of training", privacy="public", to_confirm=True, choices=TOPICS
    )
    contents: Choices | None = field(it="Contenuti formativi", en="Contents", privacy="public", choices=CONTENTS)
    audience: Choices | None = field(it="Destinatari", en="Audience", privacy="public", choices=AUDIENCES)
    mode: Choice = field(
        it="Modalità", en="Mode", privacy="public", in_list=True, default="room", choices=MODES,
        section=("Calendario e sede", "Calendar and venue"),
    )  # fmt: skip
    start: Date | None = field(it="Inizio", en="Start", privacy="public", in_list=True, to_confirm=True)
    end: Date | None = field(it="Fine", en="End", privacy="public")
    planned_minutes: Minutes | None = field(
        it="Ore previste", en="Planned hours", privacy="public", in_list=True, to_confirm=True
    )
    venue: Text | None = field(it="Sede", en="Venue", privacy="public")
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="public", in_list=True)
    trainers: Rows[Trainer] = field(
        it="Docenti", en="Trainers", privacy="internal", default=[], section=("Persone", "People")
    )
    manager: Link | None = link("registry.operator", it="Responsabile del corso", en="Course manager")
    tutor: Link | None = link("registry.operator", it="Tutor d'aula", en="Class tutor")
    places: Int | None = field(it="Posti", en="Places", privacy="public", in_list=True, min=1)
    threshold: Int | None = field(
        it="Soglia di frequenza %", en="Attendance threshold %", privacy="public", min=1, max=100,
        help=("Vuota: quella del progetto", "Empty: that of the project"),
    )  # fmt: skip

    @classmethod
    def follow(cls, doc: Mapping[str, Any], context: Context) -> Iterator[Change]:
        """More places are offered to those who wait."""
        yield from offers(doc, context)

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "start", "end")
        yield from quarter_hours(self, "planned_minutes", self.planned_minutes)
        taught = sum(row.minutes or 0 for row in self.trainers)
        if self.planned_minutes and taught > self.planned_minutes:
            yield self.problem(
                "trainers", warning=True, it="I docenti hanno più ore del corso", en="The trainers have more hours than the course",
            )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "start", context)
        yield from in_project(self, "end", context)
        if self.places is None and not self.trainers:
            return
        enrolled = [doc for doc in context.find("training.enrolment", course=self.id) if holds_place(doc)]
        learners = {doc["operator"] for doc in enrolled}
        for number, row in enumerate(self.trainers, 1):
            if row.operator in learners:
                yield self.problem(
                    f"trainers.{number}.operator", warning=True, it="È anche tra gli iscritti del corso", en="They are enrolled in the course, too",
                )  # fmt: skip
        if self.places is None:
            return
        # Whoever was admitted beyond the places has the reason in the enrolment.
        wanted = [doc for doc in enrolled if not doc.get("over_reason")]
        if len(wanted) > self.places:
            yield self.problem(
                "places", warning=True, places=self.places, count=len(wanted),
                it="Posti: {places}, iscritti: {count}. Nessuno perde il posto: aumentare i posti, ritirare chi non viene, o scrivere nelle iscrizioni perché oltre i posti",
                en="Places: {places}, enrolled: {count}. Nobody loses theirs: add places, withdraw who does not come, or say in the enrolments why beyond the places",
            )  # fmt: skip
