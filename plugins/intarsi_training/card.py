"""The card of training on the home screen: sessions that were held and whose attendance is not written down yet."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from intarsi_tui import Card, CardLine

from .places import holds_place

if TYPE_CHECKING:
    from intarsi_tui import Office

BACK = 120  # days; older gaps are for `intarsi check`


def missing_attendance(office: "Office") -> Iterator[CardLine]:
    """Courses with people enrolled of whom nothing is written at a session that was held; Enter opens the matrix."""
    from tinydb import where

    first, today = (office.today - timedelta(days=BACK)).isoformat(), office.today.isoformat()
    query = (
        (where("date") >= first) & (where("date") <= today) & (where("status") == "held") & ~(where("state") == "void")
    )
    held: dict[str, dict[str, str]] = defaultdict(dict)
    for session in office.table("training.session").search(query):
        held[session["course"]][session["id"]] = session["date"]
    for course, sessions in held.items():
        missing = 0
        for doc in office.find("training.enrolment", course=course):
            if holds_place(doc):
                known = {row["session"] for row in doc.get("attendance", ())}
                gone = date.fromisoformat(doc.get("withdrawn_on") or today)
                missing += sum(uid not in known and date.fromisoformat(day) <= gone for uid, day in sessions.items())
        if missing:
            words = f"{missing} presenze da scrivere" if office.lang == "it" else f"attendance to be written: {missing}"
            yield CardLine(f"{office.title('training.course', course)[:28]}: {words}", uid=course, screen="attendance")


MISSING = Card("missing", it="Presenze da completare", en="Attendance to be completed", lines=missing_attendance)
