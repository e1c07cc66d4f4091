"""What is done to several records of a list at once: confirm, void, join, export, copy. Each is one step of undo."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.binding import Binding

from ...host import access
from ...host.masks import masked, masks
from ...host.office import Office
from ...records import clock
from ...records.declaration import Field
from ...records.likeness import comparable
from ...records.problems import Problem
from ..rows import in_words, shown, title_of
from ..texts import _, counted, numbered, one_line
from .acts import read_only
from .ask import Ask
from .page import Page
from .picker import Choice, Picker, among

HINTED = ("confirm", "void", "export", "lines", "back", "app.help")  # with marked records
JOINS = Binding("j", "duplicates", "Join the two")
MOST_COPIED = 5000  # records: more of them go through a file


def void_all(page: Page[Any], table: str, ids: Sequence[int]) -> None:
    """Voids the records after asking why, all or none."""
    if read_only(page, table):
        return
    open_ones = [doc["id"] for doc in page.office.table(table).by_ids(ids) if doc["state"] != "void"]
    if not open_ones:
        page.tell(_("Nothing to void: all marked records are void."), wrong=True)
        return
    count = counted(len(open_ones), page.lang)

    def void(reason: str) -> None:
        records = page.office.table(table)
        with page.office.store.operation("void"):
            for uid in open_ones:
                records.void(uid, reason)

    def done(_none: None) -> None:
        page.tell(_("Voided: {count}. [list.undo] undoes it.").format(count=count))
        page.reload()

    def take(reason: str | None) -> None:
        if reason is not None:
            page.write(lambda: void(reason), done, busy=_("Voiding records: {count} …").format(count=count))

    question = numbered(len(open_ones), _("Void the marked record?"), _("Void the {count} marked records?"))
    page.app.push_screen(Ask(question, _("Yes, void them"), reason=_("Reason (needed)")), take)


def confirm_all(page: Page[Any], table: str, ids: Sequence[int]) -> None:
    """Confirms the drafts among the records, all or none; the one that lacks something is named."""
    _all_in(page, table, ids, "draft", "confirm", lambda uid: page.office.table(table).confirm(uid), (
        _("Nothing to confirm: none of the marked records is a draft."), _("Confirming records: {count} …"),
        _("Confirmed: {count}. [list.undo] undoes it."),
    ))  # fmt: skip


def mark_all_sent(page: Page[Any], table: str, ids: Sequence[int]) -> None:
    """Locks the confirmed ones among the records, which have left the office, all or none."""
    _all_in(page, table, ids, "confirmed", "sent", lambda uid: page.office.table(table).mark_sent(uid), (
        _("Nothing to mark as sent: none of the marked records is confirmed."), _("Marking records as sent: {count} …"),
        _("Marked as sent: {count}. [list.undo] undoes it."),
    ))  # fmt: skip


def _all_in(
    page: Page[Any],
    table: str,
    ids: Sequence[int],
    state: str,
    label: str,
    act: Callable[[str], Any],
    words: Sequence[str],
) -> None:
    """Does `act` to those of the records that are in `state`, as one operation.

    Parameters:
        words: what is said when there are none, while it is done, and then.
    """
    if read_only(page, table):
        return
    meant = [doc["id"] for doc in page.office.table(table).by_ids(ids) if doc["state"] == state]
    if not meant:
        page.tell(words[0], wrong=True)
        return
    at, count = "", counted(len(meant), page.lang)

    def do() -> None:
        nonlocal at
        with page.office.store.operation(label):
            for at in meant:
                act(at)

    def refused(problems: Sequence[Problem]) -> None:
        declaration = page.office.declarations[table]
        title = title_of(declaration, page.office.get(table, at) or {}, page.office)
        page.tell(f"{title}: {in_words(declaration, problems, page.lang)}", wrong=True)

    def done(_none: None) -> None:
        page.tell(words[2].format(count=count))
        page.reload()

    page.write(do, done, refused, busy=words[1].format(count=count))


def hinted(marks: Collection[int]) -> Sequence[str]:
    """The actions that the line of hints names with these marks."""
    return (*HINTED, *([JOINS.action] if len(marks) == 2 else [])) if marks else ()


def joinable(office: Office, table: str, marks: Collection[int]) -> bool:
    """Whether records of the register are compared by themselves, or two are marked to be."""
    return table in office.declarations and (bool(marks) or comparable(office.declarations[table]))


def joining(binding: Binding, marks: Collection[int]) -> Binding:
    """The key for `join`, in words for what it does with these marks."""
    joins = binding.action == JOINS.action and len(marks) == 2
    return replace(binding, description=JOINS.description) if joins else binding


def join(page: Page[Any], table: str, ids: Sequence[int], unmark: Callable[[], None]) -> None:
    """Shows two records side by side, to be made one; without any the pairs that may be one."""
    if not ids:
        from .duplicates import DuplicatesScreen

        page.app.push_screen(DuplicatesScreen(table))
        return
    docs = [doc for doc in page.office.table(table).by_ids(ids) if doc["state"] != "void"]
    if len(ids) != 2 or len(docs) != 2:
        page.tell(_("Mark the two records that are to be joined, no others and no void ones."), wrong=True)
        return
    from .pair import PairScreen

    page.app.push_screen(PairScreen(table, *docs), lambda gone: unmark() if gone else None)


def export(page: Page[Any], table: str, ids: Sequence[int], fields: Sequence[Field]) -> None:
    """Writes the records as a workbook with the columns of the list; whether with the names of minors is asked first."""

    def ask(minors: int) -> None:
        if not minors:
            _export(page, table, ids, fields)
            return
        choices = [
            Choice("", _("With dots in their place, as on the screen")),
            Choice("names", _("With the names, which is noted in the log of accesses")),
        ]

        def take(chosen: list[str] | None) -> None:
            if chosen:
                _export(page, table, ids, fields, names=minors if chosen[0] else 0)

        title = _("Names of minors in the file: {count}").format(count=counted(minors, page.lang))
        page.app.push_screen(Picker(title, among(choices), notes=0), take)

    page.write(lambda: _minors(page.office, table, ids, fields), ask)


def _minors(office: Office, table: str, ids: Sequence[int], fields: Sequence[Field]) -> int:
    """How many of the records have names in these fields that are kept back."""
    declaration = office.readable[table]
    names = [field.name for field in fields if field.name in declaration.masked]
    if not names:
        return 0
    docs = office.table(table).by_ids(ids)
    return sum(masks(declaration, doc, office) and any(map(doc.get, names)) for doc in docs)


def _export(page: Page[Any], table: str, ids: Sequence[int], fields: Sequence[Field], *, names: int = 0) -> None:
    """Writes the workbook into the folder of exports.

    Parameters:
        names: how many names of minors go into it that are kept back on the screen.
    """
    office = page.office

    def write() -> Path:
        from ...exchange.columns import of_register
        from ...exchange.exports import free_name, write_xlsx

        declaration = office.readable[table]
        path = free_name(office.workspace.exports, f"{declaration.command}-{clock.today():%Y-%m-%d}")
        path.parent.mkdir(parents=True, exist_ok=True)
        found = office.table(table).by_ids(ids)
        docs = found if names else (masked(declaration, doc, office) for doc in found)
        told = f"{path.name} ({len(ids)})" + (f", {names} " + _("names of minors") if names else "")
        access.log(office, "exported", table, detail=told)  # first: what was given out is always in it
        write_xlsx(path, of_register(office, fields), docs, declaration.plural(office.lang))
        return path

    def done(path: Path) -> None:
        page.tell(numbered(len(ids), _("1 record written: {path}"), _("{count} records written: {path}"), path=path))

    page.write(write, done, busy=_("Writing records: {count} …").format(count=counted(len(ids), page.lang)))


def copy(page: Page[Any], table: str, ids: Sequence[int], fields: Sequence[Field]) -> None:
    """Copies the rows as a spreadsheet takes them: a line each, tabs between the cells."""
    if len(ids) > MOST_COPIED:
        page.tell(_("Too many rows to copy: [list.export] writes them to a file."), wrong=True)
        return
    told = _("{count} records").format(count=counted(len(ids), page.lang)) if len(ids) > 1 else ""
    if told and _minors(page.office, table, ids, fields):
        told += _(", dots in the place of names of minors")
    page.intarsi.copy(_table(page.office, table, ids, fields), told)


def _table(office: Office, table: str, ids: Sequence[int], fields: Sequence[Field]) -> str:
    declaration = office.readable[table]
    rows = [[field.label(office.lang) for field in fields]]
    for doc in office.table(table).by_ids(ids):
        seen = masked(declaration, doc, office)
        rows.append([one_line(shown(field, seen, office)) for field in fields])
    return "\n".join("\t".join(row) for row in rows)
