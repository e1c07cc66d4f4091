"""Plugins are found, loaded, checked and supervised; one that is wrong breaks nothing else."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.host import index
from intarsi_tui.host.states import PluginState
from intarsi_tui.project.workspace import Workspace

Drop = Callable[..., Path]


def states(workspace: Workspace) -> dict[str, PluginState]:
    return {state.name: state for state in index.current(workspace)}


def test_a_file_dropped_into_plugins_is_loaded(workspace: Workspace, drop_plugin: Drop) -> None:
    drop_plugin("bicycles")
    state = states(workspace)["bicycles"]
    assert state.state == "loaded"
    assert [declaration.table for declaration in state.records] == ["bicycles.loan"]
    assert [count.table for count in state.indicators] == ["bicycles.loan"]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("import sys\nsys.exit(3)\n", 2, "SystemExit"),
        ("x = 1\nraise KeyError('y')\n", 2, "KeyError"),
        ("def f(:\n", 1, "SyntaxError"),
        ("from intarsi_tui import nothing\n", 1, "nothing"),
        ("x = 1\n", 0, "plugin"),
    ],
)
def test_a_file_that_does_not_load_is_broken_with_its_line_and_a_hint(
    workspace: Workspace, drop_plugin: Drop, text: str, line: int, told: str
) -> None:
    path = drop_plugin("wrong", text)
    drop_plugin("bicycles")
    broken = states(workspace)["wrong"]
    assert broken.state == "broken"
    assert broken.reason is not None
    assert told in broken.reason.en
    assert (broken.file, broken.line) == (str(path), line)
    assert broken.hint is not None
    assert broken.hint.it
    assert states(workspace)["bicycles"].state == "loaded"


DECLARATION = """
from intarsi_tui import *
class Thing(Record, it="Cosa", en="Thing"{more}):
    name: Text = field(it="Nome", en="Name", privacy="internal")
    {field}
plugin = Plugin("{name}", it="Cose", en="Things", records=[Thing]{plugin})
"""


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        ({"name": "Wrong Name"}, "P001"),
        ({"name": "report"}, "P002"),
        ({"plugin": "+[Thing]"}, "P003"),
        ({"more": ", title=('nam',)"}, "P005"),
        ({"more": ", date='name'"}, "P006"),
        ({"field": "kind: Choice = field(it='a', en='b', privacy='public')"}, "P008"),
        ({"field": "who: Link = link('person', it='a', en='b')"}, "P009"),
        ({"field": "code: Pseudonym = field(it='a', en='b', privacy='public')"}, "P010"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='nothing')]"}, "P011"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='thing', by='when')]"}, "P012"),
    ],
)
def test_a_wrong_declaration_is_named_by_a_stable_id(
    workspace: Workspace, drop_plugin: Drop, parts: dict[str, str], finding: str
) -> None:
    drop_plugin("things", DECLARATION.format(**{"more": "", "field": "", "name": "things", "plugin": "", **parts}))
    state = next(state for state in index.current(workspace) if state.origin.endswith("things.py"))
    assert state.state == "broken"
    assert finding in {one.id for one in state.findings}
    assert state.reason is not None
    assert finding in state.reason.it


def test_a_field_without_privacy_and_a_link_to_nowhere_are_warnings(workspace: Workspace, drop_plugin: Drop) -> None:
    field = "who: Link = link('nobody.person', it='a', en='b'); note: Text = field(it='a', en='b')"
    drop_plugin("things", DECLARATION.format(more="", field=field, name="things", plugin=""))
    state = states(workspace)["things"]
    assert state.state == "loaded"
    assert {one.id for one in state.findings} == {"P102", "P103"}


def test_two_plugins_of_one_name_are_an_error_that_names_both(workspace: Workspace, drop_plugin: Drop) -> None:
    text = drop_plugin("bicycles").read_text("utf-8")
    drop_plugin("bicycles", text.replace('"bicycles"', '"registry"'))
    clash = [state for state in index.current(workspace) if state.name == "registry" and state.state == "broken"]
    assert len(clash) == 1
    assert clash[0].reason is not None
    assert "intarsi_registry" in clash[0].reason.en
    assert any(state.name == "registry" and state.state == "loaded" for state in index.current(workspace))


def test_a_plugin_for_another_contract_is_incompatible(workspace: Workspace, drop_plugin: Drop) -> None:
    drop_plugin("things", DECLARATION.format(more="", field="", name="things", plugin=", api=99"))
    assert states(workspace)["things"].state == "incompatible"


def test_a_module_that_implements_hooks_is_a_plugin_too(workspace: Workspace, drop_plugin: Drop) -> None:
    drop_plugin(
        "things",
        "from intarsi_tui import Record, Text, field, hookimpl\n"
        "class Thing(Record, it='Cosa', en='Thing'):\n"
        "    name: Text = field(it='Nome', en='Name', privacy='internal')\n"
        "@hookimpl\n"
        "def intarsi_records():\n"
        "    return [Thing]\n",
    )
    assert [one.table for one in states(workspace)["things"].records] == ["things.thing"]


def test_a_file_need_not_be_called_like_its_plugin(workspace: Workspace, drop_plugin: Drop) -> None:
    drop_plugin("noleggio")
    assert states(workspace)["bicycles"].state == "loaded"
    settings = workspace.path / "intarsi.toml"
    settings.write_text(settings.read_text("utf-8").replace("disabled = []", 'disabled = ["bicycles"]'), "utf-8")
    assert states(Workspace(workspace.path))["bicycles"].state == "disabled"


def test_the_index_is_read_without_importing_and_notices_an_edited_file(
    workspace: Workspace, drop_plugin: Drop
) -> None:
    path = drop_plugin("bicycles")
    assert states(workspace)["bicycles"].label.it == "Biciclette"
    script = (
        "import sys; from pathlib import Path; from intarsi_tui.host import index;"
        "from intarsi_tui.project.workspace import Workspace;"
        f"found = index.current(Workspace(Path({str(workspace.path)!r})));"
        "print([s.label.it for s in found if s.name == 'bicycles'][0], 'pydantic' in sys.modules, 'pluggy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=os.environ, check=True)
    assert run.stdout.split() == ["Biciclette", "False", "False"]
    path.write_text(path.read_text("utf-8").replace('it="Biciclette"', 'it="Bici"'), "utf-8")
    assert states(workspace)["bicycles"].label.it == "Bici"


def test_a_disabled_plugin_is_not_imported(workspace: Workspace, drop_plugin: Drop) -> None:
    drop_plugin("wrong", "raise RuntimeError")
    settings = workspace.path / "intarsi.toml"
    settings.write_text(settings.read_text("utf-8").replace("disabled = []", 'disabled = ["wrong"]'), "utf-8")
    assert states(Workspace(workspace.path))["wrong"].state == "disabled"
