"""One calendar over all plugins."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

from intarsi_tui.diary.calendar import calendar, of_record
from intarsi_tui.diary.ics import calendar_file
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace

from .conftest import Add

JUNE = date(2021, 6, 1), date(2021, 6, 30)

# The example of the guide.
OPEN_DAYS = '''"""Open days of the office."""
from intarsi_tui import Calendar, Date, Deadline, Plugin, Record, Text, field


class OpenDay(Record, it="Giornata aperta", en="Open day", date="first", calendar=Calendar(until="last", place=("place",))):
    name: Text = field(it="Titolo", en="Title", privacy="public")
    first: Date = field(it="Dal", en="From", privacy="public", deadline=Deadline("Stampare la locandina", "Print the poster", days=-14))
    last: Date | None = field(it="Al", en="To", privacy="public")
    place: Text | None = field(it="Luogo", en="Place", privacy="public")


plugin = Plugin("opendays", it="Giornate", en="Open days", records=[OpenDay])
'''


def test_a_meeting_and_a_session_stand_in_one_calendar(
    office: Office, add: Add, meeting: dict[str, Any], operator: dict[str, Any]
) -> None:
    course = add("training.course", code="FORM-01", title="Casa")
    add(
        "training.session",
        course=course["id"],
        date="10/6/2021",
        start="14",
        end="16",
        trainers=[operator["id"]],
        topic="Leggi",
    )
    first, second = calendar(office, *JUNE)
    assert (first.title, first.day, first.start, first.who) == (
        "Lezione: Leggi",
        date(2021, 6, 10),
        time(14),
        "Bianchi Giulia",
    )
    assert (second.title, second.place, second.status) == ("Incontro: Tavolo di Rimini", "Sala 1; piano, 2", "bozza")
    assert not calendar(office, date(2021, 6, 11), date(2021, 6, 23))


def test_the_calendar_can_be_that_of_one_body_or_register(
    office: Office, add: Add, meeting: dict[str, Any], bodies: list[dict[str, Any]]
) -> None:
    assert calendar(office, *JUNE, concerning=[bodies[0]["id"]])
    assert not calendar(office, *JUNE, concerning=[bodies[1]["id"]])
    assert not calendar(office, *JUNE, registers=["training.session"])


def test_the_patrons_day_of_the_partners_town_is_marked(office: Office, add: Add, meeting: dict[str, Any]) -> None:
    assert calendar(office, *JUNE)[0].holiday == ""
    office.table("governance.meeting").edit(meeting["id"], {"partner": "unione-savio"})
    assert "San Giovanni" in calendar(office, *JUNE)[0].holiday


def test_what_is_void_or_called_off_is_marked(office: Office, add: Add, meeting: dict[str, Any]) -> None:
    office.table("governance.meeting").void(meeting["id"], "rinviato")
    course = add("training.course", code="FORM-01", title="Casa")
    add("training.session", course=course["id"], date="10/6/2021", start="14", end="16", status="cancelled")
    assert [one.off for one in calendar(office, *JUNE)] == [True, True]


def test_a_partners_own_register_is_in_the_calendar_too(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path]
) -> None:
    drop_plugin("opendays", OPEN_DAYS)
    with open_office(workspace, "en") as office:
        doc = (
            office.table("opendays.open_day")
            .add({"name": "Doors", "first": "30/5/2021", "last": "2/6/2021", "place": "Rimini"})
            .doc
        )
        (found,) = calendar(office, *JUNE)
        assert (found.day, found.last, found.start, found.place) == (
            date(2021, 5, 30),
            date(2021, 6, 2),
            None,
            "Rimini",
        )
        assert of_record(office, "opendays.open_day", doc) == found


def test_a_session_without_a_topic_is_called_by_its_course_and_number(office: Office, add: Add) -> None:
    course = add("training.course", code="FORM-01", title="Casa")
    session = add("training.session", course=course["id"], date="10/6/2021", start="14", end="16")
    assert [one.title for one in calendar(office, *JUNE)] == ["Lezione: FORM-01"]
    number = office.table("training.session").confirm(session["id"]).doc["number"]
    found = calendar(office, *JUNE)
    assert [one.title for one in found] == [f"Lezione: FORM-01 {number}"]
    assert f"SUMMARY:Lezione {number}: FORM-01\r\n".encode() in calendar_file(office, found)


def test_no_appointment_is_called_by_a_piece_of_its_identifier(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path]
) -> None:
    nameless = OPEN_DAYS.replace('date="first",', 'date="first", title=("first",),')
    drop_plugin("opendays", nameless)
    with open_office(workspace, "it") as office:
        office.table("opendays.open_day").add({"name": "Porte aperte", "first": "10/6/2021"})
        (one,) = calendar(office, *JUNE)
        assert one.title == "Giornata aperta: 10/06/2021"
