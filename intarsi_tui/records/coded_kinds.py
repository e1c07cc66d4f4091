"""Kinds whose values are codes: choices of a field, tax and school codes, places, countries, languages."""

import enum
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from ..reference import identifiers, tables
from ..reference.tables import fold
from . import typed
from .kind import Kind, as_text
from .labels import Label
from .problems import Invalid

# “a.s. 2020/2021” is how schools write it.
_SCHOOL_YEAR = re.compile(r"(?:a\.?\s?s\.?\s*)?(\d{4}|\d\d)\s*[/\\.,_ –—-]\s*(\d{4}|\d\d)", re.ASCII | re.IGNORECASE)


class ChoiceKind(Kind, name="choice"):
    """One of a few codes, each with its wording in both languages. Typed as code, label, the start of either, or a word
    that people write for it (`also`: code → words)."""

    widget = "choice"
    accepts = ("choices", "also")

    @cached_property  # made for each value that is read, they took a thirtieth of adding a record
    def choices(self) -> dict[str, Label]:
        return {code: Label(*label) for code, label in self.params.get("choices", {}).items()}

    @cached_property  # folded for each record that is saved, they took a tenth of an import
    def _folded(self) -> dict[str, tuple[str, ...]]:
        return {code: tuple(dict.fromkeys(map(typed.fold, label))) for code, label in self.choices.items()}

    @cached_property  # folded for each cell of an import that is no code, they took as long
    def _spelled(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        also = self.params.get("also", {})
        called = {code: {fold(code), fold(label.it), fold(label.en)} for code, label in self.choices.items()}
        return called, {code: set(map(fold, also.get(code, ()))) for code in called}

    def with_two_meanings(self) -> Iterator[str]:
        """Other words of a code that stand for another one too: what one is called is that one, whatever else has it as a further word."""
        called, also = self._spelled
        for code, words in also.items():
            taken = set().union(*(called[one] | also[one] for one in called if one != code))
            yield from sorted(words & taken)

    def _meant(self, wanted: str) -> list[str]:
        """The codes that this may be: what is called so, what is known by it, what begins so."""
        called, also = self._spelled
        for spelled in (called, also):
            if found := [code for code, words in spelled.items() if wanted in words]:
                return found
        return [code for code, words in called.items() if any(word.startswith(wanted) for word in words)]

    def read(self, raw: Any) -> str:
        choices = self.choices
        if type(raw) is str and raw in choices:
            return raw
        raw = ChoiceKind.store(self, raw)
        if isinstance(raw, str):
            if raw in choices:
                return raw
            found = self._meant(fold(raw))
            if len(found) == 1:
                return found[0]
            if found:
                raise Invalid("ambiguous_choice", value=raw, choices=[choices[code] for code in found])
        code = "only_one" if isinstance(raw, (list, tuple)) else "not_in_list"
        raise Invalid(code, value=raw, choices=list(choices.values())[:12])

    def store(self, value: Any) -> Any:
        return value.value if isinstance(value, enum.Enum) else value

    def stored(self, value: Any) -> Any:
        return value if type(value) is str and value in self.choices else None

    @property
    def reading(self) -> Callable[[Any], Any]:
        return {code: code for code in self.choices}.get

    def show(self, stored: str, lang: str) -> str:
        label = self.params.get("choices", {}).get(stored)
        return Label(*label)(lang) if label else str(stored)

    def words(self, stored: str) -> tuple[str, ...]:
        return self._folded.get(stored) or (typed.fold(str(stored)),)

    def json_schema(self) -> dict[str, Any]:
        return {"enum": list(self.params.get("choices", {}))}


class ChoicesKind(ChoiceKind, name="choices"):
    """Several of a few codes. Typed with commas or semicolons between them."""

    widget = "choices"
    width = 24

    def read(self, raw: Any) -> list[str]:  # type: ignore[override]  # a list where the single kind has one code
        parts = raw.replace(";", ",").split(",") if isinstance(raw, str) else raw
        if not isinstance(parts, (list, tuple)):
            raise Invalid("not_in_list", value=raw, choices=list(self.choices.values())[:12])
        parts = [part.strip() if isinstance(part, str) else part for part in parts]
        return list(dict.fromkeys(ChoiceKind.read(self, part) for part in parts if part))

    @property
    def reading(self) -> Callable[[Any], Any]:
        return self.stored

    def stored(self, value: Any) -> Any:
        if type(value) is not list or len(set(value)) < len(value) or not self.choices.keys() >= set(value):
            return None
        return [*value]

    def show(self, stored: list[str], lang: str) -> str:  # type: ignore[override]
        return ", ".join(ChoiceKind.show(self, code, lang) for code in stored)

    def words(self, stored: list[str]) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(word for code in stored for word in ChoiceKind.words(self, code))

    def json_schema(self) -> dict[str, Any]:
        return {"items": {"type": "string", "enum": list(self.params.get("choices", {}))}}


class TaxCodeKind(Kind, name="tax_code"):
    """Codice fiscale (16 characters), provisional (11 digits), STP or ENI; the check character must match."""

    def read(self, raw: Any) -> str:
        # A spreadsheet drops leading zeros of the 11-digit code: 6-digit serials are put right, nothing shorter.
        text = "".join(as_text(raw).split()).upper()
        if isinstance(raw, (int, float)) and 8 <= len(text) < 11:
            text = text.zfill(11)
        if problem := identifiers.check_tax_code(text):
            raise Invalid(problem, value=raw)
        return text

    def stored(self, value: Any) -> str | None:
        return self.read(value) if type(value) is str else None


class SchoolCodeKind(Kind, name="school_code"):
    """Codice meccanografico of a school in Emilia-Romagna."""

    width = 10

    def read(self, raw: Any) -> str:
        text = str(raw).strip().upper()
        if problem := identifiers.check_school_code(text):
            raise Invalid(problem, value=raw)
        return text

    def stored(self, value: Any) -> str | None:
        return self.read(value) if type(value) is str else None


class SchoolYearKind(Kind, name="school_year"):
    """Two years that follow each other, `2020/21`; typed with two digits or four, and any sign between them."""

    width = 7

    def read(self, raw: Any) -> str:
        found = _SCHOOL_YEAR.fullmatch(as_text(raw))
        if found is None:
            raise Invalid("not_a_school_year", value=raw)
        first = int(found[1]) + (2000 if len(found[1]) == 2 else 0)
        if int(found[2]) not in (first + 1, (first + 1) % 100):
            raise Invalid("not_a_school_year", value=raw)
        return f"{first}/{(first + 1) % 100:02}"

    def stored(self, value: Any) -> str | None:
        return self.read(value) if type(value) is str else None

    def json_schema(self) -> dict[str, Any]:
        return {"pattern": r"^\d{4}/\d{2}$"}


@tables.remembered
def _names(table: str, code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.fold(tables.label(table, code, lang)) for lang in ("it", "en")))


class _TableKind(Kind):
    """A code of a reference table, typed as code or name."""

    widget = "picker"
    table: str
    missing: str

    def read(self, raw: Any) -> str:
        text = as_text(raw)
        if tables.has(self.table, text):
            return text
        found = tables.find(self.table, text, exact=True) or tables.find(self.table, text)
        if len(found) == 1:
            return found[0].code
        near = Label(*(", ".join(getattr(entry, lang) for entry in found[:4]) for lang in ("it", "en")))
        raise Invalid(self.missing, value=raw, hint=Label(f": {near.it}?", f": {near.en}?") if found else "")

    def stored(self, value: Any) -> str | None:
        return value if type(value) is str and tables.has(self.table, value) else None

    def show(self, stored: str, lang: str) -> str:
        return tables.label(self.table, stored, lang)

    def words(self, stored: str) -> tuple[str, ...]:
        return _names(self.table, stored)


class MunicipalityKind(_TableKind, name="municipality"):
    """A municipality of Emilia-Romagna by ISTAT code, kept as text (leading zeros)."""

    table = "municipalities"
    missing = "no_such_municipality"


class CountryKind(_TableKind, name="country"):
    """A country by ISO 3166 alpha-2, with Kosovo, stateless and undetermined."""

    table = "countries"
    missing = "no_such_country"


class LanguageKind(_TableKind, name="language"):
    """A language by ISO 639-3; picked by name, since codes mislead (`bcs` is not Bosnian-Croatian-Serbian)."""

    table = "languages"
    missing = "no_such_language"
    width = 12
