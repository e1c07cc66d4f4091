"""From what a person (or an import) gives to the document that is stored, with all of its problems."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..records import clock, ids
from ..records.context import Context
from ..records.declaration import DOTS, Declaration, Field
from ..records.labels import Label
from ..records.problems import Problem, Rejected
from ..records.rules import failed
from . import history, links, log, lookup, schema
from .values import bindable, unsayable

if TYPE_CHECKING:
    from .database import Store
    from .register import RegisterTable

Doc = Mapping[str, Any]

FINAL = {"void": "void_is_final", "sent": "sent_is_locked"}


class Examined(NamedTuple):
    """What became of some changes: the stored form, `None` when a field could not be read, and the problems."""

    doc: dict[str, Any] | None
    problems: list[Problem]


def examine_edit(register: "RegisterTable", changes: Doc, old: Doc, base: Doc | None) -> Examined:
    """What a person's changes to the record `old` become.

    Parameters:
        base: the record as the person saw it; fields that somebody else changed since keep their value, unless this
            person changed them too.
    """
    if problem := FINAL.get(old["state"]):
        return Examined(None, [Problem(problem)])
    conflicts: list[Problem] = []
    if base is not None and base != old:
        changes, conflicts = _merge(register, changes, old, base)
    doc, problems = examine(register, changes, old)
    return Examined(doc, conflicts + problems)


def examine(
    register: "RegisterTable",
    changes: Doc,
    old: Doc | None = None,
    trusted: bool = False,
    context: Context | None = None,
) -> Examined:
    """What `changes` to the record `old` (a new one when `None`) become, and what is wrong with it.

    Parameters:
        changes: typed or JSON values; an empty one empties its field.
        trusted: the program itself writes, fields that it gives included.
        context: what rules ask, the store's own when left out.
    """
    store, declaration = register.store, register.declaration
    context = context or store.context
    present = old if old is not None else _envelope(store)
    if changes and not trusted and (place := unsayable(changes)) is not None:
        return Examined(None, [too_long(place[1:] or None)])
    wanted, problems, missing = dict(changes), list[Problem](), list[Problem]()
    if wanted and not trusted:
        wanted, problems = _typed(declaration, changes, present)
    if wanted:
        wanted, missing = links.resolve(store, declaration, wanted, links.targets(declaration, present))
    # Fields of an older version of the plugin are kept as they are.
    whole, unknown = {**present, **wanted}, dict[str, Any]()
    if not present.keys() <= declaration.by_name.keys():
        unknown = {name: value for name, value in present.items() if name not in declaration.by_name}
        whole = {name: value for name, value in whole.items() if name not in unknown or name in wanted}
    if declaration.pseudonyms:
        _give_pseudonyms(register, whole)
    # Rules that look at other records would stumble over links that lead nowhere.
    record, found = register.load().parse(whole, None if missing else context)
    problems += missing + found
    doc = None
    if record is not None:
        try:
            doc = record.doc()
            if unknown or "" in doc.values():
                doc = {**unknown, **{name: value for name, value in doc.items() if value != ""}}
        except Exception as error:  # computed, but not storable
            problems.append(failed(error, type(record), record.compute))
    problems += _of_whole(register, whole if doc is None else doc, present)
    return Examined(doc, _once(problems))


def problems_of(register: "RegisterTable", stored: dict[str, Any]) -> list[Problem]:
    """The problems of a stored record as it is: what `examine` finds when nothing is changed, in half the time."""
    try:
        again = register.load().again(stored, register.store.context)
    except Exception:  # a computed value that cannot be stored
        again = None
    given = register.declaration.pseudonyms
    if again is None or (given and not all(stored.get(field.name) for field in given)):
        return examine(register, {}, stored).problems
    doc, problems = again
    problems += _of_whole(register, doc, stored)
    return _once(problems)


def _of_whole(register: "RegisterTable", doc: Doc, present: Doc) -> Iterator[Problem]:
    """What is wrong with a record that no rule of its plugin says."""
    if doc.get("state") == "confirmed":
        for name in register.declaration.to_confirm:
            if doc.get(name) in (None, "", []):
                yield Problem("required_to_confirm", name)
    if register.declaration.keys:
        yield from _not_unique(register, doc, present)
    yield from _unknown_partner(register.store, doc, present)


def _once(problems: list[Problem]) -> list[Problem]:
    return list({(p.code, p.field, str(p.params), p.wording): p for p in problems}.values()) if problems else []


def too_long(field: str | None) -> Problem:
    """The problem of a number that is `unsayable`."""
    reason = Label("numero intero troppo lungo", "whole number that is too long")
    return Problem("not_storable", field, {"value": reason})


def now() -> str:
    """The present moment as records keep it."""
    return clock.now().isoformat(timespec="seconds")


def _envelope(store: "Store") -> dict[str, Any]:
    doc = {
        "id": ids.uuid7(), "state": "draft", "partner": store.partner, "site": store.site,
        "created_by": store.user, "created_at": now(),
    }  # fmt: skip
    return {name: value for name, value in doc.items() if value}


def _typed(declaration: Declaration, changes: Doc, present: Doc) -> tuple[dict[str, Any], list[Problem]]:
    """The changes that people may make, and the problems of others that are more than a repetition."""
    wanted, problems = {}, []
    for name, value in changes.items():
        field = declaration.by_name.get(name)
        if value == DOTS and name in declaration.masked:
            problems.append(Problem("kept_back", name))
        elif field is None or not field.given:
            wanted[name] = value
        elif not _same(field, value, present.get(name)):
            problems.append(Problem("read_only", name, {"value": field.label}))
    return wanted, problems


def _same(field: Field, raw: Any, stored: Any) -> bool:
    if raw in (None, "") or stored is None:
        return raw in (None, "") and stored is None
    try:
        return bool(raw == stored or field.kind.store(field.kind.read(raw)) == stored)
    except ValueError:
        return False


def _give_pseudonyms(register: "RegisterTable", whole: dict[str, Any]) -> None:
    for field in register.declaration.pseudonyms:
        if not whole.get(field.name):
            whole[field.name] = ids.pseudonym(field.kind.params.get("prefix", "X"))
            while _taken(register, field.name, whole):
                whole[field.name] = ids.pseudonym(field.kind.params.get("prefix", "X"))


def _not_unique(register: "RegisterTable", doc: Doc, present: Doc) -> Iterator[Problem]:
    for name in register.declaration.keys if doc.get("state") != "void" else ():
        value = doc.get(name)
        if (
            value
            and not (value == present.get(name) and _occurs_once(register, name, doc))
            and _taken(register, name, doc)
        ):
            yield Problem("not_unique", name, {"value": value})


def _unknown_partner(store: "Store", doc: Doc, present: Doc) -> Iterator[Problem]:
    """No report could hold a record of nobody; one that was there before the profile changed is told of, not refused."""
    partner, profile = doc.get("partner"), store.context.profile
    known = getattr(profile, "partners", None)
    if partner and known and partner not in known:
        severity: Literal["error", "warning"] = "warning" if present.get("partner") == partner else "error"
        yield Problem("no_such_partner", "partner", {"value": partner, "choices": list(known)}, severity=severity)


def _occurs_once(register: "RegisterTable", name: str, doc: Doc) -> bool:
    """Whether a look at many records has told already that a stored key is no other record's."""
    key, sql = lookup.key_expression(name), schema.quoted(register.sql_name)
    twice = f"WHERE {key} IN (SELECT {key} FROM {sql} GROUP BY 1 HAVING count(*) > 1)"  # noqa: S608
    found = register.store.context.shared(
        ("twice", register.name, name), lambda: {uid for (uid,) in register.selected("uid", twice)}
    )
    return found is not None and doc["id"] not in found


def _taken(register: "RegisterTable", name: str, doc: Doc) -> bool:
    same = register.documents(
        f"WHERE {lookup.key_expression(name)} = lower(?) AND uid != ?", (bindable(str(doc[name])), doc["id"])
    )
    return any(other.get("state") != "void" for other in same)


def _merge(register: "RegisterTable", changes: Doc, old: Doc, base: Doc) -> tuple[dict[str, Any], list[Problem]]:
    """The changes without fields that the person left as they saw them, and the fields that two people changed."""
    seen = examine(register, changes, base).doc
    kept: dict[str, Any] = {}
    conflicts = []
    for name, value in changes.items():
        if seen is not None and seen.get(name) == base.get(name):
            continue
        if base.get(name) != old.get(name) and not (seen and seen.get(name) == old.get(name)):
            conflicts.append(changed_meanwhile(register, name, old))
            continue
        kept[name] = value
    return kept, conflicts


def changed_meanwhile(register: "RegisterTable", name: str, present: Doc) -> Problem:
    """The problem of a field that somebody else has changed."""
    field = register.declaration.by_name.get(name)
    doc = dict(present)
    value = Label(field.show(doc, "it"), field.show(doc, "en")) if field else doc.get(name, "")
    who, label = history.who_changed(register.store.connection, str(doc.get("id", "")), name)
    if log.did(label) == log.UPGRADE:
        return Problem("upgraded_meanwhile", name)
    return Problem("changed_meanwhile", name, {"who": who, "value": value})


def refuse(register: "RegisterTable", problems: list[Problem], doc: Doc | None = None) -> Rejected:
    """The refusal of a record, with what it is called when it is known already."""
    return Rejected(problems, links.title_of(register.declaration, doc).it if doc else "", register.declaration)
