"""The clipboard of this computer, where there is one; over SSH the terminal has to do it."""

import os
import shutil
import subprocess
import sys

_PROGRAMS = {
    "win32": (["clip"],),
    "darwin": (["pbcopy"],),
}
_OTHERS = (["wl-copy"], ["xclip", "-selection", "clipboard"], ["xsel", "-ib"])


def native(text: str) -> bool:
    """Puts `text` into the clipboard; whether that is known to have worked."""
    if os.environ.get("SSH_CONNECTION"):  # it would be the clipboard of the wrong computer
        return False
    for command in _PROGRAMS.get(sys.platform, _OTHERS):
        program = shutil.which(command[0])
        if program is None or (
            command[0] != "wl-copy" and sys.platform not in _PROGRAMS and not os.environ.get("DISPLAY")
        ):
            continue
        encoding = "utf-16" if command[0] == "clip" else "utf-8"
        try:
            done = subprocess.run([program, *command[1:]], input=text.encode(encoding), timeout=2, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return True
    return False
