"""Deflate: zlib-ng where it is installed, and bytes packed before it is known what will stand in front of them."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from .errors import SheetError

LIMIT = 0xFFFFFFFE
"""What a zip without 64-bit fields can say of a size."""

_CHUNK = 1 << 18
# In memory up to here: most fills never touch the disk twice.
_MEMORY = 1 << 20
_POLYNOMIAL = 0xEDB88320


@cache
def _library() -> tuple[Any, int]:
    """The deflate to use and its level: on rows, zlib's 5 takes half the time of 6 for 1 % more bytes, and zlib-ng's 3 two
    thirds of its 4 for 14 % more."""
    try:
        from zlib_ng import zlib_ng
    except ImportError:
        return zlib, 5
    return zlib_ng, 3


class Packer:
    """Deflates pieces one after the other into a file, counting sizes and the checksum."""

    def __init__(self, file: IO[bytes]) -> None:
        library, level = _library()
        self._file = file
        self._deflate = library.compressobj(level, zlib.DEFLATED, -15)
        self._crc32 = library.crc32
        self.size = self.packed = self.crc = 0

    def write(self, data: bytes) -> None:
        self.crc = self._crc32(data, self.crc)
        self.size += len(data)
        self._put(self._deflate.compress(data))

    def join(self, spool: Spool) -> None:
        """Put in bytes that are packed already."""
        # A full flush ends on a whole byte, and nothing after it looks back past it.
        self._put(self._deflate.flush(zlib.Z_FULL_FLUSH))
        self.crc = joined_crc(self.crc, spool.crc, spool.size)
        self.size += spool.size
        for piece in spool.pieces():
            self._put(piece)

    def finish(self, mode: int = zlib.Z_FINISH) -> None:
        self._put(self._deflate.flush(mode))

    def _put(self, data: bytes) -> None:
        self.packed += len(data)
        if self.packed > LIMIT or self.size > LIMIT:
            raise SheetError("too_large_to_write")
        self._file.write(data)


class Spool:
    """Bytes packed into a nameless temporary file, in the folder of the result: the rows are nobody else's to see.

    Raises:
        SheetError: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = tempfile.SpooledTemporaryFile(_MEMORY, "w+b", dir=str(folder))  # noqa: SIM115 (closed by close)
        self._packer = Packer(self._file)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def size(self) -> int:
        return self._packer.size

    @property
    def crc(self) -> int:
        return self._packer.crc

    def write(self, data: bytes) -> None:
        with self._told():
            self._packer.write(data)

    def finish(self) -> None:
        with self._told():
            self._packer.finish(zlib.Z_SYNC_FLUSH)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SheetError("cannot_write", file=str(self._folder), reason=error.strerror or "") from None

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        while piece := self._file.read(_CHUNK):
            yield piece


Content = bytes | Iterable[bytes | Spool]
"""A part: its bytes, or pieces of it in their order."""


def pack(file: IO[bytes], content: Content) -> Packer:
    """Write a part's packed bytes; the packer returned knows the sizes."""
    packer = Packer(file)
    for piece in (content,) if isinstance(content, bytes) else content:
        if isinstance(piece, Spool):
            packer.join(piece)
        else:
            packer.write(piece)
    packer.finish()
    return packer


def joined_crc(first: int, second: int, size: int) -> int:
    """The checksum of two byte strings one after the other, from those of both and the second one's size."""
    # Appending n zero bytes multiplies by x**8n in the checksum's own arithmetic.
    factor, power = 1 << 31, 1 << 23
    while size:
        if size & 1:
            factor = _product(factor, power)
        power = _product(power, power)
        size >>= 1
    return _product(factor, first) ^ second


def _product(a: int, b: int) -> int:
    """Two polynomials multiplied modulo the checksum's own; bit 31 is the constant term."""
    result = 0
    for bit in range(31, -1, -1):
        if a >> bit & 1:
            result ^= b
        b = b >> 1 ^ (_POLYNOMIAL if b & 1 else 0)
    return result
