"""How the screens look, at 80×24 and 120×40, on a fixed day. `pytest --snapshot-update` takes new pictures, which somebody looks at."""

from typing import Any

import pytest

from intarsi_tui.host.office import Office
from intarsi_tui.tui.app import IntarsiApp
from intarsi_tui.tui.screens.register import RegisterScreen

from .quiet import rest

SIZES = [(80, 24), (120, 40)]
SCREENS: dict[str, list[str]] = {
    "list": ["f3", "enter"],
    "list, marked and filtered": ["f3", "enter", "slash", "t", "e", "s", "enter", "space", "space"],
    "columns": ["f3", "enter", "c"],
    "form with errors": ["f3", "enter", "n", "tab", "tab", "3", "5", "tab", "ctrl+s"],
    "picker": ["f3", "enter", "n", "tab", "enter"],
    "registers": ["f3"],
}


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
def test_the_screen_looks_as_it_did(filled: Office, snap_compare: Any, keys: list[str], size: tuple[int, int]) -> None:
    async def quiet(pilot: Any) -> None:
        await rest(pilot.app)
        for key in keys:
            await pilot.press(key)
            await rest(pilot.app)
        pilot.app.clear_notifications()
        if isinstance(pilot.app.screen, RegisterScreen):
            pilot.app.screen.show_record()  # not after a rest, which is a matter of time
        await pilot.pause()

    assert snap_compare(IntarsiApp(filled), terminal_size=size, run_before=quiet)
