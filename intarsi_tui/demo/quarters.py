"""What the office tells the lead in words, once a quarter."""

from datetime import date, timedelta

from ..project.periods import quarter_of
from . import words
from .chance import FIRST, LAST, at_a_distance, working
from .sample import Sample


def add_quarterly_reports(sample: Sample) -> None:
    """One for each quarter, written in the days after it; that of the running quarter is begun."""
    lists, day = words.lists("governance")["report"], FIRST
    while day <= LAST:
        quarter = quarter_of(day)
        _add_report(sample, quarter.end, lists)
        day = quarter.end + timedelta(days=1)


def _add_report(sample: Sample, end: date, lists: dict[str, list[str]]) -> None:
    chance, running = sample.chance, end > LAST
    apart = at_a_distance(end - timedelta(days=45))
    issue = {
        "text": chance.choice(lists["apart" if apart else "issues"]),
        "cause": "context" if apart else chance.choice(["beneficiary", "others", "context"]),
        "solution": chance.choice(lists["solutions"]),
    }
    values = {
        "year": end.year,
        "quarter": f"q{end.month // 3}",
        "activities": None if running else " ".join(chance.some(lists["activities"], 3)),
        "strengths": chance.choice(lists["strengths"]),
        "deviations": chance.choice(lists["deviations"]),
        "issues": [issue],
        "team_changes": chance.choice(lists["team"]) if chance.maybe(40) else None,
        "networks": chance.choice(lists["networks"]),
    }
    written = working(end + timedelta(days=6))
    sample.plan.add("governance.quarterly_report", sample.clerk, end, values, added=written, draft=running)
