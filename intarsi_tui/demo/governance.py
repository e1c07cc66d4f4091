"""Networks of bodies, their meetings, and the agreements that they sign."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from . import words
from .chance import FIRST, LAST, at_a_distance, later, working
from .courses import REMOTE_AGAIN
from .diary import clock
from .plan import Entry
from .sample import Sample, full_name

LINE = "governance"
LENGTHS = (60, 90, 120)


def add_governance(sample: Sample) -> None:
    """Every network and agreement of the list; meetings are shared out among the networks that were activated."""
    lists = words.lists("governance")
    networks = [_add_network(sample, row, number) for number, row in enumerate(sample.listed(lists["network"], LINE))]
    active = [network for network in networks if network.get("start")]
    wanted = max(sample.count(40, 24, LINE), 2 * len(active))
    for number, network in enumerate(active):
        count = wanted // len(active) + (number < wanted % len(active))
        _add_meetings(sample, network, count, lists["meeting"])
    for row in lists["agreement"]["list"]:
        if row["network"] < len(networks):
            _add_agreement(sample, row, networks[row["network"]], lists["agreement"]["subjects"])


def _add_network(sample: Sample, row: dict[str, Any], number: int) -> Entry:
    chance, fate = sample.chance, row["fate"]
    start = working(FIRST + timedelta(days=12 + number * 9 + chance.randint(0, 6)))
    planned = fate == "planned"
    names = [full_name(chance, words.italian(), chance.one({"F": 65, "M": 35})) for _ in row["members"]]
    values = {
        **{name: sample.place.fill(row[name]) for name in ("name", "kind", "level", "territory")},
        "municipality": sample.place.town if row["level"] == "municipal" else None,
        "purpose": "Programmare insieme le attività, verificarle e scambiarsi informazioni.",
        "coordinator": sample.staff[0],
        "activation": "planned" if planned else "active",
        "start": None if planned else start,
        "founding_act": None if planned else f"Determina n. {chance.randint(20, 400)} del {start:%d/%m/%Y}",
        "members": [
            {
                "body": sample.bodies[key],
                "role": "Coordina il tavolo" if key == "comune" else "Componente",
                "contact": f"{surname} {given}",
                "voting": key != "prefettura",
                "joined_on": None if planned else start,
                "act": None if planned else chance.choice(["protocol", "agreement", "letter"]),
            }
            for key, (surname, given) in zip(row["members"], names, strict=True)
        ],
    }
    # Not dated yet, it is entered late and stays a draft.
    network = sample.plan.add("governance.network", sample.clerk, LAST if planned else start, values, draft=planned)
    turn = chance.workday(date(2020, 11, 2), date(2021, 9, 30))
    if fate == "consolidated":
        network.edits.append((turn, {"activation": "consolidated", "consolidated_on": turn}))
    elif fate == "closed":
        network.edits.append((turn, {"activation": "closed", "end": turn}))
    return network


def _add_meetings(sample: Sample, network: Entry, count: int, lists: dict[str, list[str]]) -> None:
    """Each approves the minutes of the one before; the latest minutes are still drafts."""
    first = network["start"] + timedelta(days=5)
    last = next((changes["end"] for _, changes in network.edits if "end" in changes), LAST) - timedelta(days=8)
    pace = (last - first) / count
    meetings: list[Entry] = []
    for number in range(count):
        day = sample.chance.workday(first + pace * number, first + pace * (number + 0.6))
        meetings.append(_add_meeting(sample, network, day, lists))
    for meeting, following in pairwise(meetings):
        _approve(meeting, following.day, {"approved_in": following})
    by_mail = working(meetings[-1].day + timedelta(days=60))
    if by_mail <= LAST:
        _approve(meetings[-1], by_mail, {"approved_on": by_mail})
    else:
        meetings[-1].confirmed = None


def _approve(meeting: Entry, day: date, how: dict[str, Any]) -> None:
    meeting.edits.append((day, {**how, "signatures": ["chair", "secretary"], "signed_on": day}))


def _add_meeting(sample: Sample, network: Entry, day: date, lists: dict[str, list[str]]) -> Entry:
    chance, minutes = sample.chance, sample.chance.choice(LENGTHS)
    chair, secretary = sample.staff[0], sample.managers[0]
    while (start := sample.diary.find(chance, [chair, secretary], day, minutes)) is None:
        day = working(day + timedelta(days=1))
    remote = at_a_distance(day) or REMOTE_AGAIN[0] <= day <= REMOTE_AGAIN[1]
    convened = max(working(day - timedelta(days=12)), network["start"])
    done = day < LAST - timedelta(days=80)
    values = {
        "network": network,
        "date": day,
        "start": clock(start),
        "end": clock(start + minutes),
        "mode": "remote" if remote else "room",
        "place": "https://riunioni.example/tavoli" if remote else network["members"][0]["body"].get("address"),
        "convened_on": convened,
        "convocation_protocol": f"{chance.randint(1000, 99_000)}/{convened.year}",
        "chair": chair,
        "secretary": secretary,
        "agenda": [
            {"topic": topic, "discussion": chance.choice(lists["discussions"])}
            for topic in lists["topics"][:2] + chance.some(lists["topics"][2:], 2)
        ],
        "attendance": _once([_attendance(sample, member, [chair, secretary]) for member in network["members"]]),
        "decisions": [
            {
                "text": text,
                "body": chance.choice(network["members"])["body"],
                "owner": secretary,
                "due": later(day, 1) if done else later(day, 2) if chance.maybe(15) else None,
                "status": "done" if done else "open",
            }
            for text in chance.some(lists["decisions"], 3)
        ],
    }
    values["votes"] = _votes(network, values, start + minutes // 2)
    return sample.plan.add("governance.meeting", sample.clerk, day, values)


def _votes(network: Entry, values: dict[str, Any], minute: int) -> list[dict[str, Any]]:
    """The first decision was put to the vote half-way, when more than half of the bodies with a vote were there."""
    entitled = [member["body"] for member in network["members"] if member["voting"]]
    there = [
        row["body"]
        for row in values["attendance"]
        if row.get("status", "present") == "present" and row["body"] in entitled
    ]
    if not values["decisions"] or 2 * len(there) <= len(entitled):
        return []
    return [
        {"subject": values["decisions"][0]["text"], "at": clock(minute), "in_favour": len(there) - 1, "abstained": 1}
    ]


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two bodies may have one contact person, who speaks for the first only; the second excuses itself."""
    seen = set[str]()
    for row in rows:
        if row["person"] in seen:
            row["status"] = "excused"
        elif row.get("status", "present") == "present":
            seen.add(row["person"])
    return rows


def _attendance(sample: Sample, member: dict[str, Any], ours: list[Entry]) -> dict[str, Any]:
    """Chair and secretary were there; the others usually."""
    operator = next((one for one in ours if one["body"] is member["body"]), None)
    if operator:
        person = f"{operator['surname']} {operator['given_name']}"
        return {"body": member["body"], "person": person, "role": operator["role"], "operator": operator}
    status = sample.chance.one({"present": 80, "excused": 14, "absent": 6})
    return {"body": member["body"], "person": member["contact"], "role": "Referente", "status": status}


def _add_agreement(sample: Sample, row: dict[str, Any], network: Entry, subjects: list[str]) -> None:
    chance, signed = sample.chance, sample.chance.workday(network["start"] + timedelta(days=30), LAST)
    bodies = [member["body"] for member in network["members"]]
    values = {
        "title": sample.place.fill(row["title"]),
        "kind": row["kind"],
        "parties": [bodies[0], bodies[-1]] if row["kind"] == "letter" else bodies,
        "network": network,
        "subject": chance.choice(subjects),
        "signed_on": min(signed, LAST),
        "expires_on": later(signed, 24) if row["kind"] in ("protocol", "convention") else None,
        "counts_c3": row["c3"],
        "protocol": f"{chance.randint(1000, 99_000)}/{signed.year}",
    }
    sample.plan.add("governance.agreement", sample.clerk, signed, values)
