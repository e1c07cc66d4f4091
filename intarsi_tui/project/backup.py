"""Backups: a folder for each, with the database, the attachments and everything else that a workspace is made of.

`SITE-2021-05-20T090000Z/` holds `backup.json` (what it is, and the SHA-256 of every file), `intarsi.db`,
`settings.toml` (the workspace's `intarsi.toml`: under its own name it would make the folder a workspace),
`attachments/`, `templates/`, `plugins/` and `reference/`. An attachment that the backup before has is a second name of
the same file. That of an encrypted workspace is as encrypted, and has its `intarsi.key`: the passphrase of that day opens it.
A name that begins with a dot is a backup that was never finished. `…Z-before-upgrade/` was made before the program changed the
form of the records: it stays until somebody deletes it.
"""

import json
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records import clock
from ..records.labels import Label
from ..whole_file import refuse_own
from .attachments import KEPT
from .copying import appear, copied, digest_of, linked, written
from .errors import ProjectError
from .where import KEY_FILE, SETTINGS
from .workspace import Workspace

if TYPE_CHECKING:
    from ..store import Store
    from ..store.findings import Finding
    from .attachments import Attachments

FORMAT = 1
MANIFEST = "backup.json"
SAVED_SETTINGS = "settings.toml"
DATABASE = "intarsi.db"
FOLDERS = ("templates", "plugins", "reference")
BEFORE = "-before-"
UNFINISHED = 24 * 3600  # seconds after which nobody works on it any more
DAILY, WEEKLY, MONTHLY = 7, 4, 12

_NAME = re.compile(r"(?P<site>.+)-(?P<made>\d{4}-\d\d-\d\dT\d{6}Z)(?P<occasion>-before-[a-z]+)?")


@dataclass(frozen=True)
class Backup:
    """A finished backup.

    Attributes:
        made: the moment whose state it holds, in UTC.
        occasion: what it was made before, such as `upgrade`, and then kept for good; "" for all others.
    """

    path: Path
    site: str
    made: datetime
    occasion: str = ""

    def manifest(self) -> dict[str, Any]:
        """What `backup.json` says.

        Raises:
            ProjectError: it cannot be read, or a newer program wrote it.
        """
        try:
            data = json.loads((self.path / MANIFEST).read_text("utf-8"))
            known = isinstance(data["files"], dict) and data["backup"] <= FORMAT
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ProjectError("bad_backup", self.path, detail=f"{MANIFEST}: {error}") from None
        if not known:
            raise ProjectError("newer_backup", self.path)
        return dict(data)

    def records(self) -> int:
        """How many records it holds. Raises ProjectError."""
        from ..store.schema import internal

        return sum(count for table, count in self.manifest()["records"].items() if not internal(table))

    def readable(self) -> bool:
        """Whether there is a list of its files."""
        try:
            return bool(self.manifest())
        except ProjectError:
            return False


@dataclass(frozen=True)
class Made:
    """A backup that was just made.

    Attributes:
        records: how many records there are of each table.
        findings: what is wrong with records and history; the backup holds them as they are.
        wrong: attachments that are not what their name says; the backup does not hold them.
        removed: older backups that are no longer kept.
    """

    backup: Backup
    records: dict[str, int]
    findings: tuple["Finding", ...]
    wrong: tuple[str, ...]
    removed: tuple[Backup, ...]


def backups(folder: Path, site: str | None = None) -> list[Backup]:
    """The backups in a folder, newest first; of one site, or of all."""
    found = filter(None, map(named, folder.iterdir() if folder.is_dir() else ()))
    return sorted((one for one in found if site in (None, one.site)), key=lambda one: one.made, reverse=True)


def named(path: Path) -> Backup | None:
    """The backup that the folder `path` is, `None` when it is something else."""
    name = _NAME.fullmatch(path.name)
    if name is None or path.name.startswith(".") or not (path / MANIFEST).is_file():
        return None
    made = datetime.strptime(name["made"], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)
    return Backup(path, name["site"], made, (name["occasion"] or "").removeprefix(BEFORE))


def back_up_today(workspace: Workspace, store: "Store") -> Label | None:
    """Makes the backup of this day when there is none yet (a look into one folder); a demo needs none.

    Returns why it was not made; nothing is raised, since the work that a person does must go on.
    """
    from ..store import StoreError

    today = clock.now().date()
    if workspace.demo_day or any(one.made.date() == today for one in backups(workspace.backups, site_of(workspace))):
        return None
    try:
        make_backup(workspace, store, thorough=False)
    except (StoreError, ProjectError) as error:
        return Label(error.text("it"), error.text("en"))
    except OSError as error:
        text = f"{error.filename or workspace.backups}: {error.strerror or error}"
        return Label(text, text)
    return None


def back_up_before(occasion: str, workspace: Workspace, store: "Store") -> Path:
    """Makes a backup that is kept until somebody deletes it, named after what comes next (`upgrade`).

    Raises:
        ProjectError: no_backup_before, it cannot be written.
        StoreError: the database is damaged or cannot be copied.
    """
    try:
        return make_backup(workspace, store, occasion=occasion).backup.path
    except OSError as error:
        raise ProjectError("no_backup_before", workspace.backups, detail=error.strerror or str(error)) from error


def make_backup(
    workspace: Workspace, store: "Store", folder: Path | None = None, *, thorough: bool = True, occasion: str = ""
) -> Made:
    """Makes a backup of the open workspace while others work in it, and lets go of those too old to keep.

    Parameters:
        folder: where backups lie, `workspace.backups` when left out; may be another disk or a network share.
        thorough: see `copy_database`; also read again the attachments of the backup before.
        occasion: see `Backup`.

    Raises:
        StoreError: the database is damaged or cannot be copied.
        OSError: a file cannot be read, or the folder not be written. In both cases all older backups are still there.
    """
    from importlib.metadata import version

    from ..store.backup import copy_database

    if folder not in (None, workspace.backups):
        refuse_own(folder)
    folder = folder or workspace.backups
    backup, part = _begin(folder, site_of(workspace), occasion)
    # SQLite writes on this computer's disk only, wherever the backup goes.
    staged = workspace.backups / f".{backup.path.name}.db"
    try:
        workspace.backups.mkdir(exist_ok=True)
        copy = copy_database(store, staged, thorough=thorough)
        files = {DATABASE: copied(staged, part / DATABASE)}
        files |= _settings_and_folders(workspace, part)
        before = next(iter(backups(folder, backup.site)), None)
        attachments, wrong = _attachments(workspace, store, part, before, thorough)
        about = {
            "backup": FORMAT, "made": backup.made.isoformat(), "program": version("intarsi-tui"), "site": store.site,
            "partner": workspace.partner.code, "records": copy.records, "changes": copy.changes, "state": copy.state,
            "files": files | attachments,
        }  # fmt: skip
        written(json.dumps(about, ensure_ascii=False, indent=1), part / MANIFEST)
        appear(part, backup.path)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        staged.unlink(missing_ok=True)
    return Made(backup, copy.records, copy.findings, tuple(wrong), tuple(_prune(folder, backup)))


def _begin(folder: Path, site: str, occasion: str) -> tuple[Backup, Path]:
    """A name that nobody has yet, of this second or one of the next, and the folder in which it grows."""
    made = clock.now().astimezone(UTC).replace(microsecond=0)
    while True:
        name = f"{site}-{made:%Y-%m-%dT%H%M%SZ}{BEFORE * bool(occasion)}{occasion}"
        backup = Backup(folder / name, site, made, occasion)
        part = folder / f".{backup.path.name}.part"
        try:
            if not backup.path.exists():
                part.mkdir(parents=True)
                return backup, part
        except FileExistsError:
            if not folder.is_dir():
                raise
        made += timedelta(seconds=1)


def too_old(found: list[Backup]) -> list[Backup]:
    """Those of `found`, newest first, that need not be kept.

    Kept are all of the newest day, and the last one of each of 7 days, 4 weeks and 12 months on which there was one.
    """
    kept = {one.path for one in found if one.made.date() == found[0].made.date()}
    for number, period in ((DAILY, date.toordinal), (WEEKLY, _week), (MONTHLY, _month)):
        last: dict[int, Path] = {}
        for one in found:
            last.setdefault(period(one.made.date()), one.path)
        kept |= set(list(last.values())[:number])
    return [one for one in found if one.path not in kept]


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7


def _month(day: date) -> int:
    return day.year * 12 + day.month


def remove(one: Backup) -> None:
    """Deletes a backup for good. Raises OSError."""
    # First its name, so that a half deleted one is never taken for whole.
    gone = one.path.with_name(f".{one.path.name}.old")
    one.path.replace(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _prune(folder: Path, made: Backup) -> Iterator[Backup]:
    # A clock that was wrong once may have left later ones: the one just made is kept whatever they say.
    for one in too_old([one for one in backups(folder, made.site) if one == made or not one.occasion]):
        if one == made:
            continue
        try:
            remove(one)
        except OSError:  # open in another program: the next backup tries again
            continue
        yield one
    for rest in folder.glob(f".{made.site}-*"):  # of a program that was killed
        if time.time() - rest.stat().st_mtime > UNFINISHED:
            shutil.rmtree(rest, ignore_errors=True) if rest.is_dir() else rest.unlink(missing_ok=True)


def _settings_and_folders(workspace: Workspace, part: Path) -> Iterator[tuple[str, str]]:
    yield SAVED_SETTINGS, copied(workspace.path / SETTINGS, part / SAVED_SETTINGS)
    if workspace.encrypted:
        yield KEY_FILE, copied(workspace.key_file, part / KEY_FILE)
    for name in FOLDERS:
        for path in sorted((workspace.path / name).rglob("*")):
            inside = path.relative_to(workspace.path)
            if path.is_file() and "__pycache__" not in inside.parts:
                yield inside.as_posix(), copied(path, part / inside)


def _attachments(
    workspace: Workspace, store: "Store", part: Path, before: Backup | None, thorough: bool
) -> tuple[dict[str, str], list[str]]:
    """Every attachment with the hash of its file, and those that are not what their name says or are gone."""
    files, wrong, attachments = {}, [], workspace.files
    there = {path.name: path for path in workspace.attachments.glob("*/*") if KEPT.fullmatch(path.name)}
    kept = {path.name: path for path in (before.path / "attachments").glob("*/*")} if before else {}
    for name in sorted({*there, *_vanished(attachments, store, set(kept) - set(there))}):
        inside = f"attachments/{name[:2]}/{name}"
        target = part / inside
        if name in kept and (not thorough or attachments.is_right(kept[name])):
            linked(kept[name], target)
            files[inside] = name if attachments.key is None else digest_of(target)
        elif name in there and (digest := copied(there[name], target)) and attachments.is_right(target):
            files[inside] = digest
        else:
            target.unlink(missing_ok=True)
            wrong.append(str(there.get(name, kept.get(name))))
    return files, wrong


def _vanished(attachments: "Attachments", store: "Store", names: set[str]) -> set[str]:
    """Those of `names` that a record named at any time: one that vanished since is still kept."""
    from ..store.mentions import in_history

    return names & set(map(attachments.name, in_history(store.connection))) if names else set()


def site_of(workspace: Workspace) -> str:
    """The office's name in the names of its backups."""
    return re.sub(r"[^\w-]", "_", workspace.site)
