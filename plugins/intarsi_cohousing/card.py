"""The card of cohousing on the home screen: where there is room tonight."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from intarsi_tui import Card, CardLine

from .availability import _placements, _units
from .cots import born_in
from .figures import free_until

if TYPE_CHECKING:
    from intarsi_tui import Office

NAMED = 4  # units that are named; Enter shows all of them


def room_tonight(office: "Office") -> Iterator[CardLine]:
    """One line: how many places are free, and in which units most of them; Enter opens the beds."""
    by_unit = _placements(office, office.today, date.max)
    born = born_in(office.store.context)
    units = [
        (free_until(unit, by_unit.get(unit["id"], []), office.today, 1, born)[0], unit["code"])
        for unit in _units(office)
    ]
    free = sorted(((places, code) for places, code in units if places), reverse=True)
    if not units:
        return
    named = ", ".join(f"{code} {places}" for places, code in free[:NAMED]) + (", …" if free[NAMED:] else "")
    total = sum(places for places, _code in free)
    words = f"posti liberi stanotte {total}" if office.lang == "it" else f"places free tonight {total}"
    yield CardLine(f"{words}: {named}" if named else words, screen="beds")


ROOM = Card("room", it="Posti in alloggio", en="Places in units", lines=room_tonight)
