"""What is painted, and what need not be done for it."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.strip import Strip

from intarsi_tui.grid import GridColumn, GridRow, GridView
from intarsi_tui.host.office import Office
from intarsi_tui.tui.widgets.grid_table import GridTable

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


def looks(node: DOMNode) -> Any:
    parts = {name: {**styles.base._rules} for name, styles in node._component_styles.items()}
    return {**node.styles.base._rules}, parts, node._has_hover_style


def assert_looks_are_those_of_the_rules(app: App[Any]) -> None:
    """What is kept of an earlier match is what all rules, matched anew, give."""
    for node in app.screen.walk_children(with_self=True):
        kept = looks(node)
        Stylesheet.apply(app.stylesheet, node)
        assert kept == looks(node), node


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
        assert_looks_are_those_of_the_rules(app)


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
        assert_looks_are_those_of_the_rules(app)
        await press("f7")
        assert app.screen.rich_style.bgcolor == home


def test_the_first_screen_waits_for_no_form() -> None:
    code = "import sys; from intarsi_tui.tui import app; print(*sys.modules)"
    known = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "intarsi_tui.tui.screens.home" in known
    assert not {"intarsi_tui.tui.screens.form", "intarsi_tui.tui.screens.register", "textual.widgets._text_area"} & {
        *known
    }


async def test_a_step_in_a_grid_paints_what_it_changes_and_not_the_whole_of_it() -> None:
    columns = [GridColumn("who", "Chi", 20, "left"), *(GridColumn(f"d{n}", f"{n} mar", mark=True) for n in range(40))]
    rows = [GridRow(f"r{n}", [f"Persona {n}", *"pa" * 20], "heading" if n == 3 else "") for n in range(60)]

    class Sheet(App[None]):
        def compose(self) -> ComposeResult:
            yield GridTable()

    async with Sheet().run_test(size=(80, 24)) as pilot:
        table = pilot.app.query_one(GridTable)

        def cells() -> set[tuple[int, int, str, Any]]:
            lines = [
                (y, [(char, style) for text, style, _ in table.render_line(y) for char in text]) for y in range(24)
            ]
            return {(x, y, *seen) for y, line in lines for x, seen in enumerate(line)}

        table.show(GridView(columns, rows))
        for row, column, most in ((0, 1, 40), (0, 3, 40), (1, 3, 170), (3, 4, 180), (2, 2, 180)):
            await pilot.pause()
            table._dirty_regions.clear()
            before = cells()
            table.move_to(row, column)
            asked = {(x, y) for one in table._dirty_regions for x in one.column_range for y in one.line_range}
            changed = {(x, y) for x, y, _char, _style in before ^ cells()}
            assert changed
            assert changed <= asked
            assert len(asked) <= most
