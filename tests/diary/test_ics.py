"""Calendar files as another library reads them (vobject; ours are written with icalendar).

`INTARSI_TEST_EVENTS=500 pytest tests/diary/test_ics.py` is the full size.
"""

import os
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import vobject

from intarsi_tui.diary.calendar import calendar
from intarsi_tui.diary.ics import calendar_file
from intarsi_tui.diary.invitations import guests
from intarsi_tui.host.office import Office

from .conftest import Add

EVENTS = int(os.environ.get("INTARSI_TEST_EVENTS", "60"))
YEAR = date(2021, 1, 1), date(2021, 12, 31)
# Texts that iCalendar has to escape, fold between bytes, or leave alone.
TOPICS = [
    "Casa; lavoro, scuola",
    "Perché \\ come",
    "è" * 90,
    "“Virgolette” 東京 🙂" * 4,
    "BEGIN:VEVENT",
    "x" * 74,
    "x" * 75,
]


def summer(day: date) -> bool:
    """Summer time, whose Sundays of 2021 are 28 March and 31 October; sessions are by day."""
    return date(2021, 3, 28) <= day < date(2021, 10, 31)


def read(content: bytes) -> list[Any]:
    return list(vobject.readOne(content.decode()).vevent_list)


def test_another_library_reads_what_the_registers_say(office: Office, add: Add) -> None:
    chance, table = Random(7), office.table("training.session")
    course = add("training.course", code="FORM-01", title="Casa")
    wanted = {}
    for number in range(EVENTS):
        day, start = YEAR[0] + timedelta(days=number % 365), 7 + 2 * (number // 365)
        values = {
            "course": course["id"],
            "date": day.isoformat(),
            "start": f"{start}:15",
            "end": f"{start + 1}:00",
            "topic": chance.choice(TOPICS),
        }
        uid = add("training.session", **values)["id"]
        edits = chance.randint(0, 3)
        for edit in range(edits):
            table.edit(uid, {"venue": f"Aula {edit}, piano {edit}"})
        off = chance.random() < 0.2
        if off:
            table.edit(uid, {"status": "cancelled"})
        begins = datetime(day.year, day.month, day.day, start, 15, tzinfo=UTC) - timedelta(
            hours=2 if summer(day) else 1
        )
        wanted[uid] = (
            begins,
            values["topic"],
            edits + off,
            "CANCELLED" if off else "CONFIRMED",
            f"Aula {edits - 1}, piano {edits - 1}" if edits else "",
        )
    content = calendar_file(office, calendar(office, *YEAR))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    found = read(content)
    assert len(found) == EVENTS
    for event in found:
        begins, topic, sequence, status, venue = wanted[event.uid.value.removesuffix("@intarsi")]
        assert event.dtstart.value.astimezone(UTC) == begins
        assert event.dtend.value - event.dtstart.value == timedelta(minutes=45)
        assert event.summary.value == f"Lezione: {topic}"
        assert (int(event.sequence.value), event.status.value) == (sequence, status)
        assert (event.location.value if venue else "") == venue


def test_an_invitation_keeps_its_uid_and_raises_its_sequence(office: Office, meeting: dict[str, Any]) -> None:
    before = read(calendar_file(office, calendar(office, *YEAR)))[0]
    office.table("governance.meeting").edit(meeting["id"], {"start": "10"})
    after = read(calendar_file(office, calendar(office, *YEAR)))[0]
    office.store.undo()
    undone = read(calendar_file(office, calendar(office, *YEAR)))[0]
    office.table("governance.meeting").void(meeting["id"], "rinviato")
    off = read(calendar_file(office, calendar(office, *YEAR)))[0]
    assert len({one.uid.value for one in (before, after, undone, off)}) == 1
    assert [int(one.sequence.value) for one in (before, after, undone, off)] == [0, 1, 2, 3]
    assert (before.status.value, off.status.value) == ("CONFIRMED", "CANCELLED")


def test_no_name_leaves_with_the_file(
    office: Office, add: Add, meeting: dict[str, Any], operator: dict[str, Any]
) -> None:
    family = add("registry.household", type="mother", take_in_date="1/3/2021")
    person = add(
        "registry.person",
        surname="Adeyemi",
        given_name="Joy",
        gender="F",
        birth_date="1/1/1990",
        household=family["id"],
    )
    add(
        "cohousing.housing_meeting", date="8/6/2021", start="9", end="10", mode="group", status="planned", place="Sala", expert=operator["id"],
        attendance=[{"person": person["id"]}],
    )  # fmt: skip
    text = calendar_file(office, calendar(office, *YEAR)).decode().replace("\r\n ", "")
    assert not [name for name in ("Adeyemi", "Joy", "Bianchi", "Giulia", "Riservato") if name in text]
    assert "SUMMARY:Incontro: Tavolo di Rimini" in text
    assert "1. Casa\\n2. Scuola" in text


def test_whole_days_end_on_the_day_after(office: Office, add: Add) -> None:
    add("dissemination.event", title="Festa", type="conference", date="5/6/2021")
    (event,) = read(calendar_file(office, calendar(office, *YEAR)))
    assert (event.dtstart.value, event.dtend.value) == (date(2021, 6, 5), date(2021, 6, 6))


def with_address(office: Office) -> None:
    """Gives the office an address of its own."""
    settings = office.workspace.path / "intarsi.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("[workspace]\n", '[workspace]\nemail = "ufficio@comune.example.it"\n'), "utf-8")
    del office.workspace.__dict__["settings"]


def test_an_office_with_an_address_publishes_and_names_itself_as_organizer(
    office: Office, meeting: dict[str, Any]
) -> None:
    found = calendar(office, *YEAR)
    assert "method" not in vobject.readOne(calendar_file(office, found).decode()).contents
    with_address(office)
    made = vobject.readOne(calendar_file(office, found).decode())
    assert made.method.value == "PUBLISH"
    assert made.vevent.organizer.value == "mailto:ufficio@comune.example.it"
    assert made.vevent.organizer.params["CN"] == [office.workspace.partner.name]
    assert "attendee" not in made.vevent.contents  # RFC 5546, 3.2.1


def test_a_request_has_the_addresses_of_those_who_are_named_and_nobodys_name(
    office: Office, bodies: list[dict[str, Any]], operator: dict[str, Any], meeting: dict[str, Any]
) -> None:
    with_address(office)
    office.table("registry.operator").edit(operator["id"], {"email": "g.bianchi@posta.example"})
    office.table("registry.body").edit(bodies[1]["id"], {"email": "ponte@posta.example"})  # not named by the meeting
    (one,) = calendar(office, *YEAR)
    invited = guests(office, one)
    assert [(guest.name, guest.address) for guest in invited] == [
        ("Bianchi Giulia", "g.bianchi@posta.example"),
        ("Comune di Rimini", ""),
    ]
    text = calendar_file(office, [one], ["g.bianchi@posta.example"]).decode()
    made = vobject.readOne(text)
    assert (made.method.value, made.vevent.status.value) == ("REQUEST", "CONFIRMED")
    assert [guest.value for guest in made.vevent.attendee_list] == ["mailto:g.bianchi@posta.example"]
    assert made.vevent.attendee.params == {
        "ROLE": ["REQ-PARTICIPANT"], "PARTSTAT": ["NEEDS-ACTION"], "RSVP": ["TRUE"],
    }  # fmt: skip
    assert "Giulia" not in text
    office.table("governance.meeting").void(meeting["id"], "rinviato")
    (off,) = calendar(office, *YEAR)
    made = vobject.readOne(calendar_file(office, [off], ["g.bianchi@posta.example"]).decode())
    assert (made.method.value, made.vevent.status.value, made.vevent.sequence.value) == ("CANCEL", "CANCELLED", "1")


def test_families_are_never_invited(office: Office, add: Add, operator: dict[str, Any]) -> None:
    family = add("registry.household", type="mother", take_in_date="1/3/2021")
    person = add("registry.person", surname="Adeyemi", gender="F", birth_date="1/1/1990", household=family["id"])
    add(
        "cohousing.housing_meeting", date="8/6/2021", start="9", end="10", mode="group", status="planned", place="Sala", expert=operator["id"],
        attendance=[{"person": person["id"]}],
    )  # fmt: skip
    (one,) = calendar(office, *YEAR)
    names = [guest.name for guest in guests(office, one)]
    assert "Bianchi Giulia" in names
    assert not {person["pseudonym"], family["pseudonym"]} & set(names)
