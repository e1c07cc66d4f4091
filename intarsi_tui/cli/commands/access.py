"""`intarsi access`: the log of accesses, for the data-protection officer."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import language, translator
from ..output import chosen, emit, output_options
from ..text import shown_moment
from ..wording import command, option

if TYPE_CHECKING:
    from ...host.office import Office
    from ..session import Session

_ = translator("cli")


@command(
    "access",
    "Who opened an encrypted office, looked at masked names, exported registers or filled workbooks; newest first.",
)
@option("--since", default="", metavar="DAY", help="From this day on, such as 2021-05-01.")
@option("--user", default="", metavar="NAME", help="Only of this person.")
@output_options
@click.pass_obj
def access(session: "Session", since: str, user: str, format_: str | None, output: Path | None) -> None:
    from dataclasses import asdict

    from ...exchange.columns import plain
    from ...host.access import entries

    lang = language()
    with session.office() as office:
        rows = [asdict(one) for one in entries(office, since=since, user=user)]
        format_ = chosen(session, format_, output)
        if format_ == "table":
            rows = [_worded(row, office, lang) for row in rows]
    columns = [
        plain("moment", _("When")), plain("user", _("Who")), plain("what", _("What")), plain("table", _("Register")),
        plain("uid", _("Record")), plain("detail", _("Detail")),
    ]  # fmt: skip
    emit(format_, rows, columns, output, _("Accesses"))


def _worded(row: dict[str, str], office: "Office", lang: str) -> dict[str, str]:
    from ...host.access import WHAT

    declaration = office.declaration(row["table"])
    return {
        **row, "moment": shown_moment(row["moment"]), "user": office.name_of(row["user"]), "what": WHAT[row["what"]](lang),
        "table": declaration.plural(lang) if declaration else row["table"], "uid": _meant(office, row["table"], row["uid"]),
    }  # fmt: skip


def _meant(office: "Office", table: str, uid: str) -> str:
    """A record's pseudonym or number: who reads what was looked at is not to be told a name by that."""
    declaration = office.declaration(table)
    doc = office.get(table, uid) if declaration and uid else None
    pseudonyms = (field.name for field in declaration.fields if field.kind.name == "pseudonym") if declaration else ()
    told = (doc.get(name) for name in (*pseudonyms, "number")) if doc else ()
    return str(next(filter(None, told), uid[:13]))
