"""Rules of the minutes: votes have their quorum, decisions are carried until they are closed, what was approved is locked."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from intarsi_registry.attendance import there
from intarsi_registry.rules import named, shown, shown_stored
from intarsi_tui import Change, Context, Label, Problem
from intarsi_tui.records.declaration import Declaration
from intarsi_tui.records.linked_kinds import RowsKind

from .meeting_rows import Carried, inside
from .quorum import quorum, voters
from .rules import name_of

if TYPE_CHECKING:
    from .meeting import Meeting

# What approved minutes hold fast. How a decision fares afterwards is no part of them.
LOCKED = (
    "network",
    "date",
    "start",
    "end",
    "mode",
    "place",
    "chair",
    "secretary",
    "agenda",
    "attendance",
    "votes",
    "decisions",
)
APPROVAL = ("approved_on", "approved_in")
GOES_ON = ("status", "closed_on")


def count_votes(meeting: "Meeting", network: Mapping[str, Any]) -> None:
    """Fills what follows from each vote: who was there at its minute, whether they were enough, what came out."""
    for vote in meeting.votes:
        found = quorum(network, meeting.date, vote.at, meeting.attendance)
        vote.present, vote.needed, vote.quorate = found.present, found.needed, found.reached
        valid = found.reached or bool(vote.without_quorum)
        vote.outcome = "invalid" if not valid else "adopted" if vote.in_favour > vote.against else "rejected"


def votes(meeting: "Meeting", network: Mapping[str, Any]) -> Iterator[Problem]:
    """Each vote was taken during the meeting, by no more than were there, and with a quorum or a reason to do without."""
    for number, vote in enumerate(meeting.votes, 1):
        place, cast = f"votes.{number}", vote.in_favour + vote.against + vote.abstained
        if not inside(vote.at, meeting.start, meeting.end):
            yield meeting.problem(
                f"{place}.at", time=f"{vote.at:%H:%M}", it="Alle {time} la riunione non era in corso", en="At {time} the meeting was not going on",
            )  # fmt: skip
        if cast > (vote.present or 0):
            yield meeting.problem(
                f"{place}.in_favour", cast=cast, present=vote.present, time=f"{vote.at:%H:%M}",
                it="Voti: {cast}, ma enti con diritto di voto presenti alle {time}: {present}. Correggere i voti o le entrate e uscite",
                en="Votes: {cast}, but bodies with a vote present at {time}: {present}. Correct the votes, or arrivals and departures",
            )  # fmt: skip
        if not (vote.quorate or vote.without_quorum):
            one, alone = vote.present == 1, vote.needed == 1
            yield meeting.problem(
                f"{place}.at", present=vote.present, needed=vote.needed,
                entitled=len(voters(network, meeting.date)), time=f"{vote.at:%H:%M}",
                bodies=Label("ente presente", "body present") if one else Label("enti presenti", "bodies present"),
                asks=Label("ne serve", "is needed") if alone else Label("ne servono", "are needed"),
                it="Alle {time} manca il numero legale: {present} {bodies} su {entitled} con diritto di voto, {asks} {needed}. Se il voto vale lo stesso, scrivere perché",
                en="At {time} there was no quorum: {present} {bodies} of {entitled} with a vote, {needed} {asks}. If the vote holds all the same, say why",
            )  # fmt: skip


def deputies(meeting: "Meeting", network: Mapping[str, Any], context: Context) -> Iterator[Problem]:
    """Nobody speaks for two bodies with a vote at the same time."""
    entitled = voters(network, meeting.date)
    rows = [
        (number, row)
        for number, row in enumerate(meeting.attendance, 1)
        if row.who() and there(row.status) and row.capacity != "guest" and row.body in entitled
    ]
    for at, (number, row) in enumerate(rows):
        for _, other in rows[:at]:
            apart = (row.left and other.arrived and row.left <= other.arrived) or (
                other.left and row.arrived and other.left <= row.arrived
            )
            if row.who() == other.who() and row.body != other.body and not apart:
                yield meeting.problem(
                    f"attendance.{number}.person", body=name_of(other.body, context),
                    it="Rappresenta già {body}: una persona vota per un ente solo. Segnarla qui come invitato",
                    en="Already there for {body}: a person votes for one body only. Enter them as a guest here",
                )  # fmt: skip


def carried(network: str, day: str, context: Context) -> list[Carried]:
    """The decisions of earlier meetings of the same body that were open when the one of `day` began, the oldest first."""
    found = []
    earlier = [doc for doc in context.find("governance.meeting", network=network) if doc["date"] < day]
    for doc in sorted(earlier, key=lambda one: str(one["date"])):
        for row in doc.get("decisions", ()):
            if row["status"] == "open" or row.get("closed_on", "") >= day:
                known = {name: row[name] for name in ("text", "item", "body", "owner") if name in row}
                due = date.fromisoformat(row["due"]) if "due" in row else None
                found.append(Carried(**known, meeting=doc["id"], due=due))
    return found


def later_meetings(doc: Mapping[str, Any], context: Context) -> Iterator[Change]:
    """The meetings after `doc` whose list of carried decisions is out of date; approved minutes stay as they are."""
    for later in context.find("governance.meeting", network=doc["network"]):
        if later["date"] > doc["date"] and later["state"] != "sent" and not later.get("approved"):
            now = [row.doc() for row in carried(doc["network"], later["date"], context)]
            if now != later.get("carried", []):
                yield "governance.meeting", later["id"], {}


def decisions(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """A decision is closed on a day that has come, and one that is overdue is asked about."""
    for number, row in enumerate(meeting.decisions, 1):
        place = f"decisions.{number}"
        if row.due and row.due < meeting.date:
            yield meeting.problem(f"{place}.due", it="La scadenza è prima dell'incontro", en="Due before the meeting")
        if row.closed_on and row.status == "open":
            yield meeting.problem(
                f"{place}.status",
                it="Ha la data di chiusura: com'è finita?",
                en="It has a closing date: how did it end?",
            )
        if row.closed_on and not meeting.date <= row.closed_on <= context.today:
            yield meeting.problem(
                f"{place}.closed_on", day=shown(row.closed_on), it="{day} è prima dell'incontro o nel futuro", en="{day} is before the meeting or in the future",
            )  # fmt: skip
        if row.status == "open" and row.due and row.due < context.today:
            yield meeting.problem(
                f"{place}.due", warning=True, day=shown(row.due),
                it="Scaduta il {day} e ancora da attuare", en="Due on {day} and still open",
            )  # fmt: skip


def lock(meeting: "Meeting", context: Context) -> Iterator[Problem]:
    """Approved minutes change, and lose their approval, only with a reason that is written down with the change."""
    before = context.get("governance.meeting", meeting.id)
    if not (before and before.get("approved")) or meeting.amendment not in (None, "", before.get("amendment")):
        return
    now = meeting.doc()
    for name in (*LOCKED, *(one for one in APPROVAL if one in before)):
        one = meeting.declaration.by_name[name]
        rows = one.kind.declaration if isinstance(one.kind, RowsKind) else None
        if _written(rows, before.get(name)) != _written(rows, now.get(name)):
            yield meeting.problem(
                name, label=one.label, other=named(meeting, before), day=shown_stored(before["approved_on"]),
                it="Il verbale {other} è approvato dal {day}: «{label}» cambia solo con una rettifica, scrivendone il motivo",
                en="Minutes {other} were approved on {day}: “{label}” changes only by an amendment that says why",
            )  # fmt: skip


def _written(rows: Declaration | None, stored: Any) -> Any:
    """A value as people wrote it: without what the program works out, and with the defaults of columns that came later."""
    if rows is None:
        return stored
    columns = [one for one in rows.fields if not one.given and one.name not in GOES_ON]
    return [[row.get(one.name, one.default) for one in columns] for row in stored or ()]
