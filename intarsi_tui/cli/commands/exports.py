"""`intarsi exports`: the files that the office wrote in the clear."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import Failure, say
from ..inputs import agreed, stdin_is_terminal
from ..output import chosen, emit, output_options
from ..text import shown_moment
from ..wording import command, option

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command(
    "exports", "Files that the office wrote in the clear: workbooks and tables in “exports”. With --purge, delete them."
)
@option("--purge", is_flag=True, help="Delete them all.")
@option("--yes", is_flag=True, help="Delete without asking.")
@output_options
@click.pass_obj
def exports(session: "Session", purge: bool, yes: bool, format_: str | None, output: Path | None) -> None:
    from datetime import UTC, datetime

    from ...exchange.columns import plain
    from ...project.encryption import readable_files

    workspace = session.workspace
    found = readable_files(workspace)
    rows = [
        {"changed": datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="seconds"), "size": stat.st_size, "path": str(path)}
        for path in found if (stat := path.lstat())
    ]  # fmt: skip
    format_ = chosen(session, format_, output)
    if format_ == "table":
        rows = [{**row, "changed": shown_moment(str(row["changed"]))} for row in rows]
    columns = [plain("changed", _("When")), plain("size", _("Bytes"), right=True), plain("path", _("File name"))]
    emit(format_, rows, columns, output, _("Exports"))
    if not purge or not found:
        return
    if not yes and not (stdin_is_terminal() and agreed(_("Delete these files ({count})?").format(count=len(found)))):
        raise Failure(_("Nothing was deleted. Without a terminal to ask at, add --yes."))
    for path in found:
        path.unlink()
    for folder in sorted((one for one in workspace.exports.rglob("*") if one.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    say(_("Deleted files: {count}. What they held may still be on the disk for a while.").format(count=len(found)))
