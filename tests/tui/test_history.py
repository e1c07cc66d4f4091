"""The history on screen: all of it, down to the first change, and what `/` finds in it."""

from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.host.changes import AT_ONCE, Seeker
from intarsi_tui.host.office import Office
from intarsi_tui.tui.history import going
from intarsi_tui.tui.screens.history import HistoryScreen

LOANS, HOUSEHOLDS = "bicycles.loan", "bicycles.household"


@pytest.fixture
def much_changed(office: Office) -> Office:
    """The first change and two thousand after it: more than is read at once."""
    office.table(HOUSEHOLDS).add({"name": "Prima di tutti", "language": "tigrino"})
    office.table(HOUSEHOLDS).insert_multiple({"name": f"Nucleo {number}"} for number in range(AT_ONCE))
    return office


async def test_the_first_change_of_all_is_reached(much_changed: Office, on: Callable[..., Any]) -> None:
    async with on(much_changed) as (app, press, screen):
        await press("f7")
        assert "2.001" in screen().splitlines()[0]
        await press("end")
        table = app.screen.query_one("RecordTable")
        assert (table.cursor, app.screen.at_cursor.seq) == (AT_ONCE, 1)
        await press("enter")
        assert "Prima di tutti" in screen()


async def test_the_filter_finds_who_what_register_record_and_the_words_of_a_change(
    filled: Office, on: Callable[..., Any]
) -> None:
    uid = filled.table(LOANS).page(search="atala 29")[0]["id"]
    filled.store.user = "g.bianchi"
    filled.table(LOANS).edit(uid, {"kind": "cargo", "notes": "Freni da rifare"})
    filled.store.user = "m.rossi"
    found = {
        "g.bianchi": 1, "carico freni": 1, "cargo": 1, "confermato": 1, "nuclei": 3, "modificato prestiti": 1, "tigrinya": 3,
        "14/4/2021 bianchi": 1, "atala 29": 3, "zzz": 0,
    }  # fmt: skip
    async with on(filled) as (app, press, screen):
        await press("f7")
        for typed, count in found.items():
            await press("slash", f"'{typed}")
            assert f"{count} di 35" in screen().splitlines()[0], (typed, screen())
            await press("enter", "Y")
            assert app.clipboard.startswith("intarsi history --search ")
            await press("escape")
            assert screen().splitlines()[0].rstrip().endswith(" 35")
            assert isinstance(app.screen, HistoryScreen)


async def test_what_others_do_meanwhile_comes_in_and_the_cursor_stays_on_its_change(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, _screen):
        await press("f7", "down", "down")
        before = app.screen.at_cursor
        filled.table(HOUSEHOLDS).add({"name": "Nuova"})
        app.screen.reload()
        await press("f1", "escape")
        assert app.screen.at_cursor == before
        await press("home")
        assert "Nuova" in str(app.screen.at_cursor.fields)


def test_a_link_is_found_by_what_it_leads_to_is_called(filled: Office) -> None:
    """Ten loans of each of three households, and the household itself."""
    found = [place for _seen, piece in Seeker(filled, "tesfay").pieces() for place in piece]
    assert len(found) == 11


async def test_a_value_that_was_there_before_is_found_in_the_change_that_took_it_away(
    filled: Office, on: Callable[..., Any]
) -> None:
    uid = filled.table(LOANS).page(search="atala 29")[0]["id"]
    filled.table(LOANS).edit(uid, {"bicycle": "Rossignoli", "notes": "Freni da rifare"})
    filled.table(LOANS).edit(uid, {"notes": "Freni rifatti"})
    filled.table(LOANS).edit(uid, {"bicycle": "Wilier", "notes": None})
    found = {
        "atala 29": ["add", "add", "edit"], "rossignoli": ["edit", "edit"], "da rifare": ["edit", "edit"], "rossignoli wilier": ["edit", "edit"],
        "rifatti rossignoli": ["edit"], "atala rossignoli": ["edit"],
    }  # fmt: skip
    async with on(filled, 160, 30) as (app, press, _screen):
        await press("f7")
        for typed, labels in found.items():
            await press("slash", f"'{typed}")
            rows = app.screen.query_one("RecordTable").rows
            assert [rows.at(index).label for index in reversed(range(len(rows)))] == labels, typed
            assert rows.places == sorted(rows.places, reverse=True)
            await press("escape")


def test_undoing_and_redoing_much_is_told_in_words_of_their_own(office: Office) -> None:
    told = [going(again=again).format(done="3", total="5") for again in (False, True)]
    assert told == ["sto disfacendo: 3 di 5", "ripristino: 3 di 5"]


async def test_what_is_added_and_confirmed_at_once_is_one_change_and_one_step_back(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled, 120, 40) as (_app, press, screen):
        await press("enter", "n", "'Legnano", "tab", "'tes", "enter", "tab", "'1/4/2021")
        await press("tab", "tab", "tab", "'città", "enter", "ctrl+o")
        assert "Confermato con il numero 2021/0002" in screen()
        await press("f7")
        assert "aggiunto e confermato" in screen().splitlines()[3]
        assert screen().count("Legnano") == 1
        await press("f3", "home", "down", "e", "end", "'o", "ctrl+o", "f7")
        assert "modificato e confermato" in screen().splitlines()[3]
        assert "Stato" not in screen().splitlines()[3], "the words say it"
        await press("down", "u", "tab", "enter")
        assert "aggiunto e confermato" in screen().splitlines()[-4]
    one = filled.table(LOANS).page(search="legnano")[0]
    assert (one["state"], one["number"]) == ("void", "2021/0002"), "a number that was given stays given"
    assert filled.store.verify().findings == []
