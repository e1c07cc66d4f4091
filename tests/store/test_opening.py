"""Opening a database, and being told clearly why not."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.store import Store, StoreError, driver, open_store
from intarsi_tui.store.errors import WORDINGS

from .registers import register_all

KEY = bytes(range(32))


def refusal(path: Path | str, *given: Any, **settings: Any) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(path, *given, **settings)
    for lang in ("it", "en"):
        assert str(caught.value.path) in caught.value.text(lang)
        assert "{" not in caught.value.text(lang)
    return caught.value


def test_a_missing_file_is_made_unless_it_should_be_there(path: Path) -> None:
    assert refusal(path, create=False).code == "missing"
    assert not path.exists()
    open_store(path).close()
    open_store(path, create=False).close()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path / "nowhere" / "a.db")
    assert (error.code, error.path) == ("no_folder", str(tmp_path / "nowhere"))


def test_files_that_are_no_database_are_left_alone(path: Path) -> None:
    path.write_bytes(b"PK\3\4 some workbook" * 100)
    before = path.read_bytes()
    assert refusal(path).code == "unreadable"
    assert path.read_bytes() == before


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "foreign"


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE accounts(id)")
    other.close()
    before = path.read_bytes()
    assert refusal(path).code == "foreign"
    assert path.read_bytes() == before


def test_a_newer_format_is_not_touched(path: Path) -> None:
    with open_store(path) as store:
        store.connection.rows("PRAGMA user_version = 7")
    error = refusal(path)
    assert error.code == "newer"
    assert "format 7, this program knows 2" in str(error)


def test_a_damaged_file_says_so(path: Path) -> None:
    with open_store(path) as store:
        store.table("a").insert_multiple({"n": number, "text": "x" * 200} for number in range(500))
    whole = bytearray(path.read_bytes())
    whole[4096:] = os.urandom(len(whole) - 4096)
    path.write_bytes(whole)
    with pytest.raises(StoreError) as caught, open_store(path) as store:
        store.table("a").all()
    assert caught.value.code in ("damaged", "unreadable")


def test_a_file_that_lost_its_content_is_not_begun_anew(path: Path) -> None:
    copied = path.with_name("copied.db")
    with open_store(path) as store:
        store.insert({"name": "Giulia"})
        copied.write_bytes(path.read_bytes())  # the document is still in the file beside it
    path.write_bytes(b"")
    for lost in (path, copied):
        before = lost.read_bytes()
        assert refusal(lost, create=False).code == "damaged"
        assert lost.read_bytes() == before


def test_a_file_cut_short_is_not_opened(path: Path) -> None:
    with open_store(path) as store:
        store.table("a").insert_multiple({"n": number, "text": "x" * 200} for number in range(500))
    whole = path.read_bytes()
    for length in (len(whole) // 2, len(whole) - 4096, 4096, 200, 60):
        path.write_bytes(whole[:length])
        assert refusal(path).code in ("truncated", "damaged", "unreadable"), length
        assert path.read_bytes() == whole[:length]


def test_the_log_beside_a_lost_database_is_not_deleted(path: Path) -> None:
    with open_store(path) as store:
        store.insert({"name": "Giulia"})
        log = path.with_name(path.name + "-wal")
        latest, main = log.read_bytes(), path.read_bytes()
    log.write_bytes(latest)
    for lost in ("gone", "empty"):
        path.unlink(missing_ok=True) if lost == "gone" else path.write_bytes(b"")
        for create in (True, False):
            assert refusal(path, create=create).code == "wal_left"
            assert log.read_bytes() == latest
    path.write_bytes(main)
    with open_store(path) as store:
        assert store.all() == [{"name": "Giulia"}]


def test_a_damaged_declaration_of_the_stores_own_tables_is_told_as_damage(path: Path) -> None:
    open_store(path).close()
    whole = path.read_bytes()
    for declared, changed in (
        (b"meta(name", b"meta(nale"),
        (b"counter(name", b"counter(oame"),
        (b"patch TEXT", b"pitch TEXT"),
    ):
        assert declared in whole
        path.write_bytes(whole.replace(declared, changed))
        assert refusal(path).code == "damaged"


def test_text_that_is_none_any_more_is_told_as_damage(store: Store) -> None:
    store.insert({"name": "Giulia"})
    for damage in ("CAST(x'7be5' AS TEXT)", "'{\"name\":'"):
        store.connection.rows(f'UPDATE "=_default" SET doc = {damage}')
        with pytest.raises(StoreError) as caught:
            store.connection.rows("SELECT doc, json_extract(doc, '$.name') FROM \"=_default\"")
        assert caught.value.code == "damaged"


@pytest.mark.parametrize("damage", [0, 18, 60, 68])
def test_a_header_with_a_changed_byte_opens_as_it_was_or_not_at_all(path: Path, damage: int) -> None:
    with open_store(path) as store:
        store.insert({"name": "Giulia"})
    changed = bytearray(path.read_bytes())
    changed[damage] ^= 0xFF
    path.write_bytes(changed)
    try:
        with open_store(path, create=False) as store:
            outcome = str(store.all())
    except StoreError as error:
        outcome = error.code
    assert outcome in ("[{'name': 'Giulia'}]", "unreadable", "foreign", "newer", "damaged", "read_only")


def test_a_copy_that_a_tool_made_lets_readers_and_a_writer_work_at_once_again(path: Path) -> None:
    with open_store(path) as store:
        store.insert({})
        store.connection.rows("VACUUM INTO ?", (str(path.with_name("copy.db")),))
    with open_store(path.with_name("copy.db")) as copy:
        assert copy.connection.one("PRAGMA journal_mode") == "wal"
        assert len(copy) == 1


def test_a_folder_that_cannot_be_written_is_named(path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        path = Path("/proc/intarsi.db")  # root may write everywhere else
    else:
        path.parent.chmod(0o500)
    if path.parent.is_dir():
        assert refusal(path).code == "read_only"


def test_an_encrypted_file_opens_with_its_key_only(path: Path) -> None:
    with open_store(path, KEY) as store:
        store.insert({"name": "Giulia"})
    assert b"Giulia" not in path.read_bytes()
    assert refusal(path).code == "unreadable"
    assert refusal(path, bytes(32)).code == "wrong_key"
    with open_store(path, KEY) as store:
        assert store.all() == [{"name": "Giulia"}]


def test_a_key_for_a_plain_file_is_refused(path: Path) -> None:
    open_store(path).close()
    assert refusal(path, KEY).code == "not_encrypted"


def test_a_writer_that_never_ends_is_reported_after_the_wait(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    with open_store(path) as second, store.operation("import"):
        store.insert({})
        assert second.all() == []
        with pytest.raises(StoreError) as caught:
            second.insert({})
    assert caught.value.code == "locked"
    assert "0.05" in caught.value.text("it")


def test_a_full_disk_loses_nothing_that_was_saved(store: Store) -> None:
    store.insert({"saved": True})
    pages = store.connection.one("PRAGMA page_count")
    store.connection.rows(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError) as caught:
        store.insert_multiple({"text": "x" * 3000} for _ in range(50))
    assert caught.value.code == "disk_full"
    store.connection.rows("PRAGMA max_page_count = 100000")
    store.insert({"again": True})
    assert store.all() == [{"saved": True}, {"again": True}]


def test_the_site_is_the_files_own(path: Path) -> None:
    with open_store(path, site="rimini") as first:
        assert first.site == "rimini"
    with open_store(path, site="ravenna") as second:
        assert second.site == "rimini"


def test_the_user_is_who_is_named_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def working(user: str | None = None) -> str:
        with open_store(path, user=user) as store:
            return str(store.user)

    monkeypatch.setenv("INTARSI_USER", "from.environment")
    assert (working(), working("given")) == ("from.environment", "given")
    monkeypatch.delenv("INTARSI_USER")
    monkeypatch.setenv("LOGNAME", "from.system")
    assert working() == "from.system"


def test_every_error_has_both_wordings_and_says_what_to_do() -> None:
    for code, label in WORDINGS.items():
        names = "path seconds detail found known table kind program file other plugin record least who"
        params = dict.fromkeys(names.split(), "x")
        assert label.it.format(**params) != label.en.format(**params), code
        assert label.it.count(".") + label.it.count(":") >= 2, code


@pytest.mark.parametrize(
    ("version", "affected"),
    [((3, 40, 1), True), ((3, 44, 6), False), ((3, 44, 5), True), ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 4), False)],
)  # fmt: skip
def test_versions_that_may_lose_a_commit_at_a_checkpoint_are_known(
    version: tuple[int, int, int], affected: bool
) -> None:
    assert driver.has_wal_reset_bug(version) is affected


def python(code: str, *arguments: str) -> str:
    """What a fresh Python prints."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests" / "store")])}
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_reading_a_register_loads_no_pydantic(
    store: Store, path: Path, person: Callable[..., str], tmp_path: Path
) -> None:
    import json

    person("Rossi", language="ar")
    declaration = tmp_path / "declaration.json"
    declaration.write_text(json.dumps(store.registered("club.person").to_json()))  # type: ignore[union-attr]
    code = """
import json, sys
from intarsi_tui.store import open_store
from intarsi_tui.records.declaration import Declaration
store = open_store(sys.argv[1])
store.register(Declaration.from_json(json.load(open(sys.argv[2]))), None)
people = store.table("club.person")
(doc,) = people.page(search="rossi arab", sort="surname", limit=5)
people.one(doc["code"]), people.count_of(), store.history(), store.verify_chain()
heavy = {"pydantic", "pydantic_core", "textual", "click", "openpyxl", "cryptography"} & set(sys.modules)
print(doc["surname"], sorted(heavy))
"""
    assert python(code, str(path), str(declaration)) == "Rossi []"


def test_without_sqlcipher_pythons_own_sqlite_does(path: Path) -> None:
    code = """
import sys
sys.modules["sqlcipher3"] = None
from intarsi_tui.store import StoreError, driver, open_store
from registers import register_all
with register_all(open_store(sys.argv[1])) as store:
    people = store.table("club.person")
    saved = people.add({"surname": "Neri", "taken_in": "2021-01-01", "informed": True})
    people.confirm(saved.doc["id"]), store.undo(), store.redo()
    print(driver.sqlite.__name__, people.one("2021/0001")["surname"], store.verify_chain())
try:
    open_store(sys.argv[1] + "x", b"k" * 32)
except StoreError as error:
    print(error.code)
"""
    assert python(code, str(path)).splitlines() == ["sqlite3 Neri []", "no_encryption"]
    with register_all(open_store(path)) as store:
        assert store.register_table("club.person").one("2021/0001")["surname"] == "Neri"
