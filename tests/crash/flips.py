"""One bit of the database turned over: `python -m tests.crash.flips FLIPS [SEED]`.

Every flip that alters a record of a register or a row of the history must be found by verification, or by opening.
"""

import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from intarsi_tui.store import Store, StoreError
from intarsi_tui.store.driver import sqlite

from .work import Writer, opened, report

WRITES = 60
HISTORY = "SELECT * FROM history ORDER BY seq"


def main(flips: int, seed: int = 1) -> int:
    luck = random.Random(seed)
    found = harmless = 0
    missed: list[int] = []
    crashes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "intarsi.db"
        whole, truth = begin(path, luck.randrange(10**9))
        for _ in range(flips):
            bit = luck.randrange(len(whole) * 8)
            changed = bytearray(whole)
            changed[bit // 8] ^= 1 << bit % 8
            path.write_bytes(changed)
            for beside in ("-wal", "-shm"):
                path.with_name(path.name + beside).unlink(missing_ok=True)
            try:
                told, content = look(path)
            except Exception as error:  # found, but not told in a sentence
                crashes.append(f"{bit}: {error!r}")
                continue
            if told:
                found += 1
            elif content == truth:
                harmless += 1
            else:
                missed.append(bit)
    report(
        flips=flips, bytes=len(whole), found=found, harmless=harmless, missed=len(missed), bits=missed[:5],
        crashes=len(crashes), first=crashes[:5],
    )  # fmt: skip
    return int(bool(missed or crashes))


def begin(path: Path, seed: int) -> tuple[bytes, Any]:
    """A database as bytes, and what is in it."""
    with opened(path) as store:
        writer = Writer(store, "w", seed, lambda fact: None)
        for _ in range(WRITES):
            writer.write()
        store.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        truth = content_of(store)
    return path.read_bytes(), truth


def look(path: Path) -> tuple[bool, Any]:
    """Whether anything is said to be wrong, and what is in the database."""
    try:
        with opened(path, create=False) as store:
            told = bool(store.verify().findings)
            return told, None if told else content_of(store)
    except StoreError:
        return True, None


def content_of(store: Store) -> Any:
    """Every record and every row of the history, as a reader would get them; whatever cannot be read is a difference."""
    try:
        people = sorted(json.dumps(doc, sort_keys=True) for doc in store.register_table("club.person"))
        history = [(*row[:9], _same_salts(json.loads(row[9])), *row[10:]) for row in store.connection.rows(HISTORY)]
        return people, history
    except (StoreError, sqlite.Error, ValueError, AttributeError) as error:
        return repr(error)


def _same_salts(patch: Any) -> Any:
    """A salt is a number: its digits in capitals are still the same."""
    return {
        name: {key: one.lower() if key == "s" else one for key, one in entry.items()} for name, entry in patch.items()
    }


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
