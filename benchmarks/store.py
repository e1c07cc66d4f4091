"""The store beside its peers, as ratios within one run: plain TinyDB, bare SQLite that does the same work, sqlite-utils.

A register does everything: rules, indexes, full text, history, chain. A table is one that no plugin declares. Bare SQLite does a
register's work without the rules, in the shortest Python. Calls of all take turns, so that a busy machine or disk is busy for
all; medians count. A missed goal is printed, and one missed by more than a third exits 1.

python benchmarks/store.py [--records 100000] [--rounds 200] [--slow 3]
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where

from intarsi_tui.records.fields import field
from intarsi_tui.records.record import Record, Row
from intarsi_tui.records.types import Choice, Date, Euro, Flag, Int, LongText, Minutes, Rows, Text
from intarsi_tui.store import open_store
from intarsi_tui.store.driver import connect, sqlite

Doc = dict[str, Any]
WORDS = [
    "casa",
    "scuola",
    "corso",
    "incontro",
    "mediazione",
    "lingua",
    "comune",
    "famiglia",
    "lavoro",
    "colloquio",
    "orario",
    "gruppo",
    "nido",
    "ufficio",
]


class Topic(Row):
    what: Text = field(it="Cosa", en="What", privacy="public")
    minutes: Minutes | None = field(it="Minuti", en="Minutes", privacy="public")


class Visit(Record, it="Visita", en="Visit", title=("code",)):
    code: Text = field(it="Codice", en="Code", privacy="public", key=True, in_list=True)
    day: Date = field(it="Giorno", en="Day", privacy="public", in_list=True)
    town: Text = field(it="Comune", en="Town", privacy="public", index=True, in_list=True)
    operator: Text = field(it="Operatore", en="Operator", privacy="public")
    hours: Minutes = field(it="Ore", en="Hours", privacy="public")
    people: Int = field(it="Persone", en="People", privacy="public")
    cost: Euro | None = field(it="Costo", en="Cost", privacy="public")
    done: Flag | None = field(it="Svolta", en="Done", privacy="public")
    kind: Choice = field(
        it="Tipo", en="Kind", privacy="public", choices={"a": ("A casa", "At home"), "b": ("In sede", "Here")}
    )
    topics: Rows[Topic] = field(it="Temi", en="Topics", privacy="public", default=[])
    notes: LongText | None = field(it="Note", en="Notes", privacy="public")


def documents(count: int, start: int = 0) -> list[Doc]:
    """Records of about 450 bytes."""
    chance = random.Random(start)

    def words(number: int) -> str:
        return " ".join(chance.choices(WORDS, k=number))

    return [
        {
            "code": f"C{number:07d}", "day": f"2021-{1 + number % 12:02d}-{1 + number % 28:02d}", "town": f"Comune {number % 331}",
            "operator": f"operatore {number % 17}", "hours": 30 + number % 90, "people": number % 9, "cost": number % 500 / 4,
            "done": number % 2 == 0, "kind": "ab"[number % 2], "topics": [{"what": words(2), "minutes": 10}], "notes": words(12),
        }
        for number in range(start, start + count)
    ]  # fmt: skip


class Ours:
    """A register, or a table when `register` is False."""

    def __init__(self, path: Path, register: bool) -> None:
        self.path, self.register = path, register
        self.open()

    def open(self) -> None:
        self.store = open_store(self.path, user="anna")
        if self.register:
            self.store.register(replace(Visit.declaration, table="visits.visit"), lambda: Visit)
        self.table = self.store.table("visits.visit" if self.register else "visits")
        self.table.get(doc_id=1)

    def close(self) -> None:
        self.store.close()

    def bulk(self, docs: list[Doc]) -> None:
        self.table.insert_multiple(docs)

    def insert(self, doc: Doc) -> None:
        self.table.insert(doc)

    def update(self, doc_id: int, notes: str) -> None:
        self.table.update({"notes": notes}, doc_ids=[doc_id])

    def get(self, doc_id: int) -> Doc:
        found: Doc = self.table.get(doc_id=doc_id)
        return found

    def find(self, code: str) -> list[Doc]:
        found: list[Doc] = self.table.search(where("code") == code)
        return found

    def words(self, text: str) -> int:
        return len(self.table.page(search=text, limit=50))


class Plain(Ours):
    """TinyDB as it comes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open()

    def open(self) -> None:
        self.store = TinyDB(self.path)  # type: ignore[assignment]
        self.table = self.store.table("visits", cache_size=0)
        self.table.get(doc_id=1)


class Utils:
    """sqlite-utils, with the same index and full-text search, and no history."""

    def __init__(self, path: Path) -> None:
        from sqlite_utils import Database

        self.base = Database(path)
        self.base.enable_wal()
        self.base.execute("PRAGMA synchronous = FULL")
        self.table: Any = self.base["visits"]

    def bulk(self, docs: list[Doc]) -> None:
        self.table.insert_all(({"id": number, **doc} for number, doc in enumerate(docs, start=1)), pk="id")
        for name in ("code", "town", "day"):
            self.table.create_index([name])
        self.table.enable_fts(["code", "town", "notes"], create_triggers=True)

    def insert(self, doc: Doc) -> None:
        self.table.insert(doc)

    def update(self, doc_id: int, notes: str) -> None:
        self.table.update(doc_id, {"notes": notes})

    def get(self, doc_id: int) -> Doc:
        found: Doc = self.table.get(doc_id)
        return found

    def find(self, code: str) -> list[Doc]:
        return list(self.table.rows_where("code = ?", [code]))

    def close(self) -> None:
        self.base.close()


class Bare:
    """The same driver, settings, tables, indexes, full text, history and chain; no rules, no envelope but the id."""

    def __init__(self, path: Path) -> None:
        self.base = connect(str(path), None)
        run = self.base.execute
        run("PRAGMA journal_mode = WAL")
        run("CREATE TABLE visits(id INTEGER PRIMARY KEY, uid TEXT UNIQUE, doc TEXT NOT NULL, words TEXT NOT NULL)")
        for name in ("code", "town", "day", "number"):
            run(f"CREATE INDEX {name} ON visits(json_extract(doc,'$.\"{name}\"'))")
        run("CREATE INDEX lower_code ON visits(lower(json_extract(doc,'$.\"code\"')))")
        run(
            "CREATE VIRTUAL TABLE f USING fts5(words, content=visits, content_rowid=id, tokenize=trigram, detail=none, columnsize=0)"
        )
        gone = "INSERT INTO f(f, rowid, words) VALUES('delete', old.id, old.words)"
        new = "INSERT INTO f(rowid, words) VALUES(new.id, new.words)"
        run(f"CREATE TRIGGER a AFTER INSERT ON visits BEGIN {new}; END")
        run(f"CREATE TRIGGER u AFTER UPDATE OF words ON visits BEGIN {gone}; {new}; END")
        run(
            "CREATE TABLE history(seq INTEGER PRIMARY KEY, hlc TEXT, site TEXT, user TEXT, operation TEXT, label TEXT, undoes"
            " TEXT, tbl TEXT, uid TEXT, patch TEXT, prev TEXT, hash TEXT)"
        )
        for name in ("uid", "operation", "site", "hlc"):
            run(f"CREATE INDEX history_{name} ON history({name})")

    def _add(self, doc: Doc, operation: str) -> None:
        uid = os.urandom(16).hex()
        now = "2021-05-20T09:00:00+00:00"
        doc = {"id": uid, "state": "draft", "site": "s", "created_by": "anna", "created_at": now, **doc}
        words = searched(doc)
        doc |= {"changed_by": "anna", "changed_at": now}
        self.base.execute("INSERT INTO visits(uid, doc, words) VALUES(?, ?, ?)", (uid, dumps(doc).decode(), words))
        self._log(uid, doc, operation)

    def _log(self, uid: str, changed: Doc, operation: str) -> None:
        base = self.base.execute("SELECT hash FROM history WHERE site = 's' ORDER BY seq DESC LIMIT 1").fetchone()
        prev, salts = base[0] if base else "", os.urandom(16 * len(changed))
        patch, commitments = {}, {}
        for number, (name, value) in enumerate(changed.items()):
            salt = salts[16 * number : 16 * number + 16]
            patch[name] = {"v": value, "s": salt.hex()}
            commitments[name] = sha256(salt + dumps(value)).hexdigest()
        row = [f"{time.time_ns() // 1_000_000}-0000-s", "s", "anna", operation, "add", None, "visits.visit", uid]
        chained = sha256(prev.encode() + dumps([*row, commitments])).hexdigest()
        self.base.execute(
            "INSERT INTO history(hlc, site, user, operation, label, undoes, tbl, uid, patch, prev, hash)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*row, dumps(patch).decode(), prev, chained],
        )

    def bulk(self, docs: list[Doc]) -> None:
        self.base.execute("BEGIN IMMEDIATE")
        for doc in docs:
            self._add(doc, "bulk")
        self.base.execute("COMMIT")

    def insert(self, doc: Doc) -> None:
        self.base.execute("BEGIN IMMEDIATE")
        self._add(doc, os.urandom(16).hex())
        self.base.execute("COMMIT")

    def update(self, doc_id: int, notes: str) -> None:
        self.base.execute("BEGIN IMMEDIATE")
        ((uid, text),) = self.base.execute("SELECT uid, doc FROM visits WHERE id = ?", (doc_id,))
        doc = {**json.loads(text), "notes": notes}
        words = searched(doc)
        self.base.execute("UPDATE visits SET doc = ?, words = ? WHERE id = ?", (dumps(doc).decode(), words, doc_id))
        self._log(uid, {"notes": notes}, os.urandom(16).hex())
        self.base.execute("COMMIT")

    def get(self, doc_id: int) -> Doc:
        found: Doc = json.loads(self.base.execute("SELECT doc FROM visits WHERE id = ?", (doc_id,)).fetchone()[0])
        return found

    def find(self, code: str) -> list[Doc]:
        rows = self.base.execute("SELECT doc FROM visits WHERE json_extract(doc,'$.\"code\"') = ?", (code,))
        return [json.loads(text) for (text,) in rows]

    def words(self, text: str) -> int:
        grams = " AND ".join(f'"{text[at : at + 3]}"' for at in range(len(text) - 2))
        rows = self.base.execute(
            "SELECT doc FROM visits WHERE id IN (SELECT rowid FROM f WHERE f MATCH ?) AND instr(words, ?)"
            " ORDER BY json_extract(doc,'$.\"day\"') DESC LIMIT 50",
            (grams, text),
        )
        return len([json.loads(doc) for (doc,) in rows])

    def close(self) -> None:
        self.base.close()


def searched(doc: Doc) -> str:
    """The texts that the register's search looks through."""
    topics = [topic["what"] for topic in doc["topics"]]
    texts = [doc["code"], doc["code"], doc["day"], doc["town"], doc["operator"], *topics, doc["notes"]]
    return "\n".join(texts).lower()


def dumps(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def seconds(call: Callable[..., Any], *given: Any) -> float:
    began = time.perf_counter()
    call(*given)
    return time.perf_counter() - began


def busy(call: Callable[..., Any], *given: Any) -> float:
    """Seconds of CPU: what takes long has nobody to take turns with."""
    began = time.process_time()
    call(*given)
    return time.process_time() - began


def in_turn(subjects: dict[str, Any], calls: list[tuple[str, tuple[Any, ...]]]) -> dict[str, list[float]]:
    """The seconds of each subject's calls, taken in turns of changing order."""
    spent: dict[str, list[float]] = {name: [] for name in subjects}
    order, chance = list(subjects), random.Random(1)
    for method, given in calls:
        chance.shuffle(order)
        for name in order:
            spent[name].append(seconds(getattr(subjects[name], method), *given))
    return spent


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--slow", type=int, default=3, help="calls of plain TinyDB, which takes seconds for each")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return report(measured(Path(folder), given.records, given.rounds, given.slow), given.records)


def measured(folder: Path, records: int, rounds: int, slow: int) -> dict[str, dict[str, float]]:
    """Operation → subject → median milliseconds."""
    register, table = Ours(folder / "register.db", True), Ours(folder / "table.db", False)
    bare, utils, plain = Bare(folder / "bare.db"), Utils(folder / "utils.db"), Plain(folder / "plain.json")
    small = Ours(folder / "small.db", True)
    every: dict[str, Any] = {"register": register, "table": table, "bare": bare, "sqlite-utils": utils, "plain": plain}
    docs = documents(records)
    found: dict[str, dict[str, float]] = {"bulk": {name: 1000 * busy(one.bulk, docs) for name, one in every.items()}}
    small.bulk(documents(1000))

    more = iter(documents(4 * rounds + 4 * slow, records))
    chance = random.Random(1)
    picks = [1 + chance.randrange(records) for _ in range(rounds)]
    calls = {
        "insert": [("insert", (next(more),)) for _ in range(rounds)],
        "update": [("update", (pick, f"note {pick}")) for pick in picks],
        "get": [("get", (pick,)) for pick in picks],
        "find": [("find", (f"C{pick - 1:07d}",)) for pick in picks],
    }
    for name, wanted in calls.items():
        # Without an index a table looks at every document: that would push the others out of the processor's cache.
        slow_ones: dict[str, Any] = {"plain": plain, **({"table": table} if name == "find" else {})}
        quick = {one: subject for one, subject in every.items() if one not in slow_ones}
        spent = in_turn(quick, wanted) | in_turn(slow_ones, wanted[:slow])
        found[name] = {one: 1000 * statistics.median(times) for one, times in spent.items()}
    texts = [("words", (f"c{pick - 1:07d}",)) for pick in picks]
    searched = in_turn({"register": register, "bare": bare}, texts)
    found["words"] = {one: 1000 * statistics.median(times) for one, times in searched.items()}
    grown = in_turn({"register": register, "small": small}, [("insert", (next(more),)) for _ in range(rounds)])
    found["growth"] = {one: 1000 * statistics.median(times) for one, times in grown.items()}
    for one in every.values():
        one.close()
    small.close()
    reopened = {"register": register, "table": table, "plain": plain}
    opened = {name: [seconds(one.open) for _ in range(slow)] for name, one in reopened.items()}
    found["open"] = {name: 1000 * statistics.median(times) for name, times in opened.items()}
    return found


def report(found: dict[str, dict[str, float]], records: int) -> int:
    names = ["register", "table", "bare", "sqlite-utils", "plain", "small"]
    print(f"{records} records, SQLite {sqlite.sqlite_version}; milliseconds, of CPU for bulk")
    print(f"{'':12}" + "".join(f"{name:>14}" for name in names))
    for what, times in found.items():
        print(f"{what:12}" + "".join(f"{times[one]:>14.3f}" if one in times else f"{'':14}" for one in names))

    def ratio(what: str, one: str, other: str) -> float:
        return found[what][one] / found[what][other]

    # With fewer records plain TinyDB is less slow.
    faster = FASTER if records >= 100_000 else {}
    least = [
        (f"plain TinyDB / register, {what}", ratio(what, "plain", "register"), goal) for what, goal in faster.items()
    ]
    most = [
        (f"register / bare SQLite, {what}", ratio(what, "register", "bare"), goal) for what, goal in LIKE_BARE.items()
    ]
    # Neither has a history; a register, which has one, is compared with bare SQLite that has one too. A twentieth is noise.
    most += [(f"table / sqlite-utils, {what}", ratio(what, "table", "sqlite-utils"), 1.05) for what in LIKE_UTILS]
    most += [("table / plain TinyDB, bulk", ratio("bulk", "table", "plain"), 6.0)]
    most += [(f"register, insert at {records} / at 1000", ratio("growth", "register", "small"), 1.2)]
    print(f"\n{'what':52}{'measured':>12}{'goal':>10}")
    bad = 0
    for what, value, goal in least:
        print(f"{what:52}{value:>12.1f}{goal:>9.0f}+{'' if value >= goal else '  missed'}")
        bad += value < goal * 2 / 3
    for what, value, goal in most:
        print(f"{what:52}{value:>12.2f}{goal:>10.2f}{'' if value <= goal else '  missed'}")
        bad += value > goal * 4 / 3
    return int(bad > 0)


# At 100,000 records.
FASTER = {"insert": 300, "update": 300, "find": 10_000, "open": 500}
LIKE_UTILS = ("bulk", "insert", "update", "get")
LIKE_BARE = {"insert": 1.3, "update": 1.3, "get": 2.0, "find": 2.5, "words": 2.5, "bulk": 2.0}

if __name__ == "__main__":
    sys.exit(main())
