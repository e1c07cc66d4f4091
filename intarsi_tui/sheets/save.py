"""A package written again: untouched entries copied still packed, changed ones deflated, all or nothing."""

from __future__ import annotations

import os
import secrets
import struct
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from .errors import SheetError
from .package import ZIP64, Entry, Package, extra_fields

_LIMIT = 0xFFFFFFFE
_UTF8 = 0x800


def save(
    package: Package, out: str | os.PathLike[str], changed: Mapping[str, bytes], removed: Collection[str] = ()
) -> None:
    """Write the package with some parts changed, added (at the end) or removed.

    The file appears under its name only when it is complete and on the disk. No clock is read: changed parts keep
    the entry's date, new ones take that of the first entry, so the same input gives the same bytes.

    Raises:
        SheetError: the folder cannot be written, or the result would pass 4 GB.
    """
    target = Path(out)
    # Opened by name rather than with mkstemp, whose mode 0600 would stay on the finished file.
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            _write(file, package, changed, removed)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise SheetError("cannot_write", file=str(target), reason=error.strerror or "") from None
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there os.replace is all that can be had.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(file: BinaryIO, package: Package, changed: Mapping[str, bytes], removed: Collection[str]) -> None:
    records: list[bytes] = []
    pending = dict(changed)
    for entry in package.entries:
        if entry.name in removed:
            continue
        offset = file.tell()
        if entry.name in pending:
            records.append(_changed(file, package, entry, pending.pop(entry.name)))
        else:
            for piece in package.raw(entry):
                file.write(piece)
            records.append(_moved(entry, offset))
        if file.tell() > _LIMIT:
            raise SheetError("too_large_to_write", file=package.path)
    first = package.entries[0].record
    for name, data in pending.items():
        records.append(_added(file, name, data, moment=first[12:16]))
    start = file.tell()
    for record in records:
        file.write(record)
    size = file.tell() - start
    if start + size > _LIMIT or len(records) > 0xFFFE:
        raise SheetError("too_large_to_write", file=package.path)
    file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(records), len(records), size, start, 0))


def _moved(entry: Entry, offset: int) -> bytes:
    """The entry's central record with nothing changed but the place of its data."""
    record = bytearray(entry.record)
    if record[42:46] != b"\xff\xff\xff\xff":
        struct.pack_into("<L", record, 42, offset)
        return bytes(record)
    # The offset is the last of the present 8-byte numbers of the zip64 field.
    at = 46 + len(entry.raw_name)
    extra_end = at + struct.unpack_from("<H", record, 30)[0]
    while at + 4 <= extra_end:
        kind, size = struct.unpack_from("<2H", record, at)
        if kind == ZIP64:
            present = sum(record[place : place + 4] == b"\xff\xff\xff\xff" for place in (20, 24))
            struct.pack_into("<Q", record, at + 4 + 8 * present, offset)
            break
        at += 4 + size
    return bytes(record)


def _without_zip64(extra: bytes) -> bytes:
    return b"".join(struct.pack("<2H", kind, len(body)) + body for kind, body in extra_fields(extra) if kind != ZIP64)


def _pack(data: bytes, method: int) -> bytes:
    if len(data) > _LIMIT:
        raise SheetError("too_large_to_write")
    if method == 0:
        return data
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflate.compress(data) + deflate.flush()


def _changed(file: BinaryIO, package: Package, entry: Entry, data: bytes) -> bytes:
    offset = file.tell()
    flags = entry.flags & _UTF8
    packed = _pack(data, entry.method)
    sizes = struct.pack("<3L", zlib.crc32(data), len(packed), len(data))
    record = bytearray(entry.record)
    moment = bytes(record[12:16])
    extra = _without_zip64(package.local_extra(entry))
    head = struct.pack("<4s3H4s", b"PK\x03\x04", 20, flags, entry.method, moment) + sizes
    file.write(head + struct.pack("<2H", len(entry.raw_name), len(extra)) + entry.raw_name + extra)
    file.write(packed)
    extra_at = 46 + len(entry.raw_name)
    extra_size = struct.unpack_from("<H", record, 30)[0]
    kept = _without_zip64(bytes(record[extra_at : extra_at + extra_size]))
    struct.pack_into("<2H", record, 6, 20, flags)
    record[16:28] = sizes
    struct.pack_into("<H", record, 30, len(kept))
    struct.pack_into("<L", record, 42, offset)
    record[extra_at : extra_at + extra_size] = kept
    return bytes(record)


def _added(file: BinaryIO, name: str, data: bytes, moment: bytes) -> bytes:
    offset = file.tell()
    raw_name = name.encode()
    packed = _pack(data, 8)
    common = struct.pack("<3H4s3L", 20, 0, 8, moment, zlib.crc32(data), len(packed), len(data))
    file.write(b"PK\x03\x04" + common + struct.pack("<2H", len(raw_name), 0) + raw_name + packed)
    tail = struct.pack("<5H2L", len(raw_name), 0, 0, 0, 0, 0, offset)
    return b"PK\x01\x02" + struct.pack("<H", 20) + common + tail + raw_name
