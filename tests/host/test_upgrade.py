"""The guide's example of a plugin that changes, and what the checks say of one that does it wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.host import index
from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store import StoreError

GUIDE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
VERSION_2 = next(code for code in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL) if "version=2" in code)
VERSION_1 = """
from intarsi_tui import Choice, Date, Plugin, Record, Text, field

class Lending(Record, it="Prestito", en="Loan"):
    what: Choice = field(it="Cosa", en="What", privacy="internal", choices={"pram": ("Passeggino", "Pram"), "cot": ("Lettino", "Cot")})
    phone: Text | None = field(it="Telefono", en="Phone", privacy="personal")
    returned_on: Date | None = field(it="Reso", en="Returned", privacy="internal")

plugin = Plugin("lending", it="Prestiti", en="Lending", records=[Lending])
"""


@pytest.fixture
def change(workspace: Workspace, drop_plugin: Callable[[str, str], Path]) -> Callable[[], None]:
    """The first version with a record, then the second one in its place."""
    drop_plugin("lending", VERSION_1)
    with open_office(workspace) as office:
        lendings = office.table("lending.lending")
        uid = lendings.add({"what": "pram", "phone": "0541 000000", "returned_on": "3/4/2021"}).doc["id"]
        lendings.confirm(uid)
        lendings.add({"what": "cot"})
    return lambda: drop_plugin("lending", VERSION_2) and None


def test_the_guides_example_brings_its_records_along(workspace: Workspace, change: Callable[[], None]) -> None:
    change()
    with open_office(workspace) as office:
        assert not [one for state in office.plugins for one in state.findings if one.id in ("P018", "P019")]
        first, second = office.table("lending.loan").all()
        assert (first["thing"], first["phones"], first["number"]) == (
            "pushchair",
            [{"number": "0541 000000"}],
            "2021/0001",
        )
        assert (second["thing"], second["state"]) == ("cot", "draft")
        [back] = office.table("lending.return").all()
        assert (back["loan"], back["day"], back["state"]) == (first["id"], "2021-04-03", "draft")
        assert not office.store.verify().findings
        assert office.table("lending.loan").count_of(search="passeggino") == 1
        assert "lending.lending" not in office.store.tables()


def test_going_back_to_the_version_before_is_refused(
    workspace: Workspace, change: Callable[[], None], drop_plugin: Callable[[str, str], Path]
) -> None:
    change()
    with open_office(workspace):
        pass
    drop_plugin(
        "lending", VERSION_2.replace('version=2, was=("lending.lending",)', "version=1").replace(', was=("what",)', "")
    )
    before = workspace.database.read_bytes()
    with pytest.raises(StoreError) as caught, open_office(workspace):
        pass
    assert caught.value.code == "newer_register"
    assert workspace.database.read_bytes() == before


def test_a_plugin_that_was_missing_is_upgraded_when_it_is_back(
    workspace: Workspace, change: Callable[[], None], drop_plugin: Callable[[str, str], Path]
) -> None:
    (workspace.plugins / "lending.py").rename(workspace.path / "lending.txt")
    with open_office(workspace) as office:
        assert office.upgraded is None
        assert list(office.undeclared) == ["lending.lending"]
        found = office.table("lending.lending").page(search="pram")
        assert [doc["what"] for doc in found] == ["pram"]
        declaration = office.undeclared["lending.lending"]
        assert {field.privacy for field in declaration.fields} == {"personal"}
        for write in (
            lambda: office.table("lending.lending").add({"what": "cot"}),
            lambda: office.table("lending.lending").void(found[0]["id"], "prova"),
            lambda: office.table("lending.lending").remove(doc_ids=[2]),
            lambda: office.store.undo(),
        ):
            with pytest.raises(StoreError) as caught:
                write()
            assert caught.value.code == "register_without_plugin"
    change()
    with open_office(workspace) as office:
        assert office.upgraded
        assert len(office.table("lending.loan").all()) == 2


@pytest.mark.parametrize(
    ("wrong", "finding"),
    [("version=2, was", "P018"), ('was=("what",)', "P019"), ("version=2,", "P018")],
)
def test_a_change_that_is_declared_wrongly_is_found(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path], wrong: str, finding: str
) -> None:
    right = {"version=2, was": "was", 'was=("what",)': 'was=("phones",)', "version=2,": "version='2',"}[wrong]
    drop_plugin("lending", VERSION_2.replace(wrong, right))
    state = next(one for one in index.current(workspace) if one.name == "lending")
    assert finding in [one.id for one in state.findings]
    assert state.state == "broken"
