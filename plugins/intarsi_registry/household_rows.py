"""Rows of a household's file: members, team, and the path from the first assessment of needs to the last review."""

from datetime import date
from typing import Any

from intarsi_tui import Choice, Date, Deadline, Int, Link, Row, Text, field, link

from .choices import AREAS, HOUSEHOLD_TYPES, PROGRESS, ROLES


class Member(Row, it="Componente", en="Member"):
    person: Link = link("registry.person", it="Persona", en="Person")
    role: Choice = field(it="Ruolo", en="Role", privacy="internal", choices=ROLES)
    joined_on: Date | None = field(it="Dal", en="From", privacy="internal")
    left_on: Date | None = field(
        it="Al", en="To", privacy="internal",
        help=("Il primo giorno in cui non vale più; chi cambia ruolo ha una riga per ruolo",
              "The first day on which it no longer holds; who changes role has a row for each"),
    )  # fmt: skip

    def on(self, day: date) -> bool:
        """Whether it holds on `day`, the day of leaving left out; without a date it holds from the start."""
        return (self.joined_on or day) <= day < (self.left_on or date.max)

    def together(self, other: "Member") -> bool:
        """Whether both hold on one day at least."""
        first = max(self.joined_on or date.min, other.joined_on or date.min)
        return first < min(self.left_on or date.max, other.left_on or date.max)


class TypeChange(Row, it="Cambio di tipologia", en="Change of type"):
    date: Date = field(it="Dal", en="From", privacy="internal")
    type: Choice = field(it="Tipologia", en="Type", privacy="internal", choices=HOUSEHOLD_TYPES)


class TeamMember(Row, it="Componente équipe", en="Team member"):
    operator: Link = link("registry.operator", it="Operatore", en="Operator")
    body: Link | None = link("registry.body", it="Ente", en="Body")
    role: Text | None = field(it="Ruolo", en="Role", privacy="internal")


def _score(area: str) -> Any:
    italian, english = AREAS[area]
    return field(
        it=italian, en=english, privacy="special" if area == "health" else "personal", default=None, min=0, max=4,
        help=("0 nessun bisogno, 4 grave", "0 no need, 4 severe"),
    )  # fmt: skip


class Assessment(Row, it="Rilevazione dei bisogni", en="Assessment of needs"):
    """All areas of `AREAS` on one day; an area that was not asked about stays empty."""

    date: Date = field(it="Data", en="Date", privacy="internal")
    housing: Int | None = _score("housing")
    work: Int | None = _score("work")
    health: Int | None = _score("health")
    school: Int | None = _score("school")
    parenting: Int | None = _score("parenting")
    papers: Int | None = _score("papers")
    language: Int | None = _score("language")
    network: Int | None = _score("network")

    @property
    def scores(self) -> dict[str, int]:
        """The scores that were given, by area."""
        given = {area: getattr(self, area) for area in AREAS}
        return {area: score for area, score in given.items() if score is not None}


class Objective(Row, it="Obiettivo", en="Objective"):
    area: Choice = field(it="Area di bisogno", en="Area of need", privacy="personal", choices=AREAS)
    objective: Text = field(it="Obiettivo", en="Objective", privacy="personal")
    action: Text | None = field(it="Azione", en="Action", privacy="personal")
    responsible: Link | None = link("registry.operator", it="Responsabile", en="Responsible")
    due: Date | None = field(
        it="Scadenza", en="Due", privacy="internal",
        deadline=Deadline(
            "Verificare l'obiettivo della famiglia", "Check the family's objective", owner=("responsible", "private_manager"),
            open={"outcome": ("open",)}, closed={"closed_on": ()},
        ),
    )  # fmt: skip
    outcome: Choice = field(it="Esito", en="Outcome", privacy="personal", default="open", choices=PROGRESS)


class Review(Row, it="Verifica", en="Review"):
    date: Date = field(it="Data", en="Date", privacy="internal")
    present: Text | None = field(it="Presenti", en="Present", privacy="personal")
    progress: Text | None = field(it="Avanzamento", en="Progress", privacy="personal")
