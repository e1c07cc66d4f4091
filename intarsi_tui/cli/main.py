"""The command `intarsi`: core commands from a table of names, plugins' commands from the cached index."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from types import ModuleType
from typing import Any

import click

from ..host import cache
from ..i18n import language, translator
from ..project.where import workspace_folder
from .errors import DONE, USAGE, Failure, guarded, say
from .session import FORMATS, Session
from .wording import Group, Option, asked_folder, asked_language, speak

_ = translator("cli")

# name: (module:attribute in `commands`, help). The help is repeated here so that listing commands imports none.
CORE = {
    "demo": ("demo:demo", "An office of invented people with every report filled, then the app."),
    "init": ("workspace:init", "Make an office."),
    "check": ("check:check", "Check every record of every register."),
    "verify": ("verify:verify", "Hold the database against its history; print the state hash."),
    "history": ("history:history", "What was done lately, and by whom."),
    "export": ("export:export", "Write all registers into one plain file."),
    "undo": ("history:undo", "Take back the last operation, or the one named."),
    "redo": ("history:redo", "Do again what was undone last."),
    "access": ("access:access", "Who opened the office and took out what is kept back."),
    "backup": ("backup:backup", "Copy the whole office into a folder of backups."),
    "passphrase": ("passphrase:passphrase", "Encrypt the office, or change what opens it."),
    "exports": ("exports:exports", "Files written in the clear: list them, or delete them."),
    "restore": ("backup:restore", "The office of a backup again; or what can be saved of a damaged one."),
    "report": ("report:report", "Partner reporting workbooks: list, fill, check, read back, map."),
    "calendar": ("calendar:calendar", "Appointments of all plugins; --ics writes a calendar file."),
    "deadlines": ("deadlines:deadlines", "What is open and due soon, with its owner."),
    "duplicates": ("duplicates:duplicates", "Records that may be the same person or body."),
    "merge": ("duplicates:merge", "Make two records one; one undo parts them again."),
    "distinct": ("duplicates:distinct", "Say that two records that look alike are of two."),
    "indicators": ("indicators:indicators", "Counts of the period and of the project."),
    "attachment": ("attachment:attachment", "Attached files: list, open, export, verify, repair, purge."),
    "sheet": ("sheet:sheet", "Any Excel workbook: inspect, read, fill, lint, diff."),
    "plugin": ("plugin:plugin", "Plugins: list, show, check, enable, disable."),
    "settings": ("settings:settings", "Settings of the office and your own: show, set."),
    "keys": ("keys:keys", "The app's keys: list them, or take others."),
    "serve": ("serve:serve", "The app in a browser on this computer, until Ctrl+C."),
    "doctor": ("doctor:doctor", "Versions, plugins and the state of the storage."),
    "completion": ("completion:completion", "Print the completion script of a shell."),
}
COMPLETE = "_INTARSI_COMPLETE"


class Root(Group):
    """`intarsi`"""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*CORE, *(name for name, _label, _state in _known(ctx.params.get("given")))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in CORE:
            module, _colon, attribute = CORE[cmd_name][0].partition(":")
            found: click.Command = getattr(importlib.import_module(f".commands.{module}", __package__), attribute)
            return found
        return self._plugin(ctx, cmd_name)

    def _plugin(self, ctx: click.Context, name: str) -> click.Command | None:
        session = _session(ctx)
        states = session.plugins(even_if_stale=ctx.resilient_parsing)
        session.states = None if ctx.resilient_parsing else states
        state = next((one for one in states if one.name == name), None)
        from .commands.registers import PluginGroup, stored_group

        gone = state is None or state.state not in ("loaded", "found")
        if gone and not ctx.resilient_parsing and (stored := stored_group(session, name, state)):
            return stored
        return PluginGroup(state) if state else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(help)) for name, (_place, help) in CORE.items()])
        lang = language()
        rows = []
        for name, label, state in _known(ctx.params.get("given")):
            words = label[0 if lang == "it" else 1]
            rows.append((name, words if state in ("loaded", "found") else f"{words} – {_(STATES[state])}"))
        if rows:
            with formatter.section(_("Registers")):
                formatter.write_dl(rows)

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> int:
        """Runs the program; returns the exit code when not `standalone_mode`, otherwise exits with it."""
        _encode()
        given = list(sys.argv[1:] if args is None else args)
        speak(asked_language(given))
        if instruction := os.environ.get(COMPLETE):
            from click.shell_completion import shell_complete

            try:
                sys.exit(shell_complete(self, {}, "intarsi", COMPLETE, instruction))
            except Exception:  # nothing to suggest, and a message would land in the middle of a half-typed line
                sys.exit(USAGE)
        code = guarded(lambda: self._run([*given]), lambda: workspace_folder(asked_folder(given)))
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, args: list[str]) -> None:
        with self.make_context("intarsi", args, terminal_width=_columns()) as ctx:
            self.invoke(ctx)


def _session(ctx: click.Context) -> Session:
    """What the global options say; the same session for everything in one call, so that a passphrase is asked for once."""
    asked = tuple(ctx.params.get(name) for name in ("given", "format_", "passphrase_file", "read_only"))
    if ctx.meta.get("asked") != asked:
        ctx.meta["asked"], ctx.meta["session"] = asked, Session(*asked)
    session: Session = ctx.meta["session"]
    return session


def _known(given: str | None) -> list[cache.Known]:
    """Name, label and state of each plugin; they are loaded again only when something about them changed."""
    folder = workspace_folder(given)
    if (known := cache.known(folder)) is not None:
        return known
    from pathlib import Path

    from ..host import index
    from ..project.errors import ProjectError
    from ..project.workspace import Workspace

    workspace = Workspace(Path(folder)) if folder else None
    try:
        return index.known(index.current(workspace))
    except ProjectError:  # the settings cannot be read, which whatever is done next says
        return index.known(index.last_known(workspace))


def _encode() -> None:
    """Nothing that is printed can fail for its characters; data in a pipe or a file are UTF-8, whatever a console shows."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the caller closed it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            piped = not stream.isatty() and (stream is sys.stdout or os.name == "nt")
            stream.reconfigure(encoding="utf-8" if piped else None, errors="replace")
    if isinstance(sys.stdin, TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")  # PowerShell begins with a mark


def _columns() -> int:
    """The width of help texts as click has it, without the 3 ms of importing shutil for it."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.__stdout__.fileno()).columns)  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):
        columns = 80
    return max(min(columns, 80) - 2, 50)


# States worth a word in the help; `host.states` has them too, but importing it costs as much as click.
STATES = {"disabled": "disabled", "incompatible": "incompatible", "broken": "broken: see “intarsi plugin check”"}


@click.group(
    cls=Root, name="intarsi", invoke_without_command=True,
    help="Registers and partner reports of a reception network's action lines. Without a command: the full-screen app.",
)  # fmt: skip
@click.option(
    "-w",
    "--workspace",
    "given",
    cls=Option,
    is_eager=True,
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="The office's folder; otherwise INTARSI_WORKSPACE, the nearest folder upwards with intarsi.toml, or your own office.",
)
@click.option(
    "--lang",
    cls=Option,
    type=click.Choice(["it", "en"]),
    expose_value=False,
    help="Language; otherwise INTARSI_LANG, your own setting, or the system's.",
)
@click.option("--format", "format_", cls=Option, type=click.Choice(FORMATS), help="Output format.")
@click.option(
    "--passphrase-file", cls=Option, type=click.Path(dir_okay=False), metavar="FILE",
    help="Passphrase of an encrypted office: the first line; otherwise INTARSI_PASSPHRASE_FILE, the keyring, or you are asked.",
)  # fmt: skip
@click.option(
    "--read-only",
    cls=Option,
    is_flag=True,
    help="Look only: every change of the registers is refused; reports can be filled.",
)
@click.option("--version", cls=Option, is_flag=True, help="Print the version.")
@click.pass_context
def cli(ctx: click.Context, /, version: bool, **_asked_of_the_context: str | bool | None) -> None:
    """The global options."""
    ctx.obj = session = _session(ctx)
    if version:
        from .. import __version__

        click.echo(f"intarsi {__version__}")
        ctx.exit(DONE)
    if ctx.invoked_subcommand is None:
        ctx.exit(_full_screen(session))


def _full_screen(session: Session) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failure(_("The full-screen app needs a terminal. For commands see “intarsi --help”."), USAGE)
    if not session.given and not os.environ.get("INTARSI_WORKSPACE") and not workspace_folder(None):
        return _first_run(session)
    workspace = session.workspace
    session.unlock()  # before the app is imported: the question comes at once
    code: int = _app().run(workspace, session.lang, read_only=session.read_only)
    return code


def _app() -> ModuleType:
    """The app, imported. Nothing of it is garbage: looking for some took about a tenth of the start, and some of each key."""
    gc.disable()
    from ..tui import app

    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()
    return app


def _first_run(session: Session) -> int:
    """There is no office yet: a few questions, then the app of the one that was made."""
    app = _app()
    from ..tui.screens.first_run import first_run

    workspace = first_run()
    if workspace is None:
        say(_("Nothing was written. “intarsi” asks again; “intarsi init” and “intarsi demo” do the same as commands."))
        return DONE
    return int(app.run(workspace, session.lang))
