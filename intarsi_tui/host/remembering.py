"""The store's context for rules that look at one record after the other: nothing is written meanwhile, so nothing is asked twice."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from tinydb.table import Document

from ..records import clock
from ..records.declaration import Declaration, Field
from ..records.linked_kinds import LinkKind, RowsKind
from ..store import links, query_sql, schema
from ..store.alike import Alike
from ..store.context import StoreContext

if TYPE_CHECKING:
    from ..store.register import RegisterTable
    from .office import Office

# Characters of JSON whose documents are held; they take some five times as many bytes. Neighbours ask the same (a day's
# appointments, a month's timesheets, one household): more of them would only fill memory.
HELD = 20_000_000
# Documents that are read ahead because they name records of the part that is checked: no more than that part will ask for.
MOST_AHEAD = 2_000

Doc = dict[str, Any]
Ids = dict[Any, list[int]]
T = TypeVar("T")
_UNKNOWN = Document({}, 0)


class Remembering(StoreContext):
    """Answers `get` and `find` from what it has read: documents up to `HELD`, and by register and fields which documents have what.

    What `shared` makes is kept to the end, so it holds no documents.
    """

    def __init__(self, office: "Office") -> None:
        super().__init__(office.store, office.workspace.profile, lambda: office.workspace.files)
        self._today = clock.today()
        self._indexes: dict[tuple[str, ...], Ids] = {}
        self._shared: dict[Hashable, Any] = {}
        self._answers: dict[Hashable, list[Doc]] = {}
        self._documents: defaultdict[str, dict[int, Document]] = defaultdict(dict)
        self._uids: defaultdict[str, dict[str, Document | None]] = defaultdict(dict)
        self._held = 0
        self._void = set[str]()
        # The records that are being checked and those that they name, and by register the indexes that were asked for them.
        self._near, self._checked = set[str](), ""
        self._back: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)

    @property
    def today(self) -> date:
        return self._today

    def shared(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._shared:
            self._shared[key] = make()
        found: T = self._shared[key]
        return found

    def get(self, table: str, uid: str) -> Doc | None:
        found = self._uids[table].get(uid, _UNKNOWN)
        if found is _UNKNOWN:
            found = next(iter(self._read(table, "uid = ?", (uid,))), None)
            self._uids[table][uid] = found
        return found

    def find(self, table: str, **equals: Any) -> list[Doc]:
        key = (table, *equals.items())
        try:
            return self._answers[key]
        except TypeError:  # a list is asked for, which is no key
            return super().find(table, **equals)
        except KeyError:
            index = self._indexes.get((table, *equals))
            if index is not None and len(equals) == 1 and isinstance(key[1][1], str) and key[1][1] not in index:
                return []  # which most questions come to
            found = self._answers[key] = super().find(table, **equals)
            return found

    def alike(self, table: str, doc: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.shared(("alike", table), lambda: _Alike(self._store.register_table(table), self)).of(doc)
        return [*found]

    def ahead(self, declaration: Declaration, ids: list[int]) -> Iterator[tuple[Document, bool]]:
        """The documents of `ids`, which are going to be checked, and whether they refer to void records.

        What they refer to is read with them: one question a register, not one a record.
        """
        docs = self._of(declaration.table, ids)
        named = [list(links.linked(declaration, doc)) for doc in docs]
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for table, uid in {one for some in named for one in some}:
            if uid not in self._uids[table]:
                wanted[table].add(uid)
        for table, uids in wanted.items():
            self._read(table, "uid IN (SELECT value FROM json_each(?))", (json.dumps(sorted(uids)),))
        # What names them is asked for record by record, but of the same registers and fields as for those before.
        self._near = {doc["id"] for doc in docs}.union(*({uid for _, uid in some} for some in named))
        for key in self._back[declaration.table]:
            index = self._indexes[key]
            asked = {doc_id for uid in self._near for doc_id in index.get(uid, ())}
            if len(asked) <= MOST_AHEAD:
                self._of(key[0], sorted(asked))
        self._checked = declaration.table
        return ((doc, any(uid in self._void for _, uid in some)) for doc, some in zip(docs, named, strict=True))

    def _candidates(self, table: str, wanted: dict[str, Any], links: list[str]) -> Iterable[Document]:
        declaration = self._store.registered(table)
        several = [name for name in links if declaration and type(declaration.by_name[name].kind) is not LinkKind]
        texts = tuple(name for name, value in wanted.items() if isinstance(value, str) and name not in several)
        if texts:
            index, values = self._having(table, texts), tuple(wanted[name] for name in texts)
            value: Any = values[0] if len(values) == 1 else values
        elif declaration and several:
            index, value = self._naming(table, declaration.by_name[several[0]]), wanted[several[0]]
        else:
            return super()._candidates(table, wanted, links)
        if value in self._near:
            self._back[self._checked].add((table, *(texts or several[:1])))
        return self._of(table, index.get(value, ()))

    def _having(self, table: str, names: tuple[str, ...]) -> Ids:
        """Which documents have certain texts in these fields."""
        found = self._indexes.get((table, *names))
        if found is None:
            columns = ", ".join([*map(query_sql.value_of, names), "id"])
            rows = self._store.table(table).selected(columns)
            pairs = ((row[:-1], row[-1]) for row in rows) if len(names) > 1 else rows
            found = self._indexes[(table, *names)] = _grouped(pairs)
        return found

    def _naming(self, table: str, field: Field) -> Ids:
        """Which documents name a record in this field of several links, or of rows."""
        found = self._indexes.get((table, field.name))
        if found is None:
            register = self._store.table(table)
            kind = field.kind
            columns = [one.name for one in kind.declaration.linking] if isinstance(kind, RowsKind) else []
            values = [f"json_extract(value, '$.{name}')" for name in columns] or ["value"]
            each = f", json_each(doc, '$.{field.name}')"
            ids = f"{schema.quoted(register.sql_name)}.id"
            rows = (row for value in values for row in register.selected(f"{value}, {ids}", each))
            found = self._indexes[(table, field.name)] = _grouped(rows)
        return found

    def _of(self, table: str, ids: Iterable[int]) -> list[Document]:
        held = self._documents[table]
        try:
            return [held[doc_id] for doc_id in ids]
        except KeyError:
            pass
        found = {doc_id: held[doc_id] for doc_id in ids if doc_id in held}
        missing = [doc_id for doc_id in ids if doc_id not in found]
        if missing:
            where = "id IN (SELECT value FROM json_each(?))"
            found |= {doc.doc_id: doc for doc in self._read(table, where, (json.dumps(missing),))}
        return [found[doc_id] for doc_id in ids if doc_id in found]

    def _read(self, table: str, where: str, params: tuple[Any, ...]) -> Iterable[Document]:
        register = self._store.table(table)
        rows = register.selected("id, uid, doc", f"WHERE {where}", params)
        self._held += sum(len(text) for _id, _uid, text in rows)
        if self._held > HELD:
            self._held = 0
            for held in (self._documents, self._uids, self._answers):
                held.clear()
        try:  # together: the names of their fields are made once, which is a third of the time and of the memory
            docs = json.loads(f"[{','.join(text for _id, _uid, text in rows)}]")
        except (ValueError, RecursionError):
            docs = []
        if len(docs) != len(rows) or any(doc["id"] != uid for doc, (_id, uid, _text) in zip(docs, rows, strict=True)):
            docs = list(register.documents(f"WHERE {where}", params))  # says which one is damaged
        found = [Document(doc, row[0]) for doc, row in zip(docs, rows, strict=True)]
        self._documents[table].update((doc.doc_id, doc) for doc in found)
        self._void.update(doc["id"] for doc in found if doc.get("state") == "void")
        self._uids[table].update((doc["id"], doc) for doc in found)
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


def _grouped(rows: Iterable[tuple[Any, int]]) -> Ids:
    """The ids of each value, in their order."""
    ids: Ids = {}
    for value, doc_id in rows:
        ids.setdefault(value, []).append(doc_id)
    return {value: sorted(set(some)) if len(some) > 1 else some for value, some in ids.items()}
