"""The office's settings and the person's own, as a form made from their declaration."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ...project import settings
from ...project.errors import ProjectError
from ...project.where import SETTINGS
from ...project.workspace import Workspace
from ...records.declaration import Field
from ...records.problems import Problem, Rejected
from ...store.errors import StoreError
from .. import drafts
from ..form_state import FormState
from ..texts import _
from ..widgets.form_body import FormBody
from .form_page import FormPage, form_keys

DRAFT = "_settings"


class SettingsState(FormState):
    """Says of what is empty what holds then."""

    def understood(self, field: Field) -> str:
        holds = settings.EMPTY[field.name](self.office.lang)
        return f"({holds})" if holds and self.values.get(field.name) is None else super().understood(field)


class SettingsScreen(FormPage[None]):
    """What holds for this office and for this person; a wrong value is told at its field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *form_keys("settings", Binding("ctrl+s", "save", "Save", priority=True, id="settings.save")),
        Binding("ctrl+r", "afresh", "Drop what was typed", id="settings.afresh"),
    ]

    def body(self) -> ComposeResult:
        self.state = self._as_kept()
        if kept := drafts.kept(self.office, DRAFT, ""):
            self.state.values = {**self.state.start, **kept.values}
            self.state.touched = set(self.state.changes)
        yield Static(id="band", markup=False)
        yield FormBody(self.state)

    def _as_kept(self) -> FormState:
        workspace = Workspace(self.office.workspace.path)  # read anew: another program may have changed the file
        return SettingsState(self.office, settings.declaration(workspace), settings.values(workspace))

    def on_mount(self) -> None:
        self._say()

    def reload(self) -> None:
        """Shows what another program, or a key, has set meanwhile; never over what is being typed."""
        if hasattr(self, "state") and not self.state.changes and self._as_kept().doc != self.state.doc:
            self.run_worker(self.shown_anew(self._as_kept()), exclusive=True)

    def heading(self) -> str:
        return f"{_('Settings')} ▸ {self.office.workspace.path.name}"

    def on_form_body_changed(self) -> None:
        self._say()
        self.keep_soon()

    def keep_now(self) -> None:
        if self.state.changes:
            drafts.keep(self.office, DRAFT, "", dict(self.state.changes))
        else:  # what was typed was taken back
            drafts.forget(self.office, DRAFT, "")

    async def action_afresh(self) -> None:
        self.drop_rest()
        self.write(lambda: drafts.forget(self.office, DRAFT, ""), lambda _none: None)
        await self.shown_anew(self._as_kept())

    def action_save(self) -> None:
        changes = dict(self.state.changes)
        if not changes:
            self.tell(_("Nothing was changed."))
            return

        self.keep()

        def step() -> None:
            if self.office.store.connection.read_only:
                raise StoreError("only_reading", self.office.workspace.path)
            try:
                settings.save(Workspace(self.office.workspace.path), changes)
            except OSError as error:
                raise Rejected([_not_written(error)]) from None
            drafts.forget(self.office, DRAFT, "")
            self.office.read_settings()

        async def done(_none: None) -> None:
            self.tell(self._hold(changes))
            await self.shown_anew(self._as_kept())

        self.write(step, done, self.blame)

    def _hold(self, changes: dict[str, Any]) -> str:
        """Has hold at once what can; what is to be said of the rest."""
        if "theme" in changes:
            self.intarsi.use_theme(str(settings.values(None).get("theme", "")))
        # What is on the screens already is in the other language.
        return _("Saved; the language holds from the next start.") if "language" in changes else _("Saved.")

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("settings", "show")


def _not_written(error: OSError) -> Problem:
    reason = error.strerror or str(error)
    return ProjectError("copy_not_written", str(error.filename or SETTINGS), detail=reason).as_problem("")
