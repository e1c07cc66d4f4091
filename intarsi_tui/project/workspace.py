"""The workspace: the folder of one office. `intarsi.toml`, `intarsi.db`, attachments, templates, plugins, exports, backups.

An encrypted one has `intarsi.key` besides; then database, attachments and backups can be read with its key only.
"""

import json
import os
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import resources
from .errors import ProjectError
from .profile import Partner, Profile, profile_of, read_profile, read_toml, setting
from .where import KEY_FILE, SETTINGS, workspace_folder

if TYPE_CHECKING:
    from .attachments import Attachments
    from .keys import Ask, Words

LOCK_MINUTES = 10
PLAIN = b"SQLite format 3\0"
FOLDERS = ("attachments", "templates", "plugins", "exports", "backups")
# One e-mail address: nothing that would make two of it, or a header of it.
ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


@dataclass(frozen=True)
class Workspace:
    """An office's folder, not yet opened: nothing but `intarsi.toml` is read.

    Attributes:
        ask: for the passphrase, when the workspace is encrypted and something in it is wanted.
    """

    path: Path
    ask: "Ask | None" = field(default=None, compare=False, repr=False)

    @property
    def key_file(self) -> Path:
        return self.path / KEY_FILE

    @property
    def encrypted(self) -> bool:
        """Whether the database is; a key file alone may be left of an encryption that was interrupted."""
        if not self.key_file.exists():
            return False
        try:
            with self.database.open("rb") as file:
                return file.read(len(PLAIN)) != PLAIN
        except OSError:
            return True

    @cached_property
    def key(self) -> bytes | None:
        """The key, `None` when nothing is encrypted; asks for the passphrase once.

        Raises:
            StoreError: wrong_passphrase, no_passphrase, bad_key_file.
        """
        if not self.encrypted:
            return None
        from .keys import unlocked

        return unlocked(self.key_file, self.ask)

    @property
    def database(self) -> Path:
        return self.path / "intarsi.db"

    @property
    def plugins(self) -> Path:
        return self.path / "plugins"

    @property
    def reference(self) -> Path:
        """Where the office's own rows of code tables lie, such as `municipalities.csv`."""
        return self.path / "reference"

    @property
    def exports(self) -> Path:
        return self.path / "exports"

    @property
    def attachments(self) -> Path:
        return self.path / "attachments"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @cached_property
    def settings(self) -> dict[str, Any]:
        return read_toml(self.path / SETTINGS)

    @cached_property
    def profile(self) -> Profile:
        return profile_of(self.settings, self.path / SETTINGS)

    @cached_property
    def partner(self) -> Partner:
        """The partner whose office this is. Raises ProjectError."""
        return self.profile.partner(self._own("partner"))

    @property
    def site(self) -> str:
        """The code of this workspace among all that exchange bundles."""
        return self._own("site")

    def _own(self, key: str) -> str:
        file = self.path / SETTINGS
        own = setting(self.settings, "workspace", dict, file, {})
        return str(setting(own, f"workspace.{key}", str, file))

    @property
    def disabled(self) -> list[str]:
        """The plugins that are switched off. Raises ProjectError."""
        file = self.path / SETTINGS
        names = setting(self.settings, "plugins", dict, file, {}).get("disabled", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ProjectError("bad_setting", file, value=f"plugins.disabled = {names}", detail='disabled = ["…"]')
        return names

    @property
    def users(self) -> dict[str, str]:
        """How people are called who work here, by the name that their system knows them under. Raises ProjectError."""
        file = self.path / SETTINGS
        users = setting(self.settings, "users", dict, file, {})
        for login, name in users.items():
            if not isinstance(name, str):
                raise ProjectError(
                    "bad_setting", file, value=f"users: {login} = {name!r}", detail='"m.rossi" = "Maria Rossi"'
                )
        return dict(users)

    @property
    def lock_minutes(self) -> int:
        """Minutes without a key after which the screen of an encrypted office locks, 0 for never. Raises ProjectError."""
        file = self.path / SETTINGS
        own = setting(self.settings, "workspace", dict, file, {})
        return int(setting(own, "workspace.lock_minutes", int, file, LOCK_MINUTES))

    @property
    def email(self) -> str:
        """The office's address, which invitations come from; "" when the settings have none. Raises ProjectError."""
        file = self.path / SETTINGS
        own = setting(self.settings, "workspace", dict, file, {})
        address = str(setting(own, "workspace.email", str, file, ""))
        if address and not ADDRESS.fullmatch(address):
            wanted = 'email = "ufficio@comune.example.it"'
            raise ProjectError("bad_setting", file, value=f"workspace.email = {address!r}", detail=wanted)
        return address

    @property
    def demo_day(self) -> date | None:
        """The day on which a demo lives, so that its deadlines and quarters stay alive; `None` in a real office."""
        day = self.settings.get("demo", {}).get("today")
        return day if isinstance(day, date) else None

    def read_again(self) -> None:
        """Has what `intarsi.toml` says be read anew when it is next asked for: it was changed."""
        for name in ("settings", "profile", "partner", "files"):
            self.__dict__.pop(name, None)

    def template_folders(self) -> list[Path]:
        """Where templates are looked for: the office's own first, then those shipped."""
        return [self.path / "templates", resources.folder("templates")]

    @cached_property
    def files(self) -> "Attachments":
        """The attached files, none larger than `workspace.attachment_mb` of the settings says. Raises ProjectError."""
        from .attachments import MOST_MB, Attachments

        file = self.path / SETTINGS
        own = setting(self.settings, "workspace", dict, file, {})
        most = setting(own, "workspace.attachment_mb", int, file, MOST_MB)
        if most < 1:
            raise ProjectError(
                "bad_setting", file, value=f"workspace.attachment_mb = {most}", detail=f"attachment_mb = {MOST_MB}"
            )
        return Attachments(self.attachments, most, self.key)


def find_workspace(given: str | None = None, ask: "Ask | None" = None) -> Workspace:
    """The workspace named by `given`, else by `INTARSI_WORKSPACE`, else the nearest folder upwards with `intarsi.toml`.

    Parameters:
        ask: for the passphrase of an encrypted one.

    Raises:
        ProjectError: `no_workspace`.
    """
    folder = workspace_folder(given)
    if not folder:
        looked = given or os.environ.get("INTARSI_WORKSPACE")
        raise ProjectError("no_workspace", Path(looked).expanduser().resolve() if looked else Path.cwd())
    return Workspace(Path(folder), ask)


def refuse_folder(path: Path) -> None:
    """Lets pass only a folder in which a workspace can be made: a new or empty one on a disk of this computer; writes nothing.

    Raises:
        ProjectError: exists, not_empty, not_a_folder, no_permission, not_writable.
        StoreError: network_place, synced_place.
    """
    from ..store.place import refuse_unsafe

    path = path.expanduser().resolve()
    refuse_unsafe(path)
    try:
        if (path / SETTINGS).exists():
            raise ProjectError("exists", path)
        there = next((one for one in (path, *path.parents) if one.exists()), path)
        if not there.is_dir():
            raise ProjectError("not_a_folder", there)
        if there == path and any(path.iterdir()):
            raise ProjectError("not_empty", path)
    except PermissionError:
        raise ProjectError("no_permission", path) from None
    except OSError as error:
        raise ProjectError("not_writable", path, detail=error.strerror or str(error)) from None
    # What the system shows as files, such as /proc, has no room on any disk, and its manager may write everywhere.
    if not os.access(there, os.W_OK | os.X_OK) or (hasattr(os, "statvfs") and os.statvfs(there).f_blocks == 0):
        raise ProjectError("no_permission", path)


def create_workspace(
    path: Path,
    partner: str,
    profile: Path | None = None,
    *,
    words: "Words | None" = None,
    added: Partner | None = None,
) -> Workspace:
    """A new workspace for `partner` of the project in `profile` (the INTARSI project when left out).

    Parameters:
        words: that open it from now on, to encrypt it.
        added: a partner that the profile has not yet.

    Raises:
        ProjectError: the folder is in use or cannot be written, the profile is wrong, or has no such partner.
        StoreError: weak_passphrase; the database cannot be made there: a network share, a synchronised folder.
    """
    from ..store import open_store

    if words:
        words.check(path)
    source = profile or resources.PACKAGE / "project" / SETTINGS
    text = (
        re.sub(r"(?ms)^\[(workspace|plugins)\].*?(?=^\[|\Z)", "", source.read_text("utf-8-sig"))
        if source.exists()
        else ""
    )
    if added:
        text = f"{text.rstrip()}\n\n{_entry(added)}"
        profile_of(tomllib.loads(text), source).partner(partner)
    else:
        read_profile(source).partner(partner)
    refuse_folder(path)
    path = path.expanduser().resolve()
    text = f'{text.rstrip()}\n\n[workspace]\npartner = "{partner}"\nsite = "{partner}"\n\n[plugins]\ndisabled = []\n'
    try:
        for name in FOLDERS:
            (path / name).mkdir(parents=True, exist_ok=True)
        (path / SETTINGS).write_text(text, "utf-8")
    except OSError as error:
        raise ProjectError("not_writable", path, detail=error.strerror or str(error)) from None
    workspace = Workspace(path)
    if words:
        workspace.__dict__["key"] = words.new_key_file(workspace.key_file)
    # Made here and nowhere else: a database that is gone later must not come back silently as an empty one.
    open_store(workspace.database, workspace.key, site=workspace.site).close()
    return workspace


def _entry(partner: Partner) -> str:
    """The partner's lines of a profile."""
    filled = {name: value for name, value in vars(partner).items() if value}
    # A JSON string is a TOML string.
    return "[[partners]]\n" + "".join(
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in filled.items()
    )
