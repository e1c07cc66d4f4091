"""The key of an encrypted workspace: 32 random bytes in `intarsi.key`, wrapped by the passphrase and by the recovery key.

The file is JSON: `intarsi_key` (format 1), `id`, and under `passphrase` and `recovery` the salt and cost of scrypt and
the key sealed with what scrypt makes of the words (AES-256-GCM; both in Base64). Whoever has the file and guesses words pays half a
second and 128 MB for each guess.
"""

import base64
import hashlib
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..store.errors import StoreError
from ..whole_file import rewritten
from .copying import synced
from .sealing import NotSealed, sealed, unsealed

FORMAT = 1
COST = 2**17  # of scrypt: about half a second
BLOCK, LANES = 8, 1
LEAST = 10  # characters of a passphrase
TRIES = 3
SLOTS = ("passphrase", "recovery")

# What a damaged file can make of reading it.
UNREADABLE = (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError, MemoryError)

# Crockford's Base32 has no letter that can be taken for another when it is read from paper.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
RECOVERY = re.compile(f"[{LETTERS}]{{32}}")

# Gives the words for the key file at a path; `tries` says how many were wrong already.
# Raises StoreError when there are none to give.
Ask = Callable[[Path, int], str]


def new_recovery() -> str:
    """160 random bits in eight groups of four, to be printed and locked away."""
    letters = [secrets.choice(LETTERS) for _ in range(32)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 32, 4))


@dataclass(frozen=True)
class Words:
    """What opens a workspace that is encrypted from now on; the recovery key is kept nowhere."""

    passphrase: str
    recovery: str = field(default_factory=new_recovery)

    def check(self, path: Path) -> None:
        """Raises StoreError: weak_passphrase."""
        if len(self.passphrase) < LEAST:
            raise StoreError("weak_passphrase", path, least=LEAST)

    def new_key_file(self, path: Path) -> bytes:
        """Writes a key file, and returns the new key in it; one that is there is put aside, files may be sealed with it.

        Raises:
            StoreError, OSError: as `keep` does.
        """
        key = secrets.token_bytes(32)
        if path.exists():
            path.replace(path.with_name(f"{path.name}.{secrets.token_hex(4)}.old"))
        _keep(path, {"intarsi_key": FORMAT, "id": secrets.token_hex(4)}, key, vars(self))
        return key


def unlocked(path: Path, ask: Ask | None) -> bytes:
    """The key in the key file at `path`.

    Raises:
        StoreError: no_key_file, bad_key_file, newer_key_file; wrong_passphrase; no_passphrase, when there is nobody to ask.
    """
    data = _read(path)
    if ask is None:
        raise StoreError("no_passphrase", path)
    for tries in range(TRIES):
        words = ask(path, tries)
        for slot in reversed(SLOTS) if RECOVERY.fullmatch(_letters(words)) else SLOTS[:1]:
            try:
                return _unwrapped(data, slot, words, path)
            except NotSealed:
                continue
    raise StoreError("wrong_passphrase", path)


def keep(path: Path, key: bytes, **words: str) -> None:
    """Changes the key file: the words of a slot that is not named stay as they are.

    Parameters:
        words: of the slots `passphrase` and `recovery`.

    Raises:
        StoreError: weak_passphrase; bad_key_file.
        OSError: it cannot be written, and is as it was.
    """
    if "passphrase" in words:
        Words(words["passphrase"], "").check(path)
    _keep(path, _read(path), key, words)


def _keep(path: Path, data: dict[str, Any], key: bytes, words: dict[str, str]) -> None:
    for slot, said in words.items():
        data[slot] = _wrapped(key, slot, said, data["id"])
        if _unwrapped(data, slot, said, path) != key:  # proved before the old words are gone
            raise StoreError("bad_key_file", path, detail=slot)
    _write(path, data)


def _write(path: Path, data: dict[str, Any]) -> None:
    rewritten(path, json.dumps(data, indent=1), 0o600)
    synced(path.parent)


def usable(path: Path) -> bool:
    """Whether there is a key file at `path`, as far as it can be told without its words."""
    try:
        data = _read(path)
        return all(base64.b64decode(data[slot]["key"]) for slot in SLOTS)
    except (StoreError, KeyError, TypeError, ValueError):
        return False


def identity(path: Path) -> str:
    """The name under which a system's own keyring may keep the passphrase. Raises StoreError as `unlocked` does."""
    return str(_read(path)["id"])


def keyring_name(path: Path) -> str | None:
    """`identity`, when the system's keyring was told the passphrase; asking it is slow, and may open a window."""
    data = _read(path)
    return str(data["id"]) if data.get("keyring") else None


def use_keyring(path: Path, *, use: bool) -> None:
    """Whether the system's keyring is to be asked. Raises StoreError, OSError."""
    _write(path, {**_read(path), "keyring": use})


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
        known = data["intarsi_key"] <= FORMAT
        if known and not isinstance(data["id"], str):
            raise TypeError("id")
    except FileNotFoundError:
        raise StoreError("no_key_file", path) from None
    except UNREADABLE as error:
        raise StoreError("bad_key_file", path, detail=type(error).__name__) from None
    if not known:
        raise StoreError("newer_key_file", path)
    return dict(data)


def _wrapped(key: bytes, slot: str, words: str, id: str) -> dict[str, Any]:
    salt = os.urandom(16)
    made = {"salt": base64.b64encode(salt).decode(), "n": COST, "r": BLOCK, "p": LANES}
    box = b"".join(sealed([key], _stretched(words, slot, id, made)))
    return {**made, "key": base64.b64encode(box).decode()}


def _unwrapped(data: dict[str, Any], slot: str, words: str, path: Path) -> bytes:
    from io import BytesIO

    try:
        box = base64.b64decode(data[slot]["key"])
        stretched = _stretched(words, slot, data["id"], data[slot])
    except UNREADABLE as error:
        raise StoreError("bad_key_file", path, detail=f"{slot}: {type(error).__name__}") from None
    return b"".join(unsealed(BytesIO(box), stretched))


def _stretched(words: str, slot: str, id: str, made: dict[str, Any]) -> bytes:
    """What scrypt makes of the words; bound to the slot and the file, so that no part can be moved to another."""
    said = _letters(words) if slot == "recovery" else unicodedata.normalize("NFKC", words)
    cost, block, lanes = int(made["n"]), int(made["r"]), int(made["p"])
    if cost * block * lanes > 2**24:  # 2 GB: not of our making
        raise ValueError("n, r, p")
    return hashlib.scrypt(
        said.encode("utf-8", "surrogatepass"), salt=base64.b64decode(made["salt"]) + f"{slot} {id}".encode(),
        n=cost, r=block, p=lanes, maxmem=256 * cost * block * lanes, dklen=32,
    )  # fmt: skip


def _letters(words: str) -> str:
    """A recovery key as it was printed, whatever was made of it when it was typed."""
    return re.sub(r"[\s-]", "", words).upper().translate(MISREAD)
