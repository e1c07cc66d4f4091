"""A file that is replaced as a whole or not at all, also by a power cut: written beside it, synced, put in its place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Gives a file beside `path` to write to, and puts it in the place of `path` when that went well.

    Parameters:
        mode: who may read it, as for `os.open`.

    Raises:
        OSError: it cannot be written; `path` is as it was.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode))
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        if error.filename == str(part):  # the person knows the file by its own name
            error.filename = str(path)
        raise
    finally:
        part.unlink(missing_ok=True)


def rewritten(path: Path, text: str, mode: int = 0o666) -> None:
    """Puts `text` in the place of what the file says. Raises OSError as `replacing` does."""
    with replacing(path, mode) as part:
        part.write_text(text, "utf-8", newline="\n")
