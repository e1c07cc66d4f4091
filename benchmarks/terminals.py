"""A program at a pseudo-terminal, for `app.py`: what a key costs it in CPU, in bytes, and in time. Linux only."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ENTER, ESC, DOWN, END, PAGE_DOWN = "\r", "\x1b", "\x1b[B", "\x1b[F", "\x1b[6~"
F2, F3 = "\x1bOQ", "\x1bOR"
QUIET = 0.2  # seconds without a byte after which a program has drawn what it had to draw
CALM = 0.01  # seconds of CPU in half a second of a program that only waits
LONGEST = 20  # seconds for which a program that never rests (a cursor that blinks) is listened to
MS = 1000
# A terminal answers some questions; a program that waits for the answer would be measured waiting.
ANSWERS = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R"}


class Cost(NamedTuple):
    """What a key cost: CPU of the program in ms, bytes it sent, ms until the first byte of the answer and the last."""

    cpu: float
    sent: int
    first: float
    last: float


class Terminal:
    """A running program, and every byte that it draws."""

    def __init__(
        self, command: Sequence[object], width: int = 120, height: int = 40, env: dict[str, str] | None = None
    ) -> None:
        self._main, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        around = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self._process = subprocess.Popen(
            [str(part) for part in command], stdin=other, stdout=other, stderr=other, env=around, start_new_session=True
        )
        os.close(other)

    @property
    def cpu(self) -> float:
        """ms of CPU of the whole process so far: the clock that clock_getcpuclockid(3) gives for its id."""
        return time.clock_gettime((~self._process.pid << 3) | 2) * MS

    @property
    def memory(self) -> float:
        """MB of memory in use."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1000

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._main], [], [], seconds)[0]:
            return b""
        try:
            drawn = os.read(self._main, 1 << 16)
        except OSError:  # it ended
            return b""
        for question, answer in ANSWERS.items():
            if question in drawn:
                os.write(self._main, answer)
        return drawn

    def until(self, words: str, seconds: float = 120) -> bytes:
        """What it draws until `words` are in it. Raises TimeoutError."""
        drawn, end = b"", time.monotonic() + seconds
        while words.encode() not in drawn:
            if time.monotonic() > end or self._process.poll() is not None:
                raise TimeoutError(f"no {words!r} in {drawn[-800:]!r}")
            drawn += self._read(0.05)
        return drawn

    def rest(self, seconds: float = QUIET) -> bytes:
        """What it draws until it has been silent for `seconds`."""
        drawn, end = b"", time.monotonic() + LONGEST
        while (more := self._read(seconds)) and time.monotonic() < end:
            drawn += more
        return drawn

    def calm(self) -> None:
        """Waits until it does nothing: what goes on behind the screen after a start is not the cost of a key."""
        end, before = time.monotonic() + LONGEST, 0.0
        while self.cpu - before > CALM * MS and time.monotonic() < end:
            before = self.cpu
            self.rest(0.5)

    def press(self, key: str, quiet: float = QUIET, patience: float = 3) -> Cost:
        """Presses a key and waits for its answer, then for silence; a silent key is waited for `patience` seconds."""
        before, began = self.cpu, time.monotonic()
        os.write(self._main, key.encode())
        first = last = 0.0
        sent, end = 0, began + patience
        while drawn := self._read(quiet if sent else max(0.0, end - time.monotonic())):
            last = (time.monotonic() - began) * MS
            first, sent = first or last, sent + len(drawn)
            if last > LONGEST * MS:
                break
        return Cost(self.cpu - before, sent, first, last)

    def close(self) -> None:
        """Ends the program, whatever it does."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._main)
