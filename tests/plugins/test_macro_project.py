"""The macro project of the timesheet is made from source text: what the formats say must be in it is there."""

import importlib
import struct
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.resources import folder

TEMPLATES = folder("templates")


@pytest.fixture
def macro(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(TEMPLATES)
    return importlib.import_module("macro")


def streams(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file by their names, read without the code that wrote it."""
    (directory,) = struct.unpack_from("<I", data, 48)
    (mini_table,) = struct.unpack_from("<I", data, 60)
    table = struct.unpack_from("<128I", data, 512)

    def chain(start: int, links: tuple[int, ...]) -> list[int]:
        found = []
        while start < 0xFFFFFFFA:
            found.append(start)
            start = links[start]
        return found

    def sectors(start: int) -> bytes:
        return b"".join(data[512 * (one + 1) : 512 * (one + 2)] for one in chain(start, table))

    entries = sectors(directory)
    mini_links = tuple(one for (one,) in struct.iter_unpack("<I", sectors(mini_table)))
    found: dict[str, bytes] = {}
    content = b""
    for at in range(0, len(entries), 128):
        entry = entries[at : at + 128]
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<IQ", entry, 116)
        name = entry[: max(length - 2, 0)].decode("utf-16-le")
        if kind == 5:
            content = sectors(start)[:size]
        elif kind == 2:
            found[name] = b"".join(content[64 * one : 64 * (one + 1)] for one in chain(start, mini_links))[:size]
    return found


def expanded(data: bytes) -> bytes:
    """What a container of literal tokens holds."""
    (header,) = struct.unpack_from("<H", data, 1)
    assert (data[0], header >> 12, (header & 0x0FFF) + 3) == (1, 0b1011, len(data) - 1)
    tokens = data[3:]
    assert set(tokens[::9]) <= {0}
    return b"".join(tokens[at + 1 : at + 9] for at in range(0, len(tokens), 9))


def test_a_project_holds_its_modules_and_says_that_nothing_is_compiled(macro: ModuleType) -> None:
    documents = {"ThisWorkbook": macro.CLASSES["workbook"], "Foglio1": macro.CLASSES["sheet"]}
    found = streams(macro.project(documents, {"Stampa": "Public Sub Anteprima()\nEnd Sub\n"}))
    assert set(found) == {"PROJECT", "PROJECTwm", "_VBA_PROJECT", "dir", *documents, "Stampa"}
    assert found["_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000000")
    assert expanded(found["Stampa"]) == b'Attribute VB_Name = "Stampa"\r\nPublic Sub Anteprima()\r\nEnd Sub\r\n'
    assert b'VB_Base = "0{00020820' in expanded(found["Foglio1"])
    lines = found["PROJECT"].decode("cp1252").split("\r\n")
    assert [line for line in lines if line.startswith(("Document", "Module"))] == [
        "Document=ThisWorkbook/&H00000000", "Document=Foglio1/&H00000000", "Module=Stampa",
    ]  # fmt: skip
    # Project, three modules, and the end of each and of all.
    assert expanded(found["dir"]).count(struct.pack("<HI", 0x2B, 0)) == 3
    assert expanded(found["dir"]).endswith(struct.pack("<HI", 0x10, 0))


@pytest.mark.parametrize(("key", "value"), [("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")])
def test_a_project_is_not_protected_has_no_password_and_is_visible(macro: ModuleType, key: str, value: bytes) -> None:
    text = streams(macro.project({"ThisWorkbook": macro.CLASSES["workbook"]}, {}))["PROJECT"].decode("cp1252")
    hidden = bytes.fromhex(next(line for line in text.split("\r\n") if line.startswith(f'{key}="'))[len(key) + 2 : -1])
    seed = hidden[0]
    assert hidden[1] ^ seed == 2
    plain, out = hidden[2] ^ seed, b""
    for at in range(3, len(hidden)):
        plain = hidden[at] ^ ((hidden[at - 2] + plain) & 0xFF)
        out += bytes([plain])
    assert out == struct.pack("<I", len(value)) + value


@given(sizes=st.lists(st.integers(1, 4095), min_size=1, max_size=8))
def test_what_goes_into_a_compound_file_comes_out_again(sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(TEMPLATES)
        compound = importlib.import_module("compound")
    wanted = {f"S{number}": bytes([number + 1]) * size for number, size in enumerate(sizes)}
    assert streams(compound.compound_file({"VBA": wanted, "Altro": b"x"})) == {**wanted, "Altro": b"x"}


def test_what_does_not_fit_is_refused(macro: ModuleType) -> None:
    with pytest.raises(ValueError, match="3,640"):
        macro.compressed(bytes(3641))
    assert len(macro.compressed(bytes(3640))) == 3 + 4095
    compound = importlib.import_module("compound")
    for size in (0, 4096):
        with pytest.raises(ValueError, match=str(size)):
            compound.compound_file({"S": bytes(size)})


def test_the_shipped_project_is_the_one_that_is_made_here(macro: ModuleType) -> None:
    pytest.importorskip("PIL", reason="Pillow draws the placeholders; it is for development only")
    timesheet = importlib.import_module("timesheet")
    made = timesheet.timesheet().vba_archive.read("xl/vbaProject.bin")
    with zipfile.ZipFile(Path(TEMPLATES) / "foglio_ore.xlsm") as shipped:
        assert shipped.read("xl/vbaProject.bin") == made
