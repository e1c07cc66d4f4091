"""Import, last step: what was written, and the way to take it back."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ...store import Undone
from ..import_job import ImportJob
from ..texts import _, counted, one_line
from .page import Page


class ImportDoneScreen(Page[str]):
    """What the import did; answers `done`, or `show` when its register is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "show", "Show the register", id="import.show"),
        Binding("u", "undo_import", "Undo the import", id="import.undo"),
    ]

    def __init__(self, job: ImportJob) -> None:
        super().__init__()
        self.job = job
        self._undone = False

    def body(self) -> ComposeResult:
        with VerticalScroll(id="outcome"):
            yield Static(id="counts", markup=False)

    def reload(self) -> None:
        job, taken, declaration = self.job, self.job.taken, self.job.declaration
        assert taken is not None and declaration is not None  # noqa: PT018
        step = _("Step {step} of 4: {what}").format(step=4, what=_("done"))
        self.say_title(f"{_('Import')} ▸ {declaration.plural(self.lang)}", step)
        head = (_("Undone: the register is as it was."), "bold") if self._undone else (_("✓ Imported"), "bold $success")
        parts: list[Any] = [head, "\n\n", one_line(job.path), "\n\n"]
        for label, count in (
            (_("added:"), taken.new), (_("changed:"), taken.changed), (_("were the same already:"), taken.unchanged),
            (_("rows left out:"), len(job.without)), (_("values corrected here:"), job.corrected),
            (_("warnings:"), taken.warnings),
        ):  # fmt: skip
            parts.append(f"{label} {counted(count, self.lang)}\n")
        if taken.ignored:
            parts.append(_("columns left out:") + " " + ", ".join(map(one_line, taken.ignored)) + "\n")
        if not self._undone:
            parts.append(
                "\n"
                + _(
                    "New records are drafts. [import.undo] takes all of it back, now or later from the history ([app.history])."
                )
            )
        self.query_one("#counts", Static).update(Content.assemble(*parts))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "undo_import" or not self._undone

    def action_undo_import(self) -> None:
        def done(_step: Undone) -> None:
            self._undone = True
            self.reload()

        self.write(self.office.store.undo, done)

    def action_show(self) -> None:
        self.dismiss("show")

    def action_back(self) -> None:
        self.dismiss("done")

    def action_copy_command(self) -> None:
        self.intarsi.copy_command(*self.job.command())
