"""What is painted, and what need not be done for it."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.strip import Strip

from intarsi_tui.host.office import Office

SCREENS: dict[str, list[str]] = {
    "home": [],
    "list": ["f3", "enter"],
    "list without its bar": ["f3", "enter", "slash", "'atala 1"],
    "list with its bar again": ["f3", "enter", "slash", "'atala 1", "escape"],
    "form": ["f3", "enter", "n"],
    "picker": ["f3", "enter", "n", "tab", "enter"],
}


def texts(strips: list[Strip]) -> list[Any]:
    return [[(text, style) for text, style, _control in strip.simplify()] for strip in strips]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_only_what_is_in_front_is_drawn_and_nothing_looks_otherwise(
    on: Callable[..., Any], filled: Office, keys: list[str], size: tuple[int, int]
) -> None:
    async with on(filled, *size) as (app, press, _screen):
        await press(*keys)
        compositor = app.screen._compositor
        whole = Compositor._render_chops(compositor, compositor.size.region, lambda _y: True)
        assert texts(compositor.render_strips()) == texts([Strip.join(line.values()) for line in whole])


async def test_other_colours_hold_on_screens_that_were_seen_before(on: Callable[..., Any], filled: Office) -> None:
    async with on(filled) as (app, press, _screen):
        await press("f3", "f2")
        before = app.screen.rich_style.bgcolor
        await press("ctrl+t")
        while app.current_theme.dark:
            await press("ctrl+t")
        home = app.screen.rich_style.bgcolor
        await press("f3")
        assert app.screen.rich_style.bgcolor == home != before
        await press("f7")
        assert app.screen.rich_style.bgcolor == home


def test_the_first_screen_waits_for_no_form() -> None:
    code = "import sys; from intarsi_tui.tui import app; print(*sys.modules)"
    known = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "intarsi_tui.tui.screens.home" in known
    assert not {"intarsi_tui.tui.screens.form", "intarsi_tui.tui.screens.register", "textual.widgets._text_area"} & {
        *known
    }
