"""What is written can be read again, and nothing in it is a formula."""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.exchange.columns import numbered_title, of_register, plain, reference_of, typeable
from intarsi_tui.exchange.exports import STARTS, guarded, unguarded, write_csv, write_xlsx
from intarsi_tui.host.office import Office
from intarsi_tui.whole_file import replacing

TRICKY = st.text(alphabet="='+-@\t\ra1,. ", max_size=8) | st.text()


@given(TRICKY)
def test_disarming_is_taken_back_exactly(typed: str) -> None:
    assert unguarded(guarded(typed)) == typed


@given(TRICKY)
def test_a_disarmed_cell_is_a_number_or_does_not_start_like_a_formula(typed: str) -> None:
    shown = guarded(typed)
    assert not shown.startswith(STARTS) or shown.strip("+-").replace(".", "").replace(",", "").isdigit()


def test_csv_counts_what_it_disarmed() -> None:
    file = io.StringIO()
    assert write_csv(file, [plain("x", "=X")], [{"x": "=1"}, {"x": "-1"}, {}]) == 1
    assert file.getvalue() == "'=X\n'=1\n-1\n\"\"\n"


@given(st.lists(TRICKY, max_size=3))
def test_a_workbook_has_texts_and_no_formulas(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("book") / "x.xlsx"
    write_xlsx(path, [plain("x", "=X")], [{"x": one} for one in texts], "a/b:c[d]")
    for row in openpyxl.load_workbook(path).active.iter_rows():  # type: ignore[union-attr]
        assert [cell.data_type for cell in row if cell.value is not None] in ([], ["s"])


def test_a_day_before_excel_is_a_text(tmp_path: Path) -> None:
    import datetime

    write_xlsx(tmp_path / "x.xlsx", [plain("x", "X")], [{"x": datetime.date.min}], "x")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    assert sheet["A2"].value == "01/01/0001"


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("before")

    def fail_half_way() -> None:
        with replacing(path) as part:
            part.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_links_are_seen_by_title_and_written_by_key(office: Office) -> None:
    pupil = office.table("lessons.pupil").add({"name": "Rossi"}).doc
    lesson = office.table("lessons.lesson").add({"day": "1/4/2021", "pupil": pupil["code"]}).doc
    (column,) = of_register(office, [office.declarations["lessons.lesson"].by_name["pupil"]])
    assert column.show(lesson) == column.write(lesson) == column.excel(lesson) == pupil["code"]
    office.table("lessons.pupil").void(pupil["id"], "doppio")
    assert reference_of(office, "lessons.pupil", pupil["id"]) == pupil["id"]
    assert reference_of(office, "nowhere.at_all", "x") == "x"


def test_a_record_is_called_by_number_and_title(office: Office) -> None:
    lesson = office.table("lessons.lesson").add({"day": "1/4/2021"}).doc
    assert numbered_title(office, "lessons.lesson", lesson) == "01/04/2021"
    confirmed = office.table("lessons.lesson").confirm(lesson["id"]).doc
    assert numbered_title(office, "lessons.lesson", confirmed) == "2021/0001 01/04/2021"


def test_what_would_not_come_back_is_written_as_it_is_stored(office: Office) -> None:
    fields = office.declarations["lessons.lesson"].by_name
    assert typeable(fields["hours"], 90, "it") == "1:30"
    assert typeable(fields["level"], "gone", "it") == "gone"
    assert typeable(fields["day"], "2021-04-01", "it") == "01/04/2021"
