"""Taking back what was done: an operation at a time, as a new operation, and never over what others did since."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from ..records.context import Context
from ..records.labels import Label
from ..records.problems import Problem, Rejected, errors
from . import history, links, log, pipeline
from .connection import Connection
from .history import Done
from .naming import title_of

if TYPE_CHECKING:
    from .database import Store
    from .register import RegisterTable

NOTHING = Label("Non c'è niente da annullare", "There is nothing to undo")
NOTHING_AGAIN = Label("Non c'è niente da rifare", "There is nothing to redo")
CHANGED_SINCE = Label(
    "{record}, {field}: cambiato dopo da {who}, ora vale «{value}»{advice}",
    "{record}, {field}: changed since by {who}, it is now “{value}”{advice}",
)
REMOVED_SINCE = Label("{record}: tolto dopo da {who}{advice}", "{record}: removed since by {who}{advice}")
ADVICE = Label(
    ". Non è stato annullato niente: annullare prima la modifica successiva, o correggere a mano",
    ". Nothing was undone: undo the later change first, or correct by hand",
)
MANY = 100  # records from which it pays to find out at once who names whom
TOLD = 0.3  # seconds between two words about how far it is
Going = Callable[[int, int], None]
CONFIRMATION_UNDONE = "conferma annullata (confirmation undone)"


@dataclass(frozen=True)
class Undone:
    """What was taken back: the operation's id and label, and table and UUID of its records.

    Attributes:
        first: the label of what people did at first: undoing and redoing take back what may have taken back something itself.
        again: whether it is in force again, since an undo was taken back.
    """

    operation: str
    label: str
    records: list[tuple[str, str]]
    first: str = ""
    again: bool = False


@dataclass(frozen=True)
class _Step:
    """One record on its way back: what it is, and what it becomes (`{}` for nothing there)."""

    register: "RegisterTable"
    uid: str
    present: Mapping[str, Any]
    target: Mapping[str, Any]


def undo(store: "Store", operation: str | None, going: Going | None = None) -> Undone:
    """See `Store.undo`."""
    return _take_back(store, "undo", operation, NOTHING, going)


def redo(store: "Store", going: Going | None = None) -> Undone:
    """See `Store.redo`."""
    return _take_back(store, "redo", None, NOTHING_AGAIN, going)


def _take_back(store: "Store", label: str, wanted: str | None, nothing: Label, going: Going | None) -> Undone:
    def meant(done: Done) -> bool:
        chain = _chain(store.connection, done)
        if wanted is not None:
            # What was undone and done again is in force as its redo.
            return wanted in chain[::2]
        # An undo takes an even number of steps back to what people did, a redo an odd one.
        return (done.user, done.site) == (store.user, store.site) and len(chain) % 2 == (label == "undo")

    with store.connection.transaction():
        with closing(history.operations(store.connection)) as operations:
            for done in operations:
                if done.undone or not meant(done):
                    continue
                if log.did(done.label) in (log.ERASE, log.UPGRADE):
                    raise Rejected(
                        [Problem("erased_for_good" if log.did(done.label) == log.ERASE else "upgrade_stays")]
                    )
                if steps := list(_steps(store, done.operation)):
                    break
            else:
                raise Rejected([Problem("nothing_to_undo", None, {}, nothing)])
        chain = _chain(store.connection, done)
        again = len(chain) % 2 == 0
        with store.operation("redo" if again else "undo", undoes=done.operation) as running:
            if running.undoes != done.operation:
                raise RuntimeError("undo and redo are operations of their own")
            told = _counting(len(steps), going)
            with ExitStack() as parts:
                for register in {step.register.name: step.register for step in steps}.values():
                    parts.enter_context(register.rewriting([one.uid for one in steps if one.register is register]))
                for step in steps:
                    _apply(step)
                    next(told)
            # Nothing is written while they are checked, so that what neighbours ask need not be asked anew.
            context = store.remembering() if len(steps) >= MANY else store.context
            for step in steps:
                _check(step, context)
                next(told)
            first = store.connection.one("SELECT label FROM history WHERE operation = ? LIMIT 1", (chain[-1],))
            records = [(step.register.name, step.uid) for step in steps]
            return Undone(done.operation, done.label, records, str(first), again)


def _counting(records: int, going: Going | None) -> Iterator[None]:
    """Says now and then how many of the records are done, each of which takes two steps."""
    last = monotonic()
    for step in range(1, 2 * records + 1):
        if going and monotonic() - last > TOLD:
            last = monotonic()
            going(step // 2, records)
        yield


def _chain(connection: Connection, done: Done) -> list[str]:
    """The operation, the one it took back, the one which that took back, and so on."""
    chain, undoes = [done.operation], done.undoes
    while undoes is not None:
        chain.append(undoes)
        undoes = connection.one("SELECT undoes FROM history WHERE operation = ? LIMIT 1", (undoes,))
    return chain


def _steps(store: "Store", operation: str) -> Iterator[_Step]:
    rows = store.connection.rows(
        "SELECT tbl, uid, min(seq), max(seq) FROM history WHERE operation = ? GROUP BY tbl, uid ORDER BY min(seq) DESC",
        (operation,),
    )
    for table, uid, first, last in rows:
        register = store.register_table(table)
        found = history.patches(store.connection, uid)
        before = history.replay(patch for seq, patch in found if seq < first)
        after = history.replay(patch for seq, patch in found if seq <= last)
        wrote = {name for seq, patch in found if first <= seq <= last for name in patch}
        present = register.by_uid(uid)
        _refuse_conflicts(register, uid, present, before, after, wrote)
        target = _target(present, before, after, wrote)
        if present or target:
            _refuse_final(register, present, target)
            yield _Step(register, uid, present or {}, target)


def _refuse_conflicts(
    register: "RegisterTable",
    uid: str,
    present: Document | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    wrote: set[str],
) -> None:
    """Every field must still be what the operation made it; every field at all when the record is going to vanish."""
    now = {log.DELETED: True} if present is None else present
    names = {log.DELETED} if after.get(log.DELETED) else wrote
    if _absent(before) and not _absent(after):
        names = {*now, *after} - log.LEFT_OUT
    changed = [name for name in sorted(names) if now.get(name) != after.get(name)]
    if changed:
        _refuse_final(register, present, present or {})
        seen = {**now, "id": uid}
        problems = [pipeline.changed_meanwhile(register, name, seen) for name in changed]
        called = _called(register, {**after, **now, "id": uid})
        told = [_told(register, one, called, last=one is problems[-1]) for one in problems]
        raise pipeline.refuse(register, told, present)


def _called(register: "RegisterTable", doc: Mapping[str, Any]) -> Label:
    """The record with the label of its register."""
    labels = register.declaration.label
    return Label(
        *(f"{labels(lang)} {title_of(register.store, register.declaration, doc, lang)}" for lang in ("it", "en"))
    )


def _told(register: "RegisterTable", problem: Problem, called: Label, *, last: bool) -> Problem:
    """A later change as who undoes a whole import needs to hear of it: which record it is in, and what helps."""
    if problem.code != "changed_meanwhile":
        return problem
    field = register.declaration.by_name.get(problem.field or "")
    said = {"record": called, "field": field.label if field else problem.field, "advice": ADVICE if last else ""}
    wording = REMOVED_SINCE if problem.field == log.DELETED else CHANGED_SINCE
    return replace(problem, params={**problem.params, **said}, wording=wording)


def _refuse_final(register: "RegisterTable", present: Document | None, target: Mapping[str, Any]) -> None:
    if present and present["state"] in pipeline.FINAL and target.get("state") == present["state"]:
        raise pipeline.refuse(register, [Problem(pipeline.FINAL[present["state"]])], present)


def _absent(values: Mapping[str, Any]) -> bool:
    return not values or bool(values.get(log.DELETED))


def _target(
    present: Document | None, before: Mapping[str, Any], after: Mapping[str, Any], wrote: set[str]
) -> dict[str, Any]:
    if present is not None and "number" in wrote and after.get("number"):
        # A number is never given twice: its record stays in the register.
        return {"void_reason": CONFIRMATION_UNDONE, **present, "state": "void"}
    if _absent(before):
        return {}
    if present is None:
        return dict(before)
    merged = {**present, **{name: before.get(name) for name in wrote}}
    return {name: value for name, value in merged.items() if value is not None}


def _apply(step: _Step) -> None:
    register, target = step.register, step.target
    if isinstance(step.present, Document):
        register.write(step.present.doc_id, step.present, target)
    else:
        register.write(register.new_id({}), {}, target, log.patch_of({log.DELETED: True}, {}))


def _check(step: _Step, context: Context) -> None:
    register, target = step.register, step.target
    if not target:
        problems = links.still_linked(register.store, step.uid)
    elif target["state"] == "void":
        problems = []
    else:
        names = {**step.present, **target}
        changed = {name: target.get(name) for name in names if step.present.get(name) != target.get(name)}
        problems = errors(pipeline.examine(register, changed, step.present, trusted=True, context=context).problems)
    if problems:
        raise pipeline.refuse(register, problems, step.present or target)
