"""Attached files: what is taken in and what is refused, under which name it is kept, and whether it still is what it was."""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.project import opening
from intarsi_tui.project.attachments import YOUNG, Attachments
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.file_names import PROGRAMS, as_path, clean_name
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.linked_kinds import ATTACHED


@pytest.fixture
def files(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "attachments", most_mb=1)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "foglio firme.pdf"
    path.write_bytes(b"scan")
    return path


def refused(files: Attachments, path: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        files.attach(path)
    assert caught.value.text("it") != caught.value.text("en")
    assert not [left for left in files.folder.rglob("*") if left.is_file()], "nothing half kept"
    return caught.value.code


def test_a_file_is_kept_once_whatever_it_is_called(files: Attachments, scan: Path, tmp_path: Path) -> None:
    other = tmp_path / "copia.pdf"
    other.write_bytes(b"scan")
    first, second = files.attach(scan), files.attach(other)
    assert (first[72:], second[72:]) == ("foglio firme.pdf", "copia.pdf")
    assert files.file(first) == files.file(second)
    assert files.file(first).name == hashlib.sha256(b"scan").hexdigest()
    assert (files.size(first), files.state(first)) == (4, "ok")


def test_what_cannot_be_attached_is_refused_with_a_sentence_of_its_own(files: Attachments, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "large.pdf").write_bytes(bytes(1_000_001))
    (tmp_path / "broken.pdf").symlink_to(tmp_path / "nowhere.pdf")
    (tmp_path / "folder").mkdir()
    assert refused(files, tmp_path / "none.pdf") == "no_such_file"
    assert refused(files, tmp_path / "nul\0.pdf") == "no_such_file"
    assert refused(files, tmp_path / ("x" * 300)) == "attach_unreadable"
    assert refused(files, tmp_path / "broken.pdf") == "no_such_file"
    assert refused(files, tmp_path / "folder") == "attach_folder"
    assert refused(files, tmp_path / "folder" / "..") == "attach_folder"
    assert refused(files, tmp_path / "empty.pdf") == "attach_empty"
    assert refused(files, tmp_path / "large.pdf") == "attach_large"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_devices_and_pipes_are_refused_without_being_opened(files: Attachments, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "zero.pdf").symlink_to("/dev/zero")
    assert refused(files, tmp_path / "pipe.pdf") == "attach_no_file"
    assert refused(files, tmp_path / "zero.pdf") == "attach_no_file"


@pytest.mark.parametrize(
    "name", ["a.exe", "fattura.pdf.EXE", "a.bat ", "a.lnk.", "a.desktop", "a.settingcontent-ms", "a.ps1"]
)
def test_what_a_system_would_run_is_not_attached(files: Attachments, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"MZ")
    assert refused(files, tmp_path / name) == "attach_program"


def test_a_link_to_a_file_is_followed(files: Attachments, scan: Path, tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(scan)
    value = files.attach(tmp_path / "link.pdf")
    assert not files.file(value).is_symlink()
    assert files.file(value).read_bytes() == b"scan"


def test_a_file_that_changes_while_it_is_read_is_refused(
    files: Attachments, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan.write_bytes(bytes(500_000))
    monkeypatch.setattr("intarsi_tui.project.attachments.PIECE", 100_000)
    pieces = files._pieces(scan)
    next(pieces)
    scan.write_bytes(b"other")
    with pytest.raises(ProjectError) as caught:
        list(pieces)
    assert caught.value.code == "attach_changing"


def test_a_full_disk_leaves_nothing_behind(files: Attachments, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused(files, scan) == "attach_not_kept"


def test_a_damaged_file_is_noticed_and_put_right_by_attaching_it_again(files: Attachments, scan: Path) -> None:
    value = files.attach(scan)
    files.file(value).write_bytes(b"xcan")
    assert files.state(value) == "changed"
    assert files.attach(scan) == value
    assert files.state(value) == "ok"
    files.file(value).unlink()
    assert (files.state(value), files.size(value)) == ("missing", None)


def test_a_copy_is_verified_and_a_bad_one_is_not_left(files: Attachments, scan: Path, tmp_path: Path) -> None:
    value = files.attach(scan)
    files.copy(value, tmp_path / "good.pdf")
    assert (tmp_path / "good.pdf").read_bytes() == b"scan"
    files.file(value).write_bytes(b"xcan")
    with pytest.raises(ProjectError) as caught:
        files.copy(value, tmp_path / "bad.pdf")
    assert caught.value.code == "attachment_changed"
    assert "foglio firme.pdf" in caught.value.text("it")
    files.file(value).unlink()
    with pytest.raises(ProjectError, match="missing"):
        files.copy(value, tmp_path / "bad.pdf")
    assert not (tmp_path / "bad.pdf").exists()


def test_files_that_nobody_names_are_told_and_young_ones_left_alone(files: Attachments, scan: Path) -> None:
    value = files.attach(scan)
    (files.folder / "Thumbs.db").touch()
    kept = files.file(value)
    assert list(files.unnamed({kept.name})) == []
    assert list(files.unnamed(set())) == [kept]
    assert list(files.unnamed(set(), young=False)) == []
    old = time.time() - YOUNG - 60
    os.utime(kept, (old, old))
    assert list(files.unnamed(set(), young=False)) == [kept]
    files.attach(scan)
    assert list(files.unnamed(set(), young=False)) == [], "attached again, it may belong to a record being saved"


@given(st.text(min_size=1, max_size=400))
def test_a_cleaned_name_is_a_name_on_every_system(name: str) -> None:
    cleaned = clean_name(name)
    assert ATTACHED.fullmatch(f"sha256:{'0' * 64}/{cleaned}")
    assert len(cleaned.encode()) <= 140
    assert cleaned == clean_name(cleaned)
    assert not cleaned.endswith((" ", "."))
    assert Path(cleaned).name == cleaned


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [("../../etc/passwd", "_._etc_passwd"), ("..", "file"), ("con.pdf", "_con.pdf"), ("a\u202efdp.pdf", "a_fdp.pdf"),
     ("perche\u0301.pdf", "perché.pdf"), (f"{'è' * 300}.pdf", f"{'è' * 58}.pdf"), (".bashrc", "bashrc")],
)  # fmt: skip
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize("typed", ["{}", "'{}'", '"{}"', " {} ", "file://{}", "'file://{}'"])
def test_a_path_may_be_quoted_as_terminals_do(typed: str, scan: Path) -> None:
    assert as_path(typed.format(scan)) == scan


@pytest.mark.skipif(os.name != "nt", reason="drives and shares")
@pytest.mark.parametrize(
    ("typed", "path"),
    [("file:///C:/x.pdf", "C:/x.pdf"), ("file:////server/share/x", "//server/share/x"), ("file://server/share/x", "//server/share/x")],
)  # fmt: skip
def test_an_address_leads_to_a_drive_or_a_share(typed: str, path: str) -> None:
    assert as_path(typed) == Path(path)


@pytest.mark.skipif(os.name == "nt", reason="backslashes divide folders there")
def test_a_path_may_have_quotes_and_escaped_blanks(tmp_path: Path) -> None:
    odd = tmp_path / 'l\'atto "firmato".pdf'
    odd.touch()
    assert as_path(str(odd)) == odd
    assert as_path(str(odd).replace(" ", "\\ ").replace("'", "\\'").replace('"', '\\"')) == odd


@pytest.mark.parametrize("most", ["0", "-5", "true", '"50"'])
def test_the_limit_is_a_setting_in_whole_megabytes(workspace: Workspace, most: str) -> None:
    assert workspace.files.most_mb == 50
    settings = workspace.path / "intarsi.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[workspace]", f"[workspace]\nattachment_mb = {most}"), "utf-8"
    )
    with pytest.raises(ProjectError, match="attachment_mb"):
        _ = Workspace(workspace.path).files


def test_opening_gives_a_private_read_only_copy_under_the_files_own_name(
    files: Attachments, scan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(opening.tempfile, "tempdir", str(tmp_path))
    value = files.attach(scan)
    copy, started = opening.open_copy(files, value)
    assert (copy.name, copy.read_bytes(), started) == ("foglio firme.pdf", b"scan", False)
    if os.name != "nt":
        assert copy.stat().st_mode & 0o777 == 0o400
        assert copy.parent.stat().st_mode & 0o777 == 0o700
    old = time.time() - opening.KEPT_FOR - 60
    os.utime(copy.parent, (old, old))
    opening.open_copy(files, value)
    assert not copy.exists(), "copies of other days are taken away"


@pytest.mark.parametrize("ending", sorted(PROGRAMS)[::9])
def test_what_came_in_by_another_way_is_not_run_either(files: Attachments, scan: Path, ending: str) -> None:
    value = files.attach(scan).rpartition("/")[0] + f"/a.{ending}"
    with pytest.raises(ProjectError) as caught:
        opening.open_copy(files, value)
    assert caught.value.code == "attach_program"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize(
    "put", [lambda path: os.mkfifo(path), lambda path: path.mkdir(), lambda path: path.symlink_to("/etc/hostname")]
)
def test_what_is_no_file_in_the_place_of_a_kept_one_is_missing_and_can_be_repaired(
    files: Attachments, scan: Path, put: Callable[[Path], None], tmp_path: Path
) -> None:
    """A named pipe would never end; a folder is somebody's and is put aside."""
    value = files.attach(scan)
    files.file(value).unlink()
    put(files.file(value))
    assert (files.state(value), files.size(value)) == ("missing", None)
    with pytest.raises(ProjectError):
        files.copy(value, tmp_path / "copy")
    assert files.attach(scan) == value
    assert files.state(value) == "ok"
