"""The records that a link may mean: by UUID, number or key, else by how they are called."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from ..records.declaration import Declaration
from ..records.labels import Label
from ..records.linked_kinds import STEPS, LinkKind, PseudonymKind
from ..reference.tables import fold
from . import lookup
from .errors import AmbiguousRecord, NoSuchRecord

if TYPE_CHECKING:
    from .database import Store

MOST = 5  # candidates in a sentence
NEAREST = 3
# The nearest are looked for among the newest records with the beginning or the end of one of the longest words: a file of ten
# thousand wrong names is told in half a minute.
TELLING, LOOKED_AT = 2, 100
PIECE = 3  # letters, as many as the full-text index needs


def meant(store: "Store", target: str, text: str) -> Document:
    """The record of the register `target` that `text` names.

    A title counts whatever its case, accents and punctuation, in either language, with a number or code before it or not; of
    several records of one title those that are not void are meant.

    Raises:
        NoSuchRecord: none; its problem names the nearest.
        AmbiguousRecord: several; its problem lists them.
    """
    found = candidates(store, target, text)
    if len(found) != 1:
        raise not_one(store, target, text, found)
    return found[0]


def candidates(store: "Store", target: str, text: str) -> list[Document]:
    """All records that `text` may mean."""
    declaration = store.registered(target)
    named = lookup.found(store.table(target), text, declaration.keys if declaration else ())
    return named or (_called(store, declaration, text) if declaration else [])


def not_one(store: "Store", target: str, text: str, found: Iterable[Document]) -> NoSuchRecord | AmbiguousRecord:
    """The error of a text that means none of the records, or several: `found`."""
    declaration, several = store.registered(target), list(found)
    if declaration is None:
        return (AmbiguousRecord if several else NoSuchRecord)(text, target)
    near = several or _nearest(store, declaration, text)
    told = [", ".join(names) for names in zip(*(_told(store, declaration, one) for one in near[:MOST]), strict=True)]
    if several:
        more = ", …" if len(several) > MOST else ""
        hint = Label(*(f": {names}{more}" for names in told))
        return AmbiguousRecord(text, declaration.plural, hint)
    hint = Label(f"; forse: {told[0]}", f"; perhaps: {told[1]}") if told else _code_wanted(declaration, text)
    if not declaration.version:
        hint = Label("; il suo plugin non c'è: vale solo il numero, o l'inizio dell'UUID", "; its plugin is not there: only the number counts, or the beginning of the UUID")  # fmt: skip
    return NoSuchRecord(text, declaration.plural, hint)


def _code_wanted(declaration: Declaration, text: str) -> Label:
    """Where names are kept back a name leads nowhere: what to type instead."""
    prefix = next(
        (one.kind.params.get("prefix", "X") for one in declaration.fields if isinstance(one.kind, PseudonymKind)), ""
    )
    if not (prefix and declaration.masked) or any(char.isdigit() for char in text):  # a number, a code: no name
        return Label("", "")
    return Label(f"; scrivere il codice ({prefix}-…), non il nome", f"; type the code ({prefix}-…), not the name")


def title_of(store: "Store", declaration: Declaration, doc: Mapping[str, Any], lang: str, steps: int = STEPS) -> str:
    """How a record is called, the titles of what it links to included; its number when its title fields are empty."""
    words = []
    for field in map(declaration.by_name.__getitem__, declaration.title):
        stored = doc.get(field.name)
        if not isinstance(field.kind, LinkKind):
            words.append(field.show(doc, lang) if stored is not None else "")
            continue
        linked = store.registered(field.kind.target) if steps > 1 else None
        names = []
        for uid in [stored] if isinstance(stored, str) else stored or ():
            found = store.table(field.kind.target).by_uid(uid) if linked else None
            names.append(title_of(store, linked, found, lang, steps - 1) if linked and found else uid[:8])
        words.append(", ".join(names))
    return " ".join(filter(None, words)) or str(doc.get("number") or doc.get("id", ""))[:13]


def _called(store: "Store", declaration: Declaration, text: str) -> list[Document]:
    wanted = fold(text)
    if not wanted:
        return []
    near = store.register_table(declaration.table).titled(wanted)
    same = [doc for doc in near if _is_called(store, declaration, doc, wanted)]
    return [doc for doc in same if doc.get("state") != "void"] or same


def _is_called(store: "Store", declaration: Declaration, doc: Document, wanted: str) -> bool:
    # Where the title begins with a code people leave the code out: "Corso due" for "FORM-02 Corso due".
    words = tuple(name for name in declaration.title if name not in declaration.keys)
    readings = [declaration, *([replace(declaration, title=words)] if words and words != declaration.title else [])]
    for title in {title_of(store, one, doc, lang) for one in readings for lang in ("it", "en")}:
        folded = fold(title)
        if wanted == folded:
            return True
        if wanted.endswith(folded) and any(wanted == fold(f"{code} {title}") for code in _codes(declaration, doc)):
            return True
    return False


def _codes(declaration: Declaration, doc: Document) -> list[str]:
    """What names a record for sure, the way to call it first."""
    pseudonyms = (one.name for one in declaration.fields if isinstance(one.kind, PseudonymKind))
    return [str(doc[name]) for name in (*pseudonyms, "number", *declaration.keys) if doc.get(name)]


def _told(store: "Store", declaration: Declaration, doc: Document) -> tuple[str, str]:
    """What to type for a record, and its title, unless names of this register are kept back."""
    code = next(iter(_codes(declaration, doc)), str(doc["id"]))
    if set(declaration.title) & set(declaration.masked):
        return code, code
    it, en = (title_of(store, declaration, doc, lang) for lang in ("it", "en"))
    return it if it.startswith(code) else f"{code} {it}", en if en.startswith(code) else f"{code} {en}"


def _nearest(store: "Store", declaration: Declaration, text: str) -> list[Document]:
    """The records that are called most like it: a part of a title first, such as a surname alone."""
    from difflib import get_close_matches

    register = store.register_table(declaration.table)
    wanted = fold(text)
    words = sorted((word for word in wanted.split() if len(word) >= PIECE), key=len)[-TELLING:]
    pieces = dict.fromkeys([wanted, *chain.from_iterable((word[:PIECE], word[-PIECE:]) for word in words)])
    near = {doc.doc_id: doc for piece in pieces for doc in register.titled(piece, LOOKED_AT)}
    called: dict[str, Document] = {}
    for doc in near.values():
        if doc.get("state") != "void":
            called.setdefault(fold(title_of(store, declaration, doc, "it")), doc)
    parts = [name for name in called if wanted and wanted in name]
    # Surname and given name are as often typed the other way round.
    ordered = {" ".join(sorted(name.split())): name for name in called}
    turned = [ordered[key] for key in get_close_matches(" ".join(sorted(wanted.split())), ordered, n=NEAREST)]
    close = get_close_matches(wanted, called, n=NEAREST)
    return [called[name] for name in dict.fromkeys([*parts, *close, *turned])][:NEAREST]
