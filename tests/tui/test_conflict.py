"""Two people at the same record: each field by itself, nothing lost, and all checks again."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.tui import drafts
from intarsi_tui.tui.screens.conflict import ConflictScreen
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.screens.register import RegisterScreen

LOANS = "bicycles.loan"


def somebody_else(office: Office, reference: str, *changes: str) -> None:
    """Another person saves the record, in another process."""
    command = [
        sys.executable,
        "-m",
        "intarsi_tui",
        "-w",
        str(office.workspace.path),
        "bicycles",
        "loan",
        "edit",
        reference,
    ]
    env = {**os.environ, "INTARSI_USER": "g.bianchi"}
    done = subprocess.run([*command, *changes], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def newest(office: Office) -> str:
    uid: str = office.table(LOANS).page(search="atala 29")[0]["id"]
    return uid


async def test_a_conflict_is_shown_field_by_field_and_saved_as_chosen(filled: Office, on: Callable[..., Any]) -> None:
    uid = newest(filled)
    async with on(filled) as (app, press, screen):
        await press("enter", "e", "end", "' mia", "tab", "tab", "tab", "tab", "'2", "tab", "'carico")
        await press("escape", "escape", "e")
        await press("tab", "tab", "tab", "tab", "'2")
        somebody_else(filled, uid, "--bicycle", "Atala di Giulia", "--lesson", "3", "--returned-on", "2021-04-10")
        await press("ctrl+s")
        assert isinstance(app.screen, ConflictScreen)
        assert "g.bianchi ha salvato questo record" in screen()
        for words in ("Bicicletta", "Atala 29 mia", "Atala di Giulia", "Atala 29", "Lezione", "2:00", "3:00", "1:30"):
            assert words in screen(), words
        assert "Cambiati solo dall'altra persona, conservati: Restituita il" in screen()
        await press("ctrl+s")
        assert isinstance(app.screen, ConflictScreen), "nothing is decided for anybody"
        await press("space", "down", "space")
        assert screen().count("[x]") == 2
        await press("ctrl+s")
        assert isinstance(app.screen, RegisterScreen)
    doc = filled.table(LOANS).one(uid)
    assert (doc["bicycle"], doc["lesson"], doc["returned_on"]) == ("Atala 29 mia", 180, "2021-04-10")
    assert filled.store.verify().findings == []


async def test_what_was_merged_goes_through_the_checks_of_the_record(filled: Office, on: Callable[..., Any]) -> None:
    """Each half was in order; together they break a rule."""
    uid = newest(filled)
    async with on(filled) as (app, press, screen):
        await press("enter", "e", "end", "' mia", "tab", "tab", "'12/4")
        somebody_else(filled, uid, "--bicycle", "Altra", "--returned-on", "2021-04-01")
        await press("ctrl+s", "m", "ctrl+s")
        assert isinstance(app.screen, FormScreen)
        assert "Restituita prima del prestito" in screen()
        assert "01/04/2021" in screen(), "the other one's value is in the form"
    assert filled.table(LOANS).one(uid)["bicycle"] == "Altra"


async def test_escape_goes_back_to_the_form_with_all_that_was_typed(filled: Office, on: Callable[..., Any]) -> None:
    uid = newest(filled)
    async with on(filled) as (app, press, _screen):
        await press("enter", "e", "end", "' mia")
        somebody_else(filled, uid, "--bicycle", "Altra")
        await press("ctrl+s", "escape")
        assert isinstance(app.screen, FormScreen)
        assert app.focused.value == "Atala 29 mia"
        await press("ctrl+s", "t", "ctrl+s")
        assert isinstance(app.screen, RegisterScreen)
    assert filled.table(LOANS).one(uid)["bicycle"] == "Altra"


async def test_fields_that_one_side_changed_alone_are_merged_without_a_question(
    filled: Office, on: Callable[..., Any]
) -> None:
    uid = newest(filled)
    async with on(filled) as (app, press, _screen):
        await press("enter", "e", "end", "' mia")
        somebody_else(filled, uid, "--lesson", "3")
        await press("ctrl+s")
        assert isinstance(app.screen, RegisterScreen)
    doc = filled.table(LOANS).one(uid)
    assert (doc["bicycle"], doc["lesson"]) == ("Atala 29 mia", 180)


async def test_a_value_that_was_only_typed_otherwise_takes_nothing_back_and_long_values_are_told_apart(
    filled: Office, on: Callable[..., Any]
) -> None:
    """`1,5` where 1:30 stood is no change of one's own: the other one's value holds, and it is said so."""
    uid = newest(filled)
    words = "bicicletta da donna con il cestino rosso e il seggiolino"
    filled.table(LOANS).edit(uid, {"bicycle": words})
    async with on(filled) as (app, press, screen):
        await press("enter", "e", "tab", "tab", "tab", "tab", "'1,5", "tab")
        assert "non salvate" not in screen()
        await press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "end", "' mio")
        somebody_else(filled, uid, "--bicycle", f"{words} nuovo", "--lesson", "3")
        await press("ctrl+s")
        assert isinstance(app.screen, ConflictScreen)
        assert "Cambiati solo dall'altra persona, conservati: Lezione" in screen()
        assert "Cambiati solo da te" not in screen()
        assert "… seggiolino mio" in screen()
        assert "… seggiolino nuovo" in screen()
        await press("m", "ctrl+s")
    doc = filled.table(LOANS).one(uid)
    assert (doc["bicycle"], doc["lesson"]) == (f"{words} mio", 180)


async def test_a_draft_taken_up_later_takes_nothing_back_that_others_saved(
    filled: Office, on: Callable[..., Any]
) -> None:
    uid = newest(filled)
    async with on(filled) as (app, press, screen):
        await press("enter", "e", "end", "' mia", "escape", "f10")
    with open_office(filled.workspace, "it") as other:
        assert drafts.kept(filled, LOANS, uid).before == {"bicycle": "Atala 29"}
        other.store.user = "g.bianchi"
        other.table(LOANS).edit(uid, {"bicycle": "Altra", "lesson": "3"})
    async with on(filled) as (app, press, screen):
        await press("e")
        assert "3:00" in screen()
        await press("ctrl+s")
        assert isinstance(app.screen, ConflictScreen)
        await press("m", "ctrl+s")
    doc = filled.table(LOANS).one(uid)
    assert (doc["bicycle"], doc["lesson"]) == ("Atala 29 mia", 180)


async def test_a_record_that_was_taken_back_meanwhile_is_told_and_the_form_stays(
    filled: Office, on: Callable[..., Any]
) -> None:
    doc = filled.table(LOANS).page(search="atala 29")[0]
    async with on(filled) as (app, press, _screen):
        await press("enter", "e", "end", "' mia")
        with open_office(filled.workspace, "it") as other:
            other.table(LOANS).remove(doc_ids=[doc.doc_id])
        for _time in range(2):
            await press("ctrl+s")
            assert isinstance(app.screen, FormScreen)
        assert app.focused.value == "Atala 29 mia"


async def test_a_wrong_field_is_told_before_anybody_decides(filled: Office, on: Callable[..., Any]) -> None:
    uid = newest(filled)
    async with on(filled) as (app, press, screen):
        await press("enter", "e", "end", "' mia", "tab", "tab", "'35/1")
        somebody_else(filled, uid, "--bicycle", "Altra")
        await press("ctrl+s")
        assert isinstance(app.screen, FormScreen)
        assert "«35/1» non esiste" in screen()
        await press("ctrl+a", "'2/4", "ctrl+s")
        assert isinstance(app.screen, ConflictScreen)
