"""Likely personal data in a text: names of the registry, tax codes, dates of birth, telephone numbers, e-mail addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from intarsi_tui.reference.identifiers import check_tax_code
from intarsi_tui.reference.tables import fold

KINDS = {
    "name": ("nome in anagrafica", "name in the registry"),
    "tax_code": ("codice fiscale", "tax code"),
    "like_tax_code": (
        "forse un codice fiscale (la lettera di controllo non torna)",
        "maybe a tax code (its check letter is wrong)",
    ),
    "birth_date": ("data di nascita", "date of birth"),
    "phone": ("telefono", "telephone"),
    "email": ("e-mail", "e-mail"),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TAX_CODE = re.compile(
    r"\b[A-Za-z]{6}[0-9L-Vl-v]{2}[A-Za-z][0-9L-Vl-v]{2}[A-Za-z][0-9L-Vl-v]{3}[A-Za-z]\b|\b(?:STP|ENI)\d{13}\b|\b\d{11}\b"
)
_DATE = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_BORN = re.compile(r"\b(?:nat[oaie]|nascita|born|birth)\b", re.IGNORECASE)
# Italian mobiles, landlines written with a divider, anything international.
_PHONE = re.compile(
    r"(?<![\w/.-])(?:(?:\+|00)\d{2}[ ./-]?\d{2,4}(?:[ ./-]?\d{2,4}){2,4}|3\d{2}[ ./-]?\d{3}[ ./-]?\d{3,4}|0\d{1,3}[ ./-]\d{5,8})(?![\w/-])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NEAR = 40  # characters before a date in which a word says that somebody was born on it
LONGEST = 5  # words of a name


class Known(NamedTuple):
    """What the registry knows of its persons and operators.

    Attributes:
        names: whole names and aliases, as sorted folded words.
        codes, births: fiscal identifiers; ISO days of birth.
    """

    names: frozenset[tuple[str, ...]]
    codes: frozenset[str]
    births: frozenset[str]


class Found(NamedTuple):
    """A key of `KINDS`, and the words of the text."""

    kind: str
    text: str


def known(people: Iterable[Mapping[str, Any]]) -> Known:
    """What there is to look for, of persons and operators. One word alone is no name here: it may be any word of the text."""
    names, codes, births = set(), set(), set()
    for person in people:
        whole = " ".join(filter(None, (person.get("surname"), person.get("given_name"))))
        for name in (whole, *(row["name"] for row in person.get("aliases") or ())):
            words = tuple(sorted(fold(name).split()))
            if 2 <= len(words) <= LONGEST:
                names.add(words)
        codes |= {row["code"] for row in person.get("identifiers") or ()}
        codes |= {person["tax_code"]} if person.get("tax_code") else set()
        births |= {person["birth_date"]} if person.get("birth_date") else set()
    return Known(frozenset(names), frozenset(codes), frozenset(births))


def scan(text: str, registry: Known) -> Iterator[Found]:
    """Each thing once, in the order of the kinds."""
    yield from dict.fromkeys((*_names(text, registry), *_codes(text, registry), *_births(text, registry)))
    yield from dict.fromkeys(Found("phone", found[0]) for found in _PHONE.finditer(text))
    yield from dict.fromkeys(Found("email", found[0]) for found in _EMAIL.finditer(text))


def _names(text: str, registry: Known) -> Iterator[Found]:
    words = [(word, part) for word in _WORD.findall(text) for part in fold(word).split()]
    sizes = sorted({len(name) for name in registry.names})
    for at in range(len(words)):
        for size in sizes:
            window = words[at : at + size]
            if tuple(sorted(part for _, part in window)) in registry.names:
                yield Found("name", " ".join(dict.fromkeys(word for word, _ in window)))


def _codes(text: str, registry: Known) -> Iterator[Found]:
    for found in _TAX_CODE.finditer(text):
        code = found[0].upper()
        # Eleven digits may be a body's VAT number: only a person's own are told.
        if code in registry.codes or (not code.isdigit() and check_tax_code(code) is None):
            yield Found("tax_code", found[0])
        elif not code.isdigit():
            yield Found("like_tax_code", found[0])


def _births(text: str, registry: Known) -> Iterator[Found]:
    for found in _DATE.finditer(text):
        day, month, year = (found[1], found[2], found[3]) if found[3] else (found[6], found[5], found[4])
        iso = f"{year}-{int(month):02}-{int(day):02}"
        if iso in registry.births or _BORN.search(text, max(0, found.start() - NEAR), found.start()):
            yield Found("birth_date", found[0])
