"""Who is measured in `store.py`: our registers and tables, plain TinyDB, bare SQLite and sqlite-utils; and what they keep."""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from tinydb import TinyDB, where

from intarsi_tui.records import clock, ids
from intarsi_tui.records.fields import field, link
from intarsi_tui.records.record import Record, Row
from intarsi_tui.records.typed import fold
from intarsi_tui.records.types import Choice, Choices, Date, Euro, Flag, Int, Link, LongText, Minutes, Rows, Text
from intarsi_tui.store import open_store
from intarsi_tui.store.driver import connect

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


FAMILIES = [str(UUID(int=0x7 << 76 | 0x2 << 62 | number)) for number in range(1, 501)]
LANGUAGES = ("ar", "fa", "so", "ti", "uk")


class Topic(Row):
    what: Text = field(it="Cosa", en="What", privacy="public")
    minutes: Minutes | None = field(it="Minuti", en="Minutes", privacy="public")


class Family(Record, it="Famiglia", en="Family", title=("name",)):
    name: Text = field(it="Nome", en="Name", privacy="public", in_list=True)


class Visit(Record, it="Visita", en="Visit", title=("code",), date="day"):
    code: Text = field(it="Codice", en="Code", privacy="public", key=True, in_list=True)
    day: Date = field(it="Giorno", en="Day", privacy="public", in_list=True)
    town: Text = field(it="Comune", en="Town", privacy="public", index=True, in_list=True)
    address: Text = field(it="Indirizzo", en="Address", privacy="public")
    family: Link = link("visits.family", it="Famiglia", en="Family")
    operator: Text = field(it="Operatore", en="Operator", privacy="public")
    hours: Minutes = field(it="Ore", en="Hours", privacy="public")
    people: Int = field(it="Persone", en="People", privacy="public")
    cost: Euro | None = field(it="Costo", en="Cost", privacy="public")
    done: Flag | None = field(it="Svolta", en="Done", privacy="public")
    kind: Choice = field(
        it="Tipo", en="Kind", privacy="public", choices={"a": ("A casa", "At home"), "b": ("In sede", "Here")}
    )
    languages: Choices = field(
        it="Lingue", en="Languages", privacy="public", choices={code: (code, code) for code in LANGUAGES}, default=[]
    )
    topics: Rows[Topic] = field(it="Temi", en="Topics", privacy="public", default=[])
    outcome: Text | None = field(it="Esito", en="Outcome", privacy="public")
    notes: LongText | None = field(it="Note", en="Notes", privacy="public")


def documents(count: int, start: int = 0) -> list[Doc]:
    """Records of 15 fields, one of them a nested object (in rows) and one a list; about 425 bytes of JSON."""
    chance = random.Random(start)

    def words(number: int) -> str:
        return " ".join(chance.choices(WORDS, k=number))

    return [
        {
            "code": f"C{number:07d}", "day": f"2021-{1 + number % 12:02d}-{1 + number % 28:02d}", "town": f"Comune {number % 331}",
            "address": f"via {words(1)} {number % 90}", "family": FAMILIES[number % len(FAMILIES)],
            "operator": f"operatore {number % 17}", "hours": 30 + number % 90, "people": number % 9, "cost": number % 500 / 4,
            "done": number % 2 == 0, "kind": "ab"[number % 2], "languages": [LANGUAGES[number % 5], LANGUAGES[(number + 1) % 5]],
            "topics": [{"what": words(2), "minutes": 10}], "outcome": words(1), "notes": words(14),
        }
        for number in range(start, start + count)
    ]  # fmt: skip


class Ours:
    """A register with everything; or a table, which no plugin declares, when `register` is False."""

    def __init__(self, path: Path, register: bool) -> None:
        self.path, self.register = path, register
        self.open()
        if register:
            families = self.store.register_table("visits.family")
            with families.writing("add"):
                for number, uid in enumerate(FAMILIES, start=1):
                    families.write(number, {}, {"id": uid, "state": "draft", "name": f"famiglia {number}"})

    def open(self) -> None:
        self.store = open_store(self.path, user="anna")
        if self.register:
            self.store.register(replace(Visit.declaration, table="visits.visit"), lambda: Visit)
            self.store.register(replace(Family.declaration, table="visits.family"), lambda: Family)
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
    """TinyDB as it comes; its JSONStorage syncs each write too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open()

    def open(self) -> None:
        self.store = TinyDB(self.path)  # type: ignore[assignment]
        self.table = self.store.table("visits", cache_size=0)
        self.table.get(doc_id=1)


class Worked:
    """What a register does besides its rules, in the shortest Python: envelope, folded words, clock, salts, commitments, chain."""

    hlc, prev = "", ""

    def envelope(self, doc: Doc) -> Doc:
        now = clock.now().isoformat(timespec="seconds")
        return {"id": ids.uuid7(), "state": "draft", "site": "local", "created_by": "anna", "created_at": now, **doc}

    def change(self, uid: str, changed: Doc, operation: str) -> Doc:
        """The history's row."""
        wall, count = round(clock.now().timestamp() * 1000), 0
        if self.hlc and wall <= int(self.hlc[:13]):
            wall, count = int(self.hlc[:13]), int(self.hlc[14:18]) + 1
        self.hlc = f"{wall:013d}-{count:04d}-local"
        salts = os.urandom(16 * len(changed))
        patch, commitments = {}, {}
        for number, (name, value) in enumerate(changed.items()):
            salt = salts[16 * number : 16 * number + 16]
            patch[name] = {"v": value, "s": salt.hex()}
            commitments[name] = sha256(salt + sorted_json(value).encode()).hexdigest()
        row = [self.hlc, "local", "anna", operation, "add", None, "visits.visit", uid]
        prev = self.prev
        self.prev = sha256((prev + sorted_json([*row, commitments])).encode()).hexdigest()
        return dict(zip(HISTORY, [*row, to_json(patch), prev, self.prev], strict=True))

    def stamp(self) -> Doc:
        return {"changed_by": "anna", "changed_at": clock.now().isoformat(timespec="seconds")}


HISTORY = ("hlc", "site", "user", "operation", "label", "undoes", "tbl", "uid", "patch", "prev", "hash")
LAST = (
    "SELECT (SELECT max(hlc) FROM history), (SELECT hash FROM history WHERE site = 'local' ORDER BY seq DESC LIMIT 1)"
)


class Bare(Worked):
    """The statements of a register, with the same driver, settings, tables and indexes."""

    def __init__(self, path: Path) -> None:
        self.base = connect(str(path), None)
        run = self.base.execute
        run("PRAGMA journal_mode = WAL")
        for name in ("visits", "families"):
            run(f"CREATE TABLE {name}(id INTEGER PRIMARY KEY, uid TEXT UNIQUE, doc TEXT NOT NULL, words TEXT NOT NULL)")
        for number, uid in enumerate(FAMILIES, start=1):
            run("INSERT INTO families VALUES(?, ?, ?, '')", (number, uid, to_json({"id": uid, "state": "draft"})))
        run("CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID")
        run("CREATE TABLE link(target TEXT, tbl TEXT, uid TEXT, PRIMARY KEY(target, tbl, uid)) WITHOUT ROWID")
        run("CREATE INDEX link_uid ON link(uid)")
        for name in ("code", "town", "day", "family"):
            run(f"CREATE INDEX {name} ON visits(json_extract(doc,'$.\"{name}\"'))")
        for name in ("code", "number"):
            run(f"CREATE INDEX lower_{name} ON visits(lower(json_extract(doc,'$.\"{name}\"')))")
        run(
            "CREATE VIRTUAL TABLE f USING fts5(words, content=visits, content_rowid=id, tokenize=trigram, detail=none, columnsize=0)"
        )
        gone = "INSERT INTO f(f, rowid, words) VALUES('delete', old.id, old.words)"
        new = "INSERT INTO f(rowid, words) VALUES(new.id, new.words)"
        self.indexing = f"CREATE TRIGGER a AFTER INSERT ON visits BEGIN {new}; END"
        run(self.indexing)
        run(
            f"CREATE TRIGGER u AFTER UPDATE OF words ON visits WHEN old.words IS NOT new.words BEGIN {gone}; {new}; END"
        )
        run(f"CREATE TABLE history(seq INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in HISTORY)})")
        for name in ("uid", "operation", "site"):
            run(f"CREATE INDEX history_{name} ON history({name})")
        run("CREATE UNIQUE INDEX history_hlc ON history(hlc)")

    def _free(self, doc: Doc) -> None:
        same = "SELECT id, doc FROM visits WHERE lower(json_extract(doc,'$.\"code\"')) = lower(?) AND uid != ?"
        assert not self.base.execute(same, (doc["code"], doc["id"])).fetchall()

    def _add(self, doc_id: int, doc: Doc, operation: str) -> None:
        run, doc = self.base.execute, self.envelope(doc)
        assert (
            json.loads(run("SELECT doc FROM families WHERE uid = ?", (doc["family"],)).fetchone()[0])["state"] != "void"
        )
        self._free(doc)
        self._log(doc["id"], doc, operation)
        stored = doc | self.stamp()
        run("INSERT INTO visits VALUES(?, ?, ?, ?)", (doc_id, doc["id"], to_json(stored), searched(doc)))
        run("INSERT INTO link VALUES(?, ?, ?)", (doc["family"], "visits.visit", doc["id"]))

    def _log(self, uid: str, changed: Doc, operation: str) -> None:
        columns = f"({', '.join(HISTORY)}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self.base.execute(f"INSERT INTO history{columns}", tuple(self.change(uid, changed, operation).values()))

    def _begin(self) -> str:
        self.base.execute("BEGIN IMMEDIATE")
        last = self.base.execute(LAST).fetchone()
        self.hlc, self.prev = last[0] or "", last[1] or ""
        return ids.uuid7()

    def bulk(self, docs: list[Doc]) -> None:
        run, operation = self.base.execute, self._begin()
        run("DROP TRIGGER a")
        for doc_id, doc in enumerate(docs, start=1):
            self._add(doc_id, doc, operation)
        run("INSERT INTO counter VALUES('visits', ?)", (len(docs),))
        run("INSERT INTO f(rowid, words) SELECT id, words FROM visits")
        run(self.indexing)
        run("COMMIT")

    def insert(self, doc: Doc) -> None:
        operation = self._begin()
        counted = (
            "INSERT INTO counter VALUES('visits', 1) ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value"
        )
        self._add(self.base.execute(counted).fetchall()[0][0], doc, operation)
        self.base.execute("COMMIT")

    def update(self, doc_id: int, notes: str) -> None:
        operation = self._begin()
        old = json.loads(self.base.execute("SELECT doc FROM visits WHERE id = ?", (doc_id,)).fetchone()[0])
        doc = old | {"notes": notes}
        self._free(doc)
        self._log(doc["id"], {"notes": notes}, operation)
        row = to_json(doc | self.stamp()), searched(doc), doc_id
        self.base.execute("UPDATE visits SET doc = ?, words = ? WHERE id = ?", row)
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


class UtilsRows:
    """sqlite-utils with rows and nothing else, as our tables are."""

    def __init__(self, path: Path) -> None:
        from sqlite_utils import Database

        self.base = Database(path)
        self.base.enable_wal()
        self.base.execute("PRAGMA synchronous = FULL")
        self.table: Any = self.base["visits"]

    def bulk(self, docs: list[Doc]) -> None:
        self.table.insert_all(({"id": number, **doc} for number, doc in enumerate(docs, start=1)), pk="id")

    def insert(self, doc: Doc) -> None:
        self.table.insert(doc)

    def update(self, doc_id: int, notes: str) -> None:
        self.table.update(doc_id, {"notes": notes})

    def get(self, doc_id: int) -> Doc:
        found: Doc = self.table.get(doc_id)
        return found

    def close(self) -> None:
        self.base.close()


class Utils(Worked, UtilsRows):
    """sqlite-utils made to do a register's work, by its own means."""

    def bulk(self, docs: list[Doc]) -> None:
        base = self.base
        base["families"].insert_all(({"uid": uid, "state": "draft"} for uid in FAMILIES), pk="uid")
        with base.atomic():
            self.table.insert_all(self._rows(docs), pk="n")
            base["history"].insert_all(self._history(), pk="seq")
            base["link"].insert_all(
                ({"target": row["family"], "tbl": "visits.visit", "uid": row["id"]} for row in self.table.rows),
                pk=("target", "tbl", "uid"),
            )
            for name in ("code", "town", "day", "family", "id"):
                self.table.create_index([name])
            for name in ("uid", "operation", "site", "hlc"):
                base["history"].create_index([name])
            base["link"].create_index(["uid"])
            base.execute("CREATE INDEX lower_code ON visits(lower(code))")
            self.table.enable_fts(["words"], create_triggers=True, tokenize="trigram")

    def _rows(self, docs: list[Doc]) -> Iterator[Doc]:
        for number, doc in enumerate(docs, start=1):
            whole = self.envelope(doc)
            yield {"n": number, **whole, **self.stamp(), "words": searched(whole)}

    def _history(self) -> Iterator[Doc]:
        for row in self.table.rows:
            changed = {
                name: value for name, value in row.items() if name not in ("n", "words", "changed_by", "changed_at")
            }
            yield self.change(row["id"], changed, "bulk")

    def _free(self, doc: Doc) -> None:
        assert not list(self.table.rows_where("lower(code) = lower(?) AND id != ?", [doc["code"], doc["id"]]))

    def _begin(self) -> str:
        self.hlc, self.prev = self.base.execute(LAST).fetchone()
        return ids.uuid7()

    def insert(self, doc: Doc) -> None:
        with self.base.atomic():
            operation, doc = self._begin(), self.envelope(doc)
            assert self.base["families"].get(doc["family"])["state"] != "void"
            self._free(doc)
            self.table.insert({**doc, **self.stamp(), "words": searched(doc)})
            self.base["link"].insert({"target": doc["family"], "tbl": "visits.visit", "uid": doc["id"]})
            self.base["history"].insert(self.change(doc["id"], doc, operation))

    def update(self, doc_id: int, notes: str) -> None:
        with self.base.atomic():
            operation, old = self._begin(), self.table.get(doc_id)
            doc = {**old, "notes": notes, "topics": json.loads(old["topics"])}
            self._free(doc)
            self.table.update(doc_id, {"notes": notes, **self.stamp(), "words": searched(doc)})
            self.base["history"].insert(self.change(doc["id"], {"notes": notes}, operation))

    def find(self, code: str) -> list[Doc]:
        return list(self.table.rows_where("code = ?", [code]))


def searched(doc: Doc) -> str:
    """The texts that the register's search looks through."""
    topics = [topic["what"] for topic in doc["topics"]]
    texts = ("code", "day", "town", "address", "operator", "outcome", "notes")
    return "\n".join(dict.fromkeys(map(fold, (*(doc[name] for name in texts), *topics))))


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
sorted_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
