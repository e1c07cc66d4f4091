"""`import` and `export` from the command line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from intarsi_tui.exchange.looking import look
from intarsi_tui.exchange.remembered import remember
from intarsi_tui.host.office import open_office
from intarsi_tui.project.workspace import Workspace

from .conftest import Done

Run = Callable[..., Done]


@pytest.fixture
def file(depot: Workspace) -> Path:
    path = depot.path / "bikes.csv"
    path.write_text("Codice *;Colore;Peso\nR-1;rosso;12\nR-2;;\n", "utf-8")
    return path


def test_without_a_terminal_nothing_is_written_until_told(file: Path, run: Run) -> None:
    done = run("depot", "bike", "import", file)
    assert done.code == 2
    assert done.out == "2 new, 0 changed, 0 unchanged\n"
    assert "--yes" in done.err
    assert run("depot", "bike", "import", file, "--dry-run").code == 0
    assert run("depot", "bike", "list", "--format", "json").json == []


def test_an_import_is_one_operation_and_the_second_time_changes_nothing(file: Path, run: Run) -> None:
    assert run("depot", "bike", "import", file, "--yes").out == "2 new, 0 changed, 0 unchanged\n"
    assert run("depot", "bike", "import", file, "--yes", lang="it").out == "nuovi 0, modificati 0, invariati 2\n"
    assert [row["label"] for row in run("history", "--format", "json").json] == ["import bikes.csv"]
    assert run("undo").code == 0
    assert run("depot", "bike", "list", "--format", "json").json == []


def test_columns_are_said_values_corrected_and_rows_left_out_without_touching_the_file(
    run: Run, depot: Workspace
) -> None:
    file = depot.path / "strange.csv"
    file.write_text("Sigla;Colore;Boh\nR-1;mauve;x\nR-2;rosso;y\nR-3;rosso;z\n", "utf-8")
    settings = ("--column", "Sigla=code", "--column", "#3=", "--correct", "2:colour=red", "--without", "4")
    done = run("depot", "bike", "import", file, *settings, "--yes")
    assert (done.code, done.out) == (0, "2 new, 0 changed, 0 unchanged\n")
    assert "Columns left out: Boh" in done.err
    assert [row["code"] for row in run("depot", "bike", "list", "--sort", "code", "--format", "json").json] == [
        "R-1",
        "R-2",
    ]


def test_a_row_of_sums_is_left_out_with_a_word_and_taken_when_that_is_said(run: Run, depot: Workspace) -> None:
    file = depot.path / "sums.csv"
    file.write_text("code;colour\nR-1;rosso\nTotale;\n", "utf-8")
    done = run("depot", "bike", "import", file, "--dry-run")
    assert done.out == "1 new, 0 changed, 0 unchanged\n"
    assert "Rows left out because they look like totals: 3. --with ROW takes one." in done.err
    assert run("depot", "bike", "import", file, "--with", "3", "--dry-run").out.startswith("2 new")


def test_columns_are_as_before_only_when_that_is_asked_for(run: Run, depot: Workspace) -> None:
    file = depot.path / "strange.csv"
    file.write_text("Sigla;Colore\nR-1;rosso\n", "utf-8")
    with open_office(depot, "en") as office:
        columns = look(office, file, None, "depot.bike")[0].columns
        remember(office, "depot.bike", columns, {0: "code", 1: "colour"})
    assert run("depot", "bike", "import", file, "--yes").code == 1
    assert run("depot", "bike", "import", file, "--as-before", "--yes").out == "1 new, 0 changed, 0 unchanged\n"
    file.write_text("Sigla;Tinta\nR-1;rosso\n", "utf-8")
    assert "No columns are remembered" in run("depot", "bike", "import", file, "--as-before").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--column", "Codice"), "HEADING=FIELD"),
        (("--column", "Codice=nothing"), "has no field nothing"),
        (("--column", "Nowhere=code"), "there is no column “Nowhere”"),
        (("--correct", "x"), "ROW:FIELD=VALUE"),
        (("--correct", "2:nothing=x"), "has no field nothing"),
        (("--column", "#9=colour"), "there is no column “#9”"),
        (("--set", "state=confirmed"), "The program gives “state” itself"),
        (("--set", "weight=1", "--set", "weight=2"), "more than once"),
        (("--problems", "p.txt"), ".xlsx or .csv"),
    ],
)
def test_a_column_or_correction_that_leads_nowhere_is_refused(
    file: Path, run: Run, words: tuple[str, ...], told: str
) -> None:
    done = run("depot", "bike", "import", file, *words, "--yes")
    assert done.code != 0
    assert told in done.err


def test_somebody_at_a_terminal_is_asked(file: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intarsi_tui.cli.commands.register_files.stdin_is_terminal", lambda: True)
    for no in ("n", "no", ""):
        refused = run("depot", "bike", "import", file, input=f"{no}\n")
        assert "Write them? [y/N]" in refused.err
        assert "Nothing was written" in refused.err
    assert run("depot", "bike", "list", "--format", "json").json == []
    done = run("depot", "bike", "import", file, input="boh\nsì\n", lang="it")
    assert done.code == 0
    assert "Scrivere? [s/N]" in done.err
    assert "scrivere sì o no" in done.err
    assert len(run("depot", "bike", "list", "--format", "json").json) == 2


def test_every_problem_of_every_row_is_listed_and_nothing_is_written(run: Run, depot: Workspace) -> None:
    file = depot.path / "bad.csv"
    file.write_text("Code,Colour,Weight\nR-1,red,1\n\n,mauve,x\nR-1,red,2\n", "utf-8")
    done = run("depot", "bike", "import", file, "--yes", lang="it")
    assert done.code == 1
    assert done.out == ""
    lines = done.err.splitlines()
    assert sorted(line.partition(":")[0] for line in lines[:3]) == ["Riga 4, Codice", "Riga 4, Colore", "Riga 4, Peso"]
    assert lines[3] == "Riga 5: La riga 2 ha già questo record con altri valori: lasciarne una sola"
    assert lines[4].endswith("problemi: 2.")
    assert run("depot", "bike", "list", "--format", "json").json == []


def test_unknown_columns_are_refused_unless_told_otherwise(run: Run, depot: Workspace) -> None:
    file = depot.path / "more.csv"
    file.write_text("code,owner\nR-1,nobody\n", "utf-8")
    refused = run("depot", "bike", "import", file, "--yes")
    assert refused.code == 1
    assert "owner" in refused.err
    done = run("depot", "bike", "import", file, "--yes", "--ignore-unknown")
    assert done.code == 0
    assert "Columns left out: owner" in done.err


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["it", "en"])
def test_what_was_exported_is_imported_again_without_a_change(ending: str, lang: str, run: Run, bike: str) -> None:
    for day in ("3/4/2021", "4/4/2021"):
        added = run(
            "depot", "repair", "add", "--bike", "R-1", "--done-on", day, "--begun", "9:30", "--length", "26h15", "--cost", "1234,5", "--paid", "no",
            "--works", "brakes;tyres", "--others", "R-1", "--town", "rimini", "--parts", "bell | 3", "--parts", "oil", "--field-format", "-=x",
        )  # fmt: skip
        assert added.code == 0, added.err
    run("depot", "bike", "add", "--code", "R-2", "--colour", "sky")
    for register in ("repair", "bike"):
        file = Path(f"{register}.{ending}")
        assert run("depot", register, "export", "-o", file, lang=lang).code == 0
        done = run("depot", register, "import", file, "--yes", lang=lang)
        assert done.code == 0, done.err
        assert re.findall(r"\d+", done.out) == ["0", "0", "2"]


def test_an_export_can_be_changed_and_taken_in_again(run: Run, bike: str) -> None:
    run("depot", "bike", "export", "-o", "bikes.csv")
    text = Path("bikes.csv").read_text("utf-8-sig")
    Path("bikes.csv").write_text(text.replace("red", "sky"), "utf-8")
    assert run("depot", "bike", "import", "bikes.csv", "--yes").out == "0 new, 1 changed, 0 unchanged\n"
    assert run("depot", "bike", "show", "R-1", "--format", "json").json["colour"] == "sky"


def test_a_file_that_is_not_there_or_not_readable_is_told_of(run: Run, depot: Workspace) -> None:
    assert run("depot", "bike", "import", "none.csv").code == 1
    Path("x.xlsx").write_bytes(b"not a workbook")
    done = run("depot", "bike", "import", "x.xlsx", lang="it")
    assert done.code == 1
    assert "x.xlsx" in done.err
    assert "Traceback" not in done.err


def test_what_never_leaves_the_office_is_not_exported(run: Run, depot: Workspace) -> None:
    run("registry", "person", "add", "--surname", "Okafor", "--internal-notes", "richiamare")
    exported = run("registry", "person", "export").out
    assert "Okafor" in exported
    assert "richiamare" not in exported
    assert "ulnerab" not in exported.splitlines()[0]


def test_what_is_wrong_goes_into_a_file_when_that_is_asked_for(run: Run, depot: Workspace) -> None:
    file = depot.path / "wrong.csv"
    file.write_text("Codice;Peso\nR-1;tanto\nR-2;12\n", "utf-8")
    done = run("depot", "bike", "import", file, "--problems", depot.path / "wrong-problems.csv", "--yes")
    assert done.code == 1
    assert "Problems: 1, written to" in done.err
    assert "tanto" not in done.err, "10,000 lines would help nobody"
    lines = (depot.path / "wrong-problems.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Row,Field,Value,Kind,What is wrong"
    assert lines[1].startswith("2,Weight,tanto,error,")

    entry = run("--format", "json", "access").json[0]
    assert (entry["what"], entry["detail"]) == ("exported", "wrong-problems.csv (1)"), (
        "what people are called goes out with it"
    )


def test_the_list_of_problems_never_replaces_the_file_it_is_about(run: Run, depot: Workspace) -> None:
    file = depot.path / "wrong.csv"
    file.write_text("Codice;Peso\nR-1;tanto\n", "utf-8")
    done = run(
        "depot", "bike", "import", file, "--problems", depot.path / "." / "plugins" / ".." / "wrong.csv", "--yes"
    )
    assert done.code == 2
    assert "name another one" in done.err
    assert file.read_text("utf-8") == "Codice;Peso\nR-1;tanto\n"


def test_a_number_that_is_no_date_is_told_as_its_cell_shows_it(run: Run, depot: Workspace) -> None:
    from openpyxl import Workbook as Book

    book = Book()
    assert book.active is not None
    for row in (["Codice", "Peso"], ["R-1", 30000.5]):
        book.active.append(row)
    book.save(depot.path / "numbers.xlsx")
    done = run("depot", "bike", "import", depot.path / "numbers.xlsx", "--dry-run", lang="it")
    assert "30000,5" in done.err
    assert "30000.5" not in done.err


def test_what_comes_through_a_pipe_has_to_be_saved_first(run: Run, depot: Workspace) -> None:
    done = run("depot", "bike", "import", "-", "--yes")
    assert done.code == 1
    assert "into a file first" in done.err


def test_of_many_warnings_the_first_are_told_and_the_others_counted(run: Run, depot: Workspace) -> None:
    file = depot.path / "many.csv"
    file.write_text("Bicicletta;Data;Costo\n" + "R-1;1/4/2021;600\n" * 25, "utf-8")
    run("depot", "bike", "add", "--code", "R-1")
    done = run("depot", "repair", "import", file, "--dry-run")
    assert done.err.count("More than a new bicycle") == 20
    assert "Further warnings: 5." in done.err


def test_a_change_that_changes_nothing_says_so(run: Run, bike: str) -> None:
    assert run("depot", "bike", "edit", bike, "--weight", "13").err.startswith("Changed")
    assert run("depot", "bike", "edit", bike, "--weight", "13").err.startswith("Unchanged")
