"""The program behind one browser tab; its first line of standard input says what to open, the rest is what the browser types."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual.drivers.web_driver import WebDriver

from ..cli.errors import guarded
from ..host.office import open_office
from ..i18n import choose
from ..project.workspace import Workspace
from ..store.errors import StoreError
from ..tui import app
from ..tui.screens.form_page import FormPage


class TabDriver(WebDriver):
    """Leaves the app in order when the tab is closed, and also when the server is gone."""

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():  # end of input: nobody is there any more
            self._leave()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        if packet_type == "quit":
            self._leave()
        else:
            super().on_meta(packet_type, payload)

    def _leave(self) -> None:
        assert isinstance(self._app, TabApp)
        self._app.call_later(self._app.action_leave)


class TabApp(app.IntarsiApp):
    """The app as it is in a terminal; closing a tab in the middle of a word loses nothing either."""

    # Textual looks for the style sheets beside the class that it runs.
    CSS_PATH: ClassVar[Any] = [Path(app.__file__).parent / name for name in ("app.tcss", "form.tcss")]

    def get_driver_class(self) -> Any:
        return TabDriver

    async def action_leave(self) -> None:
        for stack in self._screen_stacks.values():
            for form in stack:
                if isinstance(form, FormPage) and form.state.changes:
                    with suppress(StoreError):
                        await self.in_background(form.keep_now)
        await super().action_leave()


def _first_line() -> dict[str, str]:
    """Byte by byte: what comes after it belongs to the driver, which reads the same pipe."""
    line = bytearray()
    while (byte := os.read(0, 1)) not in (b"\n", b""):
        line += byte
    opening: dict[str, str] = json.loads(line)
    return opening


def _run() -> None:
    opening = _first_line()
    lang = choose(opening["lang"])
    workspace = Workspace(Path(opening["workspace"]), lambda path, tries: _words(opening, path, tries))
    with open_office(workspace, lang) as office:
        TabApp(office).run(mouse=True)


def _words(opening: dict[str, str], path: Path, tries: int) -> str:
    if tries or not opening["words"]:  # changed since the server asked
        raise StoreError("wrong_passphrase", path)
    return opening["words"]


if __name__ == "__main__":
    sys.exit(guarded(_run, lambda: ""))
