"""Import, second step: which register, which sheet, and which field each column is."""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ...exchange.apart import Refused, Stopped
from ...exchange.looking import Look, SeenColumn
from ...records.declaration import Declaration
from .. import kept_imports
from ..import_job import ImportJob
from ..texts import _, one_line, rows_counted
from ..widgets.columns import Column, Line
from ..widgets.record_table import RecordTable
from .import_check import ImportCheckScreen
from .import_value import ask_value
from .page import Page
from .picker import Choice, Picker, among

LEFT_OUT = "-"


class ColumnTable(RecordTable):
    """Enter says which field the column is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Field", id="import.field")]


class ImportColumnsScreen(Page[str]):
    """The columns of the file beside their first values; answers as the last step does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", "Check", id="import.check"),
        Binding("x", "leave_out", "Leave out", id="import.leave_out"),
        Binding("v", "always", "All rows", id="import.always"),
        Binding("r", "register", "Register", id="import.register"),
        Binding("f", "sheet", "Sheet", id="import.sheet"),
    ]

    def __init__(self, job: ImportJob) -> None:
        super().__init__()
        self.job = job

    def body(self) -> ComposeResult:
        yield Static(id="scope", markup=False)
        columns = [
            Column("heading", _("Column of the file"), 20, grows=True), Column("examples", _("Its first values"), 18, grows=True, priority=1),
            Column("field", _("Field"), 30, grows=True),
        ]  # fmt: skip
        yield ColumnTable(columns)
        yield Static(id="missing", markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordTable).focus()
        if self.job.declaration is None:
            self.call_after_refresh(self.action_register)

    @property
    def _declaration(self) -> Declaration:
        assert self.job.declaration is not None
        return self.job.declaration

    @property
    def _look(self) -> Look:
        assert self.job.look is not None
        return self.job.look

    def _changed(self) -> None:
        """Something was said about the file: it is shown, and kept for the next time."""
        self.reload()
        kept = self.job.kept
        if self.job.declaration:
            self.write(lambda: kept_imports.keep(self.office, kept), lambda _none: None)

    def reload(self) -> None:
        look, job = self._look, self.job
        rows = rows_counted(look.rows)
        step = _("Step {step} of 4: {what}").format(step=2, what=_("the columns"))
        self.say_title(f"{_('Import')} ▸ {one_line(job.path.name)}", f"{rows}   {step}")
        declaration = job.declaration
        parts: list[Any] = [(_("Register ([import.register])"), "$text-muted"), " "]
        parts.append(declaration.plural(self.lang) if declaration else _("▲ to be chosen"))
        if look.sheets:
            parts += [("   " + _("Sheet ([import.sheet])"), "$text-muted"), f" {one_line(look.sheet)}"]
        scope = Content.assemble(*parts)
        headings = Content.assemble((_("Headings in row"), "$text-muted"), f" {look.row}")
        # On a line of its own where it would be cut in two.
        wide = scope.cell_length + headings.cell_length + 3 > self.size.width - 4
        self.query_one("#scope", Static).update(Content("\n" if wide else "   ").join([scope, headings]))
        table = self.query_one(RecordTable)
        table.show([self._line(one) for one in look.columns], cursor=table.cursor, empty=_("The file has no columns."))
        self._tell_missing()

    def _line(self, one: SeenColumn) -> Line:
        name = self.job.fields.get(one.at, "")
        heading = one.heading or _("(column {number} without a heading)").format(number=one.at + 1)
        return Line((heading, " · ".join(one.examples), self._field(one, name)), "" if name else "void")

    def _field(self, one: SeenColumn, name: str) -> str:
        declaration = self.job.declaration
        if declaration and self.job.as_before(one.at):
            before = declaration.by_name[name].label(self.lang) if name else _("left out")
            return ("✓ " if name else "– ") + _("{field} (as before)").format(field=before)
        if declaration is None or not name:
            return _("– left out") if one.field or not one.heading else _("! left out: not known")
        field = declaration.by_name[name]
        label = field.label(self.lang)
        if field.given and name not in ("id", "number") and not field.key:
            return _("– {field}: the program gives it itself").format(field=label)
        return (
            f"✓ {label}"
            if name == one.named
            else _("✓ {field} (similar)").format(field=label)
            if name == one.field
            else f"✓ {label}"
        )

    def _tell_missing(self) -> None:
        missing = self.job.missing
        words = ", ".join(field.label(self.lang) for field in missing)
        told = [_("! no column for: {fields} (new records need it)").format(fields=words)] if missing else []
        for name, value in self.job.always.items():
            label = self._declaration.by_name[name].label(self.lang)
            said = self.job.worded(name, value)
            told.append(_("✓ for all rows: {field} = {value}").format(field=label, value=said))
        told += [self._other_register] if self._other_register else []
        told += [self.job.told] if self.job.told else []
        widget = self.query_one("#missing", Static)
        widget.display = bool(told)
        widget.update(Content("\n".join(map(one_line, told))))

    @property
    def _other_register(self) -> str:
        """That it looks as if it were for another register than the chosen one."""
        fitting, declarations = self._look.fitting, self.office.declarations
        if self.job.declaration is None or not fitting or self._look.table in fitting:
            return ""
        names = ", ".join(declarations[table].plural(self.lang) for table in fitting)
        return _("! By its headings it is for: {registers}. [import.register] chooses another register.").format(
            registers=names
        )

    # what the columns are

    @property
    def here(self) -> SeenColumn | None:
        """The column under the cursor."""
        columns = self._look.columns
        return columns[self.query_one(RecordTable).cursor] if columns else None

    def on_record_table_chosen(self) -> None:
        declaration, column = self.job.declaration, self.here
        if declaration is None or column is None:
            self.action_register()
            return
        holders = {name: one.heading for one in self._look.columns if (name := self.job.fields.get(one.at))}
        names = [one for one in declaration.fields if one.name in ("id", "number") or (one.given and one.key)]
        fields = {one.name: one for one in [*declaration.editable, *names]}
        choices = [Choice(LEFT_OUT, _("– leave this column out"))]
        for name, field in fields.items():
            note = (
                f"← {one_line(holders[name])}" if name in holders else _("required") if field.required == "save" else ""
            )
            choices.append(Choice(name, field.label(self.lang), note))

        def take(chosen: list[str] | None) -> None:
            if chosen:
                self.job.choose(column.at, "" if chosen[0] == LEFT_OUT else chosen[0])
                self._changed()

        title = _("Which field is “{heading}”?").format(heading=one_line(column.heading or f"#{column.at + 1}"))
        intro = " · ".join(map(one_line, column.examples))
        self.app.push_screen(Picker(title, among(choices), chosen=[self.job.fields[column.at]], intro=intro), take)

    def action_leave_out(self) -> None:
        """Out, or back in as it was guessed."""
        if column := self.here:
            self.job.choose(column.at, "" if self.job.fields[column.at] else column.field)
            self._changed()

    def action_always(self) -> None:
        """A value that all rows have and the file does not say; one that was said is taken back."""
        if self.job.declaration is None:
            self.action_register()
            return
        by_name = {one.name: one for one in self._declaration.editable if one.name not in self.job.fields.values()}
        choices = []
        for name, field in sorted(by_name.items(), key=lambda one: one[0] not in self.job.always):
            now = self.job.always.get(name)
            note = _("= {value}: take it back").format(value=self.job.worded(name, now)) if now else ""
            choices.append(Choice(name, field.label(self.lang), note))

        def said(name: str, value: str) -> None:
            self.job.set_always(name, value)
            self._changed()

        def take(chosen: list[str] | None) -> None:
            if chosen and chosen[0] in self.job.always:
                said(chosen[0], "")
            elif chosen:
                why = _("For every row: the file does not say it.")
                ask_value(self, by_name[chosen[0]], "", why, lambda value: said(chosen[0], value))

        self.app.push_screen(Picker(_("Which field has the same value in all rows?"), among(choices)), take)

    # what the file is

    def action_register(self) -> None:
        office = self.office
        names = {state.name: state.label(self.lang) for state in office.plugins}
        fitting = self._look.fitting
        tables = dict.fromkeys([*fitting, *office.declarations])
        choices = [
            Choice(table, ("✓ " if table in fitting else "  ") + one.plural(self.lang), names.get(one.plugin, ""))
            for table in tables if (one := office.declarations.get(table))
        ]  # fmt: skip
        why = _("With ✓ those that its columns fit best.") if fitting else _("No register has these headings.")
        self._choose(
            _("Which register is it for?"), choices, self._look.table, lambda table: (self._look.sheet, table), why
        )

    def action_sheet(self) -> None:
        choices = [Choice(name, one_line(name)) for name in self._look.sheets]
        # Another sheet may well be for another register, unless the import was begun from one.
        self._choose(_("Which sheet?"), choices, self._look.sheet, lambda sheet: (sheet, self.job.wanted))

    def _choose(
        self, title: str, choices: list[Choice], chosen: str, meant: Callable[[str], tuple[str, str]], intro: str = ""
    ) -> None:
        def take(answer: list[str] | None) -> None:
            if answer and answer[0] != chosen:
                sheet, table = meant(answer[0])
                self.run_worker(self._look_again(sheet, table), group="look")

        self.app.push_screen(Picker(title, among(choices), chosen=[chosen], intro=intro), take)

    async def _look_again(self, sheet: str, table: str) -> None:
        try:
            look = await asyncio.to_thread(self.job.process.look, self.job.path, sheet or None, table)
            self.job.looked(self.job.path, look)
        except Refused as refused:
            self.tell(str(refused), wrong=True)
            return
        except Stopped:
            return
        self.query_one(RecordTable).cursor = 0
        self._changed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self._look.sheets) > 1 if action == "sheet" else True

    # on with it

    def action_check(self) -> None:
        if self.job.declaration is None:
            self.action_register()
        elif not any(self.job.fields.values()):
            self.tell(_("Every column is left out: say of one at least which field it is."), wrong=True)
        else:
            self.job.begun = True
            self.app.push_screen(ImportCheckScreen(self.job), self._written)

    def _written(self, answer: str | None) -> None:
        if answer:
            self.dismiss(answer)

    def action_copy_command(self) -> None:
        if words := self.job.command():
            self.intarsi.copy_command(*words)
