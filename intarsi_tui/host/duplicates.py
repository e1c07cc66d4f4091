"""Records of a register that may be the same person or body, found without comparing each with each."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tinydb import where
from tinydb.table import Document

from ..records.declaration import Declaration
from ..records.labels import Label
from ..records.likeness import alike, dated, keys, traits
from ..store import distinct

if TYPE_CHECKING:
    from .office import Office

REASONS = {
    "code": Label("stesso codice", "same code"),
    "name_born": Label("nomi simili, stessa data di nascita", "similar names, same date of birth"),
    "name_year": Label(
        "nomi simili, stesso anno di nascita o data ignota", "similar names, same year of birth or no date"
    ),
    "name": Label("nomi simili", "similar names"),
}
# A name that everybody has in a region would make a group of thousands: its pairs tell nothing.
LARGEST = 200
TOLD = 500  # records between two words about how far it is


@dataclass(frozen=True)
class Pair:
    """Two records, the older one first, and why they may be the same: a key of `REASONS`.

    Attributes:
        apart: whether somebody has said that they are not.
    """

    one: Document
    other: Document
    why: str
    apart: bool = False


def likely(
    office: "Office",
    table: str,
    among: Container[str] | None = None,
    *,
    apart: bool = False,
    going: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Pair]:
    """The pairs of a register that may be the same, surest first; void records are left out.

    Parameters:
        among: ids of records of which each pair has one at least; `None` for all.
        apart: also those that were told apart, at the end.
        going: told now and then how many of how many records were looked at.
    """
    register = office.table(table)
    known = dated(register.declaration)
    docs = register.search(~(where("state") == "void"))
    of = []
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, doc in enumerate(docs):
        of.append(traits(register.declaration, doc))
        for key in set(keys(of[at])):
            groups[key].append(at)
        if at % TOLD == 0:
            going(at, len(docs))
    found: dict[tuple[int, int], str] = {}
    for group in groups.values():
        for pair in combinations(group, 2) if len(group) <= LARGEST else ():
            if pair not in found and (among is None or any(docs[at]["id"] in among for at in pair)):
                found[pair] = alike(of[pair[0]], of[pair[1]], dated=known)
    told = distinct.pairs(office.store)
    pairs = [
        Pair(docs[one], docs[other], why, {docs[one]["id"], docs[other]["id"]} in told)
        for (one, other), why in found.items()
        if why
    ]
    order = list(REASONS)
    return sorted(
        (pair for pair in pairs if apart or not pair.apart),
        key=lambda pair: (pair.apart, order.index(pair.why), pair.one.doc_id, pair.other.doc_id),
    )


def called(declaration: Declaration, doc: Mapping[str, Any]) -> str:
    """The names that a record is compared by; of one that is masked what is left of them."""
    return " ".join(str(doc[one.name]) for one in declaration.fields if one.likeness == "name" and doc.get(one.name))
