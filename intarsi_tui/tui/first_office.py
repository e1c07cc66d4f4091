"""What the first-run assistant is told, apart from any screen, and the making of the office at its end."""

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .. import person, resources
from ..i18n import language
from ..project.errors import ProjectError
from ..project.keys import LEAST, Words
from ..project.profile import Partner, Profile, read_profile
from ..project.where import SETTINGS
from ..project.workspace import Workspace, create_workspace, refuse_folder
from ..reference.identifiers import PLATES
from ..reference.tables import fold
from ..store.errors import StoreError
from .texts import _

DEMO_PARTNER = "rimini"


@dataclass
class Answers:
    """What was answered so far; nothing of it is written anywhere before `make`.

    Attributes:
        partner: code of the partner; of one that the project does not have yet, `own` says the rest.
        typed: what was typed of a partner of one's own; it stays when another answer is looked at.
        folder: as typed.
        words: passphrase and recovery key, when the office is to be encrypted.
    """

    demo: bool = True
    partner: str = ""
    own: Partner | None = None
    typed: Partner = field(default_factory=lambda: Partner("", ""))
    folder: str = ""
    encrypt: bool = True
    words: Words | None = None

    @property
    def path(self) -> Path:
        return Path(self.folder.strip()).expanduser().absolute()

    def proposed_folder(self) -> str:
        """Where an office is looked for first: in the person's own folder."""
        return str(Path.home() / ("intarsi-demo" if self.demo else f"intarsi-{self.partner}"))

    def command(self) -> str:
        """The command that does the same."""
        if self.demo:
            return shlex.join(["intarsi", "demo", self.folder, "--partner", self.partner])
        words = ["intarsi", "init", self.folder, "--partner", self.partner]
        for option in ("name", "town", "province"):
            said = getattr(self.own, option, "")
            words += [f"--partner-{option}", said] if said else []
        return shlex.join([*words, *(["--encrypt"] if self.encrypt else [])])


def project() -> Profile:
    """The project's profile as it is shipped."""
    return read_profile(resources.PACKAGE / "project" / SETTINGS)


def code_of(name: str) -> str:
    """A partner's code made of its name: `Comune di Riccione` is `comune-di-riccione`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:30]


def wrong_partner(own: Partner, profile: Profile) -> tuple[str, str]:
    """The line that is wrong of a partner who is to be added, and why; both "" when nothing is."""
    if not own.name.strip() or not own.name.isprintable():
        return "name", _("The name is missing.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", own.code):
        return "code", _("The code is made of a-z, 0-9 and -.")
    if own.code in profile.partners:
        name = profile.partners[own.code].name
        return "code", _("“{code}” is the code of {name} already.").format(code=own.code, name=name)
    if own.province and own.province not in PLATES:
        return "province", _("“{province}” is no province: two letters, such as RN.").format(province=own.province)
    return "", ""


def wrong_folder(answers: Answers) -> str:
    """Why no office can be made there, "" when it can. Nothing is written."""
    from ..demo.workspace import is_demo

    if not answers.folder:
        return _("Write the path of a folder.")
    if not os.path.isabs(os.path.expanduser(answers.folder)):  # noqa: PTH111, PTH117 - Path raises for a “~” of nobody
        return _("Write the whole path, such as {folder}").format(folder=answers.proposed_folder())
    try:
        if not (answers.demo and is_demo(answers.path)):
            refuse_folder(answers.path)
    except (ProjectError, StoreError) as error:
        return error.text(language())
    except OSError as error:  # a folder that may not be looked into
        return f"{answers.folder}: {error.strerror or error}"
    return ""


def wrong_passphrase(first: str, second: str) -> tuple[str, str]:
    """As `wrong_partner`, of a passphrase typed twice."""
    if len(first) < LEAST:
        return "first", _("Too short: at least {least} characters, better four words.").format(least=LEAST)
    return ("", "") if first == second else ("second", _("The two are not the same."))


def make(answers: Answers, tell: Callable[[str, int, int], None]) -> Workspace:
    """Makes the office, with the functions of `intarsi init` and `intarsi demo`; what can be read of the person's is kept.

    Parameters:
        tell: how far the demo is, as for `make_demo`.

    Raises:
        ProjectError, StoreError, OSError: it could not be made.
    """
    from ..demo.workspace import is_demo, make_demo
    from ..host.office import open_office

    if answers.demo:
        if is_demo(answers.path):
            return Workspace(answers.path)
        return make_demo(answers.path, language(), partner=answers.partner, tell=tell).workspace
    words = answers.words if answers.encrypt else None
    made = create_workspace(answers.path, answers.partner, words=words, added=answers.own)
    with open_office(made, language()):  # loads the plugins for help and completion
        pass
    _keep(office=str(made.path))
    return made


def _keep(**settings: str) -> None:
    try:
        person.keep(language=language(), **settings)
    except (OSError, ValueError):  # the office is there: that it has to be named with -w is no reason to fail
        return
