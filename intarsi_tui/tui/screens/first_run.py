"""The first start, without an office: a few questions, each with a way back; nothing is written before the last key."""

from pathlib import PurePath
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from ... import person
from ...i18n import choose
from ...project.workspace import Workspace
from .. import themes
from ..ahead import TypingAhead
from ..first_office import Answers, project
from ..harmless import Harmless
from ..keys import key_name
from ..texts import _, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.editors import LineInput
from ..widgets.hints import Hints
from ..widgets.record_table import RecordTable


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
        at, count = self.assistant.at + 1, len(self.assistant.steps())
        place = _("step {at} of {count}").format(at=at, count=count) if at > 1 else ""
        yield Static(Content(one_line(f"intarsi ▸ {self.question()}   {place}")), id="title")
        with Vertical(id="first-run"):
            if said := self.intro():
                yield Static(Content(lines(said)), id="first-said")
            yield from self.body()
            yield Static("", id="told", markup=False)
        yield Hints()

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


class TypedStep(Step):
    """A question that is answered by typing; Enter goes through the lines and then on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "next", "Go on", priority=True, id="first.next")]

    def asked(self) -> list[tuple[str, str, str, bool]]:
        """Name, label, present text, and whether it is hidden, of each line."""
        return []

    def take(self, typed: dict[str, str]) -> None:
        """The lines as typed."""

    def body(self) -> ComposeResult:
        for name, label, text, hidden in self.asked():
            yield Static(Content(label), classes="label")
            # Not `LineInput`, which shows what stands there.
            kind = Input if hidden else LineInput
            yield kind(text, id=f"typed-{name}", password=hidden, compact=True)

    def on_mount(self) -> None:
        if fields := list(self.query(Input)):
            fields[0].focus()

    def action_next(self) -> None:
        fields = list(self.query(Input))
        at = next((place for place, one in enumerate(fields) if one is self.focused), len(fields))
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.take({str(one.id).removeprefix("typed-"): one.value for one in fields})


class Assistant(TypingAhead[Workspace]):
    """Asks, makes the office, and answers with it; `None` when it was left."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["../app.tcss"]
    TITLE = "intarsi"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "leave", "Quit", priority=True, id="first.quit"),
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+t", "theme", "Other colours", show=False, id="first.theme"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.answers = Answers()
        self.profile = project()
        self.at = 0
        self.busy = False
        self._harmless = Harmless()
        self.animation_level = "none"
        for theme in themes.ALL:
            self.register_theme(theme)
        self.theme = themes.named(str(person.read().get("theme", "")))
        self.set_class(themes.plain(self), "-plain")

    def get_line_filters(self) -> Any:
        return [*super().get_line_filters(), self._harmless]

    def get_key_display(self, binding: Binding) -> str:
        return key_name(binding.key)

    def steps(self) -> list[type[Step]]:
        """The questions that the answers so far leave to be asked."""
        from . import first_run_steps as asked

        kind = [asked.LanguageStep, asked.KindStep, asked.PartnerStep]
        own = [asked.OwnPartnerStep] if self.answers.own is not None else []
        key = [asked.PassphraseStep, asked.RecoveryStep] if self.answers.encrypt else []
        locks = [] if self.answers.demo else [asked.EncryptStep, *key]
        return [*kind, *own, asked.FolderStep, *locks, asked.LastStep]

    def on_mount(self) -> None:
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

    def speak(self, lang: str) -> None:
        choose(lang)

    def action_leave(self) -> None:
        if self.busy:  # a half-made office would be left
            self.bell()
        else:
            self.exit(None)

    def action_help_quit(self) -> None:
        self.notify(_("{key} leaves the program.").format(key="F10"), markup=False)

    def action_theme(self) -> None:
        names = [theme.name for theme in themes.ALL]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]


def first_run() -> Workspace | None:
    """Shows the assistant; the office that it made."""
    return Assistant().run(mouse=True)
