"""Checks of Italian identifiers. Each returns a fault code or None; the words for it belong to the caller.

A well-formed code is not a certified one: only the issuing body knows whether it exists."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Fault = Literal[
    "not_a_tax_code", "tax_code_check", "tax_code_date", "not_a_school_code", "school_province",
    "not_a_vat_number", "vat_check", "not_a_cup", "not_a_cig",
]  # fmt: skip
Kind = Literal["cf", "provisional", "stp", "eni"]

# Ministry of Finance decree of 23 December 1976: values of the characters in odd places, digits and letters alike
# (0 counts as A, 1 as B …); in even places a character counts its own rank.
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_MONTHS = "ABCDEHLMPRST"
_OMOCODIA = "LMNPQRSTUV"
_NUMERIC = (6, 7, 9, 10, 12, 13, 14)
_DIGIT = f"[0-9{_OMOCODIA}]"
_CF = re.compile(f"[A-Z]{{6}}{_DIGIT}{{2}}[{_MONTHS}]{_DIGIT}{{2}}[A-Z]{_DIGIT}{{3}}[A-Z]")

# Schools of Forlì-Cesena keep the old plate FO.
SCHOOL_PROVINCES = frozenset({"PC", "PR", "RE", "MO", "BO", "FE", "RA", "FO", "FC", "RN"})

# Plates of the provinces, as the motor registry has them; FO became FC in 1999.
PLATES = frozenset(
    [
        "AG",
        "AL",
        "AN",
        "AO",
        "AP",
        "AQ",
        "AR",
        "AT",
        "AV",
        "BA",
        "BG",
        "BI",
        "BL",
        "BN",
        "BO",
        "BR",
        "BS",
        "BT",
        "BZ",
        "CA",
        "CB",
        "CE",
        "CH",
        "CL",
        "CN",
        "CO",
        "CR",
        "CS",
        "CT",
        "CZ",
        "EN",
        "FC",
        "FE",
        "FG",
        "FI",
        "FM",
        "FR",
        "GE",
        "GO",
        "GR",
        "IM",
        "IS",
        "KR",
        "LC",
        "LE",
        "LI",
        "LO",
        "LT",
        "LU",
        "MB",
        "MC",
        "ME",
        "MI",
        "MN",
        "MO",
        "MS",
        "MT",
        "NA",
        "NO",
        "NU",
        "OR",
        "PA",
        "PC",
        "PD",
        "PE",
        "PG",
        "PI",
        "PN",
        "PO",
        "PR",
        "PT",
        "PU",
        "PV",
        "PZ",
        "RA",
        "RC",
        "RE",
        "RG",
        "RI",
        "RM",
        "RN",
        "RO",
        "SA",
        "SI",
        "SO",
        "SP",
        "SR",
        "SS",
        "SU",
        "SV",
        "TA",
        "TE",
        "TN",
        "TO",
        "TP",
        "TR",
        "TS",
        "TV",
        "UD",
        "VA",
        "VB",
        "VC",
        "VE",
        "VI",
        "VR",
        "VT",
        "VV",
    ]
)


class TaxCodeFacts(NamedTuple):
    """What a 16-character tax code says of its holder.

    For cross-checks and warnings only, never to overwrite: declared dates often differ. sex is "F" or "M"; place is a
    cadastral code (F257) or the Z code of a country (Z335).
    """

    sex: str
    born: date
    place: str


def normalise(text: str) -> str:
    """`text` in capitals and without blanks, as every check here reads it and as it should be stored."""
    return "".join(text.split()).upper()


def tax_code_kind(text: str) -> Kind | None:
    """What sort of fiscal identifier `text` has the shape of, check characters aside.

    "cf": 16 characters, with letters for digits where two people would share a code (omocodia).
    "provisional": the 11 digits given to asylum applicants at registration (Agenzia delle Entrate, circular 8/2016).
    "stp", "eni": health codes of 16 characters (region, health body, serial) for people without a permit; on somebody
    with a valid permit, stp deserves a warning; eni is for EU citizens, who are outside the target group.
    """
    code = normalise(text)
    if _CF.fullmatch(code):
        return "cf"
    if re.fullmatch("[0-9]{11}", code):
        return "provisional"
    if re.fullmatch("(STP|ENI)[0-9]{13}", code):
        return "stp" if code[0] == "S" else "eni"
    return None


@lru_cache(1_000)  # a person's code stands in the file and among its former ones
def check_tax_code(text: str) -> Fault | None:
    """Fault of a tax code of any kind: "not_a_tax_code" (shape), "tax_code_check" or "tax_code_date" (31 February).

    The three digits of the issuing office in a provisional code are not looked at: Questura offices lie outside the
    list that VAT numbers obey, and validators that borrow the VAT rule refuse good codes.
    """
    code = normalise(text)
    match tax_code_kind(code):
        case None:
            return "not_a_tax_code"
        case "provisional":
            if _no_number(code):
                return "not_a_tax_code"
            return "tax_code_check" if _luhn_sum(code) % 10 else None
        case "cf":
            if _check_character(code[:15]) != code[15]:
                return "tax_code_check"
            return None if tax_code_facts(code) else "tax_code_date"
    return None


def tax_code_facts(text: str, today: date | None = None) -> TaxCodeFacts | None:
    """Sex, birth date and birthplace in a 16-character tax code; None if it is not one or its date does not exist.

    The code has two digits of the year: the latest year that is not after `today` is taken, so that somebody over 99
    comes out a century young.
    """
    code = normalise(text)
    if tax_code_kind(code) != "cf":
        return None
    today = today or date.today()
    plain = _without_omocodia(code)
    day, month = int(plain[9:11]), _MONTHS.index(plain[8]) + 1
    sex, day = ("F", day - 40) if day > 40 else ("M", day)
    year = today.year // 100 * 100 + int(plain[6:8])
    for candidate in (year, year - 100):
        try:
            born = date(candidate, month, day)
        except ValueError:
            continue
        if born <= today:
            return TaxCodeFacts(sex, born, plain[11:15])
    return None


def check_school_code(text: str) -> Fault | None:
    """Fault of a codice meccanografico: "not_a_school_code", or "school_province" outside Emilia-Romagna.

    Province, type (two characters, a digit in equal-status private schools), then a rest that ends in a letter
    (AGIC82400C) or in a digit (TVIS018005): "four letters and six digits" is a common mistake.
    """
    code = normalise(text)
    if not re.fullmatch("[A-Z]{2}[A-Z0-9]{8}", code):
        return "not_a_school_code"
    return None if code[:2] in SCHOOL_PROVINCES else "school_province"


def check_vat(text: str) -> Fault | None:
    """Fault of a partita IVA, 11 digits: "not_a_vat_number" or "vat_check"."""
    code = normalise(text)
    if not re.fullmatch("[0-9]{11}", code) or _no_number(code):
        return "not_a_vat_number"
    return "vat_check" if _luhn_sum(code) % 10 else None


def check_cup(text: str) -> Fault | None:
    """Fault of a CUP (public investment project code, 15 letters and digits; Law 136/2010): "not_a_cup"."""
    return None if re.fullmatch("[A-Z0-9]{15}", normalise(text)) else "not_a_cup"


def check_cig(text: str) -> Fault | None:
    """Fault of a CIG (tender code, 10 letters and digits; Law 136/2010): "not_a_cig"."""
    return None if re.fullmatch("[A-Z0-9]{10}", normalise(text)) else "not_a_cig"


def make_tax_code(surname: str, name: str, sex: str, born: date, place: str) -> str:
    """The 16-character tax code of an invented person.

    `sex` is "F" or "M": the code knows no third. `place` is a cadastral or Z code. Letters outside A-Z count without
    their accent, or not at all. ValueError when `sex` or `place` is none of these.
    """
    if sex not in ("F", "M"):
        raise ValueError(f"sex must be F or M, not {sex!r}")
    if not re.fullmatch("[A-Z][0-9]{3}", place):
        raise ValueError(f"place must be a letter and three digits, not {place!r}")
    consonants, vowels = _letters(name)
    if len(consonants) > 3:
        consonants = consonants[0] + consonants[2:]
    day = born.day + (40 if sex == "F" else 0)
    code = (
        f"{''.join(_letters(surname)):X<3.3}{consonants + vowels:X<3.3}"
        f"{born.year % 100:02}{_MONTHS[born.month - 1]}{day:02}{place}"
    )
    return code + _check_character(code)


def make_provisional(serial: int, office: int) -> str:
    """An 11-digit provisional tax code: 7 digits of `serial`, 3 of `office`, the check digit.

    ValueError when a number is negative or too long, or `serial` is 0.
    """
    if not (0 < serial < 10_000_000 and 0 <= office < 1000):
        raise ValueError(f"serial must have 1 to 7 digits and office at most 3: {serial}, {office}")
    digits = f"{serial:07}{office:03}"
    return digits + str(-_luhn_sum(digits) % 10)


def _no_number(code: str) -> bool:
    # Eleven zeros pass the check digit, and are what people type when they have no number.
    return code.startswith("0000000")


def _luhn_sum(digits: str) -> int:
    return sum(int(d) for d in digits[::2]) + sum(sum(divmod(2 * int(d), 10)) for d in digits[1::2])


def _check_character(fifteen: str) -> str:
    ranks = [int(c) if c.isdigit() else ord(c) - ord("A") for c in fifteen]
    return chr(ord("A") + (sum(_ODD[rank] for rank in ranks[::2]) + sum(ranks[1::2])) % 26)


def _without_omocodia(code: str) -> str:
    return "".join(
        str(_OMOCODIA.index(c)) if place in _NUMERIC and c in _OMOCODIA else c for place, c in enumerate(code)
    )


def _letters(name: str) -> tuple[str, str]:
    letters = [c for c in unicodedata.normalize("NFKD", name.upper()) if "A" <= c <= "Z"]
    return "".join(c for c in letters if c not in "AEIOU"), "".join(c for c in letters if c in "AEIOU")
