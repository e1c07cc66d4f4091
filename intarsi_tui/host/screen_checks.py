"""Checks of the screens and cards that a plugin declares."""

from collections.abc import Iterator, Sequence

from ..records.declaration import Declaration
from .checks import COMMAND
from .findings import finding
from .states import Finding, OnScreen


def check(
    declarations: Sequence[Declaration], screens: Sequence[OnScreen], cards: Sequence[OnScreen]
) -> Iterator[Finding]:
    """All findings about them."""
    tables = {declaration.table for declaration in declarations}
    for several in (screens, cards):
        seen: set[str] = set()
        for one in several:
            if not COMMAND.fullmatch(one.name):
                yield finding("screen_name", one.name)
            if one.name in seen:
                yield finding("two_screens", one.name)
            seen.add(one.name)
    for one in screens:
        if one.table and one.table not in tables:
            yield finding("screen_of_nothing", one.name, name=one.table.partition(".")[2])
        if one.of_one and not one.table:
            yield finding("of_one_of_nothing", one.name)
