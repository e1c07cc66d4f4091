"""A register: a table whose documents pass their record's declaration and get envelope, number and history."""

# Table names come from schema.quoted, values are parameters.
# ruff: noqa: S608

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from tinydb.table import Document

from ..records.declaration import Declaration
from ..records.labels import Label
from ..records.problems import Invalid, Problem, Rejected, errors
from ..records.rules import follow
from . import fulltext, links, log, pipeline, rewording, schema, versions
from .listing import Listing, index_statements
from .pipeline import Examined
from .table import AT_ONCE, Change, apply
from .values import dumps, json_text, unsayable
from .words import words_of

if TYPE_CHECKING:
    from ..records.record import Record
    from .database import Store
    from .erasing import Erased


class Saved(NamedTuple):
    """A record as it is stored now, and the warnings of its rules."""

    doc: Document
    warnings: list[Problem]


class RegisterTable(Listing):
    """TinyDB's table over one register. TinyDB's own methods take the same way through all checks as `add` and `edit`.

    Values are typed (`"3/4/2021"`) or JSON ones, links are anything that names a record. Whatever is refused raises
    `Rejected` with all problems, or `NoSuchRecord` and `AmbiguousRecord` for a reference, and nothing is written.
    """

    def __init__(self, store: "Store", declaration: Declaration, load: "Callable[[], type[Record]]") -> None:
        super().__init__(store, declaration)
        self.load = load
        self._prepared: int | None = None

    def add(self, doc: Mapping[str, Any], *, confirm: bool = False) -> Saved:
        """Adds a draft, or confirms it at once: one change then, as of `confirm`."""
        with self.writing("add-confirm" if confirm else "add"):
            return self._added(doc, confirm=confirm)

    def _added(self, doc: Mapping[str, Any], *, confirm: bool = False) -> Saved:
        draft = self._accept(pipeline.examine(self, doc))
        return self._save(None, self._confirmed(draft[0]) if confirm else draft, self.new_id(doc))

    def edit(
        self,
        reference: str,
        changes: Mapping[str, Any],
        base: Mapping[str, Any] | None = None,
        *,
        confirm: bool = False,
    ) -> Saved:
        """Changes fields of a draft or a confirmed record.

        Parameters:
            changes: the new values; an empty one empties its field.
            base: the record as it was when the person began; then changes of others to other fields are kept, and
                the same field changed twice is refused (`changed_meanwhile`).
            confirm: also confirm it, in the same change.
        """
        with self.writing("edit-confirm" if confirm else "edit"):
            old = self.one(reference)
            if not confirm:
                return self._change(old, changes, base)
            draft = self._accept(pipeline.examine_edit(self, changes, old, base), old)
            return self._save(old, self._confirmed(draft[0]))

    def save(self, examined: Examined, old: Document | None = None) -> Saved:
        """Writes what `examine` has just made of some changes, in the operation that it was asked in: an import asks once a row.

        Parameters:
            old: the record that they change, a new one when `None`.
        """
        with self.writing("add" if old is None else "edit"):
            if old is None:
                return self._save(None, self._accept(examined), self.new_id({}))
            if final := pipeline.FINAL.get(old["state"]):
                raise pipeline.refuse(self, [Problem(final)], old)
            return self._save(old, self._accept(examined, old))

    def confirm(self, reference: str) -> Saved:
        """Makes a draft evidence: it gets its number, and what is needed to confirm must be there."""
        with self.writing("confirm"):
            old = self.one(reference)
            return self._save(old, self._confirmed(old))

    def _confirmed(self, draft: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        if draft["state"] != "draft":
            raise pipeline.refuse(self, [Problem("not_a_draft", None, {"state": self._state(draft)})], draft)
        doc, warnings = self._accept(pipeline.examine(self, {"state": "confirmed"}, draft, trusted=True), draft)
        year = self.declaration.day_of(doc)[:4]
        count = self._storage.next(f"number {self.name} {self.store.site} {year}")
        return {**doc, "number": f"{year}/{count:04d}"}, warnings

    def mark_sent(self, reference: str) -> Saved:
        """Locks a confirmed record that has left the office."""
        with self.writing("sent"):
            old = self.one(reference)
            if old["state"] != "confirmed":
                wording = Label(
                    "Solo un record confermato si trasmette: questo è {state}",
                    "Only a confirmed record is sent: this one is {state}",
                )
                raise pipeline.refuse(self, [Problem("not_confirmed", None, {"state": self._state(old)}, wording)], old)
            return self._save(old, ({**old, "state": "sent"}, []))

    def void(self, reference: str, reason: str, *, replaced: bool = False) -> Saved:
        """Voids a record for good, whatever its rules say; it keeps its number. Warns of valid records that refer to it.

        Parameters:
            reason: what the register shows, such as "inserito due volte".
            replaced: another record takes its place in all that refer to it.

        Raises:
            Rejected: void_is_final, void_needs_reason; goes_on: something under way or still to come refers to it.
        """
        with self.writing("void"):
            old = self.one(reference)
            if old["state"] == "void":
                raise pipeline.refuse(self, [Problem("void_is_final")], old)
            if unsayable(reason) is not None:
                raise pipeline.refuse(self, [pipeline.too_long("void_reason")], old)
            try:
                text = self.declaration.by_name["void_reason"].kind.read(reason)
            except Invalid as invalid:
                raise pipeline.refuse(self, [Problem(invalid.code, "void_reason", invalid.params)], old) from None
            if not text:
                raise pipeline.refuse(self, [Problem("void_needs_reason", "void_reason")], old)
            warnings = links.in_use(self.store, old["id"], replaced=replaced)
            if errors(warnings):
                raise pipeline.refuse(self, warnings, old)
            return self._save(old, ({**old, "state": "void", "void_reason": text}, warnings))

    def erase(self, reference: str, fields: Iterable[str], reason: str) -> "Erased":
        """Erases values for good: from the record, its history, half-filled forms, the full-text index and free pages.

        What is left are their commitments, so that the chain and the state hash hold. The record may be of any state.
        Takes as long as writing the whole file anew. Backups that were made before still have the values.

        Parameters:
            reference: also the UUID of a record that was removed: its history is erased.
            reason: what the history says, such as "richiesta dell'interessata"; no personal data.

        Raises:
            Rejected: unknown_field, not_erasable, erase_needs_reason, nothing_to_erase.
            RuntimeError: inside another operation.
        """
        from .erasing import erase

        return erase(self, reference, fields, reason)

    @contextmanager
    def as_of(self, day: date) -> Iterator[Listing]:
        """The register as it was at the end of `day` where the office is, to be read in this thread only.

        Erased values are gone from the past too; links are called as they are today.
        """
        from .past import as_of

        with as_of(self.store, self.declaration, day) as listing:
            yield listing

    def problems(
        self,
        doc: Mapping[str, Any],
        reference: str | None = None,
        base: Mapping[str, Any] | None = None,
        *,
        confirm: bool = False,
    ) -> list[Problem]:
        """All problems and warnings that `add`, or `edit` of the record `reference`, would find; writes nothing.

        Parameters:
            confirm: also those that only confirming finds.
        """
        old = None if reference is None else self.one(reference)
        draft, found = pipeline.examine(self, doc) if old is None else pipeline.examine_edit(self, doc, old, base)
        if not confirm or (old or {"state": "draft"})["state"] != "draft":
            return found
        if draft is not None and not errors(found):
            return pipeline.examine(self, {"state": "confirmed"}, draft, trusted=True).problems
        # What is missing is known before the rest can be read.
        whole, told = {**(old or {}), **doc}, {problem.field for problem in found}
        missing = [
            name for name in self.declaration.to_confirm if whole.get(name) in (None, "", []) and name not in told
        ]
        return found + [Problem("required_to_confirm", name) for name in missing]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Adds drafts, all or none. The problems of all of them are raised together, with their rows from 1."""
        rest, rows, added = iter(documents), count(1), list[int]()
        problems: list[Problem] = []
        with self.writing("add"):
            while some := list(islice(rest, AT_ONCE)):
                ids = self._new_ids(some)
                with fulltext.together(self._storage, self._sql_name, ids):
                    for doc_id, document, row in zip(ids, some, rows, strict=False):
                        try:
                            self._save(None, self._accept(pipeline.examine(self, document)), doc_id)
                        except Rejected as rejected:
                            problems += [problem.at_row(row) for problem in rejected.problems]
                added += ids
            if problems:
                raise Rejected(problems)
        return added

    # how a change becomes rows

    @contextmanager
    def writing(self, label: str = "") -> Iterator[None]:
        outer = self.store.operation_here
        if outer is not None:  # outside of what may fail alone, so that it stays
            self._prepare(outer)
        with self.store.operation(label) as operation:
            try:
                if outer is None:
                    self._prepare(operation)
                yield
            except BaseException:
                if outer is None:
                    self._prepared = None  # what was made in this transaction goes with it
                raise

    @contextmanager
    def rewriting(self, uids: Sequence[str]) -> Iterator[None]:
        """`writing` of the records `uids` alone, which are put into the full-text index together."""
        with self.writing(), fulltext.anew(self._storage, self._sql_name, uids):
            yield

    def _prepare(self, operation: log.Operation) -> None:
        """Sees to it that the register can be written; what was seen holds until somebody else writes (4 % of a write)."""
        if self.name in operation.ready:
            return
        if self not in self._storage.known:
            versions.check_writable(self._storage, self.declaration)
            if self._make():
                self._storage.known.add(self)
        operation.ready.add(self.name)

    def _make(self) -> bool:
        """Makes what is missing of the register in the file; when the schema is as it was then, all is there.

        In a part of an operation the full-text index is left to the next one (False): an index that was made in a part that is taken
        back makes SQLite refuse whatever comes after in the same transaction.
        """
        version = self._storage.one("PRAGMA schema_version")
        if version == self._prepared:
            return True
        self._storage.rows(schema.create_table(self._sql_name))
        rewording.begin(self._storage, self.declaration)
        for statement in index_statements(self.declaration, self._sql):
            self._storage.rows(statement)
        if self._storage.depth > 1 and not fulltext.there(self._storage, self._sql_name):
            return False
        fulltext.prepare(self._storage, self._sql_name)
        if version == self._storage.one("PRAGMA schema_version"):
            self._prepared = version
        return True

    def _add(self, document: Mapping[str, Any]) -> int:
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        return self._added(document).doc.doc_id

    def _edit(self, doc: Document, fields: Change) -> Document:
        # A function may change what is inside; this copy is six times as fast as deepcopy.
        new: dict[str, Any] = json.loads(json_text(doc)) if callable(fields) else dict(doc)
        apply(fields, new)
        changed = {name: new.get(name) for name in {**doc, **new} if doc.get(name) != new.get(name)}
        return self._change(doc, changed, None).doc

    def _change(self, old: Document, changes: Mapping[str, Any], base: Mapping[str, Any] | None) -> Saved:
        return self._save(old, self._accept(pipeline.examine_edit(self, changes, old, base), old))

    def _remove(self, doc_ids: list[int]) -> None:
        docs = self.by_ids(doc_ids)
        for doc in docs:
            if doc["state"] != "draft":
                raise pipeline.refuse(self, [Problem("confirmed_not_removed")], doc)
            self.write(doc.doc_id, doc, {})
        # Only now: those that are removed together may refer to each other.
        for doc in docs:
            if problems := links.still_linked(self.store, doc["id"]):
                raise pipeline.refuse(self, problems, doc)
            self._follow(doc)

    def _accept(self, examined: Examined, old: Mapping[str, Any] | None = None) -> tuple[dict[str, Any], list[Problem]]:
        doc, problems = examined
        if errors(problems) or doc is None:
            raise pipeline.refuse(self, problems, old)
        return doc, problems

    def _save(self, old: Document | None, accepted: tuple[dict[str, Any], list[Problem]], doc_id: int = 0) -> Saved:
        doc, warnings = accepted
        if old is not None:
            doc_id = old.doc_id
            if doc == old:
                return Saved(old, warnings)
        saved = self.document_class(self.write(doc_id, old or {}, doc), doc_id)
        self._follow(saved)
        return Saved(saved, warnings)

    def _follow(self, doc: Document) -> None:
        """What a record that was saved or removed brings about in others, in the same operation."""
        found, failures = follow(self.load(), doc, self.store.context)
        if failures:
            raise pipeline.refuse(self, failures, doc)
        for table, uid, changes in found:
            self.store.register_table(table).edit(uid, changes)

    def write(
        self, doc_id: int, old: Mapping[str, Any], new: Mapping[str, Any], patch: log.Patch | None = None
    ) -> dict[str, Any]:
        """Writes one record as it is, unchecked, with its links and history, inside `writing`: for undo and for merging only.

        Returns the record as stored, with who and when of its history row.

        Parameters:
            old: the record that is there, empty when there is none.
            new: what it becomes, empty to remove it.
            patch: what the history says, when it is not simply the difference.
        """
        uid, operation = (new or old)["id"], self.store.running
        if patch is None:
            patch = log.patch_of(old, new) if new else log.patch_of({}, {log.DELETED: True})
        moment = operation.write(self.name, uid, patch)
        stored: dict[str, Any] = {**new, "changed_by": operation.user, "changed_at": moment} if new else {}
        if not new:
            self._storage.rows(f"DELETE FROM {self._sql} WHERE id = ?", (doc_id,))
        else:
            row = dumps(stored), words_of(self.declaration, new)
            if old:
                self._storage.rows(f"UPDATE {self._sql} SET doc = ?, words = ? WHERE id = ?", (*row, doc_id))
            else:
                self._storage.rows(f"INSERT INTO {self._sql} VALUES(?, ?, ?, ?)", (doc_id, uid, *row))
        old_links, new_links = links.targets(self.declaration, old), links.targets(self.declaration, new)
        links.keep(self._storage, self.name, uid, old_links, new_links)
        return stored

    def _state(self, doc: Mapping[str, Any]) -> Label:
        kind = self.declaration.by_name["state"].kind
        return Label(kind.show(doc["state"], "it"), kind.show(doc["state"], "en"))
