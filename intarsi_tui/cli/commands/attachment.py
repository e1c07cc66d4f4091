"""`intarsi attachment list|open|export|verify|repair|purge`: the files that records name."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, USAGE, Failure, say
from ..inputs import agreed, stdin_is_terminal
from ..output import OutFile, chosen, emit, output_options
from ..wording import Group, command, option

if TYPE_CHECKING:
    from ...host.attached import Found
    from ...host.office import Office
    from ...project.attachments import State
    from ..session import Session

_ = translator("cli")

register_option = option("--register", metavar="REGISTER", help="Only this register, such as governance.meeting.")


def _found(office: "Office", register: str | None, reference: str | None) -> "list[Found]":
    """The files of one record, of a register, or of all of them."""
    from ...host.attached import of_record, of_registers, registers_with_files
    from ...store import AmbiguousRecord, NoSuchRecord

    declarations = registers_with_files(office)
    names = [one.table for one in declarations]
    if register is not None:
        declarations = [one for one in declarations if one.table == register]
        if not declarations:
            raise Failure(
                _("“{name}” is no register with attached files; there are: {names}").format(
                    name=register, names=", ".join(names)
                ),
                USAGE,
            )
    if reference is None:
        return list(of_registers(office, declarations))
    found, refused = [], list[NoSuchRecord]()
    for declaration in declarations:
        try:
            found.append((declaration, office.table(declaration.table).meant(reference)))
        except AmbiguousRecord:
            raise
        except NoSuchRecord as error:
            refused.append(error)
    if len(found) > 1:
        names = [declaration.table for declaration, _doc in found]
        raise Failure(
            _("{reference} is in several registers: add --register {names}").format(
                reference=reference, names=", ".join(names)
            ),
            USAGE,
        )
    if not found:
        if register is not None:
            raise refused[0]
        near = [one.problem.text(office.lang) for one in refused if one.problem.params["hint"] not in ("", ("", ""))]
        raise Failure(
            "\n".join(near) or _("{reference} is in no register with attached files").format(reference=reference)
        )
    return of_record(*found[0])


@command("list", "List the attached files and whether each is still what was attached. Reads them all.")
@register_option
@option("--record", "reference", metavar="REF", help="Only those of this record.")
@output_options
@click.pass_obj
def list_(
    session: "Session", register: str | None, reference: str | None, format_: str | None, output: Path | None
) -> None:
    from ...exchange.columns import Column, plain

    with session.office() as office:
        found = _found(office, register, reference)
        states = _states(office, found)
        rows = [_row(office, one, states[one.named.digest]) for one in found]
        if register is None and reference is None:
            rows += _orphans(office)
    words = {"ok": _("in order"), "missing": _("missing"), "changed": _("changed"), "orphaned": _("orphaned")}
    state = Column(
        "state", _("State"), lambda row: words[row["state"]], lambda row: row["state"], lambda row: row["state"]
    )
    columns = [
        plain("label", _("Register")), plain("record", _("Record")), plain("field", _("Field")), plain("name", _("File name")),
        plain("size", _("Bytes"), right=True), state,
    ]  # fmt: skip
    format_ = chosen(session, format_, output)
    emit(format_, rows, columns, output, _("Attached files"))
    if format_ == "table":
        bad = sum(row["state"] != "ok" for row in rows)
        say(_("Files: {count}, not in order: {bad}").format(count=len(rows), bad=bad))


def _row(office: "Office", one: "Found", state: str) -> dict[str, Any]:
    files, named = office.workspace.files, one.named
    return {
        "register": one.declaration.table, "label": one.declaration.label(office.lang), "id": one.doc["id"],
        "record": one.doc.get("number") or one.doc["id"][:13], "path": named.path, "field": named.label(office.lang),
        "name": named.name, "hash": f"sha256:{named.digest}", "size": files.size(named.value),
        "state": state,
    }  # fmt: skip


def _states(office: "Office", found: "list[Found]") -> "dict[str, State]":
    """The state of each file by its hash; several records may name the same one."""
    values = {one.named.digest: one.named.value for one in found}
    return {digest: office.workspace.files.state(value) for digest, value in values.items()}


def _orphans(office: "Office") -> Iterator[dict[str, Any]]:
    from ...store.mentions import in_documents

    encrypted = office.workspace.files.key is not None
    for path in office.workspace.files.unnamed(in_documents(office.store.connection)):
        yield {
            "register": "", "label": "", "id": "", "record": "", "path": "", "field": "", "name": path.name,
            "hash": "" if path.suffix or encrypted else f"sha256:{path.name}", "size": path.stat().st_size, "state": "orphaned",
        }  # fmt: skip


@command("open", "Open an attached file of the record REF: a read-only copy, in the system's program. Prints its path.")
@click.argument("reference", metavar="REF")
@click.argument("field", metavar="[FIELD]", required=False)
@register_option
@click.pass_obj
def open_(session: "Session", reference: str, field: str | None, register: str | None) -> None:
    from ...host import access
    from ...project.opening import open_copy

    with session.office() as office:
        named = _found(office, register, reference)
        wanted = [one for one in named if field in (None, one.named.path, one.named.path.partition(".")[0])]
        if len(wanted) != 1:
            names = ", ".join(one.named.path for one in named)
            if not names:
                raise Failure(_("{reference} has no attached files").format(reference=reference))
            raise Failure(_("{reference}: say which file: {names}").format(reference=reference, names=names), USAGE)
        _must_be_there(office, wanted)
        copy, started = open_copy(office.workspace.files, wanted[0].named.value)
        access.log(office, "attachment", wanted[0].declaration.table, wanted[0].doc["id"], wanted[0].named.path)
    click.echo(copy)
    if not started:
        say(_("There is no display or no program to open it with: open the copy at this path."))


def _must_be_there(office: "Office", found: "list[Found]") -> None:
    bad = list(_not_in_order(office, found))
    if bad:
        raise Failure("\n".join(bad))


def _not_in_order(office: "Office", found: "list[Found]") -> Iterator[str]:
    states = _states(office, found)
    for one in found:
        if (state := states[one.named.digest]) != "ok":
            yield one.problem(office, state).text(office.lang)


@command(
    "export",
    "Copy attached files, with an index, into a new folder or in place of an earlier export: those of a record, a register, or all.",
)
@register_option
@option("--record", "reference", metavar="REF", help="Only those of this record.")
@option(
    "-o", "--output", required=True, type=OutFile(dash=False, dir_okay=True), metavar="DIR", help="The folder to make."
)
@click.pass_obj
def export(session: "Session", register: str | None, reference: str | None, output: Path) -> None:
    from ...host import access
    from ...reporting.attachments import gathered, permitted

    with session.office() as office:
        found = permitted(_found(office, register, reference), "office")
        if not found:
            raise Failure(_("There are no attached files to export"))
        access.log(office, "attachment", register or "", detail=str(len(found)))
        with gathered(office, found, output, "office", office.lang):
            pass
    click.echo(output)
    say(_("Files: {count}").format(count=len(found)))


@command("verify", "Read every attached file again and say which are missing or changed, and what to do.")
@register_option
@click.pass_context
def verify(ctx: click.Context, register: str | None) -> None:
    session: Session = ctx.obj
    with session.office() as office:
        found = _found(office, register, None)
        bad = list(_not_in_order(office, found))
    for line in bad:
        say(line)
    say(_("Attached files verified: {count}. Missing or changed: {bad}.").format(count=len(found), bad=len(bad)))
    ctx.exit(PROBLEMS if bad else DONE)


@command("repair", "Give missing or changed files back: originals that a record names are kept again.")
@click.argument("sources", metavar="FILE…", nargs=-1, required=True)
@click.pass_context
def repair(ctx: click.Context, sources: tuple[str, ...]) -> None:
    from ...project.file_names import as_path
    from ...store.mentions import in_documents, in_history

    session: Session = ctx.obj
    unknown = 0
    with session.office() as office:
        connection, files = office.store.connection, office.workspace.files
        named = in_documents(connection) | in_history(connection)
        for source in map(as_path, sources):
            value = files.value_of(source)
            if value[7:71] not in named:
                say(_("{path}: no record names this content: it is another version of the file").format(path=source))
                unknown += 1
            elif files.state(value) == "ok":
                say(_("{path}: was in order already").format(path=source))
            else:
                files.attach(source)
                say(_("{path}: put right").format(path=source))
    ctx.exit(PROBLEMS if unknown else DONE)


@command("purge", "Delete files that neither a record nor the history names. Those of the last 24 hours stay.")
@option("--yes", is_flag=True, help="Delete without asking.")
@click.pass_context
def purge(ctx: click.Context, yes: bool) -> None:
    from ...store.mentions import in_documents, in_history

    session: Session = ctx.obj
    with session.office() as office:
        connection = office.store.connection
        files = office.workspace.files

        def unnamed() -> list[Path]:
            return list(files.unnamed(in_documents(connection) | in_history(connection), young=False))

        paths = unnamed()
        for path in paths:
            click.echo(path)
        kept = sum(1 for _path in files.unnamed(in_documents(connection))) - len(paths)
        if kept:
            say(
                _(
                    "Orphaned files that stay, for the history names them or they are of the last 24 hours: {count}"
                ).format(count=kept)
            )
        if paths and not yes:
            if not stdin_is_terminal():
                say(_("Nothing was deleted: repeat with --yes to delete."))
                ctx.exit(USAGE)
            if not agreed(_("Delete for good? Files: {count}.").format(count=len(paths))):
                say(_("Nothing was deleted."))
                ctx.exit(DONE)
        # Asked again where nobody can save a record meanwhile.
        with connection.transaction():
            gone = [path for path in unnamed() if path in paths]
            for path in gone:
                path.unlink()
    say(_("Deleted: {count}").format(count=len(gone)))


attachment = Group(
    "attachment", help="Attached files: list, open, export, verify, repair, purge.", no_args_is_help=True
)
attachment.commands = {
    "list": list_, "open": open_, "export": export, "verify": verify, "repair": repair, "purge": purge,
}  # fmt: skip
