"""`intarsi keys`: what each key of the app does, and other keys for it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ... import person
from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..output import chosen, emit, output_options
from ..wording import Group, command

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command("list", "List what keys do in the app: id, key, what it does, and the command that does the same.")
@output_options
@click.pass_obj
def list_(session: "Session", format_: str | None, output: Path | None) -> None:
    from ...exchange.columns import plain
    from ...tui.keymap import listing

    format_ = chosen(session, format_, output)
    rows, wrong = listing(person.keymap())
    columns = [
        plain("id", _("Name")), plain("keys", _("Keys")), plain("does", _("What it does")), plain("command", _("Command")),
    ]  # fmt: skip
    emit(format_, rows, columns, output, _("Keys"))
    for sentence in filter(None, [person.wrong(), *wrong]):
        say(sentence)
    say(_("Yours are kept in {path}, under [keys].").format(path=person.place()))


@command("set", "Give ID other KEYS, such as: intarsi keys set list.new ctrl+n; several with commas between them.")
@click.argument("id", metavar="ID")
@click.argument("keys", metavar="KEYS")
def set_(id: str, keys: str) -> None:
    from ...tui.keymap import checked, known

    usable, wrong = checked({**person.keymap(), id: keys}, known())
    if id not in usable:
        raise Failure("\n".join(wrong), USAGE)
    _keep(id, usable[id])


@command("reset", "Give ID its usual keys again.")
@click.argument("id", metavar="ID")
def reset(id: str) -> None:
    if id not in person.keymap():
        raise Failure(_("{id} has its usual keys.").format(id=id), USAGE)
    _keep(id, None)


def _keep(id: str, keys: str | None) -> None:
    try:
        person.keep_key(id, keys)
    except ValueError as error:
        raise Failure(f"{person.place()}: {error}", USAGE) from None
    say(_("Kept in {path}; it holds from the next start.").format(path=person.place()))


keys = Group("keys", help="The app's keys: list them, or take others.", no_args_is_help=True)
keys.commands = {"list": list_, "set": set_, "reset": reset}
