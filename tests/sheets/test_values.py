"""Python values as Excel stores them, and text that survives the way there and back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from intarsi_tui.sheets import SheetError, Value, fill
from intarsi_tui.sheets.cells import ILLEGAL, encode, escape_text, unescape_text

Make = Callable[..., Path]
Opened = Callable[[Path], Workbook]

# Text made of what escapes are made of finds their corners sooner.
tricky = st.text(st.sampled_from("_x0041BFf\x0b\r\n <&>\"'\ud800\uffff")) | st.text()


@given(tricky)
def test_escaped_text_is_legal_and_comes_back(text: str) -> None:
    escaped = escape_text(text)
    assert unescape_text(escaped) == text
    illegal = [c for c in escaped if (ord(c) < 32 and c not in "\t\n") or "\ud800" <= c <= "\udfff"]
    assert illegal == []


@given(st.lists(tricky.filter(bool), min_size=1, max_size=20))
def test_any_text_is_read_back_from_the_sheet(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("text")
    book = Workbook()
    book.save(folder / "t.xlsx")
    fill(folder / "t.xlsx", folder / "o.xlsx", {f"A{row}": text for row, text in enumerate(texts, 1)})
    rows = CalamineWorkbook.from_path(folder / "o.xlsx").get_sheet_by_index(0).to_python(skip_empty_area=False)
    # Lone surrogates and U+FFFE, U+FFFF are no text that another program would give back.
    for text, row in zip(texts, rows, strict=True):
        if not any("\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in text):
            assert row[0] == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "{=1+1}",
        "http://x.it",
        "'x",
        "00123",
        "1E5",
        " x ",
        "TRUE",
    ],
)
def test_text_is_text_and_never_a_formula(make: Make, out: Path, opened: Opened, text: str) -> None:
    fill(make("<sheetData/>"), out, {"A1": text})
    cell = opened(out)["Uno"]["A1"]
    assert (cell.value, cell.data_type) == (text, "s") or text.startswith("=")
    assert CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()[0][0] == text
    assert "<f" not in _sheet(out)


def _sheet(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


class Kind(StrEnum):
    COURSE = "corso"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (3, "n", "3"),
        (-999_999_999_999_999, "n", "-999999999999999"),
        (1_234_567_890_123_456, "s", "1234567890123456"),
        (0.1, "n", "0.1"),
        (1e300, "n", "1e+300"),
        (float("nan"), "", ""),
        (float("-inf"), "", ""),
        (Decimal("NaN"), "", ""),
        (Decimal("12.50"), "n", "12.50"),
        (Decimal("0.1") + Decimal("0.2"), "n", "0.3"),
        (Decimal("1E+500"), "s", "1E+500"),
        (True, "b", "1"),
        (None, "", ""),
        ("", "", ""),
        (Kind.COURSE, "s", "corso"),
        (date(1900, 3, 1), "n", "61"),
        (date(1900, 2, 28), "s", "28/02/1900"),
        (date(1, 1, 1), "s", "01/01/0001"),
        (date(2021, 4, 14), "n", "44300"),
        (date(9999, 12, 31), "n", "2958465"),
        (datetime(2021, 4, 14, 12), "n", "44300.5"),
        (datetime(1899, 1, 2, 3, 4, 5), "s", "02/01/1899 03:04:05"),
        (time(6), "n", "0.25"),
        (timedelta(hours=36), "n", "1.5"),
        (timedelta(minutes=-90), "s", "-1:30"),
    ],
)
def test_each_type_has_one_form(value: Value, kind: str, text: str) -> None:
    assert encode(value)[:2] == (kind, text)


def test_the_1904_calendar_starts_later(make: Make, out: Path, rebuild: Callable[..., Path], opened: Opened) -> None:
    flag = {"xl/workbook.xml": lambda d: d.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')}
    template = rebuild(make("<sheetData/>"), flag)
    fill(template, out, {"A1": date(2021, 4, 14), "A2": date(1903, 12, 31), "A3": datetime(1904, 1, 2, 6)})
    sheet = opened(out)["Uno"]
    assert sheet["A1"].value == datetime(2021, 4, 14)
    assert (sheet["A2"].value, sheet["A3"].value) == ("31/12/1903", datetime(1904, 1, 2, 6))
    assert CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()[0][0] == date(2021, 4, 14)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("x" * 32_768, "text_too_long"),
        ("😀" * 16_384, "text_too_long"),
        (datetime(2021, 4, 14, tzinfo=UTC), "time_zone"),
        (time(1, tzinfo=UTC), "time_zone"),
        ([1], "bad_value"),
    ],
    ids=["long", "pairs", "moment", "time", "list"],
)
def test_what_excel_cannot_hold_is_refused_with_its_cell(make: Make, out: Path, value: Value, code: str) -> None:
    with pytest.raises(SheetError) as caught:
        fill(make("<sheetData/>"), out, {"Uno!C3": value})
    assert (caught.value.code, caught.value.cell) == (code, "Uno!C3")
    assert not out.exists()


def test_the_longest_text_fits(make: Make, out: Path, opened: Opened) -> None:
    fill(make("<sheetData/>"), out, {"A1": "x" * 32_767})
    assert len(opened(out)["Uno"]["A1"].value) == 32_767


@given(st.datetimes(min_value=datetime(1900, 3, 1), max_value=datetime(9999, 12, 31)))
def test_moments_keep_their_millisecond(moment: datetime) -> None:
    serial = float(encode(moment).text)
    back = datetime(1899, 12, 30) + timedelta(days=serial)
    assert abs(back - moment) < timedelta(milliseconds=1)


def test_past_the_limit_strings_go_into_the_cells(
    make: Make, out: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intarsi_tui.sheets.strings.MAX_NEW", 2)
    fill(make("<sheetData/>"), out, {f"A{n}": f" testo {n}" for n in range(1, 6)})
    assert [cell.value for cell in opened(out)["Uno"]["A"]] == [f" testo {n}" for n in range(1, 6)]
    assert _sheet(out).count("inlineStr") == 3


def test_illegal_characters_are_those_of_xml() -> None:
    assert set("\t\n").isdisjoint(ILLEGAL)
