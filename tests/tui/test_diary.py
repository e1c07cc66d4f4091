"""Deadlines and calendar: what is there, in the order of days, and the way to the record."""

import asyncio
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from intarsi_tui.host.office import Office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui.screens.calendar import CalendarScreen
from intarsi_tui.tui.screens.deadlines import DeadlinesScreen
from intarsi_tui.tui.screens.record import RecordScreen

VISITS = '''
"""Visits to flats."""
from intarsi_tui import Calendar, Choice, Date, Deadline, Plugin, Record, Text, Time, field


class Visit(Record, it="Visita", en="Visit", title=("flat",), date="day", calendar=Calendar(start="start", place=("flat",))):
    flat: Text = field(it="Alloggio", en="Flat", privacy="internal")
    day: Date = field(it="Giorno", en="Day", privacy="internal", deadline=Deadline("Scrivere il verbale", "Write the report", days=7))
    start: Time | None = field(it="Ora", en="Hour", privacy="internal")


plugin = Plugin("visits", it="Visite", en="Visits", records=[Visit])
'''


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    (workspace.plugins / "visits.py").write_text(VISITS, "utf-8")
    return workspace


@pytest.fixture
def visited(office: Office) -> Office:
    """Visits of 26 March, whose report is overdue on 14 April, of 9 April and of 4 May; one that was called off."""
    for flat, day in (("RN-03", "4/5/2021"), ("RN-01", "26/3/2021"), ("RN-02", "9/4/2021")):
        office.table("visits.visit").add({"flat": flat, "day": day, "start": "9:30"})
    gone = office.table("visits.visit").add({"flat": "RN-09", "day": "10/4/2021"}).doc["id"]
    office.table("visits.visit").void(gone, "rinviata")
    return office


async def test_deadlines_stand_by_day_with_overdue_ones_in_words_and_open_their_record(
    visited: Office, on: Callable[..., Any]
) -> None:
    async with on(visited) as (app, press, screen):
        assert "Scadenze: 2 entro 30 giorni, passate 1" in screen()
        await press("d")
        assert "già scadute: 1, entro 90 giorni: 2" in screen().splitlines()[0]
        lines = [line[2:] for line in screen().splitlines() if "Scrivere il verbale" in line]
        assert [line.split("  ")[1].strip() for line in lines] == ["! 12 giorni fa", "fra 2 giorni", "fra 27 giorni"]
        await press("down", "enter")
        assert isinstance(app.screen, RecordScreen)
        assert "RN-02" in screen()
        await press("escape", "Y")
        assert app.clipboard == "intarsi deadlines --days 90"


async def test_the_calendar_shows_a_month_and_goes_back_and_forward(visited: Office, on: Callable[..., Any]) -> None:
    async with on(visited) as (app, press, screen):
        await press("f5")
        assert "Calendario 04/2021" in screen()
        assert "09/04  09:30        RN-02 · Visita" in screen()
        assert "annullato" in next(line for line in screen().splitlines() if "RN-09" in line)
        await press("pageup")
        assert "26/03  09:30        RN-01 · Visita" in screen()
        await press("pagedown", "pagedown", "enter")
        assert isinstance(app.screen, RecordScreen)
        assert "RN-03" in screen()
        await press("escape", "Y")
        assert app.clipboard == "intarsi calendar --from 01/05/2021 --to 31/05/2021"
        await press("pagedown")
        assert "non c'è nessun appuntamento" in screen()


async def test_the_calendar_is_gone_through_by_days_and_weeks_over_the_ends_of_months(
    visited: Office, on: Callable[..., Any]
) -> None:
    for flat in ("RN-04", "RN-05"):
        visited.table("visits.visit").add({"flat": flat, "day": "9/4/2021", "start": "15:00"})
    async with on(visited) as (_app, press, screen):

        def here() -> str:
            lines = screen().splitlines()
            return next((line[2:20] for line in lines if line.startswith("▌")), lines[0])

        await press("f5")
        assert "→ Appuntamenti dopo" in screen()
        for key, wanted in (
            ("home", "ven 09/04  09:30"), ("right", "sab 10/04"), ("left", "ven 09/04  09:30"), ("left", "ven 26/03"),
            ("right", "ven 09/04  09:30"), ("ctrl+left", "ven 26/03"), ("ctrl+right", "ven 09/04"), ("right", "sab 10/04"), ("right", "mar 04/05"),
            ("ctrl+left", "sab 10/04"), ("ctrl+left", "ven 26/03"), ("t", "ven 09/04"), ("pagedown", "mar 04/05"),
            ("right", "06/2021"), ("right", "07/2021"), ("left", "06/2021"), ("left", "mar 04/05"), ("pageup", "09/04"),
        ):  # fmt: skip
            await press(key)
            assert wanted in here(), key


async def test_in_80_columns_the_reports_keep_their_place_in_the_line_of_modes(
    visited: Office, on: Callable[..., Any]
) -> None:
    async with on(visited) as (_app, _press, screen):
        assert all(f"F{number}" in screen().splitlines()[-1] for number in (2, 3, 4, 5, 6, 10))


async def test_the_deadlines_are_reached_from_calendar_and_palette_and_lead_back(
    visited: Office, on: Callable[..., Any]
) -> None:
    async with on(visited) as (app, press, screen):
        await press("f5", "d")
        assert isinstance(app.screen, DeadlinesScreen)
        await press("c")
        assert isinstance(app.screen, CalendarScreen)
        await press("f3", "ctrl+p", "'scadenze", "enter")
        assert isinstance(app.screen, DeadlinesScreen)
        assert "Scadenze" in screen().splitlines()[0]


async def test_the_calendar_of_the_deadlines_leads_back_to_them_one_step_at_a_time(
    visited: Office, on: Callable[..., Any]
) -> None:
    async with on(visited) as (app, press, screen):
        await press("f2", "d", "c", "pagedown", "pagedown")
        assert "Calendario 06/2021" in screen()
        assert "t Oggi" in screen()
        assert "PgGiù Mese dopo" in screen()
        await press("t")
        assert "Calendario 04/2021" in screen()
        await press("escape")
        assert isinstance(app.screen, DeadlinesScreen)
        await press("escape")
        assert app.current_mode == "home"


async def test_deadlines_are_filtered_in_place_by_what_their_lines_show(
    visited: Office, on: Callable[..., Any]
) -> None:
    async with on(visited) as (app, press, screen):
        await press("d", "slash", "'rn-03 verbale")
        assert "1 di 3" in screen().splitlines()[0]
        assert "RN-02" not in screen()
        await press("enter", "enter")
        assert isinstance(app.screen, RecordScreen)
        assert "RN-03" in screen()
        await press("escape", "slash", "'zzz")
        assert "Niente corrisponde a «zzz»" in screen()
        await press("escape")
        assert "entro 90 giorni: 2" in screen().splitlines()[0]
        assert "RN-02" in screen()
        await press("slash", "'2021")
        assert "/ 2021" in screen()
        assert isinstance(app.screen, DeadlinesScreen)


async def test_what_takes_long_to_read_is_said_and_keys_work_meanwhile(visited: Office, on: Callable[..., Any]) -> None:
    async with on(visited) as (app, press, screen):
        await press("d")
        held, page, begun = Event(), app.screen, Event()

        def slowly() -> str:
            begun.set()
            held.wait(20)
            return "letto"

        said: list[str] = []
        page.read_slowly(slowly, lambda answer: said.append(answer))
        await asyncio.to_thread(begun.wait, 20)
        while "sto leggendo" not in screen():
            await asyncio.sleep(0)
        app.screen.query_one("RecordTable").action_move(1)
        assert app.screen.query_one("RecordTable").cursor == 1
        held.set()
        await press("down")
        assert said == ["letto"]
        assert "sto leggendo" not in screen()
