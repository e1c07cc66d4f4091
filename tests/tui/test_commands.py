"""The palette: whatever has a screen or a key is found in it, once."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.host.office import Office
from intarsi_tui.i18n import language
from intarsi_tui.tui import other_words
from intarsi_tui.tui.commands import commands
from intarsi_tui.tui.keymap import known
from intarsi_tui.tui.screens.picker import among


def labels(app: Any) -> list[tuple[str, str]]:
    """What the palette lists: words, and for what plugins bring the plugin."""
    found = commands(app, registers=True)
    return [(one.choice.label, one.choice.note if " " in name or "." in name else "") for name, one in found.items()]


WAYS: dict[str, tuple[str, ...]] = {
    "home": (), "registers": ("f3",), "a list": ("f3", "enter"), "a record": ("f3", "enter", "enter"),
    "a form": ("f3", "enter", "n"), "import": ("f4",), "calendar": ("f5",), "deadlines of the calendar": ("f5", "d"),
    "reports": ("f6",), "history": ("f7",), "plugins": ("f8",), "settings": ("f9",), "deadlines": ("d",),
    "calendar of the deadlines": ("d", "c"),
}  # fmt: skip


@pytest.mark.parametrize("office", ["it", "en"], indirect=True)
async def test_nothing_is_listed_twice_wherever_one_is_and_every_mode_is_there(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, _screen):
        for way, keys in WAYS.items():
            await press("f2", *keys)
            listed = labels(app)
            assert [one for one, count in Counter(listed).items() if count > 1] == [], way
            words = {label for label, _note in listed}
            italian = ("Registri", "Calendario", "Scadenze", "Report", "Plugin", "Impostazioni")
            english = ("Registers", "Calendar", "Deadlines", "Reports", "Plugins", "Settings")
            assert words >= set(italian if filled.lang == "it" else english), way
            read_back = ("Rileggi", "Read")
            assert sum(label.startswith(read_back) for label in words) == 1, way
            while len(app.screen_stack) > 1:
                await press("escape")


async def test_a_workbook_is_read_back_from_anywhere(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("f7", "ctrl+p", "'rileggi", "enter")
        assert app.current_mode == "reports"
        assert "Mettere il cursore sul modello" in screen()


LOOKED_FOR = {
    "elimina": "Annulla record", "cancella": "Annulla record", "annulla": "Disfa", "cerca": "Filtra", "stampa": "Report",
    "aggiungi": "Nuovo", "correggi": "Modifica", "tema": "Altri colori", "agenda": "Calendario", "noleggio": "Vai a: Prestiti",
    "carica excel": "Importa", "opzioni": "Impostazioni", "chiudi": "Esci",
}  # fmt: skip


async def test_what_people_call_a_thing_finds_it_too(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        app.open_register("bicycles.loan")
        await press("home")
        search = among([one.choice for one in commands(app, registers=True).values()])
        for typed, meant in LOOKED_FOR.items():
            assert meant in [one.label for one in search(typed)], typed
        assert search("ordina")[0].label == "Ordina"  # its own words come before others'
        assert search("importa")[0].label == "Importa"


def test_other_words_are_of_bindings_that_there_are() -> None:
    assert set(other_words._words(language())) <= {one.id for one in known()}
