"""Copies of the database that something is tried on: each in a folder of its own, and gone even when the program was killed.

Who tries something shares a lock on an empty file (`.trying`), which every system takes back from a program that ends, however it
does. Whoever gets that lock alone knows that nobody uses any of the copies that lie there.
"""

import errno
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..store.errors import StoreError
from .locks import locked
from .where import TRIAL, TRYING
from .workspace import Workspace


@contextmanager
def trial_folder(workspace: Workspace) -> Iterator[Path]:
    """An empty folder in the workspace, since what comes into it is as confidential; it goes with the end.

    Raises:
        StoreError: read_only, disk_full and the like.
    """
    # A transaction that has read something shares the lock until it ends.
    with closing(locked(workspace.path / TRYING, "BEGIN", "SELECT count(*) FROM sqlite_master")):
        try:
            made = TemporaryDirectory(prefix=TRIAL, dir=workspace.path, ignore_cleanup_errors=True)
        except OSError as error:
            code = "disk_full" if error.errno == errno.ENOSPC else "read_only"
            raise StoreError(code, workspace.path) from error
        with made as folder:
            yield Path(folder)


def clear(workspace: Workspace) -> bool:
    """Removes what killed programs left; False when a copy is still there, such as one that somebody works on."""
    if left := list(workspace.path.glob(f"{TRIAL}*")):
        try:
            with closing(locked(workspace.path / TRYING, "PRAGMA busy_timeout = 0", "BEGIN EXCLUSIVE")):
                for folder in left:
                    shutil.rmtree(folder, ignore_errors=True)
        except StoreError:
            return False
    return not any(folder.exists() for folder in left)
