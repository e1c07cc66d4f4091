"""What real registers are full of, and programs stumble over (`domain.md` §9): put into what is planned so far."""

from datetime import date, timedelta
from typing import Any

from ..reference.identifiers import make_provisional, make_tax_code
from ..reference.tables import countries
from .courses import Course
from .households import CASES
from .interventions import add_intervention
from .persons import NO_OFFICE, receipt
from .plan import Entry
from .sample import Family, Sample

PATRON_DAY = date(2020, 10, 14)
ITALIAN_SINCE = date(2020, 11, 9)


def add_awkward_cases(sample: Sample, courses: list[Course]) -> None:
    """Changes families, operators and sessions, and adds what belongs to them. The families of `CASES` come first."""
    sprar, _, late, citizen, alone = sample.families[: len(CASES)]
    others = sample.families[len(CASES) :]
    _documents(sample, sprar)
    late.adults[0].values |= {
        "decision": "reserve",
        "decision_note": "Uscita comunicata in ritardo dall'ente gestore: concordato con il capofila.",
    }
    _new_citizen(sample, citizen)
    _without_contact(alone)
    # The mother of the first days' family came later: the type of the take-in stays beside the one of today.
    joined = date(2020, 9, 14)
    alone.household.edits.append((joined, {"type_changes": [{"date": joined, "type": "two_parents"}]}))
    _names(others)
    _without_papers(sample, {child for family in others for child in family.children})
    _twice(sample, others[0].adults[0])
    _operators(sample, courses)


def _documents(sample: Sample, family: Family) -> None:
    """SPRAR by its date, aliases, 11 digits with leading zeros and then 16 characters, a permit being renewed."""
    for person in family.persons:
        for stay in person.get("stays") or ():
            stay["circuit"] = "SAI"
    person = family.adults[0]
    place = countries()[family.community.country].extra["z_code"]
    code = make_tax_code(person["surname"], person["given_name"], person["gender"], person["birth_date"], place)
    person.values["aliases"] = [
        {"name": "Abu Nour"},
        {"name": f"{person['given_name'].upper()} {person['surname']}-bis"},
    ]
    person.values["identifiers"] = [
        {"code": make_provisional(4217, NO_OFFICE), "valid_from": date(2017, 11, 6), "valid_to": date(2019, 5, 20)},
        {"code": code, "valid_from": date(2019, 5, 20)},
    ]
    person.values["permits"] = [receipt(sample, "PROT_SUSS")]
    person.edits = [edit for edit in person.edits if "permits" not in edit[1]]


def _new_citizen(sample: Sample, family: Family) -> None:
    """A parent who became Italian: what was done before stays counted. One day of work was the patron saint's."""
    parent = family.adults[1]
    parent.edits.append((date(2020, 11, 16), {"italian_since": ITALIAN_SINCE}))
    for day in (ITALIAN_SINCE - timedelta(days=6), ITALIAN_SINCE + timedelta(days=22), PATRON_DAY):
        add_intervention(sample, family, day, [parent], {"service": "support", "place": "home"})


def _without_contact(family: Family) -> None:
    person = family.adults[0]
    person.values["household_role"] = "parent"
    for _, changes in family.household.edits:
        for row in changes.get("members", ()):
            if row["person"] is person:
                row["role"] = "parent"


def _names(families: list[Family]) -> None:
    """One name only, a presumed day of birth, somebody stateless, a country that ISO lacks, a gender that tax codes lack."""
    single, stateless, kosovo, unstated = (family.adults[0] for family in families[1:5])
    del single.values["surname"]
    single.values |= {"birth_date": date(single["birth_date"].year, 1, 1), "birth_date_source": "presumed"}
    single.values["identifiers"] = [{"code": make_provisional(380, NO_OFFICE)}]
    stateless.values["citizenship"] = "XXA"
    kosovo.values |= {"citizenship": "XK", "birth_country": "XK", "birth_place": "Pejë"}
    unstated.values["gender"] = "X"
    unstated.values["aliases"] = [{"name": f"{unstated['given_name']} detto «Sole»"}]


def _without_papers(sample: Sample, children: set[Entry]) -> None:
    """A pupil without any document goes to school all the same: with reserve."""
    enrolments = sample.plan.of("mediation.school_enrolment")
    enrolment = next(one for one in enrolments if one["person"] in children)
    enrolment.values |= {"with_reserve": True, "missing_documents": ["identity", "tax_code", "permit", "vaccination"]}
    enrolment.values.pop("completed_on", None)
    child: Entry = enrolment["person"]
    for name in ("identifiers", "permits", "stays"):
        child.values.pop(name, None)
    child.values["birth_date_source"] = "declared"
    child.edits = [edit for edit in child.edits if "permits" not in edit[1]]


def _twice(sample: Sample, person: Entry) -> None:
    """A file that was opened twice; the second one is void."""
    names = ("surname", "given_name", "gender", "birth_date", "citizenship", "mother_tongue", "notice_language")
    values: dict[str, Any] = {name: person.get(name) for name in names}
    day = person["take_in_date"] + timedelta(days=9)
    double = sample.plan.add("registry.person", sample.clerk, day, {**values, "notice_date": day})
    double.void = day + timedelta(days=3), "Fascicolo aperto due volte"


def _operators(sample: Sample, courses: list[Course]) -> None:
    """An apostrophe and brackets on an attendance sheet; a remote session whose log is missing."""
    remote = [course for course in courses if course.entry["mode"] == "remote" and len(course.held) > 1]
    enrolled: dict[Entry, list[Entry]] = {course.entry: [] for course in remote}
    for enrolment in sample.plan.of("training.enrolment"):
        enrolled.setdefault(enrolment["course"], []).append(enrolment["operator"])
    largest = max(remote, key=lambda course: len(enrolled[course.entry]))
    bracketed, *others = enrolled[largest.entry]
    bracketed.values |= {"surname": "D'Amico [tirocinante]", "given_name": "Luca", "gender": "M"}
    for name in ("tax_code", "email"):
        bracketed.values.pop(name, None)
    colleague = next((one for one in others if one["sector"] == "private"), others[0])
    colleague.values["body"] = sample.bodies["uno"]
    _, changes = largest.held[0].edits[0]
    changes["log_kept"] = False
