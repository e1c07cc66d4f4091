"""Persons: the files of the members of a household."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..reference import tables
from ..reference.identifiers import make_provisional, make_tax_code
from .chance import LAST, OVERDUE, Chance, later
from .plan import Entry
from .sample import Sample, full_name
from .words import Community

# An office that no code is issued by, so that nobody can have such a provisional tax code.
NO_OFFICE = 777
# Types of permit by what is usual among the country's families, and how long each is valid.
PROTECTED, OTHERS = (
    {"ASILO": 60, "PROT_SUSS": 26, "RIC_ASILO": 9, "ATT_RIC": 5},
    {"RIC_ASILO": 26, "PROT_SUSS": 22, "CASI_SPEC": 24, "ATT_RIC": 12, "PROT_SPEC": 12, "ASILO": 4},
)
MOSTLY_PROTECTED = {"ER", "SY", "SO", "AF", "IQ"}
EDUCATION = {"none": 12, "primary": 25, "lower_secondary": 25, "upper_secondary": 22, "tertiary": 8, "unknown": 8}
# What follows the permits of those who wait for a decision.
DECIDED = {"RIC_ASILO": "PROT_SUSS", "ATT_RIC": "PROT_SPEC"}
MONTHS = {"ASILO": 60, "PROT_SUSS": 60, "RIC_ASILO": 6, "ATT_RIC": 6, "CASI_SPEC": 24, "PROT_SPEC": 24}


@dataclass
class Arrival:
    """What the persons of a household have in common.

    Attributes:
        left: the day on which they left reception.
        permit: the type of their permits.
        by: who keeps their files.
        until: the last day on which they are followed.
    """

    community: Community
    left: date
    permit: str
    by: str
    until: date = LAST


def permit_type(chance: Chance, community: Community) -> str:
    """The type of the permits of a family."""
    return chance.one(PROTECTED if community.country in MOSTLY_PROTECTED else OTHERS)


def add_adult(
    sample: Sample, arrival: Arrival, sex: str, born: date, values: dict[str, Any], *, draft: bool = False
) -> Entry:
    """An adult of a household."""
    chance, community, left = sample.chance, arrival.community, arrival.left
    name = full_name(chance, community.names, sex)
    entered = left - timedelta(days=chance.randint(200, 900))
    presumed = chance.maybe(8)
    born = date(born.year, 1, 1) if presumed else born
    own = {
        "birth_date_source": "presumed" if presumed else chance.one({"documented": 75, "declared": 25}),
        "birth_country": community.country,
        "birth_place": chance.choice(community.places),
        "italian_level": chance.one({"A0": 15, "A1": 30, "A2": 30, "B1": 18, "B2": 4, "unknown": 3}),
        "education": chance.one(EDUCATION),
        "occupation": chance.one({"unemployed": 50, "employed": 28, "inactive": 15, "unknown": 7}),
        "stays": [_stay(sample, entered, left)],
        "vulnerability": ["single_parent"] if sex == "F" and chance.maybe(30) else None,
    }
    place = tables.countries()[community.country].extra["z_code"]
    return _add(sample, arrival, name, sex, born, place, entered, {**own, **values}, draft)


def add_child(sample: Sample, arrival: Arrival, parent: Entry, born: date, values: dict[str, Any]) -> Entry:
    """A child of `parent`; those born after the family reached Italy have no stay of their own."""
    chance, community = sample.chance, arrival.community
    sex = chance.choice("FM")
    name = parent["surname"], full_name(chance, community.names, sex)[1]
    entered = parent["stays"][0]["entered_on"]
    here = born > entered
    own = {
        "birth_country": "IT" if here else community.country,
        "birth_place": sample.place.town_name if here else parent["birth_place"],
        "italian_level": chance.one({"A1": 25, "A2": 30, "B1": 25, "unknown": 20}) if born.year < 2015 else None,
        "stays": None if here else [{**parent["stays"][0]}],
    }
    own_town = tables.municipalities()[sample.place.town].extra["cadastral"]
    place = own_town if here else tables.countries()[community.country].extra["z_code"]
    return _add(sample, arrival, name, sex, born, place, max(entered, born), {**own, **values}, False)


def _add(
    sample: Sample, arrival: Arrival, name: tuple[str, str], sex: str, born: date, place: str, since: date,
    values: dict[str, Any], draft: bool,
) -> Entry:  # fmt: skip
    chance, community = sample.chance, arrival.community
    taken_in = values.get("take_in_date") or values["referral_date"]
    languages = chance.some(community.second, 2) if community.second else []
    shared = {
        "surname": name[0],
        "given_name": name[1],
        "gender": sex,
        "birth_date": born,
        "citizenship": community.country,
        "mother_tongue": community.language,
        "second_language": languages[0] if languages else None,
        "third_language": languages[1] if len(languages) > 1 else None,
        "needs_mediation": chance.maybe(60),
        "notice_language": community.language if "notice_date" in values else None,
        "identifiers": identifiers(chance, name, sex, born, place, since, taken_in),
        "permits": [permit(sample, arrival.permit, taken_in)],
    }
    person = sample.plan.add("registry.person", arrival.by, taken_in, {**shared, **values}, draft=draft)
    if not draft:
        _renew(sample, person, arrival.until)
    return person


def identifiers(
    chance: Chance, name: tuple[str, str], sex: str, born: date, place: str, since: date, taken_in: date
) -> list[dict[str, Any]]:
    """The provisional code of 11 digits, given on arrival, and the one of 16 characters that came after it."""
    code = make_tax_code(*name, sex, born, place)
    got = chance.between(since + timedelta(days=30), taken_in)
    if chance.maybe(35):
        return [{"code": code, "valid_from": got}]
    first = {"code": make_provisional(chance.randint(1000, 99_999), NO_OFFICE), "valid_from": since}
    if chance.maybe(15):
        return [first]
    return [{**first, "valid_to": got}, {"code": code, "valid_from": got}]


def permit(sample: Sample, kind: str, day: date) -> dict[str, Any]:
    """A permit that is valid on `day`."""
    months = MONTHS[kind]
    issued = sample.chance.between(later(day, 2 - months), day - timedelta(days=5))
    return issued_permit(sample, kind, issued)


def issued_permit(sample: Sample, kind: str, issued: date) -> dict[str, Any]:
    """A permit as it is printed."""
    number = f"I{sample.chance.randrange(10**8):08}"
    return {
        "type": kind, "number": number, "office": f"Questura di {sample.place.province}", "issued_on": issued,
        "expires_on": later(issued, MONTHS[kind]), "state": "valid", "seen": True, "copied": sample.chance.maybe(80),
    }  # fmt: skip


def receipt(sample: Sample, kind: str) -> dict[str, Any]:
    """What stands for a permit that is being renewed: the receipt's number and dates of 01/01/0001 (`domain.md` §5.1)."""
    unknown = date.min
    number = f"{sample.chance.randrange(10**12):012}"
    return {
        "type": kind, "number": number, "office": f"Questura di {sample.place.province}", "issued_on": unknown, "expires_on": unknown,
        "state": "renewal", "seen": True, "copied": True,
    }  # fmt: skip


def _renew(sample: Sample, person: Entry, until: date) -> None:
    """A permit that runs out is renewed each time, or a receipt stands for it; of the last weeks' some are overdue."""
    chance, rows = sample.chance, person["permits"]
    while (expires := rows[-1]["expires_on"]) < until:
        if expires > OVERDUE and chance.maybe(20):
            return
        if chance.maybe(30):
            person.edits.append((expires, {"permits": [*rows, receipt(sample, rows[-1]["type"])]}))
            return
        asked = chance.between(expires, min(later(expires, 1), until))
        kind = rows[-1]["type"]
        rows = [*rows, issued_permit(sample, DECIDED.get(kind, kind), asked)]
        person.edits.append((asked, {"permits": rows}))


def _stay(sample: Sample, entered: date, left: date) -> dict[str, Any]:
    chance = sample.chance
    # Whichever of SPRAR, SIPROIMI and SAI is given, the name in force at the exit is kept.
    return {
        "circuit": chance.one({"SAI": 60, "CAS": 35, "ALTRO": 5}), "municipality": sample.place.town, "entered_on": entered,
        "left_on": left, "reason": chance.one({"completed": 50, "term": 30, "voluntary": 15, "transfer": 5}),
    }  # fmt: skip
