"""Names of minors are shown when somebody asks for them, and who asked is known afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from intarsi_tui.host.access import entries
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.i18n import choose
from intarsi_tui.project.workspace import create_workspace
from intarsi_tui.tui import register_search


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
        assert "m Nascondi" in screen()
        await press("enter")
        assert "m Nascondi" in screen()
        await press("m")
        assert "NomeCanarini" not in screen()
        assert "m Mostra" in screen()
        await press("escape")
        assert "NomeCanarini" not in screen()
        assert "m Mostra" in screen()


async def test_the_filter_does_not_tell_that_a_minor_is_called_so_until_the_name_is_shown(
    registry: Office, on: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on(registry, 120, 40) as (app, press, screen):
        app.open_register("registry.person", sort="surname")
        with monkeypatch.context() as large:  # too large for its words to be held: another thread looks at each key
            large.setattr(register_search, "MOST", 2)
            await press("home", "slash", "'canar")
            assert "0 di 4" in screen().splitlines()[0]
            await press("escape", "slash", "'2012")
            assert "1 di 4" in screen().splitlines()[0]
            await press("escape")
        await press("home", "slash", "'canar")
        assert "0 di 4" in screen().splitlines()[0]
        assert "Nei nomi dei minori non si cerca" in screen()
        await press("escape", "slash", "'2012")
        assert "1 di 4" in screen().splitlines()[0]
        await press("escape", "slash", "'adulti")
        assert "1 di 4" in screen().splitlines()[0]
        await press("escape", "home", "down", "m", "slash", "'canar")
        assert "1 di 4" in screen().splitlines()[0]
        assert "NomeCanarini" in screen()
        await press("escape", "home", "down", "m", "f7", "slash", "'canarini")
        assert "0 di" in screen().splitlines()[0]
        await press("escape", "slash", "'adulti")
        assert "1 di" in screen().splitlines()[0]


async def test_a_form_shows_whom_a_code_means_and_keeps_back_the_name_of_a_minor(
    registry: Office, on: Callable[..., Any]
) -> None:
    people = [registry.table("registry.person").page(search=name)[0] for name in ("adulti", "canarini")]
    rows = [{"person": one["id"], "role": role} for one, role in zip(people, ("contact", "child"), strict=True)]
    registry.table("registry.household").add({"members": rows})
    async with on(registry, 160, 40) as (app, press, screen):
        app.open_register("registry.household")
        await press("e")
        adult, minor = (next(line for line in screen().splitlines() if one["pseudonym"] in line) for one in people)
        assert "Adulti" in adult
        assert "•••" in minor
        assert "Canarini" not in screen()


async def test_before_names_of_minors_go_into_a_file_it_is_asked_and_the_answer_is_in_the_log(
    registry: Office, on: Callable[..., Any]
) -> None:
    def written() -> str:
        [path] = registry.workspace.exports.glob("*.xlsx")
        rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)  # type: ignore[union-attr]
        text = "\n".join(str(cell) for row in rows for cell in row)
        path.unlink()
        return text

    async with on(registry, 120, 40) as (app, press, screen):
        app.open_register("registry.person", sort="surname")
        await press("home", "x")
        assert "Nomi di minori nel file: 2" in screen()
        await press("escape")
        assert list(registry.workspace.exports.glob("*.xlsx")) == []
        await press("x", "enter")
        assert "NomeAdulti" in (text := written())
        assert "Canarini" not in text
        assert "•••" in text
        await press("x", "down", "enter")
        assert "NomeCanarini" in written()
        await press("slash", "'adulti", "enter", "x")
        assert "NomeAdulti" in written(), "nobody is asked when there is nothing to ask"
    told = [one.detail for one in entries(registry) if one.what == "exported"]
    assert [", 2 nomi di minori" in one for one in reversed(told)] == [False, True, False]
