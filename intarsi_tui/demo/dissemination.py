"""Materials and where they went, events, and practices with the bodies that adopted them."""

from datetime import date, timedelta
from typing import Any

from . import words
from .chance import FIRST, LAST, at_a_distance, working
from .courses import REMOTE_AGAIN, venue
from .diary import clock
from .plan import Entry
from .sample import Sample, full_name

# What the project's documents must carry before they may be published.
CHECKLIST = ("eu_emblem", "fund_reference", "ministry_named", "prog_code", "cup_shown", "cofinancing_sentence")
LINE = "dissemination"
LANGUAGES = ("ita", "eng", "fra", "ara", "urd", "ben")
PRINTED = 600
PUBLIC = ("comune", "ausl", "unione", "riccione", "ic1", "ic2")
PRIVATE = ("approdo", "melograno", "lanterna", "parole")
MEDIA = ("website", "social", "newsletter")
AT_HAND = ("desk", "event", "mail")
CANCELLED = 1  # the second event falls into the first closure


def add_dissemination(sample: Sample) -> None:
    """Every material, event and practice of the list; distributions of what was published."""
    lists = {**words.lists("dissemination")}
    for name in ("material", "event", "practice"):
        lists[name] = sample.listed(lists[name], LINE)
    if not lists["material"]:
        return
    materials: list[Entry] = []
    count = len(lists["material"])
    for number, row in enumerate(lists["material"]):
        materials.append(_add_material(sample, row, _spread(sample, number, count, 40), materials, count - number))
    count = len(lists["event"])
    events = [
        _add_event(sample, row, _spread(sample, number, count, 4), number == CANCELLED, lists)
        for number, row in enumerate(lists["event"])
    ]
    held = [event for number, event in enumerate(events) if number != CANCELLED]
    _add_distributions(sample, materials, held, lists["areas"])
    for number, row in enumerate(lists["practice"]):
        _add_practice(sample, row, _spread(sample, number, len(lists["practice"]), 60), materials, lists)


def _spread(sample: Sample, number: int, count: int, spare: int) -> date:
    """The day of one of `count` things that follow each other, the last one `spare` days or more before the end."""
    pace = (LAST - timedelta(days=spare + 12) - FIRST) / count
    return sample.chance.workday(FIRST + pace * number + timedelta(days=4), FIRST + pace * (number + 0.5))


def _add_material(sample: Sample, row: dict[str, Any], day: date, before: list[Entry], left: int) -> Entry:
    """Made, then approved with its logos, then published; the last two of those `left` are not that far."""
    chance, number = sample.chance, len(before)
    earlier = before[row["supersedes"]] if "supersedes" in row else None
    printed = row["format"] == "print"
    values = {
        **{name: row[name] for name in ("title", "type", "audience", "format")},
        "summary": "Testo breve e illustrato, rivisto dai mediatori." if printed else None,
        "version": str(int(earlier["version"]) + 1) if earlier else "1",
        "supersedes": earlier,
        "date": day,
        "languages": [{"language": code} for code in (LANGUAGES if printed else LANGUAGES[:1])],
        "licence": "cc_by_nc_sa",
        "logos_requested_on": day,
        "printed_copies": PRINTED if printed else None,
        "anonymised": row["type"] == "case_study",
        "release": "not_needed" if row["type"] == "case_study" else None,
    }
    unfinished, only_approved = left == 1, left == 2
    material = sample.plan.add("dissemination.material", sample.clerk, day, values, draft=unfinished)
    if unfinished:
        return material
    answered = chance.workday(day + timedelta(days=6), day + timedelta(days=15))
    answer = {
        **dict.fromkeys(CHECKLIST, True),
        "logos_answered_on": answered,
        "logos_answer": "approved",
        "logos_reference": f"E-mail del {answered:%d/%m/%Y}",
        "status": "approved",
        "approved_on": answered,
    }
    material.edits.append((answered, answer))
    if not only_approved:
        out = chance.workday(answered + timedelta(days=2), answered + timedelta(days=9))
        url = f"https://progetto.example/materiali/{number + 1}"
        material.edits.append((out, {"status": "published", "published_on": out, "url": url}))
    return material


def _add_event(sample: Sample, row: dict[str, Any], day: date, cancelled: bool, lists: dict[str, Any]) -> Entry:
    """Announced beforehand; on its day it is held, or not."""
    chance, start = sample.chance, sample.chance.choice([9 * 60 + 30, 15 * 60, 17 * 60])
    remote = at_a_distance(day) or REMOTE_AGAIN[0] <= day <= REMOTE_AGAIN[1]
    bodies = chance.sample([sample.bodies[key] for key in PUBLIC + PRIVATE], 2)
    names = [full_name(chance, words.italian(), "F") for _ in bodies]
    values = {
        "title": row["title"],
        "type": row["type"],
        "date": day,
        "start": clock(start),
        "end": clock(start + 120),
        "venue": "https://eventi.example/diretta" if remote or row["type"] == "webinar" else venue(sample),
        "municipality": sample.place.town,
        "programme": lists["programme"],
        "speakers": [
            {"person": f"{surname} {given}", "body": body, "topic": chance.choice(lists["talks"])}
            for body, (surname, given) in zip(bodies, names, strict=True)
        ],
    }
    event = sample.plan.add(
        "dissemination.event", sample.clerk, day, values, added=max(day - timedelta(days=25), FIRST + timedelta(days=3))
    )
    held: dict[str, Any] = {
        "status": "held",
        "participants": [{"type": who, "count": chance.randint(6, 45)} for who in row["audience"]],
        "releases": "not_needed" if remote else "collected",
    }
    if "media" in row["audience"]:
        held["press"] = [
            {"date": day, "outlet": sample.place.fill(chance.choice(lists["outlets"])), "title": row["title"]}
        ]
    event.edits.append((day, {"status": "cancelled"} if cancelled else held))
    event.confirmed = min(working(day + timedelta(days=1)), LAST)
    return event


def _add_distributions(sample: Sample, materials: list[Entry], events: list[Entry], areas: list[str]) -> None:
    """Only what was published goes out, and no more copies than were printed."""
    chance = sample.chance
    published = [(one, _published_on(one)) for one in materials if _published_on(one)]
    left = {one: PRINTED for one, _ in published}
    for number in range(sample.count(25, 14, LINE)):
        material, since = published[number % len(published)]
        assert since is not None
        printed = material["format"] == "print" and left[material] > 30
        channel = chance.choice(AT_HAND if printed else MEDIA)
        following = [event for event in events if event.day >= since]
        event = chance.choice(following) if channel == "event" and following else None
        day = event.day if event else chance.workday(since, min(since + timedelta(days=90), LAST))
        copies = chance.randrange(10, min(left[material], 120), 5) if printed else 0
        left[material] -= copies
        values = {
            "date": min(day, LAST),
            "material": material,
            "channel": "desk" if channel == "event" and not event else channel,
            "event": event,
            "audience": material["audience"],
            "copies": copies or None,
            "views": None if printed else chance.randint(40, 900),
            "area": sample.place.fill(chance.choice(areas)),
        }
        sample.plan.add("dissemination.distribution", sample.clerk, values["date"], values)


def _published_on(material: Entry) -> date | None:
    return next((changes["published_on"] for _, changes in material.edits if "published_on" in changes), None)


def _add_practice(
    sample: Sample, row: dict[str, Any], day: date, materials: list[Entry], lists: dict[str, Any]
) -> None:
    """Described first; most are adopted later, by an act of each body."""
    chance = sample.chance
    ready = [material for material in materials if material.added <= day]
    values = {
        **{name: row[name] for name in ("name", "kind", "areas", "problem_faced", "solution")},
        "date": day,
        "public_actors": [sample.bodies[key] for key in chance.some(PUBLIC, 3)],
        "private_actors": [sample.bodies[key] for key in chance.some(PRIVATE, 2)],
        "steps": [{"text": text, "who": "Équipe", "time": "Un mese"} for text in lists["steps"]],
        "materials": chance.sample(ready, min(1, len(ready))),
        "results": lists["results"],
        "replicability": lists["replicability"],
    }
    practice = sample.plan.add("dissemination.practice", sample.clerk, day, values)
    if not chance.maybe(70):
        return
    days = [chance.workday(day + timedelta(days=20), LAST - timedelta(days=5)) for _ in range(chance.randint(1, 3))]
    adoptions = [
        {
            "body": body,
            "date": on,
            "act": f"{chance.choice(lists['acts'])} n. {chance.randint(5, 300)} del {on:%d/%m/%Y}",
        }
        for body, on in zip(chance.sample(values["public_actors"] + values["private_actors"], 2), days, strict=False)
    ]
    practice.edits.append((max(row["date"] for row in adoptions), {"adoptions": adoptions}))
