"""The way of a clerk through the app: from home to a list, a new record, a mistake, its correction, saving and undoing."""

from collections.abc import Callable
from typing import Any

from intarsi_tui.host.office import Office
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.screens.home import HomeScreen
from intarsi_tui.tui.screens.register import RegisterScreen


async def test_a_loan_is_typed_corrected_saved_and_undone(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        assert isinstance(app.screen, HomeScreen)
        await press("enter")
        assert isinstance(app.screen, RegisterScreen)
        await press("n", "'Bianchi 12", "tab", "'tes", "tab", "'30/2", "tab", "ctrl+s")
        assert isinstance(app.screen, FormScreen)
        assert "Il giorno «30/2» non esiste nel calendario" in screen()
        assert "▲ 1 errore" in screen()
        assert app.screen.focused.field.name == "lent_on"
        await press("'12/4", "tab")
        assert "non esiste" not in screen()
        assert "12/04/2021 lun" in screen()
        await press("ctrl+s")
        assert isinstance(app.screen, RegisterScreen)
        assert filled.table("bicycles.loan").page(search="bianchi 12")[0]["lent_on"] == "2021-04-12"
        assert "31 " in screen().splitlines()[0]
        assert app.screen.at_cursor["bicycle"] == "Bianchi 12", "the cursor is on what was saved"
        await press("u")
        assert "Disfatta la modifica: Prestito Bianchi 12" in screen()
        assert filled.table("bicycles.loan").page(search="bianchi 12") == []
