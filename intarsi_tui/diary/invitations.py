"""Who an appointment invites: the addresses of the bodies and operators that its record names, which leave only when asked for."""

from dataclasses import dataclass

from ..host.office import Office
from ..project.workspace import ADDRESS
from ..store.links import targets
from . import Dated


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited: what the registers call them, and their address, "" when there is none."""

    name: str
    address: str


def guests(office: Office, one: Dated) -> list[Guest]:
    """Everybody with a field for an e-mail address whom the record names, by name.

    Nobody of a register that masks names is invited: a file of several addresses tells each of the others.
    """
    named = targets(one.declaration, one.doc)
    found = []
    for declaration in office.declarations.values():
        if "email" not in declaration.by_name or declaration.masked:
            continue
        for uid in sorted(named):
            if doc := office.get(declaration.table, uid):
                address = str(doc.get("email") or "").strip()
                found.append(Guest(office.title_of(declaration, doc), address if ADDRESS.fullmatch(address) else ""))
    return sorted(found, key=lambda guest: guest.name)
