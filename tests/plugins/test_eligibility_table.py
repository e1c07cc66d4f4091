"""The requirements as a table that an office may edit, with versions that hold from a day on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.errors import ProjectError
from intarsi_tui.project.workspace import Workspace

HEAD = "code,it,en,version,valid_from,valid_to,value\n"
TABLE = HEAD + (
    "exit_months,Mesi,Months,1,,2021-03-31,18\n"
    "exit_months,Mesi,Months,2,2021-04-01,,24\n"
    "PROT_SPEC,Protezione speciale,Special protection,lead-2021-05,,,eligible\n"
    "ASILO,Asilo,Asylum,2,2021-04-01,,verify\n"
)


def table(workspace: Workspace, text: str) -> None:
    workspace.reference.mkdir(exist_ok=True)
    (workspace.reference / "eligibility.csv").write_text(text, "utf-8")


@pytest.fixture
def judged(workspace: Workspace) -> Iterator[Callable[..., dict[str, Any]]]:
    table(workspace, TABLE)
    with open_office(workspace, "en") as office:
        yield lambda taken_in, permit, left: _person(office, taken_in, permit, left)


def _person(office: Office, taken_in: str, permit: str, left: str) -> dict[str, Any]:
    household = office.table("registry.household").add({"type": "mother"}).doc
    child = {"surname": "Haile", "birth_date": "1/1/2015", "household": household["id"]}
    office.table("registry.person").add(child)
    values = {
        "surname": "Haile", "birth_date": "1/1/1990", "citizenship": "ER", "household": household["id"], "take_in_date": taken_in,
        "permits": [{"type": permit, "issued_on": "1/1/2020", "expires_on": "1/1/2022"}], "stays": [{"circuit": "SAI", "left_on": left}],
    }  # fmt: skip
    return dict(office.table("registry.person").add(values).doc)


def test_a_requirement_holds_from_its_day_on_and_the_result_says_which_version(judged: Any) -> None:
    late = judged("31/3/2021", "PROT_SUSS", "1/7/2019")
    assert (late["eligibility"], late["eligibility_reasons"]) == ("not_eligible", ["exit_over"])
    within = judged("1/4/2021", "PROT_SUSS", "1/7/2019")
    assert within["eligibility"] == "eligible"
    assert set(late["eligibility_rule"].split("+")) == {"1", "lead-2021-05"}
    assert set(within["eligibility_rule"].split("+")) == {"1", "2", "lead-2021-05"}


def test_a_type_of_permit_is_decided_by_the_table_and_otherwise_as_shipped(judged: Any) -> None:
    assert judged("1/3/2021", "PROT_SPEC", "1/7/2020")["eligibility"] == "eligible"
    assert judged("1/3/2021", "ASILO", "1/7/2020")["eligibility"] == "eligible"
    assert judged("1/4/2021", "ASILO", "1/7/2020")["eligibility_reasons"] == ["permit_verify"]
    assert judged("1/4/2021", "STUDIO", "1/7/2020")["eligibility_reasons"] == ["permit_type"]


def test_months_are_those_of_the_calendar(judged: Any) -> None:
    assert judged("28/2/2021", "PROT_SUSS", "31/8/2019")["eligibility"] == "eligible"
    assert judged("1/3/2021", "PROT_SUSS", "31/8/2019")["eligibility_reasons"] == ["exit_over"]


def test_a_minor_may_not_be_needed(workspace: Workspace) -> None:
    table(workspace, HEAD + "minors,Minori,Minors,3,,,no\n")
    with open_office(workspace) as office:
        household = office.table("registry.household").add({"type": "mother"}).doc
        values = {
            "surname": "Haile",
            "birth_date": "1/1/1990",
            "citizenship": "ER",
            "household": household["id"],
            "take_in_date": "1/4/2021",
        }
        assert "no_minor" not in office.table("registry.person").add(values).doc["eligibility_reasons"]


@pytest.mark.parametrize("row", ["exit_months,M,M,1,,,diciotto", "minors,M,M,1,,,sì", "ASILO,A,A,1,,,forse"])
def test_a_value_that_means_nothing_is_told_with_its_line(workspace: Workspace, row: str) -> None:
    table(workspace, f"{HEAD}{row}\n")
    with pytest.raises(ProjectError) as refused, open_office(workspace):
        pass
    assert "eligibility.csv" in refused.value.text("it")
    assert "riga 2" in refused.value.text("it")
