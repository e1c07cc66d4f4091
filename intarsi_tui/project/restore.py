"""Restoring: a backup becomes a workspace again, on this computer or on a clean one."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .attachments import Attachments
from .backup import DATABASE, FOLDERS, MANIFEST, SAVED_SETTINGS, Backup, backups, named
from .copying import Unreadable, appear, copied
from .errors import ProjectError
from .profile import read_profile
from .where import KEY_FILE, SETTINGS
from .workspace import FOLDERS as PARTS
from .workspace import Workspace

OWN = ("attachments", *FOLDERS)

if TYPE_CHECKING:
    from ..records.declaration import Declaration
    from ..store.salvaged import Salvaged
    from .keys import Ask


@dataclass(frozen=True)
class Restored:
    """A workspace that came out of a backup.

    Attributes:
        backup: where it came from, `None` when there was none.
        records: how many records there are of each table.
        missing: files of the backup, or attachments, that could not be brought back.
        salvaged: what could be read of the damaged database besides, `None` when there was none.
    """

    workspace: Workspace
    backup: Backup | None
    records: dict[str, int]
    missing: tuple[str, ...] = ()
    salvaged: "Salvaged | None" = None


def find_backup(path: Path) -> Backup | None:
    """The backup in the folder `path`, or the newest of those that lie in it; `None` when there is none."""
    path = path.expanduser().resolve()
    here = named(path)
    return here or next(iter(backups(path)), None)


def restore(path: Path, folder: Path, ask: "Ask | None" = None) -> Restored:
    """Makes the workspace of a backup again; every file is held against its hash.

    Parameters:
        path: a backup, or a folder of backups: then the newest.
        folder: a new or empty folder.
        ask: for the passphrase that an encrypted one had then.

    Raises:
        ProjectError: there is no backup, it is not whole, or the folder is in use. Then the folder is as it was.
        StoreError: a database must not lie there.
    """
    backup = find_backup(path)
    if backup is None:
        raise ProjectError("no_backup", path)
    key = _key_of(backup, ask)

    def fill(part: Path) -> dict[str, int]:
        if missing := take_files(backup, part):
            raise ProjectError("bad_backup", backup.path, detail=", ".join(missing[:3]))
        return _records(part / DATABASE, key)

    workspace, records = make_folder(folder, fill)
    return Restored(workspace, backup, records)


def _key_of(backup: Backup, ask: "Ask | None") -> bytes | None:
    """The key of an encrypted backup, asked for before anything is copied."""
    from .keys import unlocked

    return unlocked(backup.path / KEY_FILE, ask) if KEY_FILE in backup.manifest()["files"] else None


def salvage(
    damaged: Workspace, path: Path, folder: Path, declarations: "dict[str, Declaration] | None" = None
) -> Restored:
    """Makes a workspace of everything that can still be read of a damaged one, and of its last backup.

    Parameters:
        damaged: nothing in it is changed.
        path: a backup, or a folder of backups; may hold none.
        folder: a new or empty folder.
        declarations: of the registers by table, for what is derived from records: search words and links.

    Raises:
        ProjectError: neither has an `intarsi.toml`, or the folder is in use.
        StoreError: a database must not lie there.
    """
    from ..store.salvage import salvage_database

    backup = find_backup(path)
    if backup and not backup.readable():
        backup = None
    key = _key_to_salvage(damaged, backup)
    attached = Attachments(damaged.attachments, key=key)
    found: list[Salvaged] = []
    missing: list[str] = []

    def fill(part: Path) -> dict[str, int]:
        if backup:
            missing.extend(take_files(backup, part))
        _take_over(damaged, part, attached)
        if not (part / SETTINGS).exists():
            raise ProjectError("no_such_file", damaged.path / SETTINGS)
        database = part / DATABASE
        found.append(
            salvage_database(damaged.database, database, site=Workspace(part).site, declarations=declarations, key=key)
        )
        names = map(attached.name, found[0].attachments)
        files = {*missing, *(f"attachments/{name[:2]}/{name}" for name in names)}
        missing[:] = sorted(name for name in files if name != DATABASE and not (part / name).exists())
        return _records(database, key)

    workspace, records = make_folder(folder, fill)
    return Restored(workspace, backup, records, tuple(missing), found[0])


def _key_to_salvage(damaged: Workspace, backup: Backup | None) -> bytes | None:
    """The key of both, out of the backup's key file where the damaged workspace's own is gone or no use.

    Raises:
        StoreError: other_key, only one of them is encrypted; no_passphrase, wrong_passphrase, bad_key_file.
    """
    from ..store.errors import StoreError
    from .keys import unlocked, usable

    saved = backup.path / KEY_FILE if backup and KEY_FILE in backup.manifest()["files"] else None
    encrypted = damaged.encrypted or (saved is not None and not damaged.key_file.exists())
    if backup and encrypted != (saved is not None):
        raise StoreError("other_key", damaged.database, other=backup.path)
    if not encrypted:
        return None
    return unlocked(saved if saved and not usable(damaged.key_file) else damaged.key_file, damaged.ask)


def make_folder(folder: Path, fill: Callable[[Path], dict[str, int]]) -> tuple[Workspace, dict[str, int]]:
    """A workspace in a new or empty folder, which appears when `fill` has filled it, or not at all."""
    from ..store.place import refuse_unsafe

    folder = folder.expanduser().resolve()
    refuse_unsafe(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError("not_empty", folder)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        for name in PARTS:
            (part / name).mkdir()
        records = fill(part)
        if folder.exists():
            folder.rmdir()  # Windows gives no folder the name of another, not even of an empty one
        appear(part, folder)
    except OSError as error:
        raise ProjectError("not_writable", folder, detail=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Workspace(folder), records


def take_files(backup: Backup, part: Path) -> list[str]:
    """Copies the files of a backup; returns those that are gone or not what they were."""
    missing = []
    for name, digest in backup.manifest()["files"].items():
        target = part / (SETTINGS if name == SAVED_SETTINGS else name)
        if not target.resolve().is_relative_to(part.resolve()):
            raise ProjectError("bad_backup", backup.path, detail=f"{MANIFEST}: {name}")
        try:
            right = copied(backup.path / name, target) == digest
        except Unreadable:
            right = False
        if not right:
            target.unlink(missing_ok=True)
            missing.append(name)
    return missing


def _take_over(damaged: Workspace, part: Path, attached: "Attachments") -> None:
    """The damaged workspace's own files are newer than the backup's; an attachment is right or wrong by its name."""
    from .keys import usable

    for path in (
        damaged.path / SETTINGS,
        damaged.key_file,
        *(one for name in OWN for one in sorted((damaged.path / name).rglob("*"))),
    ):
        inside = path.relative_to(damaged.path)
        is_attachment = inside.parts[0] == "attachments"
        if path.is_dir() or "__pycache__" in inside.parts or (is_attachment and (part / inside).exists()):
            continue
        fresh = part / "fresh" / inside.name
        try:
            copied(path, fresh)
            right = attached.is_right(fresh) if is_attachment else True
            if inside.name == SETTINGS:
                read_profile(fresh)
            if inside.name == KEY_FILE:
                right = usable(fresh)
        except (Unreadable, ProjectError):  # gone, or not a profile any more
            right = False
        if right:
            (part / inside).parent.mkdir(parents=True, exist_ok=True)
            fresh.replace(part / inside)
        fresh.unlink(missing_ok=True)
    (part / "fresh").rmdir()


def _records(database: Path, key: bytes | None) -> dict[str, int]:
    """Opens the restored database as the program will, looks through it and counts."""
    from ..store.backup import look_through
    from ..store.connection import Connection

    connection = Connection(str(database), key, "", create=False)
    try:
        return look_through(connection, thorough=False).records
    finally:
        connection.close()
