"""A record that is added out of the form of another one names it by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import create_workspace
from intarsi_tui.tui.screens.form import FormScreen
from intarsi_tui.tui.screens.row_form import RowForm


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Office]:
    with open_office(create_workspace(tmp_path / "anagrafe", "rimini"), choose("it")) as office:
        yield office


async def test_a_member_made_from_a_household_belongs_to_it(registry: Office, on: Callable[..., Any]) -> None:
    household = registry.table("registry.household").add({"internal_notes": "Tesfay"}).doc
    async with on(registry) as (app, press, _screen):
        app.open_register("registry.household")
        await press("e")
        form = app.screen
        while getattr(getattr(app.focused, "field", None), "name", "") != "members":
            await press("tab")
        await press("plus")
        assert isinstance(app.screen, RowForm)
        await press("ctrl+n")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.state.values["household"] == household["id"]
        assert app.screen.state.changes == {}, "nothing was typed yet"
        await press("'Tesfay", "ctrl+s")
        (person,) = registry.table("registry.person").all()
        assert person["household"] == household["id"]
        assert app.focused.value == person["id"]
        await press("escape", "tab", "enter", "escape")
        assert app.screen is not form


@pytest.mark.parametrize("saves", ["ctrl+s", "ctrl+o"])
async def test_members_made_from_a_household_that_is_not_saved_yet_belong_to_it_when_it_is(
    registry: Office, on: Callable[..., Any], saves: str
) -> None:
    async with on(registry, 160, 40) as (app, press, screen):
        app.open_register("registry.household")
        await press("n")
        while getattr(getattr(app.focused, "field", None), "name", "") != "members":
            await press("tab")
        for name, role in (("'Tesfay", "'refer"), ("'Haile", "'figl")):
            await press("plus", "ctrl+n", name, "ctrl+s", "tab", role, "enter", "ctrl+s")
        assert [doc.get("household") for doc in registry.table("registry.person").all()] == [None, None]
        await press("delete", "escape", "n")  # left half-filled, and taken up again
        await press("ctrl+o")
        assert isinstance(app.screen, FormScreen), "more is needed to confirm it"
        assert "non indica alcun nucleo" not in screen(), "nobody is asked to do what saving does"
        await press("'bipar", "enter", saves)
        assert not isinstance(app.screen, FormScreen)
        assert "non indica alcun nucleo" not in screen(), "nor what was done"
    (household,) = registry.table("registry.household").all()
    named = {doc["surname"]: doc.get("household") for doc in registry.table("registry.person").all()}
    (member,) = household["members"]
    assert sorted(named.values(), key=str) == [household["id"], None], "who was taken out again is none of them"
    assert registry.get("registry.person", member["person"])["household"] == household["id"]
    registry.store.undo()
    assert all(doc["state"] == "void" for doc in registry.table("registry.household").all())
    assert not any(doc.get("household") for doc in registry.table("registry.person").all())
