"""F8: switching a plugin off is asked first, and refused where nothing may be written."""

from collections.abc import Callable
from typing import Any

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import Workspace

RIDES = '''
"""Rides by bicycle."""
from intarsi_tui import Link, Plugin, Record, Row, Rows, Text, field, link


class Stage(Row, it="Tappa", en="Stage"):
    loan: Link = link("bicycles.loan", it="Prestito", en="Loan")


class Ride(Record, it="Gita", en="Ride", plural=("Gite", "Rides")):
    name: Text = field(it="Nome", en="Name", privacy="internal", in_list=True)
    stages: Rows[Stage] = field(it="Tappe", en="Stages", privacy="internal", default=[])


plugin = Plugin("rides", it="Gite in bici", en="Rides", records=[Ride])
'''


async def _to(press: Any, app: Any, name: str) -> None:
    names = [one.name for one in app.office.plugins]
    await press("f8", "home", *["down"] * names.index(name))


async def test_what_goes_out_of_sight_is_said_before_a_plugin_is_off(filled: Office, on: Callable[..., Any]) -> None:
    path = filled.workspace.path
    (filled.workspace.plugins / "rides.py").write_text(RIDES, "utf-8")
    with open_office(Workspace(path), choose("it")) as office:
        async with on(office) as (app, press, screen):
            await _to(press, app, "bicycles")
            await press("space")
            said = " ".join(screen().replace("│", " ").split())
            assert "Spegnere «Biciclette»" in said
            assert "(30), Nuclei (3)" in said
            assert "(Gite in bici)" in said
            await press("enter")
            assert "bicycles" not in Workspace(path).disabled, "Enter alone is no"
            await press("space", "right", "enter")
            assert "bicycles" in Workspace(path).disabled
    with open_office(Workspace(path), choose("it")) as office:
        async with on(office) as (app, press, screen):
            await _to(press, app, "bicycles")
            assert "Biciclette" in screen()
            await press("space")
            assert "bicycles" not in Workspace(path).disabled, "switching on is not asked"


async def test_an_office_open_for_reading_switches_nothing(filled: Office, on: Callable[..., Any]) -> None:
    before = (filled.workspace.path / "intarsi.toml").read_bytes()
    with open_office(Workspace(filled.workspace.path), choose("it"), read_only=True) as office:
        async with on(office) as (app, press, _screen):
            await _to(press, app, "bicycles")
            await press("space")
            assert any("sola lettura" in one.message for one in app._notifications)
    assert (filled.workspace.path / "intarsi.toml").read_bytes() == before
