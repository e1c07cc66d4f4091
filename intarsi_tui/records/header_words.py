"""How near a partner's header is to a field's label: case, accents, line breaks and abbreviations aside."""

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache

from ..reference.tables import fold

# What a header says on top of the label, and what a label says on top of a header.
FILLERS = frozenset([
    "a", "al", "alla", "alle", "con", "da", "dal", "dalla", "dei", "del", "della", "delle", "di", "e", "gli", "i",
    "il", "in", "l", "la", "le", "lo", "n", "nr", "numero", "of", "o", "per", "the", "to", "un", "una",
])  # fmt: skip
ENOUGH = 0.74
# A field of a linked record has the same label as many others: only what is as good as the same is taken for it.
ENOUGH_BEYOND = 0.9
HALF = 0.5
STEM = 5
SAME = {"giorno": "data", "day": "date"}


@lru_cache(1 << 16)  # rows are read in several ways, and registers share labels: three pairs in four come again
def likeness(header: str, label: str) -> float:
    """From 0 to 1; `ENOUGH` and more is taken for the same. `Cod. operatore` and `Codice dell'operatore` are.

    0 for whatever is not half the same: nobody asks how much less, and most pairs are.
    """
    words, wanted = _words(header), _words(label)
    if not words or not wanted:
        return 0.0
    if words == wanted:
        return 1.0
    short, long = _telling(words), _telling(wanted)
    if short == long:
        return 0.95
    if len(short) == len(long) and all(_abbreviates(*pair) for pair in zip(short, long, strict=True)):
        return 0.9
    if set(short) < set(long) or set(long) < set(short):
        share = min(len(short), len(long)) / max(len(short), len(long))
        return (0.6 if short[0] == long[0] else 0.5) + 0.3 * share
    letters = difflib.SequenceMatcher(None, " ".join(short), " ".join(long))
    return 0.88 * letters.ratio() if 0.88 * letters.quick_ratio() > HALF else 0.0


@lru_cache(4096)
def _words(text: str) -> tuple[str, ...]:
    plain = fold(text.replace("'", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", " "))
    return tuple(SAME.get(word, word) for word in re.findall(r"[a-z0-9]+", plain))


@lru_cache(4096)
def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in FILLERS) or words


def _abbreviates(one: str, other: str) -> bool:
    """`cod` and `codice`, `chiuso` and `chiusura`."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 1 and long.startswith(short[:STEM]))


def counted(header: str) -> str:
    """`N. persone` → `persone`; "" when it does not begin with a number sign."""
    found = re.fullmatch(r"\s*(?:n\.?|n[°º]|nr\.?|num\.?|numero|no\.?)\s+(.+)", " ".join(header.split()), re.IGNORECASE)
    return found[1] if found else ""


def best(header: str, words: Mapping[str, list[str]]) -> tuple[str, list[str], float]:
    """The path that a header means, "" when none is near enough; the nearest others; how near it is.

    Parameters:
        words: what each path is called, the dearest paths first.
    """
    scored = [(max(likeness(header, word) for word in called), path) for path, called in words.items()]
    ranked = sorted(scored, key=lambda pair: -pair[0])
    near = [path for score, path in ranked[:4] if score > HALF]
    if ranked and ranked[0][0] >= (ENOUGH_BEYOND if set(".#") & set(ranked[0][1]) else ENOUGH):
        return ranked[0][1], near[1:], ranked[0][0]
    return "", near[:3], 0.0
