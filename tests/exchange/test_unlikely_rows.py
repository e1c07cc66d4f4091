"""Rows that are likely not what they look like: doubles, sums below a table, cells without a value to read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from intarsi_tui.exchange.adjusting import Adjusted
from intarsi_tui.exchange.imports import import_file
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace

from .test_imports import BODIES, book, counts, docs, take, text


def test_a_row_that_may_be_there_already_is_warned_of_before_it_is_written(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path], tmp_path: Path
) -> None:
    drop_plugin("bodies", BODIES)
    with open_office(workspace, "it") as office:
        office.table("bodies.body").add({"name": "Cooperativa Ippogrifo"})
        outcome = take(office, text(tmp_path, "Nome\nIppogrifo cooperativa\nAltra\n"), "bodies.body", write=False)
        [warning] = outcome.problems
        assert (warning.row, warning.severity) == (2, "warning")
        assert warning.text("it") == "Forse c'è già: Cooperativa Ippogrifo (nomi simili)"


GUESTS = '''"""Guests."""
from intarsi_tui import Plugin, Pseudonym, Record, Text, field


class Guest(Record, it="Ospite", en="Guest", title=("code",)):
    code: Pseudonym = field(it="Codice", en="Code", privacy="internal", prefix="G")
    name: Text = field(it="Nome", en="Name", privacy="internal", likeness="name")

    def check_with(self, context):
        for doc in context.find("guests.guest", name=self.name):
            if doc["id"] != self.id:
                yield self.problem("name", warning=True, other=doc["code"], it="Come {other}", en="Like {other}")


plugin = Plugin("guests", it="Ospiti", en="Guests", records=[Guest])
'''


def test_another_row_of_the_file_is_called_by_its_row_and_not_by_a_code_made_up_for_it(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path], tmp_path: Path
) -> None:
    drop_plugin("guests", GUESTS)
    with open_office(workspace, "it") as office:
        path = text(tmp_path, "Nome\nAmina Bello\nBello Amina\n")
        outcome = take(office, path, "guests.guest", write=False)
        assert [one.text("it") for one in outcome.problems] == ["Forse c'è già: riga 2 del file (nomi simili)"]
        outcome = take(office, text(tmp_path, "Nome\nAmina\nAmina\n"), "guests.guest", write=False)
        assert [one.text("it") for one in outcome.problems] == ["Come riga 2 del file"]


def test_a_row_of_totals_is_pointed_out_and_may_still_be_a_record(office: Office, tmp_path: Path) -> None:
    outcome = take(office, text(tmp_path, "Giorno;Città e aula\n1/4/2021;Forlì\n2/4/2021;TOTALE:\n"))
    assert [(one.code, one.row) for one in outcome.problems] == [("row_of_totals", 3)]
    assert counts(outcome) == (2, 0, 0)


def test_a_cell_without_a_value_to_read_is_a_problem_of_its_row_and_never_empty(office: Office, tmp_path: Path) -> None:
    path = book(
        tmp_path, [["Giorno", "Quota"], ["1/4/2021", "=20+30"], ["2/4/2021", "#REF!"], ["", "#N/A"], ["=A2", "=B2"]]
    )
    outcome = take(office, path)
    assert [(one.row, one.field) for one in outcome.problems] == [(2, "fee"), (3, "fee"), (5, "day"), (5, "fee")]
    assert [one.text("en").partition(":")[0] for one in outcome.problems[:2]] == [
        "A formula without a saved result", "An error value, #REF!",
    ]  # fmt: skip
    assert docs(office) == []
    adjusted = Adjusted(values={(2, "fee"): "50"}, without=frozenset([3, 5]))
    assert counts(take(office, path, adjusted=adjusted)) == (1, 0, 0)


def test_sums_below_a_table_may_be_formulas_without_a_result(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path, [["Città e aula", "Quota"], ["Forlì", 5], ["Totale", "=SUM(B2:B2)"]])
    assert [(one.row, one.code) for one in take(office, path, write=False).problems if one.row == 3] == [
        (3, "totals_left_out")
    ]


def test_an_empty_text_that_a_formula_gave_is_an_empty_cell(office: Office, tmp_path: Path) -> None:

    path = book(tmp_path, [["Giorno", "Quota"], ["1/4/2021", '=IF(1,"")']])
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="B2">', b'<c r="B2" t="str">')
    with ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert counts(take(office, path)) == (1, 0, 0)


def test_names_that_differ_in_a_digit_are_not_similar(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path], tmp_path: Path
) -> None:
    drop_plugin("bodies", BODIES)
    with open_office(workspace, "it") as office:
        path = text(tmp_path, "Nome\n" + "".join(f"Ente {number}\n" for number in range(120)))
        assert take(office, path, "bodies.body", write=False).problems == []


def test_a_row_of_nothing_but_sums_is_left_out_unless_it_is_asked_for_and_is_told_first(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path], tmp_path: Path
) -> None:
    drop_plugin("guests", GUESTS)
    with open_office(workspace, "it") as office:
        path = text(tmp_path, "Nome;Ore\nAmina;3\nAmina;7\nSomma;Mario\nTotale;10\n")
        settings: dict[str, Any] = {"write": False, "ignore_unknown": True}
        outcome = import_file(office, "guests.guest", path, **settings)
        told = [(one.row, one.code) for one in outcome.problems]
        assert told == [(3, "rule"), (4, "row_of_totals"), (5, "totals_left_out")]
        assert outcome.new == 3
        outcome = import_file(office, "guests.guest", path, adjusted=Adjusted(included=frozenset({5})), **settings)
        assert [one.code for one in outcome.problems][-1] == "row_of_totals"
        assert outcome.new == 4
