"""Privacy classes of fields, from the least to the most protected (GDPR arts. 4, 9; `domain.md` §8)."""

from typing import Literal, get_args

Privacy = Literal["public", "internal", "personal", "special"]

CLASSES: tuple[Privacy, ...] = get_args(Privacy)

# What a field is when its declaration says nothing: the safe side.
UNDECLARED: Privacy = "personal"

# What each audience of a workbook may be shown. Lead and public never see a person.
AUDIENCES: dict[str, frozenset[Privacy]] = {
    "office": frozenset(CLASSES),
    "audit": frozenset(CLASSES),
    "ministry": frozenset(("public", "internal", "personal")),
    "lead": frozenset(("public", "internal")),
    "public": frozenset(("public",)),
}


def may_see(audience: str, privacy: Privacy) -> bool:
    """Whether `audience` may be shown a field of class `privacy`.

    Raises:
        KeyError: no such audience.
    """
    return privacy in AUDIENCES[audience]
