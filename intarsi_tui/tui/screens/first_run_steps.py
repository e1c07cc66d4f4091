"""The questions of the first-run assistant, in their order."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from ...i18n import choose, language
from ...project.errors import ProjectError
from ...project.keys import Words
from ...project.profile import Partner
from ...store.errors import StoreError
from ..first_office import DEMO_PARTNER, code_of, make, wrong_folder, wrong_partner, wrong_passphrase
from ..texts import _, lines
from .first_run import ChoiceStep, Step, TypedStep

OTHER = "+"


class LanguageStep(ChoiceStep):
    """Asked in both languages, since nobody knows yet."""

    def question(self) -> str:
        return "Lingua · Language"

    def choices(self) -> list[tuple[str, str]]:
        return [("it", "Italiano"), ("en", "English")]

    def present(self) -> str:
        return language()

    def take(self, value: str) -> None:
        choose(value)
        self.assistant.go(1)


class KindStep(ChoiceStep):
    """An office, or a demo of one."""

    def question(self) -> str:
        return _("Welcome")

    def intro(self) -> str:
        return _("There is no office on this computer yet. What would you like?\nNothing is written before the last step; [first.back] goes back.")  # fmt: skip

    def choices(self) -> list[tuple[str, str]]:
        return [("demo", _("Look around: a demo of invented people, with every report filled")), ("own", _("Begin: my office, with empty registers"))]  # fmt: skip

    def present(self) -> str:
        return "demo" if self.answers.demo else "own"

    def take(self, value: str) -> None:
        if self.answers.demo != (value == "demo"):  # another kind: whose and where are asked anew
            self.answers.partner, self.answers.folder, self.answers.own = "", "", None
        self.answers.demo = value == "demo"
        self.assistant.go(1)


class PartnerStep(ChoiceStep):
    """Whose office it is."""

    def question(self) -> str:
        return _("Whose office is it?")

    def intro(self) -> str:
        profile = self.assistant.profile
        return _("The partners of {project}. Name, town and the rest can be changed later with [app.settings].").format(
            project=profile.acronym or profile.code
        )

    def choices(self) -> list[tuple[str, str]]:
        partners = [(code, one.name) for code, one in self.assistant.profile.partners.items()]
        # An office of one's own is nobody's until somebody says so: Enter alone must not make one.
        nobody = ("", _("– choose with the arrows or the first letters –"))
        return partners if self.answers.demo else [nobody, *partners, (OTHER, _("Another body, not in this list …"))]

    def present(self) -> str:
        return OTHER if self.answers.own else self.answers.partner or (DEMO_PARTNER if self.answers.demo else "")

    def take(self, value: str) -> None:
        answers = self.answers
        if not value:
            self.tell(_("Choose the body with the arrows or its first letters, then press [first.choose]."))
            return
        if value != answers.partner and not (value == OTHER and answers.own):
            answers.folder = ""
            answers.partner = answers.typed.code if value == OTHER else value
            answers.own = answers.typed if value == OTHER else None
        self.assistant.go(1)


class OwnPartnerStep(TypedStep):
    """A partner that the project's list does not have."""

    def question(self) -> str:
        return _("The body")

    def intro(self) -> str:
        return _(
            "Name as reports have it. The code stands in numbers of records and in file names; empty: made of the name."
        )

    def asked(self) -> list[tuple[str, str, str, bool]]:
        own = self.answers.typed
        return [
            ("name", _("Name"), own.name, False), ("code", _("Code"), own.code, False), ("town", _("Town"), own.town, False),
            ("province", _("Province, two letters"), own.province, False),
        ]  # fmt: skip

    def hold(self, typed: dict[str, str]) -> None:
        typed = {name: text.strip() for name, text in typed.items()}
        self.answers.typed = Partner(**{**typed, "province": typed["province"].upper()})

    def take(self, typed: dict[str, str]) -> tuple[str, str]:
        said = self.answers.typed
        own = replace(said, code=said.code or code_of(said.name))
        wrong = wrong_partner(own, self.assistant.profile)
        if not any(wrong) and own != self.answers.own:
            self.answers.own, self.answers.partner, self.answers.folder = own, own.code, ""
        return wrong


class FolderStep(TypedStep):
    """Where it lies."""

    def question(self) -> str:
        return _("In which folder?")

    def intro(self) -> str:
        return _(
            "A new folder on a disk of this computer: not on a network share, not in a synchronised folder (OneDrive, Dropbox)."
        )

    def asked(self) -> list[tuple[str, str, str, bool]]:
        return [("folder", _("Folder"), self.answers.folder or self.answers.proposed_folder(), False)]

    def hold(self, typed: dict[str, str]) -> None:
        self.answers.folder = typed["folder"].strip().strip("\"'")

    def take(self, typed: dict[str, str]) -> tuple[str, str]:
        return "folder", wrong_folder(self.answers)


class EncryptStep(ChoiceStep):
    """Whether who gets hold of the computer can read it."""

    def question(self) -> str:
        return _("Encrypt it?")

    def intro(self) -> str:
        return _("The registers hold data of families and of minors. Encrypted, nobody reads them without the passphrase, also from a stolen computer or a lost backup. Without passphrase and recovery key nobody opens them, we neither.")  # fmt: skip

    def choices(self) -> list[tuple[str, str]]:
        return [("yes", _("Yes, with a passphrase (recommended)")), ("no", _("No: who has the computer can read it"))]

    def present(self) -> str:
        return "yes" if self.answers.encrypt else "no"

    def take(self, value: str) -> None:
        self.answers.encrypt = value == "yes"
        self.assistant.go(1)


class PassphraseStep(TypedStep):
    """Typed twice."""

    def question(self) -> str:
        return _("The passphrase")

    def intro(self) -> str:
        return _(
            "At least 10 characters, better four words that have nothing to do with each other. It is asked for at each start."
        )

    def asked(self) -> list[tuple[str, str, str, bool]]:
        present = self.answers.words.passphrase if self.answers.words else ""
        return [("first", _("Passphrase"), present, True), ("second", _("Once more"), present, True)]

    def take(self, typed: dict[str, str]) -> tuple[str, str]:
        wrong = wrong_passphrase(typed["first"], typed["second"])
        if not any(wrong) and (self.answers.words is None or self.answers.words.passphrase != typed["first"]):
            self.answers.words = Words(typed["first"])
        return wrong


class RecoveryStep(TypedStep):
    """Shown before it counts; that it was written down is proved by typing its end."""

    def question(self) -> str:
        return _("The recovery key")

    def intro(self) -> str:
        return _("Write it down now and lock it away, not beside this computer. It opens the office when the passphrase is forgotten, and it is shown only here:")  # fmt: skip

    def body(self) -> ComposeResult:
        assert self.answers.words is not None
        yield Static(Content(self.answers.words.recovery), id="recovery")
        yield from super().body()

    def asked(self) -> list[tuple[str, str, str, bool]]:
        return [("end", _("From your paper: the last four characters, or all of it"), "", False)]

    def take(self, typed: dict[str, str]) -> tuple[str, str]:
        assert self.answers.words is not None
        recovery = self.answers.words.recovery.replace("-", "")
        said = "".join(typed["end"].upper().replace("-", " ").split())
        if said in (recovery[-4:], recovery):
            return "", ""
        return "end", _("That is not its end: look at what you wrote down, and type the last four characters.")


class LastStep(Step):
    """All answers once more; Enter writes."""

    BINDINGS = [Binding("enter", "make", "Make it and open it", priority=True, id="first.make")]  # noqa: RUF012

    def question(self) -> str:
        return _("Ready")

    def intro(self) -> str:
        answers = self.answers
        partner = answers.own.name if answers.own else self.assistant.profile.partners[answers.partner].name
        if answers.demo:
            kind = _("Demo of invented people")
        else:
            kind = _("Office with empty registers") + ", " + (_("encrypted") if answers.encrypt else _("not encrypted"))
        return "\n".join([
            f"{kind}", f"{_('Partner')}: {partner}", f"{_('Folder')}: {answers.path}", "",
            _("The same as a command: {command}").format(command=answers.command()),
        ])  # fmt: skip

    def action_make(self) -> None:
        if not self.assistant.busy:
            self.assistant.busy = True
            self._say(_("One moment …"))
            self.run_worker(self._make, thread=True)

    def _say(self, text: str) -> None:
        self.query_one("#told", Static).update(Content(lines(text)))

    def _make(self) -> None:
        app: Any = self.app

        def tell(what: str, done: int, total: int) -> None:
            if done % 50 == 0 or done == total:
                text = _("Writing the records") if what == "records" else _("Filling the reports")
                app.call_from_thread(self._say, f"{text}: {done}/{total}")

        try:
            made = make(self.answers, tell)
        except (ProjectError, StoreError) as error:
            app.call_from_thread(self._failed, error.text(language()))
        except OSError as error:
            app.call_from_thread(
                self._failed, f"{error.filename or Path(self.answers.folder)}: {error.strerror or error}"
            )
        else:
            app.call_from_thread(app.exit, made)

    def _failed(self, text: str) -> None:
        self.assistant.busy = False
        self.tell(text)
