"""Who may come in: one link that opens once, then a cookie; only under the address that was printed, only from its own page."""

import secrets
from urllib.parse import urlsplit

from aiohttp import web

COOKIE = "intarsi"
PUBLIC = "/enter/"


class Door:
    """The door of one server.

    Parameters:
        origin: scheme, name and port under which it is reached, such as `http://127.0.0.1:8000`.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._host = urlsplit(origin).netloc
        self._token = secrets.token_urlsafe(32)
        self._session = ""

    @property
    def link(self) -> str:
        """What a person opens; good for one time."""
        return f"{self.origin}{PUBLIC}{self._token}"

    def enter(self, token: str, response: web.StreamResponse) -> bool:
        """Whether `token` is the one of the link, unused; then `response` carries the cookie."""
        if not self._token or not _same(token, self._token):
            return False
        self._token, self._session = "", secrets.token_urlsafe(32)
        secure = self.origin.startswith("https:")
        response.set_cookie(COOKIE, self._session, httponly=True, samesite="Strict", secure=secure, path="/")
        return True

    def addressed(self, request: web.Request) -> bool:
        """Whether the browser asked for our own name: another one that leads here is somebody's trick (DNS rebinding)."""
        return _same(request.headers.get("Host", ""), self._host)

    def known(self, request: web.Request) -> bool:
        """Whether the browser brings the cookie."""
        return bool(self._session) and _same(request.cookies.get(COOKIE, ""), self._session)

    def from_own_page(self, request: web.Request) -> bool:
        """Whether our page asks: browsers let any page open a WebSocket anywhere, and say which page it was."""
        return _same(request.headers.get("Origin", ""), self.origin)


def _same(given: str, wanted: str) -> bool:
    """Takes as long for a nearly right text as for a wrong one."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
