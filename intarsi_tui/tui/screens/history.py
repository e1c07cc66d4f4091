"""Who changed what and when, the newest first; a whole operation can be taken back from here."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...store import Undone
from ..history import done, fields_told, title_known, what, when
from ..texts import _
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .ask import Ask
from .page import Page
from .record import RecordScreen

NEWEST = 300


class HistoryScreen(Page[None]):
    """The newest changes of all registers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo_this", "Undo this one", id="history.undo"),
        Binding("y", "copy", "Copy the cell", show=False, id="history.copy"),
    ]

    def body(self) -> ComposeResult:
        columns = [
            Column("moment", _("When"), 11), Column("user", _("Who"), 10, priority=2), Column("what", _("What"), 10),
            Column("record", _("Record"), 18, grows=True), Column("fields", _("From → to"), 18, priority=1, grows=True),
        ]  # fmt: skip
        yield RecordTable(columns, picks_column=True)

    def on_mount(self) -> None:
        self._changes: list[Any] = []
        self.query_one(RecordTable).focus()

    def reload(self) -> None:
        office = self.office
        self._changes = [one for one in office.store.history(limit=NEWEST) if one.table in office.declarations]
        rows = []
        for change in self._changes:
            declaration = office.declarations[change.table]
            rows.append(
                Line(
                    (
                        when(change.moment),
                        self.office.name_of(change.user),
                        done(change.label),
                        self._record(change),
                        fields_told(change, declaration, office),
                    )
                )
            )
        table = self.query_one(RecordTable)
        table.show(rows, cursor=table.cursor, empty=_("Nothing has been changed yet."))
        self.say_title(_("History"), _("the newest {count}").format(count=len(rows)))

    def _record(self, change: Any) -> str:
        label = self.office.declarations[change.table].label(self.lang)
        return f"{label} {title_known(self.office, change.table, change.uid)}"

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        change = self._changes[event.index]
        if self.office.get(change.table, change.uid):
            self.app.push_screen(RecordScreen(change.table, change.uid))
        else:
            self.tell(_("This record is not there any more."))

    def action_undo_this(self) -> None:
        if not self._changes:
            return
        change = self._changes[self.query_one(RecordTable).cursor]
        together = len(self.office.store.history(operation=change.operation, limit=None))
        again = change.label == "undo"
        asked = (
            _("Do again what {user} undid on {moment}: {what}?")
            if again
            else _("Take back what {user} did on {moment}: {what}?")
        )
        question = asked.format(
            user=self.office.name_of(change.user),
            moment=when(change.moment),
            what=f"{done(change.label)}, {self._record(change)}",
        )
        if together > 1:
            more = (
                _("All {count} changes made together with it come too.")
                if again
                else _("All {count} changes made together with it go back too.")
            )
            question += " " + more.format(count=together)

        def tell(undone: Undone) -> None:
            told = _("Redone: {what}") if undone.again else _("Undone: {what}")
            self.tell(told.format(what=what(undone, self.office)))
            self.reload()

        def do(answer: str | None) -> None:
            if answer:
                self.write(lambda: self.office.store.undo(change.operation), tell)

        self.app.push_screen(Ask(question, _("Yes, do it again") if again else _("Yes, take it back")), do)

    def action_copy(self) -> None:
        self.intarsi.copy(self.query_one(RecordTable).text_at_cursor())

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("history")
