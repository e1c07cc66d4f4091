"""What a plugin brings to the screen, declared: screens of its own and cards of the home screen. Imports no Textual."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .records.labels import Label, both


@dataclass(frozen=True)
class PluginScreen:
    """A screen that a plugin brings: in the palette, under the plugin's registers (F3), and in the list of its register.

    Parameters:
        name: identifier, unique in its plugin: lower-case letters, digits and hyphens.
        it, en: its title.
        opens: a `Grid` class; or a function that is given the open office and the record it is about (`None` without
            one) and answers with any `textual.screen.Screen`. Import Textual inside it: help and lists do without it.
        record: record of the plugin in whose list it stands, such as `course`; "" for none.
        of_one: it is about one record of that register, the one under the cursor; elsewhere a person is asked for it.
        command: what `intarsi PLUGIN NAME` does, in Italian and English: it prints the grid, and `Y` copies it. None for
            a screen that has no such command.
        also: other words by which the palette finds it, in Italian and English.
    """

    name: str
    it: str
    en: str
    opens: Callable[[Any, Mapping[str, Any] | None], Any]
    record: str = ""
    of_one: bool = False
    command: tuple[str, str] | None = None
    also: tuple[str, str] = ("", "")

    @property
    def label(self) -> Label:
        return both((self.it, self.en))


@dataclass(frozen=True)
class CardLine:
    """One line of a card.

    Parameters:
        text: what is to be known; data, never markup.
        left: days until it is due, negative when it is overdue; `None` for what has no day.
        table, uid: where Enter leads: to that register's list, or to one of its records.
        screen: a screen of the same plugin where Enter leads instead; `uid` is then the record it is about.
    """

    text: str
    left: int | None = None
    table: str = ""
    uid: str = ""
    screen: str = ""


@dataclass(frozen=True)
class Card:
    """A card of the home screen.

    Parameters:
        name: identifier, unique in its plugin.
        it, en: its heading.
        lines: given the open office, yields its lines, the most urgent first. It is asked in the background, and what
            it said last is shown until it has answered; a card without lines is not shown.
    """

    name: str
    it: str
    en: str
    lines: Callable[[Any], Iterable[CardLine]]

    @property
    def label(self) -> Label:
        return both((self.it, self.en))
