"""Rows of files become records: found, compared, checked; never by halves."""

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from intarsi_tui.exchange.adjusting import Adjusted
from intarsi_tui.exchange.imports import Outcome, import_file
from intarsi_tui.exchange.problems import FileRefused
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace

LESSON = "lessons.lesson"
PUPIL = "lessons.pupil"


def take(office: Office, path: Path, table: str = LESSON, **settings: Any) -> Outcome:
    return import_file(office, table, path, **{"write": True, **settings})


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged


def text(tmp_path: Path, lines: str, encoding: str = "utf-8", name: str = "x.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(lines.encode(encoding))
    return path


def book(tmp_path: Path, rows: Iterable[Iterable[Any]]) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    made.save(tmp_path / "x.xlsx")
    return tmp_path / "x.xlsx"


def docs(office: Office, table: str = LESSON) -> list[dict[str, Any]]:
    return list(office.table(table).page(sort="created_at"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_encodings_and_delimiters_of_offices_are_recognised(
    encoding: str, delimiter: str, office: Office, tmp_path: Path
) -> None:
    lines = 'Giorno|Città e aula|Quota\r\n1/4/2021|Forlì|"1,5"\r\n2/4/2021|"Cesena; centro, 1"|2\r\n'.replace(
        "|", delimiter
    )
    assert counts(take(office, text(tmp_path, lines, encoding))) == (2, 0, 0)
    assert {doc["room"] for doc in docs(office)} == {"Forlì", "Cesena; centro, 1"}


@pytest.mark.parametrize("heading", ["Giorno", "GIORNO *", " giorno: ", "Day", "day", "Giorno*"])
def test_headings_are_names_or_labels_whatever_case_and_stars(heading: str, office: Office, tmp_path: Path) -> None:
    assert counts(take(office, text(tmp_path, f"{heading};CITTA' E AULA\n1/4/2021;x\n"))) == (1, 0, 0)


def test_titles_above_the_heading_are_passed_over_and_rows_keep_their_numbers(office: Office, tmp_path: Path) -> None:
    path = book(
        tmp_path,
        [["Registro delle lezioni"], [], ["Giorno", "Posti"], [datetime.date(2021, 4, 1), 12], [], ["31/4/2021", 3]],
    )
    outcome = take(office, path)
    assert [(problem.row, problem.field) for problem in outcome.problems] == [(6, "day")]
    assert docs(office) == []
    assert not outcome.written


def test_cells_of_a_workbook_are_taken_by_what_they_are(office: Office, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Giorno", "Ore", "Posti", "Quota", "Aula", "Completa"],
        [datetime.date(2021, 4, 1), 1.5, 12.0, 0.1 + 0.2, 7.0, True],
    ]
    rows[0][4] = "Città e aula"
    assert counts(take(office, book(tmp_path, rows))) == (1, 0, 0)
    (doc,) = docs(office)
    # A number under "Ore" is hours, as when it is typed; 0.30000000000000004 is what Excel has for thirty cents.
    assert (doc["hours"], doc["places"], doc["fee"], doc["room"], doc["full"]) == (90, 12, 0.3, "7", True)
    rows[1][1] = datetime.timedelta(hours=26)
    rows[1][4] = 3331234567890.0  # a telephone number
    assert counts(take(office, book(tmp_path, rows))) == (1, 0, 0)
    assert {doc["hours"] for doc in docs(office)} == {90, 1560}
    assert docs(office)[-1]["room"] == "3331234567890"


def test_the_same_file_again_changes_nothing_whatever_the_kinds(office: Office, tmp_path: Path) -> None:
    take(office, text(tmp_path, "Cognome\nRossi\n", name="pupils.csv"), PUPIL)
    code = docs(office, PUPIL)[0]["code"]
    path = text(
        tmp_path,
        f"day;hours;places;fee;full;level;pupil;factor\n1/4/2021;1h30;5;3,5;sì;;{code};1.5\n2/4/2021;;;;;b1;;\n",
    )
    assert counts(take(office, path)) == (2, 0, 0)
    assert counts(take(office, path)) == (0, 0, 2)
    assert not take(office, path).written


def test_two_equal_rows_are_two_records_and_stay_two(office: Office, tmp_path: Path) -> None:
    path = text(tmp_path, "Giorno;Aula\n1/4/2021;1\n1/4/2021;1\n".replace("Aula", "Città e aula"))
    assert counts(take(office, path)) == (2, 0, 0)
    assert counts(take(office, path)) == (0, 0, 2)
    assert counts(take(office, text(tmp_path, "Giorno;room\n1/4/2021;1\n1/4/2021;1\n1/4/2021;1\n"))) == (1, 0, 2)


def test_a_void_record_does_not_stand_for_a_row(office: Office, tmp_path: Path) -> None:
    path = text(tmp_path, "Giorno\n1/4/2021\n")
    take(office, path)
    office.table(LESSON).void(docs(office)[0]["id"], "sbagliato")
    assert counts(take(office, path)) == (1, 0, 0)


@pytest.mark.parametrize("name", ["id", "number", "N."])
def test_a_row_that_names_a_record_brings_it_up_to_date_and_empty_cells_change_nothing(
    name: str, office: Office, tmp_path: Path
) -> None:
    added = office.table(LESSON).add({"day": "1/4/2021", "places": "5", "room": "A"}).doc
    confirmed = office.table(LESSON).confirm(added["id"]).doc
    value = confirmed["id"] if name == "id" else confirmed["number"]
    assert counts(take(office, text(tmp_path, f"{name};Posti;room\n{value};6;\n"))) == (0, 1, 0)
    (doc,) = docs(office)
    assert (doc["places"], doc["room"], doc["state"]) == (6, "A", "confirmed")


def test_a_pseudonym_names_its_record_and_a_lost_one_is_said(office: Office, tmp_path: Path) -> None:
    code = office.table(PUPIL).add({"name": "Rossi"}).doc["code"]
    outcome = take(office, text(tmp_path, f"Codice;Cognome\n{code.lower()};Bianchi\nA-ZZZZZ;Verdi\n"), PUPIL)
    assert counts(outcome) == (1, 1, 0)
    assert [(problem.row, problem.severity) for problem in outcome.problems] == [(3, "warning")]


def test_a_sent_record_may_be_in_the_file_but_not_changed_by_it(office: Office, tmp_path: Path) -> None:
    table = office.table(LESSON)
    uid = table.add({"day": "1/4/2021", "places": "5"}).doc["id"]
    table.confirm(uid)
    table.mark_sent(uid)
    assert counts(take(office, text(tmp_path, f"id;Posti\n{uid};5\n"))) == (0, 0, 1)
    outcome = take(office, text(tmp_path, f"id;Posti\n{uid};6\n"))
    assert [problem.code for problem in outcome.problems] == ["sent_is_locked"]


def test_columns_that_the_program_gives_are_left_out_and_named(office: Office, tmp_path: Path) -> None:
    outcome = take(office, text(tmp_path, "Giorno;Stato;Creato da\n1/4/2021;confermato;qualcuno\n"))
    assert outcome.ignored == ["Stato", "Creato da"]
    assert docs(office)[0]["state"] == "draft"


def test_two_columns_that_mean_one_field_are_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        take(office, text(tmp_path, "Giorno;Day\n1/4/2021;2/4/2021\n"))
    assert "Day" in refused.value.text("it")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("a;b\n1;2\n", "no_heading"),
        ("Giorno;Boh\n", "unknown_columns"),
        ('Giorno\n"' + "x" * 200_000, "cell_too_long"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(content: str, code: str, office: Office, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        take(office, text(tmp_path, content))
    assert refused.value.code == code
    assert refused.value.text("it") != refused.value.text("en")
    assert "x.csv" in refused.value.text("it")


@pytest.mark.parametrize("hostile", ["\x00\x01\x02", "=1+1", "'=1+1", "a" * 300, "'", "\u202eabc", "[red]"])
def test_hostile_cells_are_stored_as_they_are_or_refused_by_row(hostile: str, office: Office, tmp_path: Path) -> None:
    outcome = take(office, text(tmp_path, f"Giorno;room\n1/4/2021;{hostile}\n"))
    if outcome.problems:
        assert [problem.row for problem in outcome.problems] == [2]
        assert docs(office) == []
    else:
        assert docs(office)[0]["room"] == hostile.removeprefix("'" if hostile.startswith("'=") else "")


def test_the_rules_of_the_register_see_rows_that_came_before_in_the_file(office: Office, tmp_path: Path) -> None:
    first = text(tmp_path, "Cognome\nRossi\n", name="a.csv")
    assert counts(take(office, first, PUPIL)) == (1, 0, 0)
    uid = docs(office, PUPIL)[0]["id"]
    outcome = take(office, text(tmp_path, f"id;Cognome\n{uid};Uno\n{uid};Due\n"), PUPIL)
    assert [(problem.row, problem.code) for problem in outcome.problems] == [(3, "twice")]


def test_two_columns_of_one_field_are_refused_with_their_heading(office: Office, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="same field: Day"):
        take(office, text(tmp_path, "Giorno;Day\n1/4/2021;2/4/2021\n"))


def test_a_file_without_a_heading_is_told_the_columns_in_the_readers_language(office: Office, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        take(office, text(tmp_path, "a;b\n1;2\n"))
    assert "Giorno, Ore" in refused.value.text("it")
    assert "Day, Hours" in refused.value.text("en")


def test_a_link_is_given_by_number_code_or_title_and_wrong_ones_are_told_with_their_rows(
    office: Office, tmp_path: Path
) -> None:
    bodies = office.table("registry.body")
    for name in ("Istituto comprensivo «Città»", "Istituto «Mare»", "Istituto «Mare»"):
        bodies.confirm(bodies.add({"name": name, "nature": "school"}).doc["id"])
    number = bodies.page(search="città")[0]["number"]
    lines = [
        "Denominazione;Natura;Istituto di appartenenza",
        "Scuola A;school;ISTITUTO COMPRENSIVO citta",
        f"Scuola B;school;{number}",
        "Scuola C;school;Istituto Mare",
        "Scuola D;school;Istituto comprensivo Citta 1",
    ]
    file = text(tmp_path, "\n".join(lines))
    outcome = take(office, file, "registry.body")
    assert [(one.row, one.code) for one in outcome.problems] == [(4, "ambiguous_record"), (5, "no_such_record")]
    told = [one.text("it") for one in outcome.problems]
    assert [found["number"] in told[0] for found in bodies.page(search="mare")] == [True, True]
    assert told[1].endswith(f"forse: {number} Istituto comprensivo «Città»")
    assert not outcome.written
    file = text(tmp_path, "\n".join(lines[:3]))
    assert counts(take(office, file, "registry.body")) == (2, 0, 0)
    institute = bodies.one(number)["id"]
    assert [doc["institute"] for doc in bodies if doc["name"].startswith("Scuola ")] == [institute, institute]


def test_a_row_with_more_cells_than_headings_is_refused_not_cut(office: Office, tmp_path: Path) -> None:
    """A comma inside a name without quotes would lose its other half."""
    outcome = take(office, text(tmp_path, "name\nRossi, Maria\nBianchi,,\n"), PUPIL)
    [problem] = [one for one in outcome.problems if one.code == "too_many_cells"]
    assert (problem.row, "virgolette" in problem.text("it"), outcome.written) == (2, True, False)


def test_a_first_row_that_is_refused_spoils_nothing_in_a_register_that_was_never_written(
    office: Office, tmp_path: Path
) -> None:
    outcome = take(office, text(tmp_path, "Giorno\nboh\n1/4/2021\n"), write=False)
    assert [problem.row for problem in outcome.problems] == [2]
    assert outcome.new == 1


def test_a_column_without_a_heading_is_meant_by_its_place(office: Office, tmp_path: Path) -> None:
    path = text(tmp_path, "Giorno;\n1/4/2021;7\n")
    assert counts(take(office, path, adjusted=Adjusted({"#2": "places"}))) == (1, 0, 0)
    assert docs(office)[0]["places"] == 7


def test_a_column_may_be_said_to_be_another_field_than_its_heading(office: Office, tmp_path: Path) -> None:
    path = text(tmp_path, "Giorno;Day;Posti\n1/4/2021;2/4/2021;3\n")
    assert counts(take(office, path, adjusted=Adjusted({"Giorno": ""}))) == (1, 0, 0)
    assert docs(office)[0]["day"] == "2021-04-02"


def test_a_correction_stands_for_its_cell_also_where_the_file_has_no_column(office: Office, tmp_path: Path) -> None:
    path = text(tmp_path, "Giorno\n31/4/2021\n1/4/2021\n2/4/2021\n")
    adjusted = Adjusted(
        values={(2, "day"): "30/4/2021", (2, "places"): "9"}, without=frozenset([3]), always={"places": "7"}
    )
    assert counts(take(office, path, adjusted=adjusted)) == (2, 0, 0)
    assert [(doc["day"], doc["places"]) for doc in docs(office)] == [("2021-04-30", 9), ("2021-04-02", 7)]
    assert adjusted.options() == [
        "--correct", "2:day=30/4/2021", "--correct", "2:places=9", "--set", "places=7", "--without", "3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        'Giorno,Città e aula\n1/4/2021,"Uno | due ; Tre ; Quattro | x"\n',
        "Giorno,Città e aula\n1/4/2021,Uno; due; tre\n",
        'Registro, aprile\nGiorno;Città e aula\n1/4/2021;"Via Roma, 1, Forlì, ""centro"""\n',
        "Giorno;Città e aula;Quota\n1/4/2021;x;1,5\n",
    ],
)
def test_what_divides_cells_is_not_looked_for_inside_them(lines: str, office: Office, tmp_path: Path) -> None:
    assert counts(take(office, text(tmp_path, lines))) == (1, 0, 0)


BODIES = '''"""Bodies."""
from intarsi_tui import Plugin, Record, Text, field


class Body(Record, it="Ente", en="Body", title=("name",)):
    name: Text = field(it="Nome", en="Name", privacy="internal", likeness="name")


plugin = Plugin("bodies", it="Enti", en="Bodies", records=[Body])
'''


def test_a_heading_may_be_what_offices_write_above_such_a_column(
    workspace: Workspace, drop_plugin: Callable[[str, str], Path], tmp_path: Path
) -> None:
    fields = 'sex: Text = field(it="Genere", en="Gender", privacy="internal")'
    fields += '\n    born: Text = field(it="Data di nascita", en="Date of birth", privacy="internal")'
    fields += '\n    phone: Text = field(it="Telefono", en="Telephone", privacy="internal")'
    drop_plugin(
        "bodies",
        BODIES.replace('name: Text = field(it="Nome", en="Name", privacy="internal", likeness="name")', fields).replace(
            '"name"', '"born"'
        ),
    )
    with open_office(workspace, "it") as office:
        path = text(tmp_path, "SESSO;Nato/a il;Cell.\nF;1/1/1990;000\n")
        assert counts(take(office, path, "bodies.body")) == (1, 0, 0)
        [doc] = docs(office, "bodies.body")
        assert (doc["sex"], doc["born"], doc["phone"]) == ("F", "1/1/1990", "000")


def test_what_holds_for_all_rows_fills_only_what_a_record_does_not_have(office: Office, tmp_path: Path) -> None:
    table = office.table(LESSON)
    ids = [table.add(values).doc["id"] for values in ({"day": "1/4/2021", "places": "5"}, {"day": "2/4/2021"})]
    path = text(tmp_path, "id;Giorno;Posti\n" + "".join(f"{uid};{day}/4/2021;\n" for day, uid in enumerate(ids, 1)))
    assert counts(take(office, path, adjusted=Adjusted(always={"places": "9"}))) == (0, 1, 1)
    assert [doc["places"] for doc in docs(office)] == [5, 9]
