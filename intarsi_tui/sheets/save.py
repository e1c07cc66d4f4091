"""A package written again: untouched entries copied still packed, changed ones deflated, all or nothing."""

from __future__ import annotations

import os
import struct
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from .errors import SheetError
from .package import ZIP64, Entry, Package, extra_fields
from .packing import LIMIT, Content, pack

_UTF8 = 0x800
_DEFLATED = 8


def save(
    package: Package, out: str | os.PathLike[str], changed: Mapping[str, Content], removed: Collection[str] = ()
) -> None:
    """Write the package with some parts changed, added (at the end) or removed.

    The file appears under its name only when it is complete and on the disk. No clock is read: changed parts keep
    the entry's date, new ones take that of the first entry, so the same input gives the same bytes.

    Raises:
        SheetError: the folder cannot be written, or the result would pass 4 GB.
    """
    from ..whole_file import OfficeFile, replacing

    target = Path(out)
    try:
        with replacing(target) as part, part.open("wb") as file:
            if file.seekable():
                _write(file, package, changed, removed)
            else:  # a pipe, and sizes are written in front of what they are of
                whole = BytesIO()
                _write(whole, package, changed, removed)
                file.write(whole.getbuffer())
    except OfficeFile:
        raise
    except OSError as error:
        raise SheetError("cannot_write", file=str(target), reason=error.strerror or "") from None
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


def _write(file: BinaryIO, package: Package, changed: Mapping[str, Content], removed: Collection[str]) -> None:
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
        if file.tell() > LIMIT:
            raise SheetError("too_large_to_write", file=package.path)
    first = package.entries[0].record
    for name, data in pending.items():
        records.append(_added(file, name, data, moment=first[12:16]))
    start = file.tell()
    for record in records:
        file.write(record)
    size = file.tell() - start
    if start + size > LIMIT or len(records) > 0xFFFE:
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


def _entry(file: BinaryIO, raw_name: bytes, flags: int, moment: bytes, extra: bytes, content: Content) -> bytes:
    """Write a local header and the packed content; checksum and sizes as the headers hold them."""
    start = file.tell()
    head = struct.pack("<4s3H4s", b"PK\x03\x04", 20, flags, _DEFLATED, moment)
    file.write(head + bytes(12) + struct.pack("<2H", len(raw_name), len(extra)) + raw_name + extra)
    packer = pack(file, content)
    sizes = struct.pack("<3L", packer.crc, packer.packed, packer.size)
    # Known only now: a part may come in pieces.
    file.seek(start + len(head))
    file.write(sizes)
    file.seek(0, os.SEEK_END)
    return sizes


def _changed(file: BinaryIO, package: Package, entry: Entry, content: Content) -> bytes:
    offset, flags = file.tell(), entry.flags & _UTF8
    record = bytearray(entry.record)
    extra = _without_zip64(package.local_extra(entry))
    sizes = _entry(file, entry.raw_name, flags, bytes(record[12:16]), extra, content)
    extra_at = 46 + len(entry.raw_name)
    extra_size = struct.unpack_from("<H", record, 30)[0]
    kept = _without_zip64(bytes(record[extra_at : extra_at + extra_size]))
    struct.pack_into("<3H", record, 6, 20, flags, _DEFLATED)
    record[16:28] = sizes
    struct.pack_into("<H", record, 30, len(kept))
    struct.pack_into("<L", record, 42, offset)
    record[extra_at : extra_at + extra_size] = kept
    return bytes(record)


def _added(file: BinaryIO, name: str, content: Content, moment: bytes) -> bytes:
    offset, raw_name = file.tell(), name.encode()
    sizes = _entry(file, raw_name, 0, moment, b"", content)
    common = struct.pack("<3H4s", 20, 0, _DEFLATED, moment) + sizes
    tail = struct.pack("<5H2L", len(raw_name), 0, 0, 0, 0, 0, offset)
    return b"PK\x01\x02" + struct.pack("<H", 20) + common + tail + raw_name
