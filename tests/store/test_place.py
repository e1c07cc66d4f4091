"""Where a database may lie."""

import json
from pathlib import Path, PurePosixPath

import pytest

from intarsi_tui.store import StoreError, open_store, place

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
//nas/uffici /mnt/uffici cifs rw,vers=3.0 0 0
server:/export /srv/dati\\040comuni nfs4 rw 0 0
anna@server: /home/anna/server fuse.sshfs rw 0 0
/dev/sdb1 /mnt/uffici/qui ext4 rw 0 0
C:\\134 /mnt/c 9p rw,noatime,aname=drvfs;path=C:\\;uid=1000 0 0
share /srv/vm 9p rw,trans=virtio 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna/ufficio", ""), ("/mnt/uffici", "cifs"), ("/mnt/uffici/rimini", "cifs"), ("/mnt/uffici2", ""),
        ("/mnt/uffici/qui/rimini", ""), ("/srv/dati comuni/x", "nfs4"), ("/home/anna/server/x", "fuse.sshfs"),
        ("/mnt/c/Users/anna", "cifs"), ("/srv/vm/x", ""), ("/tmp/x", ""),
    ],
)  # fmt: skip
def test_the_deepest_mount_decides_whether_a_path_is_on_another_computer(path: str, kind: str) -> None:
    assert place.kind_at(PurePosixPath(path), place.mounts_of_linux(MOUNTS)) == kind


def test_macos_names_its_shares_too() -> None:
    text = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//anna@nas._smb._tcp.local/uffici on /Volumes/Uffici (comuni) (smbfs, nodev, nosuid, mounted by anna)\n"
    )
    mounts = list(place.mounts_of_macos(text))
    assert place.kind_at(PurePosixPath("/Volumes/Uffici (comuni)/rimini"), mounts) == "smbfs"
    assert place.kind_at(PurePosixPath("/Users/anna/rimini"), mounts) == ""


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("Dropbox", "Dropbox"), ("Dropbox (Unione Savio)", "Dropbox"), ("OneDrive", "OneDrive"),
        ("OneDrive - Comune di Rimini", "OneDrive"), ("OneDrive-Personal", "OneDrive"), ("Google Drive", "Google Drive"),
        ("GoogleDrive-anna@example.org", "Google Drive"), ("Il mio Drive", "Google Drive"), ("iCloudDrive", "iCloud"),
        ("Mobile Documents", "iCloud"), ("nextcloud", "Nextcloud"), ("ownCloud", "Nextcloud"), ("drive", ""), ("Documenti", ""),
    ],
)  # fmt: skip
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, name: str, program: str) -> None:
    assert place.synced(tmp_path / name / "ufficio", {}) == program


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".dropbox.cache", "Dropbox"), (".tmp.drivedownload", "Google Drive"), (".owncloudsync.log", "Nextcloud"),
        (".sync_8a2c9f0e1b7d.db", "Nextcloud"), ("._sync_8a2c9f0e1b7d.db", "Nextcloud"), (".stfolder", "Syncthing"),
        (".dropbox", ""), ("sync.db", ""),
    ],
)  # fmt: skip
def test_a_synchronised_folder_is_known_by_what_its_program_leaves_there(
    tmp_path: Path, mark: str, program: str
) -> None:
    (tmp_path / mark).touch()
    assert place.synced(tmp_path / "comuni" / "ufficio", {}) == program


def test_a_synchronising_program_is_believed_about_its_own_folders(tmp_path: Path) -> None:
    home = tmp_path / "anna"
    (home / ".dropbox").mkdir(parents=True)
    (home / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(tmp_path / "scatola")}}))
    (tmp_path / "scatola").mkdir()
    (tmp_path / "nuvola").mkdir()
    environment = {"HOME": str(home), "OneDriveCommercial": str(tmp_path / "nuvola")}
    assert place.synced(tmp_path / "scatola" / "x", environment) == "Dropbox"
    assert place.synced(tmp_path / "nuvola" / "x", environment) == "OneDrive"
    assert place.synced(home / "x", environment) == ""
    (home / ".dropbox" / "info.json").write_text("[1, {")
    assert place.synced(tmp_path / "scatola" / "x", environment) == ""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "Dropbox" / "ufficio"
    folder.mkdir(parents=True)
    return folder


def test_a_database_is_neither_made_nor_opened_in_a_synchronised_folder(shared: Path, path: Path) -> None:
    for create in (True, False):
        with pytest.raises(StoreError) as caught:
            open_store(shared / "intarsi.db", create=create)
        assert caught.value.code == "synced_place"
        assert "Dropbox" in caught.value.text("it")
        assert "SSH" in caught.value.text("it")
    assert list(shared.iterdir()) == []
    open_store(path).close()
    inside = path.replace(shared / "intarsi.db")
    before = inside.read_bytes()
    with pytest.raises(StoreError):
        open_store(inside)
    assert inside.read_bytes() == before


def test_a_link_does_not_hide_where_a_folder_is(shared: Path, tmp_path: Path) -> None:
    try:
        (tmp_path / "qui").symlink_to(shared)
    except OSError:
        pytest.skip("no links without rights")
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "qui" / "intarsi.db")
    assert caught.value.code == "synced_place"
