"""How the program starts: what it imports, how it fails, what it says and to whom."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.host import cache, index
from intarsi_tui.project.where import workspace_folder
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.store import open_store

from .conftest import Done

Run = Callable[..., Done]

SPY = """
import sys
sys.argv = ["intarsi", *sys.argv[1:]]
from intarsi_tui.__main__ import main
try:
    main()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""
HEAVY = {"textual", "pydantic", "openpyxl", "python_calamine", "cryptography", "rich"}


def spied(*args: str, cwd: Path) -> tuple[str, set[str]]:
    done = subprocess.run([sys.executable, "-c", SPY, *args], cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout, set(done.stderr.splitlines()[-1].split())


def test_the_version_is_told_before_click_is_imported(tmp_path: Path) -> None:
    out, modules = spied("--version", cwd=tmp_path)
    assert out.startswith("intarsi 0.")
    assert "click" not in modules


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["plugin", "list"],
        ["plugin", "show", "depot"],
        ["depot", "bike", "list"],
        ["depot", "bike", "add", "--help"],
    ],
)
def test_help_and_lists_import_no_plugin_and_nothing_heavy(args: list[str], depot: Workspace, run: Run) -> None:
    assert run("depot", "bike", "list").code == 0  # the first call loads the plugins
    _out, modules = spied(*args, cwd=depot.path)
    assert not modules & HEAVY
    assert not [name for name in modules if name.startswith(("intarsi_workspace_plugin", "intarsi_registry"))]


def test_the_help_needs_neither_the_host_nor_the_commands(depot: Workspace, run: Run) -> None:
    run("depot", "bike", "list")
    out, modules = spied("--help", cwd=depot.path)
    assert "depot" in out
    assert not modules & {"intarsi_tui.host.index", "intarsi_tui.records.declaration", "intarsi_tui.cli.commands"}


def test_the_short_reader_of_the_index_says_what_the_host_says(
    depot: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (depot.plugins / "broken.py").write_text("1/0")
    index.rebuild(depot)
    index.rebuild(None)

    def host(workspace: Workspace | None) -> list[cache.Known]:
        return [(state.name, tuple(state.label), state.state) for state in index.last_known(workspace)]  # type: ignore[misc]

    assert cache.known(str(depot.path)) == host(depot)
    assert cache.known("") == host(None)
    Path(cache.place(str(depot.path))).unlink()
    assert cache.known(str(depot.path)) is None
    assert "depot" in run("--help").out
    monkeypatch.chdir(tmp_path)
    assert workspace_folder(None) == ""


def test_the_registers_of_a_new_plugin_are_there_at_once(depot: Workspace, run: Run) -> None:
    assert "Bicycles" in run("depot", "--help").out
    assert "repair" in run("depot", "--help").out


def test_the_first_help_looks_for_plugins_and_the_next_remembers(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTARSI_CACHE", str(tmp_path / "new"))
    first, _modules = spied("--help", cwd=tmp_path)
    second, modules = spied("--help", cwd=tmp_path)
    assert "mediation" in first
    assert "mediation" in second
    assert "importlib.metadata" not in modules
    assert "intervention" in run("mediation", "--help").out


def test_without_a_terminal_the_app_says_what_to_do(depot: Workspace, run: Run) -> None:
    done = run()
    assert done.code == 2
    assert "intarsi --help" in done.err
    assert done.out == ""


def test_without_a_workspace_the_way_to_make_one_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("check", lang="it")
    assert done.code == 2
    assert "intarsi init" in done.err
    assert run("-w", tmp_path, "plugin", "list").code == 2


def test_the_options_work_before_the_command_and_format_after_it_too(
    depot: Workspace, run: Run, tmp_path: Path, bike: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("-w", depot.path, "--format", "json", "depot", "bike", "list").json[0]["id"] == bike
    monkeypatch.setenv("INTARSI_WORKSPACE", str(depot.path))
    assert run("depot", "bike", "list", "--format", "json").json[0]["id"] == bike


@pytest.mark.parametrize(
    ("args", "italian"),
    [
        (["bogus"], "Il comando «bogus» non esiste"),
        (["depot", "bike", "show"], "Manca l'argomento 'REF'"),
        (["depot", "bike", "void", "x"], "Manca l'opzione '--reason'"),
        (["depot", "bike", "list", "--nope"], "L'opzione '--nope' non esiste"),
        (["depot", "bike", "list", "--limit", "x"], "non è un numero valido"),
        (["depot", "bike", "list", "--limit", "0"], "non sta nell'intervallo"),
        (["depot", "bike", "list", "--sort"], "vuole un valore"),
        (["--format", "pdf", "doctor"], "non è fra"),
        (["doctor", "x"], "argomento di troppo"),
        (["--help"], "Opzioni:"),
        (["depot", "bike", "--help"], "Elenca i record"),
    ],
)
def test_usage_is_explained_in_italian_too(args: list[str], italian: str, depot: Workspace, run: Run) -> None:
    done = run(*args, lang="it")
    assert italian in done.out + done.err
    assert done.code == (0 if "--help" in args else 2)
    assert italian not in run(*args).err


def test_the_language_follows_option_then_variable_then_locale(
    depot: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def title(*args: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "intarsi_tui", *args, "--help"], capture_output=True, text=True, check=True
        ).stdout

    assert "Comandi:" in title()
    monkeypatch.setenv("INTARSI_LANG", "en")
    assert "Commands:" in title()
    assert "Comandi:" in title("--lang=it")


def test_an_unexpected_error_is_one_sentence_and_a_log(
    depot: Workspace, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTARSI_DEBUG")
    monkeypatch.setattr("intarsi_tui.host.index.current", lambda workspace: 1 / 0)
    done = run("check")
    log = depot.path / "intarsi-error.log"
    assert done.code == 1
    assert "Traceback" not in done.err
    assert str(log) in done.err
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_whoever_stops_reading_gets_no_complaint(depot: Workspace, run: Run, bike: str) -> None:
    run("depot", "bike", "add", "--json", "-", input="[" + ",".join(f'{{"code": "C{n}"}}' for n in range(500)) + "]")
    with subprocess.Popen(
        [sys.executable, "-m", "intarsi_tui", "depot", "bike", "list", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert b"Error" not in process.stderr.read()
        assert process.wait() == 0


def test_data_in_a_pipe_are_utf_8_whatever_the_terminal_shows(depot: Workspace, run: Run, bike: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    words = [sys.executable, "-m", "intarsi_tui", "depot", "bike"]
    typed = '{"code": "Tkač"}'.encode()
    subprocess.run([*words, "add", "--json", "-"], input=typed, env=environment, capture_output=True, check=True)
    done = subprocess.run([*words, "list"], env=environment, capture_output=True, check=True)
    assert "Tkač" in done.stdout.decode()


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_an_interrupt_ends_with_130(depot: Workspace) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "intarsi_tui", "--lang", "en", "depot", "bike", "add", "--json", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        time.sleep(1)  # until it waits for its input
        process.send_signal(signal.SIGINT)
        assert process.stderr
        assert "Interrupted." in process.stderr.read()
        assert process.wait() == 130


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_who_waits_for_another_writer_is_told_and_may_give_up(depot: Workspace, bike: str) -> None:
    with (
        open_store(depot.database) as other,
        other.operation("import"),
        subprocess.Popen(
            [sys.executable, "-m", "intarsi_tui", "--lang", "it", "depot", "bike", "edit", bike, "--weight", "3"],
            stderr=subprocess.PIPE, text=True,
        ) as process,
    ):  # fmt: skip
        other.insert({})
        assert process.stderr
        assert "Un altro programma sta scrivendo" in process.stderr.readline()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert time.monotonic() - began < 10


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_completion_script(shell: str, run: Run) -> None:
    assert "_INTARSI_COMPLETE" in run("completion", shell).out


def test_completion_knows_plugins_registers_and_fields(depot: Workspace, run: Run) -> None:
    run("depot", "bike", "list")

    def completions(words: str) -> str:
        place = len(words.split(" ")) - 1
        environment = {
            **os.environ,
            "_INTARSI_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(place),
        }
        done = subprocess.run([sys.executable, "-m", "intarsi_tui"], env=environment, capture_output=True, text=True)
        assert done.stderr == ""  # it would land in the middle of what is being typed
        return done.stdout

    assert "depot" in completions("intarsi ")
    assert completions("intarsi depot bike add --colour s").split(",") == ["plain", "sky\n"]
    assert "plain,colour=" in completions("intarsi depot bike list --where c")
    assert completions("intarsi depot bike list --sort co") == "plain,code\nplain,colour\n"
    assert "depot" in completions("intarsi plugin show ")
    assert "registro_mediazione" in completions("intarsi report fill ")
    assert completions("intarsi -w /nowhere depot ") == ""
    assert "repair" in completions("intarsi depot ")
    assert "--colour" in completions("intarsi depot bike add --c")


@pytest.mark.parametrize("option", ["-w", "--lang", "--workspace"])
def test_a_global_option_after_the_command_is_told_its_place(option: str, depot: Workspace, run: Run) -> None:
    for words in (["depot", "bike", "list"], ["depot"], ["check"]):
        done = run(*words, option, "it")
        assert done.code == 2
        assert f"intarsi {option} …" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_told_of(depot: Workspace) -> None:
    for words in (["check", "--format", "json"], ["--help"]):
        with open("/dev/full", "w") as full:  # noqa: PTH123
            done = subprocess.run(
                [sys.executable, "-m", "intarsi_tui", "--lang", "it", *words],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
            )
        assert done.returncode == 1
        assert "L'uscita non si può scrivere" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the stream")
def test_a_closed_standard_output_is_no_mistake(bike: str) -> None:
    command = f'"{sys.executable}" -m intarsi_tui depot bike list --format json >&-'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
