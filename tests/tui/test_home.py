"""The home screen: what is due comes first, cards of plugins below it, painted at once from what was seen last."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.backup import make_backup
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui import home_state, telling
from intarsi_tui.tui.screens.deadlines import DeadlinesScreen
from intarsi_tui.tui.screens.grid import GridScreen
from intarsi_tui.tui.screens.record import RecordScreen
from intarsi_tui.tui.screens.register import RegisterScreen
from intarsi_tui.tui.screens.registers import RegistersScreen
from intarsi_tui.tui.widgets.figures import Figures
from intarsi_tui.tui.widgets.record_table import RecordTable

SHIFTS = (Path(__file__).parent / "shifts.py").read_text("utf-8")

DATED = '''
"""Books that have to come back."""
from intarsi_tui import Card, CardLine, Date, Deadline, Indicator, Plugin, Record, Text, field


class Book(Record, it="Libro", en="Book", plural=("Libri", "Books"), date="back_on", title=("name",)):
    name: Text = field(it="Titolo", en="Title", privacy="internal", in_list=True)
    back_on: Date = field(it="Da rendere", en="Due back", privacy="internal", deadline=Deadline("Farselo ridare", "Ask for it"))


def broken(office):
    raise RuntimeError("the card fails")


plugin = Plugin(
    "books", it="Libri", en="Books", records=[Book], cards=[Card("bad", "Guasta", "Broken", broken)],
    indicators=[Indicator("books", it="Libri", en="Books", count="book", target=8)],
)
'''


@pytest.fixture
def dated(workspace: Workspace) -> Iterator[Office]:
    (workspace.plugins / "books.py").write_text(DATED, "utf-8")
    (workspace.plugins / "desk.py").write_text(SHIFTS, "utf-8")
    with open_office(workspace, choose("it")) as office:
        for name, day in (("Ieri", "2021-04-11"), ("Oggi", "2021-04-14"), ("Dopo", "2021-04-16")):
            office.table("books.book").add({"name": name, "back_on": day})
        yield office


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_due_comes_first_with_signs_and_days(
    dated: Office, on: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with on(dated, *size) as (_app, _press, screen):
        lines = screen().splitlines()
        assert "Scadenze: 2 entro 30 giorni, passate 1" in lines[2]
        told = [line[2:40].split("  ")[0].strip() + "|" + line[11:26].strip() for line in lines[3:6]]
        assert told == ["▲ -3 g|Ieri: Farselo", "! oggi|Oggi: Farselo", "2 g|Dopo: Farselo"] or "▲ -3 g" in lines[3]
        assert "▲ -3 g" in lines[3]
        assert "! oggi" in lines[4]
        assert " 2 g" in lines[5]
        for words in ("Sportello scoperto", "Nessuno allo sportello", "Registri", "Indicatori", "Libri"):
            assert words in screen(), words
        assert "copia di sicurezza" in lines[-3]


async def test_lines_of_cards_lead_to_records_screens_and_lists(dated: Office, on: Callable[..., Any]) -> None:
    async with on(dated, 120, 40) as (app, press, _screen):
        home = app.screen
        home.cards.focus()
        await press("enter")
        assert isinstance(app.screen, RecordScreen)
        await press("escape", "up", "enter")
        assert isinstance(app.screen, DeadlinesScreen), "the heading leads to all deadlines"
        await press("f2", *["down"] * 10)
        at = next(index for index, one in enumerate(home._state.lines) if one.screen == "week")
        home.cards.cursor = at
        await press("enter")
        assert isinstance(app.screen, GridScreen)


async def test_a_card_that_fails_says_so_in_its_place(dated: Office, on: Callable[..., Any]) -> None:
    async with on(dated, 120, 40) as (_app, _press, screen):
        assert "! Questa scheda non funziona (RuntimeError: the card fails)" in screen()
        assert "Scadenze: 2" in screen()
    assert (dated.workspace.path / "intarsi-error.log").exists()


async def test_the_first_paint_shows_what_was_seen_last_and_is_renewed_after(
    dated: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = home_state.with_cards(dated, home_state.gather(dated))
    home_state.keep(dated, state)
    assert home_state.kept(dated) == state
    dated.table("books.book").add({"name": "Nuovo", "back_on": "2021-04-15"})
    seen: list[int] = []
    shown = Figures.show
    monkeypatch.setattr(
        Figures, "show", lambda self, *args: (seen.append(len(self.screen._state.due)), shown(self, *args))[1]
    )
    async with on(dated) as (app, _press, screen):
        assert seen[:2] == [len(state.due), len(state.due) + 1], "first the kept one, then the new one"
        assert "Nuovo" in screen()
        assert home_state.kept(dated) == state, "nothing is written while one only looks"
        await app.action_leave()
    assert len(home_state.kept(dated).due) == len(state.due) + 1, "what was seen is kept for the next start"


async def test_what_another_version_kept_is_not_shown_and_nothing_is_said_before_it_is_known(
    dated: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    dated.store.table(home_state.TABLE).insert({"user": dated.user, "lang": dated.lang, "home": {"cards": 3}})
    empty: list[str] = []
    shown = RecordTable.show
    monkeypatch.setattr(
        RecordTable, "show", lambda self, *args, **more: (empty.append(more["empty"]), shown(self, *args, **more))[1]
    )
    async with on(dated) as (_app, _press, screen):
        assert "sto leggendo …" in empty
        assert not any("scadenza" in words for words in empty[: empty.index("sto leggendo …")])
        assert "Scadenze: 2" in screen()


def test_the_state_of_the_backup_is_said(dated: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home_state.gather(dated).said == "▲ ancora nessuna copia di sicurezza"
    make_backup(dated.workspace, dated.store, thorough=False)
    time = f"{datetime(2021, 4, 14, 9, tzinfo=UTC).astimezone():%H:%M}"
    assert home_state.gather(dated).said == f"copia di sicurezza oggi {time} ✓ verificata"
    monkeypatch.setenv("INTARSI_NOW", "2021-04-15T09:00:00+00:00")
    said = home_state.gather(dated).said
    assert f"copia di sicurezza ieri {time} ✓ verificata" in said
    assert "Ieri: 3 modifiche di una persona" in said
    monkeypatch.setenv("INTARSI_NOW", "2021-04-19T09:00:00+00:00")
    assert home_state.gather(dated).said == "▲ ultima copia di sicurezza 5 giorni fa"


def test_cards_are_asked_again_only_when_something_has_changed(dated: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    state = home_state.with_cards(dated, home_state.gather(dated))
    assert home_state.with_cards(dated, home_state.gather(dated, state)) == state
    assert home_state.with_cards(dated, state) is state, "no plugin is imported for it"
    dated.table("desk.shift").add({"who": "Anna", "day": "2021-04-14"})
    changed = home_state.with_cards(dated, home_state.gather(dated, state))
    assert len(changed.cards) == len(state.cards) - 1, "somebody is at the desk today"
    monkeypatch.setenv("INTARSI_NOW", "2021-04-15T09:00:00+00:00")
    assert home_state.with_cards(dated, changed) is not changed, "another day"


async def test_overdue_deadlines_that_are_not_named_are_counted(dated: Office, on: Callable[..., Any]) -> None:
    for day in ("2021-04-08", "2021-04-09", "2021-04-10"):
        dated.table("books.book").add({"name": day, "back_on": day})
    async with on(dated) as (app, press, screen):
        assert "▲ altre già passate: 1, Invio" in screen()
        await press("shift+tab", "home", *["down"] * 4, "enter")
        assert isinstance(app.screen, DeadlinesScreen)


async def test_esc_leads_back_to_where_a_list_was_opened_from(dated: Office, on: Callable[..., Any]) -> None:
    async with on(dated) as (app, press, _screen):
        home = app.screen
        await press("enter")
        assert isinstance(app.screen, RegisterScreen)
        await press("enter", "escape", "escape")
        assert app.screen is home
        await press("f3", "enter", "escape")
        assert isinstance(app.screen, RegistersScreen), "it was opened from the list of registers"
        await press("f2", "enter", "f3", "escape")
        assert app.screen is home, "F3 led to the registers, and Esc leads home from there"


async def test_a_notice_is_gone_with_the_next_key_and_a_refusal_can_be_read_first(
    dated: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on(dated) as (app, press, screen):
        await press("Y")
        assert "intarsi indicators" in screen()
        app.tell("Rifiutato", wrong=True)
        await press("down")
        assert "intarsi indicators" not in screen()
        assert "Rifiutato" in screen()
        monkeypatch.setattr(telling, "UNREAD", -1.0)
        await press("up")
        assert "Rifiutato" not in screen()


async def test_at_80_columns_deadlines_and_indicators_are_not_cut(workspace: Workspace, on: Callable[..., Any]) -> None:
    long = DATED.replace(
        'it="Libri", en="Books", count',
        'it="Libri che devono tornare", en="Books that have to come back", short=("Libri fuori", "Books out"), count',
    )
    (workspace.plugins / "books.py").write_text(long, "utf-8")
    with open_office(workspace, choose("it")) as office:
        office.table("books.book").add({"name": "Grammatica della lingua tigrina", "back_on": "2021-04-16"})
        async with on(office) as (_app, _press, screen):
            assert "Farselo ridare: Grammatica della lingua tigrina" in screen()
            assert "Libri fuori  " in screen()


async def test_whoever_has_nothing_due_is_told_so(workspace: Workspace, on: Callable[..., Any]) -> None:
    with open_office(workspace, choose("it")) as office:
        async with on(office) as (_app, _press, screen):
            assert "Nessuna scadenza nei prossimi 30 giorni." in screen()


async def test_whoever_begins_after_the_end_of_the_project_is_told_what_that_means(
    workspace: Workspace, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(workspace, choose("it")) as office:
        async with on(office) as (app, press, screen):
            assert "Il progetto è finito" not in screen()
            monkeypatch.setenv("INTARSI_NOW", "2022-07-01T09:00:00+00:00")
            app.reload()
            await press("tab")
            told = next(line for line in screen().splitlines() if "Il progetto" in line)
            assert told.strip() == "Il progetto è finito il 30/06/2022: date successive rifiutate o con avviso."
