"""`intarsi PLUGIN RECORD list|show|history|schema`: reading a register."""

from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..finding import as_of_option, filter_options, found, kept, names_asked, register_on, told, view_named
from ..names import masked, names_option, plainly, say_masked
from ..output import chosen, emit, json_text, output_options, sheet_of_labels
from ..wording import Command, command, option

if TYPE_CHECKING:
    from pathlib import Path

    from ...records.declaration import Declaration, Field
    from ..session import Session

_ = translator("cli")


def list_command(declaration: "Declaration") -> Command:
    """`list`"""

    @command("list", "List the records.")
    @filter_options
    @option("--all-fields", is_flag=True, help="Every field, not only those of the list.")
    @names_option(declaration)
    @output_options
    @click.pass_obj
    def run(
        session: "Session",
        /,
        all_fields: bool,
        format_: str | None,
        output: "Path | None",
        names: bool | None = None,
        **filters: Any,
    ) -> None:
        from ...exchange.columns import of_register
        from ...host.views import fields_of

        format_ = chosen(session, format_, output)
        with session.office() as office:
            plain = plainly(names, output)
            docs, count = found(office, declaration, filters, names=plain)
            docs = told(office, declaration, docs, format_)
            view = view_named(office, declaration, filters["view"])
            in_list = [field for field, _width in fields_of(declaration, view.columns)]
            chosen_fields = [*_everything(declaration), *kept(declaration, docs)] if all_fields else in_list
            columns = of_register(office, chosen_fields)
            # Whoever is found by a name is known by it, whatever columns there are.
            by_name = plain and (view.search or filters["search"] or names_asked(declaration, filters["where"]))
            seen = None if by_name or format_ in ("json", "jsonl") else {field.name for field in chosen_fields}
            docs = masked(office, declaration, docs, seen, format_, output, names)
            emit(format_, docs, columns, output, declaration.plural(office.lang))
            if not docs and names is None and declaration.masked and not plain:
                say_masked()  # also from what is looked for
        if format_ == "table":
            click.echo(_("{shown} of {count}").format(shown=len(docs), count=count), err=True)

    return run


def _everything(declaration: "Declaration") -> "list[Field]":
    first = [declaration.by_name[name] for name in ("id", "number", "state")]
    return [*first, *declaration.own, *(field for field in declaration.fields if field.envelope and field not in first)]


def show_command(declaration: "Declaration") -> Command:
    """`show`"""

    @command("show", "Show one record: by UUID, its beginning, number, key or title.")
    @click.argument("reference", metavar="REF")
    @as_of_option
    @names_option(declaration)
    @output_options
    @click.pass_obj
    def run(
        session: "Session",
        /,
        reference: str,
        as_of: str | None,
        format_: str | None,
        output: "Path | None",
        names: bool | None = None,
    ) -> None:
        from ...exchange.columns import of_register

        format_ = chosen(session, format_, output)
        with session.office() as office:
            with register_on(office, declaration, as_of) as table:
                docs = told(office, declaration, [table.meant(reference)], format_)
            [doc] = masked(office, declaration, docs, None, format_, output, names)
            columns = of_register(office, [*_everything(declaration), *kept(declaration, [doc])])
            if output is None and format_ in ("table", "json"):
                pairs = ((column.label, column.show(doc)) for column in columns if doc.get(column.name) is not None)
                click.echo(sheet_of_labels(pairs) if format_ == "table" else json_text(doc, indent=2) + "\n", nl=False)
            else:
                emit(format_, [doc], columns, output, declaration.label(office.lang))

    return run


def history_command(declaration: "Declaration") -> Command:
    """`history`"""

    @command("history", "Who changed what, newest first. In the record REF, or in the whole register.")
    @click.argument("reference", metavar="[REF]", required=False)
    @option("--limit", type=click.IntRange(min=1), default=100, metavar="N", help="At most N changes.")
    @option(
        "--search", default="", metavar="TEXT", help="Changes that contain all these words: who, what, record, values."
    )
    @names_option(declaration)
    @output_options
    @click.pass_obj
    def run(
        session: "Session",
        /,
        reference: str | None,
        limit: int,
        search: str,
        format_: str | None,
        output: "Path | None",
        names: bool | None = None,
    ) -> None:
        from .history import change_columns, change_rows, hidden, searched

        format_ = chosen(session, format_, output)
        with session.office() as office:
            uid = office.table(declaration.table).meant(reference)["id"] if reference else None
            plain = plainly(names, output)
            changes = searched(office, search, limit, declaration.table, uid, names=plain)
            minors = hidden(office, declaration, changes, format_, output, names)
            rows = list(change_rows(office, changes, minors))
            emit(format_, rows, change_columns(), output, declaration.plural(office.lang))
            if not rows and names is None and declaration.masked and not plain:
                say_masked()  # as above

    return run


def schema_command(declaration: "Declaration") -> Command:
    """`schema`"""

    @command("schema", "The JSON Schema of the record.")
    @click.pass_obj
    def run(session: "Session", /) -> None:
        with session.office() as office:
            schema = office.record_class(declaration.table).model_json_schema()
        click.echo(json_text(schema, indent=2))

    return run
