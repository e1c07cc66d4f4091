"""The store's context for rules that look at one record after the other: nothing is written meanwhile, so nothing is asked twice."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from tinydb.table import Document

from ..records import clock
from ..records.declaration import Declaration
from ..records.kind import Kind
from ..records.linked_kinds import LinkKind
from ..store import links, query_sql, schema
from ..store.alike import Alike
from ..store.context import StoreContext, holds

if TYPE_CHECKING:
    from ..store.register import RegisterTable
    from .office import Office

# Characters of JSON whose documents are held, twice: those asked for last and those before. They take twice as many bytes.
# Neighbours ask the same (a day's appointments, a month's timesheets, one household): more of them would only fill memory.
HELD = 12_000_000
# Documents that are read ahead because they name records of the part that is checked: no more than that part will ask for.
MOST_AHEAD = 2_000

Doc = dict[str, Any]
Ids = dict[Any, list[int]]
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class _Held(dict[K, V]):
    """What was asked for last; what was asked for only before that comes back when it is asked for again."""

    def __init__(self) -> None:
        self.older: dict[K, V] = {}

    def __missing__(self, key: K) -> V:
        self[key] = found = self.older.pop(key)
        return found

    def age(self) -> None:
        self.older = {**self}
        self.clear()


class Remembering(StoreContext):
    """Answers `get` and `find` from what it has read: documents up to `HELD`, and by register and fields which documents have what.

    What `shared` makes is kept to the end, so it holds no documents.
    """

    def __init__(self, office: "Office") -> None:
        super().__init__(office.store, office.workspace.profile, lambda: office.workspace.files)
        self._today = clock.today()
        self._indexes: dict[tuple[str, tuple[str, ...]], Ids] = {}
        self._shared: dict[Hashable, Any] = {}
        self._answers: dict[Hashable, list[Doc]] = {}
        self._documents: defaultdict[str, _Held[int, Document]] = defaultdict(_Held)
        self._uids: defaultdict[str, _Held[str, Document | None]] = defaultdict(_Held)
        self._held = 0
        self._void = set[str]()
        # The records that are being checked and those that they name, and by register the indexes that were asked for them.
        self._near, self._checked = set[str](), ""
        self._back: defaultdict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)

    @property
    def today(self) -> date:
        return self._today

    def shared(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._shared:
            self._shared[key] = make()
        found: T = self._shared[key]
        return found

    def get(self, table: str, uid: str) -> Doc | None:
        try:
            return self._uids[table][uid]
        except KeyError:
            found = next(iter(self._read(table, "uid = ?", (uid,))), None)
            self._uids[table][uid] = found
            return found

    def _kinds(self, table: str, names: tuple[str, ...]) -> dict[str, Kind]:
        return self.shared(("kinds", table, names), lambda: super(Remembering, self)._kinds(table, names))

    def find(self, table: str, **equals: Any) -> list[Doc]:
        key = (table, *equals.items())
        try:
            return self._answers[key]
        except TypeError:  # a list is asked for, which is no key
            return super().find(table, **equals)
        except KeyError:
            index = self._indexes.get((table, (*equals,)))
            if index is None or len(equals) > 1 or not isinstance(key[1][1], str):
                found = self._answers[key] = super().find(table, **equals)
                return found
            ((name, value),) = equals.items()  # as `super` would, for the question that is asked again and again
            if value not in index:
                return []
            docs = self._of(table, self._asked_of(table, (name,), value))
            found = [doc for doc in docs if doc.get("state") != "void" and holds(doc.get(name), value)]
            self._answers[key] = found
            return found

    def alike(self, table: str, doc: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.shared(("alike", table), lambda: _Alike(self._store.register_table(table), self)).of(doc)
        return [*found]

    def ahead(self, declaration: Declaration, ids: list[int]) -> list[tuple[Document, bool]]:
        """The documents of `ids`, which are going to be checked, and whether they refer to void records.

        What they refer to is read with them: one question a register, not one a record.
        """
        docs = self._of(declaration.table, ids)
        named = self._read_named(declaration, docs)
        # What names them is asked for record by record, but of the same registers and fields as for those before; and then
        # what is named there.
        self._near = {doc["id"] for doc in docs}.union(*named)
        for table, names in self._back[declaration.table]:
            index = self._indexes[table, names]
            held = self._documents[table]
            asked = {doc_id for uid in self._near & index.keys() for doc_id in index[uid] if doc_id not in held}
            if len(asked) <= MOST_AHEAD and (other := self._store.registered(table)):
                self._read_named(other, self._of(table, sorted(asked)))
        self._checked = declaration.table
        return [(doc, not some.isdisjoint(self._void)) for doc, some in zip(docs, named, strict=True)]

    def _read_named(self, declaration: Declaration, docs: list[Document]) -> list[set[str]]:
        """The records that each of `docs` refers to; those that are not held are read."""
        pairs = [{*links.linked(declaration, doc)} for doc in docs]
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for table, uid in set[tuple[str, str]]().union(*pairs):
            held = self._uids[table]
            if uid not in held and uid not in held.older:
                wanted[table].add(uid)
        for table, uids in wanted.items():
            self._read(table, "uid IN (SELECT value FROM json_each(?))", (json.dumps(sorted(uids)),))
        return [{uid for _table, uid in some} for some in pairs]

    def _candidates(self, table: str, wanted: dict[str, Any], links: list[str]) -> Iterable[Document]:
        declaration = self._store.registered(table)
        several = [name for name in links if declaration and type(declaration.by_name[name].kind) is not LinkKind]
        texts = tuple(name for name, value in wanted.items() if isinstance(value, str) and name not in several)
        if texts:
            self._having(table, texts)
            values = tuple(wanted[name] for name in texts)
            return self._of(table, self._asked_of(table, texts, values[0] if len(values) == 1 else values))
        if several:
            self._naming(table, several[0])
            return self._of(table, self._asked_of(table, (several[0],), wanted[several[0]]))
        return super()._candidates(table, wanted, links)

    def _asked_of(self, table: str, names: tuple[str, ...], value: Any) -> list[int]:
        """The documents with this value, by an index that is there; what is asked of the records at hand is soon asked of others."""
        if value in self._near:
            self._back[self._checked].add((table, names))
        return self._indexes[table, names].get(value, [])

    def _having(self, table: str, names: tuple[str, ...]) -> None:
        """Looks up which documents have certain texts in these fields."""
        if (table, names) not in self._indexes:
            columns = ", ".join([*map(query_sql.value_of, names), "id"])
            rows = self._store.table(table).selected(columns)
            pairs = ((row[:-1], row[-1]) for row in rows) if len(names) > 1 else rows
            self._indexes[table, names] = _grouped(pairs)

    def _naming(self, table: str, name: str) -> None:
        """Looks up which documents may name a record in this field of several links, or of rows: those that name it at all."""

        def links() -> Ids:
            register = self._store.table(table)
            uid = f"{schema.quoted(register.sql_name)}.uid"
            return _grouped(register.selected("target, id", f"JOIN link ON link.uid = {uid} AND tbl = ?", (table,)))

        if (table, (name,)) not in self._indexes:
            self._indexes[table, (name,)] = self.shared(("naming", table), links)

    def _of(self, table: str, ids: Iterable[int]) -> list[Document]:
        held = self._documents[table]
        try:
            return [held[doc_id] for doc_id in ids]
        except KeyError:
            missing = {doc_id for doc_id in ids if doc_id not in held and doc_id not in held.older}
        found = {doc_id: held[doc_id] for doc_id in ids if doc_id not in missing}
        where = "id IN (SELECT value FROM json_each(?))"
        found |= {doc.doc_id: doc for doc in self._read(table, where, (json.dumps([*missing]),))}
        return [found[doc_id] for doc_id in ids if doc_id in found]

    def _read(self, table: str, where: str, params: tuple[Any, ...]) -> Iterable[Document]:
        register = self._store.table(table)
        rows = register.selected("id, uid, doc", f"WHERE {where}", params)
        self._held += sum(len(row[2]) for row in rows)
        if self._held > HELD:
            self._held = 0
            self._answers.clear()
            for name in self._documents:
                self._documents[name].age()
                self._uids[name].age()
        docs = _parsed([row[2] for row in rows])
        if len(docs) != len(rows) or any(doc["id"] != row[1] for doc, row in zip(docs, rows, strict=True)):
            docs = list(register.documents(f"WHERE {where}", params))  # says which one is damaged
        found = [Document(doc, row[0]) for doc, row in zip(docs, rows, strict=True)]
        self._documents[table].update((doc.doc_id, doc) for doc in found)
        self._uids[table].update((doc["id"], doc) for doc in found)
        self._void.update(doc["id"] for doc in found if doc.get("state") == "void")
        return found


class _Alike(Alike):
    """Who may be the same, of documents that are remembered and do not change meanwhile."""

    def __init__(self, register: "RegisterTable", remembering: Remembering) -> None:
        super().__init__(register)
        self._remembering = remembering

    def _bring_up_to_date(self) -> None:
        pass

    def _born_on(self, name: str, day: str) -> list[Doc]:
        return self._remembering.find(self._register.name, **{name: day})

    def _by_uid(self, uid: str) -> Any:
        return self._remembering.get(self._register.name, uid)


def _parsed(texts: list[str]) -> list[Any]:
    """The documents of several texts, none when one of them is damaged.

    Together, and by pydantic's reader: names and short values that repeat are made once, which is half of the memory.
    """
    from pydantic_core import from_json

    together = f"[{','.join(texts)}]"
    try:
        found: list[Any] = from_json(together, cache_strings="all")
    except ValueError:  # also of half a Unicode character, which json reads
        try:
            found = json.loads(together)
        except (ValueError, RecursionError):
            found = []
    return found


def _grouped(rows: Iterable[tuple[Any, int]]) -> Ids:
    """The ids of each value, in their order."""
    ids: Ids = {}
    for value, doc_id in rows:
        ids.setdefault(value, []).append(doc_id)
    return {value: sorted(set(some)) if len(some) > 1 else some for value, some in ids.items()}
