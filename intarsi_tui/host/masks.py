"""Names of minors, kept back until somebody asks: what app and commands show instead, and what a search may tell."""

import json
from typing import TYPE_CHECKING, Any

from ..records.declaration import DOTS, Declaration
from ..store import query_sql, words
from .office import Office

if TYPE_CHECKING:
    from ..store.listing import Listing


def masks(declaration: Declaration, doc: dict[str, Any], office: Office) -> bool:
    """Whether names of this record are kept back."""
    return declaration.masks(doc, office.today) and doc.get("id") not in office.shown


def masked(declaration: Declaration, doc: dict[str, Any], office: Office) -> dict[str, Any]:
    """`doc` as it may be shown."""
    if not masks(declaration, doc, office):
        return doc
    kept = {
        name: DOTS for name in declaration.masked if doc.get(name) and declaration.by_name[name].kind.name == "text"
    }
    return {**{name: value for name, value in doc.items() if name not in declaration.masked}, **kept}


class Veil:
    """What a search leaves out: who types a name is not told that there is a minor of that name.

    Parameters:
        records: where is looked, a register or what it was on a day.
    """

    def __init__(self, office: Office, records: "Listing") -> None:
        self._office, self._records = office, records
        self._seen: Any = None
        self._words: dict[int, str] = {}

    def leaves(self, ids: list[int], search: str) -> list[int]:
        """Those of the records found for `search` that are found by something else than what is kept back, too."""
        wanted = words.split(search) if self._records.declaration.masked else []
        if not wanted or not self.lifted():
            return ids
        linking: dict[str, set[int]] = {}

        def linked(word: str) -> set[int]:
            if word not in linking:
                linking[word] = self._records.linking_ids(word)
            return linking[word]

        own = self._words
        return [one for one in ids if one not in own or all(word in own[one] or one in linked(word) for word in wanted)]

    def lifted(self) -> dict[int, str]:
        """By document id, the words by which the records may be found whose names are kept back; made once, as long as nothing changes."""
        office, declaration = self._office, self._records.declaration
        seen = office.store.version(), frozenset(office.shown), office.today
        if seen != self._seen:
            born = query_sql.value_of(declaration.born)
            rows = self._records.selected(
                "id, doc, words",
                f"WHERE coalesce({born}, '') NOT BETWEEN '0' AND ?",
                (declaration.grown(office.today),),
            )
            docs = ((doc_id, json.loads(doc), text or "") for doc_id, doc, text in rows)
            self._words = {
                doc_id: words.without(declaration, text, doc, declaration.masked)
                for doc_id, doc, text in docs
                if masks(declaration, doc, office)
            }
            self._seen = seen
        return self._words
