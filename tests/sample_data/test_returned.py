"""Every workbook of the demo comes back: nothing changes when nobody edited it, and an edited cell is that one change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from intarsi_tui import sheets
from intarsi_tui.host.office import Office
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.returned.columns import column_of
from intarsi_tui.reporting.returned.report import Returned, read_report
from intarsi_tui.reporting.template import Template

from .conftest import Demo


@pytest.fixture
def filled(demo: Demo, office: Office) -> dict[str, tuple[Template, list[Path]]]:
    found, exports = {}, demo.path / "exports"
    for one in reports.templates(office):
        paths = [path for path in sorted(exports.glob("*.xls?")) if path.name.startswith(f"{one.name}_")]
        found[one.name] = (
            one,
            [path for path in paths if one.name.endswith("_lead") or f"{one.name}_lead" not in path.name],
        )
    return found


def read(office: Office, template: Template, path: Path) -> Returned:
    return read_report(office, template, path, write=False)


def test_no_workbook_of_the_demo_changes_anything_when_it_comes_back(
    office: Office, filled: dict[str, tuple[Template, list[Path]]]
) -> None:
    assert [name for name, (_, paths) in filled.items() if not paths] == []
    for name, (template, paths) in filled.items():
        for path in paths[:3]:
            outcome = read(office, template, path)
            seen = (outcome.new, outcome.changed, outcome.newer, outcome.without_row, outcome.problems, outcome.changes)
            assert (name, seen) == (name, (0, 0, 0, 0, [], []))


def texts(template: Template, path: Path) -> Iterator[tuple[str, str]]:
    """Sheet and address of a text of the record's own in each block whose rows can be told."""
    mapped = template.map
    assert mapped is not None
    blocks = [(block.map.at, list(block.columns)) for block in template.blocks]
    back = sheets.read_back(mapped.workbook, path, [], blocks, mapped.copy)
    for sheet in [*back.sheets, *back.copies[:1]]:
        for block in template.blocks:
            found = sheet.blocks.get(block.map.at)
            for index, (header, column) in enumerate(block.columns.items()):
                meant = column_of(index, header, column, block.map.each)
                if found and meant and meant.role == "own" and meant.field.kind.name in ("text", "long_text"):
                    number, cells = found.rows[0]
                    if cells[index]:
                        yield sheet.name, found.cell(number, index)
                        break


def test_an_edited_text_is_exactly_that_change(
    office: Office, filled: dict[str, tuple[Template, list[Path]]], tmp_path: Path
) -> None:
    tried = 0
    for template, paths in filled.values():
        assert template.map is not None
        for sheet, cell in texts(template, paths[0]) if template.map.audience not in ("lead", "public") else ():
            book = load_workbook(paths[0], keep_vba=paths[0].suffix == ".xlsm")
            edited = book[sheet][cell.rpartition("!")[2]]
            edited.value = f"{edited.value} bis"
            book.save(tmp_path / paths[0].name)
            outcome = read(office, template, tmp_path / paths[0].name)
            assert [(one.cell, one.after) for one in outcome.changes] == [(cell, edited.value)]
            assert outcome.new == 0
            tried += 1
    assert tried >= 5
