"""Who may come in, and from where."""

import ast
import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

import intarsi_tui.web
from intarsi_tui import i18n
from intarsi_tui.cli.main import cli
from intarsi_tui.host.office import open_office
from intarsi_tui.project.encryption import encrypt
from intarsi_tui.project.keys import Words
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui import drafts

from .conftest import Served

PASSPHRASE = "quattro parole lunghe davvero"


def client(tls: Any = True) -> aiohttp.ClientSession:
    # Cookies of bare addresses are not kept unless asked for.
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.CookieJar(unsafe=True), connector=aiohttp.TCPConnector(ssl=tls, force_close=True)
    )


async def status(session: aiohttp.ClientSession, url: str, **headers: str) -> int:
    async with session.get(url, headers=headers) as answer:
        return answer.status


async def drawn(session: aiohttp.ClientSession, served: Served, words: str, *typed: str) -> None:
    """Opens a tab, types, and reads until `words` are drawn."""
    address = served.origin.replace("http", "ws", 1) + "/ws?width=80&height=24"
    async with session.ws_connect(address, origin=served.origin) as tab:
        for text in typed:
            await tab.send_json(["stdin", text])
        said = b""
        async with asyncio.timeout(20):
            while words.encode() not in said:
                message = await tab.receive()
                assert message.type == aiohttp.WSMsgType.BINARY, (message, said)
                said += message.data


async def test_nothing_is_served_without_the_cookie_and_the_link_opens_once(serve: Callable[..., Served]) -> None:
    served = serve()
    paths = ["/", "/ws", "/page.js", "/static/js/textual.js", "/download/1", "/nowhere"]
    async with client() as stranger, client() as friend:
        assert [await status(stranger, served.origin + path) for path in paths] == [403] * len(paths)
        assert await status(stranger, served.link[:-1]) == 403
        async with friend.get(served.link) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert [await status(friend, served.origin + path) for path in paths if path != "/ws"] == [
            200,
            200,
            200,
            404,
            404,
        ]
        assert await status(stranger, served.link) == 403
        assert await status(stranger, served.origin, Cookie="intarsi=") == 403


async def test_other_names_and_other_pages_are_refused(serve: Callable[..., Served]) -> None:
    served = serve()
    port = served.origin.rpartition(":")[2]
    async with client() as friend:
        assert await status(friend, served.link, Host=f"rebound.example:{port}") == 403
        assert await status(friend, served.link) == 200
        assert await status(friend, served.origin, Host=f"localhost:{port}") == 403
        for origin in ("https://other.example", "null", None):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await friend.ws_connect(served.origin + "/ws", origin=origin)
            assert refused.value.status == 403
        await drawn(friend, served, "Prestiti")


async def test_a_message_that_is_none_ends_the_tab_only(serve: Callable[..., Served]) -> None:
    served = serve()
    async with client() as friend:
        assert await status(friend, served.link) == 200
        for wrong in ("[", '{"a": 1}', '["resize", {"width": "9"}]', '["stdin"]'):
            async with friend.ws_connect(served.origin + "/ws?width=x&height=99999999", origin=served.origin) as tab:
                await tab.send_str(wrong)
                async with asyncio.timeout(20):
                    while (await tab.receive()).type == aiohttp.WSMsgType.BINARY:
                        continue
        await drawn(friend, served, "Prestiti")


async def test_an_encrypted_office_is_opened_by_the_serving_terminal_and_by_no_argument(
    lending: Workspace, serve: Callable[..., Served], tmp_path: Path
) -> None:
    encrypt(lending, Words(PASSPHRASE))
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE, "utf-8")
    served = serve(before=("--passphrase-file", str(file)))
    file.unlink()
    async with client() as friend:
        assert await status(friend, served.link) == 200
        async with friend.ws_connect(served.origin + "/ws", origin=served.origin) as tab:
            async with asyncio.timeout(20):
                while b"Prestiti" not in (await tab.receive()).data:
                    continue
            if sys.platform == "linux":
                [app] = tabs_of(served)
                for name in ("cmdline", "environ"):
                    assert PASSPHRASE.encode() not in Path(f"/proc/{app}/{name}").read_bytes()


def tabs_of(served: Served) -> list[int]:
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text()
    return [int(one) for one in children.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("end", ["tab", "interrupted", "killed"])
async def test_no_app_outlives_its_tab_or_the_server_and_what_was_typed_is_kept(
    serve: Callable[..., Served], lending: Workspace, end: str
) -> None:
    served = serve()
    async with client() as friend:
        assert await status(friend, served.link) == 200
        async with friend.ws_connect(served.origin + "/ws", origin=served.origin) as tab:
            for text in ("\x1bOR", "\r", "n", "Legn", "ano"):
                await tab.send_json(["stdin", text])
            said = b""
            async with asyncio.timeout(20):
                while b"ano" not in said.partition(b"Legn")[2]:
                    said += (await tab.receive()).data
            [app] = tabs_of(served)
            if end == "interrupted":
                served.stop()
            elif end == "killed":
                os.kill(served.process.pid, signal.SIGKILL)
                served.process.communicate()
        async with asyncio.timeout(20):
            while Path(f"/proc/{app}/cmdline").exists() and Path(f"/proc/{app}/cmdline").read_bytes():
                await asyncio.sleep(0.05)
    with open_office(lending, "it") as office:
        assert [one.values["thing"] for one in drafts.all_kept(office)] == ["Legnano"]


async def test_with_tls_the_cookie_is_secure_and_the_wire_too(serve: Callable[..., Served], tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    served = serve("--host", "localhost", "--tls-cert", str(certificate), "--tls-key", str(key))
    assert served.origin.startswith("https://localhost:")
    import ssl

    async with client(ssl.create_default_context(cafile=certificate)) as friend:
        async with friend.get(served.link) as answer:
            assert "Secure" in answer.headers["Set-Cookie"]
        await drawn(friend, served, "Prestiti")


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate of `localhost` and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "c.pem").write_bytes(made.public_bytes(pem))
    (folder / "k.pem").write_bytes(key.private_bytes(pem, form, plain))
    return folder / "c.pem", folder / "k.pem"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "192.0.2.1"], "--tls-cert"),
        (["--host", "office.example"], "--tls-cert"),
        (["--host", "0.0.0.0"], "one address"),
        (["--tls-cert", "c.pem"], "go together"),
        (["--tls-cert", "c.pem", "--tls-key", "k.pem"], "The certificate cannot be used"),
    ],
)
def test_what_would_be_open_to_others_is_refused(lending: Workspace, options: list[str], told: str) -> None:
    done = CliRunner().invoke(cli, ["--lang", "en", "-w", str(lending.path), "serve", *options])
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_port_in_use_is_told(lending: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = CliRunner().invoke(cli, ["--lang", "en", "-w", str(lending.path), "serve", "--port", port])
    assert done.exit_code == 1
    assert f"Nothing can listen at 127.0.0.1, port {port}" in done.stderr


def test_every_text_has_its_italian_and_no_italian_is_left_over() -> None:
    texts = set()
    for path in Path(intarsi_tui.web.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                texts |= {text.value for text in node.args if isinstance(text, ast.Constant)}
    with (Path(i18n.FOLDER) / "it" / "LC_MESSAGES" / "web.po").open("rb") as file:
        italian = {message.id: message.string for message in read_po(file) if message.id}
    assert set(italian) == texts
    assert all(italian.values())
