"""`intarsi plugin list|show|check|enable|disable`. `check` imports plugins; the others only those that changed since."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...host.states import STATES
from ...i18n import translator
from ..errors import DONE, PLUGIN, Failure, say
from ..output import chosen, emit, output_options, sheet_of_labels
from ..wording import Group, command

if TYPE_CHECKING:
    from ...host.states import PluginState
    from ..session import Session

_ = translator("cli")


def _names(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    from ...host.index import last_known
    from ..session import Session

    states = last_known(Session(ctx.find_root().params.get("given")).workspace_if_any)
    return [one.name for one in states if one.name.startswith(begun)]


@command("list", "List the plugins and what became of each.")
@output_options
@click.pass_obj
def list_(session: "Session", format_: str | None, output: Path | None) -> None:
    from ...exchange.columns import plain
    from ...host.index import current

    format_ = chosen(session, format_, output)
    rows = [
        {
            "plugin": one.name, "label": one.label(session.lang), "registers": len(one.records),
            "state": STATES[one.state](session.lang) if format_ == "table" else one.state,
            "reason": one.reason(session.lang) if one.reason else "", "place": one.place, "origin": one.origin,
        }
        for one in current(session.workspace_if_any)
    ]  # fmt: skip
    columns = [
        plain("plugin", _("Plugin")), plain("label", _("Name")), plain("state", _("State")),
        plain("registers", _("Registers"), right=True), plain("reason", _("Reason")),
    ]  # fmt: skip
    emit(format_, rows, columns, output, _("Plugins"))


@command("show", "Show one plugin: where it comes from, its registers and indicators, what is wrong with it.")
@click.argument("name", metavar="NAME", shell_complete=_names)
@click.pass_obj
def show(session: "Session", name: str) -> None:
    from ...host.index import current

    lang = session.lang
    state = _one(current(session.workspace_if_any), name)
    pairs = [
        (_("Plugin"), state.name), (_("Name"), state.label(lang)), (_("State"), STATES[state.state](lang)), (_("Origin"), state.origin),
        (_("Reason"), state.reason(lang) if state.reason else ""), (_("Place"), state.place), (_("Hint"), state.hint(lang) if state.hint else ""),
        (_("Registers"), "\n".join(f"{one.command}: {one.plural(lang)}" for one in state.records)),
        (_("Indicators"), "\n".join(f"{one.name}: {one.label(lang)}" for one in state.indicators)),
        (_("Findings"), "\n".join(_finding_lines(state, lang))),
    ]  # fmt: skip
    click.echo(sheet_of_labels((label, value) for label, value in pairs if value), nl=False)


@command(
    "check", "Import plugins and check their declarations; all of them without NAME. Exit code 4 if one is broken."
)
@click.argument("names", metavar="[NAME]…", nargs=-1, shell_complete=_names)
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...]) -> None:
    from ...host.index import rebuild

    session: Session = ctx.obj
    states = rebuild(session.workspace_if_any)
    chosen_states = [_one(states, name) for name in names] or states
    for state in chosen_states:
        click.echo(f"{state.name}: {STATES[state.state](session.lang)}")
        for line in _why_lines(state, session.lang):
            click.echo(f"  {line}")
    broken = [state.name for state in chosen_states if state.state in ("broken", "incompatible")]
    if broken:
        say(_("Not usable: {names}").format(names=", ".join(broken)))
    ctx.exit(PLUGIN if broken else DONE)


def _why_lines(state: "PluginState", lang: str) -> Iterator[str]:
    if state.reason:
        yield ": ".join(filter(None, (state.place, state.reason(lang))))
    if state.hint:
        yield state.hint(lang)
    yield from _finding_lines(state, lang)


def _finding_lines(state: "PluginState", lang: str) -> Iterator[str]:
    reason = state.reason(lang) if state.reason else ""
    for finding in state.findings:
        if f"{finding.id} {finding.where}: {finding.message(lang)}" == reason:  # said above already
            continue
        weight = _("Warning") if finding.severity == "warning" else _("Error")
        yield f"{finding.id} {weight}, {finding.where}: {finding.message(lang)}"


@command("enable", "Switch a plugin on again in this workspace.")
@click.argument("name", metavar="NAME", shell_complete=_names)
@click.pass_obj
def enable(session: "Session", name: str) -> None:
    _switch(session, name, on=True)


@command("disable", "Switch a plugin off in this workspace. Its records stay.")
@click.argument("name", metavar="NAME", shell_complete=_names)
@click.pass_obj
def disable(session: "Session", name: str) -> None:
    _switch(session, name, on=False)


def _switch(session: "Session", name: str, *, on: bool) -> None:
    from ...host.index import last_known, rebuild
    from ...project.switch import switch
    from ...project.workspace import Workspace
    from ...store.errors import StoreError

    workspace = session.workspace
    if session.read_only:
        raise StoreError("only_reading", workspace.path)
    workspace.profile  # noqa: B018 - a broken file is told of in our words, before it is edited
    names = [state.name for state in last_known(workspace)]
    if name not in names:
        names = [state.name for state in rebuild(workspace)]
    if name not in names:
        raise Failure(_unknown(name, names), PLUGIN)
    switch(workspace, name, on=on)
    state = _one(rebuild(Workspace(workspace.path)), name)  # a fresh one: settings are read once
    say(f"{name}: {STATES[state.state](session.lang)}")


def _one(states: "list[PluginState]", name: str) -> "PluginState":
    for state in states:
        if state.name == name:
            return state
    raise Failure(_unknown(name, [state.name for state in states]), PLUGIN)


def _unknown(name: str, names: list[str]) -> str:
    return _("No plugin “{name}”; there are: {names}").format(name=name, names=", ".join(dict.fromkeys(names)))


plugin = Group("plugin", help="Plugins: list, show, check, enable, disable.", no_args_is_help=True)
plugin.commands = {"list": list_, "show": show, "check": check, "enable": enable, "disable": disable}
