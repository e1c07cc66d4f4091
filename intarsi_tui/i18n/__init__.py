"""The shell's own words: English in the code, Italian in `it/LC_MESSAGES/DOMAIN.po`. One domain a surface: cli, tui, web.

Labels of declarations and wordings of problems are not here: they are written in both languages where they are declared.
"""

import os
from collections.abc import Callable
from functools import cache

LANGUAGES = ("it", "en")
FOLDER = os.path.dirname(__file__)  # noqa: PTH120 - pathlib costs every start 4 ms

_current = ""


def choose(given: str | None = None) -> str:
    """Sets and returns the language: `given`, else `INTARSI_LANG`, else Italian if the locale says so, otherwise English."""
    global _current
    named = (given or os.environ.get("INTARSI_LANG") or _of_locale()).lower()
    _current = "it" if named.startswith("it") else "en"
    return _current


def language() -> str:
    """The language in force, "it" or "en"."""
    return _current or choose()


def _of_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    import locale

    return (locale.getlocale()[0] or "").replace("Italian", "it")  # Windows names languages in English


def translator(domain: str) -> Callable[[str], str]:
    """The `_` of a surface: gives a text in the language in force when it is called."""

    def translate(text: str) -> str:
        return text if language() == "en" else _catalogue(domain, language())(text)

    return translate


@cache
def _catalogue(domain: str, lang: str) -> Callable[[str], str]:
    import gettext

    return gettext.translation(domain, FOLDER, [lang], fallback=True).gettext
