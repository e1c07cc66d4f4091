"""The office: a workspace at work, with its own rows of code tables and, for a demo, its own day."""

from datetime import date

import pytest

from intarsi_tui.host.office import open_office
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records import clock
from intarsi_tui.store import StoreError


def test_an_office_may_add_rows_to_the_code_tables(workspace: Workspace) -> None:
    workspace.reference.mkdir()
    (workspace.reference / "municipalities.csv").write_text("code,it,province\n041044,Pesaro,PU\n", "utf-8")
    with open_office(workspace) as office:
        saved = office.table("registry.body").add(
            {"name": "Comune di Pesaro", "nature": "ente pubblico", "municipality": "pesaro"}
        )
        field = office.declarations["registry.body"].by_name["municipality"]
        assert office.show(field, saved.doc) == "Pesaro"
    with open_office(Workspace(workspace.path)) as office:
        assert office.table("registry.body").count_of(search="pesaro") == 1


def test_a_table_that_cannot_be_read_is_named_with_its_line(workspace: Workspace) -> None:
    workspace.reference.mkdir()
    (workspace.reference / "languages.csv").write_text("code,en\nxyz,Nothing\n", "utf-8")
    with pytest.raises(ProjectError) as caught, open_office(workspace):
        pass
    assert "languages.csv" in caught.value.text("it")
    assert "riga 1" in caught.value.text("it")


def test_a_demo_lives_on_its_own_day_and_leaves_the_clock_as_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTARSI_NOW")
    settings = workspace.path / "intarsi.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[demo]\ntoday = 2021-05-20\n", "utf-8")
    with open_office(Workspace(workspace.path)) as office:
        assert office.today == date(2021, 5, 20)
        assert clock.now().date() == date(2021, 5, 20)
    assert clock.today() > date(2025, 1, 1)


def test_a_title_that_names_a_link_shows_what_the_link_is_called(workspace: Workspace) -> None:
    (workspace.plugins / "visits.py").write_text(
        "from intarsi_tui import *\n"
        "class Family(Record, it='Famiglia', en='Family', title=('surname',)):\n"
        "    surname: Text = field(it='Cognome', en='Surname', privacy='personal', key=True)\n"
        "class Visit(Record, it='Visita', en='Visit', title=('family',)):\n"
        "    family: Link = link('visits.family', it='Famiglia', en='Family')\n"
        "plugin = Plugin('visits', it='Visite', en='Visits', records=[Family, Visit])\n",
        "utf-8",
    )
    with open_office(workspace) as office:
        office.table("visits.family").add({"surname": "Okafor"})
        visit = office.table("visits.visit").add({"family": "okafor"})
        assert office.title("visits.visit", visit.doc["id"]) == "Okafor"
        assert office.table("visits.visit").count_of(search="OKAF") == 1


def test_a_database_that_is_gone_does_not_come_back_empty(workspace: Workspace) -> None:
    workspace.database.unlink()
    with pytest.raises(StoreError) as caught, open_office(workspace):
        pass
    assert str(workspace.database) in caught.value.text("it")
    assert not workspace.database.exists()


def test_a_rule_may_look_for_a_day_as_it_has_it(workspace: Workspace) -> None:
    with open_office(workspace) as office:
        for surname, born in (("Okafor", "2012-02-03"), ("Haddad", "2013-02-03")):
            office.table("registry.person").add({"surname": surname, "birth_date": born})
        find = office.store.context.find
        assert [doc["surname"] for doc in find("registry.person", birth_date=date(2013, 2, 3))] == ["Haddad"]
        assert [doc["surname"] for doc in find("registry.person", birth_date="2012-02-03")] == ["Okafor"]


def test_rows_show_their_links_by_title_and_the_household_its_contact_person(workspace: Workspace) -> None:
    with open_office(workspace) as office:
        person = office.table("registry.person").add({"surname": "Okafor", "given_name": "Ada"}).doc
        household = office.table("registry.household").add(
            {"members": [{"person": person["pseudonym"], "role": "contact"}]}
        )
        members = office.declarations["registry.household"].by_name["members"]
        assert person["pseudonym"] in office.show(members, household.doc)
        assert person["id"] not in office.show(members, household.doc)
        assert household.doc["contact_name"] == "Okafor Ada"
        assert office.table("registry.household").count_of(search="okafor") == 1
