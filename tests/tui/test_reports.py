"""The report wizard: what would be missing, where it is saved, and a workbook that comes back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table
from textual import events

from intarsi_tui.host.office import Office
from intarsi_tui.tui.screens.record import RecordScreen
from intarsi_tui.tui.screens.report_preview import Halted, ReportPreviewScreen, while_
from intarsi_tui.tui.screens.report_read import ReturnedScreen
from intarsi_tui.tui.screens.report_saved import ReportSavedScreen
from intarsi_tui.tui.screens.report_scope import told_apart
from intarsi_tui.tui.screens.reports import ReportsScreen

from .quiet import wait_for_quiet

LOANS = "bicycles.loan"
MAP = """map = 1
it = "Elenco dei prestiti"
en = "List of loans"
audience = "office"
record = "bicycles.loan"
scope = [{scope}]

[cells]
"B1" = "{cell}"

[[blocks]]
at = "Prestiti"
filter = {{ state = {states} }}
columns = {{ "N." = "number", "Bicicletta" = "bicycle", "Data" = "lent_on", "Note" = "notes" }}
"""


@pytest.fixture
def template(filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Writes a template beside those of the program, and gives the words that find it in the list."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    def write(scope: str = '"period", "partner"', cell: str = "period.label", states: str = '["confirmed"]') -> str:
        folder = filled.workspace.path / "templates"
        book = openpyxl.Workbook()
        sheet = book.active
        sheet["A1"] = "Periodo"
        for place, word in zip("ABCD", ("N.", "Bicicletta", "Data", "Note"), strict=True):
            sheet[f"{place}3"] = word
        sheet.add_table(Table(displayName="Prestiti", ref="A3:D40"))
        book.save(folder / "prestiti.xlsx")
        (folder / "prestiti.map.toml").write_text(MAP.format(scope=scope, cell=cell, states=states), "utf-8")
        return "prestiti"

    return write


async def at_template(app: Any, press: Any) -> None:
    """Goes to the reports, and to the template there."""
    await press("f6")
    names = [one.name for one in app.screen._templates]
    await press("home", *["down"] * names.index("prestiti"))


async def quarter(press: Any) -> None:
    await press("p", "'1 trim 2021", "enter")


async def test_what_is_missing_is_told_before_anything_is_written_and_leads_to_the_record(
    filled: Office, template: Callable[..., str], on: Callable[..., Any]
) -> None:
    template()
    async with on(filled, 120, 40) as (app, press, screen):
        await at_template(app, press)
        await press("enter")
        await quarter(press)
        assert isinstance(app.screen, ReportPreviewScreen)
        assert "1 riga" in screen()
        assert "bozze che restano fuori: 29" in screen()
        assert "m.rossi" in screen()
        await press("down", "enter")
        assert isinstance(app.screen, RecordScreen)
        await press("escape")
        assert list(filled.workspace.exports.iterdir()) == []


async def test_a_report_is_saved_where_one_says_and_the_path_is_told(
    filled: Office, template: Callable[..., str], on: Callable[..., Any], tmp_path: Path
) -> None:
    template()
    wanted = tmp_path / "altrove" / "mio.xlsx"
    wanted.parent.mkdir()
    async with on(filled, 120, 40) as (app, press, screen):
        await at_template(app, press)
        await press("enter")
        await quarter(press)
        await press("s")
        assert "Dove salvare?" in screen()
        assert "Si salva lo stesso, con celle vuote" in screen()
        await press("ctrl+u", f"'{wanted}", "enter")
        assert isinstance(app.screen, ReportSavedScreen)
        assert wanted.is_file()
        assert "mio.xlsx" in screen()
        assert "✓ completo" not in screen(), "the preview has told of a gap"
        assert "bozze che restano fuori: 29" in screen()
        await press("y")
        assert app.clipboard == str(wanted)
        await press("Y")
        assert app.clipboard.endswith(f"report fill prestiti --period 2021-Q1 --partner rimini -o {wanted}")
        await press("escape", "escape")
        assert isinstance(app.screen, ReportsScreen)


async def test_of_a_template_with_one_workbook_a_record_one_can_be_chosen(
    filled: Office, template: Callable[..., str], on: Callable[..., Any]
) -> None:
    template(scope='"household"', cell="household.code", states='["draft", "confirmed"]')
    async with on(filled, 120, 40) as (app, press, screen):
        await at_template(app, press)
        await press("enter")
        assert len(app.screen._previews) == 3
        app.screen._filling = True  # as while three workbooks are written
        await press("escape")
        with pytest.raises(Halted):
            while_(lambda: app.screen._filling, lambda *_counts: None)(1, 3)
        app.screen._filled(Halted(1, 3))
        await wait_for_quiet()
        assert "File scritti: 1 di 3" in screen()
        await press("g", "down", "enter")
        assert len(app.screen._previews) == 1
        assert "Quale (g) tutti" not in screen()
        await press("s", "enter")
        assert len(list(filled.workspace.exports.iterdir())) == 1


async def saved_at(app: Any, press: Callable[..., Any], path: Path) -> None:
    await press("s", "ctrl+u")
    app.post_message(events.Paste(str(path)))
    await press("enter")


async def test_a_place_that_cannot_be_written_is_told_and_another_one_asked(
    filled: Office, template: Callable[..., str], on: Callable[..., Any], tmp_path: Path
) -> None:
    template()
    (tmp_path / "file").write_text("no folder")
    async with on(filled) as (app, press, screen):
        await at_template(app, press)
        await press("enter")
        await quarter(press)
        await saved_at(app, press, tmp_path / "file" / "x.xlsx")
        assert isinstance(app.screen, ReportPreviewScreen)
        assert "Non compilato" in screen()
        await saved_at(app, press, tmp_path / "elenco.ods")
        assert any("un report è un file .xlsx" in notice.message for notice in app._notifications)
        await saved_at(app, press, tmp_path / "nuova" / "x.xlsx")
        assert "Non c'è nessuna cartella" in screen()
        await press("enter")
        assert not (tmp_path / "nuova").exists(), "a slip of the finger makes no folder"
        await saved_at(app, press, tmp_path / "x.xlsx")
        assert isinstance(app.screen, ReportSavedScreen)


async def test_a_workbook_that_is_there_is_replaced_only_when_one_says_so(
    filled: Office, template: Callable[..., str], on: Callable[..., Any], tmp_path: Path
) -> None:
    template()
    there = tmp_path / "compilato a mano.xlsx"
    there.write_bytes(b"somebody's work")
    async with on(filled) as (app, press, screen):
        await at_template(app, press)
        await press("enter")
        await quarter(press)
        await saved_at(app, press, there)
        assert "sostituirlo?" in screen()
        await press("enter")
        assert there.read_bytes() == b"somebody's work", "Enter alone is no answer"
        await saved_at(app, press, there)
        await press("tab", "enter")
        assert isinstance(app.screen, ReportSavedScreen)
        assert "y Copia il percorso" in screen()
        assert there.read_bytes()[:2] == b"PK"


async def test_a_workbook_that_comes_back_shows_what_differs_and_is_taken_in_at_once(
    filled: Office, template: Callable[..., str], on: Callable[..., Any], tmp_path: Path
) -> None:
    template()
    async with on(filled, 120, 40) as (app, press, screen):
        await at_template(app, press)
        await press("enter")
        await quarter(press)
        await saved_at(app, press, tmp_path / "torna.xlsx")
        book = openpyxl.load_workbook(tmp_path / "torna.xlsx")
        book.active["B4"] = "Legnano rossa"
        book.save(tmp_path / "torna.xlsx")
        await press("escape", "escape", "r", "'torna", "enter")
        assert isinstance(app.screen, ReturnedScreen)
        assert "Legnano rossa" in screen()
        assert "Atala 00" in screen()
        assert filled.table(LOANS).page(search="legnano") == []
        await press("i")
        assert len(filled.table(LOANS).page(search="legnano")) == 1
        assert "Niente di diverso dal registro" in screen()
        await press("u")
        assert filled.table(LOANS).page(search="legnano") == [], "one undo"
        await press("Y")
        assert app.clipboard == f"intarsi report read prestiti {tmp_path / 'torna.xlsx'}"


async def test_a_workbook_of_another_template_says_so(
    filled: Office, template: Callable[..., str], on: Callable[..., Any], tmp_path: Path
) -> None:
    template()
    book = openpyxl.Workbook()
    book.active.title = "Altro"
    book.save(tmp_path / "altro.xlsx")
    async with on(filled) as (app, press, screen):
        await at_template(app, press)
        await press("r", "'altro", "enter")
        assert "Non si può leggere" in screen()
        await press("i")
        assert isinstance(app.screen, ReturnedScreen), "nothing is taken in"


def test_names_of_several_workbooks_are_told_apart_by_their_ends() -> None:
    several = [Path(f"/x/foglio_ore_2021-Q4_2021-010{number}_01-10-2021.xlsm") for number in (0, 1)]
    assert told_apart(several) == ["…2021-0100_01-10-2021", "…2021-0101_01-10-2021"]
    assert told_apart([Path("a_b.xlsx"), Path("a_b_c.xlsx")]) == ["…b", "…b_c"], "each keeps its last part"
    assert told_apart(several[:1]) == ["foglio_ore_2021-Q4_2021-0100_01-10-2021.xlsm"]


async def test_a_partner_is_chosen_only_for_workbooks_that_are_one_partners(
    filled: Office, template: Callable[..., str], on: Callable[..., Any]
) -> None:
    async with on(filled, 120, 40) as (app, press, screen):
        template()
        await at_template(app, press)
        assert "Partner (a)" in screen()
        await press("a", "home", "down", "enter")
        assert app.screen.job.partner != filled.workspace.partner
        template('"period", "loan"')
        app.screen.reload()
        await press("f1", "escape", "home", "end")
        await at_template(app, press)
        assert "Partner (a)" not in screen()
        assert " a Partner" not in screen()
        await press("Y")
        assert "--partner" not in app.clipboard
        await press("enter")
        assert "Partner (a)" not in screen()
        assert app.screen.job.partner == filled.workspace.partner
