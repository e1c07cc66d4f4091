"""Actions of plugins: what was asked is read as a record's fields are, then the plugin answers in rows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..records.problems import Problem, Rejected, errors

if TYPE_CHECKING:
    from ..records.declaration import Declaration
    from .office import Office


def worded(office: "Office", label: str, lang: str) -> str:
    """What an operation did, for people: an action by its own words for that, a register by its name.

    Parameters:
        label: of the operation, such as `import april.csv` or `split N-7K3QX`.
    """
    from ..store.history import DONE

    word, _blank, rest = label.partition(" ")
    first, _blank, more = rest.partition(" ")
    if declaration := office.declarations.get(first):
        rest = f"{declaration.label(lang).lower()} {more}"
    tasks = (task for state in office.plugins for task in state.actions if task.name == word)
    if word in DONE:
        word = DONE[word](lang)
    elif task := next(tasks, None):  # whose label may be a sentence with an explanation after it
        word = task.done(lang) or task.called(lang)[0]
    return f"{word} {rest}".rstrip()


def last_known(office: "Office", table: str, uid: str) -> dict[str, Any]:
    """A record; when it is gone, the last values that the history has of it, under the beginning of its id."""
    if doc := office.get(table, uid):
        return doc
    doc = {"id": uid[:8]}
    for change in reversed(office.store.history(uid=uid, limit=None)):
        doc |= {name: new for name, (_old, new) in change.fields.items() if new is not None and name != "id"}
    return doc


def act(office: "Office", plugin: str, name: str, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that the action `name` of `plugin` answers with, after it has done what it does.

    Parameters:
        typed: typed or JSON values of what the action asks; links are anything that names a record.

    Raises:
        Rejected: a value cannot be read, or the action refuses; nothing was written.
        StoreError: it writes, and the office is only read.
        LookupError: the plugin did not load.
    """
    from ..store.errors import StoreError
    from ..store.links import resolve

    action = office.action(plugin, name)
    if action.writes and office.store.connection.read_only:
        raise StoreError("only_reading", office.workspace.path)
    resolved, problems = resolve(office.store, action.asks.declaration, typed, set())
    asked, found = action.asks.parse(resolved)
    if asked is None or errors([*problems, *found]):
        raise Rejected([*problems, *found])
    try:
        return [dict(row) for row in action.run(office, asked)]
    except Rejected as refused:
        if (declaration := refused.declaration) is None:
            raise
        raise Rejected([_of_record(problem, declaration, refused.title) for problem in refused.problems]) from None


def _of_record(problem: Problem, declaration: "Declaration", title: str) -> Problem:
    """The problem with the record and the field that it is about: what was asked are others."""
    it, en = (
        ", ".join(filter(None, (f"{declaration.label(lang)} {title}".rstrip(), problem.field and declaration.label_of(problem.field, lang))))
        for lang in ("it", "en")
    )  # fmt: skip
    return Problem.saying(problem.code, f"{it}: {problem.text('it')}", f"{en}: {problem.text('en')}")
