"""Import, first step: the file."""

import asyncio
from pathlib import Path
from typing import ClassVar

from ...exchange.apart import Refused, Stopped
from ..import_job import ImportJob
from ..texts import _
from .file_page import FilePage, PathInput
from .import_columns import ImportColumnsScreen


class ImportScreen(FilePage):
    """Where an import begins.

    Parameters:
        table: the register to import into, "" to have it guessed from the file.
    """

    SUFFIXES: ClassVar[frozenset[str]] = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json"))

    def __init__(self, table: str = "") -> None:
        super().__init__()
        self._table = table
        self._looking = False

    def action_copy_command(self) -> None:
        """With the register and the file as far as they are known."""
        declaration = self.office.declarations.get(self._table)
        register = (declaration.plugin, declaration.command) if declaration else ("PLUGIN", "RECORD")
        self.intarsi.copy_command(*register, "import", self.query_one("#path", PathInput).value or "FILE")

    def on_mount(self) -> None:
        self.job = ImportJob(self.office, self._table)

    def on_unmount(self) -> None:
        self.job.process.close()

    def reload(self) -> None:
        declaration = self.office.declarations.get(self._table)
        into = f" ▸ {declaration.plural(self.lang)}" if declaration else ""
        self.say_title(_("Import") + into, _("Step {step} of 4: {what}").format(step=1, what=_("the file")))
        super().reload()

    def take_file(self, path: Path) -> None:
        if not self._looking:  # Enter twice
            self._looking = True
            self.run_worker(self._looked(path.absolute()), group="look")

    async def _looked(self, path: Path) -> None:
        job = self.job
        right = _("reading the file…")
        self.say_title(_("Import"), right)
        # The register and sheet that were chosen for the same file before stay.
        again = job.look if job.path == path else None
        table, sheet = (again.table, again.sheet or None) if again else (self._table, None)
        try:
            look = await asyncio.to_thread(job.process.look, path, sheet, table)
            job.looked(path, look)
        except (Refused, OSError) as refused:
            self.reload()
            self.say_wrong(str(refused))
            self.app.bell()
        except Stopped:
            return
        else:
            self.app.push_screen(ImportColumnsScreen(job), self._done)
        finally:
            self._looking = False

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
