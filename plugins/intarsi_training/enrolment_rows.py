"""What an enrolment holds of each session: was the person there, from when to when, and how much of it counts."""

from datetime import date, time
from functools import lru_cache
from typing import Any

from intarsi_registry.attendance import Span, arrived_field, counted, left_field, minutes_field, status_field, there
from intarsi_tui import Choice, Link, Minutes, Row, Time, field, link


class Attendance(Row, it="Presenza", en="Attendance"):
    session: Link = link("training.session", it="Lezione", en="Session")
    status: Choice = status_field()
    partial_minutes: Minutes | None = field(
        it="Ore, se in parte", en="Hours, if in part", privacy="internal",
        help=("Se non ci sono entrata e uscita", "When there is no arrival and departure"),
    )  # fmt: skip
    login: Time | None = field(
        it="Collegamento", en="Log-in", privacy="personal", help=("A distanza: dal tracciato", "Remote: from the log")
    )
    logout: Time | None = field(it="Scollegamento", en="Log-out", privacy="personal")
    minutes: Minutes | None = minutes_field()
    arrived: Time | None = arrived_field()
    left: Time | None = left_field()

    came: Time | None = field(it="Da", en="From", privacy="personal", computed=True)
    went: Time | None = field(it="A", en="Until", privacy="personal", computed=True)

    @property
    def stay(self) -> tuple[time | None, time | None]:
        """From when to when: in the room, else connected."""
        came, went = self.columns
        return getattr(self, came), getattr(self, went)

    @property
    def columns(self) -> tuple[str, str]:
        """Where the two stand: in the room comes first."""
        return "arrived" if self.arrived else "login", "left" if self.left else "logout"

    def attended(self, session: dict[str, Any]) -> int:
        """Minutes of this row: as typed, else the part of the session between arrival and departure; an absence is 0.

        What was marked for a session that was then cancelled is not attendance.
        """
        if not session or not there(self.status) or session.get("status") == "cancelled":
            return 0
        if self.status == "partial" and self.partial_minutes is not None:
            return self.partial_minutes
        came, went = self.stay
        return counted(span_of(session), came, went) if came or went or self.status != "partial" else 0


def span_of(session: dict[str, Any]) -> Span:
    """The hours of a stored session."""
    pause, begins = session.get("break_minutes", 0), session.get("break_start")
    return _span(session["date"], session["start"], session["end"], pause, begins)


@lru_cache(2_000)  # everybody who was there asks
def _span(day: str, start: str, end: str, pause: int, begins: str | None) -> Span:
    moment = time.fromisoformat
    return Span(date.fromisoformat(day), moment(start), moment(end), pause, moment(begins) if begins else None)


def percent_of(attended: int, planned: int) -> int | None:
    """The part of the planned minutes that was attended; cut, not rounded: 79.9 % is below a threshold of 80."""
    return min(attended * 100 // planned, 100) if planned else None
