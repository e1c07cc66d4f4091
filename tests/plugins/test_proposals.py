"""Maps proposed for the shipped workbooks: all of them pass the check, and most of what can be guessed is guessed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.header_words import best
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.proposing import propose, words_of
from intarsi_tui.reporting.template import load_template

from .test_templates import NAMES


@pytest.fixture
def office(workspace: Workspace) -> Iterator[Office]:
    with open_office(workspace, "it") as opened:
        yield opened


def test_every_shipped_workbook_gets_a_map_that_passes_the_check(office: Office, tmp_path: Path) -> None:
    right = wanted = 0
    for name in NAMES:
        mapped = reports.template(office, name).map
        assert mapped is not None
        workbook = Path(shutil.copy(mapped.workbook, tmp_path))
        found = propose(office, workbook, mapped.record)
        file = tmp_path / f"{name}.map.toml"
        file.write_text(found.toml(), "utf-8")
        problems = load_template(file, office).problems
        assert [problem.text("it") for problem in problems if problem.severity == "error"] == []
        assert found.columns + len(found.cells) > 0
        guessed = {header.casefold(): path for columns in found.blocks.values() for header, path in columns.items()}
        for block in mapped.blocks:
            # What is counted over other registers, or stands behind two links, nobody can guess from a header.
            plain = {h: p for h, p in block.columns.items() if "(" not in p and p.count(".") < 2 and len(h) > 2}
            right += sum(
                guessed.get(header.casefold()) == path
                for header, path in plain.items()
                if block.record == mapped.record
            )
            wanted += len(plain) if block.record == mapped.record else 0
    assert right / wanted > 0.5


@pytest.mark.parametrize(
    ("table", "header", "path"),
    [
        ("registry.person", "Sesso", "gender"), ("mediation.school_request", "Nota", "notes"),
        ("registry.body", "Telefono", "phone"), ("governance.meeting", "Durata", "minutes"),
    ],
)  # fmt: skip
def test_what_partners_call_it_is_the_field_of_the_record_itself(
    office: Office, table: str, header: str, path: str
) -> None:
    assert best(header, words_of(office, office.declarations[table]))[0] == path
