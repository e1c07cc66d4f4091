"""An office that is served, and a headless Chromium driven by its DevTools protocol."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from intarsi_tui.project.workspace import Workspace

from ..conftest import program

LENT = '''
"""Things lent."""
from intarsi_tui import Date, Plugin, Record, Text, field


class Loan(Record, it="Prestito", en="Loan", plural=("Prestiti", "Loans")):
    thing: Text = field(it="Cosa", en="Thing", in_list=True, privacy="internal")
    lent_on: Date | None = field(it="Data", en="Date", in_list=True, privacy="internal")


plugin = Plugin("lent", it="Cose prestate", en="Things lent", records=[Loan])
'''


@dataclass
class Served:
    """A running `intarsi serve`."""

    process: subprocess.Popen[str]
    link: str

    @property
    def origin(self) -> str:
        return self.link.partition("/enter/")[0]

    def stop(self) -> str:
        """As Ctrl+C does; what it said on standard error."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=20)[1]


@pytest.fixture
def lending(workspace: Workspace, drop_plugin: Callable[..., Path]) -> Workspace:
    """A workspace with nothing but one small register."""
    drop_plugin("lent", LENT)
    settings = workspace.path / "intarsi.toml"
    shipped = '["registry", "training", "mediation", "governance", "cohousing", "dissemination"]'
    settings.write_text(settings.read_text("utf-8").replace("disabled = []", f"disabled = {shipped}"), "utf-8")
    return Workspace(workspace.path)


@pytest.fixture
def serve(lending: Workspace) -> Iterator[Callable[..., Served]]:
    """Starts `intarsi serve` on the workspace."""
    running: list[Served] = []

    def start(*options: str, before: tuple[str, ...] = ()) -> Served:
        command = [sys.executable, "-m", "intarsi_tui", "-w", str(lending.path), "--lang", "it", *before, "serve"]
        process = subprocess.Popen(
            [*command, *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding="utf-8", env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert process.stdout
        link = process.stdout.readline().strip()
        assert link, process.communicate()[1]
        running.append(Served(process, link))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.stop()


class Browser:
    """A page of a headless Chromium."""

    def __init__(self, wire: aiohttp.ClientWebSocketResponse) -> None:
        self._wire, self._last = wire, 0
        self.asked: list[str] = []
        self.refused: list[str] = []

    async def _do(self, method: str, **params: Any) -> Any:
        self._last += 1
        await self._wire.send_json({"id": self._last, "method": method, "params": params})
        while True:
            said = json.loads((await self._wire.receive(timeout=20)).data)
            if said.get("method") == "Network.requestWillBeSent":
                self.asked.append(said["params"]["request"]["url"])
            if said.get("method") == "Network.webSocketCreated":
                self.asked.append(said["params"]["url"])
            if said.get("method") == "Log.entryAdded":
                self.refused.append(said["params"]["entry"]["text"])
            if said.get("id") == self._last:
                return said["result"]

    async def begin(self) -> None:
        for domain in ("Page", "Network", "Log", "Runtime"):
            await self._do(f"{domain}.enable")

    async def open(self, address: str) -> None:
        await self._do("Page.navigate", url=address)

    async def value(self, script: str) -> Any:
        """What `script` evaluates to on the page."""
        return (await self._do("Runtime.evaluate", expression=script))["result"].get("value")

    async def until(self, script: str, seconds: float = 20) -> None:
        for _time in range(int(seconds / 0.1)):
            if await self.value(script):
                return
            await asyncio.sleep(0.1)  # another process draws
        raise AssertionError(f"never: {script}")

    async def type(self, text: str) -> None:
        await self._do("Input.insertText", text=text)

    async def press(self, key: str, code: int, *, ctrl: bool = False) -> None:
        """A key by its name and its Windows key code."""
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 * ctrl, "code": key}
        await self._do("Input.dispatchKeyEvent", type="rawKeyDown", **common)
        await self._do("Input.dispatchKeyEvent", type="keyUp", **common)

    async def picture(self) -> bytes:
        import base64

        return base64.b64decode((await self._do("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def browsing(folder: Path) -> AsyncIterator[Browser]:
    command = [
        program("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--window-size=820,500",
        "about:blank",
    ]  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True
    )
    port_file = folder / "DevToolsActivePort"
    try:
        for _time in range(300):
            if port_file.exists() and len(lines := port_file.read_text().splitlines()) == 2:
                break
            await asyncio.sleep(0.1)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{lines[0]}/json") as answer:
                page = next(one for one in await answer.json() if one["type"] == "page")
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as wire:
                browser = Browser(wire)
                await browser.begin()
                yield browser
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # its helpers too
        await process.wait()


@pytest.fixture
def chromium() -> Callable[[], Any]:
    """`async with chromium() as page`."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Browser]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            async with browsing(Path(folder)) as browser:
                yield browser

    program("chromium")
    return start
