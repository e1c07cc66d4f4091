"""`intarsi calendar`: the appointments of all plugins, as a list or as an .ics file."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import language, translator
from ..errors import USAGE, Failure, say
from ..output import OutFile, chosen, emit, output_options
from ..wording import command, option

if TYPE_CHECKING:
    from ...diary.calendar import Appointment
    from ...diary.invitations import Guest
    from ...host.office import Office
    from ..session import Session

_ = translator("cli")

DAYS = 30


@command(
    "calendar",
    "Appointments of all plugins: thirty days from today unless --from and --to say otherwise. With --ics a calendar file, in which numbers stand instead of names.",
)
@option("--from", "first", metavar="DAY", help="First day.")
@option("--to", "last", metavar="DAY", help="Last day.")
@option("--register", "registers", multiple=True, metavar="PLUGIN.RECORD", help="Only appointments of this register.")
@option("--record", metavar="REF", help="Only this record of the register, whatever its day: an invitation.")
@option("--body", metavar="REF", help="Only those that this body has a part in.")
@option("--person", metavar="REF", help="Only those that this person has a part in.")
@option("--operator", metavar="REF", help="Only those that this operator has a part in.")
@option("--ics", type=OutFile(), metavar="FILE", help="Write an iCalendar file, - for standard output.")
@option(
    "--attendees",
    is_flag=True,
    help="With --ics and --record: ask those to come whom it names; their e-mail addresses leave with the file, and are told.",
)
@output_options
@click.pass_obj
def calendar(
    session: "Session", first: str | None, last: str | None, registers: tuple[str, ...], record: str | None, body: str | None,
    person: str | None, operator: str | None, ics: Path | None, attendees: bool, format_: str | None, output: Path | None,
) -> None:  # fmt: skip
    from ...diary import calendar as diary
    from ...exchange.columns import plain

    if attendees and not (ics and record):
        raise Failure(_("--attendees goes with --ics and --record: an invitation is to one appointment"), USAGE)
    with session.office() as office:
        _must_be_kept(office, registers)
        if record:
            found = [_of_record(office, registers, record)]
        else:
            begin = day_of(first, "--from") if first else office.today
            end = day_of(last, "--to") if last else begin + timedelta(days=DAYS)
            if end < begin:
                raise Failure(_("--to is before --from"), USAGE)
            meant = {"registry.body": body, "registry.person": person, "registry.operator": operator}
            concerning = [office.table(table).meant(one)["id"] for table, one in meant.items() if one]
            found = diary.calendar(office, begin, end, registers, concerning)
        if ics:
            _write(office, found, ics, _invited(office, found[0]) if attendees else [])
            return
        rows = [_told(one) for one in found]
    format_ = chosen(session, format_, output)
    if format_ == "table":
        for row in rows:  # as people write it
            row["day"] = f"{date.fromisoformat(row['day']):%d/%m/%Y}"
    columns = [
        plain("day", _("Date")), plain("start", _("From")), plain("end", _("To")), plain("title", _("Appointment"), least=20),
        plain("place", _("Place")), plain("status", _("Status"), least=9), plain("who", _("Who")), plain("holiday", _("Day off")),
    ]  # fmt: skip
    if format_ == "table" and not any("holiday" in row for row in rows):
        columns.pop()  # most days are none, and a line has room for 80 columns
    emit(format_, rows, columns, output, _("Calendar"))


def day_of(typed: str, name: str) -> date:
    """A day as people type it. Raises Failure."""
    from ...records.basic_kinds import DateKind
    from ...records.problems import Invalid, Problem

    try:
        return DateKind().read(typed)
    except Invalid as invalid:
        text = Problem(invalid.code, params=invalid.params).text(language())
        raise Failure(f"{name}: {text}", USAGE) from None


def _must_be_kept(office: "Office", registers: tuple[str, ...]) -> None:
    from ...diary.calendar import kept

    known = [one.table for one in kept(office)]
    for table in registers:
        if table not in known:
            raise Failure(
                _("{register} is no register with appointments; there are: {names}").format(
                    register=table, names=", ".join(known)
                ),
                USAGE,
            )


def _of_record(office: "Office", registers: tuple[str, ...], reference: str) -> "Appointment":
    from ...diary.calendar import of_record

    if len(registers) != 1:
        raise Failure(_("--record needs one --register, such as governance.meeting"), USAGE)
    found = of_record(office, registers[0], office.table(registers[0]).meant(reference))
    if found is None:
        raise Failure(_("{reference} has no date yet").format(reference=reference))
    return found


def _invited(office: "Office", one: "Appointment") -> "list[Guest]":
    """Those with an address whom an invitation goes to; the others are told. Raises Failure when there are none."""
    from ...diary.invitations import guests

    if not office.workspace.email:
        raise Failure(
            _('An invitation comes from an address: write email = "…" under [workspace] in {path}').format(
                path=office.workspace.path / "intarsi.toml"
            ),
            USAGE,
        )
    found = guests(office, one)
    if without := [guest.name for guest in found if not guest.address]:
        say(_("Without an e-mail address: {names}").format(names=", ".join(without)))
    invited = [guest for guest in found if guest.address]
    if not invited:
        raise Failure(_("{reference} names nobody with an e-mail address").format(reference=one.reference))
    return invited


def _write(office: "Office", found: "list[Appointment]", path: Path, invited: "list[Guest]") -> None:
    from ...diary.ics import calendar_file
    from ...whole_file import replacing

    content = calendar_file(office, found, list(dict.fromkeys(guest.address for guest in invited)))
    if str(path) == "-":
        click.echo(content, nl=False)
    else:
        with replacing(path) as part:
            part.write_bytes(content)
    if invited:
        from ...host import access

        one = found[0]
        access.log(office, "exported", one.declaration.table, one.doc["id"], f"ics, {len(invited)} e-mail")
        names = ", ".join(f"{guest.name} <{guest.address}>" for guest in invited)
        say(_("Addresses that leave with the file: {names}").format(names=names))
    if str(path) != "-":
        say(_("Written: {path}. Appointments: {count}.").format(path=path, count=len(found)))


def _told(one: "Appointment") -> dict[str, Any]:
    values = {
        "day": one.day.isoformat(), "until": one.last.isoformat() if one.last != one.day else None,
        "start": f"{one.start:%H:%M}" if one.start else None, "end": f"{one.end:%H:%M}" if one.end else None,
        "title": one.title, "place": one.place, "status": one.status, "who": one.who, "cancelled": one.off,
        "holiday": one.holiday, "register": one.declaration.table, "record": one.reference, "id": one.doc["id"],
    }  # fmt: skip
    return {name: value for name, value in values.items() if value not in (None, "")}
