"""Words that do not belong in free text."""

from collections.abc import Iterator

from intarsi_tui import Problem, Record
from intarsi_tui.reference.tables import fold

# Beginnings of words, folded. A short list: it reminds the writer, it does not search through what they wrote.
HEALTH_WORDS = (
    "diagnos", "patolog", "malatti", "terapi", "farmac", "psichiatr", "depress", "traum", "hiv", "epatit", "tubercol",
    "tumor", "tortur", "stupr", "abusi", "abuso", "illness", "disease", "therap", "medication", "psychiatr", "hepatit",
    "tubercul", "cancer", "raped", "abuse", "trafficked", "diabet", "incint", "gravidanz", "pregnan", "tbc", "cancro",
)  # fmt: skip


def no_health_detail(record: Record, *names: str) -> Iterator[Problem]:
    """Warns when the text in one of the fields seems to tell of somebody's health or story (`domain.md` §8)."""
    for name in names:
        yield from no_health_words(record, name, getattr(record, name))


def no_health_words(record: Record, place: str, text: str | None) -> Iterator[Problem]:
    """The same for a text at `place`, such as a column of a row."""
    if text and (found := list(dict.fromkeys(word for word in fold(text).split() if word.startswith(HEALTH_WORDS)))):
        yield record.problem(
            place, warning=True, words=found,
            it="«{words}»: qui niente diagnosi, cure o vicende personali; se non serve, toglierlo",
            en="“{words}”: no diagnosis, treatment or personal story here; take it out if it is not needed",
        )  # fmt: skip
