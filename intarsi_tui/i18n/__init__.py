"""The shell's own words: English in the code, Italian in `it/LC_MESSAGES/DOMAIN.po`. One domain a surface: cli, tui, web; `textual` has what that library says.

Labels of declarations and wordings of problems are not here: they are written in both languages where they are declared. A plugin
that has more words than those brings them itself, with `words`.
"""

import os
from collections.abc import Callable, Mapping
from functools import cache

LANGUAGES = ("it", "en")
FOLDER = os.path.dirname(__file__)  # noqa: PTH120 - pathlib costs every start 4 ms

_current = ""
_of_plugins: dict[str, str] = {}


def choose(given: str | None = None) -> str:
    """Sets and returns the language: `given`, else `INTARSI_LANG`, else the person's own, else Italian if the locale says so, otherwise English."""
    global _current
    named = (given or os.environ.get("INTARSI_LANG") or _of_person() or _of_locale()).lower()
    _current = "it" if named.startswith("it") else "en"
    return _current


def language() -> str:
    """The language in force, "it" or "en"."""
    return _current or choose()


def _of_person() -> str:
    from ..person import read

    return str(read().get("language", ""))


def _of_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    import locale

    return (locale.getlocale()[0] or "").replace("Italian", "it")  # Windows names languages in English


def counted(count: int, lang: str) -> str:
    """`1.204` or `1,204`."""
    return f"{count:,}".replace(",", ".") if lang == "it" else f"{count:,}"


def numbered(count: int, one: str, several: str, **said: object) -> str:
    """`one`, or `several` with `{count}` as it is written in the language in force; both with what else they say."""
    return (one if count == 1 else several).format(count=counted(count, language()), **said)


def translator(*domains: str) -> Callable[[str], str]:
    """The `_` of a surface: gives a text in the language in force when it is called, out of the first catalogue that has it."""

    def translate(text: str) -> str:
        if not text or language() == "en":  # the translation of nothing is the head of the catalogue
            return text
        said = next((said for one in domains if (said := _catalogue(one, language())(text)) != text), text)
        # What a plugin's screen names in its bindings is drawn by the shell, whose catalogue cannot have it.
        return _of_plugins.get(text, said) if said == text else said

    return translate


def words(italian: Mapping[str, str] | str | os.PathLike[str]) -> Callable[[str], str]:
    """The `_` of a plugin that has texts of its own, and the Italian of each.

    Parameters:
        italian: by the English, or the path of a TOML file that holds lines such as `"Return" = "Restituisci"`.

    Raises:
        OSError, ValueError: the file cannot be read, or is no such table.
    """
    if not isinstance(italian, Mapping):
        import tomllib

        with open(italian, "rb") as file:  # noqa: PTH123
            italian = tomllib.load(file)
    if not all(isinstance(one, str) for pair in italian.items() for one in pair):
        raise ValueError('words are pairs of texts, such as "Return" = "Restituisci"')
    _of_plugins.update(italian)
    own = dict(italian)
    return lambda text: text if language() == "en" else own.get(text, text)


@cache
def _catalogue(domain: str, lang: str) -> Callable[[str], str]:
    import gettext

    return gettext.translation(domain, FOLDER, [lang], fallback=True).gettext
