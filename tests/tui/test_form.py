"""Forms: what is typed is understood, kept, checked, and never lost."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.problems import Problem
from intarsi_tui.tui import drafts
from intarsi_tui.tui.form_state import tax_code_told
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.widgets.section_bar import SectionBar

LOANS = "bicycles.loan"


async def test_what_was_understood_stands_beside_the_field(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n", "tab", "tab", "'+7", "tab", "tab", "'1,5", "tab")
        assert "21/04/2021 mer" in screen()
        assert "1:30" in screen()


async def test_a_field_is_not_blamed_while_it_is_typed_but_when_it_is_left(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n", "tab", "tab", "'35/1")
        assert "▲" not in screen()
        await press("tab")
        assert "«35/1» non esiste" in screen()
        assert "obbligatorio" not in screen(), "fields that nobody has been in yet are not blamed"
        await press("shift+tab", "'3/1")
        assert "▲" not in screen(), "the error goes as soon as it is put right"


async def test_rules_of_the_record_are_shown_at_their_field(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "e", "tab", "tab", "tab", "'1/1", "tab")
        assert "▲ Restituita prima del prestito" in screen()


async def test_saving_an_empty_form_counts_the_errors_and_goes_to_the_first(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "n", "pagedown", "ctrl+s")
        assert "▲ 3 errori" in screen()
        assert "1 Prestito (3 errori)" in screen()
        assert app.screen.focused.field.name == "bicycle"
        await press("'x", "tab")
        assert "▲ 2 errori" in screen(), "the others are not forgotten when one was put right"


async def test_what_was_typed_survives_escape_and_is_offered_at_home(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "n", "'Legnano", "escape")
        assert "Quanto scritto è conservato" in screen()
        await press("n")
        assert "Ripreso quanto scritto" in screen()
        assert "Legnano" in screen()
        await press("escape", "escape", "escape")
        assert "Riprendi (r)" in screen()
        await press("r")
        assert isinstance(app.screen, FormScreen)
        await press("ctrl+r")
        assert "Legnano" not in screen()
        assert drafts.all_kept(filled) == []


async def test_after_a_resumed_form_the_cursor_stands_on_what_was_saved(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("enter", "end", "e", "'Legnano ", "escape", "home", "escape", "f2", "r", "ctrl+s")
        assert "Legnano" in app.screen.at_cursor["bicycle"]


MANY = '''
"""Notes that are never right."""
from intarsi_tui import Plugin, Record, Text, field


class Note(Record, it="Nota", en="Note", title=("name",)):
    name: Text = field(it="Nome", en="Name", privacy="internal")

    def check_with(self, context):
        for number in range(5):
            yield self.problem("name", warning=True, number=number, it="Avviso {number}", en="Warning {number}")


plugin = Plugin("notes", it="Note", en="Notes", records=[Note])
'''


async def test_many_warnings_do_not_hide_the_list_after_a_save(workspace: Workspace, on: Callable[..., Any]) -> None:
    (workspace.plugins / "notes.py").write_text(MANY, "utf-8")
    with open_office(workspace, "it") as office:
        async with on(office) as (app, press, screen):
            app.open_register("notes.note")
            await press("home", "n", "'Uno", "ctrl+s")
            [told] = [notice.message for notice in app._notifications]
            assert told.endswith("Avviso 1 ! altri avvisi: 3, nella pagina del record")
            await press("enter")
            assert "Avviso 4" in screen()


async def test_what_was_typed_survives_a_crash(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("enter", "n", "'Legnano")
        app.screen.keep()  # what the timer does after a short rest
        await press("left")
    with open_office(filled.workspace, "it") as again:
        assert [one.values for one in drafts.all_kept(again)] == [{"bicycle": "Legnano"}]


async def test_undo_does_not_meet_drafts(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n", "'Legnano", "escape", "u")
        assert "confermato" in screen()
        assert drafts.kept(filled, LOANS, "") is not None


async def test_lists_open_with_the_first_letters_and_take_several(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press(
            "enter",
            "e",
            "tab",
            "'had",
            "enter",
            "pagedown",
            "space",
            "tab",
            "enter",
            "space",
            "down",
            "space",
            "tab",
            "'tes",
            "space",
            "enter",
            "ctrl+s",
        )
        assert "Salvato come bozza" in screen()
    doc = filled.table(LOANS).page(search="atala 29")[0]
    names = {one["id"]: one["name"] for one in filled.table("bicycles.household").all()}
    assert names[doc["household"]] == "Haddad [Parma]"
    assert doc["helmet"] is True
    assert doc["extras"] == ["light", "lock"]
    assert [names[one] for one in doc["riders"]] == ["Tesfay"]


async def test_rows_have_a_form_of_their_own(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "e", "pagedown", "tab", "tab", "tab", "plus", "ctrl+s")
        assert screen().count("Campo obbligatorio") == 2
        await press("'oggi", "tab", "'freni", "ctrl+s")
        assert " 1 14/04/2021 " in screen()
        await press("plus", "'ieri", "tab", "'gomme", "ctrl+s", "up", "delete", "ctrl+s")
    assert filled.table(LOANS).page(search="atala 29")[0]["repairs"] == [{"day": "2021-04-13", "what": "gomme"}]


async def test_escape_asks_before_it_drops_a_row(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "e", "pagedown", "tab", "tab", "tab", "plus", "'oggi", "escape", "enter")
        assert "oggi" in screen()
        await press("escape", "right", "enter")
        assert "nessuna riga" in screen()


async def test_a_form_of_a_record_that_was_removed_is_not_offered(filled: Office, on: Callable[..., Any]) -> None:
    doc = filled.table(LOANS).page(search="atala 29")[0]
    drafts.keep(filled, LOANS, doc["id"], {"bicycle": "x"})
    filled.table(LOANS).remove(doc_ids=[doc.doc_id])
    async with on(filled) as (_app, _press, screen):
        assert "Riprendi" not in screen()


async def test_a_file_is_taken_into_the_workspace(filled: Office, on: Callable[..., Any], tmp_path: Path) -> None:
    receipt = tmp_path / "ricevuta.txt"
    receipt.write_text("1 bicicletta", "utf-8")
    async with on(filled) as (app, press, screen):
        await press("enter", "e", "pagedown", "tab", "tab", "tab", "tab", "'niente.txt", "tab")
        assert "file non trovato" in screen()
        await press("shift+tab", "ctrl+u")
        app.screen.focused.value = f"'{receipt}'"
        await press("ctrl+s")
        assert "Salvato come bozza" in screen()
    assert filled.table(LOANS).page(search="atala 29")[0]["receipt"].endswith("/ricevuta.txt")


async def test_help_on_a_field_comes_from_its_declaration(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n", "f1")
        assert "Come sta scritto sul telaio" in screen()
        assert "Riservatezza: interno" in screen()
        assert "Ctrl+S" in screen()
        await press("'salv")
        assert "Conferma" not in screen().split("/ salv")[1].splitlines()[1]


async def test_how_a_field_is_filled_in_is_said_below_the_fields(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n")
        assert "Come sta scritto sul telaio" in screen()
        assert "Obbligatorio (*)" in screen()
        await press("tab", "tab")
        assert "+7 (fra una settimana)" in screen()
        assert "telaio" not in screen()


async def test_a_section_cut_short_still_says_that_it_has_errors() -> None:
    class Bar(App[None]):
        def compose(self) -> ComposeResult:
            yield SectionBar()

    app = Bar()
    sections = [("Destinatario", 2), ("Nucleo e contatti", 1), ("Documenti", 0), ("Lingue e studi", 0)]
    async with app.run_test(size=(70, 3)) as pilot:
        bar = app.query_one(SectionBar)
        bar.show([*sections, ("Uscita", 0), ("Allegati e altre carte", 0), ("Note interne", 0)], 1)
        await pilot.pause()
        assert bar.render_line(0).text.startswith(" 1 ▲2 ─ 2 Nucleo e contatti (1 errore) ─ 3 ")
        assert bar.size.height == 1


async def test_names_of_sections_that_do_not_fit_on_one_line_stand_on_two_and_are_clicked_there() -> None:
    chosen: list[int] = []

    class Bar(App[None]):
        def compose(self) -> ComposeResult:
            yield SectionBar()

        def on_section_bar_chosen(self, event: SectionBar.Chosen) -> None:
            chosen.append(event.index)

    app = Bar()
    async with app.run_test(size=(70, 4)) as pilot:
        bar = app.query_one(SectionBar)
        bar.show([("Destinatario", 2), ("Nucleo e contatti", 1), ("Documenti", 0), ("Lingue e studi", 0)], 1)
        await pilot.pause()
        assert bar.render_line(0).text.rstrip() == " 1 Destinatario (2 errori) ─ 2 Nucleo e contatti (1 errore)"
        assert bar.render_line(1).text.rstrip() == " 3 Documenti ─ 4 Lingue e studi"
        for x, y in ((3, 0), (35, 0), (3, 1), (20, 1)):
            await pilot.click(SectionBar, offset=(x, y))
        assert chosen == [0, 1, 2, 3]
        bar.show([("Destinatario", 0), ("Nucleo", 0)], 0)
        await pilot.pause()
        assert bar.size.height == 1


async def test_a_long_label_goes_on_in_the_line_below(workspace: Workspace, on: Callable[..., Any]) -> None:
    plugin = workspace.plugins / "bicycles.py"
    label = "Tracciato dei collegamenti agli atti"
    plugin.write_text(plugin.read_text("utf-8").replace('it="Restituita il"', f'it="{label}"'), "utf-8")
    with open_office(workspace, choose("it")) as office:
        async with on(office) as (app, press, screen):
            app.open_register(LOANS)
            await press("home", "n")
            lines = screen().splitlines()
            at = next(index for index, line in enumerate(lines) if "Tracciato dei" in line)
            assert (lines[at][:26].strip(), lines[at + 1].strip()) == ("Tracciato dei", "collegamenti agli atti")


async def test_rows_are_read_by_the_titles_of_what_they_link_to(filled: Office, on: Callable[..., Any]) -> None:
    household = filled.table("bicycles.household").page(search="okoro")[0]["id"]
    loan = filled.table(LOANS).page(search="atala 29")[0]["id"]
    repairs = [{"day": "2021-04-12", "what": "freni", "paid_by": household}, {"day": "2021-04-13", "what": "x" * 90}]
    filled.table(LOANS).edit(loan, {"repairs": repairs})
    async with on(filled) as (_app, press, screen):
        await press("enter", "enter")
        assert "12/04/2021 · freni · N-" in screen()
        assert household[:8] not in screen()
        await press("escape", "e", "pagedown", "tab", "tab", "tab")
        assert re.search("Giorno +Che cosa +Pagata da", screen())
        assert re.search("1 12/04/2021 +freni +N-", screen())
        assert re.search("2 13/04/2021 +xxx+… *$", screen(), re.MULTILINE), "a long text stays in its cell"


async def test_a_cell_of_the_small_table_is_typed_into(filled: Office, on: Callable[..., Any]) -> None:
    loan = filled.table(LOANS).page(search="atala 29")[0]["id"]
    filled.table(LOANS).edit(loan, {"repairs": [{"day": "2021-04-12", "what": "freni"}]})
    async with on(filled) as (app, press, _screen):
        await press("enter", "e", "pagedown", "tab", "tab", "tab", "right", "f")
        assert app.focused.field.name == "what"
        assert app.focused.value == "f", "as in a spreadsheet"
        await press("ctrl+u", "'gomme", "ctrl+s", "left", "enter")
        assert app.focused.field.name == "day"
        await press("'13/4", "ctrl+s", "ctrl+s")
    assert filled.table(LOANS).one(loan)["repairs"] == [{"day": "2021-04-13", "what": "gomme"}]


async def test_what_a_link_needs_is_added_from_its_list(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "n", "'Bianchi", "tab", "'kahsay")
        assert "Niente corrisponde" in screen()
        assert "Ctrl+N Nuovo" in screen()
        await press("ctrl+n")
        assert "Nucleo ▸ inserimento" in screen()
        assert app.focused.value == "kahsay", "what was looked for is there already"
        await press("ctrl+u", "'Kahsay", "ctrl+s")
        assert "Prestito ▸ inserimento" in screen()
        await press("tab", "'oggi", "ctrl+s")
        assert "Salvato come bozza" in screen()
    saved = filled.table(LOANS).page(search="bianchi")[0]
    assert filled.get("bicycles.household", saved["household"])["name"] == "Kahsay"


async def test_choices_and_codes_have_nothing_to_add(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "e", "tab", "tab", "tab", "tab", "tab", "enter")
        assert "da carico" in screen()
        assert "Ctrl+N" not in screen()


async def test_a_tax_code_says_whose_it_is(filled: Office) -> None:
    from intarsi_tui.reference.identifiers import make_provisional, make_tax_code

    code = make_tax_code("Rossi", "Mario", "M", date(1984, 12, 31), "H294")
    assert tax_code_told(code, filled) == "31/12/1984 M"
    assert tax_code_told(make_provisional(12345, 7), filled) == "provvisorio"


async def test_dropping_what_was_typed_shows_the_record_as_it_is_now(filled: Office, on: Callable[..., Any]) -> None:
    uid = filled.table(LOANS).page(search="atala 29")[0]["id"]
    async with on(filled) as (app, press, screen):
        await press("enter", "e", "end", "' mia")
        filled.table(LOANS).edit(uid, {"bicycle": "Altra"})
        await press("ctrl+r")
        assert app.focused.value == "Altra"
        await press("end", "' nuova", "ctrl+s")
        assert "Salvato come bozza" in screen(), "nobody is asked about a change that was seen"


async def test_a_refused_confirmation_opens_the_section_of_the_first_error(
    filled: Office, on: Callable[..., Any]
) -> None:
    table = filled.table(LOANS)
    doc = dict(table.page(search="atala 29")[0])
    warning, error = Problem("required", "helmet", {}, severity="warning"), Problem("required", "kind")
    async with on(filled) as (app, press, _screen):
        await app.push_screen(FormScreen(LOANS, doc["id"], problems=[warning, error]))
        await press("left")
        assert app.focused.field.name == "kind"


async def test_a_form_that_is_taken_up_again_still_says_what_is_wrong(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n", "tab", "tab", "'35/1", "tab", "escape", "n")
        assert "«35/1» non esiste" in screen()


async def test_ctrl_a_selects_all_and_typing_takes_its_place(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("enter", "e", "ctrl+a", "'Nuova")
        assert app.focused.value == "Nuova"


async def test_a_closed_link_field_adds_a_record_too(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "n", "'Bianchi", "tab", "ctrl+n")
        assert "Nucleo ▸ inserimento" in screen()
        await press("'Kahsay", "ctrl+s")
        assert app.focused.words.endswith("Kahsay")


async def test_after_choosing_the_field_stays_and_tab_goes_on(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, _screen):
        await press("enter", "n", "tab", "'had", "enter")
        assert app.focused.field.name == "household"
        await press("'oko", "tab")
        assert app.focused.field.name == "lent_on"


async def test_the_count_of_errors_stays_right_until_all_that_confirming_needs_is_there(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "n", "ctrl+o")
        assert "4 errori" in screen().splitlines()[0], "also what confirming alone asks for"
        for typed, left in (("'Legnano", "3 errori"), ("'tes", "2 errori"), ("'1/4/2021", "1 errore")):
            await press(typed, *(["enter"] if typed == "'tes" else []), "tab")
            assert left in screen().splitlines()[0], typed
        await press("ctrl+o", "'città", "enter", "tab")
        assert "error" not in screen().splitlines()[0]
