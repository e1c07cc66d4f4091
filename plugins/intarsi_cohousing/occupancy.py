"""Who sleeps where: placements against the places of their unit, room and bed. Works on stored documents."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from intarsi_registry.rules import called, shown
from intarsi_tui import Context, Label, Problem, Record

from .cots import COT_AGE, Born, bed_needed
from .nights import Stay, first_over, shared, taken

Doc = dict[str, Any]

SCOPES = {"unit": ("alloggio", "unit"), "room": ("camera", "room"), "bed": ("letto", "bed")}


class Crowd(NamedTuple):
    """The first night with more people than places, in a unit, a room or a bed.

    Attributes:
        scope, code: a key of `SCOPES`, and which one.
        others: the other placements of that night.
        grown: how many of the people were in a cot at first and need a bed by then.
    """

    scope: str
    code: str
    night: date
    people: int
    places: int
    others: list[Doc]
    grown: int

    def foreseen(self, placement: Doc, today: date) -> bool:
        """Whether it only comes when an infant has grown, in a stay of which nobody knows yet whether it lasts so long."""
        return bool(self.grown) and self.night > today and "left_on" not in placement

    def problem(self, record: Record, name: str, placements: Sequence[Doc], *, warning: bool = False) -> Problem:
        """The crowd as a problem of field `name`, naming `placements`."""
        it, en = SCOPES[self.scope]
        names = ", ".join(map(stay_called, placements))
        return record.problem(
            name, warning=warning, place=Label(f"{it} {self.code}", f"{en} {self.code}"), day=shown(self.night),
            people=self.people, places=self.places, others=Label(f" (con {names})", f" (with {names})") if names else "",
            advice=Label(". Serve un altro posto", ". Another place is needed") if warning else Label(". Scegliere altre notti o un altro posto", ". Choose other nights or another place"),
            cots=self._cots, it="{place}, notte del {day}: persone {people}, posti {places}{others}{cots}{advice}",
            en="{place}, night of {day}: persons {people}, places {places}{others}{cots}{advice}",
        )  # fmt: skip

    def too_small(
        self, unit: Record, name: str, placements: Sequence[Doc], context: Context, *, warning: bool
    ) -> Problem:
        """The crowd as a problem of a unit whose change takes their places, with the stays to be moved first."""
        it, en = SCOPES[self.scope]
        return unit.problem(
            name, warning=warning, place=Label(f"{it} {self.code}", f"{en} {self.code}"), day=shown(self.night),
            people=self.people, places=self.places, others=[slept(doc, context) for doc in placements], cots=self._cots,
            it="{place}, notte del {day}: persone {people}, posti {places} (con {others}){cots}. Spostare o concludere prima quei soggiorni",
            en="{place}, night of {day}: persons {people}, places {places} (with {others}){cots}. Move or end those stays first",
        )  # fmt: skip

    @property
    def _cots(self) -> Label:
        if not self.grown:
            return Label("", "")
        it, en = ("non più in culla", "no longer in cots")
        return Label(f"; {it} dai {COT_AGE} anni: {self.grown}", f"; {en} from {COT_AGE} years on: {self.grown}")


def stay_of(placement: Doc) -> Stay:
    """The nights of a placement, and the places that it takes in each from the entry on."""
    return _stay(placement["entered_on"], placement.get("left_on"), placement.get("occupants", 0))


def stays_of(placement: Doc, born: Born) -> list[Stay]:
    """The same with each infant who needs a bed from a day on, as a stay of one place that begins on it."""
    whole = stay_of(placement)
    later = (Stay(max(day, whole.first), whole.end) for day in bed_needed(placement, born))
    return [whole, *(stay for stay in later if stay.nights)]


def life_of(unit: Doc) -> Stay:
    """The nights on which there is the unit."""
    return _stay(unit.get("active_from"), unit.get("dismissed_on"), 0)


def stay_called(placement: Doc) -> str:
    """How a placement is called in a sentence: its number, unit and day of entry."""
    return called(placement, placement.get("unit_code"), shown(date.fromisoformat(placement["entered_on"])))


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
    return Label(f"{stay_called(placement)}{codes}, {it}", f"{stay_called(placement)}{codes}, {en}")


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


def crowds(unit: Doc, placement: Doc, neighbours: Sequence[Doc], born: Born) -> Iterator[Crowd]:
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
    stays = [(doc, stays_of(doc, born)) for doc in neighbours]
    own = stays_of(placement, born)
    if limit := unit.get("authorised_places"):
        yield from _crowd("unit", unit["code"], limit, own, stays, lost)
    if room:
        there = [one for one in stays if same(one[0].get("room"), room["code"])]
        yield from _crowd("room", room["code"], room["places"], own, there)
    if bed:
        there = [one for one in stays if same(one[0].get("bed"), bed["code"])]
        yield from _crowd("bed", bed["code"], bed["capacity"], own, there)


def _crowd(
    scope: str, code: str, limit: int, mine: Sequence[Stay], there: Sequence[tuple[Doc, Sequence[Stay]]], lost: Sequence[Stay] = ()
) -> Iterator[Crowd]:  # fmt: skip
    stays = [stay for _doc, found in there for stay in found]
    if night := first_over(mine, stays, limit, lost):
        others = [doc for doc, found in there if taken(found, night)]
        grown = taken([stay for found in (mine, *(found for _doc, found in there)) for stay in found[1:]], night)
        yield Crowd(scope, code, night, taken([*mine, *stays], night), limit - taken(lost, night), others, grown)


def _outage(row: Doc, places: int = 0) -> Stay:
    return _stay(row["first"], row.get("end"), places)


def _stay(first: str | None, end: str | None, places: int) -> Stay:
    return Stay(date.fromisoformat(first) if first else date.min, date.fromisoformat(end) if end else date.max, places)
