"""A register as a list: filter, sort, open, confirm, void; with the record beside it when there is room."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from ..masks import reveal
from ..rows import RegisterRows, columns_of
from ..session import Place
from ..texts import _, counted
from ..widgets.details import Details
from ..widgets.editors import LineInput
from ..widgets.record_table import RecordTable
from .acts import confirm, edit, read_only, void
from .form import FormScreen
from .import_file import ImportScreen
from .page import Page
from .record import RecordScreen


class FilterInput(LineInput):
    """Where the words to look for are typed; the list follows at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "To the list", id="filter.leave"),
        Binding("down", "leave", show=False),
    ]

    def action_leave(self) -> None:
        self.screen.query_one(RecordTable).focus()


class RegisterScreen(Page[None]):
    """The records of one table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New", id="list.new"),
        Binding("e", "edit", "Edit", id="list.edit"),
        Binding("x", "lines", "Actions", id="list.lines"),
        Binding("slash", "filter", "Filter", key_display="/", id="list.filter"),
        Binding("s", "sort", "Sort", id="list.sort"),
        Binding("o", "confirm", "Confirm", id="list.confirm"),
        Binding("d", "void", "Void", id="list.void"),
        Binding("u", "app.undo", "Undo", id="list.undo"),
        Binding("i", "import", "Import a file", show=False, id="list.import"),
        Binding("y", "copy", "Copy the cell", show=False, id="list.copy"),
        Binding("v", "reveal", "Show a minor's name", show=False, id="list.reveal"),
        Binding("g", "go", "Go to a register", show=False, id="list.go"),
    ]

    def __init__(self, table: str, *, search: str = "", sort: str = "", row: int | None = None) -> None:
        super().__init__()
        self.table_name = table
        self._search, self._sort, self._row = search, sort, row

    def body(self) -> ComposeResult:
        with Horizontal(id="filter", classes="" if self._search else "hidden"):
            yield Static("/", markup=False)
            yield FilterInput(self._search, compact=True, placeholder=_("words to look for"))
        with Horizontal(id="list"):
            yield RecordTable(columns_of(self.declaration, self.lang), picks_column=True)
            yield Details(id="pane", can_focus=False)

    @property
    def declaration(self) -> Any:
        return self.office.readable[self.table_name]

    @property
    def records(self) -> Any:
        return self.office.table(self.table_name)

    @property
    def list(self) -> RecordTable:
        return self.query_one(RecordTable)

    @property
    def at_cursor(self) -> dict[str, Any] | None:
        """The record that keys act on."""
        rows = self.list.rows
        return (rows.doc(self.list.cursor) or None) if isinstance(rows, RegisterRows) and len(rows) else None

    def place(self, mode: str) -> Place:
        """What it takes to open the list again as it is."""
        here = self.at_cursor
        return Place(mode, self.table_name, self._search, self._sort, here.doc_id if here is not None else None)  # type: ignore[attr-defined]

    def on_mount(self) -> None:
        self.list.focus()

    def reload(self) -> None:
        """Reads the list again and stays on the record where the cursor was."""
        here = self.at_cursor
        self._fill(here.doc_id if here is not None else self._row)  # type: ignore[attr-defined]

    def _fill(self, stay: int | None = None) -> None:
        """Reads the list; the cursor goes to the record `stay`, or to the first."""
        ids = self.records.ids(search=self._search, sort=self._sort)
        total = self.records.count_of() if self._search else len(ids)
        cursor = ids.index(stay) if stay in ids else self.list.cursor if stay is not None else 0
        self.list.sorted_by = self._effective
        self.list.show(RegisterRows(self.office, self.declaration, ids), cursor=cursor, empty=self._nothing())
        count = counted(len(ids), self.lang)
        if self._search:
            count = _("{count} of {total}").format(count=count, total=counted(total, self.lang))
        name = self.declaration.plugin
        plugin = next((one.label(self.lang) for one in self.office.plugins if one.name == name), name)
        self.say_title(f"{plugin} ▸ {self.declaration.plural(self.lang)}", f"{count}{self._sorted()}")

    @property
    def _effective(self) -> str:
        """The sort in force: unless one was chosen, the newest first."""
        return self._sort or f"-{self.declaration.date or 'created_at'}"

    def _sorted(self) -> str:
        field = self.declaration.by_name.get(self._effective.lstrip("-"))
        label = field.label(self.lang) + (" ▼" if self._effective.startswith("-") else " ▲") if field else ""
        return "   " + _("sorted: {label}").format(label=label) if label else ""

    def _nothing(self) -> str:
        if self._search:
            return _("Nothing matches “{words}”.  Esc takes the filter away · n new").format(words=self._search)
        return _("No records yet.  n adds the first one · i imports a file")

    # the list

    def on_record_table_moved(self) -> None:
        pane = self.query_one("#pane", Details)
        if pane.display:
            pane.show(self.declaration, self.at_cursor, self.office)

    def on_resize(self) -> None:
        self.on_record_table_moved()

    def on_record_table_chosen(self) -> None:
        if doc := self.at_cursor:
            self.app.push_screen(RecordScreen(self.table_name, doc["id"]))

    def on_record_table_header_chosen(self, event: RecordTable.HeaderChosen) -> None:
        self.list.column = event.index
        self.action_sort()

    def action_reveal(self) -> None:
        if doc := self.at_cursor:
            reveal(self, self.declaration, doc)

    def action_sort(self) -> None:
        """The column under the cursor: upwards, downwards, then as the list was."""
        name = self.list.columns[self.list.column].name
        self._sort = {name: f"-{name}", f"-{name}": ""}.get(self._sort, name)
        self._fill()

    # the filter

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "lines":
            return any(one.screens or one.actions for one in self.office.plugins if one.name == self.declaration.plugin)
        # "/" is a letter like others while the filter is typed; Textual knows that of letters only.
        return action != "filter" or not isinstance(self.focused, FilterInput)

    def action_filter(self) -> None:
        self.query_one("#filter").remove_class("hidden")
        self.query_one(FilterInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.value != self._search:
            self._search = event.value
            self._fill()

    def action_back(self) -> None:
        """Esc takes the filter away first, and leaves the list then."""
        box = self.query_one("#filter")
        if box.has_class("hidden"):
            super().action_back()
            return
        box.add_class("hidden")
        self.query_one(FilterInput).value = ""
        self.list.focus()

    # the records

    def action_new(self) -> None:
        if not read_only(self, self.table_name):
            self.app.push_screen(FormScreen(self.table_name), self._fill)

    def action_import(self) -> None:
        if not read_only(self, self.table_name):
            self.app.push_screen(ImportScreen(self.table_name))

    def action_edit(self) -> None:
        if doc := self.at_cursor:
            edit(self, self.table_name, doc)

    def action_confirm(self) -> None:
        if doc := self.at_cursor:
            confirm(self, self.table_name, doc)

    def action_void(self) -> None:
        if doc := self.at_cursor:
            void(self, self.table_name, doc)

    def action_lines(self) -> None:
        """What the register's plugin brings besides: its screens and actions."""
        from ..plugin_screens import choose

        choose(self.intarsi, self.table_name, self.at_cursor)

    def action_go(self) -> None:
        self.intarsi.action_palette()

    def action_copy(self) -> None:
        self.intarsi.copy(self.list.text_at_cursor())

    def action_copy_command(self) -> None:
        words = [self.declaration.plugin, self.declaration.command, "list"]
        words += ["--search", self._search] if self._search else []
        words += ["--sort", self._sort] if self._sort else []
        self.intarsi.copy_command(*words)
