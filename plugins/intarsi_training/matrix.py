"""The attendance matrix of a course: who, lesson by lesson, and how far from the threshold."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from intarsi_registry.attendance import there
from intarsi_tui import Action, Context, Link, Row, link, show_minutes

from .enrolment_rows import span_of
from .places import holds_place

if TYPE_CHECKING:
    from intarsi_tui import Office

LEGEND = {
    "excused": ("G", "J"), "absent": ("A", "A"), "remote": ("D", "R"), "partial": ("P", "P"), "present": ("X", "X"),
    "expected": ("∙", "∙"),
}  # fmt: skip


class Asked(Row, it="Matrice delle presenze", en="Attendance matrix"):
    course: Link = link("training.course", it="Corso", en="Course")


def matrix(course: Mapping[str, Any], context: Context, lang: str = "it") -> list[dict[str, Any]]:
    """A row for each person enrolled: name, a mark for each session held, minutes, percent, whether it is enough.

    A mark is X present, D at a distance, P in part, G justified, A absent, ∙ nothing written; then + late, − left early.
    """
    sessions = [one for one in context.find("training.session", course=course["id"]) if one.get("status") == "held"]
    sessions.sort(key=lambda one: (one["date"], one["start"]))
    spans = {one["id"]: span_of(one) for one in sessions}
    rows = []
    for doc in context.find("training.enrolment", course=course["id"]):
        if not (holds_place(doc) or doc.get("attendance")):
            continue
        operator = context.get("registry.operator", doc["operator"]) or {}
        by_session = {row["session"]: row for row in doc.get("attendance", ())}
        cells = [_mark(by_session.get(uid), span, lang) for uid, span in spans.items()]
        rows.append(
            {
                "name": f"{operator.get('surname', '')} {operator.get('given_name', '')}".strip(),
                "sessions": " ".join(cells),
                "hours": show_minutes(doc.get("attended_minutes", 0)),
                "planned": show_minutes(course.get("planned_minutes", 0)),
                "percent": doc.get("percent"),
                "reached": doc.get("reached"),
                "minutes": [by_session.get(uid, {}).get("minutes") for uid in spans],
                "id": doc["id"],
            }
        )
    return sorted(rows, key=lambda row: (str(row["name"]).casefold(), row["id"]))


def _mark(row: Mapping[str, Any] | None, span: Any, lang: str) -> str:
    if row is None:
        return "∙"
    mark = LEGEND[row["status"]][0 if lang == "it" else 1]
    came, went = row.get("arrived") or row.get("login"), row.get("left") or row.get("logout")
    late = there(row["status"]) and came and came > f"{span.start:%H:%M}"
    early = there(row["status"]) and went and went < f"{span.end:%H:%M}"
    return mark + "+" * bool(late) + "−" * bool(early)


def _run(office: "Office", asked: Asked) -> Iterator[dict[str, Any]]:
    course = office.get("training.course", asked.course) or {}
    for row in matrix(course, office.store.context, office.lang):
        reached = {True: ("sì", "yes"), False: ("no", "no")}.get(row["reached"], ("", ""))
        yield {**row, "reached": reached[0 if office.lang == "it" else 1]}


MATRIX = Action(
    "matrix",
    also=("appello, assenze, stampa", "roll call, absences, print"),
    it="La matrice delle presenze di un corso: X presente, D a distanza, P in parte, G giustificato, A assente; + in ritardo, − uscito prima",
    en="The attendance matrix of a course: X present, R remote, P in part, J justified, A absent; + late, − left early",
    run=_run,
    asks=Asked,
    writes=False,
    columns={
        "name": ("Nome", "Name"), "sessions": ("Lezioni", "Sessions"), "hours": ("Ore", "Hours"), "planned": ("Previste", "Planned"),
        "percent": ("%", "%"), "reached": ("Soglia", "Threshold"),
    },
)  # fmt: skip
