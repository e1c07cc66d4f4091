"""The pages of a SQLite file as they are after the last commit, read without SQLite, however damaged the file is.

The format is that of sqlite.org/fileformat2.html. Nothing is written, and nothing here raises for a damaged file.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import ciphered

PAGE = 4096  # SQLite's own choice, when the header does not say
WAL_MAGIC = (0x377F0682, 0x377F0683)


@dataclass(frozen=True)
class Pages:
    """A file in pages.

    Attributes:
        pages: by their number, from 1; those that the log beside the file has are the newer ones.
        doubtful: pages of the log whose checksum is wrong: some of their rows may be right.
        size: bytes of a page.
        short: the file is shorter than it was.
    """

    pages: dict[int, bytes]
    doubtful: list[bytes]
    size: int
    short: bool


def read_pages(path: Path, key: bytes | None = None) -> Pages:
    """The pages of the database at `path` and the log beside it; none when there is no file.

    Parameters:
        key: of an encrypted one.
    """
    data, log = (_bytes(one) for one in (path, path.with_name(path.name + "-wal")))
    size = int.from_bytes(data[16:18], "big") if data.startswith(b"SQLite format 3\0") else 0
    if not size and len(log) > 12:
        size = int.from_bytes(log[8:12], "big")
    size = 65536 if size == 1 else size
    if size not in (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536):
        size = PAGE
    pages = {number + 1: data[at : at + size] for number, at in enumerate(range(0, len(data), size))}
    newer, doubtful = _newer_pages(log, size)
    pages |= newer
    if key is not None:
        pages = {number: ciphered.deciphered(page, key, first=number == 1) for number, page in pages.items()}
        doubtful = [ciphered.deciphered(page, key) for page in doubtful]
    known = int.from_bytes(pages.get(1, b"")[28:32], "big")
    return Pages(pages, doubtful, size, known > max(pages, default=0) or not data)


def _bytes(path: Path) -> bytes:
    """The content, zeros where the disk gives nothing any more."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            try:
                return file.read()
            except OSError:
                return b"".join(_piece(file, at) for at in range(0, size, PAGE))
    except OSError:
        return b""


def _piece(file: Any, at: int) -> bytes:
    try:
        file.seek(at)
        return bytes(file.read(PAGE))
    except OSError:
        return b"\0" * PAGE


def _newer_pages(log: bytes, size: int) -> tuple[dict[int, bytes], list[bytes]]:
    """The pages that commits left in the log, and those whose checksum is wrong: some of their rows may be right."""
    pages: dict[int, bytes] = {}
    doubtful: list[bytes] = []
    if len(log) < 32 or int.from_bytes(log[:4], "big") not in WAL_MAGIC:
        return pages, doubtful
    order = ">" if log[3] & 1 else "<"
    salts, before = log[16:24], struct.unpack(">II", log[24:32])
    frames = [log[at : at + 24 + size] for at in range(32, len(log) - 23 - size, 24 + size)]
    frames = [frame for frame in frames if frame[8:16] == salts]
    ends = [number for number, frame in enumerate(frames) if frame[4:8] != b"\0\0\0\0"]
    for frame in frames[: ends[-1] + 1] if ends else ():
        stored = struct.unpack(">II", frame[16:24])
        if _checksum(frame[:8] + frame[24:], before, order) == stored:
            pages[int.from_bytes(frame[:4], "big")] = frame[24:]
        else:
            doubtful.append(frame[24:])
        before = stored
    return pages, doubtful


def _checksum(data: bytes, before: tuple[int, ...], order: str) -> tuple[int, int]:
    first, second = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
