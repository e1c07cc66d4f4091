"""The attached files that go with a workbook: which ones, under which names, and none half."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace
from intarsi_tui.reporting import reports
from intarsi_tui.reporting.problems import ReportError
from intarsi_tui.reporting.reports import Filled

PLUGIN = """
from intarsi_tui import *

class Guest(Row, it="Presente", en="Present"):
    name: Text = field(it="Nome", en="Name", privacy="personal")
    consent: Attachment | None = field(it="Consenso", en="Consent", privacy="internal")

class Visit(Record, it="Visita", en="Visit", date="day"):
    day: Date = field(it="Giorno", en="Day", privacy="public")
    report: Attachment | None = field(it="Relazione", en="Report", privacy="personal")
    annexes: Attachments | None = field(it="Allegati", en="Annexes", privacy="internal")
    leaflet: Attachment | None = field(it="Volantino", en="Leaflet", privacy="public")
    draft: Attachment | None = field(it="Minuta", en="Draft", privacy="public", exported=False)
    guests: Rows[Guest] = field(it="Presenti", en="Present", privacy="personal", default=[])

plugin = Plugin("visits", it="Visite", en="Visits", records=[Visit])
"""

MAP = """
map = 1
it = "Registro visite"
en = "Register of visits"
audience = "AUDIENCE"
record = "visits.visit"
scope = ["period"]

[[blocks]]
at = "Elenco"
filter = { state = "confirmed" }
columns = { "Data" = "day" }
"""


@pytest.fixture
def office(workspace: Workspace, drop_plugin: Callable[..., Path], tmp_path: Path) -> Iterator[Office]:
    """Two confirmed visits with files, and a draft with one more."""
    drop_plugin("visits", PLUGIN)
    with open_office(workspace, "it") as office:

        def file(name: str) -> str:
            (tmp_path / name).write_text(name, "utf-8")
            return office.workspace.files.attach(tmp_path / name)

        visits = office.table("visits.visit")
        first = {
            "day": "20/4/2021", "report": file("Relazione Okafor.pdf"), "leaflet": file("Volantino.rossi"),
            "annexes": [file("Piantina Okafor.pdf"), file("=cmd.pdf")], "draft": file("minuta.txt"),
            "guests": [{"name": "Ada", "consent": file("consenso Ada.pdf")}],
        }  # fmt: skip
        visits.confirm(visits.add(first).doc["id"])
        visits.confirm(visits.add({"day": "21/4/2021", "annexes": [file("Piantina Okafor.pdf")]}).doc["id"])
        visits.add({"day": "22/4/2021", "annexes": [file("bozza.pdf")]})
        yield office


@pytest.fixture
def fill(office: Office, template: Callable[..., Path], tmp_path: Path) -> Callable[[str], Filled]:
    """Fills the register for an audience into `out/visite.xlsx`."""

    def fill(audience: str) -> Filled:
        template(MAP.replace("AUDIENCE", audience))
        found = reports.template(office, "visite")
        period, partner = office.profile.period("2021-Q2"), office.workspace.partner
        [filled] = reports.fill(office, found, period, partner, tmp_path / "out" / "visite.xlsx", attachments=True)
        return filled

    return fill


def names(folder: Path | None) -> list[str]:
    assert folder is not None
    return sorted(path.name for path in folder.iterdir())


def test_an_auditor_gets_the_files_of_the_records_that_are_in_the_workbook(fill: Callable[[str], Filled]) -> None:
    filled = fill("audit")
    assert filled.attachments == filled.path.with_name("visite_allegati")
    assert names(filled.attachments) == [
        "2021-0001_Allegati-1_Piantina Okafor.pdf", "2021-0001_Allegati-2__cmd.pdf", "2021-0001_Presenti-1-Consenso_consenso Ada.pdf",
        "2021-0001_Relazione_Relazione Okafor.pdf", "2021-0001_Volantino_Volantino.rossi", "2021-0002_Allegati-1_Piantina Okafor.pdf",
        "indice.csv",
    ]  # fmt: skip
    assert filled.held_back == 1, "what never leaves the office"
    with (filled.attachments / "indice.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert rows[0]["record"] == "2021/0001"
    assert rows[0]["campo"] == "Relazione"
    assert rows[0]["hash"].startswith("sha256:")


def test_lead_and_public_get_no_personal_file_and_no_name_of_anybody(fill: Callable[[str], Filled]) -> None:
    lead = fill("lead")
    assert names(lead.attachments) == [
        "2021-0001_Allegati-1.pdf", "2021-0001_Allegati-2.pdf", "2021-0001_Volantino", "2021-0002_Allegati-1.pdf", "indice.csv",
    ]  # fmt: skip
    assert lead.held_back == 3
    assert lead.attachments is not None
    told = (lead.attachments / "indice.csv").read_text("utf-8-sig")
    assert not any(word in told for word in ("Okafor", "Ada", "rossi", "cmd"))
    assert names(fill("public").attachments) == ["2021-0001_Volantino", "indice.csv"]


def test_filling_again_replaces_the_folder_but_never_somebody_elses(fill: Callable[[str], Filled]) -> None:
    filled = fill("lead")
    assert filled.attachments is not None
    assert fill("lead").attachments == filled.attachments
    (filled.attachments / "mio.txt").write_text("mio", "utf-8")
    with pytest.raises(ReportError, match="holds other things"):
        fill("lead")
    assert (filled.attachments / "mio.txt").read_text("utf-8") == "mio"


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_lost_or_changed_file_is_named_and_nothing_is_written(
    office: Office, fill: Callable[[str], Filled], tmp_path: Path, damage: str
) -> None:
    doc = office.table("visits.visit").one("2021/0001")
    kept = office.workspace.files.file(doc["annexes"][1])
    kept.unlink() if damage == "missing" else kept.write_text("altro", "utf-8")
    with pytest.raises(ReportError) as caught:
        fill("lead")
    [problem] = caught.value.problems
    assert "Visita 2021/0001, Allegati 2" in problem.text("it")
    assert "intarsi attachment repair" in problem.text("it")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_without_the_wish_there_is_no_folder(office: Office, template: Callable[..., Path], tmp_path: Path) -> None:
    template(MAP.replace("AUDIENCE", "audit"))
    period, partner = office.profile.period("2021-Q2"), office.workspace.partner
    [filled] = reports.fill(office, reports.template(office, "visite"), period, partner, tmp_path / "out")
    assert filled.attachments is None
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".xlsx"]
