"""The store: a `TinyDB` whose tables are rows of one SQLite file."""

import getpass
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB

from ..records.context import Context
from ..records.declaration import Declaration
from . import history, rewording, versions
from .connection import Connection
from .context import StoreContext
from .errors import StoreError
from .findings import Finding
from .history import Change, Done, Worked
from .log import Operation
from .register import RegisterTable
from .table import Table
from .values import at_most, bindable

if TYPE_CHECKING:
    from ..records.record import Record
    from .undo import Going, Undone
    from .upgrade import Upgraded
    from .verification import Verified


def open_store(
    path: str | PathLike[str],
    key: bytes | None = None,
    *,
    site: str = "local",
    user: str | None = None,
    create: bool = True,
) -> "Store":
    """Opens the database file at `path`, and makes it when it is not there.

    Parameters:
        key: 32 bytes, for an encrypted file; a new file is encrypted with it.
        site: short name of the workspace, for a new file; a file that is there keeps its own.
        user: who works; otherwise `INTARSI_USER`, otherwise the system's user.
        create: False to refuse a file that is not there.

    Raises:
        StoreError: the file cannot be used; its text says why and what to do.
    """
    return Store(path, key, site=site, user=user, create=create)


class Store(TinyDB):
    """A database of plain TinyDB tables and of registers.

    Attributes:
        site: short name of this workspace, part of numbers' counters and of the history.
        user: who works.
        partner: code of the partner that new records belong to.
        context: what rules may ask; replace it to add the project's profile.
        remembering: makes what rules may ask that look at many records while nothing is written.
    """

    table_class = Table  # type: ignore[assignment]  # its methods take keywords where TinyDB has overloads

    def __init__(
        self, path: str | PathLike[str], key: bytes | None, *, site: str, user: str | None, create: bool
    ) -> None:
        self._tables = {}
        self._registered: dict[str, tuple[Declaration, Callable[[], type[Record]]]] = {}
        self._today: dict[str, str] = {}  # a table's name in older versions of its plugin → its name now
        self._here = threading.local()
        self._storage = Connection(os.fspath(path), key, site, create)  # type: ignore[assignment]
        self._opened = True
        self.path = os.fspath(path)
        self.site: str = self.connection.one("SELECT value FROM meta WHERE name = 'site'")
        self.user = bindable(user or os.environ.get("INTARSI_USER") or _system_user())
        self.partner = ""
        self.context: Context = StoreContext(self)
        self.remembering: Callable[[], Context] = lambda: self.context

    @property
    def connection(self) -> Connection:
        """The database file itself."""
        return self._storage  # type: ignore[return-value]

    def register(self, declaration: Declaration, load: "Callable[[], type[Record]]") -> None:
        """Makes `declaration.table` a register: documents must pass the declaration and get envelope and history.

        Parameters:
            load: gives the record's class; called at the first write only.
        """
        self._registered[declaration.table] = declaration, load
        self._today |= dict.fromkeys(declaration.was, declaration.table)
        self._tables.pop(declaration.table, None)

    @property
    def declarations(self) -> list[Declaration]:
        """Those of all registers."""
        return [declaration for declaration, _ in self._registered.values()]

    def upgrade(
        self, back_up: Callable[[], "Path"] | None = None, indexing: Callable[[int], None] = lambda _count: None
    ) -> "Upgraded | None":
        """Brings file and records to the form of this program and of the registered declarations: all of it, or nothing.

        To be called when all registers are registered; costs nothing when there is nothing to do, then `None` is returned.
        The words of a search are made again where labels or what makes them have changed.

        Parameters:
            back_up: copies what is there before, from another thread, and says where; a copy beside the file otherwise.
            indexing: told how many records' words are going to be made again, when they are many.

        Raises:
            StoreError: newer_register, a newer version of a plugin wrote records; upgrade_failed, a plugin's own code
                failed; or what `back_up` raises. Then everything is as it was.
        """
        upgraded = None
        if versions.behind(self) is not None:
            from .upgrade import upgrade

            upgraded = upgrade(self, back_up)
        rewording.renew(self, indexing)
        return upgraded

    def table(self, name: str, **kwargs: Any) -> Any:
        """The table of this name: a `RegisterTable` when it was registered, otherwise a plain `Table`."""
        if name in self._registered and name not in self._tables:
            self._tables[name] = RegisterTable(self, *self._registered[name])
        return super().table(name, **kwargs)

    def register_table(self, name: str) -> RegisterTable:
        """The register of this name, or the one that was called so in an older version of its plugin.

        Raises:
            StoreError: register_without_plugin.
        """
        name = self._today.get(name, name)
        if name not in self._registered:
            raise StoreError("register_without_plugin", self.path, table=name)
        found: RegisterTable = self.table(name)
        return found

    def registered(self, name: str) -> Declaration | None:
        """The declaration of a register, also by a name that it had in older versions; `None` for other tables."""
        name = self._today.get(name, name)
        return self._registered[name][0] if name in self._registered else None

    def tables(self) -> set[str]:
        return self.connection.tables()

    def drop_table(self, name: str) -> None:
        """Removes a table; a register only when all its records are drafts that nothing refers to.

        Raises:
            Rejected: a record has to stay.
        """
        if name in self.tables():
            self.table(name).drop()
        self._tables.pop(name, None)

    def drop_tables(self) -> None:
        """Removes all tables, or none when a record of a register has to stay."""
        with self.connection.transaction():
            for name in self.tables():
                self.drop_table(name)
        self._tables.clear()

    @contextmanager
    def operation(self, label: str, *, undoes: str | None = None, user: str | None = None) -> Iterator[Operation]:
        """Writes that are kept, shown in the history and undone together. Inside another one it joins that one.

        Parameters:
            label: what a person reads, such as `import registro.csv`; its first word says what was done.
            user: who does it, when it is not who works.

        Raises:
            StoreError: locked, disk_full and the like; everything is rolled back, as for any other exception.
        """
        outer = self.operation_here
        with self.connection.transaction():
            running = outer or Operation(self.connection, self.site, user or self.user, label, undoes)
            self._here.operation = running
            try:
                yield running
            except BaseException:
                running.forget()
                raise
            finally:
                self._here.operation = outer

    @property
    def operation_here(self) -> Operation | None:
        """The operation that this thread is in."""
        here: Operation | None = getattr(self._here, "operation", None)
        return here

    @property
    def running(self) -> Operation:
        """The same. Raises RuntimeError outside of one."""
        if (running := self.operation_here) is None:
            raise RuntimeError("a register is written inside an operation")
        return running

    def history(
        self,
        table: str | None = None,
        uid: str | None = None,
        operation: str | None = None,
        limit: int | None = 100,
        seqs: Sequence[int] | None = None,
    ) -> list[Change]:
        """Changes of registers, newest first, of one table, record or operation, or those with the given `seqs`."""
        return history.changes(self.connection, self._names(table), uid, operation, limit, seqs)

    def changes_before(
        self, seq: int | None, limit: int, table: str | None = None, uid: str | None = None
    ) -> list[tuple[int, str, str, str, str, str, str]]:
        """See `history.before`."""
        return history.before(self.connection, seq, limit, self._names(table), uid)

    def _names(self, table: str | None) -> tuple[str, ...] | None:
        """What a table was called in all versions of its plugin."""
        return None if table is None else (table, *(old for old, now in self._today.items() if now == table))

    def operations(self, limit: int | None = 20) -> list[Done]:
        """What was done, newest first: an operation is what `undo` takes back in one step."""
        return list(islice(history.operations(self.connection), None if limit is None else at_most(limit)))

    def worked(self, since: datetime, until: datetime) -> list[Worked]:
        """See `history.worked`."""
        return history.worked(self.connection, since, until)

    def undo(self, operation: str | None = None, going: "Going | None" = None) -> "Undone":
        """Takes back `operation`, or the newest one of this user that is still in force.

        Parameters:
            going: told now and then how many of how many records are done.

        Raises:
            Rejected: a field was changed since (`changed_meanwhile`), or the earlier state is not allowed any more.
        """
        from .undo import undo

        return undo(self, operation, going)

    def redo(self, going: "Going | None" = None) -> "Undone":
        """Takes back the newest undo of this user that is still in force.

        Parameters:
            going: as for `undo`.

        Raises:
            Rejected: as for `undo`.
        """
        from .undo import redo

        return redo(self, going)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads that all see one moment, whoever writes meanwhile; nothing is written inside."""
        if self.connection.sqlite.in_transaction:
            yield
            return
        self.connection.rows("BEGIN")
        try:
            yield
        finally:
            self.connection.rows("ROLLBACK")

    def verify_chain(self) -> list[Finding]:
        """The broken rows of each site's chain in the history; empty when all is well."""
        return list(history.broken(self.connection))

    def verify(self) -> "Verified":
        """Holds the file, the chains and every record against each other; writes nothing.

        Raises:
            StoreError: the file is so damaged that it cannot be read to the end.
        """
        from .verification import verify

        with self.snapshot():
            return verify(self.connection, self.site)

    def version(self) -> int:
        """A number that grows with each write of any thread or process, to be compared within one thread (3 µs)."""
        return self.connection.version()


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such account in a container, or on Windows without USERNAME
        return "user"
