"""Hours of mediators by month, language and school: what a service is planned and accounted by."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Choice, Flag, Row, Text, field, show_minutes
from intarsi_tui.reference import tables

from .choices import SERVICES
from .rules import WORKED

if TYPE_CHECKING:
    from intarsi_tui import Office


class Asked(Row, it="Ore dei mediatori", en="Mediators' hours"):
    period: Text | None = field(
        it="Periodo", en="Period", privacy="internal", help=("2021-Q2, 2021-04, 2021, project; vuoto: il trimestre in corso", "2021-Q2, 2021-04, 2021, project; empty: this quarter"),
    )  # fmt: skip
    service: Choice | None = field(it="Solo il servizio", en="Only the service", privacy="internal", choices=SERVICES)
    mediators: Flag = field(it="Per mediatore", en="By mediator", privacy="internal", default=False)


def hours(office: "Office", asked: Asked) -> Iterator[dict[str, Any]]:
    """One row for each month, language and school, and mediator when asked for; drafts and void records are left out."""
    from tinydb import where

    period = office.profile.period(asked.period) if asked.period else office.profile.current_period(office.today)
    query = (where("date") >= period.start.isoformat()) & (where("date") <= period.end.isoformat())
    sums: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for doc in office.table("mediation.intervention").search(query):
        if doc["state"] not in ("confirmed", "sent") or doc.get("status") not in WORKED:
            continue
        if asked.service and doc["service"] != asked.service:
            continue
        mediator = doc.get("operator", "") if asked.mediators else ""
        row = sums[doc["date"][:7], doc.get("language", ""), doc.get("school", ""), mediator]
        row[0] += 1
        row[1] += doc["status"] == "no_show"
        row[2] += doc.get("minutes", 0)
    total = [0, 0, 0]
    rows = []
    for (month, language, school, mediator), counts in sums.items():
        total = [one + other for one, other in zip(total, counts, strict=True)]
        named = {
            "language": tables.label("languages", language, office.lang) if language else "–",
            "school": office.title("registry.body", school) if school else "–",
            "mediator": office.title("registry.operator", mediator) if mediator else "–",
        }
        rows.append({"month": month, **named, **_figures(counts)})
    yield from sorted(rows, key=lambda row: (row["month"], row["language"], row["school"], row["mediator"]))
    if rows:
        word = "Totale" if office.lang == "it" else "Total"
        yield {"month": word, "language": "", "school": "", "mediator": "", **_figures(total)}


def _figures(counts: list[int]) -> dict[str, Any]:
    return {"interventions": counts[0], "no_shows": counts[1], "hours": show_minutes(counts[2]), "minutes": counts[2]}


HOURS = Action(
    "hours", it="Ore di mediazione per mese, lingua e scuola", en="Mediation hours by month, language and school",
    run=hours, asks=Asked, writes=False,
    columns={
        "month": ("Mese", "Month"), "language": ("Lingua", "Language"), "school": ("Scuola", "School"),
        "mediator": ("Mediatore", "Mediator"), "interventions": ("Interventi", "Interventions"),
        "no_shows": ("A vuoto", "Nobody came"), "hours": ("Ore", "Hours"),
    },
)  # fmt: skip
