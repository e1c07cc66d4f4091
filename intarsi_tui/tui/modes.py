"""The screens that are imported when they are first gone to, or once the first one was painted: half of all the modules."""

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.screen import Screen

# What most people open next, with all that it stands on.
NEXT = ("registers", "register", "form")


def lazily(module: str, name: str) -> Callable[[], Screen[Any]]:
    """Makes the screen `name` of `screens/MODULE.py`."""

    def make() -> Screen[Any]:
        screen: Screen[Any] = getattr(_imported(module), name)()
        return screen

    return make


def import_others() -> None:
    """Imports what is likely to be gone to, so that opening it costs no more than showing it."""
    for module in NEXT:
        _imported(module)


def import_all() -> None:
    """Imports every module of the app."""
    package = import_module(__package__)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)


def _imported(module: str) -> Any:
    return import_module(f".screens.{module}", __package__)
