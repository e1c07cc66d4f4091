"""A register as a list: filter, sort, mark, open, confirm, void; with the record beside it when there is room."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input

from ...host import views
from ...host.views import View
from ...records.declaration import Declaration, Field
from .. import list_words
from ..masks import turn, turning
from ..plugin_screens import choose, entries
from ..register_search import Ids, RegisterSearch
from ..rows import RegisterRows, columns_of
from ..session import Place
from ..texts import _
from ..widgets.details import Details
from ..widgets.filter_box import FilterBox, FilterInput
from ..widgets.marking import MarkingTable
from ..widgets.record_table import RecordTable
from . import marked
from .acts import confirm, edit, mark_sent, read_only, void
from .columns import Chosen, ColumnsDialog
from .form import FormScreen
from .page import SLOW, Page
from .record import RecordScreen
from .views import ViewsDialog

# Seconds for which the cursor rests before the record beside the list follows: who holds a key down sees rows, not waits.
REST = 0.08
# What cannot be done where there is no record, and what can where there is none that the filter lets through.
OF_ONE, OF_SOME = frozenset(("edit", "confirm", "sent", "void", "copy", "export")), frozenset(("sort",))


class RegisterScreen(Page[None]):
    """The records of one table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", id="list.new"),
        Binding("e", "edit", "Edit", id="list.edit"),
        Binding("m", "reveal", "Show the name", id="list.reveal"),
        Binding("a", "lines", "Actions", id="list.lines"),
        Binding("slash", "filter", "Filter", key_display="/", id="list.filter"),
        Binding("s", "sort", "Sort", id="list.sort"),
        Binding("o", "confirm", "Confirm", id="list.confirm"),
        Binding("d", "void", "Void", id="list.void"),
        Binding("b", "sent", "Mark as sent, for good", show=False, id="list.sent"),
        Binding("u", "app.undo", "Undo", id="list.undo"),
        Binding("i", "import", "Import a file", show=False, id="list.import"),
        Binding("v", "views", "Views", id="list.views"),
        Binding("c", "columns", "Columns", id="list.columns"),
        Binding("j", "duplicates", "Duplicates", id="list.duplicates"),
        Binding("x", "export", "Export", show=False, id="list.export"),
        Binding("y", "copy", "Copy the cell, or the marked rows", show=False, id="list.copy"),
        Binding("g", "go", "Go to a register", show=False, id="list.go"),
    ]

    def __init__(self, table: str, *, search: str = "", sort: str = "", row: int | None = None, view: str = "") -> None:
        super().__init__()
        self.table_name = table
        self._search, self._sort, self._row, self._view = search, sort, row, view
        self._columns: Chosen = ()
        self._marked: set[int] = set()
        self._pane_rest: Timer | None = None
        self._list: RecordTable | None = None
        # The rows without a filter, and what they were made from: as long as it is the same, they need not be read again.
        self._whole: tuple[Any, RegisterRows] | None = None
        self._finding = RegisterSearch(self.office, self.records)

    def body(self) -> ComposeResult:
        kept = views.view(self.office, self.table_name, self._view) or views.view(self.office, self.table_name, "")
        self._columns = kept.columns if kept else ()
        self._sort = self._sort or (kept.sort if kept and not kept.name else "")
        yield FilterBox(self._search)
        with Horizontal(id="list"):
            columns = columns_of(self.declaration, self.lang, self._columns)
            yield MarkingTable(columns, picks_column=True, marked=self._is_marked)
            yield Details(id="pane", can_focus=False)

    @property
    def declaration(self) -> Declaration:
        return self.office.readable[self.table_name]

    @property
    def records(self) -> Any:
        return self.office.table(self.table_name)

    @property
    def list(self) -> RecordTable:
        # Asked for by each key that may be offered: looking it up was a tenth of the line of hints.
        if self._list is None:
            self._list = self.query_one(RecordTable)
        return self._list

    @property
    def fields(self) -> Sequence[Field]:
        """The fields of the columns."""
        return [field for field, _width in views.fields_of(self.declaration, self._columns)]

    @property
    def at_cursor(self) -> dict[str, Any] | None:
        """The record that keys act on."""
        rows = self.list.rows
        return (rows.at(self.list.cursor) or None) if isinstance(rows, RegisterRows) and len(rows) else None

    @property
    def ids(self) -> Ids:
        """The records of the list, in its order."""
        rows = self.list.rows
        return [*rows.ids] if isinstance(rows, RegisterRows) else []

    def place(self, mode: str) -> Place:
        """What it takes to open the list again as it is."""
        here = self.at_cursor
        row = here.doc_id if here is not None else None  # type: ignore[attr-defined]
        return Place(mode, self.table_name, self._search, self._sort, row, self._view)

    def on_mount(self) -> None:
        self.list.focus()

    def reload(self) -> None:
        """Reads the list again and stays on the record where the cursor was."""
        here = self.at_cursor
        self._whole = None
        self._fill(here.doc_id if here is not None else self._row)  # type: ignore[attr-defined]

    def _fill(self, stay: int | None = None) -> None:
        """Reads the list; the cursor goes to the record `stay`, or to the first."""
        self.workers.cancel_group(self, "fill")
        made_from = self.office.store.version(), self._sort, self._columns
        if not self._search and self._whole and self._whole[0] == made_from:
            self._show(self._whole[1], stay)
        elif self._finding.is_quick(self._search, self._sort, self._effective.lstrip("-")):
            self._show(self._finding.ids(self._search, self._sort), stay)
        else:
            self._row = stay
            self.run_worker(self._fill_later(stay), group="fill", exclusive=True)

    async def _prepare(self) -> None:
        if await self._finding.prepare(self._sort) and self._search:
            self._fill()

    async def _fill_later(self, stay: int | None) -> None:
        """What takes long is read by another thread, and a person is told what is going on."""
        slow = self.set_timer(SLOW, lambda: self.list.wait(_("reading …") if self._search else _("Sorting …")))
        try:
            found = await self._finding.slowly(self._search, self._sort)
        finally:
            slow.stop()
        self._show(found, stay)

    def _show(self, rows: Ids | RegisterRows, stay: int | None) -> None:
        if not isinstance(rows, RegisterRows):
            rows = RegisterRows(self.office, self.declaration, rows, self.fields)
        ids = rows.ids
        if not self._search:
            self._whole = (self.office.store.version(), self._sort, self._columns), rows
        cursor = 0 if stay is None else ids.index(stay) if stay in ids else self.list.cursor
        self.list.sorted_by = self._effective
        columns = columns_of(self.declaration, self.lang, self._columns)
        if self._marked:
            self._marked.intersection_update(ids)
        empty = list_words.nothing(self.declaration, self._search, only_reading=self.only_reading)
        self.list.show(rows, cursor=cursor, columns=columns, empty=empty)
        self._say(len(ids), self.records.count_of() if self._search else len(ids))

    def _say(self, count: int, total: int) -> None:
        self._told = count, total
        told = list_words.told(self.office, self.declaration, self._now, count, total, len(self._marked))
        self.say_title(list_words.heading(self.office, self.declaration), told)

    @property
    def _now(self) -> View:
        return View(self._view, self._search, self._sort, self._columns)

    @property
    def _effective(self) -> str:
        """The sort in force."""
        return self._sort or list_words.usual_sort(self.declaration)

    # the list

    def on_record_table_moved(self) -> None:
        if self.declaration.masked:  # whether m shows a name is said for the record at the cursor
            self.refresh_bindings()
        if self._pane_rest:
            self._pane_rest.stop()
        self._pane_rest = self.set_timer(REST, self.show_record) if self.query_one("#pane").display else None

    def show_record(self) -> None:
        """Shows the record at the cursor beside the list."""
        self.query_one("#pane", Details).show(self.declaration, self.at_cursor, self.office)

    def on_resize(self) -> None:
        self.on_record_table_moved()

    def on_record_table_chosen(self) -> None:
        if doc := self.at_cursor:
            self.app.push_screen(RecordScreen(self.table_name, doc["id"]))

    def on_record_table_header_chosen(self, event: RecordTable.HeaderChosen) -> None:
        self.list.column = event.index
        self.action_sort()

    def described(self, binding: Binding) -> Binding:
        if binding.action == "reveal":
            return turning(binding, self.office, self.at_cursor)
        return marked.joining(binding, self._marked)

    def action_reveal(self) -> None:
        if doc := self.at_cursor:
            turn(self, self.declaration, doc)

    def action_sort(self) -> None:
        """The column under the cursor: upwards, downwards, then as the list was."""
        name = self.list.columns[self.list.column].name
        self._sort = {name: f"-{name}", f"-{name}": ""}.get(self._sort, name)
        if not self._view:
            self._keep_usual()
        self._fill()

    def _keep_usual(self) -> None:
        """Columns and order are as this person left them when the list opens again."""
        if self.office.store.connection.read_only:  # for today only
            return
        usual = View(sort=self._sort, columns=self._columns)
        self.write(lambda: views.keep(self.office, self.table_name, usual), lambda _none: None)

    # columns and views

    def action_columns(self) -> None:
        def take(chosen: Chosen | None) -> None:
            if chosen is not None and chosen != self._columns:
                self._columns = chosen
                self._keep_usual()
                self.reload()

        self.app.push_screen(ColumnsDialog(self.declaration, self._columns, self.lang), take)

    def action_views(self) -> None:
        def take(chosen: View | None) -> None:
            if chosen is None:
                return
            usual = views.view(self.office, self.table_name, "")
            self._columns = chosen.columns if chosen.name or not usual else usual.columns
            self._view, self._sort, self._search = chosen.name, chosen.sort, chosen.search
            if not chosen.name:
                self._keep_usual()
            self.query_one(FilterBox).show(chosen.search)
            self._fill()

        self.app.push_screen(ViewsDialog(self, self.table_name, self._now), take)

    # marks

    def _is_marked(self, index: int) -> bool:
        if not self._marked:  # asked for every line that is drawn: looking the table up first was a third of drawing it
            return False
        rows = self.list.rows
        return isinstance(rows, RegisterRows) and rows.ids[index] in self._marked

    def on_record_table_marked(self, event: RecordTable.Marked) -> None:
        ids = self.ids[event.index : event.last + 1]
        (self._marked.update if event.on else self._marked.difference_update)(ids)
        self._show_marks()

    def _show_marks(self) -> None:
        self.hinted = marked.hinted(self._marked)
        self.list.refresh()
        self._say(*self._told)
        self.refresh_bindings()

    def _marks(self) -> Ids:
        """The marked records, in the order of the list."""
        return [one for one in self.ids if one in self._marked]

    def _unmark(self) -> None:
        self._marked.clear()
        self._show_marks()

    def action_duplicates(self) -> None:
        marked.join(self, self.table_name, self._marks(), self._unmark)

    # the filter

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "lines":
            return bool(entries(self.office, self.table_name))
        if action == "duplicates":
            return marked.joinable(self.office, self.table_name, self._marked)
        if action == "reveal":
            return self.declaration.masks(self.at_cursor or {}, self.office.today)
        if (action in OF_ONE or (action in OF_SOME and not self._search)) and self.at_cursor is None:
            return False
        # "/" is a letter like others while the filter is typed; Textual knows that of letters only.
        return action != "filter" or not isinstance(self.focused, FilterInput)

    def withheld(self, binding: Binding) -> bool:
        # The key works where there is nothing to look for, too: the words that follow it would else be taken for keys.
        nothing = binding.action == "filter" and not self._search and self.at_cursor is None
        return nothing or super().withheld(binding)

    def action_filter(self) -> None:
        self.query_one(FilterBox).open()
        self.run_worker(self._prepare(), group="prepare", exclusive=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.value != self._search:
            self._search = event.value
            # What is typed in the tenth of a second until the words are there is looked for then.
            if not self._finding.preparing:
                self._fill()

    def action_back(self) -> None:
        """Esc takes the marks away first, then the filter, and leaves the list then."""
        box = self.query_one(FilterBox)
        if self._marked and not isinstance(self.focused, FilterInput):
            self._unmark()
        elif not box.opened:
            super().action_back()
        else:
            box.show("")
            self.set_focus(self.list)  # at once, so that it is drawn with the rows
            if self._search:
                self._search = ""
                self._fill()

    # the records

    def action_new(self) -> None:
        if not read_only(self, self.table_name):
            self.open_form("")

    def open_form(self, uid: str) -> None:
        """The form of a record, or of a new one; the cursor goes to what was saved."""
        self.app.push_screen(FormScreen(self.table_name, uid), self._fill)

    def action_import(self) -> None:
        from .import_file import ImportScreen  # with all its steps a twentieth of the start

        if not read_only(self, self.table_name):
            self.app.push_screen(ImportScreen(self.table_name))

    def action_edit(self) -> None:
        if doc := self.at_cursor:
            edit(self, self.table_name, doc)

    def action_confirm(self) -> None:
        if self._marked:
            marked.confirm_all(self, self.table_name, self._marks())
        elif doc := self.at_cursor:
            confirm(self, self.table_name, doc)

    def action_sent(self) -> None:
        if self._marked:
            marked.mark_all_sent(self, self.table_name, self._marks())
        elif doc := self.at_cursor:
            mark_sent(self, self.table_name, doc)

    def action_void(self) -> None:
        if self._marked:
            marked.void_all(self, self.table_name, self._marks())
        elif doc := self.at_cursor:
            void(self, self.table_name, doc)

    def action_lines(self) -> None:
        """What the register's plugin brings besides: its screens and actions."""
        first = self._marks()[:1]
        doc = next(iter(self.records.by_ids(first)), None) if first else self.at_cursor
        choose(self.intarsi, self.table_name, doc)

    def action_go(self) -> None:
        self.intarsi.action_palette()

    def action_export(self) -> None:
        """The marked records; without marks all of the list."""
        if ids := self._marks() or self.ids:
            marked.export(self, self.table_name, ids, self.fields)

    def action_copy(self) -> None:
        if self._marked:
            marked.copy(self, self.table_name, self._marks(), self.fields)
        else:
            self.intarsi.copy(self.list.text_at_cursor())

    def action_copy_command(self) -> None:
        self.intarsi.copy_command(*list_words.command(self.office, self.declaration, self._now))
