"""Profile, periods and workspace."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui import resources
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.periods import quarter_of, read_period
from intarsi_tui.project.profile import Profile, read_profile
from intarsi_tui.project.workspace import Workspace, create_workspace, find_workspace

SHIPPED = resources.PACKAGE / "project" / "intarsi.toml"
OTHER = """
[project]
code = "PROG-9"
cup = "A12B34C56D78E90"
it = "Altro progetto"
lead = "nord"
[[dates]]
signed = 2025-01-01
start = 2025-02-01
end = 2026-01-31
[[partners]]
code = "nord"
name = "Comune del Nord"
"""


def profile() -> Profile:
    return read_profile(SHIPPED)


def test_the_shipped_profile_is_the_project() -> None:
    assert (profile().code, profile().cup, profile().lead) == ("PROG-2832", "I69E19001100002", "unione-savio")
    assert len(profile().partners) == 11


def test_the_end_is_that_of_the_latest_act() -> None:
    assert profile().end == date(2022, 6, 30)


def test_a_day_outside_the_project_says_what_that_means_and_no_other_day_does() -> None:
    assert profile().outside(date(2022, 6, 30), "it") == ("", "")
    ended, counts = profile().outside(date(2022, 7, 1), "en")
    assert "ended on 30/06/2022" in ended
    assert "Q2 2022" in counts
    begins, _counts = profile().outside(profile().start - timedelta(days=1), "it")
    assert f"comincia il {profile().start:%d/%m/%Y}" in begins


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_quarters_follow_each_other_without_gap(day: date) -> None:
    quarter = quarter_of(day)
    assert day in quarter
    assert quarter_of(quarter.end + timedelta(days=1)).start == quarter.end + timedelta(days=1)
    assert read_period(quarter.code) == quarter


def test_periods_are_typed_in_several_ways() -> None:
    assert read_period("2021-T2") == read_period("2021q2") == read_period("2021-Q2")
    assert read_period("2021-H2").start == date(2021, 7, 1)
    assert read_period("2020-02").end == date(2020, 2, 29)
    assert read_period("2021").end == date(2021, 12, 31)
    assert profile().period("progetto").end == date(2022, 6, 30)
    assert read_period("2021-Q2").label("it") == "2° trimestre 2021"
    with pytest.raises(ProjectError) as caught:
        read_period("giugno")
    assert "2021-Q2" in caught.value.text("it")


def test_another_projects_profile_works_without_code(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text(OTHER, "utf-8")
    workspace = create_workspace(tmp_path / "ws", "nord", file)
    assert workspace.profile.cup == "A12B34C56D78E90"
    assert (workspace.partner.name, workspace.site) == ("Comune del Nord", "nord")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "PROG-9"', "", "project.code"),
        ("A12B34C56D78E90", "A12", "A12"),
        ("end = 2026-01-31", "end = 2024-01-31", "2024-01-31"),
        ('lead = "nord"', 'lead = "sud"', "sud"),
        ("[project]", "[project", "TOML"),
        ("start = 2025-02-01", "", "dates.start"),
        ("start = 2025-02-01", 'start = "2025-02-01"', "start = 2020-01-31"),
        ("start = 2025-02-01", "start = 2025-02-01T00:00:00", "start = 2020-01-31"),
        ('it = "Altro progetto"', "it = 3", "project.it"),
        ("[project]", "settings = 3\n[project]", "[settings]"),
        ("[[partners]]", "[partners]", "[[partners]]"),
        ('code = "nord"', 'code = "Nord"', "a-z"),
    ],
)
def test_a_wrong_profile_is_refused_with_what_and_where(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / "other.toml"
    file.write_text(OTHER.replace(old, new), "utf-8")
    with pytest.raises(ProjectError) as caught:
        read_profile(file)
    assert told in caught.value.text("it")
    assert not (tmp_path / "ws").exists()


def test_a_profile_that_notepad_saved_is_read(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text(OTHER, "utf-8-sig")
    assert create_workspace(tmp_path / "ws", "nord", file).profile.code == "PROG-9"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('partner = "rimini"', 'partner = ""', "workspace.partner"),
        ('[workspace]\npartner = "rimini"\nsite = "rimini"', "", "workspace.partner"),
        ("disabled = []", 'disabled = "bicycles"', "disabled = ["),
    ],
)
def test_a_wrong_setting_of_the_workspace_is_named(workspace: Workspace, old: str, new: str, told: str) -> None:
    file = workspace.path / "intarsi.toml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    again = Workspace(workspace.path)
    with pytest.raises(ProjectError) as caught:
        _ = again.partner, again.disabled
    assert told in caught.value.text("it")


@pytest.mark.parametrize("typed", ["0000-Q1", "9999-Q4", "9999-12", "2021-13", "2021-Q5", "２０２１-Q2"])
def test_a_period_outside_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(ProjectError):
        read_period(typed)


def test_init_refuses_an_unknown_partner_and_a_folder_in_use(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="rimini"):
        create_workspace(tmp_path / "a", "riminy")
    assert not (tmp_path / "a").exists()
    create_workspace(tmp_path / "b", "rimini")
    with pytest.raises(ProjectError):
        create_workspace(tmp_path / "b", "rimini")


def test_the_workspace_is_found_from_a_folder_below(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(workspace.exports)
    assert find_workspace().path == workspace.path
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProjectError) as caught:
        find_workspace()
    assert "intarsi init" in caught.value.text("it")
    monkeypatch.setenv("INTARSI_WORKSPACE", str(workspace.path))
    assert find_workspace().path == workspace.path


def test_an_attached_file_is_kept_once_by_its_content(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "../../verbale [1].pdf"
    file = tmp_path / "verbale [1].pdf"
    file.write_bytes(b"text")
    first, second = workspace.files.attach(file), workspace.files.attach(file)
    assert first == second
    assert first.endswith("/verbale _1_.pdf")
    assert [path.read_bytes() for path in workspace.attachments.rglob("*") if path.is_file()] == [b"text"]
