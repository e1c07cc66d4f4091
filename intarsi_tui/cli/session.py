"""What the global options said: which workspace, which output format. Every command is given one."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from ..i18n import language, translator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..host.office import Office
    from ..host.states import PluginState
    from ..project.workspace import Workspace


_ = translator("cli")

FORMATS = ("table", "json", "jsonl", "csv", "xlsx")


class Session:
    """One call of the program.

    Attributes:
        given: the folder after `-w`.
        format: the value of `--format` before the command.
        passphrase_file: the file after `--passphrase-file`.
        read_only: whether changes are refused.
        states: of the plugins, when they were read to find the command: reading them again takes a tenth of a list's time.
    """

    def __init__(
        self,
        given: str | None = None,
        format: str | None = None,
        passphrase_file: str | None = None,
        read_only: bool | None = False,
    ) -> None:
        self.states: list[PluginState] | None = None
        self.given, self.format, self.passphrase_file, self.read_only = given, format, passphrase_file, bool(read_only)

    @property
    def lang(self) -> str:
        return language()

    @cached_property
    def workspace(self) -> "Workspace":
        """Raises ProjectError when there is none."""
        from ..project.workspace import find_workspace

        return find_workspace(self.given, self.ask)

    def ask(self, path: "Path", tries: int) -> str:
        """The passphrase of the key file at `path`; kept for `intarsi passphrase --remember`."""
        from .passphrases import asker

        self.last_words = asker(self.passphrase_file)(path, tries)
        return self.last_words

    @property
    def workspace_if_any(self) -> "Workspace | None":
        """`None` where there is none; a folder that was named must be one. Raises ProjectError."""
        from ..project.where import workspace_folder

        return self.workspace if self.given or workspace_folder(None) else None

    def plugins(self, *, even_if_stale: bool = False) -> "list[PluginState]":
        """The states of all plugins: those of the last load for completion, otherwise the current ones."""
        from ..host import index

        workspace = self.workspace_if_any
        states = index.last_known(workspace) if even_if_stale else index.current(workspace)
        if all(state.state == "found" for state in states):  # nothing was loaded yet
            states = index.current(workspace)
        return states

    def unlock(self) -> None:
        """Asks for the passphrase of an encrypted office, before anything is imported that takes its time. Raises StoreError."""
        if self.workspace.encrypted:
            from .passphrases import unechoed

            with unechoed():
                _asked = self.workspace.key

    @contextmanager
    def office(self) -> "Iterator[Office]":
        """The opened workspace. Raises ProjectError, StoreError."""
        self.unlock()
        from ..host.office import open_office
        from .errors import say

        with open_office(self.workspace, self.lang, read_only=self.read_only, states=self.states, tell=say) as office:
            office.store.connection.waiting = _say_once(lambda: _who_writes(office))
            _tell_clock(office)
            _tell_upgrade(office)
            clear = _in_the_clear(office)
            yield office
            if _in_the_clear(office) > clear:
                say_readable(office.workspace)
            _back_up(office)


def _in_the_clear(office: "Office") -> int:
    """How many files of an encrypted office everybody can read."""
    if office.workspace.key is None:
        return 0
    from ..project.encryption import readable_files

    return len(readable_files(office.workspace))


def say_readable(workspace: "Workspace") -> None:
    """Names what anybody can read in an encrypted office."""
    from ..project.encryption import readable_files
    from .errors import say

    if count := len(readable_files(workspace)):
        say(_("Warning: files in the clear in {folder}: {count}. See “intarsi exports”; “intarsi exports --purge” deletes them.").format(
            count=count, folder=workspace.exports
        ))  # fmt: skip


def _tell_clock(office: "Office") -> None:
    """Warns when the computer's clock was set back: the history's own clock never is."""
    from ..store.history import days_behind

    if behind := days_behind(office.store.connection):
        from ..store.findings import CLOCK
        from .errors import say
        from .text import shown_moment

        days, moment = behind
        say(CLOCK(language()).format(days=days, moment=shown_moment(moment)))


def _tell_upgrade(office: "Office") -> None:
    """Says that the records have another form now, and where what was before is."""
    if (done := office.upgraded) and done.copy:
        from .errors import say

        say(_("The data were brought to this version; records changed: {records}. As they were before: {copy}").format(
            records=done.records, copy=done.copy
        ))  # fmt: skip


def _back_up(office: "Office") -> None:
    """The backup of the day, after the first command that wrote; what the command did is done whatever comes of it."""
    if office.store.connection.wrote:
        from ..project.backup import back_up_today

        if failed := back_up_today(office.workspace, office.store):
            from .errors import say

            say(_("Warning: today's backup was not made. {reason}").format(reason=failed(language())))


def _who_writes(office: "Office") -> str:
    writer = office.store.connection.writer
    if other := writer.now() if writer else None:
        words = _("{who} has been writing to this workspace since {time}: waiting…")
        return words.format(who=other.name, time=f"{other.since:%H:%M}")
    return _("Another program is writing to this workspace: waiting…")


def _say_once(message: "Callable[[], str]") -> "Callable[[], None]":
    said = False

    def speak() -> None:
        nonlocal said
        if not said:
            from .errors import say

            say(message())
        said = True

    return speak
