"""The page on the engine: its example runs, and it names everything that the engine has."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from openpyxl import Workbook

from intarsi_tui import sheets

PAGE = (Path(__file__).parents[2] / "docs" / "sheets.md").read_text("utf-8")


def test_the_example_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Foglio1"
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["B3"] = "Partner", "{{anno}}", "Data", "Ore"
    book.save("template.xlsx")
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(example, {})
    assert capsys.readouterr().out.startswith("6 [2] ['[Content_Types].xml', ")
    assert sheets.lint("filled.xlsx") == []


def test_every_public_function_is_on_the_page_with_its_parameters() -> None:
    from inspect import isfunction, signature

    functions = [name for name in sheets.__all__ if isfunction(getattr(sheets, name))]
    assert functions
    for name in functions:
        assert f"| `{name}({', '.join(signature(getattr(sheets, name)).parameters)})` |" in PAGE, name


def test_the_page_names_all_of_the_report_and_the_error() -> None:
    for field in fields(sheets.FillReport):
        assert f"`{field.name}`" in PAGE
    assert all(f"`{name}`" in PAGE for name in ("SheetError", "file", "part", "cell", "code", "params"))


def test_every_public_name_has_a_docstring() -> None:
    assert [name for name in sheets.__all__ if name != "Value" and not getattr(sheets, name).__doc__] == []
