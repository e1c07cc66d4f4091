"""Every workbook of the demo is sound, and LibreOffice shows the right values in the right cells."""

import csv
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui import reference, resources, sheets

from ..conftest import MadeOnce, program
from .conftest import Demo, Doc


@pytest.fixture(scope="session")
def opened(demo: Demo, made_once: MadeOnce, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks as LibreOffice opened, calculated and saved them: one process for all."""
    soffice = program("soffice")
    profile = f"-env:UserInstallation={(tmp_path_factory.mktemp('profile')).as_uri()}"

    def make(folder: Path) -> None:
        words = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
        subprocess.run([*words, *map(str, demo.workbooks)], check=True, capture_output=True, timeout=180)

    return made_once("opened-workbooks", make)


def sheet(folder: Path, start: str, name: str) -> Worksheet:
    (path,) = folder.glob(f"{start}*.xlsx")
    return load_workbook(path, data_only=True)[name]


def rows(page: Worksheet, header: int, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows under the header row, in the order of `columns`, up to the first empty one or the totals."""
    at = {cell.value: column for column, cell in enumerate(page[header], 1)}
    for row in range(header + 1, page.max_row + 1):
        values = tuple(plain(page.cell(row, at[column]).value) for column in columns)
        if values[0] in (None, "", "Totale"):
            return
        yield values


def plain(value: Any) -> Any:
    """Minutes for a duration, the day of a date; what was rounded to microseconds put right."""
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, datetime):
        return value.date()
    return value


def minutes(value: Any) -> int:
    """Minutes of a cell that shows hours, whichever way the reader takes it."""
    return value.hour * 60 + value.minute if isinstance(value, time) else int(value)


def names(table: str) -> dict[str, str]:
    """Italian names by code, read from the packaged file."""
    path = Path(reference.__file__).parent / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        next(file)
        return {row["code"]: row["it"] for row in csv.DictReader(file)}


def test_every_workbook_is_sound(demo: Demo) -> None:
    assert {path.name: list(map(str, sheets.lint(path))) for path in demo.workbooks if sheets.lint(path)} == {}


def test_libreoffice_opens_every_workbook(demo: Demo, opened: Path) -> None:
    assert sorted(path.name for path in opened.glob("*.xlsx")) == [path.name for path in demo.workbooks]


def test_the_register_of_interventions_holds_the_quarter(demo: Demo, opened: Path) -> None:
    page = sheet(opened, "registro_mediazione", "Registro")
    header = next(row for row in range(1, 30) if page.cell(row, 1).value == "N. intervento")
    bodies, languages = demo.by_id("registry.body"), names("languages")
    wanted = [
        (
            doc["number"], date.fromisoformat(doc["date"]), time.fromisoformat(doc["start"]),
            time.fromisoformat(doc["end"]), doc["minutes"], languages[doc["language"]],
            bodies[doc["school"]]["name"] if "school" in doc else None, len(doc["persons"]),
        )
        for doc in sorted(demo.docs["mediation.intervention"], key=lambda doc: (doc["date"], doc["start"]))
        if doc["state"] == "confirmed" and doc["status"] == "delivered" and "2021-10-01" <= doc["date"] <= "2021-12-31"
    ]  # fmt: skip
    columns = ["N. intervento", "Data", "Dalle", "Alle", "Ore", "Lingua", "Scuola", "N. destinatari"]
    found = [(*row[:4], minutes(row[4]), *row[5:]) for row in rows(page, header, columns)]
    assert len(wanted) > 50
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert [row[1:3] for row in found] == [row[1:3] for row in wanted]


def test_the_summary_is_calculated_from_the_rows(demo: Demo, opened: Path) -> None:
    page = sheet(opened, "registro_mediazione", "Riepilogo")
    (total,) = [row for row in page.iter_rows(min_row=2, values_only=True) if row[0] == "Totale"]
    delivered = [
        doc for doc in demo.docs["mediation.intervention"]
        if doc["state"] == "confirmed" and doc["status"] == "delivered" and "2021-10-01" <= doc["date"] <= "2021-12-31"
    ]  # fmt: skip
    assert total[1] == len(delivered)
    assert plain(total[2]) == sum(doc["minutes"] for doc in delivered)
    assert total[3] == sum(len(doc["persons"]) for doc in delivered)


def test_the_register_for_the_lead_holds_pseudonyms_and_codes_as_text(demo: Demo, opened: Path) -> None:
    page = sheet(opened, "registro_destinatari_lead", "Registro")
    header = next(row for row in range(1, 30) if page.cell(row, 2).value == "N. fascicolo")
    households, countries = demo.by_id("registry.household"), names("countries")
    wanted = {
        (
            doc["number"], doc["pseudonym"], countries[doc["citizenship"]], doc["municipality"],
            households[doc["household"]]["pseudonym"], date.fromisoformat(doc["take_in_date"]),
        )
        for doc in demo.docs["registry.person"]
        if doc["state"] == "confirmed" and doc.get("counted") and "2021-10-01" <= doc["take_in_date"] <= "2021-12-31"
    }  # fmt: skip
    columns = ["N. fascicolo", "Codice destinatario", "Cittadinanza", "Cod. ISTAT", "Codice nucleo", "Presa in carico"]
    assert wanted
    assert set(rows(page, header, columns)) == wanted
    texts = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}
    known = {doc[name] for doc in demo.docs["registry.person"] for name in ("surname", "tax_code") if doc.get(name)}
    assert not texts & known


def test_attendance_sheets_hold_everybody_as_they_are_called(demo: Demo, opened: Path) -> None:
    operators, bodies = demo.by_id("registry.operator"), demo.by_id("registry.body")
    sessions = demo.by_id("training.session")
    states = {
        "present": "Presente",
        "remote": "Presente a distanza",
        "partial": "Presente in parte",
        "excused": "Assente giustificato",
        "absent": "Assente",
    }
    columns = ["Data", "Dalle", "Cognome", "Nome", "Ente", "Presenza", "Entrata", "Ore"]
    seen: set[str] = set()
    for course in demo.docs["training.course"]:
        page = sheet(opened, f"registro_presenze_{course['number'].replace('/', '-')}_", "Presenze")
        header = next(row for row in range(1, 30) if page.cell(row, 2).value == "Data")
        wanted = [
            (*place(sessions[row["session"]]), *person(operators[doc["operator"]], bodies), states[row["status"]],
             time.fromisoformat(row["login"]) if "login" in row else None, row["minutes"])
            for doc in demo.docs["training.enrolment"]
            if doc["course"] == course["id"] and doc["state"] == "confirmed"
            for row in doc.get("attendance", ())
        ]  # fmt: skip
        found = [(*row[:-1], minutes(row[-1])) for row in rows(page, header, columns)]
        assert sorted(found, key=str) == sorted(wanted, key=str), course["code"]
        seen |= {cell for row in found for cell in row[2:5] if cell}
    assert "D'Amico [tirocinante]" in seen


def place(session: Doc) -> tuple[date, time]:
    return date.fromisoformat(session["date"]), time.fromisoformat(session["start"])


def person(operator: Doc, bodies: dict[str, Doc]) -> tuple[str, str, str]:
    return operator["surname"], operator["given_name"], bodies[operator["body"]]["name"]


def test_each_certificate_is_about_its_own_person(demo: Demo, opened: Path) -> None:
    template = load_workbook(resources.folder("templates") / "attestato.xlsx").worksheets[0]
    placed = {cell.value: cell.coordinate for row in template.iter_rows() for cell in row if cell.value}
    operators, courses = demo.by_id("registry.operator"), demo.by_id("training.course")
    certificates = {
        doc["number"].replace("/", "-"): doc for doc in demo.docs["training.certificate"] if doc.get("number")
    }
    found = sorted(opened.glob("attestato_*.xlsx"))
    assert len(found) == 12
    for path in found:
        page = load_workbook(path, data_only=True).worksheets[0]
        doc = next(doc for number, doc in certificates.items() if f"_{number}_" in path.name)
        operator = operators[doc["operator"]]
        assert page[placed["{{nominativo}}"]].value == f"{operator['surname']} {operator['given_name']}"
        assert page[placed["{{corso}}"]].value == courses[doc["course"]]["title"]
        assert page[placed["n. {{numero}}"]].value == f"n. {doc['number']}"
        assert "co-finanziato dall'Unione europea" in page[placed["{{cofinanziamento}}"]].value
