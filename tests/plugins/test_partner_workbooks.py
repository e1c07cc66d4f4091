"""The partner workbooks filled from a small office: the records' values are in the right cells, and formulas add them up."""

import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from intarsi_tui import sheets
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.reporting import indicators, reports
from intarsi_tui.resources import folder

from ..conftest import program

Doc = dict[str, Any]


class Work:
    """An office with a family, three operators, a course, interventions, a network with a meeting, and a timesheet."""

    def __init__(self, office: Office) -> None:
        self.office = office
        town = self.add("registry.body", name="Comune di Rimini", nature="public", municipality="Rimini")
        coop = self.add("registry.body", name="=1+1 cooperativa", nature="third_sector", municipality="Riccione")
        school = self.add(
            "registry.body", name="IC Centro", nature="school", school_code="RNIC80900A", level="comprehensive"
        )
        self.bianchi, self.saleh, self.neri = (
            self.add("registry.operator", surname=surname, given_name=name, sector=sector, body=body, role="Operatore")
            for surname, name, sector, body in (
                ("Bianchi", "Giulia", "public", town), ("Saleh", "Rima", "private", coop), ("Neri", "Ugo", "volunteer", coop),
            )
        )  # fmt: skip
        self.family = self.add(
            "registry.household", "draft", type="mother", take_in_date="1/3/2021", municipality="Rimini",
            public_manager=self.bianchi, private_manager=self.saleh, assessments=[{"date": "1/3/2021", "housing": 3}],
        )  # fmt: skip
        self.add(
            "registry.referral", date="15/2/2021", channel="social_services", outcome="taken_in", outcome_date="1/3/2021", household=self.family
        )  # fmt: skip
        permit = [{"type": "ASILO", "number": "X1", "issued_on": "1/1/2019", "expires_on": "1/1/2024"}]
        self.mother, self.child, self.late = (
            self.add(
                "registry.person", surname="Adeyemi", given_name=name, gender="F", birth_date=born, citizenship="NG",
                household=self.family, household_role=role, take_in_date=day, permits=permit, municipality="Rimini",
                notice_language="Inglese", notice_date=day,
            )
            for name, born, role, day in (
                ("Blessing", "3/4/1990", "contact", "1/3/2021"), ("Joy", "1/1/2012", "child", "1/3/2021"),
                ("Grace", "1/2/2014", "child", "12/4/2021"),
            )
        )  # fmt: skip
        members = [{"person": self.mother, "role": "contact"}, {"person": self.child, "role": "child"}]
        office.table("registry.household").edit(self.family, {"members": members})
        office.table("registry.household").confirm(self.family)
        for day, start, end, service, category, who, state in (
            ("8/3/2021", "9:00", "10:30", "mediation", None, [self.mother, self.child], "confirmed"),
            ("12/4/2021", "9:00", "11:00", "orientation", "housing", [self.mother], "confirmed"),
            ("13/4/2021", "9:00", "9:45", "mediation", None, [self.child], "confirmed"),
            ("14/4/2021", "9:00", "10:00", "health", None, [self.child], "draft"),
        ):  # fmt: skip
            at_school = {"place": "school", "school": school} if service == "mediation" else {"place": "desk"}
            self.add(
                "mediation.intervention", state, date=day, start=start, end=end, service=service, category=category,
                operator=self.saleh, language="Inglese", persons=who, **at_school,
            )  # fmt: skip
        course = self.add(
            "training.course", code="FORM-01/1", title="Tutela", topic="law", start="1/3/2021", end="15/3/2021", planned_minutes=240
        )  # fmt: skip
        lessons = [
            self.add(
                "training.session", course=course, date=day, start="9:00", end="11:00", status="held", topic="Norme",
                trainers=[self.bianchi],
            )
            for day in ("1/3/2021", "15/3/2021")
        ]  # fmt: skip
        for operator, present in ((self.saleh, lessons), (self.neri, lessons[:1])):
            enrolled = self.add(
                "training.enrolment", course=course, operator=operator, enrolled_on="1/3/2021",
                attendance=[{"session": one, "status": "present" if one in present else "absent"} for one in lessons],
            )  # fmt: skip
            if operator == self.saleh:
                self.certificate = self.add("training.certificate", enrolment=enrolled, issued_on="20/3/2021")
        network = self.add(
            "governance.network", name="Tavolo di Rimini", kind="territorial", level="district", activation="active",
            start="1/2/2020", members=[{"body": one, "role": "Componente", "joined_on": "1/2/2020"} for one in (town, coop)],
        )  # fmt: skip
        self.meeting = self.add(
            "governance.meeting", "draft", network=network, date="10/5/2021", start="10:00", end="12:00", place="Sala 1",
            agenda=[{"topic": "Casa"}, {"topic": "Scuola"}],
            attendance=[{"body": town, "person": "Bianchi Giulia", "role": "Referente"}, {"body": coop}],
        )  # fmt: skip
        self.add(
            "governance.quarterly_report", year=2021, quarter="Q1", activities="Corso di base.\nPrimi nuclei.",
            issues=[{"text": "Poche case.", "cause": "context", "solution": "Garanzia ai proprietari."}],
        )  # fmt: skip
        self.hours = self.add(
            "registry.timesheet", operator=self.saleh, month="1/4/2021", summary="Mediazione a scuola.",
            days=[
                {"day": 12, "wp": "WP3", "minutes": 120, "other_minutes": 60, "activity": "Sportello"},
                {"day": 13, "wp": "WP3", "minutes": 45}, {"day": 13, "wp": "WP1", "minutes": 30},
                {"day": 14, "absence": "holiday"},
            ],
        )  # fmt: skip

    def add(self, table: str, state: str = "confirmed", **values: Any) -> str:
        """The id of a new record."""
        register = self.office.table(table)
        uid: str = register.add({name: value for name, value in values.items() if value is not None}).doc["id"]
        if state == "confirmed":
            register.confirm(uid)
        return uid

    def doc(self, table: str, uid: str) -> Doc:
        found = self.office.get(table, uid)
        assert found is not None
        return found

    def fill(self, name: str, period: str, out: Path) -> Path:
        """The one workbook of a template."""
        template = reports.template(self.office, name)
        (filled,) = reports.fill(
            self.office, template, self.office.profile.period(period), self.office.workspace.partner, out
        )
        assert sheets.lint(filled.path) == []
        return filled.path


@pytest.fixture
def work(workspace: Workspace) -> Iterator[Work]:
    with open_office(workspace, "it") as office:
        yield Work(office)


def under(page: Worksheet, first: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows under the header row that holds `first`, in the order of `columns`, up to the first empty one."""
    header = next(row for row in page.iter_rows(max_row=100) if first in [cell.value for cell in row])
    at = {cell.value: cell.column for cell in header}
    found = []
    for row in range(header[0].row + 1, page.max_row + 1):
        values = tuple(page.cell(row, at[name]).value for name in (first, *columns))
        if values[0] in (None, "", "Totale"):
            break
        found.append(tuple(value.date() if isinstance(value, datetime) else value for value in values))
    return found


def test_the_named_register_crosses_what_each_person_was_served_in(work: Work, tmp_path: Path) -> None:
    page = load_workbook(work.fill("registro_destinatari", "2021-Q2", tmp_path))["Destinatari"]
    assert under(page, "Nome", "Nato/a il", "Preso/a in carico il", "C2-a", "C2-b", "C2-c", "C2-d") == [
        ("Blessing", date(1990, 4, 3), date(2021, 3, 1), "X", "X", None, None),
        ("Joy", date(2012, 1, 1), date(2021, 3, 1), "X", None, None, None),
        ("Grace", date(2014, 2, 1), date(2021, 4, 12), None, None, None, None),
    ]


def test_a_register_so_far_leaves_out_who_came_after_the_period(work: Work, tmp_path: Path) -> None:
    page = load_workbook(work.fill("registro_destinatari", "2021-Q1", tmp_path))["Destinatari"]
    assert [row[0] for row in under(page, "Nome")] == ["Blessing", "Joy"]


def test_the_register_of_households_has_codes_and_no_names(work: Work, tmp_path: Path) -> None:
    book = load_workbook(work.fill("registro_nuclei", "2021-Q2", tmp_path))
    pseudonym = work.doc("registry.household", work.family)["pseudonym"]
    assert under(book["Nuclei"], "Codice nucleo", "Tipologia", "Comune", "In alloggio", "Conta") == [
        (pseudonym, "Monoparentale, madre", "Rimini", None, "sì")
    ]
    texts = {str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value}
    assert not {"Adeyemi", "Blessing", "Bianchi Giulia"} & texts


def test_a_signature_sheet_can_be_printed_before_the_meeting(work: Work, tmp_path: Path) -> None:
    page = load_workbook(work.fill("foglio_firme", "2021-Q2", tmp_path))["Firme"]
    assert work.doc("governance.meeting", work.meeting)["state"] == "draft"
    assert (page["A5"].value, page["C10"].value, page["C11"].value) == ("Tavolo di Rimini", time(10), "Sala 1")
    assert [page[f"B{row}"].value for row in (15, 16, 17)] == ["Casa", "Scuola", None]
    assert [[cell.value for cell in row[1:]] for row in page["A25:F27"]] == [
        ["Bianchi Giulia", "Comune di Rimini", "Referente", None, None],
        [None, "=1+1 cooperativa", None, None, None],
        [None] * 5,
    ]


def test_the_list_of_operators_finds_the_certificate_of_each_enrolment(work: Work, tmp_path: Path) -> None:
    page = load_workbook(work.fill("elenco_operatori", "2021-Q1", tmp_path))["Operatori"]
    number = work.doc("training.certificate", work.certificate)["number"]
    assert under(
        page, "Cognome", "Settore", "Ore frequentate", "Soglia raggiunta", "Attestato n.", "Rilasciato il"
    ) == [
        ("Neri", "Volontariato", timedelta(hours=2), "no", None, None),
        ("Saleh", "Privato", timedelta(hours=4), "sì", number, date(2021, 3, 20)),
    ]


def test_each_course_has_its_own_sheet(work: Work, tmp_path: Path) -> None:
    book = load_workbook(work.fill("registro_corsi", "project", tmp_path))
    assert "Corso" not in book.sheetnames
    page = next(page for page in book if page["C5"].value == "FORM-01/1")
    assert [row[1:] for row in under(page, "Data", "Argomento", "Docenti", "Ore nette")] == [
        ("Norme", "Bianchi Giulia", timedelta(hours=2))
    ] * 2
    assert under(page, "Cognome e nome", "Ore", "Soglia") == [
        ("Neri Ugo", timedelta(hours=2), "no"), ("Saleh Rima", timedelta(hours=4), "sì"),
    ]  # fmt: skip
    assert under(book["Indice"], "Codice", "Iscritti", "Oltre soglia", "Attestati") == [("FORM-01/1", 2, 1, 1)]


def test_minutes_longer_than_what_is_drawn_keep_their_numbers_and_end_with_the_signatures(
    work: Work, tmp_path: Path
) -> None:
    first = work.doc("governance.meeting", work.meeting)
    network, body = first["network"], first["attendance"][0]["body"]
    people = [f"Bianchi {number}" for number in range(1, 31)]
    work.add(
        "governance.meeting", network=network, date="17/5/2021", start="10:00", end="12:00", chair=work.bianchi, secretary=work.saleh,
        agenda=[{"topic": f"Punto {number}"} for number in range(1, 10)],
        attendance=[{"body": body, "person": name} for name in people],
        decisions=[{"text": f"Scelta {number}"} for number in range(1, 9)],
        votes=[{"subject": "Bilancio", "at": "11:00", "in_favour": 0, "without_quorum": "Seconda convocazione"}],
    )  # fmt: skip
    page = load_workbook(work.fill("verbale_riunione", "2021-Q2", tmp_path))["Verbale"]
    assert under(page, "Argomento") == [(f"Punto {number}",) for number in range(1, 10)]
    assert under(page, "Cognome e nome") == [(name,) for name in people]
    (header,) = (row[1].row for row in page.iter_rows() if row[1].value == "Cognome e nome")
    assert [page[f"A{row}"].value for row in range(header + 1, header + 31)] == [
        f'=IF(C{row}="","",ROW()-ROW(A${header}))' for row in range(header + 1, header + 31)
    ]
    signing = page.max_row
    assert [page[f"{column}{signing}"].value for column in "AE"] == ["Presiede", "Verbalizza"]
    assert under(page, "Si decide di")[7] == ("Scelta 8",)
    assert under(page, "Oggetto", "Esito", "Ora") == [("Bilancio", "Respinta", time(11))]
    assert page.print_area == f"'Verbale'!$A$1:$I${signing}"


def test_the_quarterly_sheet_shows_the_indicators_of_quarter_and_project(work: Work, tmp_path: Path) -> None:
    office = work.office
    book = load_workbook(work.fill("scheda_trimestrale", "2021-Q2", tmp_path))
    counted = {
        f"{one.indicator.plugin}.{one.indicator.name}": one
        for one in indicators.count(office, office.profile.period("2021-Q2"), "rimini")
    }
    mapped = reports.template(office, "scheda_trimestrale").map
    assert mapped is not None
    shown = {place: path for place, path in mapped.cells.items() if path.startswith("indicator.")}
    assert len(shown) > 80
    for place, path in shown.items():
        page, _, cell = place.partition("!")
        name, _, figure = path.removeprefix("indicator.").rpartition(".")
        one = counted[name]
        wanted = {"period": one.in_period, "total": one.in_total, "target": one.indicator.target}[figure]
        found = book[page][cell].value
        assert (found.total_seconds() / 60 if isinstance(found, timedelta) else found or 0) == wanted, place
    assert (book["Fisica"]["E8"].value, book["Fisica"]["F8"].value) == (1, 3)
    assert under(book["Rete"], "Soggetto", "Adesione", "Stato") == [
        ("=1+1 cooperativa", date(2020, 2, 1), "Aderente"), ("Comune di Rimini", date(2020, 2, 1), "Aderente"),
    ]  # fmt: skip


def test_the_quarterly_sheet_leaves_boxes_to_write_in_where_no_report_says_anything(work: Work, tmp_path: Path) -> None:
    written, blank = (
        load_workbook(work.fill("scheda_trimestrale", period, tmp_path))["Procedurale"]
        for period in ("2021-Q1", "2021-Q2")
    )
    assert [written[cell].value for cell in ("A7", "A10", "B17", "C17", "D17", "B18")] == [
        "Corso di base.\nPrimi nuclei.", None, "Poche case.", "Contesto", "Garanzia ai proprietari.", None,
    ]  # fmt: skip
    for cell in ("A7", "A10", "A13", "B17", "A24", "A27"):
        assert blank[cell].value is None
        assert not blank[cell].protection.locked


def test_the_sheet_for_the_lead_names_nobody(work: Work, tmp_path: Path) -> None:
    book = load_workbook(work.fill("scheda_trimestrale", "2021-Q2", tmp_path))
    texts = " ".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value)
    assert not [name for name in ("Adeyemi", "Bianchi", "Saleh", "Blessing") if name in texts]


def test_the_macros_of_the_timesheet_are_kept_byte_for_byte(work: Work, tmp_path: Path) -> None:
    path = work.fill("foglio_ore", "2021-Q2", tmp_path)
    assert path.suffix == ".xlsm"
    with zipfile.ZipFile(path) as filled, zipfile.ZipFile(folder("templates") / "foglio_ore.xlsm") as template:
        assert filled.read("xl/vbaProject.bin") == template.read("xl/vbaProject.bin")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # of data bars, as LibreOffice writes them
def test_libreoffice_adds_up_what_was_filled_in(work: Work, tmp_path: Path) -> None:
    """One process for all: sums by month and day, heads by sector, totals of tables, and the macro module is there."""
    soffice = program("soffice")
    paths = [
        work.fill(name, period, tmp_path)
        for name, period in (
            ("foglio_ore", "2021-Q2"), ("ore_mediazione_mensili", "2021"), ("elenco_operatori", "2021-Q1"), ("registro_destinatari", "2021-Q2"),
        )
    ]  # fmt: skip
    out = tmp_path / "libreoffice"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for suffix, some in (("xlsx", paths[1:]), ("ods", paths[:1]), ("xlsx", paths[:1])):
        words = [soffice, profile, "--headless", "--convert-to", suffix, "--outdir", str(out), *map(str, some)]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
    timesheet, hours, operators, people = (load_workbook(out / f"{path.stem}.xlsx", data_only=True) for path in paths)

    form = timesheet["Foglio ore"]
    days = {form.cell(row, 1).value: [form.cell(row, column).value for column in range(3, 9)] for row in range(19, 50)}
    assert [(day, *map(plain, values)) for day, values in days.items() if any(map(plain, values))] == [
        (12, "WP3", 120, 60, 180, None, "Sportello"), (13, "WP1 +", 75, 0, 75, None, None), (14, None, 0, 0, 0, "Ferie", None),
    ]  # fmt: skip
    assert [plain(form[cell].value) for cell in ("D16", "F16", "D50", "F50", "H50")] == [30, 165, 195, 255, 255]
    with zipfile.ZipFile(out / f"{paths[0].stem}.ods") as converted:
        assert "Public Sub StampaFoglioOre()" in converted.read("Basic/VBAProject/Stampa.xml").decode()

    page = hours["Riepilogo"]
    code = work.doc("registry.operator", work.saleh)["code"]
    assert [page["A12"].value, page["B12"].value, *(plain(page[f"{c}12"].value) for c in "EFGO")] == [
        code, "Saleh Rima", 90, 165, 0, 255,
    ]  # fmt: skip
    (total, *_) = [row for row in range(12, 40) if page[f"A{row}"].value == "Totale"]
    assert [plain(page[f"{c}{total}"].value) for c in "EFO"] == [90, 165, 255]
    schools = next(row for row in range(40, 70) if page[f"A{row}"].value == "RNIC80900A")
    assert [page[f"B{schools}"].value, plain(page[f"O{schools}"].value)] == ["IC Centro", 135]

    page = operators["Operatori"]
    assert [[page[f"{c}{row}"].value for c in "KLMN"] for row in range(7, 11)] == [
        ["Pubblico", 0, 0, 0], ["Privato", 1, 1, 1], ["Volontariato", 1, 0, 0], ["Totale", 2, 1, 1],
    ]  # fmt: skip
    assert people["Destinatari"]["A12"].value == "Persone nel registro: 3"
    assert [people["Destinatari"][f"{column}12"].value for column in "OPQR"] == [2, 1, 0, 0]


def plain(value: Any) -> Any:
    """Minutes for hours, however the reader takes them; an empty text is nothing."""
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    return value or None if isinstance(value, str) else value
