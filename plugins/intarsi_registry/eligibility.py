"""Who counts: the requirements of the target group, judged on the day of the take-in (`domain.md` §5.1)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from intarsi_tui import Context
from intarsi_tui.records.clock import months_after
from intarsi_tui.records.typed import UNKNOWN_DATE
from intarsi_tui.reference import tables

from .choices import EXCLUDING

if TYPE_CHECKING:
    from .household import Household
    from .person import Person

EXIT_MONTHS = 18


class Rule(NamedTuple):
    """The requirements in force on a day, from the table that an office may edit (`reference/eligibility.csv`).

    Attributes:
        version: which versions of its rows were applied; stored with each result.
        exit_months: how many calendar months after reception a take-in may come.
        minors: whether the household needs a minor.
        permits: what a type of permit means: eligible, verify or no.
    """

    version: str
    exit_months: int
    minors: bool
    permits: dict[str, str]


def rule_on(day: date, context: Context) -> Rule:
    """The requirements for a take-in on `day`."""
    return context.shared(("eligibility", day), lambda: _rule_on(day, context)) or _rule_on(day, context)


def _rule_on(day: date, context: Context) -> Rule:
    rows = tables.eligibility(day)
    value = {code: row.get("value", "") for code, row in rows.items()}
    months = value.pop("exit_months", "") or context.profile.settings.get("eligibility_months", EXIT_MONTHS)
    minors = value.pop("minors", "required") == "required"
    permits = {code: entry.extra.get("default", "") for code, entry in tables.permit_types().items()} | value
    versions = dict.fromkeys(row.get("version") or "?" for row in rows.values())
    return Rule("+".join(versions), int(months), minors, permits)


def age_on(day: date, born: date) -> int:
    """Completed years of life; somebody born on 29 February is a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def minor_on(day: date, born: date | None) -> bool:
    """Whether somebody was in the world and under 18 on `day`: a child that is born later makes nobody eligible."""
    return born is not None and born <= day and age_on(day, born) < 18


def minor_files(household: str, day: date, context: Context) -> bool:
    """Whether the file of somebody who was a minor on `day` names this household."""
    births = [doc.get("birth_date") for doc in context.find("registry.person", household=household)]
    return any(minor_on(day, date.fromisoformat(born)) for born in births if born)


def exit_check(left: date | None, taken_in: date | None, context: Context) -> str:
    """A code of `EXIT_CHECKS`."""
    if not left or not taken_in:
        return "unknown"
    if left > taken_in:
        return "in_reception"
    return "within" if taken_in <= months_after(left, rule_on(taken_in, context).exit_months) else "over"


def some_member_counts(household: "Household", has_minor: bool, context: Context) -> bool:
    """Whether one of the persons taken in counts; while none has a file, whether nothing speaks against it.

    Persons were judged when their file was last saved: what the household knows now about minors and its common exit
    from reception stands above that, and a decision on a person above both.
    """
    in_time = household.exit_check not in ("over", "in_reception")
    files = [doc for doc in context.find("registry.person", household=household.id) if doc.get("take_in_date")]
    if not files:
        return has_minor and in_time
    return any(
        doc.get("counted") and (doc.get("decision") or (has_minor and (in_time or doc.get("stays")))) for doc in files
    )


def assess(person: "Person", taken_in: date, context: Context) -> tuple[str, list[str], str]:
    """The result (a code of `ELIGIBILITY`), its reasons, and the version of the rule."""
    rule = rule_on(taken_in, context)
    household = context.get("registry.household", person.household) if person.household else None
    reasons = [
        *_citizenship(person, taken_in),
        *(_minors(person, taken_in, household, context) if rule.minors else ()),
        *_permit(person, taken_in, rule),
        *_reception(person, taken_in, household, context),
    ]
    if any(reason in EXCLUDING for reason in reasons):
        return "not_eligible", reasons, rule.version
    return ("reserve" if reasons else "eligible"), reasons, rule.version


def _citizenship(person: "Person", taken_in: date) -> Iterator[str]:
    if person.italian_since and person.italian_since <= taken_in:
        yield "italian"
    country = tables.countries().get(person.citizenship or "")
    free = country.extra.get("free_movement", "") if country else ""
    if not free:
        yield "citizenship_unknown"
    elif free == "yes":
        yield "free_movement"


def _minors(person: "Person", taken_in: date, household: dict[str, Any] | None, context: Context) -> Iterator[str]:
    if household is None:
        yield "no_household"
        return
    own = minor_on(taken_in, person.birth_date)
    if own or household.get("minors_count") or minor_files(household["id"], taken_in, context):
        return
    # Parents are often entered before their children: only a household with its members listed is known to have none.
    yield "no_minor" if household.get("members_count") else "minors_unknown"


def _permit(person: "Person", taken_in: date, rule: Rule) -> Iterator[str]:
    held = [permit for permit in person.permits if not permit.issued_on or permit.issued_on <= taken_in]
    if not held:
        yield "no_permit"
        return
    # A receipt bears no date: what was valid by its own dates on that day stands before it.
    dated = [permit for permit in held if not (permit.pending and permit.issued_on in (None, UNKNOWN_DATE))]
    permit = dated[-1] if dated and not dated[-1].expired(taken_in) else held[-1]
    meaning = rule.permits.get(permit.type, "")
    if meaning == "no":
        yield "permit_type"
    elif meaning != "eligible":
        yield "permit_verify"
    if permit.expired(taken_in):
        yield "permit_expired"
    elif permit.pending:
        yield "permit_pending"


def _reception(person: "Person", taken_in: date, household: dict[str, Any] | None, context: Context) -> Iterator[str]:
    """A child born after reception has no stay of its own: the household's exit stands for it."""
    stays = [stay for stay in person.stays if not stay.entered_on or stay.entered_on <= taken_in]
    if any(stay.left_on is None or stay.left_on > taken_in for stay in stays):
        yield "in_reception"
        return
    shared = (household or {}).get("reception_exit")
    exits = [stay.left_on for stay in stays if stay.left_on] or ([date.fromisoformat(shared)] if shared else [])
    result = exit_check(max(exits, default=None), taken_in, context)
    if result != "within":
        yield result if result == "in_reception" else f"exit_{result}"
