"""One browser tab: a process of the app, what the browser types going in, what the app draws coming out."""

import asyncio
import json
import subprocess
import sys
from asyncio.subprocess import PIPE
from typing import Any

from textual_serve.app_service import AppService

# Seconds in which an app keeps drafts and session when its tab is closed; then it is ended.
PATIENCE = 5.0
# Of what a tab that failed says, enough for the sentence and its hint.
MOST_TOLD = 4000


class AppProcess(AppService):
    """The app of one tab. Started without a shell; all it must know comes through its standard input, the passphrase too.

    Parameters:
        opening: what the tab opens, the first line of its input: others can see arguments and environment, not this.
        wire: the callables and the download manager that `AppService` wants.
    """

    def __init__(self, opening: dict[str, str], **wire: Any) -> None:
        super().__init__("", **wire)
        self._opening = opening
        self.told = ""

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        environment = self._build_environment(width, height)
        # What the terminal that serves is like says nothing about the browser.
        for name in ("NO_COLOR", "TERM", "TMUX", "SSH_CONNECTION", "SSH_TTY"):
            environment.pop(name, None)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "intarsi_tui.web.tab", stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment,
            # Ctrl+C in the terminal is for the server: it lets every tab keep its drafts first.
            start_new_session=True, creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )  # fmt: skip
        assert self._process.stdin
        self._stdin = self._process.stdin
        self._stdin.write(json.dumps(self._opening).encode() + b"\n")
        await self._stdin.drain()
        return self._process

    async def run(self) -> None:
        """Passes on what the app draws until it ends; what it says on standard error is kept in `told`."""
        assert self._process
        assert self._process.stdout
        assert self._process.stderr
        telling = asyncio.create_task(self._process.stderr.read())
        try:
            await self._pass_on(self._process.stdout)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            await self.remote_close()
            self.told = (await telling)[:MOST_TOLD].decode("utf-8", "replace").strip()
            await self._process.wait()

    async def _pass_on(self, drawn: asyncio.StreamReader) -> None:
        await drawn.readuntil(b"__GANGLION__\n")
        takers = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        while True:
            kind, size = await drawn.readexactly(1), int.from_bytes(await drawn.readexactly(4), "big")
            await takers[kind](await drawn.readexactly(size))

    async def stop(self) -> None:
        """Lets the app leave as by F10; one that does not is ended."""
        if self._task is None:
            return
        task, self._task = self._task, None
        assert self._process
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        await self.send_meta({"type": "quit"})
        _done, late = await asyncio.wait([task], timeout=PATIENCE)
        if late and self._process.returncode is None:
            self._process.kill()
        await asyncio.wait([task])
