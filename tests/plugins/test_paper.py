"""Paper that is printed before the event: numbered, with blank boxes, and nothing in it is a formula."""

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from intarsi_tui.host.acting import act
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.labels import Label
from intarsi_tui.records.problems import Rejected
from intarsi_tui.reporting import pdf
from intarsi_tui.reporting.problems import ReportError

from ..conftest import program


@pytest.fixture
def course(workspace: Workspace) -> Any:
    """An office with a course of two people and one session."""
    with open_office(workspace, "it") as office:
        body = office.table("registry.body").add({"name": "=1+1 coop", "nature": "third_sector"}).doc["id"]
        course = office.table("training.course").add({"code": "FORM-01/1", "title": "Asilo"}).doc["id"]
        values = {"course": course, "date": "3/6/2021", "start": "9", "end": "12", "topic": "Leggi", "page": 2}
        office.table("training.session").add(values)
        for surname in ("Verdi", "Bianchi"):
            operator = (
                office.table("registry.operator")
                .add({"surname": surname, "given_name": "Anna", "body": body})
                .doc["id"]
            )
            office.table("training.enrolment").add({"course": course, "operator": operator, "enrolled_on": "1/5/2021"})
        yield office


def texts(path: str, page: str) -> list[list[Any]]:
    return [[cell.value for cell in row if cell.value] for row in load_workbook(path)[page].iter_rows()]


def test_the_register_has_numbered_pages_with_names_in_order_and_blank_boxes(course: Office, tmp_path: Path) -> None:
    (told,) = act(
        course, "training", "blank-register", {"course": "FORM-01/1", "pages": "3", "file": str(tmp_path / "r.xlsx")}
    )
    book = load_workbook(told["file"])
    assert book.sheetnames == ["1", "2", "3"]
    lines = [line for line in texts(told["file"], "2") if line]
    assert ["Comune di Rimini – pagina 2 di 3"] in lines
    assert ["Data", "03/06/2021"] in lines
    assert ["1", "Bianchi Anna", "=1+1 coop"] in lines
    assert ["2", "Verdi Anna", "=1+1 coop"] in lines
    assert ["Data"] in texts(told["file"], "1")  # no session is on that page: the day is written by hand
    sheet = book["1"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, bool(sheet.print_area)) == (1, 1, True)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_every_page_names_fund_project_and_cofinancing(course: Office, tmp_path: Path) -> None:
    (told,) = act(course, "training", "blank-certificates", {"course": "FORM-01/1", "file": str(tmp_path / "a.xlsx")})
    for page, name in (("1", "Bianchi Anna"), ("2", "Verdi Anna")):
        words = {str(value) for line in texts(told["file"], page) for value in line}
        assert {course.profile.cofinancing.it, course.profile.fund, name, "Asilo (FORM-01/1)", "Attestato n."} <= words
        assert any(course.profile.code in word and course.profile.cup in word for word in words)


def test_a_signature_sheet_lists_who_is_expected_and_leaves_lines_for_others(course: Office, tmp_path: Path) -> None:
    family = course.table("registry.household").add({"type": "mother", "take_in_date": "1/3/2021"}).doc["id"]
    person = (
        course.table("registry.person")
        .add({"surname": "Adeyemi", "given_name": "Joy", "household": family, "gender": "F", "birth_date": "1/1/1990"})
        .doc["id"]
    )
    meeting = {
        "date": "3/6/2021",
        "start": "9",
        "end": "10",
        "mode": "group",
        "status": "planned",
        "place": "Sala",
        "attendance": [{"person": person}],
    }
    uid = course.table("cohousing.housing_meeting").add(meeting).doc["id"]
    (told,) = act(course, "cohousing", "sign-sheet", {"record": uid, "blanks": "5", "file": str(tmp_path / "f.xlsx")})
    lines = texts(told["file"], "1")
    assert ["1", "Adeyemi Joy"] in lines
    events = course.table("dissemination.event")
    days = [events.add({"title": "Festa", "type": "conference", "date": "5/6/2021"}).doc["id"] for _time in range(2)]
    events.confirm(days[0])
    records = [("dissemination", one) for one in days] + [("cohousing", uid)]
    files = [Path(row["file"]) for plugin, one in records for row in act(course, plugin, "sign-sheet", {"record": one})]
    assert {file.parent for file in files} == {course.workspace.exports}
    assert len(set(files)) == 3, "no sheet is written over another one"


def test_a_pdf_has_one_sheet_of_paper_a_page(course: Office, tmp_path: Path) -> None:
    program("soffice")
    pdftotext = program("pdftotext")
    values = {"course": "FORM-01/1", "pages": "2", "file": str(tmp_path / "r.xlsx"), "pdf": "sì"}
    paths = [row["file"] for row in act(course, "training", "blank-register", values)]
    assert [Path(path).suffix for path in paths] == [".xlsx", ".pdf"]
    printed = subprocess.run([pdftotext, "-layout", paths[1], "-"], check=True, capture_output=True, text=True).stdout
    assert [f"pagina {number} di 2" in page for number, page in enumerate(printed.split("\f")[:-1], 1)] == [True, True]


def test_without_libreoffice_the_workbook_is_there_and_the_sentence_says_so(
    course: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    values = {"course": "FORM-01/1", "file": str(tmp_path / "r.xlsx"), "pdf": "sì"}
    with pytest.raises(ReportError) as caught:
        act(course, "training", "blank-register", values)
    assert "LibreOffice" in caught.value.problems[0].text("it")
    assert (tmp_path / "r.xlsx").exists()


def test_a_pdf_beside_a_file_of_the_folder_one_is_in_is_no_crash(
    course: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pdf.shutil, "which", lambda name: str(tmp_path / "no-such-program"))
    with pytest.raises(ReportError) as caught:
        act(course, "training", "blank-register", {"course": "FORM-01/1", "file": "r.xlsx", "pdf": "sì"})
    assert caught.value.problems[0].code == "no_pdf"


def test_blank_certificates_need_the_cofinancing_sentence(
    course: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = replace(course.profile, cofinancing=Label("", ""))
    monkeypatch.setitem(course.workspace.__dict__, "profile", silent)
    with pytest.raises(Rejected, match="cofinancing_it"):
        act(course, "training", "blank-certificates", {"course": "FORM-01/1", "file": str(tmp_path / "a.xlsx")})


def test_the_sheet_of_a_coming_meeting_names_the_members_of_that_day(course: Office, tmp_path: Path) -> None:
    bodies = [course.table("registry.body").add({"name": name, "nature": "public"}).doc["id"] for name in ("A", "B")]
    members = [
        {"body": bodies[0], "contact": "Neri Anna", "joined_on": "1/2/2021"},
        {"body": bodies[1], "contact": "Verdi Ugo", "joined_on": "1/2/2021", "left_on": "1/3/2021"},
    ]
    network = {"name": "Tavolo", "kind": "territorial", "level": "provincial", "members": members}
    uid = course.table("governance.network").add(network).doc["id"]
    meeting = course.table("governance.meeting").add({"network": uid, "date": "3/6/2021"}).doc["id"]
    (told,) = act(course, "governance", "sign-sheet", {"record": meeting, "file": str(tmp_path / "f.xlsx")})
    lines = texts(told["file"], "1")
    assert ["1", "Neri Anna", "A"] in lines
    assert not any("Verdi Ugo" in line for line in lines)
