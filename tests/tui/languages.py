"""What is known to be English and to be Italian, and a walk through all screens that finds them by itself."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from intarsi_tui import i18n
from intarsi_tui.host.office import Office
from intarsi_tui.tui.commands import commands
from intarsi_tui.tui.screens.page import Page

LEAST = 4  # letters of a string that tells one language from the other
# Left out of the walk: they end it, or change what all other screens look like.
NOT_WALKED = re.compile(r"back|leave|mode\(|theme|palette|help|bell|command_palette|focus_|screenshot|quit|simulate")
MOST_STEPS = 400


def pairs(office: Office) -> Iterator[tuple[str, str]]:
    """English and Italian of every text of the shell and of every declaration."""
    for name in ("tui", "textual"):
        with (Path(i18n.FOLDER) / "it" / "LC_MESSAGES" / f"{name}.po").open("rb") as file:
            yield from ((str(one.id), str(one.string)) for one in read_po(file) if one.id and one.string)
    for declaration in office.declarations.values():
        labels = [declaration.label, declaration.plural]
        for field in declaration.fields:
            labels += [one for one in (field.label, field.help, field.section) if one]
            labels += list(getattr(field.kind, "choices", {}).values())
        yield from ((label.en, label.it) for label in labels)


def foreign(office: Office, lang: str) -> re.Pattern[str]:
    """What must not stand on a screen in `lang`: any text of the other language that the language itself does not have."""
    own_at, other_at = (1, 0) if lang == "it" else (0, 1)
    known = [pair for pair in pairs(office) if pair[0] != pair[1]]
    own = "\n".join(pair[own_at] for pair in pairs(office))
    data = json.dumps([office.table(table).all() for table in office.declarations], ensure_ascii=False)
    data += (office.workspace.path / "intarsi.toml").read_text("utf-8")
    found = set()
    for pair in known:
        for words in re.split(r"\{\w*\}|\n", pair[other_at]):
            plain = words.strip(" .,:;!?…→«»“”()\"'")
            whole = words.strip() == pair[other_at]
            if sum(map(str.isalpha, plain)) < (LEAST if whole else 12):
                continue
            if not any(plain in text and _alone(plain).search(text) for text in (own, data)):
                found.add(plain)
    return _alone(*sorted(found, key=len, reverse=True))


def _alone(*words: str) -> re.Pattern[str]:
    """Any of `words`, where it is not a part of a longer word or of a path."""
    return re.compile(rf"(?<![\w/.│-])(?:{'|'.join(map(re.escape, words))})(?![\w/…│-]|\.\w)")


class Walk:
    """Goes through every mode and does there, and on every screen that opens, whatever a binding offers."""

    def __init__(self, app: Any, press: Any, screen: Any) -> None:
        self.app, self._press, self._screen = app, press, screen
        self.seen: dict[str, str] = {}
        self.kinds: set[str] = set()
        self._left = MOST_STEPS

    async def everywhere(self) -> dict[str, str]:
        """The text of each screen, by the way to it."""
        for mode in self.app.MODES:
            self.app.switch_mode(mode)
            await self._press("f15")  # bound to nothing: waits until the screen is there
            await self._look_around(mode)
        return self.seen

    async def _look_around(self, way: str) -> None:
        here = self.app.screen
        self._note(way)
        if type(here).__name__ in self.kinds:
            return
        self.kinds.add(type(here).__name__)
        if isinstance(here, Page):
            self._listed(f"{way} palette", registers=True)
            self._listed(f"{way} help", registers=False)
            await self._press("f1")
            self._note(f"{way} help")
            await self._back(here)
        offered = {one.binding.action: one for one in here.active_bindings.values() if one.enabled}
        for action, one in offered.items():
            if NOT_WALKED.search(action) or not (one.binding.id or one.binding.show) or not self._left:
                continue
            self._left -= 1
            await self.app.run_action(action, one.node if one.node.is_attached else here)
            await self._press("f15")
            step = f"{way} {one.binding.id or action}"
            if self.app.screen is here:
                self._note(step)
            else:
                await self._look_around(step)
            if not await self._back(here):
                return

    def _listed(self, way: str, *, registers: bool) -> None:
        found = commands(self.app, registers=registers).values()
        self.seen[way] = "\n".join(f"{one.choice.label}  {one.choice.note}" for one in found)

    def _note(self, way: str) -> None:
        self.seen[way] = self._screen()

    async def _back(self, here: Any) -> bool:
        for _time in range(4):
            if self.app.screen is here:
                return True
            await self._press("escape")
        return self.app.screen is here
