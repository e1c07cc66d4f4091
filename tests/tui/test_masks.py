"""Names of minors are shown when somebody asks for them, and who asked is known afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.access import entries
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import create_workspace


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Office]:
    workspace = create_workspace(tmp_path / "anagrafe", "rimini")
    with open_office(workspace, choose("it")) as office:
        persons = office.table("registry.person")
        for surname, born in (
            ("Adulti", "1990-01-01"),
            ("Canarini", "2012-02-29"),
            ("Ignoti", None),
            ("Diciotti", "2003-04-14"),
        ):
            persons.add({"surname": surname, "given_name": f"Nome{surname}", "birth_date": born})
        yield office


async def test_names_of_minors_are_masked_until_they_are_asked_for(registry: Office, on: Callable[..., Any]) -> None:
    async with on(registry, 120, 40) as (app, press, screen):
        app.open_register("registry.person", sort="surname")
        await press("home")
        assert "NomeAdulti" in screen()
        assert "NomeDiciotti" in screen()  # eighteen today
        for hidden in ("Canarini", "Ignoti"):
            assert hidden not in screen()
        assert "•••" in screen()
        await press("down", "m")
        assert "NomeCanarini" in screen()
        assert "Ignoti" not in screen()
        await press("enter")
        assert "NomeCanarini" in screen()
        await press("escape", "down", "down")
        await press("enter")
        assert "Ignoti" not in screen()
        await press("e")
        assert "Ignoti" in screen()
    shown = [(one.what, one.table) for one in entries(registry)]
    assert shown == [("shown", "registry.person"), ("shown", "registry.person")]
    async with on(registry, 120, 40) as (app, _press, screen):
        app.open_register("registry.person")
        assert registry.store.verify().findings == []


def test_who_is_a_minor_is_told_to_the_day(registry: Office) -> None:
    declaration = registry.declarations["registry.person"]
    cases = {"2003-04-15": True, "2003-04-14": False, "": True, "1990-01-01": False}
    assert {born: declaration.masks({"birth_date": born}, registry.today) for born in cases} == cases
    assert not registry.declarations["registry.body"].masks({}, registry.today)


async def test_m_is_offered_for_a_minor_and_hides_the_name_again(registry: Office, on: Callable[..., Any]) -> None:
    async with on(registry, 160, 40) as (app, press, screen):
        app.open_register("registry.person", sort="surname")
        await press("home")
        assert "m Mostra" not in screen()
        await press("down")
        assert "m Mostra" in screen()
        await press("m")
        assert "NomeCanarini" in screen()
        await press("m")
        assert "NomeCanarini" not in screen()
