"""Small registers that the tests write to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from intarsi_tui.records.fields import field, link
from intarsi_tui.records.problems import Problem
from intarsi_tui.records.record import Record, Row
from intarsi_tui.records.types import (
    Choice,
    Choices,
    Date,
    Euro,
    Flag,
    Int,
    Link,
    Links,
    LongText,
    Minutes,
    Pseudonym,
    Rows,
    Text,
)  # fmt: skip
from intarsi_tui.store import Store


class Person(Record, it="Persona", en="Person", plural=("Persone", "People"), title=("surname", "given")):
    code: Pseudonym = field(it="Codice", en="Code", prefix="D", privacy="internal", in_list=True)
    surname: Text = field(it="Cognome", en="Surname", privacy="personal", in_list=True)
    given: Text | None = field(it="Nome", en="Name", privacy="personal")
    card: Text | None = field(it="Tessera", en="Card", key=True, privacy="personal")
    taken_in: Date = field(it="Presa in carico", en="Taken in", privacy="internal")
    language: Choice | None = field(
        it="Lingua",
        en="Language",
        privacy="internal",
        in_list=True,
        choices={"ar": ("Arabo", "Arabic"), "uk": ("Ucraino", "Ukrainian")},
    )
    informed: Flag | None = field(it="Informativa", en="Informed", privacy="internal", to_confirm=True)
    notes: LongText | None = field(it="Note", en="Notes", privacy="personal")


class Seat(Row, it="Posto", en="Seat"):
    person: Link = link("club.person", it="Persona", en="Person")
    role: Text | None = field(it="Ruolo", en="Role", privacy="internal")


class Meeting(Record, it="Incontro", en="Meeting", plural=("Incontri", "Meetings"), title=("topic",)):
    topic: Text = field(it="Tema", en="Topic", privacy="internal", in_list=True)
    on: Date = field(it="Data", en="Date", privacy="internal", in_list=True)
    leader: Link | None = link("club.person", it="Conduce", en="Leader")
    guests: Links = link("club.person", it="Ospiti", en="Guests", default=[])
    seats: Rows[Seat] = field(it="Posti", en="Seats", privacy="internal", default=[])
    lasts: Minutes = field(it="Durata", en="Duration", privacy="internal", default=60)
    cost: Euro | None = field(it="Costo", en="Cost", privacy="internal")
    tags: Choices = field(
        it="Temi",
        en="Tags",
        privacy="internal",
        default=[],
        choices={"a": ("Affitto", "Rent"), "b": ("Bollette", "Bills")},
    )
    people: Int | None = field(it="Presenti", en="Present", privacy="internal", computed=True)

    def compute(self, context: Any) -> None:
        self.people = len(self.seats)

    def check(self) -> Iterator[Problem]:
        if self.lasts > 600:
            yield self.problem("lasts", it="Troppo lungo", en="Too long")
        if self.lasts > 300:
            yield self.problem("lasts", it="Molto lungo", en="Very long", warning=True)

    def check_with(self, context: Any) -> Iterator[Problem]:
        for other in context.find("club.meeting", on=self.on.isoformat(), topic=self.topic):
            if other["id"] != self.id:
                yield self.problem("on", it="C'è già", en="Already there")


def declared(cls: type[Record], table: str) -> Any:
    """The declaration of a class as its plugin gives it."""
    cls.declaration = replace(cls.declaration, table=table)
    return cls.declaration


def register_all(store: Store) -> Store:
    """Both registers in a store."""
    store.register(declared(Person, "club.person"), lambda: Person)
    store.register(declared(Meeting, "club.meeting"), lambda: Meeting)
    return store
