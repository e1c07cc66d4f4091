"""`intarsi deadlines`: what is open and has to be done soon, with who does it and the record that says so."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..output import chosen, emit, output_options
from ..wording import command, option

if TYPE_CHECKING:
    from ...diary.deadlines import Due
    from ...host.office import Office
    from ..session import Session

_ = translator("cli")


@command("deadlines", "What is open and due within --days, overdue things first.")
@option("--days", type=click.IntRange(0, 3650), default=30, show_default=True, metavar="N", help="How far ahead.")
@option(
    "--owner",
    metavar="NAME",
    default="",
    help="Only those of this person or body: a part of the name, or an operator's code.",
)
@option("--search", default="", metavar="TEXT", help="Only those whose line contains all these words.")
@option(
    "--new",
    "only_new",
    is_flag=True,
    help="Only notices not given before, 90, 60, 30 and 7 days ahead and when overdue; each is given once.",
)
@output_options
@click.pass_obj
def deadlines(
    session: "Session", days: int, owner: str, search: str, only_new: bool, format_: str | None, output: Path | None
) -> None:
    from ...diary import deadlines as diary
    from ...diary import notices
    from ...exchange.columns import plain
    from ...store.words import held, split

    format_ = chosen(session, format_, output)
    if format_ == "table":  # a line has room for 80 columns
        columns = [
            plain("day", _("Due")), plain("left", _("When"), least=14), plain("what", _("What"), least=29),
            plain("source", _("Record"), least=10), plain("owner", _("Owner")),
        ]  # fmt: skip
    else:
        columns = [
            plain("day", _("Due")), plain("left", _("Days left"), right=True), plain("what", _("What")),
            plain("detail", _("Detail")), plain("owner", _("Owner")), plain("source", _("Record")),
        ]  # fmt: skip
    with session.office() as office:
        ahead = max(days, 90) if only_new else days
        found = diary.deadlines(office, office.today + timedelta(days=ahead), _owner(office, owner))
        if search:
            wanted = split(search)
            found = [one for one in found if held(_shown(office, one).values(), wanted)]
        if only_new:
            found = notices.new(office, found)
        rows = [_shown(office, one) if format_ == "table" else _told(office, one) for one in found]
        emit(format_, rows, columns, output, _("Deadlines"))
        if only_new:  # only what was really given counts as given
            notices.seen(office, found)


def _owner(office: "Office", typed: str) -> str:
    """The operator of a code or number, else what was typed: a part of a name."""
    if typed and "registry.operator" in office.declarations:
        from ...store import NoSuchRecord

        try:
            return str(office.table("registry.operator").one(typed)["id"])
        except NoSuchRecord:
            pass
    return typed


def _shown(office: "Office", one: "Due") -> dict[str, Any]:
    """For people: what tells one line from the next comes first, since the rest is cut; the record by its key or number."""
    from ...diary.deadlines import how_far

    title = office.title_of(one.declaration, one.doc)
    number = "" if one.declaration.keys else str(one.doc.get("number") or "")
    return {
        "day": f"{one.day:%d/%m/%Y}", "left": how_far(one.left, office.lang), "what": ": ".join(filter(None, (one.detail, one.what))),
        "owner": one.owner, "source": title if number in title else f"{number} {title}",
    }  # fmt: skip


def _told(office: "Office", one: "Due") -> dict[str, Any]:
    title = f"{one.declaration.label(office.lang)} {office.title_of(one.declaration, one.doc)}"
    number = one.doc.get("number")
    values = {
        "day": one.day.isoformat(), "left": one.left, "what": one.what, "detail": one.detail, "owner": one.owner,
        "source": f"{number} {title}" if number and number not in title else title,
        "lead": one.lead, "register": one.declaration.table, "record": one.reference, "id": one.doc["id"], "field": one.path,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value not in (None, "")}
