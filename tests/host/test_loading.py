"""Plugins are found, loaded, checked and supervised; one that is wrong breaks nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.host import index
from intarsi_tui.host.office import open_office
from intarsi_tui.host.states import PluginState, Task
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.records.labels import plain
from intarsi_tui.records.record import Row

from ..conftest import BICYCLES

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
        ("plugin = []\n", 0, "no Plugin"),
        ("from intarsi_tui import Plugin as plugin\n", 0, "no Plugin"),
        ("class E(Exception):\n    def __str__(self): raise ValueError\nraise E\n", 3, "str() failed"),
        ("def f(): f()\nf()\n", 1, "RecursionError"),
        ("x = 1\x00\n", 0, "null bytes"),
        ("from intarsi_tui import *\nPlugin(3, it='a', en='b', records=[])\n", 2, "TypeError"),
        ("from intarsi_tui import *\nPlugin('', it='a', en='b', records=[])\n", 2, "TypeError"),
        ("from intarsi_tui import *\nplugin = Plugin('a', it='a', en='b', records=[int])\n", 2, "Record class"),
        (
            "from intarsi_tui import *\nfrom intarsi_training import plugin as theirs\nplugin = Plugin('a', it='a', en='b', records=theirs.records)\n",
            3,
            "training",
        ),
        (
            "from intarsi_tui import *\nclass Thing(Record):\n    a: 'Later' = None\nplugin = Plugin('wrong', it='a', en='b', records=[Thing])\n",
            2,
            "annotation",
        ),
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
        (
            {
                "field": "on: Date = field(it='a', en='b', privacy='public', deadline=Deadline('a', 'b', closed={'no': ()}))"
            },
            "P016",
        ),
        (
            {
                "field": "on: Date = field(it='a', en='b', privacy='public', deadline=Deadline('a', 'b', closed={'name.x': ()}))"
            },
            "P016",
        ),
        ({"plugin": ", actions=[Action('No', it='a', en='b', run=print, columns={})]"}, "P015"),
        ({"plugin": ", actions=[Action('thing', it='a', en='b', run=print, columns={})]"}, "P003"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='nothing')]"}, "P011"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='thing', by='when')]"}, "P012"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='thing')] * 2"}, "P003"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='thing', by='name')]"}, "P014"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='thing', total='name')]"}, "P014"),
        ({"plugin": ", indicators=[Indicator('n', it='a', en='b', count='thing', where={'state': 'bozza'})]"}, "P014"),
        ({"field": "Nome: Text = field(it='a', en='b', privacy='public')"}, "P007"),
        ({"field": "id: Text = field(it='a', en='b', privacy='public')"}, "P013"),
        ({"field": "internal_notes: Text = field(it='a', en='b', privacy='public')"}, "P013"),
        ({"field": "check: Text = field(it='a', en='b', privacy='public')"}, "P013"),
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


def test_a_wrong_indicator_and_a_missing_annotation_are_told_with_their_lines(
    workspace: Workspace, drop_plugin: Drop
) -> None:
    wrong = ", indicators=[\n    Indicator('n', it='a', en='b', count='thing', by='name')]"
    file = drop_plugin("things", DECLARATION.format(more="", field="", name="things", plugin=wrong))
    state = next(state for state in index.current(workspace) if state.origin.endswith("things.py"))
    assert "Indicator('n'" in file.read_text("utf-8").splitlines()[state.line - 1]
    drop_plugin("things", DECLARATION.format(more="", field="bare = field(it='a', en='b')", name="things", plugin=""))
    state = next(state for state in index.current(workspace) if state.origin.endswith("things.py"))
    assert state.reason is not None
    assert state.reason.en.endswith("Field 'bare' requires a type annotation")
    assert state.line


def test_a_field_without_privacy_and_a_link_to_nowhere_are_warnings(workspace: Workspace, drop_plugin: Drop) -> None:
    field = "who: Link = link('nobody.person', it='a', en='b'); note: Text = field(it='a', en='b')"
    drop_plugin("things", DECLARATION.format(more="", field=field, name="things", plugin=""))
    state = states(workspace)["things"]
    assert state.state == "loaded"
    assert {one.id for one in state.findings} == {"P102", "P103"}


RULE = """
    def check_with(self, context):
        rows = {}.get("some.thing")
        rows = context.find("registry.person", surnam=self.name) + context.find(BODIES) + context.find("registry.operator")
        yield from context.find("bicycles.loan") if rows else ()
"""


def test_a_mistyped_register_or_field_in_a_rule_is_a_warning_with_its_line(
    workspace: Workspace, drop_plugin: Drop
) -> None:
    field = "kind: Choice = field(it='a', en='b', privacy='public', choices={'a': choice('A', 'A', also=('x, y', '')), 'b': choice('B', 'B', also=('', 'y, a'))})"
    text = DECLARATION.format(more="", field=field + RULE, name="things", plugin="")
    file = drop_plugin("things", text + '\nBODIES = "registry.bodys"\n')
    found = {(one.id, one.where, one.message.en) for one in states(workspace)["things"].findings}
    line = next(at for at, text in enumerate(file.read_text("utf-8").splitlines(), 1) if "surnam" in text)
    assert found == {
        ("P104", "thing.kind", "“y” means two of the choices"),
        ("P105", f"things.py:{line}", "“surnam” is not a field of registry.person"),
        ("P105", f"things.py:{line}", "asks for “registry.bodys”, a register that no plugin has: registry.body?"),
        ("P105", f"things.py:{line + 1}", "asks for “bicycles.loan”, a register that no plugin has"),
    }


def test_a_further_word_that_another_choice_is_called_by_is_a_warning(workspace: Workspace, drop_plugin: Drop) -> None:
    field = "kind: Choice = field(it='a', en='b', privacy='public', choices={'a': ('Uno', 'One'), 'b': choice('Due', 'Two', also=('uno, due', ''))})"
    drop_plugin("things", DECLARATION.format(more="", field=field, name="things", plugin=""))
    assert [(one.id, one.message.en) for one in states(workspace)["things"].findings] == [
        ("P104", "“uno” means two of the choices")
    ]
    assert not [one for state in index.current(workspace) for one in state.findings if one.where.startswith("person")]


def test_two_plugins_of_one_name_are_an_error_that_names_both(workspace: Workspace, drop_plugin: Drop) -> None:
    text = drop_plugin("bicycles").read_text("utf-8")
    drop_plugin("bicycles", text.replace('"bicycles"', '"registry"'))
    clash = [state for state in index.current(workspace) if state.name == "registry" and state.state == "broken"]
    assert len(clash) == 1
    assert clash[0].reason is not None
    assert "intarsi_registry" in clash[0].reason.en
    assert any(state.name == "registry" and state.state == "loaded" for state in index.current(workspace))


def test_a_broken_plugin_does_not_keep_its_name_from_another(workspace: Workspace, drop_plugin: Drop) -> None:
    drop_plugin("bicycles", "raise RuntimeError")
    drop_plugin("noleggio")
    with open_office(workspace) as office:
        assert office.table("bicycles.loan").problems({"lent_on": "x"})


def test_a_record_of_another_plugin_cannot_be_taken_and_stays_what_it_is(
    workspace: Workspace, drop_plugin: Drop
) -> None:
    drop_plugin(
        "thief",
        "from intarsi_tui import hookimpl\nfrom intarsi_training import plugin as theirs\n"
        "@hookimpl\ndef intarsi_records():\n    return theirs.records\n",
    )
    assert states(workspace)["thief"].state == "broken"
    with open_office(workspace) as office:
        assert office.record_class("training.course").declaration.table == "training.course"


def test_what_a_plugin_prints_or_warns_of_while_loading_is_no_data(
    workspace: Workspace, drop_plugin: Drop, capsys: pytest.CaptureFixture[str]
) -> None:
    drop_plugin("bicycles", f"print('ciao')\nimport warnings\nwarnings.warn('vecchio')\n{BICYCLES}")
    assert states(workspace)["bicycles"].state == "loaded"
    assert capsys.readouterr() == ("", "ciao\n")


def test_the_files_name_may_have_hyphens_and_spaces(workspace: Workspace, drop_plugin: Drop) -> None:
    drop_plugin("noleggio-bici 2")
    drop_plugin("_draft", "raise RuntimeError")
    assert states(workspace)["bicycles"].state == "loaded"
    assert not any("draft" in state.origin for state in index.current(workspace))


def test_a_folder_called_like_a_file_is_broken_with_its_path(workspace: Workspace) -> None:
    folder = workspace.plugins / "things.py"
    folder.mkdir()
    assert states(workspace)["things"].place == str(folder)


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


def test_an_action_that_an_older_index_knows_may_write() -> None:
    data = json.loads(json.dumps(Task("look", plain("look"), {}, Row.declaration, writes=False).to_json()))
    assert not Task.from_json(data).writes
    del data["writes"]
    assert Task.from_json(data).writes
