"""Names of minors in commands: a terminal masks them until they are asked for, and whoever got them is in the log."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.host import access, views
from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import Workspace, create_workspace

from .conftest import Done

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminal")
PERSON = ("registry", "person")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Done]) -> Path:
    path = create_workspace(tmp_path / "anagrafe", "rimini").path
    monkeypatch.chdir(path)
    monkeypatch.setenv("INTARSI_NOW", "2021-04-14T09:00:00+00:00")
    monkeypatch.setenv("INTARSI_CACHE", str(tmp_path / "cache"))
    for surname, born in (("Adulti", "1/1/1990"), ("Canarini", "29/2/2012")):
        added = run(*PERSON, "add", "--surname", surname, "--given-name", f"Nome{surname}", "--birth-date", born)
        assert added.code == 0, added.err
    return path


def at_terminal(*words: str) -> str:
    """What a person reads who types the command."""
    main, terminal = pty.openpty()
    program = [sys.executable, "-m", "intarsi_tui", "--lang", "en", *words]
    process = subprocess.Popen(program, stdin=terminal, stdout=terminal, stderr=terminal, close_fds=True)
    os.close(terminal)
    seen = b""
    try:
        while chunk := os.read(main, 4096):
            seen += chunk
    except OSError:  # Linux says so when the program has gone
        pass
    assert process.wait(30) == 0
    os.close(main)
    return seen.decode()


def logged(run: Callable[..., Done]) -> list[tuple[str, str]]:
    return [(row["what"], row["detail"]) for row in run("access", "--format", "json").json]


def test_a_terminal_masks_names_of_minors_until_they_are_asked_for(office: Path, run: Callable[..., Done]) -> None:
    for words in (("list",), ("list", "--format", "json"), ("show", "Canarini"), ("history",)):
        uid = run(
            *PERSON, "list", "--no-names", "--where", "state=draft", "--sort", "-birth_date", "--format", "json"
        ).json[0]["id"]
        given = [uid if one == "Canarini" else one for one in words]
        seen = at_terminal(*PERSON, *given)
        assert "Canarini" not in seen, words
        assert "•••" in seen, words
        assert "--names shows them" in seen, words
        assert ("Adulti" in seen) == ("show" not in words)
    assert logged(run) == []
    assert "Canarini" in at_terminal(*PERSON, "list", "--names")
    assert logged(run) == [("shown", "1 table")]


def test_a_file_or_another_program_gets_names_and_the_log_says_so(office: Path, run: Callable[..., Done]) -> None:
    assert "NomeCanarini" in run(*PERSON, "list", "--format", "csv").out
    assert "Canarini" not in run(*PERSON, "list", "--no-names", "--format", "csv").out
    assert run(*PERSON, "list", "--search", "adulti", "-o", "grown.csv").code == 0
    assert logged(run) == [("exported", "1 csv")], "nobody of these is a minor, or nothing was told"
    run(*PERSON, "history", "--format", "csv")
    assert logged(run)[0] == ("exported", "1 csv")


def test_the_log_is_read_by_register_and_pseudonym(office: Path, run: Callable[..., Done]) -> None:
    found = run(*PERSON, "list", "--no-names", "--format", "json").json[0]
    with open_office(Workspace(office)) as opened:
        access.log(opened, "shown", "registry.person", found["id"])
    told = run("--lang", "en", "access", "--format", "table").out
    assert "Beneficiaries" in told
    assert next(value for value in found.values() if str(value).startswith("D-")) in told
    assert found["id"][:8] not in told


def test_registers_without_names_to_keep_back_know_nothing_of_it(office: Path, run: Callable[..., Done]) -> None:
    assert "--names" in run(*PERSON, "list", "--help").out
    assert "--names" not in run("registry", "body", "list", "--help").out
    assert "Usage" in run("registry", "body", "list", "--names").err


def test_the_history_is_searched_by_who_what_and_the_words_of_a_change(office: Path, run: Callable[..., Done]) -> None:
    (uid,) = [one["id"] for one in run(*PERSON, "list", "--search", "adulti", "--format", "json").json]
    run(*PERSON, "edit", uid, "--citizenship", "Etiopia")
    operations = {search: len(run("history", "--search", search, "--format", "json").json) for search in (
        "", "etiopia", "ethiopia", "canarini", "aggiunto", "edited 14/04/2021", "zzz",
    )}  # fmt: skip
    assert operations == {
        "": 3, "etiopia": 1, "ethiopia": 1, "canarini": 1, "aggiunto": 2, "edited 14/04/2021": 1, "zzz": 0
    }  # fmt: skip
    changed = run(*PERSON, "history", "--search", "etiopia", "--format", "json").json
    assert {row["field"] for row in changed} >= {"citizenship"}
    assert {row["record"] for row in changed} == {uid}


def test_a_table_with_masked_names_that_comes_back_keeps_the_names(
    office: Path, tmp_path: Path, run: Callable[..., Done]
) -> None:
    table = run("--format", "csv", *PERSON, "list", "--no-names")
    assert "•••" in table.out, table.err
    file = tmp_path / "persone.csv"
    file.write_text(table.out, "utf-8")
    done = run(*PERSON, "import", str(file), "--yes")
    assert done.code == 0, done.err
    assert "Canarini" in run("--format", "csv", *PERSON, "list").out
    assert "•••" not in run("--format", "csv", *PERSON, "list").out


def test_the_dots_are_refused_as_a_name(office: Path, run: Callable[..., Done]) -> None:
    person = run("--format", "csv", *PERSON, "list").out.splitlines()[1].split(",")[1]
    done = run("--lang", "en", *PERSON, "edit", person, "--surname", "•••")
    assert done.code == 1
    assert "The dots stand for a name that is kept back" in done.err


def test_who_searches_for_a_name_is_not_told_that_a_minor_is_called_so(office: Path, run: Callable[..., Done]) -> None:
    for asked in (("--search", "canarini"), ("--search", "canar"), ("--where", "surname=Canarini")):
        assert "Canarini" in run(*PERSON, "list", *asked, "--format", "csv").out
        assert len(run(*PERSON, "list", "--no-names", *asked, "--format", "csv").out.splitlines()) == 1, asked
    assert "0 of 0" in (seen := at_terminal(*PERSON, "list", "--search", "canarini"))
    assert "--names shows them" in seen
    assert "1 of 1" in at_terminal(*PERSON, "list", "--search", "canarini", "--names")
    assert "Adulti" in at_terminal(*PERSON, "list", "--search", "adulti")
    # By what is not kept back they are found, in whatever order the words are.
    assert "•••" in at_terminal(*PERSON, "list", "--search", "2012 bozza")
    seen = at_terminal(*PERSON, "history", "--search", "canarini")
    assert "added" not in seen
    assert "--names shows them" in seen
    assert "added" in at_terminal(*PERSON, "history", "--search", "canarini", "--names")
    for words in (("table",), ("csv",), ("jsonl", "--without-values")):
        seen = at_terminal("history", "--search", "canarini", "--format", *words)
        assert seen.count("add") == 0, words
        assert "Names of minors are not looked through" in seen, words
        assert at_terminal("history", "--search", "adulti", "--format", *words).count("add") > 0, words


def test_who_gets_records_found_by_a_name_that_is_kept_back_is_in_the_log(
    office: Path, run: Callable[..., Done]
) -> None:
    with open_office(Workspace(office)) as opened:
        views.keep(opened, "registry.person", views.View("born", columns=(("birth_date", 0),)))
    for number, asked in enumerate((("--search", "canarini"), ("--where", "surname=Canarini")), 1):
        done = run(*PERSON, "list", "--view", "born", *asked, "-o", "born.csv")
        assert done.code == 0, done.err
        assert "29/02/2012" in (written := Path("born.csv").read_text("utf-8-sig"))
        assert "Canarini" not in written
        assert logged(run) == [("exported", "1 csv")] * number, asked
    run(*PERSON, "list", "--view", "born", "-o", "born.csv")
    run("history", "-o", "all.csv")
    assert len(logged(run)) == 2, "neither a name nor whom it finds"
    assert "add" in run("history", "--search", "canarini", "--format", "csv").out
    assert logged(run)[0] == ("exported", "history csv")
