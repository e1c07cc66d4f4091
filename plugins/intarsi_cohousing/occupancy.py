"""Who sleeps where: placements against the places of their unit, room and bed. Works on stored documents."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from intarsi_registry.rules import shown
from intarsi_tui import Context, Problem, Record
from intarsi_tui.records.labels import Label

from .nights import Stay, first_over, shared, taken

Doc = dict[str, Any]

SCOPES = {"unit": ("alloggio", "unit"), "room": ("camera", "room"), "bed": ("letto", "bed")}


class Crowd(NamedTuple):
    """The first night with more people than places, in a unit, a room or a bed.

    Attributes:
        scope, code: a key of `SCOPES`, and which one.
        others: the other placements of that night.
    """

    scope: str
    code: str
    night: date
    people: int
    places: int
    others: list[Doc]

    def problem(self, record: Record, name: str, placements: Sequence[Doc], *, warning: bool = False) -> Problem:
        """The crowd as a problem of field `name`, naming `placements`."""
        it, en = SCOPES[self.scope]
        names = ", ".join(map(called, placements))
        return record.problem(
            name, warning=warning, place=Label(f"{it} {self.code}", f"{en} {self.code}"), day=shown(self.night),
            people=self.people, places=self.places, others=Label(f" (con {names})", f" (with {names})") if names else "",
            advice=Label("", "") if warning else Label(". Scegliere altre notti o un altro posto", ". Choose other nights or another place"),
            it="{place}, notte del {day}: persone {people}, posti {places}{others}{advice}",
            en="{place}, night of {day}: persons {people}, places {places}{others}{advice}",
        )  # fmt: skip

    def too_small(
        self, unit: Record, name: str, placements: Sequence[Doc], context: Context, *, warning: bool
    ) -> Problem:
        """The crowd as a problem of a unit whose change takes their places, with the stays to be moved first."""
        it, en = SCOPES[self.scope]
        return unit.problem(
            name, warning=warning, place=Label(f"{it} {self.code}", f"{en} {self.code}"), day=shown(self.night),
            people=self.people, places=self.places, others=[slept(doc, context) for doc in placements],
            it="{place}, notte del {day}: persone {people}, posti {places} (con {others}). Spostare o concludere prima quei soggiorni",
            en="{place}, night of {day}: persons {people}, places {places} (with {others}). Move or end those stays first",
        )  # fmt: skip


def stay_of(placement: Doc) -> Stay:
    """The nights of a placement, and the places that it takes in each."""
    return _stay(placement["entered_on"], placement.get("left_on"), placement.get("occupants", 0))


def life_of(unit: Doc) -> Stay:
    """The nights on which there is the unit."""
    return _stay(unit.get("active_from"), unit.get("dismissed_on"), 0)


def called(placement: Doc) -> str:
    """How a placement is called in a sentence: its number, unit and day of entry."""
    title = f"{placement.get('unit_code', '')} {shown(date.fromisoformat(placement['entered_on']))}".strip()
    return f"{placement['number']} ({title})" if placement.get("number") else title


def slept(placement: Doc, context: Context) -> Label:
    """The same with the codes of those who stay, and until when."""
    persons = [context.get("registry.person", uid) or {} for uid in placement.get("persons", ())]
    codes = "".join(f", {person.get('pseudonym', '?')}" for person in persons)
    end = placement.get("left_on")
    it, en = (
        (f"fino al {shown(date.fromisoformat(end))}", f"until {shown(date.fromisoformat(end))}")
        if end
        else ("in corso", "open")
    )
    return Label(f"{called(placement)}{codes}, {it}", f"{called(placement)}{codes}, {en}")


def row_of(rows: Iterable[Doc], code: str | None) -> Doc | None:
    """The room or bed that is called `code`, in whatever case."""
    return next((row for row in rows if same(row["code"], code)), None)


def same(one: str | None, other: str | None) -> bool:
    """Whether two codes of rooms or beds mean the same one."""
    return bool(one and other) and str(one).casefold() == str(other).casefold()


def outages(unit: Doc, placement: Doc) -> Iterator[tuple[int, date]]:
    """Outages of the unit, or of the placement's room, that the stay runs into: number of the row, first night."""
    for number, row in enumerate(unit.get("outages", ()), 1):
        night = shared(stay_of(placement), _outage(row))
        if night and (not row.get("room") or same(row["room"], placement.get("room"))):
            yield number, night


def lost_places(unit: Doc, within: Stay) -> list[Stay]:
    """Nights of `within` on which places are out of service, and how many; those of a closed room within a closed unit once."""
    limit = unit.get("authorised_places", 0)
    losses: list[Stay] = []
    for row in unit.get("outages", ()):
        room = row_of(unit.get("rooms", ()), row.get("room"))
        places = min(room["places"], limit) if room else limit if not row.get("room") else 0
        outage = _outage(row, places)
        first, end = max(outage.first, within.first), min(outage.end, within.end)
        if first < end and places:
            losses.append(Stay(first, end, places))
    # Rooms may have more places than the unit is authorised for: no night loses more than there are.
    turns = sorted({turn for loss in losses for turn in (loss.first, loss.end)})
    return [
        Stay(first, end, min(taken(losses, first), limit)) for first, end in pairwise(turns) if taken(losses, first)
    ]


def crowds(unit: Doc, placement: Doc, neighbours: Sequence[Doc]) -> Iterator[Crowd]:
    """Where a placement and its neighbours in the unit are more than there are places."""
    rooms, mine = unit.get("rooms", ()), placement.get("room")
    # A room out of service takes its places from the rest of the unit; the placement's own is told of by `outages`.
    closed = [(row, row_of(rooms, row.get("room"))) for row in unit.get("outages", ())]
    # Where those inside go on staying, the closed room takes nothing from the others.
    lost = [
        _outage(row, room["places"])
        for row, room in closed
        if room and not same(room["code"], mine) and not row.get("stay_reason")
    ]
    room, bed = row_of(rooms, mine), row_of(unit.get("beds", ()), placement.get("bed"))
    if limit := unit.get("authorised_places"):
        yield from _crowd("unit", unit["code"], limit, placement, neighbours, lost)
    if room:
        there = [doc for doc in neighbours if same(doc.get("room"), room["code"])]
        yield from _crowd("room", room["code"], room["places"], placement, there)
    if bed:
        there = [doc for doc in neighbours if same(doc.get("bed"), bed["code"])]
        yield from _crowd("bed", bed["code"], bed["capacity"], placement, there)


def _crowd(
    scope: str, code: str, limit: int, placement: Doc, there: Sequence[Doc], lost: Sequence[Stay] = ()
) -> Iterator[Crowd]:
    mine, stays = stay_of(placement), [stay_of(doc) for doc in there]
    night = first_over(mine, stays, limit, lost)
    if night and mine.places:
        others = [doc for doc, stay in zip(there, stays, strict=True) if stay.covers(night) and stay.places]
        yield Crowd(scope, code, night, taken([mine, *stays], night), limit - taken(lost, night), others)


def _outage(row: Doc, places: int = 0) -> Stay:
    return _stay(row["first"], row.get("end"), places)


def _stay(first: str | None, end: str | None, places: int) -> Stay:
    return Stay(date.fromisoformat(first) if first else date.min, date.fromisoformat(end) if end else date.max, places)
