"""The contract between the shell and its plugins, in the order of a program's life. Read this first.

Most plugins never write a hook: a `Plugin` object answers these from its own lists. A plugin that needs more implements
hooks itself (`from intarsi_tui import hookimpl`). Each implementation is called on its own, so that one exception loses
one plugin's answer.
"""

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from .on_screen import Card, PluginScreen
    from .plugin import Action, Indicator
    from .records.record import Record

PROJECT = "intarsi"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def intarsi_records() -> "list[type[Record]]":  # type: ignore[empty-body]
    """The registers that the plugin brings. Called once, when the plugin is loaded; no workspace is open yet."""


@hookspec
def intarsi_indicators() -> "list[Indicator]":  # type: ignore[empty-body]
    """The counts per period that the plugin brings to the home screen and `intarsi indicators`. Called once, at loading."""


@hookspec
def intarsi_actions() -> "list[Action]":  # type: ignore[empty-body]
    """What the plugin does or works out over whole registers: its commands beside the registers. Called once, at loading."""


@hookspec
def intarsi_screens() -> "list[PluginScreen]":  # type: ignore[empty-body]
    """The screens that the plugin brings to the app; what they are made of is imported when one opens. Called once, at loading."""


@hookspec
def intarsi_cards() -> "list[Card]":  # type: ignore[empty-body]
    """The cards that the plugin brings to the home screen. Called once, at loading."""
