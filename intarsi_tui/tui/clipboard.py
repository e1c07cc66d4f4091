"""The clipboard of this computer, where there is one; over SSH the terminal has to do it; where it cannot, a file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..whole_file import rewritten

_PROGRAMS = {
    "win32": (["clip"],),
    "darwin": (["pbcopy"],),
}
_OTHERS = (["wl-copy"], ["xclip", "-selection", "clipboard"], ["xsel", "-ib"])

FILE = "copied.txt"
# Terminals cut longer sequences off, or drop them, without a word.
MOST_SENT = 50_000


def native(text: str) -> bool:
    """Puts `text` into the clipboard; whether that is known to have worked."""
    if os.environ.get("SSH_CONNECTION"):  # it would be the clipboard of the wrong computer
        return False
    for command in _PROGRAMS.get(sys.platform, _OTHERS):
        program = shutil.which(command[0])
        display = "WAYLAND_DISPLAY" if command[0] == "wl-copy" else "DISPLAY"
        if program is None or (sys.platform not in _PROGRAMS and not os.environ.get(display)):
            continue
        encoding = "utf-16" if command[0] == "clip" else "utf-8"
        try:
            done = subprocess.run(  # noqa: S603
                [program, *command[1:]], input=text.encode(encoding, "replace"), timeout=2, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return True
    return False


def terminal_takes(text: str) -> bool:
    """Whether this terminal can be believed to put `text` into its clipboard (OSC 52); no terminal says so itself."""
    name = os.environ.get("TERM_PROGRAM", "")
    deaf = os.environ.get("TERM") == "linux" or name == "Apple_Terminal" or "VTE_VERSION" in os.environ
    return not deaf and len(text) <= MOST_SENT


def to_file(text: str, folder: Path) -> Path:
    """Writes `text` into the file for that in `folder`, over what was copied before. Raises OSError."""
    folder.mkdir(exist_ok=True)
    path = folder / FILE
    rewritten(path, text.encode("utf-8", "replace").decode() + "\n")
    return path
