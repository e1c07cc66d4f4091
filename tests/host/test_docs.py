"""The plugin guide says everything that the code has."""

import re
from collections.abc import Callable
from pathlib import Path

import pluggy

from intarsi_tui import hookspecs
from intarsi_tui.records.types import __dict__ as kinds

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "plugins.md").read_text("utf-8")


def test_every_hook_has_a_heading() -> None:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    hooks = [name for name in vars(hookspecs) if name.startswith("intarsi_")]
    assert hooks
    for name in hooks:
        assert f"### {name}\n" in GUIDE


def test_every_finding_is_explained_and_every_explained_one_exists() -> None:
    code = "".join(
        (ROOT / "intarsi_tui" / "host" / name).read_text("utf-8")
        for name in ("checks.py", "screen_checks.py", "asked_tables.py")
    )
    assert set(re.findall(r'"(P\d{3})"', code)) == set(re.findall(r"^\| (P\d{3})", GUIDE, re.MULTILINE))


def test_every_kind_that_authors_can_annotate_is_in_the_table() -> None:
    for name, value in kinds.items():
        if hasattr(value, "__metadata__") and name != "Moment":
            assert f"`{name}" in GUIDE, name


def test_the_guides_plugin_is_the_one_that_the_tests_load(drop_plugin: Callable[[str], Path]) -> None:
    assert drop_plugin("bicycles").read_text("utf-8") in GUIDE


def test_the_guides_open_days_are_those_of_the_calendars_tests() -> None:
    assert (ROOT / "tests" / "diary" / "test_calendar.py").read_text("utf-8").split("OPEN_DAYS = '''")[1].split("'''")[
        0
    ] in GUIDE


def test_the_guides_screen_and_card_are_those_that_the_screens_tests_use() -> None:
    assert (ROOT / "tests" / "tui" / "shifts.py").read_text("utf-8") in GUIDE
