"""What goes out is looked through: names, codes, days of birth, telephones, addresses. And what was published stays."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from intarsi_dissemination.personal_data import Known, scan
from intarsi_dissemination.texts import NoText, text_of
from intarsi_tui.host.acting import act
from intarsi_tui.host.office import Office
from intarsi_tui.records.problems import Problem, Rejected
from intarsi_tui.reference.identifiers import make_provisional, make_tax_code

from ..conftest import program
from .conftest import about

Add = Callable[..., dict[str, Any]]
NOBODY = Known(frozenset(), frozenset(), frozenset())
CODE = make_tax_code("Haile", "Amina", "F", date(1990, 4, 3), "Z315")
OWN, OTHER = make_provisional(1234567, 777), make_provisional(7654321, 777)
HAILE = Known(frozenset({("amina", "haile")}), frozenset({OWN}), frozenset({"1990-04-03"}))


def kinds(text: str, known: Known = NOBODY) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in scan(text, known)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la signora Amina HAILÉ racconta", ("name", "Amina HAILÉ")),
        ("Haile, Amina", ("name", "Haile Amina")),
        (f"c.f. {CODE.lower()}", ("tax_code", CODE.lower())),
        ("c.f. ABCDEF90D43Z315A", ("like_tax_code", "ABCDEF90D43Z315A")),
        (f"provvisorio {OWN}", ("tax_code", OWN)),
        ("il 03/04/1990", ("birth_date", "03/04/1990")),
        ("nata a Asmara il 5.6.1991", ("birth_date", "5.6.1991")),
        ("1990-04-03", ("birth_date", "1990-04-03")),
        ("tel. 347 123 4567", ("phone", "347 123 4567")),
        ("+39 0541 123456", ("phone", "+39 0541 123456")),
        ("0541-123456", ("phone", "0541-123456")),
        ("scrivere a a.haile+1@example.org", ("email", "a.haile+1@example.org")),
    ],
)
def test_likely_personal_data_is_named(text: str, found: tuple[str, str]) -> None:
    assert found in kinds(text, HAILE)


@pytest.mark.parametrize(
    "text",
    [
        "Progetto PROG-2832, CUP I69E19001100002, dal 10/01/2020 al 30/06/2022", "Haile e Amina sono nomi diffusi", f"P. IVA {OTHER}",
        "1.234.567,89 euro in 12 mesi, art. 3 c. 2, 2020/0012", "sha256 0123456789abcdef",
    ],
)  # fmt: skip
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert kinds(text, HAILE) == []


def docx(path: Path) -> Path:
    runs = "<w:p><w:r><w:t>Ami</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>na</w:t></w:r><w:r><w:t> Haile &amp; C.</w:t></w:r></w:p>"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document><w:body>{runs}<w:p><w:t>347 1234567</w:t></w:p></w:body></w:document>"
        )
        package.writestr("word/styles.xml", "<w:t>not a text</w:t>")
    return path


def test_documents_workbooks_and_texts_are_read(tmp_path: Path) -> None:
    assert "Amina Haile & C.\n347 1234567" in text_of(docx(tmp_path / "a"), "scheda.DOCX")
    assert "not a text" not in text_of(tmp_path / "a", "scheda.docx")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Amina Haile", date(1990, 4, 3), 3471234567])
    book.save(tmp_path / "b.xlsx")
    assert [kind for kind, _ in kinds(text_of(tmp_path / "b.xlsx", "b.xlsx"), HAILE)] == ["name", "birth_date", "phone"]
    (tmp_path / "c.txt").write_bytes("Forlì, età".encode("cp1252"))
    assert text_of(tmp_path / "c.txt", "c.txt") == "Forlì, età"


@pytest.mark.parametrize(("name", "why"), [("a.docx", "damaged"), ("a.xlsx", "damaged"), ("a.png", "unknown")])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / name).write_bytes(b"no such thing")
    with pytest.raises(NoText) as refused:
        text_of(tmp_path / name, name)
    assert refused.value.why == why


def test_a_pdf_is_read_where_poppler_is_and_said_unread_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program("pdftotext")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(NoText, match="damaged"):
        text_of(tmp_path / "a.pdf", "a.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoText, match="pdf"):
        text_of(tmp_path / "a.pdf", "a.pdf")


def test_the_files_of_materials_are_scanned_before_they_go_out(office: Office, enter: Add, tmp_path: Path) -> None:
    enter("registry.person", draft=True, surname="Haile", given_name="Amina", birth_date="3/4/1990")
    value = office.workspace.files.attach(docx(tmp_path / "caso.docx"))
    enter("dissemination.material", draft=True, title="Casi", type="case_study", date="1/4/2021", files=[value])
    rows = act(office, "dissemination", "scan", {})
    assert [(row["material"], row["file"], row["code"]) for row in rows] == [
        ("Casi 1", "caso.docx", "name"), ("Casi 1", "caso.docx", "phone"),
    ]  # fmt: skip
    alone = act(office, "dissemination", "scan", {"file": str(tmp_path / "caso.docx")})
    assert [row["text"] for row in alone] == ["Amina Haile", "347 1234567"]
    with pytest.raises(Rejected):
        act(office, "dissemination", "scan", {"file": str(tmp_path / "nothing.docx")})


PUBLISHED = {
    "title": "Guida", "type": "guidelines", "date": "1/3/2021", "status": "published", "approved_on": "2/3/2021", "published_on": "9/3/2021",
    "logos_requested_on": "1/3/2021", "logos_answered_on": "3/3/2021", "logos_answer": "approved", "logos_reference": "Prot. 1",
}  # fmt: skip
CHECKLIST = dict.fromkeys(
    ("eu_emblem", "fund_reference", "ministry_named", "prog_code", "cup_shown", "cofinancing_sentence"), "sì"
)


def test_an_exception_from_the_checklist_needs_the_offices_setting_and_a_reason(
    store: Any, problems: Callable[..., list[Problem]]
) -> None:
    lacking = {**PUBLISHED, **CHECKLIST, "eu_emblem": "no"}
    assert about(problems("dissemination.material", **lacking, exception_reason="Ristampa"), "status")
    store.context.profile.settings["publicity_exceptions"] = True
    it, _en = about(problems("dissemination.material", **lacking), "status")
    assert "Emblema UE" in it
    assert "motivo dell'eccezione" in it
    found = problems("dissemination.material", **lacking, exception_reason="Ristampa")
    assert not about(found, "status")
    assert "Ristampa" in about(found, "status", warning=True)[0]


def test_a_published_version_is_superseded_and_never_replaced(store: Any, add: Add) -> None:
    first = add("dissemination.material", **PUBLISHED, **CHECKLIST)
    register = store.register_table("dissemination.material")
    register.confirm(first["id"])
    assert about(register.problems({"title": "Altra guida"}, first["id"]), "title")
    assert not about(register.problems({"printed_copies": 5}, first["id"]), "printed_copies")
    later = {**PUBLISHED, "date": "1/4/2021", "approved_on": "6/4/2021", "published_on": "8/4/2021"}
    add("dissemination.material", **later, **CHECKLIST, version="2", supersedes=first["id"])
    values = {"material": first["id"], "channel": "desk", "copies": 3}
    found = store.register_table("dissemination.distribution").problems({**values, "date": "9/4/2021"})
    assert "08/04/2021" in about(found, "material", warning=True)[0]
    assert not about(
        store.register_table("dissemination.distribution").problems({**values, "date": "7/4/2021"}),
        "material",
        warning=True,
    )


def test_publishing_a_file_with_personal_data_is_a_warning_that_names_the_scan(
    office: Office, enter: Add, tmp_path: Path
) -> None:
    enter("registry.operator", draft=True, surname="Haile", given_name="Amina")
    value = office.workspace.files.attach(docx(tmp_path / "caso.docx"))
    found = office.table("dissemination.material").problems({**PUBLISHED, **CHECKLIST, "files": [value]})
    it, _en = about(found, "files", warning=True)
    assert "caso.docx" in it
    assert "nome in anagrafica" in it
    assert "dissemination scan" in it
