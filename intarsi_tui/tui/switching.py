"""What switching a plugin off takes out of sight, said before it is done."""

from ..host.office import Office
from ..host.states import PluginState
from ..records.declaration import Declaration
from ..records.linked_kinds import RowsKind
from .texts import _, counted


def question(office: Office, state: PluginState) -> str:
    """What a person is asked: which registers and records go out of sight, and which others lead to them."""
    lang = office.lang
    registers = ", ".join(
        f"{one.plural(lang)} ({counted(office.table(one.table).count_of(), lang)})" for one in state.records
    )
    said = [
        _("Switch off “{name}” from the next start?").format(name=state.label(lang)),
        _("Out of sight until it is on again; nothing is deleted: {registers}.").format(registers=registers),
    ]
    if names := leading_here(office, state):
        said.append(_("Their links lead nowhere meanwhile: {registers}.").format(registers=", ".join(names)))
    return "\n".join(said)


def leading_here(office: Office, state: PluginState) -> list[str]:
    """The registers of other plugins that have links to this one's."""
    own = {one.table for one in state.records}
    return [
        f"{one.plural(office.lang)} ({other.label(office.lang)})"
        for other in office.plugins if other.name != state.name
        for one in other.records if own & _targets(one)
    ]  # fmt: skip


def _targets(declaration: Declaration) -> set[str]:
    found = {str(field.kind.params["to"]) for field in declaration.links}
    for field in declaration.fields:
        if isinstance(field.kind, RowsKind):
            found |= _targets(field.kind.declaration)
    return found
