"""Errors and problems in the person's words; imported only when there is something to explain."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..i18n import language, translator
from .errors import PLUGIN, PROBLEMS, STORE, USAGE, Failure

if TYPE_CHECKING:
    from ..host.office import Office
    from ..records.declaration import Declaration
    from ..records.problems import Problem

_ = translator("cli")

# What happens to a stream and not to a file that we opened: disk full, quota, file too large, device.
OUTPUT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def explained(error: Exception) -> tuple[int, str] | None:
    """Exit code and sentence of an error that a person can do something about; `None` for our own mistakes."""
    from ..exchange.problems import FileRefused
    from ..project.errors import ProjectError
    from ..records.problems import Rejected
    from ..reporting.problems import ReportError
    from ..sheets.errors import SheetError
    from ..store.errors import AmbiguousRecord, NoSuchRecord, StoreError
    from ..whole_file import OfficeFile

    lang = language()
    if isinstance(error, ProjectError):
        return USAGE, error.text(lang)
    if isinstance(error, StoreError):
        return PLUGIN if error.code == "register_without_plugin" else STORE, error.text(lang)
    if isinstance(error, (NoSuchRecord, AmbiguousRecord)):
        return PROBLEMS, error.problem.text(lang)
    if isinstance(error, Rejected):
        return PROBLEMS, "\n".join(problem_lines(error.problems, None))
    if isinstance(error, ReportError):
        return PROBLEMS, "\n".join(problem.text(lang) for problem in error.problems)
    if isinstance(error, SheetError):
        return PROBLEMS, error.told(lang)
    if isinstance(error, FileRefused):
        return PROBLEMS, error.text(lang)
    if type(error) is LookupError:  # a plugin that loaded once and does not any more (`Office.record_class`)
        return PLUGIN, str(error)
    if isinstance(error, UnicodeDecodeError):
        return PROBLEMS, _("The input is not UTF-8 text: save it as UTF-8 and repeat.")
    if isinstance(error, OfficeFile):
        return USAGE, f"{error.filename}: {error.strerror}."
    if isinstance(error, OSError) and error.filename is not None:
        return PROBLEMS, _(
            "{path}: {reason}. Check the name and the permissions; close the file if it is open elsewhere."
        ).format(path=error.filename, reason=error.strerror or error)
    if isinstance(error, OSError) and error.errno in OUTPUT:
        return PROBLEMS, _("The output cannot be written: {reason}.").format(reason=error.strerror)
    return None


def unexpected(error: Exception, folder: str) -> str:
    """One sentence for a mistake of ours, whose traceback goes into a log in `folder`."""
    from ..host.error_log import logged

    if path := logged(error, folder):
        return _(
            "An unexpected error ({kind}). Nothing more was done; please send {path} to whoever looks after the program."
        ).format(kind=type(error).__name__, path=path)
    return _("An unexpected error: {detail}").format(detail=repr(error))


@contextmanager
def plugins_own(office: "Office", plugin: str, name: str) -> Iterator[None]:
    """An error in the lines of a plugin is told with the place there, and not as one of ours.

    Parameters:
        name: what the plugin was doing, in words.
    """
    try:
        yield
    except Exception as error:
        if explained(error) or os.environ.get("INTARSI_DEBUG"):
            raise
        import traceback

        from ..host.error_log import logged
        from ..records.rules import said

        # The first lines that are not the program's are the plugin's; what it calls may be a library's.
        places = [(frame.f_globals.get("__name__", "").partition(".")[0], frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]  # fmt: skip
        ours = __name__.partition(".")[0]
        own = next((package for package, _file, _line in places if package != ours), "")
        where = [f"{Path(file).name}:{line}" for package, file, line in places if package == own]
        reason = ": ".join([*where[-1:], said(error)])
        raise Failure(
            _("“{name}” of the plugin “{plugin}” does not work ({reason}): tell whoever looks after it. The details are in {log}.").format(
                name=name, plugin=plugin, reason=reason, log=logged(error, str(office.workspace.path)) or "–"
            ),
            PLUGIN,
        ) from error  # fmt: skip


@contextmanager
def refusals(declaration: "Declaration", reference: str = "") -> Iterator[None]:
    """Words refused documents with the labels of their register, under what the person called the record."""
    from ..records.problems import Rejected

    try:
        yield
    except Rejected as error:
        lines = list(problem_lines(error.problems, declaration))
        raise Failure("\n".join([f"{reference}:", *lines] if reference else lines)) from None


def problem_lines(problems: "Iterable[Problem]", declaration: "Declaration | None") -> Iterator[str]:
    """`Row 12, Household: Required` for each problem."""
    lang = language()
    for problem in problems:
        places = [_("Row {number}").format(number=problem.row)] if problem.row is not None else []
        if problem.severity == "warning":
            places.insert(0, _("Warning"))
        if problem.field:
            places.append(declaration.label_of(problem.field, lang) if declaration else problem.field)
        where = ", ".join(places)
        yield f"{where}: {problem.text(lang)}" if where else problem.text(lang)
