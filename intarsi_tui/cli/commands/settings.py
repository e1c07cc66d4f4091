"""`intarsi settings`: what the office and the person can set, as in F9."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..output import chosen, emit, output_options
from ..wording import Group, command

if TYPE_CHECKING:
    from ...records.declaration import Field
    from ..session import Session

_ = translator("cli")


def _names(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    from ...project.settings import ALL

    return [one.field.name for one in ALL if one.field.name.startswith(begun)]


@command("show", "Show the settings of the office and your own; with NAME only that one.")
@click.argument("name", metavar="[NAME]", required=False, shell_complete=_names)
@output_options
@click.pass_obj
def show(session: "Session", name: str | None, format_: str | None, output: Path | None) -> None:
    from ...exchange.columns import plain
    from ...project import settings

    workspace, lang = session.workspace_if_any, session.lang
    found, declared = settings.values(workspace), settings.declaration(workspace)
    if name:
        _check(name, declared.by_name)
    format_ = chosen(session, format_, output)
    places = {one.field.name: one.place for one in settings.ALL}
    rows: list[dict[str, Any]] = [
        {
            "name": field.name,
            "value": _shown(field, found, lang) if format_ == "table" else found.get(field.name),
            "label": field.label(lang), "place": places[field.name], "help": field.help(lang) if field.help else "",
        }
        for field in declared.fields if name in (None, field.name)
    ]  # fmt: skip
    columns = [
        plain("name", _("Name")), plain("value", _("Value")), plain("label", _("Setting")), plain("help", _("Help")),
    ]  # fmt: skip
    emit(format_, rows, columns, output, _("Settings"))


def _shown(field: "Field", found: dict[str, Any], lang: str) -> str:
    """The value, or in brackets what holds without one."""
    from ...project.settings import EMPTY

    holds = EMPTY[field.name](lang)
    return field.show(found, lang) or (f"({holds})" if holds else "")


@command(
    "set", "Set NAME to VALUE; an empty VALUE takes the setting out. Comments of the file stay.",
    context_settings={"ignore_unknown_options": True},  # -5 is a value, and is judged as one
)  # fmt: skip
@click.argument("name", metavar="NAME", shell_complete=_names)
@click.argument("value", metavar="VALUE")
@click.pass_obj
def set_(session: "Session", name: str, value: str) -> None:
    from ...project import settings
    from ...records.problems import Rejected
    from ...store.errors import StoreError

    workspace = session.workspace_if_any
    field = settings.declaration(workspace).by_name
    _check(name, field)
    if session.read_only:
        raise StoreError("only_reading", workspace.path if workspace else "")
    try:
        settings.save(workspace, {name: value})
    except Rejected as rejected:
        label = field[name].label(session.lang)
        raise Failure("\n".join(f"{label}: {one.text(session.lang)}" for one in rejected.problems)) from None
    say(_("Saved."))


def _check(name: str, known: Any) -> None:
    if name not in known:
        from difflib import get_close_matches

        near = get_close_matches(name, known) or known
        raise Failure(_("No setting “{name}”; there are: {names}").format(name=name, names=", ".join(near)), USAGE)


settings = Group("settings", help="Settings of the office and your own: show, set.", no_args_is_help=True)
settings.commands = {"show": show, "set": set_}
