"""What the tests of encrypted offices have in common."""

from pathlib import Path

from intarsi_tui.project import keys
from intarsi_tui.project.keys import Words
from intarsi_tui.project.workspace import Workspace

WORDS = Words("quattro parole a caso")
CHEAP = 2**8  # cost of scrypt: nobody guesses here, and half a second for each opening would be most of these tests


def saying(*words: str) -> keys.Ask:
    return lambda _path, tries: words[min(tries, len(words) - 1)]


def opened(path: Path, words: str = WORDS.passphrase) -> Workspace:
    return Workspace(path, saying(words))


def contents(folder: Path) -> bytes:
    """Every byte that lies in a folder, and every name."""
    found = sorted(folder.rglob("*"))
    return b"\n".join([*(one.read_bytes() for one in found if one.is_file()), *(str(one).encode() for one in found)])
