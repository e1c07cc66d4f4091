"""From an exception to one sentence on standard error and an exit code. A traceback is for `INTARSI_DEBUG=1` only."""

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from ..i18n import translator

DONE, PROBLEMS, USAGE, STORE, PLUGIN, INTERRUPTED = 0, 1, 2, 3, 4, 130

_ = translator("cli")


class Failure(Exception):
    """A command that cannot go on.

    Parameters:
        message: what happened, where, and what to do next; a line for each problem.
        code: the exit code.
    """

    def __init__(self, message: str, code: int = PROBLEMS) -> None:
        super().__init__(message)
        self.message, self.code = message, code


def say(message: str) -> None:
    """A message for the person: on standard error, without control characters."""
    from .text import visible

    click.echo("\n".join(visible(line) for line in message.split("\n")), err=True)


def guarded(step: Callable[[], Any], folder: Callable[[], str]) -> int:
    """Runs the program and returns its exit code, whatever happens.

    Parameters:
        folder: where the log of an unexpected error goes, asked for only then.
    """
    try:
        step()
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Failure as failure:
        say(failure.message)
        return failure.code
    except (KeyboardInterrupt, click.Abort):
        say(_("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        from . import explain

        explained = explain.explained(error)
        if explained is None and os.environ.get("INTARSI_DEBUG"):
            raise
        code, message = explained or (PROBLEMS, explain.unexpected(error, folder()))
        say(message)
        return code
    return DONE
