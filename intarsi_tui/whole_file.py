"""A file that is replaced as a whole or not at all, also by a power cut: written beside it, synced, put in its place."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What an office lives on. Beside them, and in its exports, people may write: many stand in its folder while they work.
OFFICE = "intarsi.toml"
OWN_FILES = (OFFICE, "intarsi.key", "intarsi.db")  # the last with -wal, -shm and whatever else a database has beside it
OWN_FOLDERS = ("attachments", "plugins", "reference", "backups")
WORDS = {
    "it": "l'ufficio vive di quello che c'è qui, e non viene sostituito: scegliere un altro posto, per esempio la cartella exports",
    "en": "the office lives on what is here, and it is not replaced: choose another place, such as the folder exports",
}


class OfficeFile(PermissionError):
    """A file of the office itself, named as the place for something else."""

    def __init__(self, path: Path) -> None:
        from .i18n import language

        super().__init__(errno.EPERM, WORDS["it" if language() == "it" else "en"], str(path))


def refuse_own(path: Path) -> None:
    """Lets pass only what is none of the files and folders that an office lives on, whichever office it is. Raises OfficeFile."""
    real = path.resolve()
    for folder in real.parents:
        first = real.relative_to(folder).parts[0].casefold()
        own = first in (*OWN_FILES, *OWN_FOLDERS) or first.startswith(f"{OWN_FILES[-1]}-")
        own = own or (first == "templates" and real.exists())  # a map or a workbook may be added
        if own and (folder / OFFICE).is_file():
            raise OfficeFile(path)


@contextmanager
def replacing(path: Path, mode: int = 0o666, *, own: bool = False) -> Iterator[Path]:
    """Gives a file beside `path` to write to, and puts it in the place of `path` when that went well.

    A link is followed. What is no file, such as a pipe, has nothing beside it and is given itself.

    Parameters:
        mode: who may read it, as for `os.open`.
        own: the program replaces what is its own: an office's files are refused otherwise.

    Raises:
        OfficeFile: it is what an office lives on.
        OSError: it cannot be written; `path` is as it was.
    """
    if not own:
        refuse_own(path)
    if path.exists() and not (path.is_file() or path.is_dir()):
        yield path
        return
    target = path.resolve() if path.is_symlink() else path
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode))
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        if error.filename == str(part):  # the person knows the file by its own name
            error.filename = str(path)
        raise
    finally:
        part.unlink(missing_ok=True)


def rewritten(path: Path, text: str, mode: int = 0o666) -> None:
    """Puts `text` in the place of what a file of the program's own says. Raises OSError as `replacing` does."""
    with replacing(path, mode, own=True) as part:
        part.write_text(text, "utf-8", newline="\n")
