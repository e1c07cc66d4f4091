"""The app in a real browser."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui import drafts, session

from .conftest import Served

Chromium = Callable[[], AbstractAsyncContextManager[Any]]
ENTER, F3 = ("Enter", 13), ("F3", 114)


async def seen(found: Callable[[], Any]) -> Any:
    """What `found` gives, as soon as another process has made it."""
    for _time in range(200):
        if result := found():
            return result
        await asyncio.sleep(0.1)
    raise AssertionError("never")


async def open_form(page: Any) -> None:
    """From the first screen to a new loan; keys may be ahead of the screens."""
    await page.until("document.body.classList.contains('-first-byte')")
    await page.press(*F3)
    await page.press(*ENTER)
    await page.type("n")


async def test_a_person_logs_in_opens_a_register_saves_and_is_refused_without_the_link(
    serve: Callable[..., Served], chromium: Chromium, lending: Workspace
) -> None:
    served = serve()
    with open_office(lending, "it") as office:
        loans = office.table("lent.loan")
        async with chromium() as page:
            await page.open(served.origin)
            await page.until("document.body?.innerText.includes('intarsi serve')")
            assert "textual" not in await page.value("document.documentElement.outerHTML")
            await page.open(served.link)
            await open_form(page)
            await page.type("Bianchi [rossa]")
            await page.press("s", 83, ctrl=True)
            await seen(lambda: loans.page(search="bianchi"))
            assert [doc["thing"] for doc in loans.page()] == ["Bianchi [rossa]"]

            # A second tab cannot use the link again, but has the cookie.
            await page.open(served.link)
            await page.until("document.body?.innerText.includes('già stato usato')")
            await seen(lambda: session.kept(office))  # the closed tab was left in order
            await page.open(served.origin)
            await page.until("document.body?.classList.contains('-first-byte')")
            await page.type("n")
            await page.type("Legnano")
            await seen(lambda: drafts.all_kept(office))
            elsewhere = [url for url in page.asked if not url.startswith((served.origin, "ws://127.0.0.1", "data:"))]
            assert elsewhere == []
            assert not [text for text in page.refused if "Content Security Policy" in text]
    token = served.link.rpartition("/")[2]
    assert token not in served.stop()
    assert served.process.returncode == 0
