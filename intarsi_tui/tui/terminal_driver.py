"""A terminal that does not speak UTF-8, or that is gone: neither ends the program with an error, nor keeps it busy for ever."""

import codecs
import os
import selectors
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

AS_WINDOWS = "intarsi-as-windows"
PIECE = 4096
TICK = 0.1  # seconds after which a lone Esc is one


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is read as Windows wrote it; bytes that mean nothing there either are shown as such."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(AS_WINDOWS, _as_windows)


class _Output:
    """What the writing thread writes to. Textual's would end with the first error, and the app wait for it when its queue is full."""

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._file, self._gone = file, gone
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._gone()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._gone()


class PatientDriver(LinuxDriver):
    """Textual's own driver, but for what comes from outside.

    Its decoder raises on the first byte that is no UTF-8. A line that breaks (ssh, a closed window) usually sends SIGHUP;
    where that is ignored or the terminal is not the program's own, all there is to see is the end of the input, which
    Textual would read again and again.
    """

    def __init__(self, app: Any, **more: Any) -> None:
        super().__init__(app, **more)
        changed: Any = self
        # Textual draws on stderr, which somebody may have sent into a file.
        screen: Any = changed._file if changed._file.isatty() else sys.__stdout__
        changed._file = _Output(screen, self._hang_up)

    def _hang_up(self) -> None:
        """Tells the app, from any thread, that there is no terminal any more."""
        with suppress(RuntimeError):  # it has ended by now
            self._loop.call_soon_threadsafe(self._app.hung_up)  # type: ignore[attr-defined]

    def run_input_thread(self) -> None:
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")(errors=AS_WINDOWS).decode
        with selectors.SelectSelector() as waiting:
            waiting.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if waiting.select(TICK):
                    try:
                        read = os.read(self.fileno, PIECE)
                    except BlockingIOError:  # another program at the same terminal has taken it
                        continue
                    except OSError:
                        read = b""
                    if not read:
                        self._hang_up()
                        return
                    for event in parser.feed(decode(read)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        with suppress(EOFError, ParseError):
            list(parser.feed(""))
