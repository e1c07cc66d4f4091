"""An office that is open for reading only: what would be refused is not offered, what is read stays."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.tui.commands import commands


@pytest.fixture
def read(filled: Office) -> Iterator[Office]:
    with open_office(filled.workspace, choose("it"), read_only=True) as opened:
        yield opened


async def test_what_would_be_refused_is_in_no_hints_and_no_palette(read: Office, on: Callable[..., Any]) -> None:
    refused = {"Nuovo", "Modifica", "Conferma", "Annulla", "Importa", "Salva", "Annulla l'ultima modifica"}
    async with on(read, 160, 40) as (app, press, screen):
        for keys in ((), ("f3",), ("enter",), ("enter",), ("f7",), ("f8",), ("f9",), ("f6",)):
            await press(*keys)
            below = "\n".join(screen().splitlines()[-2:])
            assert "sola lettura" in screen().splitlines()[0], keys
            assert not [word for word in ("Nuovo", "Modifica", "Conferma", "Ann", "Import", "Salva ") if word in below]
            assert not {one for one in commands(app, registers=True) if one.startswith("read back")}
            assert not refused & {one.choice.label for one in commands(app, registers=True).values()}, keys


async def test_what_is_read_stays_and_a_key_that_is_pressed_all_the_same_says_why(
    read: Office, on: Callable[..., Any]
) -> None:
    async with on(read, 120, 40) as (app, press, screen):
        await press("f3", "enter")
        labels = {one.choice.label for one in commands(app, registers=True).values()}
        assert {"Esporta", "Filtra", "Ordina", "Colonne"} <= labels
        await press("s")
        assert "ordinati: N. ▲" in screen().splitlines()[0]
        assert not app._notifications
        await press("n")
        assert "sola lettura" in "\n".join(screen().splitlines()[1:])
        await press("slash", "'nessuno così")
        assert "Niente corrisponde" in screen()
        assert "nuovo" not in screen()


async def test_a_register_whose_plugin_is_gone_offers_no_changes(workspace: Any, on: Callable[..., Any]) -> None:
    with open_office(workspace, choose("it")) as office:
        office.table("bicycles.household").add({"name": "Tesfay"})
    (workspace.plugins / "bicycles.py").unlink()
    with open_office(workspace, choose("it")) as office:
        async with on(office, 120, 40) as (app, press, screen):
            app.open_register("bicycles.household")
            await press("home")
            assert "Tesfay" in screen()
            assert "Nuovo" not in screen()
            await press("enter")
            assert "Modifica" not in screen()
