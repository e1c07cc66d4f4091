"""An encrypted office: what it keeps to itself, who opens it, and the ways into and out of it."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.demo.generator import generate
from intarsi_tui.host.office import open_office
from intarsi_tui.project import encryption, keys
from intarsi_tui.project.attachments import Attachments
from intarsi_tui.project.backup import make_backup
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.keys import Words
from intarsi_tui.project.restore import restore, salvage
from intarsi_tui.project.sealing import NotSealed, sealed, unsealed
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.store import StoreError, open_store

WORDS = Words("quattro parole a caso")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody guesses here: half a second for each opening would be most of these tests."""
    monkeypatch.setattr(keys, "COST", 2**8)


def saying(*words: str) -> keys.Ask:
    return lambda _path, tries: words[min(tries, len(words) - 1)]


def opened(path: Path, words: str = WORDS.passphrase) -> Workspace:
    return Workspace(path, saying(words))


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """An encrypted office with a file attached to a record of a plain table."""
    office = create_workspace(tmp_path / "ufficio", "rimini", words=WORDS)
    source = tmp_path / "verbale di Giulia.txt"
    source.write_text("Giulia Bianchi era presente", "utf-8")
    with open_store(office.database, office.key) as store:
        store.insert({"name": "Giulia Bianchi", "file": office.files.attach(source)})
    return office.path


def contents(folder: Path) -> bytes:
    """Every byte that lies in a folder, and every name."""
    found = sorted(folder.rglob("*"))
    return b"\n".join([*(one.read_bytes() for one in found if one.is_file()), *(str(one).encode() for one in found)])


def leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, inner in value.items():
                yield from leaves(inner, f"{path}.{name}")
        case list():
            for inner in value:
                yield from leaves(inner, path)
        case str() | int() | float():
            yield path, str(value)


def test_nothing_of_any_field_lies_in_a_locked_office(tmp_path: Path) -> None:
    office = create_workspace(tmp_path / "ufficio", "rimini", words=WORDS)
    with open_office(office) as at_work:
        generate(at_work, records=900)
        made = make_backup(office, at_work.store)
        canaries: dict[str, set[str]] = {}
        for table in at_work.store.tables():
            for doc in at_work.store.table(table).all():
                for path, text in leaves(dict(doc), table):
                    # Shorter ones, and those of a few letters, stand in any file by chance or are codes of the program.
                    if len(text) >= 8 and len(canaries.setdefault(path, set())) < 2:
                        canaries[path].add(text)
        assert b"Rimini" in contents(office.path)  # the settings are no secret
    everything = contents(office.path)
    public = (office.path / "intarsi.toml").read_text("utf-8") + str(list(made.records))  # names of registers
    told = {
        (path, text)
        for path, texts in canaries.items()
        for text in texts
        if text not in public and (text.encode() in everything or text.encode("utf-16-le") in everything)
    }
    assert told == set()
    assert len(canaries) > 150
    digest = next(
        value[7:71] for value in (text for texts in canaries.values() for text in texts) if value[:7] == "sha256:"
    )
    assert digest.encode() not in everything  # nor the hash of a file, which tells whoever has it that it is here


def test_the_passphrase_opens_and_so_does_the_recovery_key(locked: Path) -> None:
    for words in (WORDS.passphrase, WORDS.recovery, WORDS.recovery.lower().replace("-", " ").replace("0", "o")):
        office = opened(locked, words)
        with open_store(office.database, office.key, create=False) as store:
            value = store.all()[0]["file"]
        assert office.files.state(value) == "ok"
        assert office.files.size(value) == len("Giulia Bianchi era presente")
        office.files.copy(value, copy := locked / "exports" / "copy.txt")
        assert copy.read_text("utf-8") == "Giulia Bianchi era presente"
        copy.unlink()


def test_a_wrong_passphrase_is_asked_for_again_and_then_refused(locked: Path) -> None:
    assert Workspace(locked, saying("sbagliata davvero", WORDS.passphrase)).key
    with pytest.raises(StoreError) as caught:
        assert opened(locked, "sbagliata davvero").key
    assert caught.value.code == "wrong_passphrase"
    with pytest.raises(StoreError) as caught:
        assert Workspace(locked).key
    assert caught.value.code == "no_passphrase"


def test_letters_typed_on_another_keyboard_are_the_same_passphrase(tmp_path: Path) -> None:
    create_workspace(tmp_path / "ufficio", "rimini", words=Words("perche\u0301 così lungo"))
    assert opened(tmp_path / "ufficio", "perch\u00e9 così lungo").key


def test_a_short_passphrase_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        create_workspace(tmp_path / "ufficio", "rimini", words=Words("corta"))
    assert caught.value.code == "weak_passphrase"
    assert not (tmp_path / "ufficio").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_key_file"), ("{}", "bad_key_file"), ('{"intarsi_key": 1, "id": "a"}', "bad_key_file"), ("[]", "bad_key_file"),
        ('{"intarsi_key": 9, "id": "a"}', "newer_key_file"), ("[" * 100_000, "bad_key_file"), ('{"intarsi_key": 1, "id": 3}', "bad_key_file"),
        ('{"intarsi_key": 1, "id": "a", "passphrase": {"salt": "", "n": Infinity, "r": 8, "p": 1, "key": ""}}', "bad_key_file"),
        ('{"intarsi_key": 1, "id": "a", "passphrase": {"salt": "", "n": 3, "r": 8, "p": 1, "key": ""}}', "bad_key_file"),
    ],
)  # fmt: skip
def test_a_damaged_key_file_is_named(locked: Path, text: str, code: str) -> None:
    (locked / "intarsi.key").write_text(text, "utf-8")
    with pytest.raises(StoreError) as caught:
        assert opened(locked).key
    assert caught.value.code == code
    assert "intarsi.key" in caught.value.text("it")


def test_a_key_file_of_another_office_opens_nothing(locked: Path, tmp_path: Path) -> None:
    other = create_workspace(tmp_path / "altro", "rimini", words=WORDS)
    (locked / "intarsi.key").write_bytes(other.key_file.read_bytes())
    with pytest.raises(StoreError) as caught:
        open_store(locked / "intarsi.db", opened(locked).key)
    assert caught.value.code == "wrong_key"


def test_a_lost_key_file_is_named_as_the_reason(locked: Path) -> None:
    (locked / "intarsi.key").unlink()
    with pytest.raises(StoreError) as caught, open_office(opened(locked)):
        pass
    assert caught.value.code == "unreadable"
    assert "intarsi.key" in caught.value.text("en")


def test_a_slot_moved_within_the_key_file_opens_nothing(locked: Path) -> None:
    data = json.loads((locked / "intarsi.key").read_text("utf-8"))
    data["recovery"] = data["passphrase"]
    (locked / "intarsi.key").write_text(json.dumps(data), "utf-8")
    with pytest.raises(StoreError):
        assert opened(locked, WORDS.recovery).key


def test_changed_words_open_and_the_old_ones_do_not(locked: Path) -> None:
    key = opened(locked).key
    assert key
    keys.keep(locked / "intarsi.key", key, passphrase="tutta un'altra frase")
    assert opened(locked, "tutta un'altra frase").key == key
    assert opened(locked, WORDS.recovery).key == key
    with pytest.raises(StoreError):
        assert opened(locked).key


def test_an_encrypted_backup_is_restored_with_the_same_state(locked: Path, tmp_path: Path) -> None:
    office = opened(locked)
    with open_store(office.database, office.key) as store:
        made = make_backup(office, store)
        state = store.verify().state
        again = make_backup(office, store)  # its attachment is a second name of the one before
    assert b"Giulia" not in contents(made.backup.path)
    assert not made.wrong
    assert len(again.backup.manifest()["files"]) == len(made.backup.manifest()["files"])
    with pytest.raises(StoreError) as caught:
        restore(made.backup.path, tmp_path / "nuovo")
    assert caught.value.code == "no_passphrase"
    assert not (tmp_path / "nuovo").exists()
    restored = restore(again.backup.path, tmp_path / "nuovo", saying(WORDS.passphrase))
    back = opened(restored.workspace.path)
    with open_store(back.database, back.key, create=False) as store:
        assert store.verify().state == state
        assert back.files.state(store.all()[0]["file"]) == "ok"


def test_a_damaged_encrypted_database_is_salvaged(locked: Path, tmp_path: Path) -> None:
    office = opened(locked)
    with open_store(office.database, office.key) as store:
        store.insert_multiple({"number": number, "name": f"persona {number}"} for number in range(500))
    data = bytearray(office.database.read_bytes())
    for at in range(5 * 4096 + 100, len(data), 3 * 4096):
        data[at : at + 8] = b"\xff" * 8
    office.database.write_bytes(data)
    with pytest.raises(StoreError) as caught, open_store(office.database, office.key) as store:
        store.all()
    assert caught.value.code == "damaged"
    saved = salvage(opened(locked), office.backups, tmp_path / "salvato")
    back = opened(saved.workspace.path)
    with open_store(back.database, back.key, create=False) as store:
        assert len(store.all()) > 200
        assert {"Giulia Bianchi"} <= {doc["name"] for doc in store.all()}
        assert back.files.state(store.all()[0]["file"]) == "ok"


def test_salvaging_takes_the_key_file_of_the_backup_when_its_own_is_gone(locked: Path, tmp_path: Path) -> None:
    office = opened(locked)
    with open_store(office.database, office.key) as store:
        make_backup(office, store)
        store.insert({"name": "dopo il salvataggio"})
    office.key_file.unlink()
    saved = salvage(opened(locked), office.backups, tmp_path / "salvato")
    back = opened(saved.workspace.path)
    with open_store(back.database, back.key, create=False) as store:
        assert [doc["name"] for doc in store.all()] == ["Giulia Bianchi", "dopo il salvataggio"]


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
    encryption.remove_backups(encryption.plain_backups(clear))
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


STEPS = ["write", "open", "replace", "unlink"]


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
    """The files of an office but its attachments and backups."""
    return {path.name for path in folder.iterdir() if path.is_file()}


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


def test_sealed_bytes_come_back_only_whole_and_only_with_their_key(tmp_path: Path) -> None:
    key = bytes(range(32))
    for size in (0, 1, 15, 16, 17, 1 << 20, (1 << 20) + 3, 3 << 20):
        text = os.urandom(size)
        path = tmp_path / "sealed"
        path.write_bytes(data := b"".join(sealed([text[:5], text[5:]], key)))
        with path.open("rb") as file:
            assert b"".join(unsealed(file, key)) == text
        for wrong in (data[:-1], data[:10], data + b"x", b"", bytes([*data[:30], data[30] ^ 1, *data[31:]]), text):
            path.write_bytes(wrong)
            with path.open("rb") as file, pytest.raises(NotSealed):
                list(unsealed(file, key))
        path.write_bytes(data)
        with path.open("rb") as file, pytest.raises(NotSealed):
            list(unsealed(file, bytes(32)))


def test_a_changed_attachment_of_an_encrypted_office_is_told_and_never_copied(locked: Path, tmp_path: Path) -> None:
    office = opened(locked)
    with open_store(office.database, office.key) as store:
        value = store.all()[0]["file"]
    kept = office.files.file(value)
    kept.write_bytes(kept.read_bytes()[:-3] + b"abc")
    assert office.files.state(value) == "changed"
    kept.write_bytes(b"Giulia Bianchi era presente")
    assert office.files.state(value) == "changed"
    with pytest.raises(ProjectError):
        office.files.copy(value, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert list(office.files.unnamed([value[7:71]])) == []
    assert [path.name for path in office.files.unnamed([])] == [kept.name]
    assert Attachments(office.attachments).state(value) == "missing"
