"""`intarsi duplicates`, `intarsi merge`: who may have been entered twice, and making two records one."""

from collections.abc import Mapping
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
@names_option()
@output_options
@click.pass_obj
def duplicates(
    session: "Session", register: str | None, format_: str | None, output: Path | None, names: bool | None
) -> None:
    from ...exchange.columns import plain
    from ...host.duplicates import REASONS, likely
    from ...records.likeness import comparable

    format_ = chosen(session, format_, output)
    with session.office() as office:
        tables = [name for name, declaration in office.declarations.items() if comparable(declaration)]
        if register is not None:
            tables = [_register(office, register, tables)]
        rows = []
        for table in tables:
            declaration = office.declarations[table]
            pairs = list(likely(office, table))
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
                called = ", ".join(_called(declaration, doc) for doc in seen)
                rows.append(
                    {
                        "register": table, "one": one, "other": other, "names": called,
                        "reason": REASONS[pair.why](session.lang), "why": pair.why,
                        "one_id": pair.one["id"], "other_id": pair.other["id"],
                    }
                )  # fmt: skip
    columns = [
        plain("register", _("Register")), plain("one", _("Record")), plain("other", _("Other record")),
        plain("names", _("Names")), plain("reason", _("Why")),
    ]  # fmt: skip
    emit(format_, rows, columns, output, _("Duplicates"))
    if rows:
        say(_("Pairs: {count}. One record of two: intarsi merge REGISTER KEPT OTHER").format(count=len(rows)))


@command("merge", "Make two records one: OTHER is voided, what names it names KEPT. One undo parts them again.")
@click.argument("register", metavar="REGISTER")
@click.argument("kept", metavar="KEPT")
@click.argument("other", metavar="OTHER")
@option("--format", "format_", type=click.Choice(["table", "json"]), help="Output format.")
@click.pass_obj
def merge(session: "Session", register: str, kept: str, other: str, format_: str | None) -> None:
    from ...host.merging import merge as made_one
    from ..output import json_text

    with session.office() as office:
        table = _register(office, register, list(office.declarations))
        with refusals(office.declarations[table]):
            done = made_one(office, table, kept, other)
        if (format_ or session.format) == "json":
            click.echo(json_text({"id": done.kept["id"], "moved": done.moved, "left": done.left}, indent=2))
            return
        click.echo(done.kept["id"])
        say(_("Made one: {title}. Records that name it now: {moved}.").format(
            title=office.title_of(office.declarations[table], done.kept), moved=len(done.moved)
        ))  # fmt: skip
        if done.left:
            say(_("Sent or void records that still name the other one: {left}.").format(left=len(done.left)))


def _register(office: "Office", typed: str, tables: list[str]) -> str:
    """`registry.person`, or `person` where only one register is called so."""
    wanted = typed.replace("-", "_").replace(" ", ".")
    found = [name for name in tables if wanted in (name, name.partition(".")[2])]
    if len(found) != 1:
        raise Failure(
            _("No such register “{name}”; there are: {names}").format(name=typed, names=", ".join(tables)), USAGE
        )
    return found[0]


def _called(declaration: object, doc: Mapping[str, object]) -> str:
    from ...records.declaration import Declaration

    assert isinstance(declaration, Declaration)
    return " ".join(str(doc[one.name]) for one in declaration.fields if one.likeness == "name" and doc.get(one.name))
