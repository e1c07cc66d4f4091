"""Import, first step: the file."""

import asyncio
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from ...exchange.apart import Refused, Stopped
from ...exchange.looking import Look
from ...project.file_names import as_path
from .. import kept_imports
from ..history import when
from ..import_job import ImportJob
from ..kept_imports import KeptImport
from ..texts import _, one_line
from .file_page import FilePage, PathInput
from .import_columns import ImportColumnsScreen


class ImportScreen(FilePage):
    """Where an import begins.

    Parameters:
        table: the register to import into, "" to have it guessed from the file.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+n", "anew", "Begin anew", id="import.anew")]

    SUFFIXES: ClassVar[tuple[str, ...]] = (
        ".xlsx", ".xls", ".ods", ".csv", ".json", ".xlsm", ".xlsb", ".tsv", ".txt", ".html", ".htm",
    )  # fmt: skip
    WHAT: ClassVar[str] = "import"

    def __init__(self, table: str = "") -> None:
        super().__init__()
        self._table = table
        self._looking = False
        self._offered: KeptImport | None = None
        self._put = ""  # what the program wrote into the line

    def below_path(self) -> ComposeResult:
        yield Static(id="offered", classes="hidden", markup=False)

    def action_copy_command(self) -> None:
        """With the register and the file as far as they are known."""
        declaration = self.office.declarations.get(self._table)
        register = (declaration.plugin, declaration.command) if declaration else ("PLUGIN", "RECORD")
        self.intarsi.copy_command(*register, "import", self.query_one("#path", PathInput).value or "FILE")

    def on_mount(self) -> None:
        self.job = ImportJob(self.office, self._table)
        self._put = self.query_one(PathInput).value

    def on_unmount(self) -> None:
        self.job.process.close()

    def reload(self) -> None:
        declaration = self.office.declarations.get(self._table)
        into = f" ▸ {declaration.plural(self.lang)}" if declaration else ""
        self.say_title(_("Import") + into, _("Step {step} of 4: {what}").format(step=1, what=_("the file")))
        if not self.refusal:
            self._offer()
        super().reload()

    # what was begun before

    def _offer(self) -> None:
        """An import that was not finished stands in the line of the path, unless something else was typed there."""
        found = (one for one in kept_imports.all_kept(self.office) if self._table in ("", one.table))
        self._offered = next(found, None)
        box = self.query_one(PathInput)
        if self._offered and box.value == self._put:
            self._put_in(str(self._offered.path))
        self._tell_offered()

    def _put_in(self, path: str) -> None:
        """Puts a path into the line; one that a person changed, or emptied, stays as it is when the screen is made anew."""
        box, self._put = self.query_one(PathInput), path
        box.value = path
        box.cursor_position = len(path)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell_offered()

    @property
    def _in_the_line(self) -> bool:
        return self._offered is not None and as_path(self.query_one(PathInput).value) == self._offered.path

    def _tell_offered(self) -> None:
        one, band = self._offered, self.query_one("#offered", Static)
        band.set_class(one is None or not self._in_the_line, "hidden")
        if one is not None:
            told = _(
                "! The import of {file} ({moment}) was not finished: [import.take] goes on with it, [import.anew] begins anew."
            )
            gone = _(
                "! The import of {file} ({moment}) was not finished, but the file is gone: put it back, or begin anew with [import.anew]."
            )
            words = (told if one.path.is_file() else gone).format(file=one_line(one.path.name), moment=when(one.moment))
            band.update(Content.assemble((words, "bold $warning")))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "anew" or self._in_the_line

    def action_anew(self) -> None:
        """What was said about the file is forgotten; the file stays where it is."""
        one, table = self._offered, self._table

        def forgotten(_none: None) -> None:
            self.job.process.close()
            self.job = ImportJob(self.office, table)
            self._put_in(self.first_folder())
            self.reload()

        if one is not None:
            self.write(lambda: kept_imports.forget(self.office, one.path), forgotten)

    # on with it

    def take_file(self, path: Path) -> None:
        if not self._looking:  # Enter twice
            self._looking = True
            self.run_worker(self._looked(path.absolute()), group="look")

    async def _looked(self, path: Path) -> None:
        job = self.job
        self.say_title(_("Import"), _("reading the file…"))
        # What was chosen a moment ago need not have been worth keeping.
        before = job.kept if job.look and job.path == path else kept_imports.kept(self.office, path)
        if before and (before.table not in self.office.declarations or self._table not in ("", before.table)):
            before = None
        try:
            look = await asyncio.to_thread(self._look, path, before)
            if moved := kept_imports.moved(self.office, look.digest, self._table) if before is None else None:
                look, before = await asyncio.to_thread(self._look, path, moved), moved
            job.looked(path, look, before)
            if moved:
                self.write(lambda: kept_imports.follow(self.office, moved, job.kept), lambda _none: None)
        except (Refused, OSError) as refused:
            self.reload()
            self.say_wrong(str(refused))
            self.app.bell()
        except Stopped:
            return
        else:
            await self.intarsi.unlocked()
            self.app.push_screen(ImportColumnsScreen(job), self._done)
        finally:
            self._looking = False

    def _look(self, path: Path, before: KeptImport | None) -> Look:
        """The file with the sheet and the register that were chosen for it before, as long as it has that sheet."""
        process = self.job.process
        if before is not None:
            try:
                return process.look(path, before.sheet or None, before.table, before.rows)
            except Refused:
                pass  # said of the file as it is now, or not at all
        return process.look(path, None, self._table)

    def _done(self, answer: str | None) -> None:
        """The way back: the next import begins anew; begun from a list, that is shown again."""
        if not answer:
            return
        table = self.job.look.table if self.job.look else ""
        self.job.process.close()
        self.job = ImportJob(self.office, self._table)
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        elif answer == "show":
            self.intarsi.open_register(table)
