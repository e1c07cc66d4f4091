"""The saved views of a list: choose one, keep the present one, rename, delete."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ...host import views
from ...host.office import Office
from ...host.views import View
from ...records.typed import fold
from ..texts import _, lines, numbered, one_line
from ..widgets.columns import Column, Line
from ..widgets.hints import Hints
from ..widgets.record_table import RecordTable
from .ask import Ask
from .page import Dialog, Page

LONGEST = 60  # letters of a name


class ViewsDialog(Dialog[View]):
    """Answers with the view that was chosen; the first entry is the list as it is without any.

    Parameters:
        page: the list, whose thread writes.
        present: how the list is now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", priority=True, id="views.choose"),
        Binding("n", "keep", "Keep the present one", id="views.keep"),
        Binding("r", "rename", "Rename", id="views.rename"),
        Binding("delete", "forget", "Delete", id="views.forget"),
    ]

    def __init__(self, page: Page[None], table: str, present: View) -> None:
        super().__init__()
        self._page, self._table, self._present = page, table, present
        self._views: list[View] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Static(Content(lines(_("Views of the list"))), id="window-title")
            yield RecordTable([Column("name", "", 24), Column("what", "", 24, grows=True)], header=False)
            yield Hints()

    def on_mount(self) -> None:
        self._show(self._present.name)

    def _show(self, name: str) -> None:
        self._views = [View(), *views.views(self.office, self._table)]
        at = next((index for index, one in enumerate(self._views) if one.name == name), 0)
        rows = [
            Line((one.name or _("All, without a view"), summary(one, self._table, self.office))) for one in self._views
        ]
        self.query_one(RecordTable).show(rows, cursor=at)
        self.refresh_bindings()

    @property
    def _here(self) -> View:
        return self._views[self.query_one(RecordTable).cursor]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("rename", "forget") or bool(self._views and self._here.name)

    def on_record_table_moved(self) -> None:
        self.refresh_bindings()

    def on_record_table_chosen(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        self.dismiss(self._here)

    def action_keep(self) -> None:
        def keep(name: str) -> None:
            kept = replace(self._present, name=name)
            self._page.write(lambda: views.keep(self.office, self._table, kept), lambda _none: self._show(name))

        self._ask(self._present.name, _("Keep filter, order and columns as a view?"), _("Keep"), keep)

    def action_rename(self) -> None:
        old = self._here.name

        def rename(name: str) -> None:
            self._page.write(lambda: views.rename(self.office, self._table, old, name), lambda _none: self._show(name))

        self._ask(old, _("Rename the view “{name}”?").format(name=old), _("Rename"), rename)

    def _ask(self, own: str, question: str, yes: str, done: Callable[[str], None]) -> None:
        """Asks for a name; only when another view than `own` would give way, whether it is to."""

        def take(typed: str | None) -> None:
            name = one_line(typed or "")[:LONGEST]
            other = views.view(self.office, self._table, name) if name else None
            if other and fold(name) != fold(own):
                told = _("There is a view “{name}” already: replace it?").format(name=other.name)
                self.app.push_screen(Ask(told, _("Yes, replace it")), lambda answer: done(name) if answer else None)
            elif name:
                done(name)

        self.app.push_screen(Ask(question, yes, reason=_("Name"), at_once=True), take)

    def action_forget(self) -> None:
        name = self._here.name

        def forget(answer: str | None) -> None:
            if answer:
                self._page.write(lambda: views.forget(self.office, self._table, name), lambda _none: self._show(""))

        self.app.push_screen(Ask(_("Delete the view “{name}”?").format(name=name), _("Yes, delete it")), forget)


def summary(view: View, table: str, office: Office) -> str:
    """What a view shows, in few words."""
    declaration = office.readable[table]
    field = declaration.by_name.get(view.sort.lstrip("-"))
    parts = [
        f"/ {view.search}" if view.search else "",
        field.label(office.lang) + (" ▼" if view.sort.startswith("-") else " ▲") if field else "",
        numbered(len(view.columns), _("1 column"), _("{count} columns")) if view.columns else "",
    ]
    return one_line(" · ".join(filter(None, parts)))
