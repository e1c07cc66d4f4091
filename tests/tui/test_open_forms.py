"""A form that was left by a function key: it is said that it waits, and where."""

from collections.abc import Callable
from typing import Any

from intarsi_tui.host.office import Office
from intarsi_tui.tui import drafts

LOANS = "bicycles.loan"


async def test_the_line_of_modes_marks_where_a_form_waits_until_it_is_closed(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        app.open_register(LOANS)
        await press("home", "n")
        assert "●F" not in screen()
        await press("'Graziella", "f2")
        assert "●F3Registr" in screen().splitlines()[-1]
        assert screen().splitlines()[-1].rstrip().endswith("F10Esci")
        assert "resta aperta: F3 ci riporta" in screen()
        await press("f3")
        assert "Graziella" in screen()
        assert "●F" not in screen()
        await press("escape", "f2")
        assert "●F" not in screen()
        assert "resta aperta" not in screen()


async def test_a_form_that_waits_is_kept_when_the_program_is_left(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        app.open_register(LOANS)
        await press("home", "n", "'Graziella", "f2", "f10")
    [kept] = drafts.all_kept(filled)
    assert kept.values["bicycle"] == "Graziella"
    async with on(filled) as (app, press, screen):
        await press("f2", "r")
        assert "Graziella" in screen()
