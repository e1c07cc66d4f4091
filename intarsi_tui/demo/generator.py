"""The sample as a whole: who there is, what happens, and then all of it written."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import count
from math import ceil
from typing import TYPE_CHECKING

from ..project.errors import ProjectError
from . import words
from .attachments import with_attachments
from .awkward import add_awkward_cases
from .bodies import add_bodies, add_contractors
from .chance import Chance
from .cohousing import add_cohousing
from .courses import add_courses
from .dissemination import add_dissemination
from .enrolments import add_enrolments
from .governance import add_governance
from .households import add_families
from .interventions import add_interventions
from .operators import add_operators
from .plan import Entry, Plan
from .quarters import add_quarterly_reports
from .sample import Sample
from .school import add_enrolments as add_school_enrolments
from .school import add_requests, choose_schools
from .timesheets import add_timesheets, months_owed
from .words import Place
from .writing import Progress, Spool, write

if TYPE_CHECKING:
    from ..host.office import Office

SEED = 2832
USUAL = 3000
USUAL_LEAD = 9000
SCALE = 1500  # records of an office at a scale of 1
PART = 3000  # more records of one office are planned in parts of about this size
ENOUGH = 0.25  # of the least that an office must have alone, when eleven fill the same registers
FEWEST = 40  # interventions, however small the sample


def usual(office: "Office") -> int:
    """How many records an office's sample has: the lead's has those of all partners."""
    return USUAL_LEAD if office.workspace.partner.code == office.profile.lead else USUAL


def generate(
    office: "Office", *, records: int | None = None, seed: int = SEED, progress: Progress | None = None
) -> dict[str, int]:
    """Fills the empty office with invented people and 26 months of work, through the ordinary way of writing.

    The lead's office gets what all partners did, each record with the partner and site that it came from.

    Parameters:
        records: at least so many, the usual number when left out; what an office does at all it does a dozen times or
            more, so that fewer than about 900 cannot be had in Rimini, and 3,800 at the lead's.
        seed: the same one gives the same records; ids and the salts of the history differ.
        progress: called with the steps done and all steps.

    Returns:
        The number of records of each register.

    Raises:
        ProjectError: `no_such_partner`, a partner whose office is not in the sample.
        Rejected: a plugin's rules refuse a record; nothing was written.
    """
    places, own = words.places(), office.workspace.partner.code
    if own not in places:
        raise ProjectError("no_such_partner", value=own, detail=", ".join(places))
    chosen = list(places.values()) if own == office.profile.lead else [places[own]]
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        spools = []
        planned = plans(chosen, records or usual(office), seed, office.profile.cup)
        for plan in with_attachments(planned, office.workspace.files):
            counts.update(entry.table for entry in plan.entries)
            spools.append(stack.enter_context(closing(Spool(plan.steps()))))
        write(office, spools, Chance(seed), progress)
    return {table: counts[table] for table in office.declarations}


def plans(places: list[Place], records: int, seed: int, cup: str) -> Iterator[Plan]:
    """What is going to be written, in parts that need not be held in memory together."""
    serials, tax_codes = count(), set[str]()
    # Who does no mediation cannot make up a number of records with interventions: the others do.
    waiting = sorted(places, key=lambda place: "mediation" in place.lines)
    for number, place in enumerate(waiting):
        wanted = ceil(records * place.share / sum(one.share for one in waiting[number:]))
        records -= wanted
        parts = max(round(wanted / PART), 1) if "mediation" in place.lines else 1
        bodies: dict[str, Entry] = {}
        for part in range(parts):
            size = ceil(wanted / (parts - part))
            chance, plan = Chance(f"{seed} {place.partner} {part}"), Plan(place.partner, serials)
            sample = Sample(chance, place, size / SCALE, cup, plan, part, bodies=bodies, tax_codes=tax_codes)
            sample.least = 1 if len(places) == 1 or sample.awkward else ENOUGH
            fill_plan(sample, size)
            wanted -= len(plan.entries)
            yield plan
        records += wanted


def fill_plan(sample: Sample, records: int) -> None:
    """Plans about so many records of one office."""
    if not sample.part:
        add_bodies(sample)
    add_operators(sample)
    add_contractors(sample)
    add_families(sample)
    courses = add_courses(sample)
    for course in courses:
        add_enrolments(sample, course)
    choose_schools(sample)
    add_school_enrolments(sample)
    add_requests(sample)
    add_cohousing(sample)
    if sample.awkward:
        add_awkward_cases(sample, courses)
    if not sample.part:
        add_governance(sample)
        add_dissemination(sample)
        add_quarterly_reports(sample)
    if sample.taken_in:
        add_interventions(sample, max(records - len(sample.plan.entries) - months_owed(sample), FEWEST))
    add_timesheets(sample)
