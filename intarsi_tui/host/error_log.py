"""The log of unexpected errors: where they came from, never what they quote."""

import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from .. import __version__


def logged(error: BaseException, folder: str) -> Path | None:
    """Adds an error to `intarsi-error.log` in `folder`, else where temporary files go; the file, `None` if neither can be written."""
    # The message of an error may quote what a record holds, and the log lies in the clear: where it came from is enough.
    came = "".join(traceback.format_tb(error.__traceback__))
    name = getattr(error, "sqlite_errorname", "")  # SQLITE_BUSY and the like quote nothing
    entry = f"{datetime.now():%Y-%m-%d %H:%M:%S} intarsi {__version__}\n{came}{type(error).__qualname__} {name}\n\n"
    for place in filter(None, (folder, tempfile.gettempdir())):
        path = Path(place) / "intarsi-error.log"
        try:
            with path.open("a", encoding="utf-8") as file:
                file.write(entry)
        except OSError:
            continue
        return path
    return None
