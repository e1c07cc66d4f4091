"""A file is asked for: its path is typed, pasted or dropped, or found in the folders below it."""

import asyncio
import os
import re
from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from ...project.file_names import as_path, dropped
from ...reference.tables import fold
from ...store import StoreError
from .. import session
from ..texts import _, lines, one_line
from ..widgets.columns import Column, Line
from ..widgets.editors import LineInput
from ..widgets.record_table import RecordTable
from .page import Page

ANEW = re.compile(r"^(?!.*file:).+[/\\](/.*|~[/\\].*|[A-Za-z]:[/\\].*)$")

TOLD = 5  # endings that are named where there is no file


class Found(NamedTuple):
    """Something in a folder."""

    path: Path
    folder: bool
    size: int
    changed: float


class PathInput(LineInput):
    """The path; the arrows move in the list below, so that the hands stay where they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.take", "Choose", id="import.take"),
        Binding("tab", "screen.complete", "Complete", id="import.complete"),
        Binding("up", "screen.move(-1)", show=False),
        Binding("down", "screen.move(1)", show=False),
        Binding("pageup", "screen.move(-10)", show=False),
        Binding("pagedown", "screen.move(10)", show=False),
    ]

    def on_paste(self, event: events.Paste) -> None:
        """A whole path takes the place of what stands here."""
        paths = dropped(event.text)
        if paths and as_path(paths[0]).is_absolute():
            event.prevent_default()
            event.stop()
            self.value = str(as_path(paths[0]))
            self.cursor_position = len(self.value)


class FilePage(Page[None]):
    """Asks for a file; what is done with it stands in `take_file`.

    Attributes:
        SUFFIXES: endings of the files that are listed, the usual ones first; another one can be typed.
        WHAT: what the file is for; where the last one came from is where the next one is looked for.
    """

    SUFFIXES: ClassVar[tuple[str, ...]] = ()
    WHAT: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Found] = []
        self._entries: list[Found] = []
        self._folder = ""

    def take_file(self, path: Path) -> None:
        """Called with the file that was chosen."""
        raise NotImplementedError

    def usual_folder(self) -> Path:
        """Where the very first look begins."""
        return usual_folder()

    def first_folder(self) -> str:
        """Where the look begins, with the separator after it."""
        found = session.folder(self.office, self.WHAT) or self.usual_folder()
        return os.path.join(found, "")  # noqa: PTH118 - a Path has no separator at its end

    def _take(self, path: Path) -> None:
        if path.parent != session.folder(self.office, self.WHAT):
            self.write(lambda: session.keep_folder(self.office, self.WHAT, path.parent.absolute()), lambda _none: None)
        self.take_file(path)

    @property
    def refusal(self) -> str:
        """Why no file can be taken into an office that is open for reading only; said before any work is done."""
        connection = self.office.store.connection
        return StoreError("only_reading", connection.path).text(self.lang) if connection.read_only else ""

    def body(self) -> ComposeResult:
        with Horizontal(id="filter"):
            yield Static(Content(_("File") + " "), id="path-label")
            yield PathInput(self.first_folder(), compact=True, select_on_focus=False, id="path")
        yield from self.below_path()
        yield Static(id="wrong", classes="hidden", markup=False)
        columns = [
            Column("name", _("Name"), 40, grows=True), Column("size", _("Size"), 9, "right", priority=2),
            Column("changed", _("Changed"), 16, priority=1),
        ]  # fmt: skip
        yield RecordTable(columns)

    def below_path(self) -> ComposeResult:
        """What stands between the path and the list of files."""
        yield from ()

    def on_mount(self) -> None:
        self.query_one(PathInput).focus()

    def reload(self) -> None:
        self._list(anew=True)

    # the folder

    @property
    def _typed(self) -> str:
        return self.query_one(PathInput).value

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if anew := ANEW.search(self._typed):
            # A path from the root, or from home, typed after the folder that stands here already: it is meant alone.
            box = self.query_one(PathInput)
            box.value = anew[1]
            box.cursor_position = len(box.value)
            return
        self.say_wrong(self.refusal)
        self._list()

    def _list(self, *, anew: bool = False) -> None:
        folder, _name = os.path.split(str(as_path(self._typed)) + (os.sep if self._typed.endswith(os.sep) else ""))
        if anew or folder != self._folder:
            if folder != self._folder:  # Enter must not take what was listed of another one
                self._entries, self._found = [], []
            self._folder = folder
            self.run_worker(self._read(folder), group="folder")
        else:
            self._show()

    async def _read(self, folder: str) -> None:
        # A folder of a network share may take its time.
        found = await asyncio.to_thread(entries, folder, self.SUFFIXES)
        if folder == self._folder and self.is_attached:  # nobody went on meanwhile
            self._entries = found
            self._show()

    def _show(self) -> None:
        name = os.path.split(self._typed)[1]
        wanted = fold(name)
        self._found = [one for one in self._entries if wanted in fold(one.path.name)]
        parent = Path(self._folder).parent
        if not name and str(parent) != self._folder:
            self._found.insert(0, Found(parent, True, 0, 0.0))
        up = not name and self._found and self._found[0].path == parent
        rows = [
            Line((
                ".." if up and not at else one.path.name + (os.sep if one.folder else ""),
                _("folder") if one.folder else f"{one.size // 1000 + 1} kB",
                f"{datetime.fromtimestamp(one.changed):%d/%m/%Y %H:%M}" if one.changed else "",
            ))
            for at, one in enumerate(self._found)
        ]  # fmt: skip
        # The first file, not the way up.
        cursor = 1 if up and len(rows) > 1 else 0
        nothing = (
            _("Nothing here is called “{name}”").format(name=one_line(name)) if name and self._entries
            else _("No such file here: {endings}").format(endings=", ".join(self.SUFFIXES[:TOLD]))
        )  # fmt: skip
        self.query_one(RecordTable).show(rows, cursor=cursor, empty=nothing)

    def action_move(self, step: int) -> None:
        self.query_one(RecordTable).cursor += step

    def action_complete(self) -> None:
        if self._found:
            self._enter(self._found[self.query_one(RecordTable).cursor])

    def _enter(self, one: Found) -> None:
        box = self.query_one(PathInput)
        path = str(one.path)
        box.value = path + (os.sep if one.folder and not path.endswith(os.sep) else "")
        box.cursor_position = len(box.value)

    def on_record_table_chosen(self) -> None:
        self.query_one(PathInput).focus()
        self.action_take()

    def action_take(self) -> None:
        """Enter: into the folder, or on with the file."""
        typed = as_path(self._typed)
        if self.refusal:
            self.say_wrong(self.refusal)
            self.app.bell()
        elif typed.is_file():
            self._take(typed)
        elif self._found:
            one = self._found[self.query_one(RecordTable).cursor]
            self._enter(one)
            if not one.folder:
                self._take(one.path)
        elif typed.is_dir():
            self._enter(Found(typed, True, 0, 0.0))
        else:
            self.say_wrong(_("There is no file {path}").format(path=typed))
            self.app.bell()

    def say_wrong(self, text: str) -> None:
        """What is wrong with the path or the file; "" when nothing is."""
        wrong = self.query_one("#wrong", Static)
        wrong.set_class(not text, "hidden")
        wrong.update(Content.assemble((lines(f"▲ {text}"), "bold $error")) if text else "")


def entries(folder: str, suffixes: Container[str]) -> list[Found]:
    """What a folder holds that leads on: folders first, then files with one of the endings; hidden ones are left out."""
    found = []
    try:
        with os.scandir(folder or os.curdir) as listed:
            for one in listed:
                if one.name.startswith("."):
                    continue
                try:
                    folder_here = one.is_dir()
                    state = one.stat()
                except OSError:  # a link that leads nowhere
                    continue
                if folder_here or Path(one.name).suffix.lower() in suffixes:
                    found.append(Found(Path(one.path), folder_here, state.st_size, state.st_mtime))
    except OSError:
        return []
    return sorted(found, key=lambda one: (not one.folder, fold(one.path.name)))


def usual_folder() -> Path:
    """Where files arrive, then where people keep them, then home."""
    import platformdirs

    home = Path.home()
    asked = (Path(platformdirs.user_downloads_dir()), Path(platformdirs.user_documents_dir()))
    named = (home / name for name in ("Downloads", "Scaricati", "Documents", "Documenti"))
    return next((found for found in (*asked, *named) if found != home and found.is_dir()), home)
