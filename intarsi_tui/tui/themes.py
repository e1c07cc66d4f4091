"""Colours: dark, light, high contrast. No meaning is carried by a colour alone."""

import os
from typing import Any

from textual.app import App
from textual.theme import Theme

ALL = [
    Theme(
        "intarsi-dark", primary="#5fafd7", secondary="#87afaf", accent="#d7af5f", warning="#d7af5f", error="#ff8787",
        success="#87d787", foreground="#e4e4e4", background="#1c1c1c", surface="#262626", panel="#303030",
        variables={"scrollbar": "#4f86a3", "scrollbar-hover": "#5fafd7"},
    ),
    Theme(
        "intarsi-light", primary="#005f87", secondary="#456b6b", accent="#875f00", warning="#875f00", error="#af0000",
        success="#005f00", foreground="#1c1c1c", background="#ffffff", surface="#f5f5f5", panel="#e4e4e4", dark=False,
        variables={"scrollbar": "#4a839c", "scrollbar-hover": "#005f87"},
    ),
    Theme(
        "intarsi-contrast", primary="#ffff00", secondary="#ffffff", accent="#ffff00", warning="#ffff00", error="#ffffff",
        success="#ffffff", foreground="#ffffff", background="#000000", surface="#000000", panel="#000000",
        variables={"text-muted": "#ffffff", "scrollbar": "#b2b200", "scrollbar-hover": "#ffff00"},
    ),
]  # fmt: skip


def named(name: str) -> str:
    """`name`, or the usual colours when there are none of that name."""
    return name if any(theme.name == name for theme in ALL) else ALL[0].name


def plain(app: App[Any]) -> bool:
    """Whether shades next to each other look the same: 16 colours, none, or high contrast, which has no shades."""
    few = app.console.color_system not in ("256", "truecolor")
    return few or bool(os.environ.get("NO_COLOR")) or app.theme == "intarsi-contrast"
