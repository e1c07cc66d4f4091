"""Checks of the screens and cards that a plugin declares."""

import re
from collections.abc import Iterator, Sequence

from ..records.declaration import Declaration
from ..records.labels import Label
from .states import Finding, OnScreen


def check(
    declarations: Sequence[Declaration], screens: Sequence[OnScreen], cards: Sequence[OnScreen]
) -> Iterator[Finding]:
    """All findings about them."""
    tables = {declaration.table for declaration in declarations}
    for several in (screens, cards):
        seen: set[str] = set()
        for one in several:
            if not re.fullmatch(r"[a-z][a-z0-9-]*", one.name):
                message = Label(
                    "il nome di una schermata o scheda è di minuscole, cifre e trattini",
                    "the name of a screen or card is lower-case letters, digits and hyphens",
                )
                yield Finding("P021", one.name, message)
            if one.name in seen:
                message = Label("due schermate o due schede con lo stesso nome", "two screens or two cards of one name")
                yield Finding("P021", one.name, message)
            seen.add(one.name)
    for one in screens:
        if one.table and one.table not in tables:
            message = Label(
                f"record=«{one.table.partition('.')[2]}» non è un registro del plugin",
                f"record=“{one.table.partition('.')[2]}” is not a register of the plugin",
            )
            yield Finding("P022", one.name, message)
        if one.of_one and not one.table:
            message = Label("of_one= senza record=: di quale registro?", "of_one= without record=: of which register?")
            yield Finding("P022", one.name, message)
