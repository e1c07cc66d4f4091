"""The server on one address: the page, its files, a WebSocket for each tab, downloads; every one of them behind the door."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from string import Template
from urllib.parse import quote

import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.download_manager import DownloadManager

from ..i18n import language, translator
from .app_process import AppProcess
from .door import PUBLIC, Door

_ = translator("web")

HERE = Path(__file__).parent
STATIC = Path(textual_serve.__file__).parent / "static"
# Browsers and proxies give up silently; a tab whose computer sleeps for longer is closed, its drafts kept.
HEARTBEAT = 15.0
LARGEST = 1_000_000  # bytes of one message: more than any clipboard that somebody pastes into a form
WIDEST = 500  # columns or rows of a window

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """The app for browsers.

    Parameters:
        origin: under which it is reached.
        opening: what each tab opens: `workspace`, `lang`, `words`.
        say: tells the person at the serving terminal.
    """

    def __init__(self, origin: str, opening: dict[str, str], say: Callable[[str], None]) -> None:
        self.door = Door(origin)
        self._opening, self._say = opening, say
        self._socket = origin.replace("http", "ws", 1)
        self._downloads = DownloadManager()
        self._tabs: set[AppProcess] = set()

    def app(self) -> web.Application:
        """The routes, each behind the door."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get(f"{PUBLIC}{{token}}", self._enter),
                web.get("/", self._page),
                web.get("/ws", self._tab),
                web.get("/download/{key}", self._download),
                web.get("/{name:page\\.(?:css|js)}", self._file),
                web.static("/static", STATIC),
            ]
        )
        app.on_response_prepare.append(self._headers)
        app.on_shutdown.append(self._close)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self.door.addressed(request):
            return self._refused(
                _("This is not the address that the program printed: open {origin}.").format(origin=self.door.origin)
            )
        if not request.path.startswith(PUBLIC) and not self.door.known(request):
            return self._refused(_("Open the link that “intarsi serve” printed in its terminal."))
        return await handler(request)

    def _refused(self, text: str) -> web.Response:
        return web.Response(status=403, text=text + "\n")

    async def _headers(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Nothing from elsewhere, nothing to elsewhere, nothing kept, in nobody's frame."""
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
            f"connect-src {self._socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        response.headers.update(
            {
                "Content-Security-Policy": policy,
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Cache-Control": "no-store",
            }
        )

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        # A page that goes on, and no redirect: after one, a link clicked in a mail would come without its strict cookie.
        page = '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>intarsi</title>'
        response = web.Response(text=page, content_type="text/html")
        if self.door.enter(request.match_info["token"], response):
            return response
        return self._refused(
            _("This link was used already, or is not whole. Stop “intarsi serve” and start it again for a new one.")
        )

    async def _page(self, _request: web.Request) -> web.StreamResponse:
        page = Template((HERE / "page.html").read_text("utf-8")).substitute(
            lang=language(),
            waiting=_("One moment…"),
            ended=_("The app has ended. What was typed is kept."),
            again=_("Open it again"),
            socket=f"{self._socket}/ws",
        )
        return web.Response(text=page, content_type="text/html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(HERE / request.match_info["name"])

    async def _tab(self, request: web.Request) -> web.StreamResponse:
        """One tab from its first byte to its end."""
        if not self.door.from_own_page(request):
            return self._refused(_("Only the program's own page may do this."))
        browser = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST)
        await browser.prepare(request)

        async def close() -> None:
            await browser.close()

        async def draw(data: bytes) -> None:
            with suppress(ConnectionError):  # a tab that is being closed while the app draws
                await browser.send_bytes(data)

        async def tell(text: str) -> None:
            with suppress(ConnectionError):
                await browser.send_str(text)

        tab = AppProcess(self._opening, write_bytes=draw, write_str=tell, close=close, download_manager=self._downloads)
        self._tabs.add(tab)
        try:
            await tab.start(_columns(request, "width", 80), _columns(request, "height", 24))
            await _typed(browser, tab)
        finally:
            await asyncio.shield(tab.stop())
            self._tabs.discard(tab)
            await browser.close()
            if tab.told:
                self._say(tab.told)
        return browser

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that the app hands out: always to be saved, never shown, whatever it is."""
        key = request.match_info["key"]
        try:
            name = (await self._downloads.get_download_metadata(key)).file_name
        except KeyError:
            return web.Response(status=404, text=_("This file is not there any more.") + "\n")
        response = web.StreamResponse()
        response.content_type = "application/octet-stream"
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _close(self, _app: web.Application) -> None:
        """Every tab is left in order before the server ends."""
        await asyncio.gather(*(tab.stop() for tab in self._tabs))


async def _typed(browser: web.WebSocketResponse, tab: AppProcess) -> None:
    """Hands what the browser sends to the app; a message that is none of ours ends the tab."""
    async for message in browser:
        if message.type != WSMsgType.TEXT:
            return
        try:
            match message.json():
                case ["stdin", str(text)]:
                    await tab.send_bytes(text.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await tab.set_terminal_size(_within(width), _within(height))
                case ["ping", str(when)]:
                    await browser.send_json(["pong", when])
                case ["focus"]:
                    await tab.focus()
                case ["blur"]:
                    await tab.blur()
                case _:
                    return
        except ValueError:
            return


def _columns(request: web.Request, name: str, usual: int) -> int:
    value = request.query.get(name, "")
    return _within(int(value)) if value.isascii() and value.isdigit() else usual


def _within(size: int) -> int:
    return max(1, min(size, WIDEST))


def listening(host: str, port: int) -> socket.socket:
    """A socket at `host`; `port` 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def origin_of(host: str, at: socket.socket, tls: ssl.SSLContext | None) -> str:
    """Scheme, host and port as a browser writes them: the usual port of a scheme is left out."""
    scheme, usual = ("https", 443) if tls else ("http", 80)
    port = at.getsockname()[1]
    name = f"[{host}]" if ":" in host else host.lower()
    return f"{scheme}://{name}" + (f":{port}" if port != usual else "")


def certified(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS with a certificate and its key, both PEM. Raises OSError, of which ssl.SSLError is one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def serve(site: Site, at: socket.socket, tls: ssl.SSLContext | None) -> None:
    """Serves until Ctrl+C. No access log: it would hold the token."""
    web.run_app(
        site.app(), sock=at, ssl_context=tls, access_log=None, print=lambda *_said: None, shutdown_timeout=1.0,
        handler_cancellation=False,
    )  # fmt: skip
