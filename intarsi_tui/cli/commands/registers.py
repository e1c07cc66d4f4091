"""The groups `intarsi PLUGIN` and `intarsi PLUGIN RECORD`, derived from declarations."""

import importlib
from typing import TYPE_CHECKING

import click

from ...host.states import STATES
from ...i18n import language, translator
from ..errors import PLUGIN, Failure, say
from ..wording import Command, Group

if TYPE_CHECKING:
    from ...host.states import PluginState
    from ...records.declaration import Declaration
    from ..session import Session

_ = translator("cli")

# command: module with a function COMMAND_command(declaration)
COMMANDS = {
    "list": "register_read", "show": "register_read", "add": "register_write", "edit": "register_write",
    "confirm": "register_write", "mark-sent": "register_write", "void": "register_write", "history": "register_read", "import": "register_files",
    "export": "register_files", "erase": "register_erase", "schema": "register_read",
}  # fmt: skip


READING = ("list", "show", "history", "export")


class PluginGroup(Group):
    """The registers of a plugin. A plugin that is not loaded says why as soon as one of its registers is asked for."""

    def __init__(self, state: "PluginState") -> None:
        super().__init__(
            state.name,
            help=state.label(language()),
            no_args_is_help=state.state == "loaded",
            invoke_without_command=state.state != "loaded",
        )
        self.state = state
        self.records = {declaration.command: declaration for declaration in state.records}
        self.actions = {task.name: task for task in state.actions}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.records, *self.actions]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._must_be_loaded()
        if cmd_name in self.actions:
            from .actions import action_command

            return action_command(self.state.name, self.actions[cmd_name])
        declaration = self.records.get(cmd_name)
        return RegisterGroup(declaration) if declaration else None

    def invoke(self, ctx: click.Context) -> None:
        self._must_be_loaded()
        super().invoke(ctx)

    def _must_be_loaded(self) -> None:
        if self.state.state != "loaded":
            raise Failure(why_not(self.state), PLUGIN)


class StoredGroup(Group):
    """The registers of a plugin that is not there, as far as its records are: they can be read, and say why no more."""

    def __init__(self, name: str, reason: str, records: "list[Declaration]") -> None:
        super().__init__(name, help=reason, invoke_without_command=True, callback=self._say_why)
        self.reason = reason
        self.records = {declaration.command: declaration for declaration in records}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.records)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.records:
            raise Failure(self.reason, PLUGIN)
        return RegisterGroup(self.records[cmd_name], self.reason)

    def _say_why(self) -> None:
        if click.get_current_context().invoked_subcommand is None:
            raise Failure(self.reason, PLUGIN)


class RegisterGroup(Group):
    """The commands of one register; only those that read it when `reason` says why its plugin is not there."""

    def __init__(self, declaration: "Declaration", reason: str = "") -> None:
        super().__init__(declaration.command, help=declaration.plural(language()), no_args_is_help=True)
        self.declaration, self.reason = declaration, reason

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if not self.reason or name in READING]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if self.reason:
            if cmd_name not in READING:
                raise Failure(self.reason, PLUGIN)
            say(self.reason)
        module = importlib.import_module(f".{COMMANDS[cmd_name]}", __package__)
        made: Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")(self.declaration)
        return made


def why_not(state: "PluginState") -> str:
    """Why a plugin cannot be used, where, and what to do."""
    lang = language()
    head = _("Plugin “{name}” is {state}").format(name=state.name, state=STATES[state.state](lang))
    if state.state == "disabled":
        return _("{head}: enable it with “intarsi plugin enable {name}”").format(head=head, name=state.name)
    reason = ": ".join(filter(None, (head, state.place, state.reason(lang) if state.reason else "")))
    hint = state.hint(lang) if state.hint else _("see “intarsi plugin check {name}”").format(name=state.name)
    return f"{reason}. {hint}."


def stored_group(session: "Session", name: str, state: "PluginState | None") -> StoredGroup | None:
    """The registers of plugin `name`, which is not loaded, that still hold records; `None` when there are none."""
    from ...host.undeclared import tables
    from ...store import StoreError, open_store

    workspace = session.workspace_if_any
    if workspace is None or not workspace.database.exists():
        return None
    try:
        store = open_store(workspace.database, workspace.key, site=workspace.site, create=False)
    except StoreError:
        return None
    try:
        here = tables(store, f"{name}.")
    finally:
        store.close()
    if not here:  # a mistyped name, most of the time
        return None
    if state:
        reason = _("{reason}. Until then its records can only be read.").format(reason=why_not(state).rstrip("."))
    else:
        reason = _(
            "Plugin “{name}” is missing; its registers are still here and can be read: {tables}. Put its file back into {folder}, or install it again."
        ).format(name=name, tables=", ".join(here), folder=workspace.plugins)
    with session.office() as office:
        return StoredGroup(name, reason, [office.undeclared[table] for table in here if table in office.undeclared])
