"""Units: the flats and houses, with their rooms and beds."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from intarsi_registry.rules import in_order, shown
from intarsi_tui import (
    Choice,
    Context,
    Date,
    Deadline,
    Euro,
    Int,
    Label,
    Link,
    LongText,
    Municipality,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import ACCESS, ENERGY_CLASSES, FURNITURE, OUTAGE_REASONS, OWNERSHIPS, PAYERS, ROOM_USES, TITLES
from .cots import born_in
from .nights import Stay, shared
from .occupancy import crowds, life_of, outages, row_of, slept, stay_called, stay_of


class Room(Row, it="Camera", en="Room"):
    code: Text = field(it="Codice", en="Code", privacy="internal", max=20)
    places: Int = field(
        it="Posti", en="Places", privacy="internal", min=0, help=("Le culle non contano", "Cots do not count")
    )
    use: Choice = field(it="Uso", en="Use", privacy="internal", default="household", choices=ROOM_USES)


class Bed(Row, it="Letto", en="Bed"):
    room: Text = field(it="Camera", en="Room", privacy="internal", max=20)
    code: Text = field(it="Codice", en="Code", privacy="internal", max=20)
    capacity: Int = field(it="Persone", en="Persons", privacy="internal", default=1, min=1, max=2)


class Outage(Row, it="Fuori servizio", en="Out of service"):
    first: Date = field(it="Dal", en="From", privacy="internal")
    end: Date | None = field(
        it="Di nuovo in uso dal", en="In use again from", privacy="internal", help=("Vuoto: non si sa ancora", "Empty: not known yet"),
    )  # fmt: skip
    reason: Choice = field(it="Motivo", en="Reason", privacy="internal", choices=OUTAGE_REASONS)
    room: Text | None = field(
        it="Camera", en="Room", privacy="internal", max=20, help=("Vuota: tutto l'alloggio", "Empty: the whole unit"),
    )  # fmt: skip
    stay_reason: Text | None = field(
        it="Perché chi c'è resta", en="Why those there stay", privacy="internal", max=200,
        help=("Solo se i soggiorni in corso continuano", "Only when stays under way go on"),
    )  # fmt: skip


class Unit(
    Record, it="Scheda alloggio", en="Housing unit", plural=("Alloggi", "Housing units"),
    also=("case, appartamenti, posti, stanze, letti, immobili", "houses, flats, places, rooms, beds"),
    title=("code",), date="active_from"
):  # fmt: skip
    code: Text = field(
        it="Codice alloggio", en="Unit code", privacy="internal", in_list=True, key=True, max=30,
        section=("Alloggio", "Unit"), help=("Senza l'indirizzo, come MO-01", "Without the address, like MO-01"),
    )  # fmt: skip
    manager: Link | None = link("registry.body", it="Ente gestore", en="Managing body", in_list=22, to_confirm=True)
    # Who knows the address knows where a protected family lives.
    address: Text | None = field(it="Indirizzo", en="Address", privacy="personal", to_confirm=True)
    municipality: Municipality | None = field(
        it="Comune", en="Municipality", privacy="internal", in_list=True, to_confirm=True
    )
    active_from: Date | None = field(
        it="Attivo dal", en="Active from", privacy="internal", in_list=True, to_confirm=True
    )
    dismissed_on: Date | None = field(
        it="Dismesso il", en="Dismissed on", privacy="internal", in_list=True,
        help=("Il primo giorno in cui non c'è più", "The first day on which it is no longer there"),
    )  # fmt: skip

    ownership: Choice | None = field(
        it="Titolarità", en="Ownership", privacy="internal", choices=OWNERSHIPS, section=("Contratto e costi", "Contract and costs"),
    )  # fmt: skip
    title_of_use: Choice | None = field(it="Titolo", en="Title of use", privacy="internal", choices=TITLES)
    contract_number: Text | None = field(it="N. contratto", en="Contract no.", privacy="internal", max=60)
    contract_date: Date | None = field(it="Data contratto", en="Contract date", privacy="internal")
    contract_expiry: Date | None = field(
        it="Scadenza contratto", en="Contract expires", privacy="internal",
        deadline=Deadline("Rinnovare il contratto dell'alloggio", "Renew the unit's contract", closed={"dismissed_on": ()}),
    )  # fmt: skip
    monthly_rent: Euro | None = field(it="Canone mensile", en="Monthly rent", privacy="internal", min=0)
    utilities_paid_by: Choice | None = field(
        it="Utenze a carico di", en="Utilities paid by", privacy="internal", choices=PAYERS
    )

    authorised_places: Int | None = field(
        it="Posti autorizzati", en="Authorised places", privacy="internal", in_list=True, to_confirm=True, min=1,
        section=("Spazi", "Rooms and beds"),
    )  # fmt: skip
    area: Int | None = field(it="Superficie (m²)", en="Area (m²)", privacy="internal", min=1)
    bathrooms: Int | None = field(it="Bagni", en="Bathrooms", privacy="internal", min=0)
    rooms: Rows[Room] = field(it="Camere", en="Rooms", privacy="internal", default=[])
    beds: Rows[Bed] = field(
        it="Letti", en="Beds", privacy="internal", default=[], help=("Solo se si assegnano i letti", "Only when beds are assigned"),
    )  # fmt: skip
    outages: Rows[Outage] = field(it="Fuori servizio", en="Out of service", privacy="internal", default=[])

    suitability_number: Text | None = field(
        it="Idoneità alloggiativa n.", en="Suitability certificate no.", privacy="internal", max=60,
        section=("Caratteristiche", "Features"),
    )  # fmt: skip
    suitability_date: Date | None = field(it="Idoneità del", en="Certificate of", privacy="internal")
    energy_class: Choice | None = field(
        it="Classe energetica", en="Energy class", privacy="internal", choices=ENERGY_CLASSES
    )
    furniture: Choice | None = field(it="Arredi", en="Furniture", privacy="internal", choices=FURNITURE)
    accessibility: Choice | None = field(it="Accessibilità", en="Accessibility", privacy="internal", choices=ACCESS)
    notes: LongText | None = field(it="Note", en="Notes", privacy="personal", max=1000)

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "contract_date", "contract_expiry")
        yield from in_order(self, "active_from", "dismissed_on")
        yield from self._check_rooms()
        yield from self._check_outages()

    def _check_rooms(self) -> Iterator[Problem]:
        for name, codes in (("rooms", [row.code for row in self.rooms]), ("beds", [row.code for row in self.beds])):
            folded = [code.casefold() for code in codes]
            for number, code in enumerate(codes, 1):
                if code.casefold() in folded[: number - 1]:
                    yield self.problem(
                        f"{name}.{number}.code", code=code, it="Il codice {code} c'è già", en="Code {code} is already there"
                    )  # fmt: skip
        known = {row.code.casefold() for row in self.rooms}
        for name, rooms in (("beds", [row.room for row in self.beds]), ("outages", [row.room for row in self.outages])):
            for number, room in enumerate(rooms, 1):
                if room and room.casefold() not in known:
                    yield self.problem(
                        f"{name}.{number}.room", code=room, it="Fra le camere non c'è {code}", en="There is no {code} among the rooms"
                    )  # fmt: skip
        places = sum(row.places for row in self.rooms)
        if self.rooms and self.authorised_places and places != self.authorised_places:
            yield self.problem(
                "authorised_places", warning=True, places=places, authorised=self.authorised_places,
                it="Le camere hanno {places} posti, gli autorizzati sono {authorised}",
                en="The rooms have {places} places, {authorised} are authorised",
            )  # fmt: skip

    def _check_outages(self) -> Iterator[Problem]:
        for number, row in enumerate(self.outages, 1):
            if row.end and row.end <= row.first:
                yield self.problem(f"outages.{number}.end", it="Non dura una notte", en="It does not last a night")
            for other in self.outages[: number - 1]:
                same = not row.room or not other.room or row.room.casefold() == other.room.casefold()
                if same and shared(Stay(row.first, row.end or date.max), Stay(other.first, other.end or date.max)):
                    yield self.problem(
                        f"outages.{number}.first", day=shown(other.first),
                        it="È già fuori servizio dal {day}", en="It is already out of service from {day}",
                    )  # fmt: skip

    def check_with(self, context: Context) -> Iterator[Problem]:
        if self.contract_expiry and self.contract_expiry < (self.dismissed_on or context.today):
            yield self.problem(
                "contract_expiry", warning=True, day=shown(self.contract_expiry),
                it="Il contratto è scaduto il {day}: rinnovato?", en="The contract expired on {day}: was it renewed?",
            )  # fmt: skip
        placements = context.find("cohousing.placement", unit=self.id)
        stored = context.get("cohousing.unit", self.id) or {}
        yield from self._check_placements(placements, stored, context)

    def _check_placements(
        self, placements: list[dict[str, Any]], stored: dict[str, Any], context: Context
    ) -> Iterator[Problem]:
        """A unit that changes keeps room for whom it has, and does not end under them.

        What `stored`, the unit before this change, had already is told of and stops no other change.
        """
        unit = self.doc()
        life, told, born = life_of(unit), list[tuple[str, str, date]](), born_in(context)
        already = {
            (crowd.scope, crowd.code, crowd.night)
            for doc in placements
            for crowd in crowds(stored, doc, [other for other in placements if other is not doc], born)
        }
        for doc in placements:
            stay = stay_of(doc)
            if not stay.within(life):
                yield self.problem(
                    "active_from" if stay.first < life.first else "dismissed_on", other=stay_called(doc),
                    it="L'inserimento {other} non sta in queste date", en="Placement {other} is not within these dates",
                )  # fmt: skip
            for name in ("room", "bed"):
                if doc.get(name) and not row_of(unit.get(f"{name}s", ()), doc[name]):
                    was_there = row_of(stored.get(f"{name}s", ()), doc[name])
                    yield self.problem(
                        f"{name}s", warning=not was_there, code=doc[name], other=slept(doc, context),
                        it="Manca «{code}», che è in uso: {other}. Spostare prima chi c'è",
                        en="“{code}” is missing, and in use: {other}. Move those in it first",
                    )  # fmt: skip
            had = {night for _number, night in outages(stored, doc)}
            for number, night in outages(unit, doc):
                kept = self.outages[number - 1].stay_reason
                advice = Label(
                    ". Spostare prima il soggiorno, o scrivere perché continua",
                    ". Move the stay first, or write why it goes on",
                )
                yield self.problem(
                    f"outages.{number}.{'first' if kept else 'stay_reason'}", warning=bool(kept) or night in had,
                    other=slept(doc, context), day=shown(night), advice=Label("", "") if kept else advice,
                    it="La notte del {day} c'è l'inserimento {other}{advice}", en="On the night of {day} there is placement {other}{advice}",
                )  # fmt: skip
            for crowd in crowds(unit, doc, [other for other in placements if other is not doc], born):
                # Each placement of a crowded night finds the same crowd.
                if (crowd.scope, crowd.code, crowd.night) not in told:
                    told.append((crowd.scope, crowd.code, crowd.night))
                    name = "authorised_places" if crowd.scope == "unit" else f"{crowd.scope}s"
                    warning = told[-1] in already or crowd.foreseen(doc, context.today)
                    yield crowd.too_small(self, name, [doc, *crowd.others], context, warning=warning)
