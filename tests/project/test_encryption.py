"""An encrypted office: what it keeps to itself, who opens it, and the ways into and out of it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.demo.generator import generate
from intarsi_tui.host.office import open_office
from intarsi_tui.project import keys
from intarsi_tui.project.attachments import Attachments
from intarsi_tui.project.backup import make_backup
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.keys import Words
from intarsi_tui.project.restore import restore, salvage
from intarsi_tui.project.sealing import NotSealed, sealed, unsealed
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.store import StoreError, open_store

from .offices import CHEAP, WORDS, contents, opened, saying


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", CHEAP)


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """An encrypted office with a file attached to a record of a plain table."""
    office = create_workspace(tmp_path / "ufficio", "rimini", words=WORDS)
    source = tmp_path / "verbale di Giulia.txt"
    source.write_text("Giulia Bianchi era presente", "utf-8")
    with open_store(office.database, office.key) as store:
        store.insert({"name": "Giulia Bianchi", "file": office.files.attach(source)})
    return office.path


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
        generate(at_work, records=100)
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
