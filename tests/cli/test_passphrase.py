"""`intarsi init --encrypt`, `passphrase`, `exports`: who is asked what, and what is said."""

import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.project import keys
from intarsi_tui.project.workspace import Workspace

from .conftest import Done

PHRASE = "quattro parole a caso"
KEYRING = """
import json, os
from pathlib import Path
from keyring.backend import KeyringBackend
class Kept(KeyringBackend):
    priority = 1
    file = Path(os.environ["KEYRING_FILE"])
    def _all(self): return json.loads(self.file.read_text()) if self.file.exists() else {}
    def get_password(self, service, user): return self._all().get(f"{service} {user}")
    def set_password(self, service, user, words): self.file.write_text(json.dumps({**self._all(), f"{service} {user}": words}))
    def delete_password(self, service, user): self.file.unlink()
"""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", 2**8)


@pytest.fixture
def phrase(tmp_path: Path) -> str:
    path = tmp_path / "frase.txt"
    path.write_text(f"{PHRASE}\nnon questa\n", "utf-8")
    return str(path)


@pytest.fixture
def locked(depot: Workspace, run: Callable[..., Done], phrase: str, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The depot, encrypted, with one record; nothing says its passphrase."""
    assert run("depot", "bike", "add", "--code", "Canarino7").code == 0
    done = run("passphrase", "--new-file", phrase)
    assert done.code == 0, done.err
    assert keys.RECOVERY.fullmatch(done.out.strip().replace("-", ""))
    return depot


def test_an_encrypted_office_is_made_with_a_file(tmp_path: Path, run: Callable[..., Done], phrase: str) -> None:
    done = run("--passphrase-file", phrase, "init", str(tmp_path / "nuovo"), "--partner", "rimini", "--encrypt")
    recovery, folder = done.out.splitlines()
    assert (done.code, folder) == (0, str(tmp_path / "nuovo"))
    assert keys.RECOVERY.fullmatch(recovery.replace("-", ""))
    assert Workspace(tmp_path / "nuovo").encrypted


def test_without_a_terminal_and_a_file_no_encrypted_office_is_made(tmp_path: Path, run: Callable[..., Done]) -> None:
    done = run("init", str(tmp_path / "nuovo"), "--partner", "rimini", "--encrypt")
    assert done.code == 2
    assert "--passphrase-file" in done.err
    assert not (tmp_path / "nuovo").exists()


def test_a_locked_office_says_how_to_open_it(locked: Workspace, run: Callable[..., Done], phrase: str) -> None:
    done = run("depot", "bike", "list")
    assert (done.code, done.out) == (3, "")
    assert "--passphrase-file" in done.err
    assert "Canarino7" in run("--passphrase-file", phrase, "depot", "bike", "list").out


def test_the_environment_may_name_the_file(
    locked: Workspace, run: Callable[..., Done], phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTARSI_PASSPHRASE_FILE", phrase)
    assert "Canarino7" in run("depot", "bike", "list").out


def test_a_wrong_a_missing_and_an_empty_file_are_told_apart(
    locked: Workspace, run: Callable[..., Done], tmp_path: Path
) -> None:
    (tmp_path / "wrong").write_text("tutt'altra frase", "utf-8")
    (tmp_path / "empty").write_text("\n", "utf-8")
    assert [run("--passphrase-file", str(tmp_path / name), "depot", "bike", "list").code for name in ("wrong", "empty", "none")] == [3, 2, 1]  # fmt: skip


def test_help_and_lists_of_workbooks_need_no_passphrase(locked: Workspace, run: Callable[..., Done]) -> None:
    for words in (
        ["--help"],
        ["depot", "--help"],
        ["depot", "bike", "add", "--help"],
        ["plugin", "list"],
        ["backup", "--list"],
    ):
        assert run(*words).code == 0


def test_encrypting_replaces_the_plain_backups(locked: Workspace) -> None:
    made = list(locked.backups.iterdir())
    assert len(made) == 1
    assert (made[0] / "intarsi.key").exists()


def test_the_passphrase_is_changed_and_the_office_decrypted(
    locked: Workspace, run: Callable[..., Done], phrase: str, tmp_path: Path
) -> None:
    (tmp_path / "new").write_text("un'altra frase lunga", "utf-8")
    assert run("--passphrase-file", phrase, "passphrase", "--new-file", str(tmp_path / "new")).code == 0
    assert run("--passphrase-file", phrase, "depot", "bike", "list").code == 3
    new = ("--passphrase-file", str(tmp_path / "new"))
    recovery = run(*new, "passphrase", "--recovery").out.strip()
    (tmp_path / "recovery").write_text(recovery.lower(), "utf-8")
    assert "Canarino7" in run("--passphrase-file", str(tmp_path / "recovery"), "depot", "bike", "list").out
    assert run("passphrase", "--remove").code == 3
    assert run(*new, "passphrase", "--remove", "--recovery").code == 2
    assert run(*new, "passphrase", "--remove").code == 0
    assert "Canarino7" in run("depot", "bike", "list").out
    assert run("passphrase", "--remove").code == 2


def test_files_in_the_clear_are_told_listed_and_purged(
    locked: Workspace, run: Callable[..., Done], phrase: str
) -> None:
    given = ("--passphrase-file", phrase)
    table = locked.exports / "bici" / "tabella.csv"
    table.parent.mkdir()
    done = run(*given, "depot", "bike", "export", "-o", str(table))
    assert "intarsi exports" in done.err
    assert "intarsi exports" not in run(*given, "depot", "bike", "list").err
    assert [Path(row["path"]) for row in run("exports", "--format", "json").json] == [table]
    assert run("exports", "--purge").code == 1
    assert table.exists()
    assert run("exports", "--purge", "--yes").code == 0
    assert not table.parent.exists()
    assert locked.exports.exists()


def test_the_systems_keyring_may_keep_the_passphrase(
    locked: Workspace, run: Callable[..., Done], phrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept_keyring.py").write_text(KEYRING, "utf-8")
    env = {
        **os.environ, "PYTHONPATH": str(tmp_path), "PYTHON_KEYRING_BACKEND": "kept_keyring.Kept",
        "KEYRING_FILE": str(tmp_path / "keyring.json"), "INTARSI_PASSPHRASE_FILE": "",
    }  # fmt: skip

    def alone(*words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "intarsi_tui", *words]
        return subprocess.run(
            program, env=env, cwd=locked.path, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    assert alone("--passphrase-file", phrase, "passphrase", "--remember").returncode == 0
    assert "Canarino7" in alone("depot", "bike", "list").stdout
    assert alone("passphrase", "--forget").returncode == 0
    assert alone("depot", "bike", "list").returncode == 3


def test_a_person_at_the_terminal_is_asked_and_may_mistype(locked: Workspace) -> None:
    """At a real pseudo-terminal: what is typed is not shown."""
    main, terminal = pty.openpty()
    program = [sys.executable, "-m", "intarsi_tui", "--lang", "it", "depot", "bike", "list"]
    process = subprocess.Popen(
        program,
        cwd=locked.path,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        close_fds=True,
    )
    os.close(terminal)
    seen = b""
    for answer in ("sbagliata davvero", PHRASE):
        asked = seen.count(b"accesso di")
        deadline = time.monotonic() + 30
        while seen.count(b"accesso di") == asked and time.monotonic() < deadline:
            seen += os.read(main, 1024)
        time.sleep(0.2)  # the terminal stops showing what is typed just after the question
        os.write(main, f"{answer}\n".encode())
    try:
        while chunk := os.read(main, 1024):
            seen += chunk
    except OSError:  # Linux says so when the program has gone
        pass
    assert process.wait(30) == 0
    os.close(main)
    text = seen.decode()
    assert "Canarino7" in text
    assert "Non è la frase d'accesso" in text
    assert PHRASE not in text


def test_an_office_may_be_looked_at_only(depot: Workspace, run: Callable[..., Done]) -> None:
    run("depot", "bike", "add", "--code", "R-1")
    done = run("--read-only", "depot", "bike", "add", "--code", "R-2")
    assert (done.code, done.out) == (3, "")
    assert "--read-only" in done.err
    assert "R-1" in run("--read-only", "depot", "bike", "list").out
    assert run("access", "--format", "json").json == []
    run("--read-only", "depot", "bike", "export", "-o", str(depot.exports / "bici.csv"))
    assert [(row["what"], row["table"], row["detail"]) for row in run("access", "--format", "json").json] == [("exported", "depot.bike", "1 csv")]  # fmt: skip
    assert "exported" in run("--lang", "en", "access").out
