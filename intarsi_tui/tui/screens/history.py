"""Who changed what and when, the newest first; a whole operation can be taken back from here."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ...host.changes import Seeker
from ...store import StoreError, Undone
from ...store.history import Change, count_of, places
from ..history import HistoryRows, done, going, record_told, turned_back, when
from ..texts import _
from ..widgets.columns import Column
from ..widgets.filter_box import FilterBox
from ..widgets.record_table import RecordTable
from .ask import Ask
from .filtered import FilteredPage
from .page import TitleLine
from .record import RecordScreen


class HistoryScreen(FilteredPage):
    """All changes of all registers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo_this", "Undo this one", id="history.undo"),
        Binding("y", "copy", "Copy the cell", show=False, id="history.copy"),
    ]

    def body(self) -> ComposeResult:
        yield FilterBox()
        columns = [
            Column("moment", _("When"), 11), Column("user", _("Who"), 10, priority=2), Column("what", _("What"), 12, grows=True),
            Column("record", _("Record"), 18, grows=True), Column("fields", _("From → to"), 18, priority=1, grows=True),
        ]  # fmt: skip
        yield RecordTable(columns, picks_column=True)

    def on_mount(self) -> None:
        self._total, self._shown_for = 0, ""
        self.query_one(RecordTable).focus()

    @property
    def at_cursor(self) -> Change | None:
        """The change that keys act on."""
        table = self.query_one(RecordTable)
        return table.rows.at(table.cursor) if isinstance(table.rows, HistoryRows) and len(table.rows) else None

    def reload(self) -> None:
        if not self._total:
            self.say_title(_("History"))
        self.workers.cancel_group(self, "look")
        self.read_slowly(lambda: places(self.office.store.connection), self._take)

    def filter(self) -> None:
        self.reload()

    def _take(self, all_places: list[int]) -> None:
        self._total = len(all_places)
        if self.search:
            self.run_worker(partial(self._look, self.search), group="look", exclusive=True)  # type: ignore[arg-type]
        else:
            self._show(all_places)

    async def _look(self, search: str) -> None:
        """Shows what is found as it is found, the newest first; each piece leaves room for a key and for a write."""
        title, found = self.query_one(TitleLine), list[int]()
        again = search == self._shown_for  # somebody changed a record: what is shown stays until the end
        try:
            seeker = await self.intarsi.in_background(partial(Seeker, self.office, search), reads=True)
            pieces = seeker.pieces()
            while piece := await self.intarsi.in_background(partial(next, pieces, None), reads=True):
                found = sorted(found + piece[1], reverse=True) if piece[1] else found
                if not again and (piece[1] or self._shown_for != search):
                    self._show(found)
                if piece[0] < self._total:
                    title.wait(f"{self.counted(len(found), self._total)}   {_('reading …')}")
        except StoreError as error:
            self.tell(error.text(self.lang), wrong=True)
        self._show(found)

    def _show(self, found: list[int]) -> None:
        table = self.query_one(RecordTable)
        here = table.rows.places[table.cursor] if isinstance(table.rows, HistoryRows) and len(table.rows) else None
        same = self._shown_for == self.search
        # The newest stay in sight for whoever is there; further down the cursor stays on its change.
        cursor = found.index(here) if same and table.cursor and here in found else 0
        self._shown_for = self.search
        rows = HistoryRows(self.office, list(found))
        nothing = _("Nothing has been changed yet: what is saved in a register ([app.registers]) stands here.")
        table.show(rows, cursor=cursor, empty=self.nothing(nothing))
        self.say_title(_("History"), self.counted(len(found), self._total))

    def on_record_table_chosen(self) -> None:
        change = self.at_cursor
        declaration = self.office.declaration(change.table) if change else None
        if change and declaration and self.office.get(declaration.table, change.uid):
            self.app.push_screen(RecordScreen(declaration.table, change.uid))
        elif change:
            self.tell(_("This record is not there any more."))

    def action_undo_this(self) -> None:
        change = self.at_cursor
        if change is None:
            return
        together = count_of(self.office.store.connection, change.operation)
        again = change.label == "undo"
        asked = (
            _("Do again what {user} undid on {moment}: {what}?")
            if again
            else _("Take back what {user} did on {moment}: {what}?")
        )
        question = asked.format(
            user=self.office.name_of(change.user),
            moment=when(change.moment),
            what=f"{done(change.label, self.office)}, {record_told(change, self.office)}",
        )
        if together > 1:
            more = (
                _("All {count} changes made together with it come too.")
                if again
                else _("All {count} changes made together with it go back too.")
            )
            question += " " + more.format(count=together)

        def tell(undone: Undone) -> None:
            self.tell(turned_back(undone, self.office))
            self.reload()

        def do(answer: str | None) -> None:
            if answer:
                undo = self.office.store.undo
                self.write_counted(lambda told: undo(change.operation, told), tell, going(again=again))

        self.app.push_screen(Ask(question, _("Yes, do it again") if again else _("Yes, take it back")), do)

    def action_copy(self) -> None:
        self.intarsi.copy(self.query_one(RecordTable).text_at_cursor())

    def action_copy_command(self) -> None:
        self.intarsi.copy_command(*self.searching("history"))
