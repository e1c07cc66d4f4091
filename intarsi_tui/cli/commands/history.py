"""`intarsi history|undo|redo`: what was done, and taking it back."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..names import note, plainly, say_masked
from ..output import chosen, emit, output_options
from ..text import shown_moment
from ..wording import command, option

if TYPE_CHECKING:
    from ...exchange.columns import Column
    from ...host.office import Office
    from ...records.declaration import Declaration
    from ...store import Change, Undone
    from ...store.history import Done
    from ..session import Session

_ = translator("cli")

# The part of an operation's id that is random; enough to name one, and short enough to type.
SHORT = 8
NAMED = 5
MOST_IN_TABLE = 20


@command("history", "What was done lately, and by whom: an operation is what is undone in one step.")
@option(
    "--limit",
    type=click.IntRange(1, 10**9),
    metavar="N",
    help="At most N operations; otherwise 20 in a table, else all.",
)
@option(
    "--search",
    default="",
    metavar="TEXT",
    help="Operations with changes that contain all these words: who, what, record, values.",
)
@option(
    "--without-values",
    is_flag=True,
    help="In JSON: commitments instead of the values, so that the history can be verified by whoever may not read it.",
)
@output_options
@click.pass_obj
def history(
    session: "Session", limit: int | None, search: str, without_values: bool, format_: str | None, output: Path | None
) -> None:
    from ...exchange.columns import plain

    format_ = chosen(session, format_, output)
    columns = [
        plain("moment", _("When")), plain("user", _("Who")), plain("label", _("What")),
        plain("records", _("Records"), right=True), plain("operation", _("Operation")),
    ]  # fmt: skip
    with session.office() as office:
        minors = any(one.masked for one in office.declarations.values())
        names, log = plainly(None, output), format_ in ("json", "jsonl")
        if minors and ((search and names) or (log and not without_values)):
            note(office, "", "", f"history {format_}", output)
        if minors and search and not names:
            say(_("Names of minors are not looked through."))
        most = limit or (MOST_IN_TABLE if format_ == "table" else None)
        rows = _operations(office, most, search, names=names)
        if format_ == "table":
            rows = (_for_table(office, row) for row in rows)
        if log:
            rows = ({**row, "changes": _log_of(office, row["operation"], without_values)} for row in rows)
        emit(format_, rows, columns, output, _("History"))


def _for_table(office: "Office", row: dict[str, Any]) -> dict[str, Any]:
    label = _words(office, row["label"], row["first"] if row["undoes"] else "")
    return {**row, "moment": shown_moment(row["moment"]), "operation": row["operation"][-SHORT:], "label": label}


def _log_of(office: "Office", operation: str, without_values: bool) -> list[dict[str, Any]]:
    """The rows of an operation as the log has them: what an auditor's own program verifies."""
    from ...store import log
    from ...store.history import log_rows

    rows = log_rows(office.store.connection, operation)
    if without_values:
        for row in rows:
            row["patch"] = {name: {"c": log.commitment(entry)} for name, entry in row["patch"].items()}
    return rows


def _operations(office: "Office", limit: int | None, search: str, *, names: bool) -> Iterator[dict[str, Any]]:
    from ...store.history import operations_at

    done_lately: Iterable[Done] = office.store.operations(None if search else limit)
    if search:
        meant = operations_at(office.store.connection, _places(office, search, None, names=names))
        done_lately = islice((done for done in done_lately if done.operation in meant), limit)
    for done in done_lately:
        yield {
            "operation": done.operation, "label": done.label, "user": done.user, "moment": done.moment, "records": done.records,
            "undoes": done.undoes, "first": _first_label(office, done.operation),
        }  # fmt: skip


@command("undo", "Take back the last operation of yours that is still in force, or the one named (see history).")
@click.argument("operation", metavar="[OPERATION]", required=False)
@click.pass_obj
def undo(session: "Session", operation: str | None) -> None:
    with session.office() as office:
        undone = office.store.undo(_named(office, operation) if operation is not None else None)
        say(_("Undone: {what}").format(what=_told(office, undone)))


@command("redo", "Do again what was undone last.")
@click.pass_obj
def redo(session: "Session") -> None:
    with session.office() as office:
        say(_("Done again: {what}").format(what=_told(office, office.store.redo())))


def _first_label(office: "Office", operation: str) -> str:
    """What was done at first: undoing and redoing take back an operation that may be such a one itself."""
    label, undoes = "", operation
    while undoes:
        change = office.store.history(operation=undoes, limit=1)[0]
        label, undoes = change.label, change.undoes or ""
    return label


def _named(office: "Office", text: str) -> str:
    if len(text) < SHORT:  # three letters are the end of some operation or other
        raise Failure(_("“{text}” is too short: type the {count} characters of “intarsi history”").format(
            text=text, count=SHORT
        ), USAGE)  # fmt: skip
    found = [done.operation for done in office.store.operations(None) if done.operation.endswith(text.lower())]
    if len(found) != 1:
        raise Failure(
            _("No operation “{text}”: see “intarsi history”").format(text=text)
            if not found
            else _("“{text}” may be several operations: type more of it").format(text=text)
        )
    return found[0]


def _told(office: "Office", undone: "Undone") -> str:
    """`import april.csv: 12 records`, or the records themselves when they are few."""
    from ...exchange.columns import numbered_title
    from ...host.acting import last_known

    names = []
    for table, uid in undone.records[:NAMED]:
        declaration = office.declaration(table)
        called = declaration.label(office.lang) if declaration else table
        names.append(f"{called} {numbered_title(office, table, last_known(office, table, uid))}")
    if len(undone.records) > NAMED:
        names = [_("{count} records").format(count=len(undone.records))]
    return f"{_words(office, _first_label(office, undone.operation))} ({', '.join(names)})"


def _words(office: "Office", label: str, first: str = "") -> str:
    """What was done, and what had been done at first."""
    from ...host.acting import worded

    done = worded(office, label, office.lang)
    return f"{done} ({worded(office, first, office.lang)})" if first else done


def _places(
    office: "Office", search: str, limit: int | None, table: str | None = None, uid: str | None = None, *, names: bool
) -> list[int]:
    from ...host.changes import Seeker

    seeker = Seeker(office, search, table, uid, names=names)
    return sorted((place for _seen, piece in seeker.pieces() for place in piece), reverse=True)[:limit]


def searched(office: "Office", search: str, limit: int, table: str, uid: str | None, *, names: bool) -> "list[Change]":
    """The changes of a register or record that contain all the words, with `names` also in what is kept back."""
    if not search:
        return office.store.history(table, uid, None, limit)
    return office.store.history(limit=None, seqs=_places(office, search, limit, table, uid, names=names))


def hidden(
    office: "Office",
    declaration: "Declaration",
    changes: "list[Change]",
    format_: str,
    output: Path | None,
    names: bool | None,
) -> set[str]:
    """The records whose names are kept back, as `masked` of the records themselves does it."""
    from ...host.masks import masks

    told = {change.uid for change in changes if any(name in change.fields for name in declaration.masked)}
    minors = {uid for uid in told if masks(declaration, office.get(declaration.table, uid) or {"id": uid}, office)}
    if minors and plainly(names, output):
        one = minors.copy().pop() if len(minors) == 1 else ""
        note(office, declaration.table, one, f"{len(minors)} {format_}", output)
        return set()
    if minors and names is None:
        say_masked()
    return minors


def change_rows(
    office: "Office", changes: "Iterable[Change]", hidden: Collection[str] = ()
) -> Iterator[dict[str, Any]]:
    """A row for each field that changed, values as people read them; names of the records `hidden` are masked."""
    from ...exchange.columns import of_register
    from ...host.acting import worded
    from ...records.declaration import DOTS
    from ...store.log import DELETED

    for change in changes:
        declaration = office.declaration(change.table)
        for name, (old, new) in change.fields.items():
            field = declaration.by_name.get(name) if declaration else None
            label = field.label(office.lang) if field else _("Removed") if name == DELETED else name
            if field is None:
                shown = ["" if value is None else str(value) for value in (old, new)]
            else:
                column = of_register(office, [field])[0]
                shown = [column.show({name: value}) for value in (old, new)]
            if change.uid in hidden and declaration and name in declaration.masked:
                shown = [value and DOTS for value in shown]
            yield {
                "moment": change.moment, "user": change.user, "label": change.label, "record": change.uid, "field": name,
                "old": shown[0], "new": shown[1], "operation": change.operation,
                "when": shown_moment(change.moment), "field_label": label, "done": worded(office, change.label, office.lang),
            }  # fmt: skip


def change_columns() -> "list[Column]":
    """The columns of `change_rows`."""
    from ...exchange.columns import plain

    return [
        plain("when", _("When")), plain("user", _("Who")), plain("done", _("What")), plain("field_label", _("Field")),
        plain("old", _("Before")), plain("new", _("After")),
    ]  # fmt: skip
