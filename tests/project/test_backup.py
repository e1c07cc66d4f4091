"""Backups: what is in one, which are kept, and the office again from one."""

import json
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intarsi_tui.project.backup import Backup, back_up_today, backups, make_backup, too_old
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.restore import restore, salvage
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store import Store, StoreError, open_store


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    with open_store(workspace.database) as opened:
        opened.table("notes").insert_multiple({"n": number} for number in range(100))
        yield opened


def attached(workspace: Workspace, text: str) -> Path:
    source = workspace.path.parent / "verbale.txt"
    source.write_text(text)
    digest = workspace.files.attach(source).removeprefix("sha256:")[:64]
    return workspace.attachments / digest[:2] / digest


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_holds_all_that_an_office_is_made_of(workspace: Workspace, store: Store) -> None:
    paper = attached(workspace, "presenti: sei")
    (workspace.plugins / "loans.py").write_text("# a plugin")
    (workspace.exports / "report.xlsx").write_bytes(b"made anew at any time")
    made = make_backup(workspace, store)
    held = files(made.backup.path)
    assert set(held) == {
        "backup.json", "intarsi.db", "settings.toml", "plugins/loans.py", f"attachments/{paper.parent.name}/{paper.name}",
    }  # fmt: skip
    assert held["settings.toml"] == (workspace.path / "intarsi.toml").read_bytes()
    assert (made.records, made.findings, made.wrong) == ({"notes": 100}, (), ())
    assert made.backup == backups(workspace.backups)[0]


def test_a_backup_is_made_while_others_write(workspace: Workspace, store: Store) -> None:
    stop = threading.Event()

    def write() -> None:
        with open_store(workspace.database) as other:
            while not stop.is_set():
                other.table("pairs").insert_multiple([{"half": 1}, {"half": 2}])

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [make_backup(workspace, store) for _ in range(3)]
    finally:
        stop.set()
        thread.join()
    for one in made:
        with open_store(one.backup.path / "intarsi.db") as copy:
            assert len(copy.table("pairs")) % 2 == 0
            assert len(copy.table("notes")) == 100


def test_a_restored_office_is_equal(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    attached(workspace, "presenti: sei")
    (workspace.plugins / "loans.py").write_text("# a plugin")
    make_backup(workspace, store)
    restored = restore(workspace.backups, tmp_path / "again")
    same = ("intarsi.toml", "plugins", "attachments")
    for name, content in files(workspace.path).items():
        if name.startswith(same):
            assert (restored.workspace.path / name).read_bytes() == content
    with open_store(restored.workspace.database) as again:
        assert again.table("notes").all() == store.table("notes").all()
        assert again.site == "rimini"
    assert restored.workspace.partner.code == "rimini"
    assert all((restored.workspace.path / name).is_dir() for name in ("templates", "exports", "backups"))


def test_a_backup_folder_is_no_workspace(workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from intarsi_tui.project.workspace import find_workspace

    monkeypatch.chdir(make_backup(workspace, store).backup.path)
    assert find_workspace().path == workspace.path


def test_an_attachment_is_copied_once_and_has_many_names(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    paper = attached(workspace, "presenti: sei")
    inside = paper.relative_to(workspace.path)
    first, second = (make_backup(workspace, store, tmp_path / "disk").backup.path for _ in range(2))
    assert (first / inside).samefile(second / inside)
    assert not (first / inside).samefile(paper)


def test_a_changed_attachment_is_named_and_the_good_one_stays_in_the_backups(
    workspace: Workspace, store: Store
) -> None:
    old, new = attached(workspace, "presenti: sei"), attached(workspace, "presenti: sette")
    new.write_text("scarabocchi")
    made = make_backup(workspace, store)
    assert made.wrong == (str(new),)
    old.write_text("scarabocchi")
    again = make_backup(workspace, store)
    assert (again.backup.path / old.relative_to(workspace.path)).read_text() == "presenti: sei"


def test_an_attachment_that_changed_in_the_backup_before_is_copied_anew(workspace: Workspace, store: Store) -> None:
    inside = attached(workspace, "presenti: sei").relative_to(workspace.path)
    (make_backup(workspace, store).backup.path / inside).write_text("scarabocchi")
    assert (make_backup(workspace, store).backup.path / inside).read_text() == "presenti: sei"


def test_a_clock_that_was_wrong_once_costs_no_backup(
    workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 29):
        monkeypatch.setenv("INTARSI_NOW", f"2031-{number % 12 + 1:02d}-{number:02d}T09:00:00+00:00")
        make_backup(workspace, store, thorough=False)
    monkeypatch.setenv("INTARSI_NOW", "2021-05-20T09:00:00+00:00")
    assert back_up_today(workspace, store) is None
    assert sum(one.made.year == 2021 for one in backups(workspace.backups)) == 1
    assert back_up_today(workspace, store) is None
    assert sum(one.made.year == 2021 for one in backups(workspace.backups)) == 1


def test_kept_are_the_last_of_seven_days_four_weeks_and_twelve_months(tmp_path: Path) -> None:
    begin = datetime(2019, 1, 1, 18, tzinfo=UTC)
    kept: list[Backup] = []
    for number in range(3 * 365):
        for hour in (0, 2):
            made = begin + timedelta(days=number, hours=hour)
            kept.insert(0, Backup(tmp_path / f"{number}.{hour}", "rimini", made))
        gone = set(too_old(kept))
        kept = [one for one in kept if one not in gone]
    days = [one.made.date() for one in kept]
    assert days[0] == days[1] == (begin + timedelta(days=3 * 365 - 1)).date()
    assert sorted(set(days[:8]), reverse=True) == [days[0] - timedelta(days=back) for back in range(7)]
    assert len({(one.year, one.month) for one in days}) == 12
    assert len(kept) <= 1 + 7 + 4 + 12


def test_backups_of_other_offices_in_the_same_folder_are_left_alone(
    workspace: Workspace, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    for number in range(1, 20):
        monkeypatch.setenv("INTARSI_NOW", f"2020-01-{number:02d}T09:00:00+00:00")
        made = make_backup(workspace, store, disk, thorough=False)
        if number == 1:
            shutil.copytree(made.backup.path, disk / "modena-2019-01-01T090000Z")
    names = sorted(path.name for path in disk.iterdir())
    assert "modena-2019-01-01T090000Z" in names
    assert len(names) < 12


def test_the_day_has_one_backup_of_its_own_accord(
    workspace: Workspace, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert back_up_today(workspace, store) is None
    assert back_up_today(workspace, store) is None
    assert len(backups(workspace.backups)) == 1
    monkeypatch.setenv("INTARSI_NOW", "2021-05-21T08:00:00+00:00")
    assert back_up_today(workspace, store) is None
    assert len(backups(workspace.backups)) == 2


def test_a_backup_of_the_day_that_fails_says_why_and_raises_nothing(workspace: Workspace, store: Store) -> None:
    workspace.backups.rmdir()
    workspace.backups.write_text("in the way")
    failed = back_up_today(workspace, store)
    assert failed is not None
    assert str(workspace.backups) in failed("it")


def test_a_damaged_database_is_not_backed_up_over_good_ones(workspace: Workspace, store: Store) -> None:
    make_backup(workspace, store)
    store.close()
    data = bytearray(workspace.database.read_bytes())
    root = next(at for at in range(4096, len(data), 4096) if b'{"n":50}' in data[at : at + 4096])
    data[root : root + 8] = b"\xff" * 8
    workspace.database.write_bytes(data)
    with open_store(workspace.database) as damaged, pytest.raises(StoreError) as caught:
        make_backup(workspace, damaged)
    assert caught.value.code == "not_sound"
    assert str(workspace.database) in caught.value.text("it")
    assert len(backups(workspace.backups)) == 1
    assert [path.name for path in workspace.backups.iterdir()] == [backups(workspace.backups)[0].path.name]


def test_a_backup_with_a_changed_file_is_refused_unless_salvaged(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    paper = attached(workspace, "presenti: sei")
    made = make_backup(workspace, store)
    (made.backup.path / paper.relative_to(workspace.path)).write_text("scarabocchi")
    with pytest.raises(ProjectError) as caught:
        restore(workspace.backups, tmp_path / "again")
    assert caught.value.code == "bad_backup"
    assert paper.name in caught.value.text("it")
    assert not (tmp_path / "again").exists()
    saved = salvage(workspace, workspace.backups, tmp_path / "again")
    assert not saved.missing
    assert (tmp_path / "again" / paper.relative_to(workspace.path)).read_text() == "presenti: sei"


def test_a_backup_that_points_outside_its_folder_is_refused(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    manifest = make_backup(workspace, store).backup.path / "backup.json"
    about = json.loads(manifest.read_text())
    about["files"]["../../evil.py"] = "0" * 64
    manifest.write_text(json.dumps(about))
    with pytest.raises(ProjectError) as caught:
        restore(workspace.backups, tmp_path / "again")
    assert caught.value.code == "bad_backup"
    assert not (tmp_path / "evil.py").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "bad_backup"), ("[]", "bad_backup"), ('{"backup": 1}', "bad_backup"), ('{"backup": 2, "files": {}}', "newer_backup")],
)  # fmt: skip
def test_a_backup_without_a_readable_list_of_its_files_is_refused(
    text: str, code: str, workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    made = make_backup(workspace, store)
    (made.backup.path / "backup.json").write_text(text)
    with pytest.raises(ProjectError) as caught:
        restore(workspace.backups, tmp_path / "again")
    assert caught.value.code == code


def test_a_folder_in_use_is_not_restored_into(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    make_backup(workspace, store)
    for folder in (workspace.path, workspace.path / "intarsi.toml"):
        with pytest.raises(ProjectError) as caught:
            restore(workspace.backups, folder)
        assert caught.value.code == "not_empty"
    (tmp_path / "empty").mkdir()
    assert restore(workspace.backups, tmp_path / "empty").records == {"notes": 100}


def test_an_office_is_not_restored_into_a_synchronised_folder(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    make_backup(workspace, store, tmp_path / "Dropbox")  # backups may lie there
    with pytest.raises(StoreError) as caught:
        restore(tmp_path / "Dropbox", tmp_path / "Dropbox" / "again")
    assert caught.value.code == "synced_place"


def test_salvage_takes_settings_and_attachments_from_wherever_they_are_right(
    workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    paper = attached(workspace, "presenti: sei")
    make_backup(workspace, store)
    later = attached(workspace, "presenti: sette")
    paper.write_text("scarabocchi")
    (workspace.path / "intarsi.toml").write_bytes(b"\xff\xfe damaged")
    store.close()
    saved = salvage(workspace, workspace.backups, tmp_path / "again")
    assert saved.workspace.partner.code == "rimini"
    for one, text in ((paper, "presenti: sei"), (later, "presenti: sette")):
        assert (tmp_path / "again" / one.relative_to(workspace.path)).read_text() == text
    assert saved.salvaged is not None
    assert not saved.salvaged.lost


def test_records_of_a_plugin_that_is_gone_are_backed_up_and_readable(workspace: Workspace, tmp_path: Path) -> None:
    from intarsi_tui.host.office import open_office

    plugin = workspace.plugins / "bikes.py"
    plugin.write_text(
        "from intarsi_tui import *\n"
        "class Bike(Record, it='Bicicletta', en='Bicycle'):\n"
        "    code: Text = field(it='Codice', en='Code', privacy='public', key=True)\n"
        "plugin = Plugin('bikes', it='Biciclette', en='Bicycles', records=[Bike])\n"
    )
    with open_office(workspace) as office:
        saved = office.table("bikes.bike").add({"code": "R-1"}).doc
    plugin.write_text("raise RuntimeError('broken')")
    with open_office(Workspace(workspace.path)) as office:
        assert "bikes.bike" not in office.declarations
        assert make_backup(workspace, office.store).records["bikes.bike"] == 1
    plugin.unlink()
    for path in (restore(workspace.backups, tmp_path / "a"), salvage(workspace, workspace.backups, tmp_path / "b")):
        with open_office(path.workspace) as office:
            assert office.store.table("bikes.bike").all() == [saved]
            assert office.store.verify().findings == []
