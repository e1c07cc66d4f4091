"""Few colours, none, other colours, a slow line: the program stays readable and quiet."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from textual.color import Color

from intarsi_tui.host.office import Office
from intarsi_tui.tui import themes

from .pseudo_terminal import DOWN, ENTER, F3, UP, Pty

BARS = set(" ▁▂▃▄▅▆▇█")
COLOURS = re.compile(r"\x1b\[([\d;]*)m")


def colours(terminal: Pty) -> set[str]:
    """The colours and styles in which the first screens are drawn."""
    drawn = terminal.until("Indicatori") + b"".join(terminal.press(key) for key in (F3, ENTER, DOWN))
    return set(COLOURS.findall(drawn.decode()))


def test_over_ssh_a_key_costs_less_than_600_bytes(filled: Office, at_pty: Callable[..., Pty]) -> None:
    terminal = at_pty(filled)
    terminal.until("Indicatori")
    terminal.reach(F3, "Nuclei")
    terminal.reach(ENTER, "Atala")
    costs = [len(terminal.press(key)) for key in (DOWN, DOWN, UP, DOWN, "\x1b[C", DOWN)]
    assert min(costs) > 0
    assert max(costs) < 600, costs
    assert terminal.rest(1.5) == b"", "nothing is sent while nobody types"


def test_no_color_leaves_greys_only(filled: Office, at_pty: Callable[..., Pty]) -> None:
    found = colours(at_pty(filled, NO_COLOR="1"))
    shades = {shade for one in found for shade in re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", one)}
    assert len(shades) > 3
    assert all(len(set(shade)) == 1 for shade in shades)


def test_sixteen_colours_are_enough_and_text_never_has_the_colour_of_its_ground(
    filled: Office, at_pty: Callable[..., Pty]
) -> None:
    found = colours(at_pty(filled, TERM="xterm", COLORTERM=""))
    assert not [one for one in found if "8;2;" in one or "8;5;" in one]
    for one in found:
        codes = [int(code) for code in one.split(";") if code]
        ink = {code % 10 + (8 if code >= 90 else 0) for code in codes if 30 <= code < 38 or 90 <= code < 98}
        ground = {code % 10 + (8 if code >= 100 else 0) for code in codes if 40 <= code < 48 or 100 <= code < 108}
        assert not ink & ground, one


@pytest.mark.parametrize("number", range(len(themes.ALL)))
async def test_every_text_stands_out_from_its_ground(filled: Office, on: Callable[..., Any], number: int) -> None:
    """WCAG: 4.5 to 1, and 7 to 1 in the theme for high contrast; 3 to 1 for what is no text, as scroll bars."""
    wanted = 7.0 if "contrast" in themes.ALL[number].name else 4.5
    async with on(filled, 120, 40) as (app, press, _screen):
        await press(*["ctrl+t"] * number)
        low: dict[str, float] = {}
        for keys in (
            [],
            ["f3"],
            ["enter"],
            ["n", "'x", "tab", "tab", "'30/2", "tab", "ctrl+s"],
            ["f8"],
            ["f7"],
            ["f6"],
            ["f9"],
            ["f4"],
            ["f5"],
            ["d"],
            ["ctrl+p"],
            ["escape", "f1"],
            ["escape", "f3", "escape", "f3", "escape", "enter"],
            ["slash"],
            ["'zzz"],
            ["escape", "escape", "d"],
            ["escape", "c"],
            ["escape", "n", "pagedown", "space"],
        ):
            await press(*keys)
            window = next(iter(app.screen.query("#window")), app.screen).region  # the page behind a window is dimmed
            for strip in app.screen._compositor.render_strips()[window.y : window.bottom]:
                for text, style, _control in strip.crop(window.x, window.right):
                    if text.strip() and style and style.color and style.bgcolor:
                        ink, ground = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
                        least = 3.0 if set(text) <= BARS else wanted
                        if (ratio := contrast(ink, ground)) < least:
                            low[text.strip()] = round(ratio, 1)
        assert not low, sorted((ratio, text[:30]) for text, ratio in low.items())


async def test_the_smallest_window_still_has_all_modes(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled, 60, 16) as (_app, _press, screen):
        modes = screen().splitlines()[-1]
        assert re.findall(r"F\d+", modes) == [f"F{number}" for number in range(2, 11)]


def contrast(one: Color, other: Color) -> float:
    """How much lighter the lighter colour is, from 1 to 21, as WCAG counts it."""

    def light(color: Color) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


async def test_no_notice_lies_over_the_word_that_the_window_is_too_small(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled, 50, 12) as (app, press, screen):
        app.tell("Vignola " * 30, wrong=True)
        await press("f2")
        assert "almeno 60 colonne" in " ".join(screen().split())
        assert "Vignola" not in screen()
