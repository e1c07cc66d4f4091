"""An office that is there, encrypted and decrypted: whole at every moment, whoever else is at work, whatever fails."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import open_office
from intarsi_tui.project import encryption, keys
from intarsi_tui.project.backup import make_backup, remove
from intarsi_tui.project.keys import Words
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store import StoreError, open_store, recoding
from intarsi_tui.store.writer import NOTE

from .offices import CHEAP, WORDS, contents, opened


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", CHEAP)


@pytest.fixture
def clear(workspace: Workspace, tmp_path: Path) -> Workspace:
    """An office that is not encrypted, with sample records, an attached file and a backup."""
    source = tmp_path / "verbale.txt"
    source.write_text("Giulia Bianchi era presente", "utf-8")
    with open_office(workspace) as at_work:
        at_work.store.insert({"name": "Giulia Bianchi", "file": workspace.files.attach(source)})
        at_work.table("registry.body").add({"name": "Canarino di prova", "nature": "public"})
        make_backup(workspace, at_work.store)
    return workspace


def test_an_office_is_encrypted_and_decrypted_again_with_the_same_state(clear: Workspace) -> None:
    with open_store(clear.database) as store:
        state, value = store.verify().state, store.all()[0]["file"]
    done = encryption.encrypt(clear, WORDS)
    assert (done.attachments, done.wrong) == (1, ())
    for backup in encryption.plain_backups(clear):
        remove(backup)
    for word in (b"Giulia", b"Canarino", value[7:71].encode()):
        assert word not in contents(clear.path)
    office = opened(clear.path)
    with open_office(office) as at_work:
        assert at_work.store.verify().state == state
        assert at_work.store.verify().findings == []
        assert at_work.find("registry.body", name="Canarino di prova")
        assert office.files.state(value) == "ok"
        at_work.store.insert({"after": True})
    assert encryption.decrypt(office).attachments == 1
    plain = Workspace(clear.path)
    assert not plain.encrypted
    with open_office(plain) as at_work:
        assert [doc.get("after") for doc in at_work.store.all()] == [None, True]
        assert plain.files.state(value) == "ok"


def test_an_office_that_another_program_has_open_is_not_encrypted(clear: Workspace) -> None:
    code = "import sys; from intarsi_tui.store import open_store; s = open_store(sys.argv[1]); s.all(); print('open', flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(clear.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    assert other.stdout.readline() == "open\n"
    before = contents(clear.attachments)
    with pytest.raises(StoreError) as caught:
        encryption.encrypt(clear, WORDS)
    assert caught.value.code == "in_use"
    assert not clear.key_file.exists()
    assert contents(clear.attachments) == before
    other.communicate("\n")
    encryption.encrypt(Workspace(clear.path), WORDS)


@pytest.mark.parametrize("fails_at", range(1, 12))
def test_an_interrupted_encryption_leaves_one_whole_office(
    clear: Workspace, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """The n-th time that a file appears or goes away the disk fails; before the switch all is as it was, after it all is encrypted."""
    count = 0

    def failing(step: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == fails_at:
                raise OSError(5, "disk", str(args[0]))
            return step(*args, **kwargs)

        return run

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing(Path.replace))
        patch.setattr(os, "fsync", failing(os.fsync))
        with contextlib.suppress(OSError):
            encryption.encrypt(clear, WORDS)
    again = opened(clear.path)
    with open_office(again) as at_work:
        value = at_work.store.all()[0]["file"]
        assert again.files.state(value) == "ok"
        assert at_work.store.verify().findings == []
    if again.encrypted:
        assert b"Canarino" not in again.database.read_bytes()


def test_a_program_that_waited_while_the_office_was_encrypted_writes_nowhere(clear: Workspace) -> None:
    """It has the old file open; what it would write there nobody would ever see."""
    from intarsi_tui.store import driver, schema

    old = os.open(clear.database, os.O_RDONLY)
    encryption.encrypt(clear, WORDS)
    copy = clear.path / "old.db"
    copy.write_bytes(os.pread(old, 1 << 30, 0))
    os.close(old)
    with pytest.raises(StoreError) as caught:
        open_store(copy)
    assert caught.value.code == "recoded"
    connection = driver.connect(str(clear.database), clear.key)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.FORMAT,)
    connection.close()


def left(folder: Path) -> set[str]:
    """The files of an office but its attachments and backups, and the note of who writes, which is blank by now."""
    assert not (folder / NOTE).exists() or not (folder / NOTE).read_bytes().strip()
    return {path.name for path in folder.iterdir() if path.is_file()} - {NOTE}


def test_nothing_is_left_beside_an_encrypted_database(clear: Workspace) -> None:
    encryption.encrypt(clear, WORDS)
    assert left(clear.path) == {"intarsi.db", "intarsi.key", "intarsi.toml"}
    if os.name != "nt":
        assert clear.key_file.stat().st_mode & 0o077 == 0
    encryption.decrypt(clear)
    assert left(clear.path) == {"intarsi.db", "intarsi.toml"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights and no such links")
def test_rights_and_links_stay_as_they_were(clear: Workspace, tmp_path: Path) -> None:
    clear.database.chmod(0o600)
    kept = next(clear.attachments.glob("??/*"))
    kept.chmod(0o600)
    clear.database.rename(tmp_path / "altrove.db")
    clear.database.symlink_to(tmp_path / "altrove.db")
    encryption.encrypt(clear, WORDS)
    assert clear.database.is_symlink()
    assert b"Canarino" not in (tmp_path / "altrove.db").read_bytes()
    assert (tmp_path / "altrove.db").stat().st_mode & 0o777 == 0o600
    assert next(clear.attachments.glob("??/*")).stat().st_mode & 0o777 == 0o600


def test_of_two_who_encrypt_at_once_one_is_told_and_the_others_passphrase_holds(clear: Workspace) -> None:
    late = Workspace(clear.path)
    assert late.key is None  # it looked before
    encryption.encrypt(clear, WORDS)
    with pytest.raises(StoreError) as caught:
        encryption.encrypt(late, Words("un'altra frase ancora"))
    assert caught.value.code in ("encrypted_already", "unreadable")
    office = opened(clear.path)
    with open_office(office) as at_work:
        assert office.files.state(at_work.store.all()[0]["file"]) == "ok"


KILLED = """
import os, sys
from pathlib import Path
from intarsi_tui.project import encryption, keys
from intarsi_tui.project.keys import Words
from intarsi_tui.project.workspace import Workspace
keys.COST = 2**8
folder, step, how = sys.argv[1:]
left = int(step)
def dying(run):
    def step(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return run(*args, **kwargs)
    return step
Path.replace, Path.unlink, os.fsync = dying(Path.replace), dying(Path.unlink), dying(os.fsync)
office = Workspace(Path(folder), lambda path, tries: "quattro parole a caso")
encryption.encrypt(office, Words("quattro parole a caso")) if how == "encrypt" else encryption.decrypt(office)
"""


@pytest.mark.parametrize("how", ["encrypt", "decrypt"])
def test_a_killed_encryption_leaves_one_whole_office_and_the_next_to_open_it_tidies_up(
    clear: Workspace, how: str, tmp_path: Path
) -> None:
    import shutil

    shutil.rmtree(clear.backups)
    if how == "decrypt":
        encryption.encrypt(clear, WORDS)
    ended = False
    for step in range(1, 60, 3):
        folder = tmp_path / f"{how}{step}"
        shutil.copytree(clear.path, folder)
        ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(step), how], check=False).returncode == 0
        office = opened(folder)
        with open_office(office) as at_work:
            assert office.files.state(at_work.store.all()[0]["file"]) == "ok", step
            assert at_work.store.verify().findings == []
        if office.encrypted:
            assert b"Canarino" not in contents(folder), step
            assert b"Giulia" not in contents(folder), step
            assert list(office.attachments.rglob("*.part")) == []
        if ended:
            break
    assert ended


@pytest.mark.parametrize("how", ["encrypt", "decrypt"])
def test_what_fails_after_the_switch_takes_nothing_back(
    clear: Workspace, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The new database is in its place: its key, and the files that are sealed with it, must stay."""
    if how == "decrypt":
        encryption.encrypt(clear, WORDS)
    switch = recoding._switch

    def interrupted(*args: Any) -> None:
        switch(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(recoding, "_switch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        encryption.encrypt(clear, WORDS) if how == "encrypt" else encryption.decrypt(clear)
    office = opened(clear.path)
    assert office.encrypted == (how == "encrypt")
    with open_office(office) as at_work:
        assert office.files.state(at_work.store.all()[0]["file"]) == "ok"


def test_a_key_that_still_seals_a_file_is_put_aside_and_never_overwritten(clear: Workspace) -> None:
    encryption.encrypt(clear, WORDS)
    kept = next(clear.attachments.glob("??/*"))
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1])
    assert encryption.decrypt(clear).wrong == (kept,)
    old = clear.key_file.read_bytes()
    encryption.encrypt(Workspace(clear.path), WORDS)
    assert [one.read_bytes() for one in clear.path.glob("intarsi.key.*.old")] == [old]
