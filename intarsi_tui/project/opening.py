"""An attached file opened with the system's own program: a read-only copy under its own name, never the kept file."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from .attachments import Attachments
from .file_names import clean_name, must_not_run

PREFIX = "intarsi-opened-"
# A copy may hold personal data; a day later nobody has it open any more.
KEPT_FOR = 24 * 3600


def open_copy(files: Attachments, value: str) -> tuple[Path, bool]:
    """Copies the file of `sha256:…/name` into a new private folder and has the system open it.

    Returns:
        The copy, and whether a program was started: not without a display, or where the system has none.

    Raises:
        ProjectError: the file is missing, changed, a program, or there is no room for the copy.
    """
    name = value[72:]
    must_not_run(name)  # what came by import or from another office was never asked when it was attached
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))  # for this user alone
    copy = folder / clean_name(name)
    try:
        files.copy(value, copy)
        copy.chmod(0o400)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy, started(copy)


def started(path: Path) -> bool:
    """Whether the system began to open a file or a folder with its own program."""
    if sys.platform == "win32":
        with suppress(OSError):  # no program for files of this kind
            os.startfile(path)  # noqa: S606
            return True
        return False
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    # Without a display xdg-open takes the terminal for a text browser.
    seen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if program is None or not seen:
        return False
    try:
        process = subprocess.Popen(  # noqa: S603
            [program, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    threading.Thread(target=process.wait, daemon=True).start()  # some systems keep it as long as the viewer is open
    return True


def _sweep() -> None:
    """Removes the copies of other days. Those of other users the system keeps for them, and links are not followed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_mtime < time.time() - KEPT_FOR:
                if os.name == "nt":  # which removes nothing that is read-only
                    for copy in folder.iterdir():
                        copy.chmod(0o600)
                shutil.rmtree(folder)
