"""Two records of one person or body made one: in one operation, so that one undo parts them again."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from ..records.declaration import Declaration, Field
from ..records.labels import Label
from ..records.linked_kinds import LinkKind, LinksKind, RowsKind
from ..records.problems import Problem, Rejected, errors
from ..reference.tables import fold

if TYPE_CHECKING:
    from .office import Office

LOCKED = ("sent", "void")


@dataclass
class Merged:
    """What a merge did.

    Attributes:
        kept: the record that is left, as it is now.
        moved, left: table and UUID of records that name it now, and of those that were sent or voided and stay as they are.
    """

    kept: Document
    moved: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


def merge(office: "Office", table: str, keep: str, other: str, theirs: Collection[str] = ()) -> Merged:
    """Voids `other`, gives what only it knew to `keep`, and makes every record that names it name `keep`.

    Each record passes its rules on the way; the names of the voided one become aliases of the kept one.

    Parameters:
        theirs: fields in which the value of `other` holds where both have one.

    Raises:
        Rejected: both are the same record, or a record's rules refuse what it would become; then nothing was written.
        NoSuchRecord, AmbiguousRecord.
    """
    from ..store.links import referring

    register = office.table(table)
    declaration, kept, dropped = register.declaration, register.meant(keep), register.meant(other)
    if kept["id"] == dropped["id"]:
        raise Rejected([Problem.saying("rule", "È lo stesso record: indicarne due", "It is the same record: name two")])
    name = declaration.title_of(kept, "it")
    with office.store.operation(f"merge {table} {name}"):
        # First, since a code that only one may have is free again once its record is void.
        register.void(dropped["id"], Label(f"unito a {name}", f"merged into {name}")(office.lang), replaced=True)
        done = Merged(register.edit(kept["id"], dict(united(declaration, kept, dropped, theirs))).doc)
        for place, uid in referring(office.store.connection, dropped["id"]):
            if uid != kept["id"]:
                (done.moved if _moved(office, place, uid, dropped["id"], kept["id"]) else done.left).append(
                    (place, uid)
                )
        # Rules of the kept record look at those that name it now.
        done.kept = register.edit(kept["id"], {}).doc
    return done


def first_choice(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether `other` is the better one to keep: confirmed, else with more to it; a sent record cannot change any more."""

    def worth(doc: Mapping[str, Any]) -> tuple[bool, bool, int]:
        return doc["state"] not in LOCKED, doc["state"] == "confirmed", len(doc)

    return worth(other) > worth(one)


def settled(field: Field, one: Any, other: Any) -> bool:
    """Whether nobody has to choose between two values of a field: one is empty, or both go together."""
    return one == other or any(value in (None, "", []) for value in (one, other)) or isinstance(one, list)


def united(
    declaration: Declaration, kept: Mapping[str, Any], dropped: Mapping[str, Any], wanted: Collection[str] = ()
) -> Iterator[tuple[str, Any]]:
    """The changes that give the kept record what only the other one knew.

    What both say differently stays as the kept record has it, but for the fields `wanted`; its rows of a history come
    last, as the newest ones do.
    """
    result = {**dropped, **kept, **{name: dropped[name] for name in wanted if dropped.get(name)}}
    names = [_name(declaration, dropped), *([_name(declaration, kept)] if wanted else [])]
    others = {fold(name): name for name in names if fold(name) not in ("", fold(_name(declaration, result)))}
    for one in declaration.editable:
        mine, theirs = kept.get(one.name), dropped.get(one.name)
        if isinstance(one.kind, RowsKind):
            rows = [row for row in theirs or () if row not in (mine or ())]
            alias = next((column.name for column in one.kind.declaration.fields if column.likeness == "name"), None)
            if alias:
                known = {fold(row[alias]) for row in (*rows, *(mine or ()))}
                rows += [{alias: name} for folded, name in others.items() if folded not in known]
            if rows:
                yield one.name, [*rows, *(mine or ())]
        elif isinstance(mine, list) and theirs:
            if new := [value for value in theirs if value not in mine]:
                yield one.name, [*mine, *new]
        elif theirs not in (None, "") and (mine in (None, "") or one.name in wanted):
            yield one.name, theirs


def _name(declaration: Declaration, doc: Mapping[str, Any]) -> str:
    return " ".join(str(doc[one.name]) for one in declaration.fields if one.likeness == "name" and doc.get(one.name))


def _moved(office: "Office", table: str, uid: str, old: str, new: str) -> bool:
    """Whether the record names the kept one now; not when it is locked, or its plugin is gone."""
    declaration = office.declarations.get(table)
    doc = office.get(table, uid) if declaration else None
    if declaration is None or doc is None or doc["state"] in LOCKED:
        return False
    changes = {
        one.name: repointed(one.kind, doc[one.name], old, new)
        for one in declaration.linking
        if not one.given and doc.get(one.name)
    }
    try:
        office.table(table).edit(uid, {name: value for name, value in changes.items() if value != doc[name]})
    except Rejected as refused:
        called = Label(*(f"{declaration.label(lang)} {declaration.title_of(doc, lang)}" for lang in ("it", "en")))
        raise Rejected([_refused(called, problem) for problem in errors(refused.problems)]) from None
    return True


def repointed(kind: Any, value: Any, old: str, new: str) -> Any:
    """A stored value with `new` where `old` was; a row that then says nothing of its own is left out."""
    if isinstance(kind, LinksKind):
        return list(dict.fromkeys(new if uid == old else uid for uid in value))
    if isinstance(kind, LinkKind):
        return new if value == old else value
    linking = kind.declaration.linking
    rows: list[dict[str, Any]] = []
    for row in value:
        changed = {one.name: repointed(one.kind, row[one.name], old, new) for one in linking if row.get(one.name)}
        rows.append({**row, **changed})
    own = [row for row, before in zip(rows, value, strict=True) if row == before]
    return [
        row
        for row, before in zip(rows, value, strict=True)
        if row == before or not any(row.items() <= mine.items() for mine in own)
    ]


def _refused(called: Label, problem: Problem) -> Problem:
    it = f"{called.it}: {problem.text('it')}. Correggere prima quel record, poi ripetere"
    en = f"{called.en}: {problem.text('en')}. Correct that record first, then repeat"
    return Problem.saying("rule", it, en)
