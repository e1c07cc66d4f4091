"""Bad files end in one error that says what to do, and leave nothing behind."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intarsi_tui.sheets import Block, SheetError, fill, inspect, lint, read_rows, read_table
from intarsi_tui.sheets.save import save
from intarsi_tui.sheets.workbook import Workbook

from ..conftest import share

Make = Callable[..., Path]
Rebuild = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def _refused(path: Path) -> str:
    """The code of the error that every entrance gives for the file."""
    out = path.with_name("out.xlsx")
    codes = set()
    calls: list[Callable[[], Any]] = [
        lambda: fill(path, out, {"Uno!A1": "x"}),
        lambda: inspect(path),
        lambda: read_rows(path),
        lambda: read_table(path),
    ]
    for call in calls:
        with pytest.raises(SheetError) as caught:
            call()
        error = caught.value
        codes.add(error.code)
        assert error.file == str(path)
        assert path.name in str(error)
        assert error.text("it") != error.text("en")
        assert error.hint
    assert not out.exists()
    assert list(path.parent.glob("*.tmp")) == []
    assert len(codes) == 1
    return codes.pop()


def _directory_entry(name: str) -> bytes:
    return name.encode("utf-16-le").ljust(128, b"\0")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLE + bytes(504) + _directory_entry("Root Entry") + _directory_entry("EncryptedPackage"), "encrypted"),
        (OLE + bytes(504) + _directory_entry("Root Entry") + _directory_entry("Workbook"), "old_xls"),
        (b"nome;eta\nAda;30\n", "not_a_zip"),
        (b"", "not_a_zip"),
        (b"PK\x05\x06" + bytes(18), "not_a_workbook"),
    ],
    ids=["encrypted", "xls", "csv", "empty", "empty zip"],
)
def test_files_that_are_something_else_are_told_apart(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    assert _refused(path) == code


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert _refused(tmp_path / "manca.xlsx") == "missing_file"
    (tmp_path / "cartella.xlsx").mkdir()
    assert _refused(tmp_path / "cartella.xlsx") == "unreadable_file"


def test_a_binary_workbook_is_told_apart(make: Make, rebuild: Rebuild) -> None:
    parts = {"_rels/.rels": lambda d: d.replace(b"xl/workbook.xml", b"xl/workbook.bin"), "xl/workbook.bin": b"\x83\x01"}
    assert _refused(rebuild(make("<sheetData/>"), parts, name="file.xlsx")) == "binary_workbook"


def test_every_cut_of_a_file_is_refused(make: Make, tmp_path: Path) -> None:
    whole = make("<sheetData/>").read_bytes()
    path = tmp_path / "cut.xlsx"
    for size in range(4, len(whole) - 22, 211):
        path.write_bytes(whole[:size])
        assert _refused(path) == "truncated"


def test_a_zip_without_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "doc.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert _refused(path) == "not_a_workbook"


@pytest.mark.parametrize("part", [SHEET, WORKBOOK, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(make: Make, rebuild: Rebuild, part: str, codec: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    path = rebuild(make("<sheetData/>"), {part: lambda d: (bomb + d.decode()).encode(codec)})
    out = path.with_name("out.xlsx")
    with pytest.raises(SheetError) as caught:
        fill(path, out, {"Uno!A1": "x"})
    assert caught.value.code == "doctype"
    assert not out.exists()


@pytest.mark.parametrize(
    ("target", "code"),
    [(b"../../../../etc/passwd", "outside_target"), (b"/../x.xml", "outside_target"), (b"manca.xml", "missing_sheet")],
)
def test_targets_stay_inside_the_package(make: Make, rebuild: Rebuild, target: bytes, code: str) -> None:
    name = "xl/_rels/workbook.xml.rels"
    path = rebuild(make("<sheetData/>"), {name: lambda d: d.replace(b"/xl/worksheets/sheet1.xml", target)})
    assert _refused(path) == code


@pytest.mark.parametrize("twin", [SHEET, SHEET.upper()])
def test_clashing_names_are_refused(make: Make, twin: str) -> None:
    path = make("<sheetData/>")
    with pytest.warns() if twin == SHEET else io.BytesIO(), zipfile.ZipFile(path, "a") as package:
        package.writestr(twin, "<x/>")
    assert _refused(path) == "duplicate_part"


def _bomb(size: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * (1 << 20)
    return b"".join(deflate.compress(block) for _ in range(size >> 20)) + deflate.flush()


@pytest.mark.parametrize("honest", [True, False], ids=["declared", "lying"])
def test_bombs_are_refused_early(make: Make, tmp_path: Path, honest: bool) -> None:
    size = 1 << 28
    packed = _bomb(size)
    source, path = make("<sheetData/>"), tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, packed if name == SHEET else old.read(name))
        info = new.getinfo(SHEET)
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, size if honest else 1000
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, info.header_offset + 8, 8)
    path.write_bytes(data)
    start = time.process_time()
    with pytest.raises(SheetError) as caught:
        fill(path, tmp_path / "out.xlsx", {"Uno!A1": "x"})
    assert caught.value.code == "too_large"
    assert time.process_time() - start < 1


def test_a_bomb_that_nobody_reads_is_copied_packed(make: Make, tmp_path: Path, out: Path) -> None:
    path = make("<sheetData/>")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.png", bytes(40 << 20))
    fill(path, out, {"Uno!A1": "x"})
    assert out.stat().st_size < 100_000


def test_a_tree_of_very_many_elements_is_refused(make: Make, rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intarsi_tui.sheets.markup.MAX_ELEMENTS", 2_000)
    path = rebuild(
        make("<sheetData/>"), {WORKBOOK: lambda d: d.replace(b"</workbook>", b"<a/>" * 4_000 + b"</workbook>")}
    )
    assert _refused(path) == "too_many_elements"


@pytest.mark.parametrize("sly", ["blanks", "format", "formula", "names"])
def test_patterns_do_not_run_away_on_sly_text(make: Make, rebuild: Rebuild, out: Path, sly: str) -> None:
    """Each took minutes, or hours, with a pattern that goes back over what it has read."""
    text = "{{" + " " * 100_000 if sly == "blanks" else "x"
    formula = ":" * 100_000 if sly == "formula" else "1+1"
    style = f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{"[" * 100_000}"/></numFmts><fonts'
    chain = "".join(f'<definedName name="n{n}">n{n + 1}*2</definedName>' for n in range(2_000))
    path = rebuild(
        make(
            f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>',
            f'<sheetData><row r="1"><c r="A1"><f>{formula}</f></c></row></sheetData>',
        ),
        {
            "xl/styles.xml": lambda d: (
                d.replace(b'numFmtId="0"', b'numFmtId="200"').replace(b"<fonts", style.encode(), 1)
                if sly == "format"
                else d
            ),
            WORKBOOK: lambda d: (
                d.replace(
                    b"</sheets>",
                    f"</sheets><definedNames>{chain}<definedName name='n2000'>Uno!$A$1</definedName></definedNames>".encode(),
                )
                .replace(b"<definedNames/>", b"")
                .replace(b"<definedNames />", b"")
                if sly == "names"
                else d
            ),
        },
    )
    started = time.process_time()
    inspect(path)
    fill(path, out, {"Uno!A2": date(2021, 4, 14)})
    assert time.process_time() - started < 3


def test_a_flipped_bit_in_a_part_is_noticed(make: Make, tmp_path: Path) -> None:
    path = make("<sheetData/>")
    with zipfile.ZipFile(path) as package:
        info = package.getinfo(WORKBOOK)
    data = bytearray(path.read_bytes())
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x10
    path.write_bytes(data)
    assert _refused(path) in ("damaged_part", "too_large")


def test_a_full_disk_leaves_neither_half_a_file_nor_the_temporary_one(
    make: Make, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    template = make("<sheetData/>")
    before = sorted(out.parent.iterdir())
    monkeypatch.setattr("os.fsync", full)
    with Workbook(template) as book, pytest.raises(SheetError) as caught:
        save(book.package, out, {})
    assert caught.value.code == "cannot_write"
    assert sorted(out.parent.iterdir()) == before


@settings(max_examples=share(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_mutation_of_a_part_escapes_the_one_error(
    register: Path, rebuild: Rebuild, out: Path, data: st.DataObject
) -> None:
    with zipfile.ZipFile(register) as package:
        parts = [
            n for n in package.namelist() if n.endswith((".xml", ".rels")) and "theme" not in n and "draw" not in n
        ]
        part = data.draw(st.sampled_from(parts))
        old = package.read(part)
    at = data.draw(st.integers(0, len(old) - 1))
    words = [
        b"",
        b"-1",
        b"9" * 25,
        b'"',
        b"<",
        b">",
        b"/>",
        b"&#0;",
        b"&amp;",
        b"x",
        b"\xff",
        b"<row/>",
        b'r="A1"',
        b"!",
        b"$",
    ]
    new = old[:at] + data.draw(st.sampled_from(words)) + old[at + data.draw(st.integers(0, 12)) :]
    path = rebuild(register, {part: new})
    calls: list[Callable[[], Any]] = [
        lambda: inspect(path),
        lambda: lint(path),
        lambda: list(read_table(path, "Iscritti").rows),
        lambda: fill(path, out, {"ente": "x", "{{anno}}": 1}, [Block("Iscritti", ["Nome"], [("Ada",)])]),
        lambda: fill(path, out, {"Elenchi!A1": "x"}, [Block("'Foglio 1'!A8", ["Data"], [("x",)])]),
        lambda: fill(
            path, out, blocks=[Block("'Foglio 1'!A8", ["Data"], [("x",)] * 9), Block("quote", ["Quota"], [(1,)] * 9)]
        ),
        lambda: fill(path, out, blocks=[Block("Iscritti", ["Nome"], [("Ada",)] * 9)]),
    ]
    worded: list[tuple[str, str]] = []
    for call in calls:
        try:
            call()
        except SheetError as error:
            worded.append((error.text("it"), error.file))
    assert all(text and file for text, file in worded)


@settings(max_examples=share(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_mutation_of_the_zip_escapes_the_one_error(make: Make, out: Path, data: st.DataObject) -> None:
    template = make("<sheetData/>")
    broken = bytearray(template.read_bytes())
    # The directory and the local headers are where numbers lead somewhere.
    heads = [at for at in range(len(broken) - 4) if broken[at : at + 2] == b"PK" and broken[at + 2] < 8]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(heads)) + data.draw(st.integers(0, 60))
        size = data.draw(st.integers(1, 8))
        broken[at : at + size] = data.draw(st.sampled_from([b"\xff", b"\0", b"\x01", b"P"])) * size
    template.write_bytes(broken)
    try:
        fill(template, out, {"Uno!A1": "x"})
    except SheetError as error:
        worded = error.text("it"), error.file
        assert all(worded)
