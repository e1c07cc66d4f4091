"""Files copied so that a power cut leaves either all of them or none, and so that each copy is known to be right."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from .errors import ProjectError

PIECE = 1 << 20


class Unreadable(OSError):
    """A file that was to be copied is gone, or its disk gives an error."""


def copied(source: Path, target: Path) -> str:
    """Copies a file of any size to the disk itself, reads it again, and returns its SHA-256.

    Raises:
        Unreadable: the fault is the source's.
        ProjectError: `bad_copy`, what was read again is not what was written.
    """
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as writing:
        for piece in _pieces(source):
            digest.update(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    if digest_of(target) != digest.hexdigest():
        raise ProjectError("bad_copy", target)
    return digest.hexdigest()


def _pieces(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except OSError as error:
        raise Unreadable(error.errno, error.strerror, str(source)) from error


def written(text: str, target: Path) -> None:
    """Writes a text file to the disk itself."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def linked(source: Path, target: Path) -> None:
    """A second name for a file that nobody changes any more; a copy where the disk has no such names."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        copied(source, target)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def appear(part: Path, target: Path) -> None:
    """Gives a finished folder its name, for good."""
    for folder, _names, _files in os.walk(part):
        synced(Path(folder))
    part.replace(target)
    synced(target.parent)


def synced(folder: Path) -> None:
    """Brings the names in a folder to the disk; Windows does so itself and cannot open folders."""
    if os.name != "nt":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
