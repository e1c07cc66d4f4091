"""Interventions: at school on request, and with families in the other service lines."""

from datetime import date, timedelta
from typing import Any

from . import words
from .chance import LAST, PLANNED, Chance, at_a_distance, workdays
from .diary import clock
from .plan import Entry
from .sample import Family, Sample, user_of
from .school import in_term

SERVICES = {"mediation": 20, "accompaniment": 22, "orientation": 18, "support": 16, "parenting": 13, "health": 11}
PLACES = {
    "mediation": {"desk": 60, "home": 20, "health_authority": 20},
    "accompaniment": {"desk": 70, "other": 30},
    "orientation": {"desk": 65, "home": 35},
    "support": {"home": 80, "desk": 20},
    "parenting": {"home": 45, "family_clinic": 35, "desk": 20},
    "health": {"health_authority": 60, "paediatrician": 25, "family_clinic": 15},
}
LENGTHS = {45: 12, 60: 34, 75: 8, 90: 22, 120: 18, 150: 4, 180: 2}


def add_interventions(sample: Sample, wanted: int) -> None:
    """So many interventions, nearly half of them at school."""
    accepted = [pair for pair in sample.requests if pair[1].get("outcome") in ("accepted", "partly")]
    made = misses = 0
    while made < wanted:
        at_school = accepted and sample.chance.maybe(45)
        case = _at_school(sample, accepted) if at_school else _with_family(sample)
        made, misses = (made + 1, misses) if case else (made, misses + 1)
        if misses > 20 * wanted:
            raise RuntimeError(f"{wanted} interventions do not fit into the diaries")
    if sample.awkward:
        _nobody_came(sample)


def _nobody_came(sample: Sample) -> None:
    """A mediator waited at a school in vain: the hours are worked, nobody is counted."""
    delivered = (one for one in sample.plan.of("mediation.intervention") if one["status"] == "delivered")
    for missed in [one for one in delivered if one["place"] == "school" and not one.void][:1]:
        missed.values["status"] = "no_show"
        for name in ("summary", "outcome", "signatures"):
            missed.values.pop(name, None)


def _at_school(sample: Sample, accepted: list[tuple[Family, Entry]]) -> Entry | None:
    chance = sample.chance
    family, request = chance.choice(accepted)
    first = max(request["answered_on"], request["wanted_on"])
    open_still = family.until == LAST and chance.maybe(30)
    last = min(first + timedelta(days=75), PLANNED if open_still else family.until)
    days = [day for day in workdays(first, last) if in_term(day)]
    if not days:
        return None
    persons = [family.adults[0]] if chance.maybe(70) else []
    persons += [request["person"]] if chance.maybe(65) or not persons else []
    values = {"service": "mediation", "request": request, "school": request["school"], "place": "school"}
    return add_intervention(sample, family, chance.choice(days), persons, values)


def _with_family(sample: Sample) -> Entry | None:
    chance = sample.chance
    family = chance.choice(sample.taken_in)
    assert family.taken_in
    days = workdays(family.taken_in, PLANNED if family.until == LAST and chance.maybe(5) else family.until)
    service = chance.one(SERVICES)
    persons = [chance.choice(family.adults)]
    if service in ("parenting", "health") and family.children:
        persons.append(chance.choice(family.children))
    values: dict[str, Any] = {"service": service, "place": chance.one(PLACES[service])}
    if service == "health":
        values |= _health(chance)
        values["third_body"] = sample.bodies["ausl"]
    return add_intervention(sample, family, chance.choice(days), persons, values) if days else None


def _health(chance: Chance) -> dict[str, Any]:
    return {
        "ssn_registered": True, "doctor_chosen": chance.maybe(70), "vaccination_shown": chance.maybe(50) or None,
    }  # fmt: skip


def add_intervention(
    sample: Sample, family: Family, day: date, persons: list[Entry], values: dict[str, Any]
) -> Entry | None:
    """An intervention on `day`; `None` when it does not fit into the diaries."""
    chance, service = sample.chance, values["service"]
    operator = _operator(sample, family, service)
    minutes = chance.one(LENGTHS)
    status = "planned" if day > LAST else "cancelled" if chance.maybe(3) else "delivered"
    # What was cancelled takes nobody's time.
    start = 600 if status == "cancelled" else sample.diary.find(chance, [operator, *persons], day, minutes)
    if start is None:
        return None
    activities = words.activities(service)
    category = chance.choice(list(activities))
    values = {
        **values,
        "date": day,
        "start": clock(start),
        "end": clock(start + minutes),
        "status": status,
        # One service with one category: the record finds it itself.
        "category": category if len(activities) > 1 else None,
        "operator": operator,
        "language": family.community.language if operator in sample.mediators[family.community.mediators] else "ita",
        "persons": persons,
        "place": "remote" if at_a_distance(day) or chance.maybe(3) else values["place"],
        "wp": "WP3",
    }
    if status == "delivered":
        values["summary"] = chance.choice(activities[category])
        values["outcome"] = _outcome(chance, values)
        values["signatures"] = ["beneficiary", "mediator", *(["school"] if values["place"] == "school" else [])]
        values["internal_notes"] = "Richiamare la settimana dopo." if chance.maybe(3) else None
    draft = status == "planned" or (day > LAST - timedelta(days=10) and chance.maybe(50))
    entry = sample.plan.add("mediation.intervention", user_of(operator), day, values, draft=draft)
    if not draft and day < LAST - timedelta(days=20) and chance.maybe(2.5):
        entry.void = day + timedelta(days=chance.randint(2, 12)), chance.choice(words.texts("void", "reasons"))
    return entry


def _outcome(chance: Chance, values: dict[str, Any]) -> str:
    request = values.get("request")
    if request and request["reason"] == "enrolment":
        return chance.one({"enrolled": 80, "enrolled_reserve": 20})
    return chance.one({"completed": 55, "started": 27, "referred": 12, "waiting": 6})


def _operator(sample: Sample, family: Family, service: str) -> Entry:
    """A mediator of the family's languages; the family's own operator for what needs no interpreter."""
    chance = sample.chance
    if service in ("mediation", "health") or chance.maybe(45):
        return chance.choice(sample.mediators[family.community.mediators])
    own: Entry = family.household["private_manager"]
    return own
