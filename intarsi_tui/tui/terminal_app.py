"""What both apps, the office's and the first start's, are at a terminal."""

import asyncio
import os
import signal
from collections.abc import Sequence
from typing import Any, TypeVar

from textual import events
from textual.binding import Binding
from textual.driver import Driver
from textual.filter import LineFilter
from textual.worker import WorkerFailed

from .. import person
from . import keys, themes
from .ahead import TypingAhead
from .harmless import Harmless
from .stylesheet import KeptRules

R = TypeVar("R")

# Columns and rows from which a screen has these classes; below them a sentence says so.
WIDTHS = [(0, "-tiny"), (60, "-narrow"), (110, "-wide")]
HEIGHTS = [(0, "-flat"), (16, "-usual")]
HUNG_UP, ENDED = 129, 143  # 128 and the numbers of SIGHUP and SIGTERM, as shells say it


class TerminalApp(TypingAhead[R]):
    """An app that survives what its terminal does, in our colours and with our names of keys."""

    TITLE = "intarsi"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = KeptRules(self.get_css_variables())
        self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS = WIDTHS, HEIGHTS
        self._harmless = Harmless()
        self.animation_level = "none"
        for theme in themes.ALL:
            self.register_theme(theme)

    def use_theme(self, name: str) -> None:
        """The colours called `name`; the usual ones when there are none of that name."""
        self.theme = themes.named(name)
        self.set_class(themes.plain(self), "-plain")

    def action_theme(self) -> None:
        names = [theme.name for theme in themes.ALL]
        self.use_theme(names[(names.index(self.theme) + 1) % len(names)])

    def get_line_filters(self) -> Sequence[LineFilter]:
        self._harmless.before = super().get_line_filters()
        return (self._harmless,)

    def get_key_display(self, binding: Binding) -> str:
        return keys.key_name(binding.key)

    def get_driver_class(self) -> type[Driver]:
        """On Linux and macOS a driver that takes every byte; there is none on Windows, where keys come as characters."""
        usual = super().get_driver_class()
        if usual.__module__ != "textual.drivers.linux_driver":
            return usual
        from .terminal_driver import PatientDriver

        return PatientDriver

    def run(self, *args: Any, **kwargs: Any) -> R | None:
        """Shows the app until it is left; an exception that ended it is raised once the terminal is given back."""
        result = super().run(*args, **kwargs)
        if error := self._exception:
            raise error.error if isinstance(error, WorkerFailed) else error
        return result

    def _fatal_error(self) -> None:
        """Ends without Textual's report, which shows what the variables hold, records too: whoever called `run` says it."""
        self.bell()
        self._close_messages_no_wait()

    async def on_event(self, event: events.Event) -> None:
        """In a window that is too small keys would act on what nobody sees: only leaving works."""
        leaving = ("ctrl+c", "ctrl+q", *self._keymap.get("app.quit", "f10").split(","))
        if (
            isinstance(event, (events.Key, events.Paste))
            and (self.screen.has_class("-tiny") or self.screen.has_class("-flat"))
            and getattr(event, "key", "") not in leaving
        ):
            self.bell()
            return
        await super().on_event(event)

    def take_keys(self) -> list[str]:
        """Takes the keys that this person wants; a sentence for each that cannot be, and the rest holds."""
        usable: dict[str, str] = {}
        said = [told] if (told := person.wrong()) else []
        if wanted := person.keymap():
            from .keymap import checked, known

            usable, wrong = checked(wanted, known())
            said += wrong
            self.set_keymap(usable)
        keys.use(usable)
        return said

    def hear_signals(self) -> None:
        """Has the program end in order when its terminal is closed, or when the system asks it to end."""
        if not self.is_headless and hasattr(signal, "SIGHUP"):
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, self.hung_up)
            loop.add_signal_handler(signal.SIGTERM, self.asked_to_end)

    def hung_up(self) -> None:
        """The terminal is gone, and there is nobody left to draw for."""
        os._exit(HUNG_UP)

    def asked_to_end(self) -> None:
        """The session or the computer ends: the terminal is given back as it was."""
        self.exit(return_code=ENDED)
