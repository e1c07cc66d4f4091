"""The roll-over of a school year: drafts of next year's enrolments, to be checked and confirmed one by one."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Label, Rejected, Row, SchoolYear, field

from .classes import next_class, next_year

if TYPE_CHECKING:
    from intarsi_tui import Office

Doc = dict[str, Any]

# Why a pupil got no draft, or that one was made.
DONE = Label("preparata", "prepared")
LAST = Label("ultima classe: scegliere la nuova scuola", "last class: the new school has to be chosen")
THERE = Label("c'è già", "is there already")
LEFT = ("moved", "interrupted")


class Asked(Row, it="Passaggio d'anno", en="Roll-over"):
    school_year: SchoolYear = field(
        it="Anno che finisce", en="Year that ends", privacy="internal", help=("Come 2020/21", "Like 2020/21")
    )


def roll_over(office: "Office", asked: Asked) -> Iterator[Doc]:
    """One row for each pupil of the year that ends: the class before and after, and what became of it."""
    enrolments, year = office.table("mediation.school_enrolment"), next_year(asked.school_year)
    there = {doc["person"] for doc in office.find("mediation.school_enrolment", school_year=year)}
    with office.store.operation(f"roll-over {year}"):
        for doc in office.find("mediation.school_enrolment", school_year=asked.school_year):
            if doc["state"] == "draft" or doc.get("attendance") in LEFT:
                continue
            school = office.get("registry.body", doc["school"]) or {}
            following = next_class(doc.get("school_class"), school.get("level", ""))
            what, uid = THERE if doc["person"] in there else LAST, ""
            if doc["person"] not in there and following is not None:
                what, uid = _prepared(enrolments, doc, following, year)
                there.add(doc["person"])
            yield {
                "pupil": office.title("registry.person", doc["person"]), "school": school.get("name", ""),
                "before": doc.get("school_class", ""), "after": following or "", "outcome": what(office.lang), "id": uid,
            }  # fmt: skip


def _prepared(enrolments: Any, doc: Doc, following: str, year: str) -> tuple[Label, str]:
    """What became of the draft, and its UUID; what its rules refuse is said, and the others go on."""
    open_reserve = doc.get("with_reserve", False) and not doc.get("completed_on")
    values = {
        "person": doc["person"], "school": doc["school"], "school_year": year, "school_class": following,
        "date": date(int(year[:4]), 9, 1).isoformat(), "with_reserve": open_reserve, "gap_reason": doc.get("gap_reason"),
        "missing_documents": doc.get("missing_documents") if open_reserve else None, "services": doc.get("services"),
    }  # fmt: skip
    try:
        return DONE, enrolments.add({name: value for name, value in values.items() if value is not None}).doc["id"]
    except Rejected as refused:
        found = [one for one in refused.problems if one.severity == "error"]
        return Label(*("; ".join(one.text(lang) for one in found) for lang in ("it", "en"))), ""


ROLL_OVER = Action(
    "roll-over", it="Prepara le iscrizioni dell'anno scolastico che viene", en="Prepare the enrolments of the school year to come",
    run=roll_over, asks=Asked, done=("preparato l'anno scolastico", "school year prepared:"),
    columns={
        "pupil": ("Minore", "Pupil"), "school": ("Scuola", "School"), "before": ("Classe", "Class"),
        "after": ("Classe che viene", "Class to come"), "outcome": ("Esito", "Outcome"),
    },
)  # fmt: skip
