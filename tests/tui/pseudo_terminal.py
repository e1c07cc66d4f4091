"""The real program at a pseudo-terminal of which every byte is read."""

import os
import select
import struct
import subprocess
import sys
import time
from typing import Any

import pytest

from intarsi_tui.host.office import Office

ENTER, ESC, UP, DOWN, PAGE_DOWN = "\r", "\x1b", "\x1b[A", "\x1b[B", "\x1b[6~"
F2, F3, F4, F6, F7, F8, F10 = "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[21~"


class Pty:
    """The program at a pseudo-terminal of which every byte is read."""

    def __init__(self, office: Office, width: int, height: int, env: dict[str, str]) -> None:
        fcntl, pty, termios = map(pytest.importorskip, ("fcntl", "pty", "termios"))  # Windows has none of them
        self._main, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        command = [sys.executable, "-m", "intarsi_tui", "-w", str(office.workspace.path), "--lang", "it"]
        own, silent = env.pop("OWN_TERMINAL", "yes") == "yes", env.pop("ERRORS", "yes") == "no"
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
        self.process = subprocess.Popen(
            command, stdin=other, stdout=other, stderr=subprocess.DEVNULL if silent else other,
            env=env, start_new_session=True,
            # Its own terminal, as a window gives it: when the line breaks, the program is told. Under `setsid` it is not.
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if own else None,
        )  # fmt: skip
        os.close(other)

    def rest(self, seconds: float = 0.15) -> bytes:
        """What it draws until it has been silent for `seconds`."""
        drawn = b""
        while select.select([self._main], [], [], seconds)[0]:
            try:
                drawn += os.read(self._main, 1 << 16)
            except OSError:  # it ended
                break
        return drawn

    def until(self, words: str) -> bytes:
        drawn, end = b"", time.monotonic() + 20
        while words.encode() not in drawn:
            assert time.monotonic() < end, drawn[-2000:]
            drawn += self.rest(0.05)
        return drawn + self.rest()

    def press(self, key: str) -> bytes:
        """What a key makes it draw."""
        os.write(self._main, key.encode())
        return self.rest(0.4) if key == ESC else self.rest()

    def modes(self) -> list[Any]:
        """How the terminal takes keys: by lines and with their echo, or one by one."""
        import termios

        return termios.tcgetattr(self._main)

    def reach(self, key: str, words: str) -> bytes:
        """What a key makes it draw until `words` are there; a screen that is gone to for the first time is imported first."""
        os.write(self._main, key.encode())
        return self.until(words)

    def hang_up(self) -> int:
        """Closes the line, as a terminal window that is closed; the exit code of the program."""
        os.close(self._main)
        self._main = -1
        return self.process.wait(30)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        if self._main >= 0:
            os.close(self._main)
