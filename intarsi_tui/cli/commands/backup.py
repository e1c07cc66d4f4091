"""`intarsi backup|restore`: copies of the whole office, and the office again from one of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import language, translator
from ...records.labels import Label
from ..errors import DONE, PROBLEMS, USAGE, Failure, say
from ..output import OutFile, chosen, emit, output_options, sheet_of_labels
from ..text import shown_moment
from ..wording import command, option

if TYPE_CHECKING:
    from ...project.restore import Restored
    from ...project.workspace import Workspace
    from ..session import Session

_ = translator("cli")

REASONS = {
    "rebuilt": Label("ricostruito dalla sua storia intera", "put together again from its whole history"),
    "older": Label(
        "com'era noto per ultimo: modifiche successive possono essere perse",
        "as last known: later changes may be lost",
    ),
    "unproved": Label(
        "letto, ma la storia che lo proverebbe è persa", "read, but the history that would prove it is lost"
    ),
    "unplaced": Label(
        "letto, ma non tenuto: non si sa di quale registro è", "read, but not kept: its register is not known"
    ),
}


@command("backup", "Copy the whole office, while others work in it, into a new folder; older backups make room by age.")
@option(
    "-o", "--output", "folder", type=OutFile(dash=False, file_okay=False, dir_okay=True), metavar="DIR",
    help="Where backups lie, such as another disk; otherwise the workspace's backups.",
)  # fmt: skip
@option("--list", "listing", is_flag=True, help="Show the backups that there are.")
@click.pass_context
def backup(ctx: click.Context, folder: Path | None, listing: bool) -> None:
    from ...project.backup import make_backup

    session: Session = ctx.obj
    if listing:
        _list(session, folder or session.workspace.backups)
        return
    with session.office() as office:
        made = make_backup(office.workspace, office.store, folder.resolve() if folder else None)
    click.echo(made.backup.path)
    say(_("Records: {records}. Checked after writing. Older backups removed: {removed}.").format(
        records=sum(made.records.values()), removed=len(made.removed)
    ))  # fmt: skip
    for finding in made.findings:
        say(finding.text(language()))
    for path in made.wrong:
        say(_("{path}: this attachment is not what it was; the backup does not hold it.").format(path=path))
    ctx.exit(PROBLEMS if made.findings or made.wrong else DONE)


def _list(session: "Session", folder: Path) -> None:
    from ...exchange.columns import plain
    from ...project.backup import backups
    from ...project.errors import ProjectError

    rows: list[dict[str, Any]] = []
    for one in backups(folder):
        try:
            records: int | None = one.records()
        except ProjectError:
            records = None
        rows.append({"made": one.made.isoformat(), "site": one.site, "records": records, "path": str(one.path)})
    format_ = chosen(session, None, None)
    if format_ == "table":
        rows = [{**row, "made": shown_moment(row["made"])} for row in rows]
    columns = [
        plain("made", _("When")), plain("site", _("Site")), plain("records", _("Records"), right=True), plain("path", _("Folder")),
    ]  # fmt: skip
    emit(format_, rows, columns, None, _("Backups"))


@command(
    "restore",
    "Make the office of a backup again in DIR, a new or empty folder. BACKUP is a backup's folder, or the one that they"
    " lie in: then the newest. With --salvage, bring over what can be read of this workspace's damaged database.",
)
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--salvage", is_flag=True, help="Add what can still be read of the damaged database; lists what is lost.")
@output_options
@click.pass_context
def restore(
    ctx: click.Context, backup: Path, folder: Path, salvage: bool, format_: str | None, output: Path | None
) -> None:
    from ...project import restore as restoring

    session: Session = ctx.obj
    if not salvage:
        if output:
            raise Failure(_("-o takes the list of what is lost: it goes with --salvage"), USAGE)
        _told(restoring.restore(backup, folder, session.ask), say_records=True)
        return
    from ...exchange.columns import plain

    format_ = chosen(session, format_, output)
    declarations = _declarations(session.workspace)
    restored = restoring.salvage(session.workspace, backup, folder, declarations)
    assert restored.salvaged is not None
    rows = list(_lost(restored, declarations))
    columns = [plain("register", _("Register")), plain("record", _("Record")), plain("what", _("What is wrong"))]
    if rows or format_ != "table":
        emit(format_, rows, columns, output, _("Lost"))
    _told(restored, say_records=False)
    if restored.backup is None:
        say(_("No backup was found in {path}: all of this comes from the damaged database.").format(path=backup))
    lost = restored.salvaged.lost or restored.missing
    if not lost:
        say(_("Nothing is lost."))
    ctx.exit(PROBLEMS if lost else DONE)


def _told(restored: "Restored", *, say_records: bool) -> None:
    """Where the office is now, and how it was made; in a list of losses only for the person."""
    if say_records:
        click.echo(restored.workspace.path)
    if restored.backup:
        say(_("Restored from {path}, of {moment}.").format(
            path=restored.backup.path, moment=shown_moment(restored.backup.made.isoformat())
        ))  # fmt: skip
    say(_("Restored into {path}: records {records}.").format(
        path=restored.workspace.path, records=sum(restored.records.values())
    ))  # fmt: skip
    if say_records:
        lines = sheet_of_labels((name, str(count)) for name, count in restored.records.items())
        say(lines.rstrip("\n"))


def _lost(restored: "Restored", declarations: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each record, change and file that is not simply there as it was."""
    salvaged = restored.salvaged
    assert salvaged is not None
    lang = language()
    for doubt in salvaged.doubts:
        declaration = declarations.get(doubt.table)
        title = declaration.title_of(dict(doubt.doc), lang) if declaration else ""
        name = " ".join(filter(None, (str(doubt.doc.get("number", "")), title or doubt.uid[:13])))
        yield {
            "register": doubt.table, "record": name, "what": REASONS[doubt.reason](lang), "code": doubt.reason, "id": doubt.uid,
        }  # fmt: skip
    for table, count in salvaged.vanished.items():
        what = _("records of which nothing is left: {count} at most").format(count=count)
        yield {"register": table, "record": "", "what": what, "code": "vanished", "count": count}
    for gap in salvaged.gaps:
        times = " – ".join(shown_moment(moment) if moment else "…" for moment in (gap.after, gap.before))
        what = _("changes {first}–{last} of the history are lost ({times})").format(
            first=gap.first, last=gap.last, times=times
        )
        yield {"register": "", "record": "", "what": what, "code": "gap", "first": gap.first, "last": gap.last}
    if salvaged.short:
        what = _("the damaged file is cut short: the newest changes may be missing without a trace")
        yield {"register": "", "record": "", "what": what, "code": "short"}
    for name in restored.missing:
        yield {
            "register": "",
            "record": name,
            "what": _("file not found, neither here nor in the backup"),
            "code": "file",
        }


def _declarations(workspace: "Workspace") -> dict[str, Any]:
    from ...host import index

    return {one.table: one for state in index.current(workspace) for one in state.records}
