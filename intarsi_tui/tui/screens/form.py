"""A record's form, made from its declaration."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ...project.attachments import Later
from ...project.errors import ProjectError
from ...records.problems import Problem, Rejected, errors
from ...store.errors import AmbiguousRecord, NoSuchRecord, StoreError
from ...store.links import targets
from .. import drafts
from ..form_state import FormState
from ..history import when
from ..pick import naming
from ..rows import in_words, title_of
from ..texts import _
from ..widgets.form_body import FormBody
from .conflict import ConflictScreen
from .form_page import FormPage, form_keys

MOST_TOLD = 2  # warnings in the notice about a save: eight lay over half of the list


class FormScreen(FormPage[int]):
    """Adds a record, or edits the record `uid`; answers with the document id of what was saved.

    Parameters:
        problems: what is wrong already, when the form opens because of it.
        typed: what was looked for and not found, when a new record is added because of that: its first title field.
        known: values of fields of a new record that nobody has to be asked for, since it is added out of another one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *form_keys(
            "form",
            Binding("ctrl+s", "save", "Save", priority=True, id="form.save"),
            Binding("ctrl+o", "confirm", "Confirm", priority=True, id="form.confirm"),
        ),
        Binding("ctrl+r", "afresh", "Drop what was typed", id="form.afresh"),
        Binding("ctrl+z", "untype", "Undo typing", show=False),
    ]

    def __init__(
        self,
        table: str,
        uid: str = "",
        *,
        problems: Sequence[Problem] = (),
        typed: str = "",
        known: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.table_name, self.uid, self._typed, self._known = table, uid, typed, dict(known or {})
        self._problems = problems
        self._resumed = self._elsewhere = ""
        self._done = self._tried = False
        self._confirms = bool(problems)  # only who wanted to confirm comes with what is wrong
        self._saved_as: int | None = None
        # Records that were added out of this form before it had one itself: they name it when it is saved.
        self.made: list[tuple[str, str]] = []

    @property
    def kept_open(self) -> bool:
        return True

    def body(self) -> ComposeResult:
        doc = dict(self.records.one(self.uid)) if self.uid else None
        self.state = FormState(self.office, self.office.declarations[self.table_name], doc)
        self.state.problems = self._problems
        self.state.know(self._known)
        other = drafts.kept_elsewhere(self.office, self.table_name, self.uid) if self.uid else None
        self._elsewhere = when(other.moment) if other else ""
        if kept := drafts.kept(self.office, self.table_name, self.uid):
            self.state.take_up(kept.values, kept.before)
            self.made = [*kept.made]
            self._resumed = when(kept.moment)
            if not self.office.store.connection.read_only:
                self.write(lambda: drafts.adopt(self.office, kept), lambda _none: None)
            self.state.problems = self._blamed(self._check())
        elif self._typed:
            self._begin_with(self._typed)
        yield Static(id="band", markup=False)
        yield FormBody(self.state)

    def _begin_with(self, typed: str) -> None:
        fields = {field.name: field for field in self.state.fields}
        name = next((one for one in self.state.declaration.title if one in fields), "")
        if name and fields[name].kind.name == "text":
            self.state.set(name, typed)

    @property
    def records(self) -> Any:
        return self.office.table(self.table_name)

    def on_mount(self) -> None:
        self._say()
        if self._problems:
            self._tried = True
            first = self.state.first_error() or self._problems[0]
            # The fields take the focus themselves when they are there: only then it goes to the error.
            self.call_after_refresh(self.call_after_refresh, self.query_one(FormBody).go_to, first)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "confirm":
            return self.state.doc is None or self.state.doc["state"] == "draft"
        return super().check_action(action, parameters)

    def heading(self) -> str:
        declaration, doc = self.state.declaration, self.state.doc
        return f"{declaration.label(self.lang)} ▸ " + (title_of(declaration, doc, self.office) if doc else _("adding"))

    def notes(self) -> list[str]:
        words = _("Taken up again: what was typed on {moment} and not saved. [form.afresh] drops it.")
        elsewhere = _("! You are changing this record in another window too (not saved there, {moment}).")
        said = ((elsewhere, self._elsewhere), (words, self._resumed))
        return [sentence.format(moment=moment) for sentence, moment in said if moment]

    # while typing

    def on_form_body_changed(self) -> None:
        self._say()
        self.keep_soon()

    def keep_now(self) -> None:
        if self.state.changes and not self._done:
            drafts.keep(self.office, self.table_name, self.uid, dict(self.state.values), self.state.before, self.made)
        elif not self._done:  # what was typed was taken back
            drafts.forget(self.office, self.table_name, self.uid)

    def left(self, name: str) -> None:
        """Checks the record when a field was left; fields that nobody has been in yet are not blamed."""
        problem = self.state.check_field(self.state.declaration.by_name[name])
        found = [problem] if problem else self._check()
        others = [one for one in self.state.problems if problem and one.field != name]
        self.state.problems = [*others, *self._blamed(found)]
        self._say()

    def _blamed(self, found: Sequence[Problem]) -> list[Problem]:
        """Who has tried to save has been told of all fields, and goes on being told until they are put right."""
        return [
            one
            for one in found
            if self._tried or ((one.field or "").partition(".")[0] in self.state.touched and one.code != "required")
        ]

    def _check(self) -> list[Problem]:
        values = self.state.as_if_taken(self.state.changes if self.uid else self.state.values)
        found: list[Problem] = self.records.problems(values, self.uid or None, self.state.doc, confirm=self._confirms)
        return self.state.check_files() + self._to_tell(found)

    def action_untype(self) -> None:
        """Not the app's undo: in a form Ctrl+Z concerns what is typed; text areas have their own."""
        self.app.bell()

    def action_afresh(self) -> None:
        # Read again: somebody else may have saved the record since the form opened.
        stored = self.office.get(self.table_name, self.uid) if self.uid else None
        self.state.afresh(dict(stored) if stored else self.state.doc)
        self._resumed, self._tried, self._confirms = "", False, False
        self.drop_rest()
        self.query_one(FormBody).show_values()
        self._say()
        self.write(lambda: drafts.forget(self.office, self.table_name, self.uid), lambda _none: None)

    def action_back(self) -> None:
        self.keep()
        if self.state.changes:
            self.tell(_("What you typed is kept: it is here again when you come back."))
        super().action_back()

    # saving

    def action_save(self) -> None:
        self._save(confirm=False)

    def action_confirm(self) -> None:
        self._save(confirm=True)

    def _save(self, *, confirm: bool) -> None:
        if self.busy:
            return
        self.keep()
        self.busy = True
        self.write(
            lambda: self._try(confirm),
            lambda saved: self._saved(saved, confirm),
            lambda found: self._refused(found, confirm),
        )

    def _try(self, confirm: bool) -> Any:
        try:
            return self._store(confirm)
        # A full disk, a file that vanished, a record that was removed meanwhile: the form stays, to be saved again.
        except (StoreError, ProjectError, NoSuchRecord, AmbiguousRecord):
            self.busy = False
            raise

    def _store(self, confirm: bool) -> Any:
        """Runs on the writing thread. One operation: what is saved and confirmed together is undone together."""
        office, state = self.office, self.state
        if any(state.check_field(field) for field in state.fields) and errors(problems := self._check()):
            raise Rejected(problems)
        files = Later(office.workspace.files)
        values = state.with_files(state.values if state.doc is None else state.changes, files)
        with office.store.operation(("edit" if state.doc else "add") + "-confirm" * confirm):
            if state.doc is None:
                saved = self.records.add(values, confirm=confirm)
                if self._name_in_others(saved.doc):  # what was missing in them is no longer to be told
                    saved = saved._replace(warnings=self.records.problems({}, saved.doc["id"]))
            else:
                saved = self.records.edit(self.uid, values, base=state.doc, confirm=confirm)
            files.keep()
            drafts.forget(office, self.table_name, self.uid)
        return saved

    def _name_in_others(self, doc: Mapping[str, Any]) -> bool:
        """Those that were added out of this form, and that it still names, name it as well; whether any does now."""
        named, done = targets(self.state.declaration, doc), False
        for uid, (table, field) in self._nameless().items():
            if uid in named:
                with suppress(Rejected):  # a rule of its own says what stands in the way when it is opened
                    self.office.table(table).edit(uid, {field: doc["id"]})
                    done = True
        return done

    def _nameless(self) -> dict[str, tuple[str, str]]:
        """Those that were added out of this form and name nobody yet: register, and the field by which they can."""
        named = ((uid, table, naming(self.office, table, self.table_name)) for table, uid in self.made)
        return {
            uid: (table, field)
            for uid, table, field in named
            if field and (other := self.office.get(table, uid)) and not other.get(field)
        }

    def _to_tell(self, found: Sequence[Problem]) -> list[Problem]:
        """Without warnings of those that are going to name this record when it is saved: nobody has to do that."""
        soon = self._nameless() if self.made else {}
        return [one for one in found if one.severity == "error" or self.state.value_at(one.field) not in soon]

    def _saved(self, saved: Any, confirm: bool) -> None:
        self._done = True
        number = saved.doc.get("number")
        text = _("Confirmed with number {number}.").format(number=number) if confirm else _("Saved.")
        if saved.doc["state"] == "draft":
            text = _("Saved as a draft.")
        warnings = saved.warnings
        told = [text, in_words(self.office.declarations[self.table_name], warnings[:MOST_TOLD], self.lang)]
        if len(warnings) > MOST_TOLD:
            told.append(_("more warnings: {count}, on the page of the record").format(count=len(warnings) - MOST_TOLD))
        self.tell(" ! ".join(filter(None, told)))
        self._saved_as = saved.doc.doc_id
        if self in self.app.screen_stack:
            while self.app.screen is not self:  # a list, or a question, that was opened while it was being saved
                self.app.pop_screen()
            self._close()

    def _close(self) -> None:
        saved_as, self._saved_as = self._saved_as, None
        self.dismiss(saved_as)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self._saved_as is not None:  # saved while another mode was in front
            self._close()

    async def _refused(self, problems: Sequence[Problem], confirm: bool) -> None:
        self.busy = False
        # Nobody decides whose value is to hold while another one is wrong: the form would be refused again after it.
        if self.uid and any(problem.code == "changed_meanwhile" for problem in problems) and not self.state.alone():
            self._settle(problems, confirm)
            return
        self._tried, self._confirms = True, confirm
        found = self._to_tell([problem for problem in problems if problem.code != "changed_meanwhile"])
        if confirm and found:  # all that is missing at once, also what would only be asked for next
            told = {problem.field for problem in found}
            found += [problem for problem in errors(self._check()) if problem.field not in told]
        await self.blame(found)

    def action_copy_command(self) -> None:
        """Without what was typed: values do not belong into the history of a shell."""
        declaration = self.state.declaration
        reference = (self.state.doc or {}).get("number") or self.uid
        words = ["edit", reference] if self.uid else ["add"]
        self.intarsi.copy_command(declaration.plugin, declaration.command, *words)

    def _settle(self, problems: Sequence[Problem], confirm: bool) -> None:
        """Asks, field by field, what is to hold of what two people changed; then saves again, through all checks."""
        present = dict(self.records.one(self.uid))

        def take(given_up: set[str] | None) -> None:
            if given_up is not None:
                self.state.rebase(present, given_up)
                self.query_one(FormBody).show_values()
                self._say()
                self._save(confirm=confirm)

        self.app.push_screen(ConflictScreen(self.state, present, problems), take)
