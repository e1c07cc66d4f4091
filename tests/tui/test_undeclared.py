"""A register whose plugin is not there: its records are read, and nothing else."""

from collections.abc import Callable
from typing import Any

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.tui.screens.form import FormScreen


async def test_records_of_a_missing_plugin_are_listed_and_shown_but_not_written(
    filled: Office, on: Callable[..., Any]
) -> None:
    (filled.workspace.plugins / "bicycles.py").unlink()
    with open_office(filled.workspace, "it") as office:
        before = office.store.version()
        async with on(office, 120, 30) as (app, press, screen):
            assert "Loan (sola lettura)" in screen()
            await press("down", "enter")
            assert "Atala 29" in screen()
            for key in "n", "e", "o", "d":
                await press(key)
                assert "sola" in screen() or "solo leggere" in screen()
                assert not isinstance(app.screen, FormScreen)
            await press("enter")
            assert "Atala 29" in screen()
            await press("e")
            assert not isinstance(app.screen, FormScreen)
        assert office.store.version() == before


async def test_what_was_done_last_in_a_register_whose_plugin_is_gone_is_still_told(
    filled: Office, on: Callable[..., Any]
) -> None:
    (filled.workspace.plugins / "bicycles.py").unlink()
    with open_office(filled.workspace, "it") as office:
        async with on(office, 120, 40) as (_app, _press, screen):
            assert "Ultime modifiche" in screen()
            assert ": Loan " in screen()
            assert "[list.new]" not in screen()
