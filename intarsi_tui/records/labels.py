"""Labels: the two wordings of one thing. Every word a user reads from a declaration is one of these."""

from typing import Any, NamedTuple


class Label(NamedTuple):
    """Italian and English wording of one thing."""

    it: str
    en: str

    def __call__(self, lang: str) -> str:
        """The wording in `lang` ("it", anything else is English)."""
        return self.it if lang == "it" else self.en


NO_WORDS = Label("", "")


def both(words: Any) -> Label:
    """A label that an author wrote as a pair, such as `("Casa", "Home")`.

    Raises:
        TypeError: it is not two texts.
    """
    if not isinstance(words, (tuple, list)) or [type(word) for word in words] != [str, str]:
        raise TypeError(f'{words!r}: two texts are wanted, Italian and English, such as ("Casa", "Home")')
    return Label(*words)


class KnownAs(Label):
    """A label with other words that people write for the same."""

    also: tuple[str, ...] = ()


def choice(it: str, en: str, *, also: tuple[str, str]) -> Label:
    """A choice that is understood by other words too, in a form, a command and an import.

    Parameters:
        it, en: what it is called.
        also: the other words, Italian and English, divided by commas.

    Raises:
        TypeError: they are not two texts.
    """
    label = KnownAs(*both((it, en)))
    label.also = tuple(word for text in both(also) for one in text.split(",") if (word := one.strip()))
    return label


def plain(name: str) -> Label:
    """A label made of an identifier, for declarations that give none (`lent_on` → "Lent on")."""
    words = name.replace("_", " ").strip().capitalize()
    return Label(words, words)
