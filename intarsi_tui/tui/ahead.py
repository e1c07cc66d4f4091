"""Typing ahead: each key waits until the one before has had its whole effect.

Textual hands keys to the focused widget as they come. While a form or list still opens, what a fast typist (or a slow
SSH line that delivers in bursts) types next would go to the widget that is about to lose the focus: a letter meant for a
field would be a command of the list. Here keys are taken one by one; alone, a key is not delayed.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

R = TypeVar("R")

# Seconds after which the next key goes on whatever happens: a screen that hangs must not swallow the way out.
PATIENCE = 2.0
# Seconds between two looks whether a form has been saved.
MOMENT = 0.01


class TypingAhead(App[R]):
    """An app that takes keys and pasted text strictly in order."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._taking = False
        self._there: Screen[Any] | None = None  # the screen that is known to be ready for keys
        self.last_touch = monotonic()  # when a key was pressed or the mouse moved

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.InputEvent, events.Paste)):
            self.last_touch = monotonic()
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        if not self._taking:
            self._taking = True
            self.run_worker(self._take(), group="typing ahead")

    async def _take(self) -> None:
        try:
            while self._waiting and self.is_running:
                await _patiently(self._arrived())
                await super().on_event(self._waiting.popleft())
                await _patiently(self._settled())
        finally:
            self._taking = False

    async def _arrived(self) -> None:
        """Until the screen in front has its widgets and its focus; at the start of the app it may be the first one."""
        while self._there is not self.screen:
            screen = self.screen
            # Twice: what is composed and mounted asks for the focus after its first refresh.
            for _time in range(2):
                for pump in screen.walk_children(with_self=True):
                    await _passed(pump)
                await _passed(screen, after_refresh=True)
                await _passed(self)  # the app is who moves the focus
            self._there = screen

    async def _settled(self) -> None:
        """Until everybody whom the key may concern has done what it caused."""
        screen = None
        while screen is not self.screen:
            screen = self.screen
            focused = screen.focused
            for pump in list(focused.ancestors_with_self) if focused else [screen, self]:
                await _passed(pump)
            while getattr(screen, "busy", False) and screen is self.screen:
                await asyncio.sleep(MOMENT)
        await self._arrived()


async def _patiently(step: Coroutine[Any, Any, None]) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(step, PATIENCE)


async def _passed(pump: MessagePump, *, after_refresh: bool = False) -> None:
    """Until `pump` has handled all that was in its queue, or what waits for its next refresh."""
    done = asyncio.Event()
    if (pump.call_after_refresh if after_refresh else pump.call_later)(done.set):
        await done.wait()
