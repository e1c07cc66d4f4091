"""The first start, without an office: a few questions, each with a way back; nothing is written before the last key."""

from pathlib import PurePath
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from ... import person
from ...project.workspace import Workspace
from ...reference.tables import fold
from ..first_office import Answers, project
from ..keys import in_order
from ..terminal_app import TerminalApp
from ..texts import _, cell, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.editors import LineInput
from ..widgets.hints import Hints
from ..widgets.record_table import RecordTable
from ..widgets.too_small import TooSmall


class HelpScreen(ModalScreen[None]):
    """What the keys do in the assistant, and what else there is to know of the question."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "dismiss", "Back", id="first.help_back")]

    def __init__(self, step: "Step", keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._step, self._keys = step, keys

    def compose(self) -> ComposeResult:
        width = max(cell_len(name) for name, _words in self._keys)
        listed = [f"{cell(name, width)}  {words}" for name, words in self._keys]
        with Vertical(id="window"):
            yield Static(Content(one_line(self._step.question())), id="window-title")
            yield Static(Content(lines("\n".join([self._step.intro(), "", *listed]).strip())), id="first-help")
            yield Static(Content(lines(_("Nothing is written before the last step. The commands “intarsi init” and “intarsi demo” do the same."))), id="told")  # fmt: skip
            yield Hints()


class Step(Screen[None]):
    """One question. `take` reads the answer and goes on; Esc goes one step back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="first.back")]

    @property
    def assistant(self) -> "Assistant":
        assert isinstance(self.app, Assistant)
        return self.app

    @property
    def answers(self) -> Answers:
        return self.assistant.answers

    def question(self) -> str:
        """The question."""
        return ""

    def intro(self) -> str:
        """What a person has to know to answer it."""
        return ""

    def body(self) -> ComposeResult:
        """Where the answer is given."""
        yield from ()

    def compose(self) -> ComposeResult:
        # Without a total: how many follow depends on what is answered.
        place = _("step {at}").format(at=self.assistant.at + 1) if self.assistant.at else ""
        yield Static(Content(one_line(f"intarsi ▸ {self.question()}   {place}")), id="title")
        with Vertical(id="first-run"):
            if said := self.intro():
                yield Static(Content(lines(said)), id="first-said")
            yield from self.body()
            yield Static("", id="told", markup=False)
        yield Hints()
        yield TooSmall()

    def tell(self, text: str) -> None:
        """Says below the answer why it is not taken."""
        self.query_one("#told", Static).update(Content(f"▲ {lines(text)}" if text else ""))
        if text:
            self.app.bell()

    def action_back(self) -> None:
        self.assistant.go(-1)


class AnswerTable(RecordTable):
    """Enter chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Choose", id="first.choose")]


class ChoiceStep(Step):
    """A question with a few answers."""

    _typed = ""  # letters of the answer that is looked for

    def choices(self) -> list[tuple[str, str]]:
        """Value and wording of each answer."""
        return []

    def present(self) -> str:
        """The answer that the cursor begins on."""
        return ""

    def take(self, value: str) -> None:
        """The answer."""

    def body(self) -> ComposeResult:
        yield AnswerTable([Column("answer", "", 40, grows=True)], header=False)

    def on_mount(self) -> None:
        found = self.choices()
        at = next((place for place, (value, _words) in enumerate(found) if value == self.present()), 0)
        table = self.query_one(RecordTable)
        table.show([Line((words,)) for _value, words in found], cursor=at)
        table.focus()

    def on_record_table_chosen(self, event: RecordTable.Chosen) -> None:
        self.take(self.choices()[event.index][0])

    def on_key(self, event: events.Key) -> None:
        """Letters lead to the answer with a word that begins so; an arrow begins anew."""
        letter = (event.character or "") if event.is_printable else ""
        if letter and not fold(letter) and not (letter.isspace() and self._typed):  # “?” is help
            return
        typed = self._typed[:-1] if event.key == "backspace" else self._typed + letter
        if not letter and event.key != "backspace":
            self._typed = ""
            return
        found = [at for at, (_value, words) in enumerate(self.choices()) if f" {fold(typed)}" in f" {fold(words)}"]
        if not found:
            return
        event.stop()
        self._typed = typed
        self.query_one(RecordTable).cursor = found[0]
        self.query_one("#told", Static).update(Content(f"/ {one_line(typed)}_" if typed else ""))


class TypedStep(Step):
    """A question that is answered by typing; Enter goes through the lines and then on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Go on", priority=True, id="first.next"),
        Binding("up", "above", "Line above", id="first.above"),
        Binding("down", "app.focus_next", show=False),
    ]

    def asked(self) -> list[tuple[str, str, str, bool]]:
        """Name, label, present text, and whether it is hidden, of each line."""
        return []

    def hold(self, typed: dict[str, str]) -> None:
        """Remembers the lines as typed, also when one goes back."""

    def take(self, typed: dict[str, str]) -> tuple[str, str]:
        """Which line is wrong, and why; with no reason one goes on."""
        return "", ""

    def body(self) -> ComposeResult:
        for name, label, text, hidden in self.asked():
            yield Static(Content(label), classes="label")
            # Not `LineInput`, which shows what stands there.
            kind = Input if hidden else LineInput
            yield kind(text, id=f"typed-{name}", password=hidden, compact=True)

    def on_mount(self) -> None:
        fields = list(self.query(Input))
        self.query_one("#first-run").set_class(len(fields) > 2, "-many")
        if fields:
            fields[0].focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "above" or len(self.query(Input)) > 1

    def action_above(self) -> None:
        self.focus_previous()

    def action_next(self) -> None:
        fields = list(self.query(Input))
        at = next((place for place, one in enumerate(fields) if one is self.focused), len(fields))
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.hold(typed := self._typed())
            name, why = self.take(typed)
            if why:
                self.query_one(f"#typed-{name}").focus()
                self.tell(why)
            else:
                self.assistant.go(1)

    def action_back(self) -> None:
        self.hold(self._typed())
        super().action_back()

    def _typed(self) -> dict[str, str]:
        return {str(one.id).removeprefix("typed-"): one.value for one in self.query(Input)}


class Assistant(TerminalApp[Workspace]):
    """Asks, makes the office, and answers with it; `None` when it was left."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["../app.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "leave", "Quit", priority=True, id="first.quit"),
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+t", "theme", "Other colours", show=False, id="first.theme"),
        Binding("f1,ctrl+p", "help", "Help", priority=True, id="first.help"),
        Binding("question_mark", "help", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.answers = Answers()
        self.profile = project()
        self.at = 0
        self.busy = False
        self.use_theme(str(person.read().get("theme", "")))

    def steps(self) -> list[type[Step]]:
        """The questions that the answers so far leave to be asked."""
        from . import first_run_steps as asked

        kind = [asked.LanguageStep, asked.KindStep, asked.PartnerStep]
        own = [asked.OwnPartnerStep] if self.answers.own is not None else []
        key = [asked.PassphraseStep, asked.RecoveryStep] if self.answers.encrypt else []
        locks = [] if self.answers.demo else [asked.EncryptStep, *key]
        return [*kind, *own, asked.FolderStep, *locks, asked.LastStep]

    def on_mount(self) -> None:
        self.hear_signals()
        for told in self.take_keys():
            self.notify(one_line(told), markup=False, severity="error")
        self.push_screen(self.steps()[0]())

    def go(self, step: int) -> None:
        """Shows the next question, or the one before; before the first one the program is left."""
        if self.busy:
            self.bell()
        elif self.at + step < 0:
            self.exit(None)
        else:
            self.at += step
            self.switch_screen(self.steps()[self.at]())

    def action_leave(self) -> None:
        if self.busy:  # a half-made office would be left
            self.bell()
        else:
            self.exit(None)

    def action_help(self) -> None:
        """F1, and Ctrl+P, which finds everything in the app: here there is little to be found."""
        if isinstance(self.screen, Step):
            # Not what every list and line of text can do: it would hide what is asked here.
            found = [one.binding for one in in_order(self.screen) if (one.binding.id or "").startswith("first.")]
            shown = {one.id: (self.get_key_display(one), _(one.description)) for one in reversed(found)}
            self.push_screen(HelpScreen(self.screen, [*reversed(shown.values())]))

    def action_help_quit(self) -> None:
        self.notify(_("[first.quit] leaves the program."), markup=False)


def first_run() -> Workspace | None:
    """Shows the assistant; the office that it made."""
    return Assistant().run(mouse=True)
