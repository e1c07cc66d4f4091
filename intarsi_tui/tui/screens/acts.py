"""What can be done to a record from a list and from its own screen: edit, confirm, mark as sent, void."""

from collections.abc import Sequence
from typing import Any

from ...records.problems import Problem
from ...store.errors import StoreError
from ..masks import reveal
from ..rows import in_words, title_of
from ..texts import _
from .ask import Ask
from .form import FormScreen
from .page import Page


def read_only(page: Page[Any], table: str) -> bool:
    """Whether nothing can be written, as the office is only read or the register's plugin is not there; it is said."""
    if page.office.store.connection.read_only:
        page.tell(StoreError("only_reading", page.office.workspace.path).text(page.lang), wrong=True)
        return True
    gone = table in page.office.undeclared
    if gone:
        page.tell(
            _("The plugin of this register is not loaded: its records can only be read. [app.plugins] shows why."),
            wrong=True,
        )
    return gone


def edit(page: Page[Any], table: str, doc: dict[str, Any]) -> None:
    """Opens the form of a record that can still change."""
    if read_only(page, table):
        return
    if doc["state"] in ("void", "sent"):
        page.tell(
            page.office.declarations[table].by_name["state"].show(doc, page.lang)
            + ": "
            + _("this record changes no more."),
            wrong=True,
        )
    elif page.office.get(table, doc["id"]) is None:  # removed by somebody else a moment ago
        page.reload()
    else:
        reveal(page, page.office.declarations[table], doc)  # its form shows everything
        page.app.push_screen(FormScreen(table, doc["id"]))


def confirm(page: Page[Any], table: str, doc: dict[str, Any]) -> None:
    """Confirms a draft; what it lacks is shown in its form."""
    if read_only(page, table):
        return

    def done(saved: Any) -> None:
        page.tell(
            _("Confirmed with number {number}. [list.undo] undoes it.").format(number=saved.doc.get("number", ""))
        )
        page.reload()

    def refused(problems: Sequence[Problem]) -> None:
        fields = page.office.declarations[table].by_name
        if any(problem.field in fields for problem in problems):
            page.app.push_screen(FormScreen(table, doc["id"], problems=problems))
        else:
            page.tell(in_words(page.office.declarations[table], problems, page.lang), wrong=True)

    page.write(lambda: page.office.table(table).confirm(doc["id"]), done, refused)


def mark_sent(page: Page[Any], table: str, doc: dict[str, Any]) -> None:
    """Locks a confirmed record that has left the office."""
    if read_only(page, table):
        return

    def done(_saved: Any) -> None:
        page.tell(_("Marked as sent: it changes no more. [list.undo] undoes it."))
        page.reload()

    page.write(lambda: page.office.table(table).mark_sent(doc["id"]), done)


def void(page: Page[Any], table: str, doc: dict[str, Any]) -> None:
    """Voids a record after asking why."""
    if read_only(page, table):
        return
    declaration = page.office.declarations[table]
    question = _("Void {what} {title}?").format(
        what=declaration.label(page.lang).lower(), title=title_of(declaration, doc, page.office)
    )

    def done(saved: Any) -> None:
        page.tell(
            " ".join([_("Voided. [list.undo] undoes it."), in_words(declaration, saved.warnings, page.lang)]).strip()
        )
        page.reload()

    def do(reason: str | None) -> None:
        if reason is not None:
            page.write(lambda: page.office.table(table).void(doc["id"], reason), done)

    page.app.push_screen(Ask(question, _("Yes, void it"), reason=_("Reason (needed)")), do)
