"""Click's classes with their words looked up when they are shown, so that one process can speak both languages.

Help texts stay English where commands are declared; click's own messages are in our catalogue too.
"""

import gettext
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..i18n import FOLDER, choose, translator

if TYPE_CHECKING:
    from click.parser import _OptionParser

F = TypeVar("F", bound=Callable[..., Any])
_ = translator("cli")

MAY_BE_EMPTY = ("VALUE", "TEXT")  # what empties a field, or looks for nothing


def speak(given: str | None) -> str:
    """Sets the language of our messages and of click's, and returns it."""
    lang = choose(given)
    # Click asks gettext's current domain, which reads the language from the environment only.
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain("cli", str(FOLDER))
    gettext.textdomain("cli")
    return lang


def asked_language(args: list[str]) -> str | None:
    """The value of `--lang` in `args`: needed before click parses, since its errors are worded too."""
    for at, arg in enumerate(args):
        value = arg.partition("=")[2] if arg.startswith("--lang=") else "".join(args[at + 1 : at + 2])
        if arg.startswith("--lang") and value in ("it", "en"):
            return value
    return None


def asked_folder(args: list[str]) -> str | None:
    """The value of `-w` in `args`: what goes wrong is logged beside the office that was meant, whatever click made of it."""
    for at, arg in enumerate(args):
        if arg in ("-w", "--workspace"):
            return "".join(args[at + 1 : at + 2]) or None
        if arg.startswith("--workspace="):
            return arg.partition("=")[2] or None
        if arg.startswith("-w"):
            return arg[2:]
    return None


class _Worded(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            root = ctx.find_root()
            if error.option_name in (name for one in root.command.params for name in one.opts):
                ctx.fail(_("{option} goes before the command: intarsi {option} …").format(option=error.option_name))
            raise

    def make_parser(self, ctx: click.Context) -> "_OptionParser":
        parser = super().make_parser(ctx)
        parse = parser.parse_args

        def without_slips(args: list[str]) -> tuple[dict[str, Any], list[str], list[click.Parameter]]:
            given, rest, order = parse(args)
            if not ctx.resilient_parsing:
                _refuse_slips(ctx, given, order)
            return given, rest, order

        parser.parse_args = without_slips  # type: ignore[method-assign]
        return parser

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [_(one) for one in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(self.help))

    def get_short_help_str(self, limit: int = 45) -> str:
        words = _(self.help or "").partition("\n\n")[0]
        sentence = words.partition(". ")[0].rstrip(".")
        return sentence if len(sentence) <= limit else sentence[: limit - 1] + "…"


def _refuse_slips(ctx: click.Context, given: dict[str, Any], order: list[click.Parameter]) -> None:
    """Refuses what click takes without a word: an option given twice, whose last value it keeps, and a name that is empty.

    To a command an empty name is none at all, so that it would do something else: the last step instead of `undo "$step"`.
    """
    for param in order:
        single = isinstance(param, click.Option) and not (param.multiple or param.is_flag or param.count)
        if single and ctx.parent and order.count(param) > 1:  # aliases give global ones, which a call may override
            raise click.BadParameter(_("given more than once, and one value is all it takes"), ctx, param)
        value = given.get(param.name or "")
        empty = "" in value if isinstance(value, (list, tuple)) else value == ""
        if empty and (param.metavar or MAY_BE_EMPTY[0]) not in MAY_BE_EMPTY:
            raise click.BadParameter(_("it is empty: write something, or leave it out"), ctx, param)


class Command(_Worded):
    """A command with a translated help."""


class Group(_Worded, click.Group):
    """A group with a translated help; `group.command(...)` makes translated commands."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        found = self.get_command(ctx, name)
        if found is None and not ctx.resilient_parsing and not name.startswith("-"):
            from difflib import get_close_matches

            names = self.list_commands(ctx)
            near = get_close_matches(name, names) or names
            ctx.fail(_("No such command “{name}”; there are: {names}").format(name=name, names=", ".join(near)))
        return name if found else None, found, args[1:]


class Option(click.Option):
    """An option with a translated help."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, _(self.help), 1)


def command(name: str, help: str, **settings: Any) -> Callable[[Callable[..., Any]], Command]:
    """Makes a function a command; `help` is English."""
    return click.command(name, cls=Command, help=help, **settings)


def option(*names: str, help: str, **settings: Any) -> Callable[[F], F]:
    """An option of a command; `help` is English."""
    return click.option(*names, cls=Option, help=help, **settings)
