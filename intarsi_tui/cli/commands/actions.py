"""`intarsi PLUGIN ACTION`: what a plugin does or works out over whole registers, derived from its declaration."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import language, translator
from ..errors import USAGE, Failure
from ..explain import plugins_own, refusals
from ..inputs import field_options, typed_values
from ..output import chosen, emit, output_options
from ..wording import Command, command

if TYPE_CHECKING:
    from ...host.states import Task
    from ..session import Session

_ = translator("cli")


def action_command(plugin: str, task: "Task") -> Command:
    """The command of one action: an option for each field it asks, a listing as its answer."""

    @command(task.name, task.label(language()))
    @field_options(task.asks)
    @output_options
    @click.pass_obj
    def run(session: "Session", /, format_: str | None, output: Path | None, **options: Any) -> None:
        from ...exchange.columns import plain
        from ...host.acting import act

        typed = typed_values(task.asks, options)
        if task.paper and output:
            typed, output = _on_paper(task, typed, output), None
        format_ = chosen(session, format_, output)
        with session.office() as office, refusals(task.asks), plugins_own(office, plugin, task.label(session.lang)):
            rows = act(office, plugin, task.name, typed)
        right = {name for row in rows for name, value in row.items() if isinstance(value, (int, float))}
        if format_ == "table":
            rows = [{name: _figure(value, session.lang) for name, value in row.items()} for row in rows]
        headings = {name: label(session.lang) for name, label in task.columns.items()}
        headings = headings or {name: name for row in rows[:1] for name in row}
        columns = [plain(name, heading, right=name in right) for name, heading in headings.items()]
        emit(format_, rows, columns, output, task.label(session.lang))

    return run


def _on_paper(task: "Task", typed: dict[str, Any], output: Path) -> dict[str, Any]:
    """What was typed, with `-o` for the paper: a list of the one file that was written would be no use in a file.

    Raises:
        Failure: two names for it, or one that is no workbook's.
    """
    if typed.get(task.paper):
        wording = _("The paper has two names, {one} and {other}: give one of them, with -o or --{field}")
        raise Failure(wording.format(one=typed[task.paper], other=output, field=task.paper), USAGE)
    if output.suffix.lower() != ".xlsx":
        raise Failure(_("{path}: the paper is a workbook: its name ends in .xlsx").format(path=output), USAGE)
    return {**typed, task.paper: str(output)}


def _figure(value: Any, lang: str) -> Any:
    """A figure with the decimal sign of the language."""
    return str(value).replace(".", ",") if isinstance(value, float) and lang == "it" else value
