"""Bytes packed apart and joined into one entry of the zip."""

from __future__ import annotations

import io
import random
import sys
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intarsi_tui.sheets import Block, SheetError, fill, packing
from intarsi_tui.sheets.packing import Spool, joined_crc, pack
from intarsi_tui.sheets.save import save
from intarsi_tui.sheets.workbook import Workbook


@given(st.binary(), st.binary())
def test_the_checksum_of_two_parts_is_that_of_both_together(first: bytes, second: bytes) -> None:
    assert joined_crc(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=300).map(lambda data: data * 9)), max_size=6))
def test_pieces_packed_apart_inflate_as_one(tmp_path: Path, pieces: list[tuple[bool, bytes]]) -> None:
    content: list[bytes | Spool] = []
    file, whole = io.BytesIO(), b"".join(data for _, data in pieces)
    with ExitStack() as open_files:
        for apart, data in pieces:
            if apart:
                spool = open_files.enter_context(Spool(tmp_path))
                spool.write(data)
                spool.finish()
            content.append(spool if apart else data)
        packer = pack(file, content)
    assert zlib.decompress(file.getvalue(), -15) == whole
    assert (packer.size, packer.packed, packer.crc) == (len(whole), len(file.getvalue()), zlib.crc32(whole))


def test_an_entry_that_was_stored_may_be_written_in_pieces(register: Path, out: Path, tmp_path: Path) -> None:
    stored = tmp_path / "stored.xlsx"
    with zipfile.ZipFile(register) as old, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    fill(stored, out, blocks=[Block("Iscritti", ["Nome"], (("Ada",) for _ in range(3000)))])
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        assert package.getinfo("xl/worksheets/sheet1.xml").compress_type == zipfile.ZIP_STORED
        assert package.getinfo("xl/worksheets/sheet2.xml").compress_type == zipfile.ZIP_DEFLATED


def test_without_the_faster_library_the_content_is_the_same(
    register: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Callable[[Path, str], str]
) -> None:
    pytest.importorskip("zlib_ng")
    part, blocks = "xl/worksheets/sheet2.xml", [Block("Iscritti", ["Nome"], [("Ada",)] * 300)]
    fill(register, out, blocks=blocks)
    monkeypatch.setitem(sys.modules, "zlib_ng", None)
    packing._library.cache_clear()
    try:
        fill(register, tmp_path / "plain.xlsx", blocks=blocks)
    finally:
        packing._library.cache_clear()
    assert content(out, part) == content(tmp_path / "plain.xlsx", part)


def test_what_passes_four_gigabytes_is_refused(register: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LIMIT", 100_000)
    with Workbook(register) as book, pytest.raises(SheetError) as caught:
        save(book.package, out, {book.part: [bytes(60_000), bytes(60_000)]})
    assert caught.value.code == "too_large_to_write"
    assert not out.exists()


def test_a_full_disk_while_rows_are_packed_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "nowhere").touch()
    noise = random.Random(7).randbytes(2 << 20)
    with Spool(tmp_path / "nowhere") as spool, pytest.raises(SheetError) as caught:
        spool.write(noise)
    assert (caught.value.code, caught.value.file) == ("cannot_write", str(tmp_path / "nowhere"))
