"""`intarsi PLUGIN RECORD list|show|history|schema`: reading a register."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import USAGE, Failure
from ..filters import field_named, field_of, query_of
from ..inputs import attachments_told
from ..names import masked, names_option, plainly, say_masked
from ..output import chosen, emit, json_text, output_options, sheet_of_labels
from ..wording import Command, command, option

if TYPE_CHECKING:
    from pathlib import Path

    from ...host.office import Office
    from ...host.views import View
    from ...records.declaration import Declaration, Field
    from ...store.listing import Listing
    from ..session import Session

_ = translator("cli")


def field_names(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    assert ctx.parent is not None
    declaration: Declaration = ctx.parent.command.declaration  # type: ignore[attr-defined]
    names = (name + "=" * (parameter.name == "where") for name in declaration.by_name)
    return [name for name in names if name.startswith(begun)]


def filter_options(function: Any) -> Any:
    """What chooses and orders records."""
    function = option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N records.")(function)
    function = option(
        "--sort",
        default="",
        metavar="[-]FIELD",
        help="Order by FIELD; with a hyphen, from the last.",
        shell_complete=field_names,
    )(function)
    function = option("--search", default="", metavar="TEXT", help="Records that contain all these words.")(function)
    function = option(
        "--state", type=click.Choice(["draft", "confirmed", "sent", "void"]), help="Records in this state."
    )(function)
    function = option("--view", metavar="NAME", help="Filter, order and columns of a view saved in the app.")(function)
    function = as_of_option(function)
    return option(
        "--where",
        multiple=True,
        metavar="FIELD=VALUE",
        shell_complete=field_names,
        help="Records whose field has this value, texts without case and accents; also >, >=, <, <=, !=. FIELD= finds empty ones. May be repeated.",
    )(function)


def as_of_option(function: Any) -> Any:
    """What chooses the day on which a register is looked at."""
    return option("--as-of", metavar="DATE", help="As it was at the end of that day.")(function)


@contextmanager
def register_on(office: "Office", declaration: "Declaration", day: str | None) -> "Iterator[Listing]":
    """The register, or what it was on a day that was typed. Raises Failure when that is no date."""
    from ...records.problems import Invalid, Problem
    from ...records.typed import read_date

    if day is None:
        yield office.table(declaration.table)
        return
    try:
        read = read_date(day)
    except Invalid as invalid:
        raise Failure(f"--as-of: {Problem(invalid.code, None, invalid.params).text(office.lang)}", USAGE) from None
    with office.table(declaration.table).as_of(read) as past:
        yield past


def found(
    office: "Office", declaration: "Declaration", chosen: dict[str, Any], *, names: bool = True
) -> tuple[Sequence[Mapping[str, Any]], int]:
    """The records that the filter options ask for, and how many there are without `--limit`.

    Parameters:
        names: also those that are found only by what is kept back of minors.
    """
    seen = view_named(office, declaration, chosen["view"])
    chosen = {**chosen, "search": f"{seen.search} {chosen['search']}".strip(), "sort": chosen["sort"] or seen.sort}
    with register_on(office, declaration, chosen["as_of"]) as table:
        return _found(office, declaration, table, chosen, names)


def view_named(office: "Office", declaration: "Declaration", name: str | None) -> "View":
    """The saved view of this name, an empty one for `None`. Raises Failure, listing the names."""
    from ...host.views import View, view, views

    if name is None:
        return View()
    found = view(office, declaration.table, name) if name else None
    if found is None:
        names = ", ".join(one.name for one in views(office, declaration.table)) or "–"
        raise Failure(_("--view {name}: no such view; there are: {names}").format(name=name, names=names), USAGE)
    return found


def _found(
    office: "Office", declaration: "Declaration", table: "Listing", chosen: dict[str, Any], names: bool
) -> tuple[Sequence[Mapping[str, Any]], int]:
    query = query_of(office, declaration, chosen["where"], chosen["state"])
    sort = chosen["sort"]
    if sort:
        sort = "-" * sort.startswith("-") + field_named(declaration, sort.removeprefix("-")).name
    if declaration.masked and not names and (chosen["search"] or chosen["where"]):
        return _unveiled(office, declaration, table, query, chosen | {"sort": sort})
    docs = table.page(query, chosen["search"], sort, chosen["limit"])
    cut = chosen["limit"] is not None and len(docs) == chosen["limit"]
    return docs, table.count_of(query, chosen["search"]) if cut else len(docs)


def _unveiled(
    office: "Office", declaration: "Declaration", table: "Listing", query: Any, chosen: dict[str, Any]
) -> tuple[Sequence[Mapping[str, Any]], int]:
    """As `_found`, without whom only a name that is kept back would have found."""
    from ...host.masks import Veil, masks

    ids = Veil(office, table).leaves(
        table.ids(query, chosen["search"], chosen["sort"]), chosen["search"], office.store.version()
    )
    docs = table.by_ids(ids)
    if names_asked(declaration, chosen["where"]):
        docs = [doc for doc in docs if not masks(declaration, doc, office)]
    return docs[: chosen["limit"]], len(docs)


def names_asked(declaration: "Declaration", where: Iterable[str]) -> bool:
    """Whether one of the conditions is about what is kept back of minors."""
    return any(field_of(one) in declaration.masked for one in where)


def told(
    office: "Office", declaration: "Declaration", docs: Sequence[Mapping[str, Any]], format_: str
) -> Sequence[Mapping[str, Any]]:
    """The records as this format gives them out: JSON tells more of an attached file than its name."""
    return [attachments_told(office, declaration, doc) for doc in docs] if format_ in ("json", "jsonl") else docs


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


def kept(declaration: "Declaration", docs: Sequence[Mapping[str, Any]]) -> "list[Field]":
    """The fields of these records that an older version of the plugin left, which nobody declares any more: personal ones."""
    from ...records.basic_kinds import OtherKind
    from ...records.declaration import Field
    from ...records.labels import plain

    names = dict.fromkeys(name for doc in docs for name in doc)
    return [Field(name, OtherKind(), plain(name), given=True) for name in names if name not in declaration.by_name]


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
