"""The beds of all units by days or weeks: who sleeps there, until when, what is out of service, what is free."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from intarsi_tui import Grid, GridColumn, GridKey, GridRow, GridView, PluginScreen

from .availability import _placements, _units
from .cots import Born, born_in
from .figures import free_until
from .nights import Stay, shared
from .occupancy import life_of, same, stays_of

if TYPE_CHECKING:
    from intarsi_tui import Office

Doc = Mapping[str, Any]

DAYS, WEEKS = 28, 26
FREE = "free"


class Bed(NamedTuple):
    """A place where one person sleeps: a bed, or a place of a room whose beds are not named.

    Attributes:
        stays: the placements in it, each with the number of its person.
        closed: nights on which it cannot be used, with the outage.
    """

    unit: dict[str, Any]
    room: str
    code: str
    stays: list[tuple[Stay, Doc, int]]
    closed: list[tuple[Stay, Doc]]

    @property
    def name(self) -> str:
        return f"{self.unit['id']}|{self.room}|{self.code}"

    def on(self, night: date) -> tuple[Doc, int] | None:
        return next(((doc, number) for stay, doc, number in self.stays if stay.covers(night)), None)

    def outage(self, night: date) -> Doc | None:
        return next((doc for stay, doc in self.closed if stay.covers(night)), None)


class BedsGrid(Grid):
    """Beds down, days or weeks across."""

    keys: ClassVar[Sequence[GridKey]] = (
        GridKey("w", "giorni o settimane", "days or weeks", marks=False),
        GridKey("<", "prima", "earlier", marks=False),
        GridKey(">", "dopo", "later", marks=False),
    )

    def __init__(self, office: "Office", doc: Doc | None = None) -> None:
        super().__init__(office, doc)
        self._first, self._step = office.today, 1

    def turn(self, key: str) -> None:
        if key == "w":
            self._step = 8 - self._step
            # Weeks begin on Mondays.
            self._first -= timedelta(days=self._first.weekday() if self._step == 7 else 0)
        else:
            self._first += timedelta(days=(14 if self._step == 1 else 91) * (1 if key == ">" else -1))

    @property
    def _days(self) -> list[date]:
        return [self._first + timedelta(days=self._step * at) for at in range(DAYS if self._step == 1 else WEEKS)]

    def read(self) -> GridView:
        days, end = self._days, self._days[-1] + timedelta(days=self._step)
        self._born = cache(born_in(self.office.store.context))
        self._by_unit = _placements(self.office, self._first, end)
        self._units = [one for one in _units(self.office) if shared(life_of(one), Stay(self._first, end))]
        self._beds = {
            bed.name: bed
            for unit in self._units
            for bed in beds_of(unit, self._by_unit.get(unit["id"], []), self._born)
        }
        today = min(max(self.office.today, days[0]), days[-1])
        shown = "%d" if self._step == 1 else "%d/%m"
        columns = [
            GridColumn("unit", self.word("Alloggio", "Unit"), 8, "left"), GridColumn("bed", self.word("Letto", "Bed"), 6, "left"),
            GridColumn("who", self.word("Chi c'è", "Who"), 9, "left"), GridColumn("until", self.word("Fino al", "Until"), 8, "left"),
            *(GridColumn(day.isoformat(), f"{day:{shown}}", 2 if self._step == 1 else 5, mark=True) for day in days),
        ]  # fmt: skip
        free = [str(sum(self._free(unit, day) for unit in self._units)) for day in days]
        rows = [GridRow(FREE, [self.word("Liberi", "Free"), "", "", "", *free], "")]
        for bed in self._beds.values():
            cells = [self._cell(bed, day) for day in days]
            rows.append(
                GridRow(bed.name, [bed.unit["code"], f"{bed.room} {bed.code}".strip(), *self._who(bed, today), *cells])
            )
        title = f"{days[0]:%d/%m/%y} – {end - timedelta(days=1):%d/%m/%y}"
        note = self.word("■ occupato  x chiuso  · libero", "■ taken  x closed  · free")
        if self._step == 7:
            note = self.word("notti occupate a settimana", "nights taken a week")
        nothing = self.word("Ancora nessun alloggio: si inserisce in Coabitare ▸ Alloggi.", "No units yet: they are added in Cohousing ▸ Housing units.")  # fmt: skip
        return GridView(columns, rows if self._units else (), title, note, today.isoformat() if self._step == 1 else "", nothing)  # fmt: skip

    def _free(self, unit: dict[str, Any], night: date) -> int:
        return free_until(unit, self._by_unit.get(unit["id"], []), night, 1, self._born)[0]

    def _cell(self, bed: Bed, day: date) -> str:
        if self._step == 1:
            if bed.on(day):
                return "■"
            return "x" if bed.outage(day) else "·" if life_of(bed.unit).covers(day) else ""
        nights = [day + timedelta(days=at) for at in range(7)]
        taken = sum(bed.on(night) is not None for night in nights)
        return str(taken) if taken else "x" if all(map(bed.outage, nights)) else "·"

    def _who(self, bed: Bed, night: date) -> tuple[str, str]:
        found = bed.on(night)
        if found is None:
            outage = bed.outage(night)
            return (self.word("fuori", "out"), _day(outage.get("end"))) if outage else ("", "")
        placement, number = found
        return self._person(placement, number), _day(placement.get("left_on") or placement.get("expiry"))

    def _person(self, placement: Doc, number: int) -> str:
        persons = placement.get("persons") or ()
        if number < len(persons):
            return self.office.title("registry.person", persons[number])
        return self.office.title("registry.household", placement["household"])

    def tell(self, row: str, column: str) -> str:
        if not column:
            return ""
        day = date.fromisoformat(column)
        told = self.word(f"Notte del {day:%d/%m/%Y}: ", f"Night of {day:%d/%m/%Y}: ")
        if row == FREE:
            free = [(unit["code"], self._free(unit, day)) for unit in self._units]
            return told + (
                ", ".join(f"{code} {count}" for code, count in free if count)
                or self.word("nessun posto libero", "no free place")
            )
        bed = self._beds[row]
        if found := bed.on(day):
            placement, number = found
            household = self.office.title("registry.household", placement["household"])
            end = placement.get("left_on")
            until = self.word("uscita il ", "leaves on ") + _day(end) if end else self.word("in corso", "open")
            if not end and placement.get("expiry"):
                until += self.word(", scade il ", ", expires on ") + _day(placement["expiry"])
            return told + f"{self._person(placement, number)}, {self.word('nucleo', 'household')} {household}, {until}"
        if outage := bed.outage(day):
            reason = self.office.declarations["cohousing.unit"].by_name["outages"].kind.declaration.by_name["reason"]  # type: ignore[attr-defined]
            back = outage.get("end")
            until = self.word("di nuovo in uso dal ", "in use again from ") + _day(back) if back else self.word("non si sa fino a quando", "nobody knows until when")  # fmt: skip
            return (
                told
                + f"{self.word('fuori servizio', 'out of service')} ({reason.show(dict(outage), self.office.lang)}), {until}"
            )
        stays = [*(stay for stay, _doc, _number in bed.stays), *(stay for stay, _doc in bed.closed)]
        turn = min((stay.first for stay in stays if stay.first > day), default=None)
        until = (
            self.word(f" fino al {turn:%d/%m/%Y} (escluso)", f" until {turn:%d/%m/%Y} (not included)") if turn else ""
        )
        return told + self.word("libero", "free") + until

    def leads_to(self, row: str, column: str) -> tuple[str, str] | None:
        if row == FREE or not column:
            return None
        bed = self._beds[row]
        found = bed.on(date.fromisoformat(column))
        return ("cohousing.placement", found[0]["id"]) if found else ("cohousing.unit", bed.unit["id"])


def beds_of(unit: dict[str, Any], placements: Sequence[Doc], born: Born) -> list[Bed]:
    """The beds of a unit with those who sleep there; where no bed is assigned, each person takes the next one that is free."""
    beds = [Bed(unit, room, code, [], _closed(unit, room)) for room, code in _places(unit)]
    for placement in sorted(placements, key=lambda one: (one["entered_on"], one["id"])):
        taken = [stay for stay in stays_of(dict(placement), born) for _ in range(stay.places)]
        for number, stay in enumerate(taken):
            free = [bed for bed in beds if not any(shared(stay, other) for other, _doc, _number in bed.stays)]
            mine = [bed for bed in free if placement.get("bed") and same(bed.code.partition("·")[0], placement["bed"])]
            near = [bed for bed in free if placement.get("room") and same(bed.room, placement["room"])]
            if not free:  # more people than places: they sleep somewhere all the same
                beds.append(Bed(unit, "", "+", [], []))
            ((mine or near or free) or beds[-1:])[0].stays.append((stay, placement, number))
    return beds


def _places(unit: Doc) -> Iterator[tuple[str, str]]:
    """Room and name of each place of a unit: its beds, else so many of each room, else so many as are authorised."""
    rooms = [room for room in unit.get("rooms", ()) if room["places"]]
    if unit.get("beds"):
        for bed in unit["beds"]:
            for half in range(bed.get("capacity", 1)):
                yield bed["room"], f"{bed['code']}·{half + 1}" if bed.get("capacity", 1) > 1 else bed["code"]
    elif rooms:
        for room in rooms:
            for number in range(room["places"]):
                yield room["code"], str(number + 1)
    else:
        for number in range(unit.get("authorised_places", 0)):
            yield "", str(number + 1)


def _closed(unit: Doc, room: str) -> list[tuple[Stay, Doc]]:
    return [
        (Stay(date.fromisoformat(row["first"]), date.fromisoformat(row["end"]) if row.get("end") else date.max), row)
        for row in unit.get("outages", ())
        if not row.get("room") or same(row["room"], room)
    ]


def _day(stored: str | None) -> str:
    return f"{date.fromisoformat(stored):%d/%m/%y}" if stored else ""


BEDS = PluginScreen(
    "beds", it="Letti occupati e liberi", en="Beds taken and free", opens=BedsGrid, record="unit",
    also=("posti, posto, stanze, occupazione, chi dorme dove", "places, rooms, occupancy, who sleeps where"),
    command=("Letto per letto, chi c'è nelle prossime quattro settimane", "Bed by bed, who is there in the next four weeks"),
)  # fmt: skip
