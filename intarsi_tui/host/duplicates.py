"""Records of a register that may be the same person or body, found without comparing each with each."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from tinydb import where
from tinydb.table import Document

from ..records.labels import Label
from ..records.likeness import alike, dated, keys, traits

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


@dataclass(frozen=True)
class Pair:
    """Two records, the older one first, and why they may be the same: a key of `REASONS`."""

    one: Document
    other: Document
    why: str


def likely(office: "Office", table: str, among: Container[str] | None = None) -> list[Pair]:
    """The pairs of a register that may be the same, surest first; void records are left out.

    Parameters:
        among: ids of records of which each pair has one at least; `None` for all.
    """
    register = office.table(table)
    known = dated(register.declaration)
    docs = register.search(~(where("state") == "void"))
    of = [traits(register.declaration, doc) for doc in docs]
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(of):
        for key in set(keys(one)):
            groups[key].append(at)
    found: dict[tuple[int, int], str] = {}
    for group in groups.values():
        for pair in combinations(group, 2) if len(group) <= LARGEST else ():
            if pair not in found and (among is None or any(docs[at]["id"] in among for at in pair)):
                found[pair] = alike(of[pair[0]], of[pair[1]], dated=known)
    order = list(REASONS)
    pairs = [Pair(docs[one], docs[other], why) for (one, other), why in found.items() if why]
    return sorted(pairs, key=lambda pair: (order.index(pair.why), pair.one.doc_id, pair.other.doc_id))
