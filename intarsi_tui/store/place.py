"""Where a database may lie: not on a network share, and not in a folder that another program synchronises.

SQLite's write-ahead log needs shared memory and locks of one computer; a synchronising program copies the database and
the log beside it at different moments. Both work for weeks and then lose records.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from .errors import StoreError

# File systems of other computers, as the system calls them (Linux's /proc/self/mounts, macOS's mount).
NETWORK = frozenset((
    "nfs", "nfs3", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "afs", "webdav", "davfs", "ceph", "glusterfs",
    "lustre", "beegfs", "gpfs", "orangefs", "ocfs2", "gfs2", "vboxsf", "vmhgfs", "prl_fs", "fuse.sshfs", "fuse.davfs2",
    "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.ceph", "fuse.vmhgfs-fuse", "macfuse_sshfs",
))  # fmt: skip

# Names of folders that a program keeps in step with other computers, and what it leaves in folders of another name.
SYNCED_NAMES = {
    "Dropbox": re.compile(r"dropbox( \(.+\)|-.+)?", re.IGNORECASE),
    "OneDrive": re.compile(r"onedrive( - .+|-.+)?|skydrive", re.IGNORECASE),
    "Google Drive": re.compile(r"google ?drive.*|drivefs|my drive|il mio drive", re.IGNORECASE),
    "iCloud": re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs", re.IGNORECASE),
    "Nextcloud": re.compile(r"nextcloud|owncloud", re.IGNORECASE),
}
MARKS = {  # not `.dropbox`: the program keeps its settings under this name in the home folder
    ".dropbox.cache": "Dropbox", ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive", ".shortcut-targets-by-id": "Google Drive", ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud", ".stfolder": "Syncthing", ".seafile-data": "Seafile",
}  # fmt: skip
JOURNAL = re.compile(r"\._?sync_[0-9a-f]+\.db")  # Nextcloud's and ownCloud's, `.sync_8a2c….db`

DRIVE_REMOTE = 4  # Windows' GetDriveType
MARKED_FROM = 3  # separators in `/home/anna/Documenti`


def refuse_unsafe(path: Path) -> None:
    """Lets pass only a folder in which a database is safe.

    Parameters:
        path: the database's folder; need not be there yet.

    Raises:
        StoreError: network_place, synced_place.
    """
    path = Path(os.path.realpath(path))
    if kind := network(path):
        raise StoreError("network_place", path, kind=kind)
    if program := synced(path):
        raise StoreError("synced_place", path, program=program)


def network(path: Path) -> str:
    """The kind of network file system that a resolved path is on, "" for a disk of this computer."""
    if sys.platform == "win32":
        return _windows_share(path)
    if sys.platform == "darwin":
        mounts = mounts_of_macos(_output("/sbin/mount"))
    else:
        mounts = mounts_of_linux(_text(Path("/proc/self/mounts")))
    return kind_at(PurePosixPath(path), mounts)


def kind_at(path: PurePosixPath, mounts: Iterable[tuple[str, str]]) -> str:
    """The network kind among `mounts` (folder, kind) that holds `path`: the deepest, and of one folder the last."""
    kind, depth = "", 0
    for folder, found in mounts:
        parts = PurePosixPath(folder).parts
        if len(parts) >= depth and path.parts[: len(parts)] == parts:
            kind, depth = found, len(parts)
    return kind if kind in NETWORK else ""


def mounts_of_linux(text: str) -> Iterator[tuple[str, str]]:
    """Folder and kind of each line of `/proc/self/mounts`; Windows' disks inside its Linux count as shares."""
    for line in text.splitlines():
        fields = line.split(" ")
        if len(fields) >= 4:
            folder = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1])
            yield folder, "cifs" if fields[2] == "9p" and "drvfs" in fields[3] else fields[2]


def mounts_of_macos(text: str) -> Iterator[tuple[str, str]]:
    """Folder and kind of each line that `mount` prints there."""
    for found in re.finditer(r"^.+? on (/.*) \((\w+)[,)]", text, re.MULTILINE):
        yield found[1], found[2]


def _windows_share(path: Path) -> str:
    if path.drive.startswith("\\\\"):
        return path.drive
    import ctypes

    windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    return path.drive if windll.kernel32.GetDriveTypeW(path.drive + "\\") == DRIVE_REMOTE else ""


def synced(path: Path, environment: "os._Environ[str] | dict[str, str]" = os.environ) -> str:
    """The program that synchronises a resolved path with other computers, "" for none."""
    for root, program in _told(environment):
        if path == root or root in path.parents:
            return program
    for folder in (path, *path.parents):
        if program := _named(folder.name) or _marked(str(folder)):
            return program
    return ""


def _named(name: str) -> str:
    return next((program for program, pattern in SYNCED_NAMES.items() if pattern.fullmatch(name)), "")


def _marked(folder: str) -> str:
    found = next((program for name, program in MARKS.items() if os.path.lexists(os.path.join(folder, name))), "")  # noqa: PTH118
    # Only an account's own folders are looked through: /home and /tmp may hold thousands of names.
    if found or folder.count(os.sep) < MARKED_FROM:
        return found
    try:
        with os.scandir(folder) as entries:
            return "Nextcloud" if any(JOURNAL.fullmatch(entry.name) for entry in entries) else ""
    except OSError:  # not a folder, not there yet, or closed to us
        return ""


def _told(environment: "os._Environ[str] | dict[str, str]") -> Iterator[tuple[Path, str]]:
    """Folders that a synchronising program itself says are its own."""
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if environment.get(name):
            yield Path(os.path.realpath(environment[name])), "OneDrive"
    home = environment.get("HOME") or environment.get("USERPROFILE")
    places = [Path(home) / ".dropbox"] if home else []
    places += [Path(environment[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if environment.get(name)]
    for place in places:
        try:
            accounts = json.loads(_text(place / "info.json") or "{}")
            yield from ((Path(os.path.realpath(one["path"])), "Dropbox") for one in accounts.values())
        except (ValueError, KeyError, TypeError, AttributeError):  # not the file that it was
            continue


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _output(*command: str) -> str:
    import subprocess  # 17 ms, and only macOS needs it

    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=5, check=False).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
