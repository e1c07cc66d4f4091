"""`intarsi duplicates`, `merge`, `distinct`: who may have been entered twice, and making two records one, or telling them apart."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import USAGE, Failure, say
from ..explain import refusals
from ..names import masked, names_option
from ..output import chosen, emit, output_options
from ..wording import command, option

if TYPE_CHECKING:
    from ...host.office import Office
    from ..session import Session

_ = translator("cli")


@command("duplicates", "Records that may be the same person or body: similar names, tax code, date or year of birth.")
@click.argument("register", metavar="[REGISTER]", required=False)
@option("--all", "all_", is_flag=True, help="Also the pairs that were told apart.")
@names_option()
@output_options
@click.pass_obj
def duplicates(
    session: "Session",
    register: str | None,
    all_: bool,
    format_: str | None,
    output: Path | None,
    names: bool | None,
) -> None:
    from ...exchange.columns import plain
    from ...host.duplicates import REASONS, called, likely
    from ...records.likeness import comparable

    format_ = chosen(session, format_, output)
    with session.office() as office:
        tables = [name for name, declaration in office.declarations.items() if comparable(declaration)]
        if register is not None:
            tables = [_register(office, register, tables)]
        rows = []
        for table in tables:
            declaration = office.declarations[table]
            pairs = likely(office, table, apart=all_)
            both = masked(
                office,
                declaration,
                [doc for pair in pairs for doc in (pair.one, pair.other)],
                None,
                format_,
                output,
                names,
            )
            for pair, seen in zip(pairs, zip(both[::2], both[1::2], strict=True), strict=True):
                one, other = (office.title_of(declaration, doc) for doc in (pair.one, pair.other))
                names_of = ", ".join(called(declaration, doc) for doc in seen)
                why = REASONS[pair.why](session.lang) + f" ({_('told apart')})" * pair.apart
                rows.append(
                    {
                        "register": table, "one": one, "other": other, "names": names_of,
                        "reason": why, "why": pair.why, "apart": pair.apart,
                        "one_id": pair.one["id"], "other_id": pair.other["id"],
                    }
                )  # fmt: skip
    columns = [
        plain("register", _("Register")), plain("one", _("Record")), plain("other", _("Other record")),
        plain("names", _("Names")), plain("reason", _("Why")),
    ]  # fmt: skip
    emit(format_, rows, columns, output, _("Duplicates"))
    if rows:
        say(
            _(
                "Pairs: {count}. One record of two: intarsi merge REGISTER KEPT OTHER; two of two: intarsi distinct REGISTER ONE OTHER"
            ).format(count=len(rows))
        )


@command("merge", "Make two records one: OTHER is voided, what names it names KEPT. One undo parts them again.")
@click.argument("register", metavar="REGISTER")
@click.argument("kept", metavar="KEPT")
@click.argument("other", metavar="OTHER")
@option("--theirs", multiple=True, metavar="FIELD", help="A field in which the value of OTHER holds (repeatable).")
@option("--format", "format_", type=click.Choice(["table", "json"]), help="Output format.")
@click.pass_obj
def merge(
    session: "Session", register: str, kept: str, other: str, theirs: tuple[str, ...], format_: str | None
) -> None:
    from ...host.merging import merge as made_one
    from ..output import json_text

    with session.office() as office:
        table = _register(office, register, list(office.declarations))
        known = {one.name.replace("_", "-"): one.name for one in office.declarations[table].editable}
        if unknown := [name for name in theirs if name.replace("_", "-") not in known]:
            raise Failure(
                _("No such field “{name}”; there are: {names}").format(name=unknown[0], names=", ".join(known)), USAGE
            )
        with refusals(office.declarations[table]):
            done = made_one(office, table, kept, other, [known[name.replace("_", "-")] for name in theirs])
        if (format_ or session.format) == "json":
            click.echo(json_text({"id": done.kept["id"], "moved": done.moved, "left": done.left}, indent=2))
            return
        click.echo(done.kept["id"])
        say(_("Made one: {title}. Records that name it now: {moved}.").format(
            title=office.title_of(office.declarations[table], done.kept), moved=len(done.moved)
        ))  # fmt: skip
        if done.left:
            say(_("Sent or void records that still name the other one: {left}.").format(left=len(done.left)))


@command("distinct", "Say that two records that look alike are of two: `intarsi duplicates` asks no more.")
@click.argument("register", metavar="REGISTER")
@click.argument("one", metavar="ONE")
@click.argument("other", metavar="OTHER")
@option("--undo", is_flag=True, help="They may be one after all.")
@click.pass_obj
def distinct(session: "Session", register: str, one: str, other: str, undo: bool) -> None:
    from ...store.distinct import tell_apart

    with session.office() as office:
        table = _register(office, register, list(office.declarations))
        with refusals(office.declarations[table]):
            first, second = (office.table(table).meant(reference) for reference in (one, other))
        if first["id"] == second["id"]:
            raise Failure(_("It is the same record: name two."), USAGE)
        new = tell_apart(office.store, first["id"], second["id"], apart=not undo)
        titles = [office.title_of(office.declarations[table], doc) for doc in (first, second)]
        if undo:
            said = _("May be one again: {one}, {other}.") if new else _("Nobody had told them apart: {one}, {other}.")
        else:
            said = _("Told apart: {one}, {other}. “intarsi undo” does not know of it: the same command with --undo takes it back.")  # fmt: skip
        say(said.format(one=titles[0], other=titles[1]))


def _register(office: "Office", typed: str, tables: list[str]) -> str:
    """`registry.person`, or `person` where only one register is called so."""
    wanted = typed.replace("-", "_").replace(" ", ".")
    found = [name for name in tables if wanted in (name, name.partition(".")[2])]
    if len(found) != 1:
        raise Failure(
            _("No such register “{name}”; there are: {names}").format(name=typed, names=", ".join(tables)), USAGE
        )
    return found[0]
