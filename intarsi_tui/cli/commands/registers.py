"""The groups `intarsi PLUGIN` and `intarsi PLUGIN RECORD`, derived from declarations."""

import importlib
from typing import TYPE_CHECKING

import click

from ...host.states import STATES
from ...i18n import language, translator
from ..errors import PLUGIN, Failure
from ..wording import Command, Group

if TYPE_CHECKING:
    from ...host.states import PluginState
    from ...records.declaration import Declaration
    from ..session import Session

_ = translator("cli")

# command: module with a function COMMAND_command(declaration)
COMMANDS = {
    "list": "register_read", "show": "register_read", "add": "register_write", "edit": "register_write",
    "confirm": "register_write", "void": "register_write", "history": "register_read", "import": "register_files",
    "export": "register_files", "erase": "register_erase", "schema": "register_read",
}  # fmt: skip


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

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.records)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._must_be_loaded()
        declaration = self.records.get(cmd_name)
        return RegisterGroup(declaration) if declaration else None

    def invoke(self, ctx: click.Context) -> None:
        self._must_be_loaded()
        super().invoke(ctx)

    def _must_be_loaded(self) -> None:
        if self.state.state != "loaded":
            raise Failure(why_not(self.state), PLUGIN)


class RegisterGroup(Group):
    """The commands of one register."""

    def __init__(self, declaration: "Declaration") -> None:
        super().__init__(declaration.command, help=declaration.plural(language()), no_args_is_help=True)
        self.declaration = declaration

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f".{COMMANDS[cmd_name]}", __package__)
        made: Command = getattr(module, f"{cmd_name}_command")(self.declaration)
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


def must_have_no_records(session: "Session", name: str) -> None:
    """Tells a plugin that is gone from a mistyped name. Raises Failure when the workspace has registers of plugin `name`."""
    from ...store import StoreError, open_store

    workspace = session.workspace_if_any
    if workspace is None or not workspace.database.exists():
        return
    try:
        store = open_store(workspace.database, workspace.key, site=workspace.site, create=False)
    except StoreError:
        return
    try:
        orphans = sorted(table for table in store.tables() if table.startswith(f"{name}."))
    finally:
        store.close()
    if orphans:
        raise Failure(
            _(
                "Plugin “{name}” is missing; its registers are still here: {tables}. Put its file back into {folder}, or install it again; “intarsi export” writes its records all the same."
            ).format(name=name, tables=", ".join(orphans), folder=workspace.plugins),
            PLUGIN,
        )
