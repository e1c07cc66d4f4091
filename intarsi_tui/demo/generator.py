"""The sample as a whole: who there is, what happens, and then all of it written."""

from collections import Counter
from typing import TYPE_CHECKING

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
from .plan import Plan, Progress
from .sample import Sample
from .school import add_enrolments as add_school_enrolments
from .school import add_requests, choose_schools
from .timesheets import add_timesheets, months_owed

if TYPE_CHECKING:
    from ..host.office import Office

USUAL = 1500
FEWEST = 40  # interventions, however small the sample


def generate(
    office: "Office", *, records: int = USUAL, seed: int = 2832, progress: Progress | None = None
) -> dict[str, int]:
    """Fills the empty office with invented people and a year and a half of work, through the ordinary way of writing.

    Parameters:
        records: at least so many; every register gets a dozen or more, so that fewer than about 700 cannot be had.
        seed: the same one gives the same records; ids and the salts of the history differ.
        progress: called with the steps done and all steps.

    Returns:
        The number of records of each register.

    Raises:
        Rejected: a plugin's rules refuse a record; nothing was written.
    """
    chance = Chance(seed)
    plan = make_plan(chance, records, office.profile.cup)
    plan.write(office, chance, progress)
    counts = Counter(entry.table for entry in plan.entries)
    return {table: counts[table] for table in office.declarations}


def make_plan(chance: Chance, records: int, cup: str) -> Plan:
    """What is going to be written."""
    sample = Sample(chance, records / USUAL, cup)
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
    add_awkward_cases(sample, courses)
    add_interventions(sample, max(records - len(sample.plan.entries) - months_owed(sample), FEWEST))
    add_governance(sample)
    add_dissemination(sample)
    add_timesheets(sample)
    return sample.plan
