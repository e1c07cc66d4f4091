"""F9: the office's settings and the person's own, made by the form generator."""

from collections.abc import Callable
from typing import Any

from intarsi_tui import person
from intarsi_tui.host.office import Office
from intarsi_tui.project.settings import save
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.tui import drafts


async def test_a_setting_is_changed_and_the_comments_of_the_file_stay(filled: Office, on: Callable[..., Any]) -> None:
    file = filled.workspace.path / "intarsi.toml"
    async with on(filled) as (app, press, screen):
        await press("f9")
        assert "Impostazioni ▸ office" in screen()
        await press("pagedown", "pagedown", "'24", "tab", "'50", "ctrl+s")
        assert "Salvato." in screen()
        assert app.focused.field.name == "attendance_threshold", "the cursor stays where it was"
        assert "non salvate" not in screen()
        assert filled.profile.settings["eligibility_months"] == 24, "it holds at once"
        assert filled.store.context.profile.settings["eligibility_months"] == 24, "for rules, too"
    assert Workspace(filled.workspace.path).profile.settings["eligibility_months"] == 24
    assert "# months since reception exit, at take-in" in file.read_text("utf-8")
    assert "# mediator_weekly_hours" in file.read_text("utf-8")


async def test_a_wrong_value_is_told_at_its_field_and_nothing_is_written(
    filled: Office, on: Callable[..., Any]
) -> None:
    before = (filled.workspace.path / "intarsi.toml").read_bytes()
    async with on(filled) as (app, press, screen):
        await press("f9", "pagedown", "pagedown", "'tanti", "ctrl+s")
        assert "▲ 1 errore" in screen()
        assert "non è un numero intero" in screen()
        assert app.focused.field.name == "eligibility_months"
        await press("f2", "f9")
        assert "tanti" in screen(), "what was typed is still there"
    assert (filled.workspace.path / "intarsi.toml").read_bytes() == before


async def test_what_is_empty_says_what_holds_then(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("f9")
        assert "(del computer)" in screen()
        assert "(scuro)" in screen()
        await press("pagedown")
        assert "(50)" in screen()
        await press("pagedown")
        assert "(nessun limite)" in screen()


async def test_a_language_is_the_only_thing_that_waits_for_the_next_start(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (_app, press, screen):
        await press("f9", "enter", "'ingl", "enter", "ctrl+s")
        assert "la lingua vale dal prossimo avvio" in screen()
        await press("pagedown", "ctrl+a", "'Comune di Riccione", "ctrl+s", "f2")
        assert "Comune di Riccione" in screen()
    assert person.read() == {"language": "en"}


async def test_letters_that_were_taken_back_leave_no_draft(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("f9", "pagedown", "pagedown", "'9")
        app.screen.keep_now()
        assert drafts.kept(filled, "_settings", "")
        await press("backspace", "'18")
        app.screen.keep_now()
        assert drafts.kept(filled, "_settings", "") is None


async def test_people_are_rows_and_a_half_filled_form_is_there_again(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("f9", "pagedown", "tab", "tab", "tab", "tab", "+", "'m.rossi", "tab", "'Maria Rossi", "ctrl+s")
        assert "Maria Rossi" in screen()
        await press("tab")
    async with on(filled) as (_app, press, screen):
        await press("f9", "pagedown")
        assert "Maria Rossi" in screen()
        await press("ctrl+s")
    assert Workspace(filled.workspace.path).users == {"m.rossi": "Maria Rossi"}


async def test_the_colours_chosen_are_kept_for_the_person(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("ctrl+t")
        assert app.theme == "intarsi-light"
    assert person.read() == {"theme": "intarsi-light"}
    async with on(filled) as (app, press, screen):
        assert app.theme == "intarsi-light"
        await press("f9")
        assert "chiaro" in screen()
        await press("tab", "enter", "'alto", "enter", "ctrl+s")
        assert app.theme == "intarsi-contrast"
    assert person.read() == {"theme": "intarsi-contrast"}


async def test_settings_that_change_elsewhere_are_seen_when_one_comes_back(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (_app, press, screen):
        await press("f9", "ctrl+g")
        assert "intarsi settings show" in screen()
        save(Workspace(filled.workspace.path), {"partner_name": "Comune di Riccione"})
        await press("f2", "f9", "pagedown")
        assert "Comune di Riccione" in screen()
