"""`intarsi PLUGIN RECORD erase`: values taken out of a record and its history for good."""

from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import DONE, PROBLEMS, USAGE, Failure, say
from ..explain import refusals
from ..filters import field_named
from ..finding import field_names
from ..inputs import agreed, stdin_is_terminal
from ..wording import Command, command, option

if TYPE_CHECKING:
    from ...records.declaration import Declaration
    from ..session import Session

_ = translator("cli")


def erase_command(declaration: "Declaration") -> Command:
    """`erase`"""

    @command(
        "erase",
        "Erase values of a record for good, in its history too. That there were values, and who erased them, stays provable. "
        "REF may also be the UUID of a record that was removed.",
    )
    @click.argument("reference", metavar="REF")
    @option(
        "--field",
        "fields",
        multiple=True,
        metavar="FIELD",
        shell_complete=field_names,
        help="A field to erase. May be repeated.",
    )
    @option("--all-personal", is_flag=True, help="Every field that says something about a person.")
    @option("--reason", required=True, metavar="TEXT", help="Why. It stays in the history: no personal data in it.")
    @option("--yes", is_flag=True, help="Erase without asking.")
    @click.pass_context
    def run(
        ctx: click.Context, reference: str, fields: tuple[str, ...], all_personal: bool, reason: str, yes: bool
    ) -> None:
        from ...project.trials import clear
        from ...store.erasing import personal

        session: Session = ctx.obj
        names = [field_named(declaration, name).name for name in fields]
        names += personal(declaration) if all_personal else []
        if not names:
            raise Failure(_("Nothing to erase: name fields with --field, or give --all-personal"), USAGE)
        labels = ", ".join(declaration.by_name[name].label(session.lang) for name in dict.fromkeys(names))
        if not yes:
            if not stdin_is_terminal():
                raise Failure(_("Nothing was erased: repeat with --yes, since it cannot be undone."), USAGE)
            if not agreed(_("Erase for good: {fields}?").format(fields=labels)):
                raise Failure(_("Nothing was erased."), DONE)
        with session.office() as office, refusals(declaration, reference):
            done = office.table(declaration.table).erase(reference, names, reason)
            complete = clear(office.workspace) and done.complete  # an import that is being checked has a copy
        click.echo(done.doc["id"] if done.doc else reference)
        say(_("Erased: {fields}. Backups that were made before still have the values.").format(fields=labels))
        if not complete:
            say(
                _(
                    "Unused parts of the file may still hold them: close other programs that use it, and repeat the command."
                )
            )
        ctx.exit(DONE if complete else PROBLEMS)

    return run
