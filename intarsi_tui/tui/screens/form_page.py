"""What all screens have whose body is a form: its keys, the saying of what is wrong, and where the cursor goes then."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from ...records.problems import Problem, errors
from ...store.errors import StoreError
from .. import drafts
from ..form_state import FormState
from ..texts import _, errors_counted, one_line, sentence
from ..widgets.form_body import FormBody
from .page import Page

R = TypeVar("R")


def form_keys(group: str, *first: Binding) -> list[BindingType]:
    """Keys of a form's screen, `first` before those that all have; each screen's have names of their own in `group`."""
    return [
        *first,
        Binding("pagedown", "section(1)", "Section", priority=True, id=f"{group}.next"),
        Binding("pageup", "section(-1)", "Section before", show=False, priority=True, id=f"{group}.previous"),
        Binding("tab", "field(1)", "Next field", show=False, priority=True),
        Binding("shift+tab", "field(-1)", "Field before", show=False, priority=True),
    ]


class FormPage(Page[R]):
    """A page with a band `#band` and, when something is asked, a `FormBody` of `state`."""

    state: FormState
    _rest: Timer | None = None
    _waits = False

    def heading(self) -> str:
        """What stands at the left of the title line."""
        return ""

    def mark(self) -> str:
        """What stands at its right besides the errors."""
        return _("● not saved yet") if self.state.changes else ""

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return hasattr(self, "state") and bool(self.state.changes)

    @property
    def kept_open(self) -> bool:
        return self.unsaved

    def notes(self) -> list[str]:
        """What the band says before the problems that belong to no field."""
        return []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "section":
            return len(self.state.sections) > 1
        if action == "afresh":
            return bool(self.state.changes)
        return True

    def _say(self) -> None:
        """Title, band and fields as the state is now."""
        wrong = len(errors(self.state.problems))
        right = [self.mark(), "▲ " + errors_counted(wrong) if wrong else ""]
        self.say_title(self.heading(), "   ".join(filter(None, right)))
        said = [*self.notes(), *(sentence(problem, self.lang) for problem in self.state.elsewhere)]
        band = self.query_one("#band", Static)
        band.update(Content(one_line("   ".join(said))))
        band.display = bool(said)
        for body in self.query(FormBody):
            body.say()
        self.refresh_bindings()

    def on_form_body_left(self, event: FormBody.Left) -> None:
        self.left(event.name)

    def left(self, name: str) -> None:
        """Checks the field `name`, alone: somebody went on from it."""
        problem = self.state.check_field(self.state.declaration.by_name[name])
        others = [one for one in self.state.problems if one.field != name]
        self.state.problems = [*others, *([problem] if problem else [])]
        self._say()

    async def blame(self, problems: Sequence[Problem]) -> None:
        """Says what is wrong, and goes to the first field that is."""
        self.state.problems = problems
        self._say()
        if first := self.state.first_error():
            await self.query_one(FormBody).go_to(first)
        self.app.bell()

    # what is typed is kept

    def keep_soon(self) -> None:
        """Called at each key: what was typed is kept a moment after the first that is not."""
        if not self._rest and not self.office.store.connection.read_only:  # there it is said once, when one saves
            self._rest = self.set_timer(drafts.REST, self.keep)

    def keep(self) -> None:
        """Keeps what rests, so that closing the window, or a crash, loses nothing."""
        if self._rest:
            self.drop_rest()
            # While it waits for its turn to write, since another program does, what is typed goes with it.
            if not self._waits:
                self._waits = True
                self.write(self._keep, lambda _none: None)

    def drop_rest(self) -> None:
        """What was typed lately need not be kept."""
        if self._rest:
            self._rest.stop()
            self._rest = None

    def _keep(self) -> None:
        self._waits = False
        try:
            self.keep_now()
        except StoreError:  # another program has the database: told, and tried again after a while
            self.app.call_from_thread(self._keep_later)
            raise

    def _keep_later(self) -> None:
        if self.is_attached and not self._rest:
            self._rest = self.set_timer(drafts.LATER, self.keep)

    def on_unmount(self) -> None:
        """The program ends while the last words rest: they are kept as well."""
        if self._rest:
            with suppress(StoreError):
                self.keep_now()

    async def action_section(self, step: int) -> None:
        for body in self.query(FormBody):
            await body.open_section(body.here + step)

    async def action_field(self, step: int) -> None:
        for body in self.query(FormBody):
            if await body.next_field(step):
                return
        (self.focus_next if step > 0 else self.focus_previous)()

    async def shown_anew(self, state: FormState) -> Any:
        """Another state in the place of this one, with the cursor where it was."""
        old = self.query_one(FormBody)
        field = getattr(self.focused, "field", None)
        self.state = state
        await old.remove()
        body = FormBody(state, field.name if field else "")
        body.here = old.here
        await self.mount(body, after=self.query_one("#band"))
        self._say()
