"""What a bad file or a bad value may cost: little time and memory, one error with a place, and never the file that was there."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.sheets import Block, SheetError, fill

Make = Callable[..., Path]
Rebuild = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"

_MEASURED = """
import resource, sys, time
from pathlib import Path
from intarsi_tui.sheets import SheetError, fill
import intarsi_tui.sheets.filling
began = time.process_time()
try:
    fill(sys.argv[1], sys.argv[2], {"Uno!A1": "x"})
except SheetError as error:
    # Not ru_maxrss: Linux counts in it what the process was before it became this program.
    status = Path("/proc/self/status")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if status.exists():
        peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    print(error.code, time.process_time() - began, peak)
"""


def _refused(template: Path, out: Path, cells: Mapping[str, Any] | None = None, *blocks: Block) -> SheetError:
    """The error, after which a file that was there before is still what it was."""
    out.write_bytes(b"della volta scorsa")
    with pytest.raises(SheetError) as caught:
        fill(template, out, cells, blocks)
    assert out.read_bytes() == b"della volta scorsa"
    assert list(out.parent.glob(".*.tmp")) == []
    assert caught.value.file == str(template)
    assert caught.value.hint
    return caught.value


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured by getrusage")
@pytest.mark.parametrize("bomb", ["blanks", "elements", "doctype"])
def test_bombs_cost_less_than_a_second_and_150_mb(make: Make, out: Path, bomb: str) -> None:
    path = make("<sheetData/>")
    pieces = {
        "blanks": [b"<worksheet>", *[b" " * (1 << 20)] * 600, b"</worksheet>"],
        # Those of styles become a tree: below the limit of its size in bytes, above that of its elements.
        "elements": [b"<styleSheet><cellXfs>", *[b"<xf/>" * 10_000] * 100, b"</cellXfs></styleSheet>"],
        "doctype": [b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>'],
    }[bomb]
    part = "xl/styles.xml" if bomb == "elements" else SHEET
    bad = path.with_name("bomb.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            with new.open(name, "w") as entry:
                entry.writelines(pieces if name == part else [old.read(name)])
    assert bad.stat().st_size < 700_000
    found = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(bad), str(out)], check=True, capture_output=True, text=True
    ).stdout.split()
    code, seconds, megabytes = found[0], float(found[1]), float(found[2])
    assert code == {"blanks": "too_large", "elements": "too_many_elements", "doctype": "doctype"}[bomb]
    assert seconds < 1
    assert megabytes < 150
    assert not out.exists()


@pytest.mark.parametrize("kind", ["sheet.main", "worksheet"])
def test_a_part_declared_as_something_else_is_named(make: Make, rebuild: Rebuild, out: Path, kind: str) -> None:
    whole = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml".encode()
    template = rebuild(make("<sheetData/>"), {TYPES: lambda d: d.replace(whole, b"image/png")})
    error = _refused(template, out, {"Uno!A1": "x"})
    assert (error.code, error.params) == ("wrong_type", {"type": "image/png"})
    assert error.part == {"sheet.main": "xl/workbook.xml", "worksheet": SHEET}[kind]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("Uno!A1", "x" * 32_768, "text_too_long"),
        ("Uno!C3", 1, "covered_cell"),
        ("Uno!E6", 1, "formula_cell"),
        ("Uno!F5", 1, "formula_cell"),
        ("Uno!A1048577", 1, "place_not_found"),
        ("Uno!A1", object(), "bad_value"),
    ],
    ids=["long text", "merged", "spilled", "data table", "past the last row", "no value"],
)
def test_a_value_that_a_cell_cannot_take_is_named_with_its_cell(
    make: Make, rebuild: Rebuild, out: Path, cell: str, value: object, code: str
) -> None:
    rows = (
        '<row r="3"><c r="B3"/><c r="C3"/></row>'
        '<row r="5"><c r="E5" cm="1"><f t="array" ref="E5:E7">_xlfn.SEQUENCE(3)</f><v>1</v></c>'
        '<c r="F5"><f t="dataTable" ref="F5:F6" r1="A1"/><v>1</v></c></row><row r="6"><c r="E6"><v>2</v></c></row>'
    )
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>'
    template = rebuild(make(f"<sheetData>{rows}</sheetData>"), {SHEET: lambda d: d.replace(b"</sheetData>", merge)})
    error = _refused(template, out, {cell: value})
    assert error.code == code
    assert cell in (error.cell, error.params.get("place"))


def test_more_records_than_rows_are_refused(make: Make, out: Path) -> None:
    template = make('<sheetData><row r="1048570"><c r="A1048570" s="0"/></row></sheetData>')
    error = _refused(template, out, None, Block("Uno!A1048570", ["A"], ((n,) for n in range(2_000_000))))
    assert (error.code, error.params["limit"]) == ("too_many_rows", 7)
