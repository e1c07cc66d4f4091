"""One database file with a SQLite connection for each thread, and transactions that nest."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from . import driver, schema
from .errors import StoreError
from .opening import prepare
from .writer import Writer

TURN = 0.25  # seconds of waiting for another writer after which a person is told, again and again

# (seconds waited until then, pause in seconds): who has waited longer asks more often, so that nobody waits for ever.
# SQLite's own pauses grow: of the writes of 6 busy processes one in 100 then took 390 to 930 ms, with these 170 to 220.
PAUSES = ((0.01, 0.004), (0.03, 0.002), (0.06, 0.001), (0.5, 0.0003), (float("inf"), 0.002))


class Connection:
    """The file at `path`. A thread that reads (a screen) never waits for one that writes (an import)."""

    def __init__(self, path: str, key: bytes | None, site: str, create: bool) -> None:
        self.path = path
        self._key = key
        self._local = threading.local()
        self._guard = threading.Lock()
        self._opened: list[tuple[int, threading.Thread, Any]] = []
        self._closed = False
        # Set for an office that is looked at only; `writable` lets the log of accesses through.
        self.read_only = False
        # Called after each turn of waiting for another writer; a surface says so to the person.
        self.waiting: Callable[[], None] = lambda: None
        # Where it is noted for others who writes; `None` for a file that nobody else uses.
        self.writer: Writer | None = None
        first = prepare(path, key, site, create)
        self._keep(first)

    def _keep(self, connection: Any) -> None:
        here = os.getpid(), threading.current_thread()
        with self._guard:
            for entry in [one for one in self._opened if one[0] == here[0] and not one[1].is_alive()]:
                entry[2].close()
                self._opened.remove(entry)
            self._opened.append((*here, connection))
        self._local.pid, self._local.connection, self._local.depth = here[0], connection, 0
        self._local.patient, self._local.version, self._local.known = True, None, set()

    @property
    def sqlite(self) -> Any:
        """This thread's connection.

        Raises:
            StoreError: closed; or the file cannot be opened any more.
        """
        if self._closed:
            raise StoreError("closed", self.path)
        # A connection that came over a fork is neither used nor closed: that would drop the parent's locks.
        if getattr(self._local, "pid", None) != os.getpid():
            try:
                self._keep(driver.connect(self.path, self._key))
            except driver.FAILURES as error:
                raise driver.translated(error, self.path) from error
        return self._local.connection

    def rows(self, sql: str, params: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement, fetched at once so that nothing stays open while the caller writes.

        Raises:
            StoreError: the file is to blame.
        """
        try:
            found: list[tuple[Any, ...]] = self._patient.execute(sql, tuple(params)).fetchall()
        except driver.FAILURES as error:
            raise driver.translated(error, self.path) from error
        return found

    def stream(self, sql: str, params: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows one by one, for what may be large; the caller writes nothing before the end.

        Raises:
            StoreError: the file is to blame.
        """
        try:
            yield from self._patient.execute(sql, tuple(params))
        except driver.FAILURES as error:
            raise driver.translated(error, self.path) from error

    def one(self, sql: str, params: Iterable[Any] = ()) -> Any:
        """The first value of the first row, `None` when there is no row."""
        found = self.rows(sql, params)
        return found[0][0] if found else None

    @property
    def _patient(self) -> Any:
        """This thread's connection, on which SQLite waits for others; inside a transaction there is nobody to wait for."""
        connection = self.sqlite
        if not self._local.patient and not self._local.depth:
            connection.execute(f"PRAGMA busy_timeout = {int(driver.BUSY_SECONDS * 1000)}")
            self._local.patient = True
        return connection

    def _begin(self, patient: bool) -> None:
        """Waits for its turn to write when it is `patient`; in short pauses, so that Ctrl+C is heard and the person can be told."""
        began, told = time.monotonic(), 0.0
        connection = self.sqlite
        while True:
            if self._local.patient:  # left so until something is read outside: setting it twice a write took 4 % of it
                self._local.patient = False
                connection.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except driver.FAILURES as raw:
                error = driver.translated(raw, self.path)
                waited = time.monotonic() - began
                if getattr(error, "code", "") != "locked" or not patient or waited > driver.BUSY_SECONDS:
                    if isinstance(error, StoreError) and self.writer and (other := self.writer.now()):
                        error.params["who"] = other.name
                    raise error from raw
            if waited > told + TURN:
                self.waiting()
                told = waited
            time.sleep(next(pause for until, pause in PAUSES if waited < until))

    @contextmanager
    def transaction(self, *, patient: bool = True) -> Iterator[None]:
        """Writes that are kept together or not at all; inside another one, a part of it that can fail alone.

        Parameters:
            patient: False to refuse at once while another process writes.

        Raises:
            StoreError: locked, when another process kept writing for 30 seconds; only_reading; disk_full and the like.
        """
        if self.read_only and not getattr(self._local, "writable", False):
            raise StoreError("only_reading", self.path)
        connection = self.sqlite
        depth = self._local.depth
        # A deferred transaction that begins with reading cannot wait for its turn to write.
        commit, undo = (
            (f"RELEASE s{depth}", (f"ROLLBACK TO s{depth}", f"RELEASE s{depth}"))
            if depth
            else ("COMMIT", ("ROLLBACK",))
        )
        if depth:
            self.rows(f"SAVEPOINT s{depth}")
        else:
            self._begin(patient)
        noted = self.writer if not depth else None
        if noted:
            noted.begin()
        self._local.depth = depth + 1
        try:
            yield
            if noted:  # while it is still our turn: the next one's note is not ours to take away
                noted.end()
            self.rows(commit)
        except BaseException:
            if noted:
                noted.end()
            self._local.known.clear()  # it may be what was made here
            for step in undo:
                if connection.in_transaction:  # a full disk has already rolled back
                    connection.execute(step)
            raise
        finally:
            self._local.depth = depth

    @contextmanager
    def writable(self) -> Iterator[None]:
        """Lets this thread write although the office is open for reading only."""
        self._local.writable = True
        try:
            yield
        finally:
            self._local.writable = False

    @property
    def depth(self) -> int:
        """How many transactions this thread is in: 1 is the whole, more are parts of it."""
        depth: int = getattr(self._local, "depth", 0)
        return depth

    def next(self, counter: str) -> int:
        """The next value of a counter, from 1; given back when the transaction fails, so numbers have no gaps."""
        value: int = self.one(
            "INSERT INTO counter VALUES(?, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value",
            (counter,),
        )
        return value

    def raise_counter(self, counter: str, least: int) -> None:
        """Makes a counter go on after `least`."""
        self.rows(
            "INSERT INTO counter VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)",
            (counter, least),
        )

    @property
    def known(self) -> set[object]:
        """What this thread has found to be in order; empty when another one has written since, or its own write failed."""
        version = self.one("PRAGMA data_version")
        if version != self._local.version:
            self._local.version, self._local.known = version, set()
        found: set[object] = self._local.known
        return found

    def tables(self) -> set[str]:
        """Names of the TinyDB tables there are."""
        found = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND typeof(name) = 'text'")
        names = [schema.table_name(name) for (name,) in found]
        return {name for name in names if name is not None}

    @property
    def wrote(self) -> bool:
        """Whether this thread has written anything."""
        return bool(self.sqlite.total_changes)

    def version(self) -> int:
        """A number that grows with each change, whoever makes it."""
        return int(self.one("PRAGMA data_version")) + int(self.sqlite.total_changes)

    def copy_to(self, target: str, *, lasting: bool = True) -> None:
        """Writes what the database is at this moment to the new file `target`; others go on writing.

        Parameters:
            lasting: False for a copy that is thrown away soon, and need not outlive a power cut.

        Raises:
            StoreError: one of the two files is to blame.
        """
        try:
            written = driver.connect(target, self._key)
            try:
                if not lasting:
                    written.execute("PRAGMA synchronous = OFF")
                self._patient.backup(written)  # in one step: in several, each write of others would start it again
            finally:
                written.close()
        except driver.FAILURES as error:
            raise driver.translated(error, target) from error

    @contextmanager
    def copied(self, target: str) -> "Iterator[Connection]":
        """The same copy, open to be looked through. Raises StoreError."""
        self.copy_to(target)
        copy = Connection(target, self._key, "", create=False)
        try:
            yield copy
            copy.rows("PRAGMA journal_mode = DELETE")  # one file that needs nothing beside it
        finally:
            copy.close()

    def close(self) -> None:
        """Closes the connections of all threads; may be called twice."""
        self._closed = True
        if self.writer:
            self.writer.close()
        with self._guard:
            for pid, _, connection in self._opened:
                if pid == os.getpid():
                    connection.close()
            self._opened.clear()
