"""A household's share: what is due by a day, what was paid, what is in arrears."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Date, Link, Row, field, link

from .nights import Stay
from .occupancy import stay_of

if TYPE_CHECKING:
    from intarsi_tui import Office

CENT = Decimal("0.01")


class Asked(Row, it="Compartecipazione", en="Shares"):
    on: Date | None = field(it="Al giorno", en="On the day", privacy="internal", help=("Vuoto: oggi", "Empty: today"))
    household: Link | None = link("registry.household", it="Nucleo", en="Household")


def due(placement: dict[str, Any], day: date) -> Decimal:
    """What a placement owes for its nights up to `day` included: the monthly share, by the nights of each month, to the cent."""
    share = Decimal(str(placement.get("share_amount") or 0))
    stay = stay_of(placement)
    return sum(
        (
            (share * nights / monthrange(first.year, first.month)[1]).quantize(CENT, ROUND_HALF_UP)
            for first, nights in _months(Stay(stay.first, min(stay.end, day + timedelta(days=1))))
        ),
        Decimal(),
    )


def month_end(day: date) -> date:
    """The last day of its month: a share is paid for the month, not for the nights that have passed."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months(stay: Stay) -> Iterator[tuple[date, int]]:
    """Each month of a stay, and how many of its nights lie in it."""
    first = stay.first
    while first < stay.end:
        end = min(date(first.year + first.month // 12, first.month % 12 + 1, 1), stay.end)
        yield first, (end - first).days
        first = end


def arrears(office: "Office", asked: Asked) -> Iterator[dict[str, Any]]:
    """One row for each household that owes a share or has paid one; those who owe most come first."""
    day = asked.on or office.today
    only = {"household": asked.household} if asked.household else {}
    owed: dict[str, Decimal] = defaultdict(Decimal)
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for doc in office.find("cohousing.placement", **only):
        if doc.get("share_amount") and doc["entered_on"] <= day.isoformat():
            owed[doc["household"]] += due(doc, day)
    for doc in office.find("cohousing.contribution", **only):
        if doc["kind"] == "own_share" and doc["date"] <= day.isoformat():
            paid[doc["household"]] += Decimal(str(doc["amount"]))
    named = {uid: office.title("registry.household", uid) for uid in {**owed, **paid}}
    for uid in sorted(named, key=lambda uid: (paid[uid] - owed[uid], named[uid])):
        figures = {"due": owed[uid], "paid": paid[uid], "arrears": owed[uid] - paid[uid]}
        yield {"household": named[uid], **{name: float(value) for name, value in figures.items()}}


ARREARS = Action(
    "arrears", it="Compartecipazioni dovute, versate e arretrate", en="Shares due, paid and in arrears", also=("affitti, morosità, debiti", "rents, debts"), run=arrears, asks=Asked, writes=False,
    columns={
        "household": ("Nucleo", "Household"), "due": ("Dovuto (€)", "Due (€)"), "paid": ("Versato (€)", "Paid (€)"),
        "arrears": ("Arretrato (€)", "In arrears (€)"),
    },
)  # fmt: skip
