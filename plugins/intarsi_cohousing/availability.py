"""Actions of cohousing: the occupancy of a period to the bed-night, and where there is room on a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Date, Int, Municipality, Row, Text, field
from intarsi_tui.reference import tables

from .cots import born_in
from .figures import NOTHING, Occupancy, free_until, nights_of, occupancy

if TYPE_CHECKING:
    from intarsi_tui import Office

Doc = dict[str, Any]


class Over(Row, it="Occupazione", en="Occupancy"):
    period: Text | None = field(
        it="Periodo", en="Period", privacy="internal", help=("2021-Q2, 2021-04, 2021, project; vuoto: il trimestre in corso", "2021-Q2, 2021-04, 2021, project; empty: this quarter"),
    )  # fmt: skip


class Wanted(Row, it="Disponibilità", en="Availability"):
    on: Date | None = field(
        it="La notte del", en="On the night of", privacy="internal", help=("Vuoto: stanotte", "Empty: tonight")
    )
    people: Int = field(it="Persone", en="Persons", privacy="internal", default=1, min=1)
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="internal")


def occupied(office: "Office", asked: Over) -> Iterator[Doc]:
    """One row for each unit that was there in the period, and their sum."""
    period = office.profile.period(asked.period) if asked.period else office.profile.current_period(office.today)
    there = nights_of(period.start, period.end)
    by_unit = _placements(office, there.first, there.end)
    total = NOTHING
    for unit in _units(office):
        found = occupancy(unit, by_unit.get(unit["id"], ()), there, born_in(office.store.context))
        if found.places or found.taken:
            total += found
            yield {"unit": unit["code"], **_figures(found)}
    yield {"unit": "Totale" if office.lang == "it" else "Total", **_figures(total)}


def available(office: "Office", asked: Wanted) -> Iterator[Doc]:
    """The units with room for so many persons on that night, and until when it lasts."""
    night = asked.on or office.today
    by_unit = _placements(office, night, date.max)
    for unit in _units(office):
        if asked.municipality and unit.get("municipality") != asked.municipality:
            continue
        free, until = free_until(unit, by_unit.get(unit["id"], []), night, asked.people, born_in(office.store.context))
        if free >= asked.people:
            town = unit.get("municipality")
            yield {
                "unit": unit["code"], "municipality": tables.label("municipalities", town, office.lang) if town else "",
                "places": unit.get("authorised_places", 0), "free": free, "until": "" if until == date.max else until.isoformat(),
            }  # fmt: skip


def _units(office: "Office") -> list[Doc]:
    return sorted(office.find("cohousing.unit"), key=lambda unit: str(unit["code"]))


def _placements(office: "Office", first: date, end: date) -> dict[str, list[Doc]]:
    """The placements with a night from `first` to before `end`, by unit."""
    from tinydb import where

    query = (where("entered_on") < end.isoformat()) & ~(where("state") == "void")
    ended = where("left_on").exists() & (where("left_on") <= first.isoformat())
    by_unit: dict[str, list[Doc]] = defaultdict(list)
    for doc in office.table("cohousing.placement").search(query & ~ended):
        by_unit[doc["unit"]].append(doc)
    return by_unit


def _figures(found: Occupancy) -> Doc:
    return {
        "places": found.places, "out": found.out, "available": found.available, "taken": found.taken,
        "free": max(found.available - found.taken, 0), "rate": found.rate, "people": found.people,
    }  # fmt: skip


OCCUPANCY = Action(
    "occupancy", it="Occupazione di un periodo, in notti-letto", en="Occupancy of a period, in bed-nights", run=occupied, asks=Over,
    also=("posti, tasso, camere", "places, rate"), writes=False,
    columns={
        "unit": ("Alloggio", "Unit"), "places": ("Notti-letto", "Bed-nights"), "out": ("Fuori servizio", "Out of service"),
        "available": ("Disponibili", "Available"), "taken": ("Occupate", "Taken"), "free": ("Libere", "Free"),
        "rate": ("%", "%"), "people": ("Notti-persona", "Person-nights"),
    },
)  # fmt: skip
AVAILABILITY = Action(
    "availability", it="Dove c'è posto una notte, e fino a quando", en="Where there is room on a night, and until when",
    run=available, asks=Wanted, writes=False,
    also=("posti liberi, letti liberi, disponibilità", "free places, free beds, vacancies"),
    columns={
        "unit": ("Alloggio", "Unit"), "municipality": ("Comune", "Municipality"), "places": ("Posti", "Places"),
        "free": ("Liberi", "Free"), "until": ("Fino al (escluso)", "Until (not included)"),
    },
)  # fmt: skip
