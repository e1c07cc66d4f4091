"""When the app has nothing more to do: read from its event loop.

Textual's own way compares the processor's clock with the wall's: 20 ms at least each time, four times a key, and on a busy
machine it is a guess. A loop without a ready callback and without a timer about to ring knows.
"""

import asyncio
from math import inf
from typing import Any

from textual._context import active_app
from textual.app import App

from intarsi_tui.tui.screens.lock import LockScreen

# The longest rest after which a page shows something of itself: a row's details beside the list (80 ms).
SOON = 0.1


async def wait_for_quiet(min_sleep: float = 0, max_sleep: float = 5) -> None:
    """Has everything done that is ready or will be within `SOON` seconds; gives up after `max_sleep` seconds."""
    loop: Any = asyncio.get_running_loop()
    until = loop.time() + max_sleep
    while loop.time() < until:
        await asyncio.sleep(0)
        if loop._ready:  # what asyncio keeps, in all its versions and on all systems, but does not publish
            continue
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=inf) - loop.time()
        if due > SOON or ended():
            return
        await asyncio.sleep(due)


def ended() -> bool:
    """Whether the app is being left: its screens may go on ticking, but nothing is painted any more."""
    app: App[Any] | None = active_app.get(None)
    return app is not None and app._exit


async def rest(app: App[Any]) -> None:
    """Until the app has done all that it was asked for, in other threads too."""

    def done() -> bool:
        # What ends while the screen is locked waits for the passphrase.
        waiting = ("write", "read") if isinstance(app.screen, LockScreen) else ()
        return all(worker.is_finished or worker.group in waiting for worker in app.workers)

    await wait_for_quiet()
    async with asyncio.timeout(60):
        while not done():
            await asyncio.sleep(0.002)
            await wait_for_quiet()
