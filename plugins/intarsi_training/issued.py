"""What certificates rest on stays as it is while they hold: the sessions that were attended, and the attendance itself."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from intarsi_registry.attendance import there
from intarsi_registry.rules import as_stored, called
from intarsi_tui import Context, Problem, show_minutes

if TYPE_CHECKING:
    from .enrolment import Enrolment
    from .session import Session

# What the minutes attended are worked out from.
HOURS = ("course", "date", "start", "end", "break_minutes", "break_start")


def under_certificates(session: "Session", context: Context) -> Iterator[Problem]:
    """A session that was held for somebody with a certificate keeps its hours."""
    before = context.get("training.session", session.id)
    if not before:
        return
    now = as_stored(session, (*HOURS, "status"))
    changed = [name for name in HOURS if before.get(name) != now.get(name)]
    if before["status"] != now["status"] and before["status"] == "held":
        changed.append("status")
    if not changed:
        return
    attended = [
        doc
        for doc in context.find("training.enrolment", course=before["course"])
        if any(row["session"] == session.id and there(row["status"]) for row in doc.get("attendance", ()))
    ]
    numbers = sorted(
        _certificate(one) for doc in attended for one in context.find("training.certificate", enrolment=doc["id"])
    )
    if numbers:
        yield session.problem(
            changed[0], numbers=numbers,
            it="Ci sono attestati rilasciati sulle ore di questa lezione ({numbers}): annullarli prima, con il motivo, e rilasciarli di nuovo dopo la correzione",
            en="Certificates were issued on the hours of this session ({numbers}): void them first, with the reason, and issue them again after the correction",
        )  # fmt: skip


def certified(enrolment: "Enrolment", context: Context) -> Iterator[Problem]:
    """An enrolment with a certificate is still that of the same person, in the same course, for no fewer hours."""
    for doc in context.find("training.certificate", enrolment=enrolment.id):
        for name in ("course", "operator"):
            if doc.get(name) != getattr(enrolment, name):
                yield enrolment.problem(
                    name, number=_certificate(doc), it="C'è l'attestato {number}: annullarlo prima, con il motivo",
                    en="There is certificate {number}: void it first, with the reason",
                )  # fmt: skip
        attested, now = doc.get("minutes", 0), enrolment.attended_minutes or 0
        if now != attested:
            yield enrolment.problem(
                "attendance", warning=now > attested, number=_certificate(doc), attested=show_minutes(attested), now=show_minutes(now),
                it="L'attestato {number} dice {attested} ore, le presenze fanno {now}: annullarlo prima, con il motivo, e rilasciarne un altro",
                en="Certificate {number} says {attested} hours, the attendance adds up to {now}: void it first, with the reason, and issue another",
            )  # fmt: skip


def _certificate(doc: Mapping[str, Any]) -> str:
    """A certificate by its number and course; one without was not confirmed yet."""
    return called(doc, doc.get("course_code")) if doc.get("number") else doc["id"][:8]
