"""Rules of a placement: its agreement, the persons in it, the beds that they take."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from intarsi_registry.rules import called, in_order, shown
from intarsi_tui import Context, Label, Problem

from .cots import COT_AGE, born_in, infants
from .occupancy import crowds, life_of, outages, row_of, same, stay_called, stay_of

if TYPE_CHECKING:
    from .placement import Placement


def agreement(placement: "Placement", context: Context) -> Iterator[Problem]:
    """Expiry and extensions follow each other; what an entry needs is signed."""
    yield from in_order(placement, "entered_on", "expiry")
    last = placement.expiry or placement.entered_on
    for number, row in enumerate(placement.extensions, 1):
        if row.expiry <= last:
            yield placement.problem(
                f"extensions.{number}.expiry", day=shown(last), it="La nuova scadenza viene dopo il {day}",
                en="The new expiry comes after {day}",
            )  # fmt: skip
        last = row.expiry
    if placement.left_on and placement.expires_on and placement.left_on > placement.expires_on:
        yield placement.problem(
            "left_on", warning=True, day=shown(placement.expires_on), it="Oltre la scadenza del {day}: manca una proroga?",
            en="After the expiry of {day}: is an extension missing?",
        )  # fmt: skip
    if placement.expires_on and not placement.left_on and placement.expires_on < context.today:
        yield placement.problem(
            "extensions", warning=True, day=shown(placement.expires_on),
            it="L'accordo è scaduto il {day}: proroga o uscita?", en="The agreement expired on {day}: extension or exit?",
        )  # fmt: skip
    if placement.entered_on <= context.today:
        for name in ("handover_report", "inventory", "rules_signed"):
            if not getattr(placement, name):
                yield placement.problem(
                    name, warning=True, it="All'ingresso serve; manca ancora?", en="An entry needs it; is it still missing?"
                )  # fmt: skip
    signed, ended = placement.rules_signed_on, placement.left_on
    if signed and ended and signed > ended:
        yield placement.problem(
            "rules_signed_on", day=shown(ended), it="Le regole si firmano durante il soggiorno, finito il {day}",
            en="Rules are signed during the stay, which ended on {day}",
        )  # fmt: skip
    if placement.share_amount and not placement.share_kind:
        yield placement.problem("share_kind", warning=True, it="A che cosa compartecipa?", en="What is it a share in?")


def guests(placement: "Placement", meanwhile: list[dict[str, Any]], context: Context) -> Iterator[Problem]:
    """Nobody sleeps in two places, and who is placed belongs to the household.

    Parameters:
        meanwhile: the other placements that share a night with this one, in whatever unit.
    """
    household = context.get("registry.household", placement.household) or {}
    taken_in = household.get("take_in_date")
    if not taken_in or taken_in > placement.entered_on.isoformat():
        yield placement.problem(
            "household", warning=True, household=called(household, household.get("pseudonym")), day=shown(placement.entered_on),
            it="Il {day} il nucleo {household} non era preso in carico", en="On {day} household {household} was not taken in",
        )  # fmt: skip
    members = {row["person"] for row in household.get("members", ())}
    for uid in placement.persons or ():
        person = context.get("registry.person", uid) or {}
        code = person.get("pseudonym", uid[:8])
        for doc in meanwhile:
            if uid in doc.get("persons", ()):
                yield placement.problem(
                    "persons", person=code, other=stay_called(doc), it="{person} nelle stesse notti è già in {other}: chiudere prima quel soggiorno",
                    en="{person} is already in {other} on the same nights: end that stay first",
                )  # fmt: skip
        if person.get("household") != placement.household and uid not in members:
            yield placement.problem(
                "persons", warning=True, person=code, household=called(household, household.get("pseudonym")),
                it="{person} non è del nucleo {household}", en="{person} is not of household {household}",
            )  # fmt: skip
    births, unknown = infants(placement.doc(), born_in(context))
    small = len(births) + unknown
    if placement.persons and placement.infants_in_cots > small:
        yield placement.problem(
            "infants_in_cots", years=COT_AGE, small=small,
            it="Sotto i {years} anni all'ingresso: {small}. In culla solo loro; gli altri occupano un posto",
            en="Under {years} at the entry: {small}. Only they have a cot; the others take a place",
        )  # fmt: skip


def beds(placement: "Placement", neighbours: list[dict[str, Any]], context: Context) -> Iterator[Problem]:
    """The unit is in use on the dates, has the room and the bed, and is not overfull.

    Parameters:
        neighbours: the other placements of the unit that share a night with this one.
    """
    unit = context.get("cohousing.unit", placement.unit) or {}
    doc, life = placement.doc(), life_of(unit)
    if not stay_of(doc).within(life):
        early = placement.entered_on < life.first
        yield placement.problem(
            "entered_on" if early else "left_on", unit=called(unit, unit["code"]), day=shown(life.first if early else life.end),
            how=Label("attivo dal", "active from") if early else Label("dismesso il", "dismissed on"),
            it="L'alloggio {unit} è {how} {day}", en="Unit {unit} is {how} {day}",
        )  # fmt: skip
    for name in ("room", "bed"):
        code = getattr(placement, name)
        if code and not row_of(unit.get(f"{name}s", ()), code):
            yield placement.problem(
                name, code=code, unit=called(unit, unit.get("code")), it="L'alloggio {unit} non ha «{code}» nella sua scheda",
                en="The record of unit {unit} has no “{code}”",
            )  # fmt: skip
    bed = row_of(unit.get("beds", ()), placement.bed)
    if bed and not same(bed["room"], placement.room):
        yield placement.problem(
            "bed", room=bed["room"], it="Questo letto è nella camera {room}", en="This bed is in room {room}"
        )
    for number, night in outages(unit, doc):
        row = unit["outages"][number - 1]
        goes_on = bool(row.get("stay_reason")) and placement.entered_on.isoformat() < row["first"]
        yield placement.problem(
            "room" if row.get("room") else "unit", warning=goes_on, unit=called(unit, unit["code"]), day=shown(night),
            it="Fuori servizio la notte del {day}: vedere la scheda dell'alloggio {unit}",
            en="Out of service on the night of {day}: see the record of unit {unit}",
        )  # fmt: skip
    born, stored = born_in(context), context.get("cohousing.placement", placement.id)
    before = list(crowds(unit, stored, neighbours, born)) if stored and stored["unit"] == placement.unit else []
    for crowd in crowds(unit, doc, neighbours, born):
        # An infant who has grown stops no change that makes nothing worse.
        known = crowd.grown and any(crowd[:3] == one[:3] and crowd.people <= one.people for one in before)
        warning = bool(known) or crowd.foreseen(doc, context.today)
        yield crowd.problem(placement, crowd.scope, crowd.others, warning=warning)
    room = row_of(unit.get("rooms", ()), placement.room)
    for doc in neighbours if room and room["use"] == "household" else ():
        if doc["household"] != placement.household and same(doc.get("room"), placement.room):
            yield placement.problem(
                "room", warning=True, other=stay_called(doc), it="La camera è di un solo nucleo, e c'è già {other}",
                en="The room is for one household, and there is already {other}",
            )  # fmt: skip
