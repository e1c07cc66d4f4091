"""What is not filled stays as it is, to the byte."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from openpyxl import Workbook

from intarsi_tui.sheets import Block, SheetError, fill, lint

Opened = Callable[[Path], Workbook]
Entries = Callable[[Path], dict[str, bytes]]


def test_untouched_parts_keep_their_bytes_and_the_order_stays(register: Path, out: Path, raw_entries: Entries) -> None:
    report = fill(register, out, {"Elenchi!E1": "x"})
    before, after = raw_entries(register), raw_entries(out)
    assert list(after) == [name for name in before if name != "xl/calcChain.xml"]
    assert {name for name in before if before[name] != after.get(name)} == set(report.changed_parts)
    assert report.changed_parts == [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/calcChain.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet3.xml",
    ]


def test_a_fill_of_nothing_copies_every_entry(register: Path, out: Path, raw_entries: Entries) -> None:
    report = fill(register, out)
    assert raw_entries(out) == raw_entries(register)
    assert (report.filled, report.changed_parts, report.block_rows) == (0, [], [])


def test_changed_entries_keep_their_date_and_attributes(register: Path, out: Path) -> None:
    fill(register, out, {"ente": "Ente inventato"})
    with zipfile.ZipFile(register) as old, zipfile.ZipFile(out) as new:
        assert new.testzip() is None
        for info in new.infolist():
            was = old.getinfo(info.filename)
            assert (info.date_time, info.external_attr) == (was.date_time, was.external_attr)


def test_the_same_input_gives_the_same_bytes(register: Path, out: Path, tmp_path: Path) -> None:
    blocks = [Block("'Foglio 1'!A8", ["Data", "Costo €"], [(None, 3)])]
    fill(register, out, {"ente": "Ente inventato"}, blocks)
    fill(register, tmp_path / "again.xlsx", {"ente": "Ente inventato"}, blocks)
    assert out.read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_filling_the_result_again_changes_nothing_more(register: Path, out: Path, tmp_path: Path) -> None:
    fill(register, out, {"ente": "Ente inventato"})
    fill(out, tmp_path / "again.xlsx", {"ente": "Ente inventato"})
    assert out.read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_a_macro_workbook_keeps_its_macros_and_its_ending(
    register: Path, tmp_path: Path, rebuild: Callable[..., Path], raw_entries: Entries
) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    edits = {
        "[Content_Types].xml": lambda data: data.replace(plain, macro),
        "xl/vbaProject.bin": bytes(range(256)) * 40,
    }
    template = rebuild(register, edits, name="registro.xlsm")
    fill(template, tmp_path / "out.xlsm", {"ente": "Ente inventato"})
    name = "xl/vbaProject.bin"
    assert raw_entries(tmp_path / "out.xlsm")[name] == raw_entries(template)[name]
    with pytest.raises(SheetError) as caught:
        fill(template, tmp_path / "out.xlsx", {"ente": "Ente inventato"})
    assert caught.value.code == "wrong_suffix"
    assert not (tmp_path / "out.xlsx").exists()


class _Pipe:
    """A file that cannot seek, as behind a web download."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def write(self, data: bytes) -> int:
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


def test_entries_with_data_descriptors_and_comments_are_copied_whole(
    register: Path, out: Path, tmp_path: Path, opened: Opened
) -> None:
    """Streaming writers put sizes behind the data; the zip's central records then hold the only true ones."""
    streamed = tmp_path / "streamed.xlsx"
    with (
        zipfile.ZipFile(register) as old,
        streamed.open("wb") as file,
        zipfile.ZipFile(_Pipe(file), "w", zipfile.ZIP_DEFLATED) as new,  # type: ignore[arg-type]
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.comment = b"un commento"
    fill(streamed, out, {"ente": "Ente inventato"})
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
    assert opened(out)["Foglio 1"]["B2"].value == "Ente inventato"


@pytest.mark.parametrize("seekable", [True, False])
def test_entries_with_eight_byte_sizes_are_copied_and_changed(
    register: Path, out: Path, tmp_path: Path, opened: Opened, seekable: bool
) -> None:
    wide = tmp_path / "wide.xlsx"
    with zipfile.ZipFile(register) as old, wide.open("wb") as file:
        target = file if seekable else _Pipe(file)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:  # type: ignore[arg-type]
            for name in old.namelist():
                with new.open(name, "w", force_zip64=True) as entry:
                    entry.write(old.read(name))
    fill(wide, out, {"ente": "Ente inventato"})
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
    assert opened(out)["Foglio 1"]["B2"].value == "Ente inventato"


def test_bytes_in_front_of_the_zip_do_not_matter(register: Path, out: Path, tmp_path: Path, opened: Opened) -> None:
    shifted = tmp_path / "shifted.xlsx"
    shifted.write_bytes(b"MZ stub" * 9 + register.read_bytes())
    fill(shifted, out, {"ente": "Ente inventato"})
    assert opened(out)["Foglio 1"]["B2"].value == "Ente inventato"


def test_what_excel_draws_around_the_cells_is_still_there(
    register: Path, out: Path, content: Callable[[Path, str], str]
) -> None:
    fill(register, out, {"ente": "Ente inventato", "'Foglio 1'!B8": "Corso"})
    before, after = (content(path, "xl/worksheets/sheet1.xml") for path in (register, out))
    assert after[after.index("</sheetData>") :] == before[before.index("</sheetData>") :]
    assert after[: after.index("<sheetData>")] == before[: before.index("<sheetData>")]
    assert lint(out) == []


def test_an_existing_file_survives_a_failing_fill(register: Path, out: Path) -> None:
    out.write_bytes(b"di prima")
    with pytest.raises(SheetError):
        fill(register, out, {"ente": object()})  # type: ignore[dict-item]
    assert out.read_bytes() == b"di prima"
    assert sorted(path.name for path in out.parent.iterdir()) == ["out.xlsx", "registro.xlsx"]


def test_the_template_itself_is_never_the_target(register: Path) -> None:
    before = register.read_bytes()
    with pytest.raises(SheetError) as caught:
        fill(register, register, {"ente": "x"})
    assert caught.value.code == "same_file"
    assert register.read_bytes() == before


def test_a_missing_folder_is_an_error_with_a_hint(register: Path, tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        fill(register, tmp_path / "non" / "esiste" / "out.xlsx", {"ente": "x"})
    assert caught.value.code == "cannot_write"
    assert "cartella" in caught.value.problem.hint("it")
