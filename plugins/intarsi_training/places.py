"""Places in a course: who has one, who waits, and to whom a place that gets free is offered by itself."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from intarsi_tui import Change, Context

Doc = Mapping[str, Any]

ANSWER_DAYS = 7  # to say yes or no; no source binds anybody to it


def holds_place(doc: Doc) -> bool:
    """Whether an enrolment takes one of the course's places: an offer keeps its place until it is answered."""
    enrolled = doc.get("admission", "enrolled") in ("enrolled", "offered")
    return enrolled and "withdrawn_on" not in doc and doc.get("state") != "void"


def waiting(docs: Iterable[Doc]) -> list[Doc]:
    """Those who wait for a place, in their order: by the day of enrolment, then as they were entered."""
    found = (one for one in docs if one.get("admission") == "waiting" and "withdrawn_on" not in one)
    return sorted(found, key=lambda one: (one["enrolled_on"], one["created_at"], one["id"]))


def free(course: Doc, docs: Iterable[Doc]) -> int | None:
    """How many places are free, `None` in a course without a limit."""
    return course["places"] - sum(map(holds_place, docs)) if "places" in course else None


def offers(course: Doc | None, context: Context) -> Iterator[Change]:
    """Offers the free places of a course that is not over to the first who wait."""
    if not course or course["state"] == "void" or course.get("end", "9999") < context.today.isoformat():
        return
    docs = context.find("training.enrolment", course=course["id"])
    queue, left = waiting(docs), free(course, docs)
    for one in queue[: len(queue) if left is None else max(left, 0)]:
        yield "training.enrolment", one["id"], {"admission": "offered"}


def answer_by(offered_on: date) -> date:
    """The last day to accept an offer."""
    return offered_on + timedelta(days=ANSWER_DAYS)
