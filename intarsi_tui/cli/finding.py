"""The options that choose records of a register, and the records that they choose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ..i18n import translator
from ..records.basic_kinds import OtherKind
from ..records.declaration import Declaration, Field
from ..records.labels import plain
from ..records.problems import Invalid, Problem
from ..records.typed import read_date
from .errors import USAGE, Failure
from .filters import field_named, field_of, query_of
from .inputs import attachments_told
from .wording import option

if TYPE_CHECKING:
    from ..host.office import Office
    from ..host.views import View
    from ..store.listing import Listing

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
def register_on(office: "Office", declaration: Declaration, day: str | None) -> Iterator["Listing"]:
    """The register, or what it was on a day that was typed. Raises Failure when that is no date."""
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
    office: "Office", declaration: Declaration, chosen: dict[str, Any], *, names: bool = True
) -> tuple[Sequence[Mapping[str, Any]], int]:
    """The records that the filter options ask for, and how many there are without `--limit`.

    Parameters:
        names: also those that are found only by what is kept back of minors.
    """
    seen = view_named(office, declaration, chosen["view"])
    chosen = {**chosen, "search": f"{seen.search} {chosen['search']}".strip(), "sort": chosen["sort"] or seen.sort}
    with register_on(office, declaration, chosen["as_of"]) as table:
        return _found(office, declaration, table, chosen, names)


def view_named(office: "Office", declaration: Declaration, name: str | None) -> "View":
    """The saved view of this name, an empty one for `None`. Raises Failure, listing the names."""
    from ..host.views import View, view, views

    if name is None:
        return View()
    found = view(office, declaration.table, name) if name else None
    if found is None:
        names = ", ".join(one.name for one in views(office, declaration.table)) or "–"
        raise Failure(_("--view {name}: no such view; there are: {names}").format(name=name, names=names), USAGE)
    return found


def _found(
    office: "Office", declaration: Declaration, table: "Listing", chosen: dict[str, Any], names: bool
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
    office: "Office", declaration: Declaration, table: "Listing", query: Any, chosen: dict[str, Any]
) -> tuple[Sequence[Mapping[str, Any]], int]:
    """As `_found`, without whom only a name that is kept back would have found."""
    from ..host.masks import Veil, masks

    ids = Veil(office, table).leaves(
        table.ids(query, chosen["search"], chosen["sort"]), chosen["search"], office.store.version()
    )
    docs = table.by_ids(ids)
    if names_asked(declaration, chosen["where"]):
        docs = [doc for doc in docs if not masks(declaration, doc, office)]
    return docs[: chosen["limit"]], len(docs)


def names_asked(declaration: Declaration, where: Iterable[str]) -> bool:
    """Whether one of the conditions is about what is kept back of minors."""
    return any(field_of(one) in declaration.masked for one in where)


def told(
    office: "Office", declaration: Declaration, docs: Sequence[Mapping[str, Any]], format_: str
) -> Sequence[Mapping[str, Any]]:
    """The records as this format gives them out: JSON tells more of an attached file than its name."""
    return [attachments_told(office, declaration, doc) for doc in docs] if format_ in ("json", "jsonl") else docs


def kept(declaration: Declaration, docs: Sequence[Mapping[str, Any]]) -> list[Field]:
    """The fields of these records that an older version of the plugin left, which nobody declares any more: personal ones."""
    names = dict.fromkeys(name for doc in docs for name in doc)
    return [Field(name, OtherKind(), plain(name), given=True) for name in names if name not in declaration.by_name]
