"""A register as a list."""

from collections.abc import Callable
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.records.problems import Problem
from intarsi_tui.tui.rows import in_words
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.screens.record import RecordScreen
from intarsi_tui.tui.screens.register import RegisterScreen

LOANS = "bicycles.loan"


async def test_a_filter_narrows_while_it_is_typed_and_escape_takes_it_away(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "slash", "'ATALÀ 00")
        assert "1 di 30" in screen()
        assert "Atala 08" not in screen()
        await press("'x")
        assert "Niente corrisponde a «ATALÀ 00x»" in screen()
        await press("escape")
        assert "30   ordinati" in screen()
        assert "Atala 29" in screen()


async def test_no_row_of_the_list_moves_when_the_filter_opens_and_closes(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "down", "slash", "escape")
        shown, laid_out = app.screen.list.region, list[Any]()
        assert "─" * 80 in screen()
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid_out.append)
        await press("slash", "'ata")
        assert " / ata " in screen()
        assert app.screen.list.region == shown
        await press("escape")
        assert "─" * 80 in screen()
        assert app.screen.list.region == shown
        await press("tab")
        assert app.screen.focused is app.screen.list  # nobody comes into a filter that is not open
        assert not laid_out


async def test_hostile_text_is_shown_as_it_was_typed(filled: Office, on: Callable[..., Any]) -> None:
    uid = filled.table("bicycles.household").page(search="okoro")[0]["id"]
    filled.table(LOANS).add(
        {"bicycle": "[red]x[/] =1+1 {n}", "household": uid, "lent_on": "2021-04-01", "notes": "[link=x]y"}
    )
    async with on(filled, 120, 40) as (app, press, screen):
        await press("enter")
        assert "[red]x[/] =1+1 {n}" in screen()
        assert "[link=x]y" in screen()
        await press("end", "home", "e")
        assert "[red]x[/] =1+1 {n}" in screen()
        await press("escape", "d")
        assert "[red]x[/] =1+1 {n}" in screen()
        app.tell("[red]x[/]")
        await press("left")
        assert "[red]x[/]" in screen()


async def test_wide_windows_show_the_record_beside_the_list(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled, 120, 40) as (_app, press, screen):
        await press("enter", "down")
        assert "Tipo           da città" in screen()
        assert "Haddad [Parma]" in screen()
        assert "m.rossi  aggiunto" in screen()
    async with on(filled, 80, 24) as (app, press, screen):
        await press("enter", "down")
        assert "da città" not in screen()
        await press("enter")
        assert isinstance(app.screen, RecordScreen)
        assert "Tipo           da città" in screen()


async def test_sorting_goes_by_the_column_under_the_cursor(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "right", "s")
        assert "ordinati: Bicicletta ▲" in screen()
        assert "Atala 00" in screen()
        assert "Atala 29" not in screen()
        await press("s")
        assert "ordinati: Bicicletta ▼" in screen()
        await press("s")
        assert "ordinati: Data prestito ▼" in screen()


async def test_voiding_asks_why_and_enter_alone_does_not_void(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "d", "'sbagliato", "enter", "enter")
        assert filled.table(LOANS).page(search="atala 29")[0]["state"] == "draft"
        await press("d", "tab", "tab", "enter")
        assert filled.table(LOANS).page(search="atala 29")[0]["state"] == "draft", "no reason, no voiding"
        await press("'doppio", "tab", "tab", "enter")
        assert filled.table(LOANS).page(search="atala 29")[0]["void_reason"] == "doppio"
        assert "– annullato" in screen()
        await press("u")
        assert filled.table(LOANS).page(search="atala 29")[0]["state"] == "draft"


async def test_confirming_what_lacks_a_field_opens_its_form_there(filled: Office, on: Callable[..., Any]) -> None:
    uid = filled.table("bicycles.household").page(search="okoro")[0]["id"]
    filled.table(LOANS).add({"bicycle": "Incompleta", "household": uid, "lent_on": "2021-04-01"})
    async with on(filled) as (app, press, screen):
        await press("enter", "o")
        assert isinstance(app.screen, FormScreen)
        assert "Serve per confermare" in screen()
        assert app.screen.focused.field.name == "kind"
        await press("'car", "enter", "ctrl+o")
        assert "Confermato con il numero 2021/0002" in screen()
        assert "✓ confermato" in screen()


async def test_what_was_sent_is_locked_one_by_one_or_all_that_are_marked(
    filled: Office, on: Callable[..., Any]
) -> None:
    loans = filled.table(LOANS)
    async with on(filled) as (_app, press, screen):
        await press("enter", "b")
        assert "Solo un record confermato si trasmette" in screen()
        await press("end", "b")
        assert "Segnato come trasmesso" in screen()
        assert loans.page(sort="lent_on", limit=1)[0]["state"] == "sent"
        await press("e")
        assert "questo record non si modifica più" in screen()
        await press("u", "home", "space", "end", "space", "b")
        assert "Segnati come trasmessi: 1" in screen(), "a draft among them stays one"
    assert [doc["state"] for doc in loans.page(sort="lent_on", limit=2)] == ["sent", "draft"]


async def test_what_was_written_meanwhile_is_there_when_the_filter_goes(on: Callable[..., Any], filled: Office) -> None:
    loans = filled.table(LOANS)
    async with on(filled) as (app, press, screen):
        await press("enter", "slash", "'atala 12")
        assert "Atala 28" not in screen()
        loans.edit(loans.page(search="atala 28")[0]["id"], {"bicycle": "Nuova 28"})
        await press("escape")
        assert len(app.screen.list.rows) == 30
        assert "Nuova 28" in screen()
        assert "Atala 28" not in screen()


async def test_what_somebody_else_writes_appears_and_the_cursor_stays_on_its_record(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "down", "down")
        with open_office(filled.workspace, "it") as other:
            uid = other.table("bicycles.household").page(search="okoro")[0]["id"]
            other.table(LOANS).add({"bicycle": "Nuova di un altro", "household": uid, "lent_on": "2021-04-10"})
        app._look()
        await press("left")
        assert "Nuova di un altro"[:12] in screen()
        assert app.screen.at_cursor["bicycle"] == "Atala 27"


@pytest.mark.parametrize(("keys", "command"), [
    ([], "intarsi bicycles loan list"),
    (["slash", "'atala 0", "enter", "s"], "intarsi bicycles loan list --search 'atala 0' --sort number"),
])  # fmt: skip
async def test_the_equivalent_command_is_copied(
    filled: Office, on: Callable[..., Any], keys: list[str], command: str
) -> None:
    async with on(filled) as (app, press, _screen):
        await press("enter", *keys, "Y")
        assert app.clipboard == command
        await press("right", "y")
        assert app.clipboard.startswith("Atala 0") or app.clipboard == "Atala 29"


async def test_ten_thousand_records_are_read_a_page_at_a_time(office: Office, on: Callable[..., Any]) -> None:
    household = office.table("bicycles.household").add({"name": "Okoro"}).doc["id"]
    office.table(LOANS).insert_multiple(
        {"bicycle": f"Atala {n}", "household": household, "lent_on": "2021-03-01"} for n in range(1000)
    )
    async with on(office) as (app, press, screen):
        await press("enter", "end")
        assert "1.000" in screen()
        assert sum(map(len, app.screen.list.rows._pages.values())) <= 200


async def test_with_marked_records_the_hints_say_what_can_be_done_with_them(
    filled: Office, on: Callable[..., Any]
) -> None:
    async with on(filled) as (_app, press, screen):
        await press("enter", "space")
        assert [word in screen().splitlines()[-2] for word in ("Conferma", "Annulla", "Esporta", "Nuovo")] == [
            True,
            True,
            True,
            False,
        ]
        await press("escape")
        assert "Nuovo" in screen().splitlines()[-2]


async def test_a_letter_that_answers_no_does_nothing_else(filled: Office, on: Callable[..., Any]) -> None:
    async with on(filled) as (app, press, screen):
        await press("enter", "d", "tab")
        assert "Annullare" in screen()
        await press("n")
        assert isinstance(app.screen, RegisterScreen), "no form for a new record opens behind the question"


def test_a_notice_names_the_field_that_each_sentence_is_about(office: Office) -> None:
    problems = [Problem("required", "household"), Problem("nothing_to_undo", None)]
    told = in_words(office.declarations["bicycles.loan"], problems, "it")
    assert told == f"Nucleo: {problems[0].text('it')}; {problems[1].text('it')}"


async def test_a_record_says_what_its_rules_find_in_it(filled: Office, on: Callable[..., Any]) -> None:
    uid = filled.table("bicycles.loan").page(sort="-lent_on", limit=1)[0]["id"]
    early = "UPDATE \"bicycles.loan\" SET doc = json_set(doc, '$.returned_on', '2021-01-01') WHERE uid = ?"
    filled.store.connection.rows(early, (uid,))
    async with on(filled) as (app, press, screen):
        await press("enter", "enter")
        assert isinstance(app.screen, RecordScreen)
        assert "▲ Restituita il: Restituita prima del prestito" in screen()
