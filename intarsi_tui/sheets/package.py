"""The zip layer: the central directory read as it is, parts inflated under limits, names and targets kept inside."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from .errors import SheetError

# A sheet of 100,000 rows by 12 columns is about 50 MB of XML. Real sheets of empty styled cells reach ratios near
# 200; deflate itself ends at 1,032, which is where bombs live.
PART_LIMIT = 128 * 1024 * 1024
TOTAL_LIMIT = 512 * 1024 * 1024
RATIO_LIMIT = 250
RATIO_FREE = 8 * 1024 * 1024

_CHUNK = 1 << 16
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
ZIP64 = 0x0001


@dataclass(slots=True)
class Entry:
    """One member of the zip, with its central directory record kept to the byte."""

    name: str
    raw_name: bytes
    record: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


class Package:
    """A workbook's zip, open for reading; parts are found by name whatever the case.

    Raises:
        SheetError: the file is missing, not a zip, cut off, encrypted, an old .xls, or has clashing names.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        try:
            self._file: BinaryIO = Path(path).open("rb")  # noqa: SIM115 (closed by close)
        except FileNotFoundError:
            raise SheetError("missing_file", file=self.path) from None
        except OSError as error:
            raise SheetError("unreadable_file", file=self.path, reason=error.strerror or "") from None
        self._inflated = 0
        try:
            self.entries = self._directory()
            self._by_name = self._index()
        except SheetError as error:
            error.file = self.path
            self.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def find(self, name: str) -> str | None:
        """The part's name as the package spells it, or None."""
        entry = self._by_name.get(name.lower())
        return entry.name if entry else None

    def entry(self, name: str) -> Entry:
        try:
            return self._by_name[name.lower()]
        except KeyError:
            raise SheetError("missing_part", file=self.path, part=name) from None

    def read(self, name: str) -> bytes:
        """The inflated part.

        Raises:
            SheetError: no such part, damaged, or larger than the limits allow.
        """
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated part piece by piece, counted against the limits while it inflates."""
        entry = self.entry(name)
        try:
            yield from self._inflate(entry)
        except SheetError as error:
            error.file, error.part = self.path, entry.name
            raise

    def raw(self, entry: Entry) -> Iterator[bytes]:
        """Local header, packed data and data descriptor exactly as they stand in the file."""
        start, _ = self._data_start(entry)
        end = start + entry.packed
        if entry.flags & 8:
            self._file.seek(end)
            found = self._file.read(24)
            # The signature is optional, and streaming writers use 8-byte sizes for small parts too.
            start = 4 if found[:4] == b"PK\x07\x08" else 0
            wide = found[start + 4 : start + 20] == struct.pack("<2Q", entry.packed, entry.size)
            end += start + (20 if wide else 12)
        self._file.seek(entry.offset)
        left = end - entry.offset
        while left:
            piece = self._file.read(min(left, _CHUNK))
            if not piece:
                raise SheetError("truncated", file=self.path, part=entry.name)
            left -= len(piece)
            yield piece

    def local_extra(self, entry: Entry) -> bytes:
        return self._data_start(entry)[1]

    def _data_start(self, entry: Entry) -> tuple[int, bytes]:
        self._file.seek(entry.offset)
        head = self._file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            raise SheetError("truncated", file=self.path, part=entry.name)
        name_size, extra_size = struct.unpack_from("<2H", head, 26)
        extra = self._file.read(name_size + extra_size)[name_size:]
        return entry.offset + _LOCAL.size + name_size + extra_size, extra

    def _inflate(self, entry: Entry) -> Iterator[bytes]:
        if entry.flags & 1:
            raise SheetError("encrypted_zip")
        if entry.method not in (0, 8):
            raise SheetError("bad_compression", method=entry.method)
        self._check(entry, entry.size)
        start, _ = self._data_start(entry)
        self._file.seek(start)
        inflate = zlib.decompressobj(-15) if entry.method == 8 else None
        position, left, size, crc = start, entry.packed, 0, 0
        pending = b""
        while True:
            if not pending:
                self._file.seek(position)
                pending = self._file.read(min(left, _CHUNK))
                position += len(pending)
                left -= len(pending)
                if not pending:
                    break
            if inflate is None:
                piece, pending = pending, b""
            else:
                try:
                    piece = inflate.decompress(pending, 1 << 20)
                except zlib.error:
                    raise SheetError("damaged_part") from None
                pending = inflate.unconsumed_tail
                if inflate.eof:
                    pending, left = b"", 0
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            self._inflated += len(piece)
            self._check(entry, size)
            if piece:
                yield piece
        if size != entry.size or crc != entry.crc:
            raise SheetError("damaged_part")

    def _check(self, entry: Entry, size: int) -> None:
        if size > PART_LIMIT or self._inflated > TOTAL_LIMIT:
            raise SheetError("too_large", limit=PART_LIMIT // 2**20)
        if size > RATIO_FREE and size > RATIO_LIMIT * entry.packed:
            raise SheetError("too_large", limit=PART_LIMIT // 2**20)

    def _index(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if found.setdefault(entry.name.lower(), entry) is not entry:
                raise SheetError("duplicate_part", name=entry.name)
        return found

    def _directory(self) -> list[Entry]:
        size = os.fstat(self._file.fileno()).st_size
        head = self._file.read(8)
        if head == _OLE:
            raise SheetError("encrypted" if self._has_stream("EncryptedPackage") else "old_xls")
        at = self._end_record(size)
        if at is None:
            raise SheetError("truncated" if head[:2] == b"PK" else "not_a_zip")
        count, length, offset, at = self._bounds(at)
        # Bytes put before the zip (self-extracting stubs) shift every offset by the same amount.
        shift = at - length - offset
        if shift < 0:
            raise SheetError("truncated")
        self._file.seek(offset + shift)
        data = self._file.read(length)
        entries: list[Entry] = []
        position = 0
        for _ in range(count):
            entry, position = self._record(data, position, shift, size)
            entries.append(entry)
        return entries

    def _end_record(self, size: int) -> int | None:
        tail_size = min(size, 65_535 + _END.size)
        self._file.seek(size - tail_size)
        tail = self._file.read(tail_size)
        at = tail.rfind(b"PK\x05\x06")
        return size - tail_size + at if at >= 0 and len(tail) - at >= _END.size else None

    def _bounds(self, at: int) -> tuple[int, int, int, int]:
        """Entry count, directory length, directory offset, and where the directory ends."""
        self._file.seek(at)
        _, _, _, _, count, length, offset, _ = _END.unpack(self._file.read(_END.size))
        if 0xFFFF in (count,) or 0xFFFFFFFF in (length, offset):
            self._file.seek(max(at - _LOCATOR64.size, 0))
            locator = self._file.read(_LOCATOR64.size)
            if locator[:4] == b"PK\x06\x07":
                self._file.seek(min(_LOCATOR64.unpack(locator)[2], at))
                record = self._file.read(_END64.size)
                if len(record) < _END64.size or record[:4] != b"PK\x06\x06":
                    raise SheetError("truncated")
                *_, count, length, offset = _END64.unpack(record)
                at = _LOCATOR64.unpack(locator)[2]
        return count, length, offset, at

    def _record(self, data: bytes, at: int, shift: int, at_most: int) -> tuple[Entry, int]:
        if len(data) - at < _CENTRAL.size or data[at : at + 4] != b"PK\x01\x02":
            raise SheetError("truncated")
        fields = _CENTRAL.unpack_from(data, at)
        flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_size, extra_size, note_size, offset = fields[10], fields[11], fields[12], fields[16]
        end = at + _CENTRAL.size + name_size + extra_size + note_size
        if end > len(data):
            raise SheetError("truncated")
        raw_name = data[at + _CENTRAL.size : at + _CENTRAL.size + name_size]
        extra = data[at + _CENTRAL.size + name_size : end - note_size]
        wide = next((body for kind, body in extra_fields(extra) if kind == ZIP64), b"")
        numbers = [value for (value,) in struct.iter_unpack("<Q", wide[: len(wide) // 8 * 8])]
        try:
            size = numbers.pop(0) if size == 0xFFFFFFFF else size
            packed = numbers.pop(0) if packed == 0xFFFFFFFF else packed
            offset = numbers.pop(0) if offset == 0xFFFFFFFF else offset
        except IndexError:
            raise SheetError("truncated") from None
        if packed > at_most - offset - shift or raw_name == b"":
            raise SheetError("truncated")
        # Real files hold backslashes and a leading slash; no part is ever written to a path, so reading them is safe.
        name = raw_name.decode("utf-8" if flags & 0x800 else "cp437", "replace").replace("\\", "/").lstrip("/")
        return Entry(name, raw_name, data[at:end], flags, method, crc, packed, size, offset + shift), end

    def _has_stream(self, name: str) -> bool:
        """Whether an OLE file has a stream of that name: directory entries are 128 bytes, aligned."""
        wanted = name.encode("utf-16-le")
        self._file.seek(0)
        while block := self._file.read(1 << 20):
            at = block.find(wanted)
            while at >= 0:
                if at % 128 == 0:
                    return True
                at = block.find(wanted, at + 1)
        return False


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + size]
        at += 4 + size
