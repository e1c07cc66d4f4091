"""What the app says in passing, and what it puts into the clipboard."""

import shlex
from time import time

from textual import events
from textual.notifications import SeverityLevel

from ..host.office import Office
from . import clipboard
from .terminal_app import TerminalApp
from .texts import _, one_line

# Seconds for which a refusal stays whatever is typed: who types fast would never have seen it.
UNREAD = 1.0


class Telling(TerminalApp[int]):
    """Notices that are gone with the next key or click, and copying."""

    office: Office

    async def on_event(self, event: events.Event) -> None:
        if self._notifications and isinstance(event, (events.Key, events.Paste, events.MouseDown)):
            self._clear_read()
        await super().on_event(event)

    def _clear_read(self) -> None:
        """Takes the notices away before they lie over what is done next."""
        late = time() - UNREAD
        read = [one for one in self._notifications if one.severity != "error" or one.raised_at < late]
        for one in read:
            self._unnotify(one, refresh=one is read[-1])

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """A short notice that goes away by itself."""
        severity: SeverityLevel = "error" if wrong else "information"
        self.notify(one_line(text), markup=False, severity=severity, timeout=8 if wrong else 4)

    def copy(self, text: str, told: str = "") -> None:
        """Puts `text` into the clipboard and says how, calling it `told`; into a file where there is none."""
        if not self.is_web and clipboard.native(text):
            self.tell(_("Copied: {text}").format(text=told or text))
        elif self.is_web or clipboard.terminal_takes(text):
            self.copy_to_clipboard(text)
            self.tell(_("Sent to the terminal's clipboard: {text}").format(text=told or text))
        else:
            try:
                path = clipboard.to_file(text, self.office.workspace.exports)
            except OSError as error:
                self.tell(_("Not copied: {reason}").format(reason=error.strerror or error), wrong=True)
            else:
                self.tell(_("No clipboard here; it is in the file {path}").format(path=path))

    def copy_command(self, *words: str) -> None:
        """Copies the command that does the same as the screen."""
        self.copy(" ".join(["intarsi", *map(shlex.quote, words)]))
