"""How the program ends, by a key or with its terminal, and what it keeps for the next start."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

from ..store import StoreError
from . import home_state, session
from .screens.page import Page
from .telling import Telling
from .texts import _

T = TypeVar("T")

WAITED = 0.75  # seconds of waiting for another writer after which it is said
LAST = 3.0  # seconds that a program which fails waits for a form to be kept


class Leaving(Telling):
    """Keeps where one was, and what was typed, when the program ends."""

    home: home_state.HomeState | None = None
    _ending: asyncio.Future[None] | None = None

    def __init__(self) -> None:
        super().__init__()
        self._writer = ThreadPoolExecutor(1, "writer")
        self._reader = ThreadPoolExecutor(1, "reader")  # what takes long to read is not waited for by a save
        self._keeper = ThreadPoolExecutor(1, "keeper")  # neither drawing nor writing waits for the day's backup

    async def in_background(self, step: Callable[[], T], *, reads: bool = False) -> T:
        """The result of `step`, run on the one thread that writes, or that reads: its database connection stays open."""
        return await asyncio.get_running_loop().run_in_executor(self._reader if reads else self._writer, step)

    def _tell_who_waits(self) -> None:
        """Has a save that waits for somebody else's import say so; asked in the thread that waits, a few times a second."""
        loop, began, last = asyncio.get_running_loop(), 0.0, 0.0

        def waiting() -> None:
            nonlocal began, last
            now = monotonic()
            if now - last > WAITED:  # another wait than the one before
                began = now
            if last < began + WAITED <= now:
                with suppress(RuntimeError):  # the program has ended meanwhile
                    loop.call_soon_threadsafe(self.tell, self.who_writes())
            last = now

        self.office.store.connection.waiting = waiting

    def who_writes(self) -> str:
        """Who is waited for, as far as it is known: programs that are not ours leave no note."""
        writer = self.office.store.connection.writer
        other = writer.now() if writer else None
        if other is None:
            return _("Another program is writing into this office: waiting for it …")
        words = _("{who} has been writing since {time}, such as a large import: waiting for it …")
        if other.user == self.office.user:
            words = _("You are writing elsewhere since {time}, in another window or command: waiting for it …")
        return words.format(who=other.name, time=f"{other.since:%H:%M}")

    def on_unmount(self) -> None:
        self._writer.shutdown()
        self._reader.shutdown()
        self._keeper.shutdown()

    def _put_down(self) -> None:
        """Stops what runs for a page: it would keep others from writing, also what is kept for the next start."""
        for page in self._pages():
            page.put_down()

    def _pages(self) -> list[Page[Any]]:
        return [one for stack in self._screen_stacks.values() for one in stack if isinstance(one, Page)]

    async def action_leave(self) -> None:
        self._put_down()
        if self.office.store.connection.read_only:
            self.exit(0)
            return
        place = self._place()
        try:
            await self.in_background(lambda: self._keep(place))
        except StoreError:  # another program writes, or the disk is full: no reason to stay
            self.log.warning("the session was not kept")
        self.exit(0)

    def _keep(self, place: session.Place) -> None:
        """Keeps where one was and what the home screen showed; only now, since every write has all screens read again."""
        session.keep(self.office, place)
        if self.home:
            home_state.keep(self.office, self.home)

    def hung_up(self) -> None:
        """The terminal is gone: what was typed is kept."""
        gone = super().hung_up

        def leave() -> None:
            try:
                self.office.window.close()
                self.office.store.close()
            finally:
                gone()

        self._end(leave)

    def asked_to_end(self) -> None:
        """The session or the computer ends: what was typed is kept."""
        self._end(super().asked_to_end)

    def _end(self, leave: Callable[[], None]) -> None:
        if not self._ending:
            self._ending = asyncio.ensure_future(self._keep_and(leave))

    async def _keep_and(self, leave: Callable[[], None]) -> None:
        """Keeps all that is not saved, after what is being written, and leaves; the loop goes on meanwhile, since the
        thread that writes may have something to say before it comes to this."""
        try:
            self._put_down()
            place = self._place()
            if not self.office.store.connection.read_only:
                for step in (*(page.keep_now for page in self._pages()), lambda: self._keep(place)):
                    with suppress(StoreError):  # one that cannot be kept is no reason to lose the next
                        await self.in_background(step)
        finally:  # whatever happens, the program does not stay without a terminal
            leave()

    def _fatal_error(self) -> None:
        """What was typed is kept, whatever went wrong, unless the thread that writes is what hangs."""
        if not self.office.store.connection.read_only:
            for page in self._pages():
                with suppress(Exception):
                    self._writer.submit(page.keep_now).result(LAST)
        super()._fatal_error()

    def _place(self) -> session.Place:
        """What is open in the mode in front."""
        mode = self.current_mode
        places = (one.place(mode) for one in self.screen_stack if isinstance(one, Page))
        return next((one for one in places if one), session.Place(mode))
