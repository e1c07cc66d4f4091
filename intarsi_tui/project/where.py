"""Which folder is the workspace, found without importing anything: the first thing that every command asks."""

import os

from .. import person

SETTINGS = "intarsi.toml"
TRIAL = ".trial-"  # how the folder begins in which an import is tried on a copy
TRYING = ".trying"  # locked as long as one is
WINDOW = ".window-"  # how the file begins that is locked as long as an app has something half done
KEY_FILE = "intarsi.key"


def workspace_folder(given: str | None) -> str:
    """The folder named by `given`, else by `INTARSI_WORKSPACE`, else the nearest upwards with `intarsi.toml`, else the person's own office.

    "" when there is none.
    """
    named = given or os.environ.get("INTARSI_WORKSPACE")
    if named:
        path = os.path.realpath(os.path.expanduser(named))  # noqa: PTH111
        return path if _is_workspace(path) else ""
    path = os.path.realpath(os.getcwd())  # noqa: PTH109
    while not _is_workspace(path):
        path, below = os.path.dirname(path), path  # noqa: PTH120
        if path == below:
            own = str(person.read().get("office", ""))
            return own if own and _is_workspace(own) else ""
    return path


def _is_workspace(path: str) -> bool:
    return os.path.isfile(os.path.join(path, SETTINGS))  # noqa: PTH113, PTH118
