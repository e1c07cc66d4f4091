"""`intarsi completion`: the script that a shell reads."""

import click
from click.shell_completion import get_completion_class

from ..wording import command


@command("completion", 'Print the completion script of a shell: eval "$(intarsi completion bash)".')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    script = get_completion_class(shell)
    assert script is not None
    click.echo(script(ctx.find_root().command, {}, "intarsi", "_INTARSI_COMPLETE").source())
