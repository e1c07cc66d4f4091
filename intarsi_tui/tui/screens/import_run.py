"""The check and the writing of an import, run in the other process, with how far they have come."""

import asyncio
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ...exchange.apart import Refused, Stopped, Taken
from ...exchange.remembered import remember
from ...records.declaration import Declaration
from ...store import StoreError
from .. import kept_imports
from ..import_job import ImportJob
from ..texts import _, counted, errors_counted, one_line
from .import_done import ImportDoneScreen
from .page import Page


class Progressed(Message):
    """So many rows are done."""

    def __init__(self, done: int) -> None:
        super().__init__()
        self.done = done


class ImportRunPage(Page[str]):
    """A page that checks its job from the beginning, again after each correction, and writes it; it has a Static called `scope`.

    Answers as the last step does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "write", "Import", id="import.write"),
        Binding("s", "stop", "Stop", id="import.stop"),
        Binding("c", "check", "Check", id="import.check_again"),
    ]

    def __init__(self, job: ImportJob) -> None:
        super().__init__()
        self.job = job
        self._wanted, self._done = 1, 0  # numbers of the check that is wanted, and of the last one that came to its end
        self._at_work = ""  # "check" or "write"
        self._refused = ""
        self._rows = 0

    def on_mount(self) -> None:
        self.job.taken = None
        self._check_anew()

    def on_unmount(self) -> None:
        self.put_down()

    def put_down(self) -> None:
        """What was being checked or written is rolled back; the import is offered again."""
        self.job.process.stop()

    @property
    def declaration(self) -> Declaration:
        """The register that is written to."""
        declaration = self.job.declaration
        assert declaration is not None
        return declaration

    @property
    def writing(self) -> bool:
        """Whether it is being written just now: nothing can be corrected any more."""
        return self._at_work == "write"

    @property
    def settled(self) -> bool:
        """Whether a check has come to its end and nothing runs."""
        return not self._at_work and self.job.taken is not None

    def changed(self) -> None:
        """Something was corrected: what the check said before is no longer so."""
        self._wanted += 1
        self._check_anew()
        self.reload()

    def _check_anew(self) -> None:
        """Checks from the beginning with what is corrected by now; a check that runs is given up."""
        if self._at_work:
            self.job.process.stop()
        else:
            self._at_work = "check"
            self.run_worker(self._checking(), group="import")

    async def _checking(self) -> None:
        while self._done != self._wanted and self.is_attached:
            number = self._wanted
            await self._keep()  # first: a check may take minutes
            try:
                self.job.taken = await self._take(write=False)
                self._done = number
            except Stopped:
                if number == self._wanted:  # by a person, not for the sake of a correction
                    break
        self._at_work = ""
        self.reload()

    async def _keep(self) -> None:
        """Keeps what was corrected by now for another day."""
        job, office = self.job, self.office
        if job.begun:
            job.begun, kept = False, job.kept
            try:
                await self.intarsi.in_background(lambda: kept_imports.keep(office, kept))
            except StoreError as error:
                self.tell(error.text(self.lang), wrong=True)

    async def _take(self, *, write: bool) -> Taken | None:
        """Raises Stopped."""
        self._rows, self._refused = 0, ""
        self.reload()
        job = self.job

        def follow(done: int) -> None:
            self.post_message(Progressed(done))

        try:
            return await asyncio.to_thread(
                job.process.take, self.declaration.table, job.adjusted, write=write, follow=follow
            )
        except Refused as refused:
            self._refused = str(refused)
            return None

    async def _writing(self) -> None:
        try:
            taken = await self._take(write=True)
        except Stopped:
            self.tell(_("Stopped: nothing was written."))
            taken = None
        await self.intarsi.unlocked()
        self._at_work = ""
        if taken is not None:
            self.job.taken = taken
        self.reload()
        if taken is not None and not taken.errors:
            self._done_with()
            self.app.push_screen(ImportDoneScreen(self.job), self._written)
        elif taken is not None:  # somebody else changed a record meanwhile
            self.app.bell()

    def _done_with(self) -> None:
        """Nothing is left to go on with; which fields its columns were is remembered for files with the same headings."""
        office, job, look = self.office, self.job, self.job.look
        assert look is not None

        def note() -> None:
            kept_imports.forget(office, job.path)
            remember(office, look.table, look.columns, job.fields)

        self.write(note, lambda _none: None)

    def _written(self, answer: str | None) -> None:
        self.dismiss(answer)

    def on_progressed(self, event: Progressed) -> None:
        self._rows = event.done
        self.tell_state()

    def tell_state(self) -> None:
        """Writes how far it has come, or what came of it."""
        look = self.job.look
        rows = counted(look.rows if look else 0, self.lang)
        step = _("Step {step} of 4: {what}").format(step=3, what=_("the check"))
        self.say_title(f"{_('Import')} ▸ {self.declaration.plural(self.lang)}", step)
        self.query_one("#scope", Static).update(self._state(rows))

    def _state(self, rows: str) -> Content:
        taken, done = self.job.taken, counted(self._rows, self.lang)
        if self._at_work == "write":
            return Content(
                _("Writing: {done} of {rows} rows.  [import.stop] stops, and nothing is written").format(
                    done=done, rows=rows
                )
            )
        if self._at_work:
            return Content(_("Checking: {done} of {rows} rows.  [import.stop] stops").format(done=done, rows=rows))
        if self._refused:
            return Content.assemble((one_line(f"▲ {self._refused}"), "bold $error"))
        if taken is None:
            return Content(_("Not checked.  [import.check_again] checks"))
        counts = _("{new} new, {changed} changed, {unchanged} unchanged").format(
            **{name: counted(getattr(taken, name), self.lang) for name in ("new", "changed", "unchanged")}
        )
        parts: list[Any] = []
        if taken.errors:
            parts.append(("▲ " + errors_counted(taken.errors) + "  ", "bold $error"))
        if taken.warnings:
            parts.append((_("! warnings: {count}").format(count=counted(taken.warnings, self.lang)) + "  ", "$warning"))
        if not taken.errors:
            parts.append(_("It would be: {counts}").format(counts=counts))
        if taken.errors + taken.warnings > len(taken.remarks):
            told = _("  the first {count} are shown; [import.list] writes all to a file")
            parts.append(told.format(count=counted(len(taken.remarks), self.lang)))
        return Content.assemble(*parts)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "stop":
            return bool(self._at_work)
        if action == "check":
            return not self._at_work and self._done != self._wanted
        return action != "write" or not self._at_work

    def action_check(self) -> None:
        self._check_anew()

    def action_stop(self) -> None:
        self.job.process.stop()

    def action_write(self) -> None:
        """The one key that writes."""
        taken = self.job.taken
        if self._at_work or taken is None or self._done != self._wanted:
            self._check_anew()
        elif taken.errors:
            self.tell(_("Correct the rows with ▲, or leave them out with x: nothing is written before."), wrong=True)
        elif not (taken.new or taken.changed):
            self.tell(_("There is nothing to write: the register has all of it already."))
        else:
            self._at_work = "write"
            self.run_worker(self._writing(), group="import")

    def action_back(self) -> None:
        """Esc stops what runs; what was corrected stays for when one comes here again."""
        if self._at_work == "write":
            self.action_stop()
        else:
            super().action_back()
