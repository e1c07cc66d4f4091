"""Who may be entered twice: side by side, joined as chosen, told apart for good."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import create_workspace
from intarsi_tui.tui.screens.duplicates import DuplicatesScreen
from intarsi_tui.tui.screens.pair import PairScreen
from intarsi_tui.tui.screens.register import RegisterScreen

PERSONS = "registry.person"


@pytest.fixture
def twice(tmp_path: Path) -> Iterator[Office]:
    """Two women who may be one, and two children who may be one; nobody else is like anybody."""
    workspace = create_workspace(tmp_path / "anagrafe", "rimini")
    with open_office(workspace, choose("it")) as office:
        for surname, name, born, more in (
            ("Tesfay", "Abel", "1990-04-03", {"birth_place": "Asmara"}),
            ("Tesfai", "Abel", "1990-04-03", {"birth_place": "Keren", "education": "primary"}),
            ("Hadad", "Lina", "2014-04-03", {}),
            ("Haddad", "Lina", "2014-04-03", {"birth_place": "Homs"}),
            ("Okoro", "Grace", "1980-01-01", {}),
        ):
            office.table(PERSONS).add({"surname": surname, "given_name": name, "birth_date": born, **more})
        yield office


def states(office: Office) -> dict[str, str]:
    return {doc["surname"]: doc["state"] for doc in office.table(PERSONS).all()}


async def test_two_records_are_seen_side_by_side_and_joined_as_chosen_and_parted_by_one_undo(
    twice: Office, on: Callable[..., Any]
) -> None:
    async with on(twice) as (app, press, screen):
        app.open_register(PERSONS)
        await press("j")
        assert isinstance(app.screen, DuplicatesScreen)
        lines = screen().splitlines()
        assert "Tesfay Abel" in lines[3]
        assert "Tesfai Abel" in lines[3]
        assert "stessa data" in lines[3]
        assert "Lina" not in screen(), "names of minors stay masked"
        await press("Y")
        assert app.clipboard == f"intarsi duplicates {PERSONS}"
        await press("enter")
        told = {line[5:].split("  ")[0]: line for line in screen().splitlines()[2:]}
        assert "[ ] Tesfay" in told["Cognome"]
        assert "[x] Tesfai" in told["Cognome"], "more is known of her"
        assert "[x] Keren" in told["Luogo di nascita"]
        assert told["Titolo di studio"][2] == "+"
        assert told["Nome"][2] == "="
        await press("down", "left")
        assert "[x] Tesfay" in screen()
        await press("Y")
        kept, gone = (doc for doc in twice.table(PERSONS).all() if doc["given_name"] == "Abel")
        assert app.clipboard == (f"intarsi merge {PERSONS} {gone['pseudonym']} {kept['pseudonym']} --theirs surname")
        await press("ctrl+s")
        assert isinstance(app.screen, DuplicatesScreen)
        assert "Abel" not in screen().splitlines()[3]
        one = twice.get(PERSONS, gone["id"])
        assert one is not None
        assert (one["surname"], one["birth_place"], one["education"]) == ("Tesfay", "Keren", "primary")
        assert one["aliases"] == [{"name": "Tesfai Abel"}], "the name that gave way is found by a search"
        assert twice.get(PERSONS, kept["id"])["state"] == "void"
        await press("u")
        assert "Tesfai Abel" in screen()
        assert set(states(twice).values()) == {"draft"}
    assert twice.store.verify().findings == []


async def test_pairs_that_are_two_people_are_not_asked_about_again(twice: Office, on: Callable[..., Any]) -> None:
    child = next(doc for doc in twice.table(PERSONS).all() if doc["surname"] == "Hadad")
    assert twice.store.context.alike(PERSONS, dict(child))
    async with on(twice) as (app, press, screen):
        app.open_register(PERSONS)
        await press("j", "down", "p")
        assert "– distinti" in screen().splitlines()[4]
        assert twice.store.context.alike(PERSONS, dict(child)) == [], "no rule warns of them any more"
        await press("escape", "a", "'doppi", "enter")
        assert "– distinti" in screen().splitlines()[4]
        await press("slash", "'tesfai")
        assert "1 di 2" in screen()
        await press("escape", "down", "u")
        assert "distinti" not in screen().splitlines()[4], "undo takes back what was done last, and no record"
        assert len(states(twice)) == 5
        await press("p")
        assert "– distinti" in screen().splitlines()[4]
        await press("p")
        assert "distinti" not in screen().splitlines()[4]
        await press("enter", "m")
        assert "Hadad" in screen(), "who asks for the names sees them"
        await press("escape", "escape")
        assert isinstance(app.screen, RegisterScreen)
        app.office.store.connection.read_only = True
        await press("j", "enter", "ctrl+s")
        assert isinstance(app.screen, PairScreen)
        app.office.store.connection.read_only = False
    assert set(states(twice).values()) == {"draft"}


async def test_two_marked_rows_are_joined_although_nothing_says_that_they_are_one(
    twice: Office, on: Callable[..., Any]
) -> None:
    async with on(twice) as (app, press, screen):
        app.open_register(PERSONS, sort="surname")
        await press("home", "space", "j")
        assert "Segnare i due record da unire" in screen()
        await press("escape", "end", "space", "home", "space")
        assert "j Unisci i due" in screen()
        await press("j", "space", "ctrl+s")
        assert isinstance(app.screen, RegisterScreen)
        assert "segnati" not in screen()
        assert sorted(states(twice).values()).count("void") == 1
        await press("u")
        assert "void" not in states(twice).values()
        await press("f2", "ctrl+p", "'doppioni destin", "enter")
        assert isinstance(app.screen, DuplicatesScreen), "the palette leads there from everywhere"
