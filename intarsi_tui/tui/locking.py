"""The lock of an encrypted office: nothing lies over it. What would change screens or say something meanwhile waits for its end."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import time
from typing import Any

from textual.await_complete import AwaitComplete
from textual.notifications import Notification, Notify
from textual.screen import Screen

from .leaving import Leaving


class Locking(Leaving):
    """Screens are opened, closed and exchanged by timers and workers too, also by those of plugins, while nobody is at the desk."""

    def __init__(self) -> None:
        super().__init__()
        self._unlocked = asyncio.Event()
        self._unlocked.set()
        self._unsaid: dict[str, Notification] = {}

    @property
    def locked(self) -> bool:
        """Whether the lock is in front."""
        return not self._unlocked.is_set()

    def lock(self, *, by_hand: bool) -> None:
        """Covers everything until the passphrase is typed."""
        from .screens.lock import LockScreen

        if not self.locked:
            self.clear_notifications()
            super().push_screen(LockScreen(by_hand=by_hand))
            self._unlocked.clear()

    def unlock(self) -> None:
        """Takes the lock away; what has waited goes on in its order."""
        self._unlocked.set()
        super().pop_screen()
        unsaid, self._unsaid = self._unsaid, {}
        for one in unsaid.values():
            self.post_message(Notify(replace(one, raised_at=time())))

    async def unlocked(self) -> None:
        """Waited for by whatever was asked for before, and would show itself over the lock when it is done."""
        while self.locked:
            await self._unlocked.wait()

    def _on_notify(self, event: Notify) -> None:
        if self.locked:  # it may name somebody, and would be gone before it is read
            event.prevent_default()
            self._unsaid[event.notification.message] = event.notification

    def _then(self, step: Callable[[], Awaitable[Any]]) -> Any:
        async def later() -> Any:
            await self.unlocked()
            return await step()

        return AwaitComplete(later())

    # Textual's own four ways to another screen.

    def push_screen(self, screen: Screen[Any] | str, *args: Any, **settings: Any) -> Any:
        if not self.locked:
            return super().push_screen(screen, *args, **settings)
        shown = super().push_screen
        return self._then(lambda: shown(screen, *args, **settings))

    def pop_screen(self) -> Any:
        return self._then(super().pop_screen) if self.locked else super().pop_screen()

    def switch_screen(self, screen: Screen[Any] | str) -> Any:
        if not self.locked:
            return super().switch_screen(screen)
        shown = super().switch_screen
        return self._then(lambda: shown(screen))

    def switch_mode(self, mode: str) -> Any:
        if not self.locked:
            return super().switch_mode(mode)
        shown = super().switch_mode
        return self._then(lambda: shown(mode))
