"""The lead's workspace: what eleven partners did, each record with the partner and site that it came from."""

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from intarsi_tui.demo import generate, words
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace, create_workspace
from intarsi_tui.reference.tables import municipalities

from ..conftest import MadeOnce
from .conftest import TABLES, Doc, Run

QUARTERLY = "governance.quarterly_report"


@pytest.fixture(scope="module")
def lead(made_once: MadeOnce) -> Workspace:
    """As small as can be."""

    def make(folder: Path) -> None:
        with open_office(create_workspace(folder / "lead", "unione-savio")) as office:
            generate(office, records=1)

    return Workspace(made_once("lead", make) / "lead")


@pytest.fixture
def office(lead: Workspace) -> Iterator[Office]:
    with open_office(lead) as opened:
        yield opened


def docs(office: Office, table: str, partner: str = "") -> list[Doc]:
    return [doc for doc in office.table(table).all() if partner in ("", doc["partner"])]


def test_every_partner_has_records_and_every_register_a_dozen(office: Office) -> None:
    counts = {table: Counter(doc["partner"] for doc in docs(office, table)) for table in TABLES}
    assert min(sum(count.values()) for count in counts.values()) >= 12
    assert set().union(*counts.values()) == set(office.profile.partners)
    assert counts[QUARTERLY] == dict.fromkeys(office.profile.partners, 9)


def test_each_partners_numbers_have_no_gaps_in_its_own_register_and_year(office: Office) -> None:
    for table in TABLES:
        numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for doc in docs(office, table):
            assert doc["site"] == doc["partner"]
            if doc.get("number"):
                year, _, count = doc["number"].partition("/")
                numbers[doc["site"], year].append(int(count))
        assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values()), table


def test_each_partner_has_its_own_chain_in_the_history(office: Office) -> None:
    sites = {site for (site,) in office.store.connection.rows("SELECT DISTINCT site FROM history")}
    assert sites == set(office.profile.partners)
    assert office.store.verify_chain() == []


def test_what_is_written_afterwards_is_the_leads_own(lead: Workspace, tmp_path: Path) -> None:
    with open_office(Workspace(Path(shutil.copytree(lead.path, tmp_path / "lead")))) as office:
        doc = office.table("registry.body").add({"name": "Ente di prova", "nature": "other"}).doc
    assert doc["partner"] == doc["site"] == "unione-savio"


def test_families_live_in_their_partners_towns_and_its_bodies_are_there_too(office: Office) -> None:
    for table in ("registry.household", "registry.body", "cohousing.unit"):
        for doc in docs(office, table):
            assert doc["municipality"] in words.places()[doc["partner"]].towns, doc
    towns = municipalities()
    plates = {doc["school_code"][:2]: doc for doc in docs(office, "registry.body") if doc.get("school_code")}
    assert all(towns[doc["municipality"]].extra["province"] == plate for plate, doc in plates.items())


def test_partners_do_what_they_are_there_for(office: Office) -> None:
    assert {doc["partner"] for doc in docs(office, "registry.household")}.isdisjoint({"anci-er"})
    of_anci = {table for table in TABLES if docs(office, table, "anci-er")}
    assert {"governance.meeting", "dissemination.material", "training.course"} <= of_anci
    assert not [table for table in of_anci if table.startswith(("mediation.", "cohousing."))]
    contracts = docs(office, "registry.contractor", "rimini")
    assert [doc for doc in contracts if "raggruppamento" in doc["subject"]]


def test_modena_houses_fourteen_households_in_three_flats(office: Office) -> None:
    flats = docs(office, "cohousing.unit", "modena")
    stays = docs(office, "cohousing.placement", "modena")
    assert len(flats) == 3
    assert len({doc["household"] for doc in stays}) == 14
    assert {doc["unit"] for doc in stays} == {doc["id"] for doc in flats}


def test_an_office_of_another_project_has_no_sample(tmp_path: Path, run: Run) -> None:
    refused = run("demo", "mine", "--partner", "nobody", cwd=tmp_path)
    assert refused.returncode == 2
    assert "nobody" in refused.stderr
    assert list(tmp_path.iterdir()) == []
