"""The office's settings and the person's own, as a form made from their declaration."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ...project import settings
from ...project.where import SETTINGS
from ...project.workspace import Workspace
from ...records.problems import Rejected, errors
from ...store.errors import StoreError
from .. import drafts
from ..form_state import FormState
from ..texts import _, errors_counted, one_line, sentence
from ..widgets.form_body import FormBody
from .page import Page

DRAFT = "_settings"


class SettingsScreen(Page[None]):
    """What holds for this office and for this person; a wrong value is told at its field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True, id="settings.save"),
        Binding("pagedown", "section(1)", "Section", priority=True, id="settings.next"),
        Binding("pageup", "section(-1)", "Section before", show=False, priority=True, id="settings.previous"),
        Binding("tab", "field(1)", "Next field", show=False, priority=True),
        Binding("shift+tab", "field(-1)", "Field before", show=False, priority=True),
        Binding("ctrl+r", "afresh", "Drop what was typed", id="settings.afresh"),
    ]

    def body(self) -> ComposeResult:
        self._set_state()
        if kept := drafts.kept(self.office, DRAFT, ""):
            self.state.values = {**self.state.start, **kept.values}
            self.state.touched = set(self.state.changes)
        yield Static(id="band", markup=False)
        yield FormBody(self.state)

    def _set_state(self) -> None:
        workspace = Workspace(self.office.workspace.path)  # read anew: another program may have changed the file
        self.state = FormState(self.office, settings.declaration(workspace), settings.values(workspace))

    def on_mount(self) -> None:
        self._say()

    def reload(self) -> None:
        """Shows what another program, or a key, has set meanwhile; never over what is being typed."""
        if hasattr(self, "state") and not self.state.changes and self._kept_now() != self.state.doc:
            self.run_worker(self._anew(), exclusive=True)

    def _kept_now(self) -> dict[str, Any]:
        return settings.values(Workspace(self.office.workspace.path))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.state.changes) if action == "afresh" else True

    def _say(self) -> None:
        wrong = len(errors(self.state.problems))
        right = _("● not saved yet") if self.state.changes else ""
        if wrong:
            right += "   " * bool(right) + "▲ " + errors_counted(wrong)
        self.say_title(f"{_('Settings')} ▸ {self.office.workspace.path.name}", right)
        said = [sentence(problem, self.lang) for problem in self.state.elsewhere]
        band = self.query_one("#band", Static)
        band.update(Content(one_line("   ".join(said))))
        band.display = bool(said)
        self.query_one(FormBody).say()
        self.refresh_bindings()

    def on_form_body_changed(self) -> None:
        self._say()

    def on_form_body_left(self, event: FormBody.Left) -> None:
        """Checks the field that was left; and what was typed so far is kept."""
        problem = self.state.check_field(self.state.declaration.by_name[event.name])
        others = [one for one in self.state.problems if one.field != event.name]
        self.state.problems = [*others, *([problem] if problem else [])]
        self._say()
        changes = dict(self.state.changes)
        self.write(lambda: drafts.keep(self.office, DRAFT, "", changes), lambda _none: None)

    async def action_section(self, step: int) -> None:
        body = self.query_one(FormBody)
        await body.open_section(body.here + step)

    async def action_field(self, step: int) -> None:
        if not await self.query_one(FormBody).next_field(step):
            (self.focus_next if step > 0 else self.focus_previous)()

    async def action_afresh(self) -> None:
        self.write(lambda: drafts.forget(self.office, DRAFT, ""), lambda _none: None)
        await self._anew()

    async def _anew(self) -> None:
        """The form as the files are now, with the cursor where it was."""
        here = self.query_one(FormBody).here
        field = getattr(self.focused, "field", None)
        self._set_state()
        await self.query_one(FormBody).remove()
        body = FormBody(self.state)
        body.here = here
        await self.mount(body, after=self.query_one("#band"))
        self._say()
        self.call_after_refresh(body.focus_field, field.name if field else "")

    def action_save(self) -> None:
        changes = dict(self.state.changes)
        if not changes:
            self.tell(_("Nothing was changed."))
            return

        def step() -> None:
            if self.office.store.connection.read_only:
                raise StoreError("only_reading", self.office.workspace.path)
            try:
                settings.save(Workspace(self.office.workspace.path), changes)
            except OSError as error:
                raise Rejected([_not_written(error)]) from None
            drafts.forget(self.office, DRAFT, "")

        async def done(_none: None) -> None:
            if "theme" in changes:
                self.intarsi.use_theme(str(settings.values(None).get("theme", "")))
            self.tell(_("Saved.") if set(changes) == {"theme"} else _("Saved; it holds from the next start."))
            await self._anew()

        self.write(step, done, self._refused)

    async def _refused(self, problems: Any) -> None:
        self.state.problems = list(problems)
        self._say()
        if first := self.state.first_error():
            await self.query_one(FormBody).go_to(first)
        self.app.bell()

    def action_copy_command(self) -> None:
        self.intarsi.copy_command("settings", "show")


def _not_written(error: OSError) -> Any:
    from ...project.errors import ProjectError

    reason = error.strerror or str(error)
    return ProjectError("copy_not_written", str(error.filename or SETTINGS), detail=reason).as_problem("")
