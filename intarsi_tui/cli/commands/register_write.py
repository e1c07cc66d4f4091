"""`intarsi PLUGIN RECORD add|edit|confirm|mark-sent|void`: writing to a register."""

from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ...records.problems import Problem, Rejected
from ..errors import USAGE, Failure, say
from ..explain import problem_lines, refusals
from ..inputs import attachments_told, field_options, json_documents, typed_values
from ..output import json_text
from ..wording import Command, command, option

if TYPE_CHECKING:
    from ...host.office import Office
    from ...records.declaration import Declaration
    from ..session import Session

_ = translator("cli")

FORMATS = click.Choice(["table", "json", "jsonl"])


def add_command(declaration: "Declaration") -> Command:
    """`add`"""

    @command("add", "Add a record, or as many as a JSON array holds. Prints their UUIDs.")
    @field_options(declaration)
    @option(
        "--json", "source", metavar="FILE", help="Values as a JSON object, or an array of them; - for standard input."
    )
    @option("--confirm", is_flag=True, help="Confirm at once: checks what confirming needs and gives the number.")
    @option("--format", "format_", type=FORMATS, help="Output format.")
    @click.pass_obj
    def run(session: "Session", /, source: str | None, confirm: bool, format_: str | None, **options: Any) -> None:
        typed = typed_values(declaration, options)
        if source is None and not typed:
            raise Failure(_("Nothing to add: give fields as options (see --help), or --json FILE"), USAGE)
        documents, several = json_documents(source) if source is not None else ([{}], False)
        with session.office() as office:
            saved = _add_all(office, declaration, [{**one, **typed} for one in documents], confirm, several)
            _report(session, office, declaration, saved, format_, _("Added"))

    return run


def _add_all(
    office: "Office", declaration: "Declaration", documents: list[dict[str, Any]], confirm: bool, several: bool
) -> list[Any]:
    from ...project.attachments import Later
    from ...records.attached import taken_in

    table, files = office.table(declaration.table), Later(office.workspace.files)
    problems: list[Problem] = []
    saved: list[Any] = []
    # All or nothing, in one step of undo; the problems of all documents are told at once.
    with refusals(declaration), office.store.operation(_label("add-confirm" if confirm else "add", declaration)):
        for number, document in enumerate(documents, start=1):
            try:
                saved.append(table.add(taken_in(declaration, document, files.value), confirm=confirm))
            except Rejected as error:
                problems += [problem.at_row(number) if several else problem for problem in error.problems]
        if given := dict.fromkeys(str(one.field) for one in problems if one.code == "read_only"):
            others = problem_lines((one for one in problems if one.code != "read_only"), declaration)
            told = _(
                "The program gives these itself: leave them out to add records, or change those that are there with “edit”: {names}"
            )
            raise Failure("\n".join([told.format(names=", ".join(given)), *others]))
        if problems:
            raise Rejected(problems)
        files.keep()
    return saved


def _label(what: str, declaration: "Declaration") -> str:
    return f"{what} {declaration.table}"


def edit_command(declaration: "Declaration") -> Command:
    """`edit`"""

    @command("edit", 'Change fields of a record; --FIELD "" empties one.')
    @click.argument("reference", metavar="REF")
    @field_options(declaration)
    @option(
        "--json",
        "source",
        metavar="FILE",
        help="The changed values as a JSON object; null empties; - for standard input.",
    )
    @option("--format", "format_", type=FORMATS, help="Output format.")
    @click.pass_obj
    def run(session: "Session", /, reference: str, source: str | None, format_: str | None, **options: Any) -> None:
        from ...project.attachments import Later
        from ...records.attached import taken_in

        changes = typed_values(declaration, options)
        if source is not None:
            documents, _several = json_documents(source)
            if len(documents) != 1:
                raise Failure(_("edit changes one record: give one JSON object"), USAGE)
            changes = {**documents[0], **changes}
        if not changes:
            raise Failure(_("Nothing to change: give fields as options (see --help), or --json FILE"), USAGE)
        changes = {name: None if value == "" else value for name, value in changes.items()}
        with session.office() as office:
            files = Later(office.workspace.files)
            with refusals(declaration, reference), office.store.operation("edit"):
                changes = taken_in(declaration, changes, files.value)
                table = office.table(declaration.table)
                before = table.meant(reference)
                saved = table.edit(before["id"], changes)
                files.keep()
            done = _("Unchanged") if saved.doc == before else _("Changed")
            _report(session, office, declaration, [saved], format_, done)

    return run


def confirm_command(declaration: "Declaration") -> Command:
    """`confirm`"""

    @command("confirm", "Confirm drafts: they get numbers and become evidence.")
    @click.argument("references", metavar="REF…", nargs=-1, required=True)
    @option("--format", "format_", type=FORMATS, help="Output format.")
    @click.pass_obj
    def run(session: "Session", /, references: tuple[str, ...], format_: str | None) -> None:
        _each(session, declaration, references, "confirm", format_)

    return run


def mark_sent_command(declaration: "Declaration") -> Command:
    """`mark-sent`"""

    @command("mark-sent", "Mark confirmed records as sent to whom they are reported to: they change no more.")
    @click.argument("references", metavar="REF…", nargs=-1, required=True)
    @option("--format", "format_", type=FORMATS, help="Output format.")
    @click.pass_obj
    def run(session: "Session", /, references: tuple[str, ...], format_: str | None) -> None:
        _each(session, declaration, references, "sent", format_)

    return run


def _each(
    session: "Session", declaration: "Declaration", references: tuple[str, ...], what: str, format_: str | None
) -> None:
    """Does one thing to all the records, or to none."""
    with session.office() as office:
        table, saved = office.table(declaration.table), []
        act, done = (table.confirm, _("Confirmed")) if what == "confirm" else (table.mark_sent, _("Marked as sent"))
        with office.store.operation(_label(what, declaration)):
            for reference in references:
                with refusals(declaration, reference):
                    saved.append(act(table.meant(reference)["id"]))
        _report(session, office, declaration, saved, format_, done)


def void_command(declaration: "Declaration") -> Command:
    """`void`"""

    @command("void", "Void a record. It stays in the register, with the reason.")
    @click.argument("reference", metavar="REF")
    @option("--reason", required=True, metavar="TEXT", help="Why the record does not hold any more.")
    @option("--format", "format_", type=FORMATS, help="Output format.")
    @click.pass_obj
    def run(session: "Session", /, reference: str, reason: str, format_: str | None) -> None:
        with session.office() as office, refusals(declaration, reference):
            table = office.table(declaration.table)
            saved = table.void(table.meant(reference)["id"], reason)
            _report(session, office, declaration, [saved], format_, _("Voided"))

    return run


def _report(
    session: "Session", office: "Office", declaration: "Declaration", saved: list[Any], format_: str | None, done: str
) -> None:
    """The records' UUIDs or JSON as data; what was done, and warnings, for the person."""
    from ...exchange.columns import numbered_title

    format_ = format_ or session.format or "table"
    docs = [attachments_told(office, declaration, one.doc) for one in saved]
    for one in saved:
        name = numbered_title(office, declaration.table, one.doc)
        state = declaration.by_name["state"].show(one.doc, office.lang)
        say(f"{done}: {declaration.label(office.lang)} {name} ({state})")
        for line in problem_lines(one.warnings, declaration):
            say(line)
    if format_ == "json":
        click.echo(json_text(docs if len(docs) != 1 else docs[0], indent=2))
    else:
        for doc in docs:
            click.echo(json_text(doc) if format_ == "jsonl" else doc["id"])
