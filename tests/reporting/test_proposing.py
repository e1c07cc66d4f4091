"""Proposed maps: headers of partners' workbooks that are called like fields."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from intarsi_tui.host.office import Office
from intarsi_tui.records.header_words import ENOUGH, best, counted, likeness
from intarsi_tui.reporting.proposing import propose
from intarsi_tui.reporting.template import load_template

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("CITTADINANZA", "Cittadinanza"), ("Ore\nfrequentate", "Ore frequentate"), ("Cod. lingua", "Codice lingua"),
        ("Modalita'", "Modalità"), ("Chiuso il", "Chiusura"), ("Data dell'ingresso", "Data ingresso"),
        ("Motivo", "Motivo chiusura"), ("Qualifca", "Qualifica"),
    ],
)  # fmt: skip
def test_headers_are_known_whatever_case_accents_breaks_and_abbreviations(header: str, label: str) -> None:
    assert likeness(header, label) >= ENOUGH


@pytest.mark.parametrize(
    ("header", "label"), [("Cognome", "Nome"), ("Firma", "Data"), ("Ente", "Presente"), ("", "Data"), ("***", "Data")]
)
def test_other_words_are_not_taken_for_the_same(header: str, label: str) -> None:
    assert likeness(header, label) < ENOUGH


def test_the_nearest_are_named_when_none_is_near_enough() -> None:
    assert best("Cognme del padre", {"surname": ["Cognome"], "day": ["Giorno"]})[:2] == ("", ["surname"])
    assert (counted("N. persone"), counted("Nome")) == ("persone", "")


@pytest.fixture
def propose_for(visits: Office, tmp_path: Path) -> Callable[..., str]:
    """The map proposed for a sheet with these headers in row 3; it must pass its check."""

    def propose_for(*headers: str) -> str:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Visite"
        sheet["B1"], sheet["C1"] = "{{cup}}", "{{boh}}"
        for column, header in enumerate(headers, start=2):
            sheet.cell(3, column).value = header
        book.save(tmp_path / "visite.xlsx")
        text = propose(visits, tmp_path / "visite.xlsx", "visits.visit").toml()
        (tmp_path / "visite.map.toml").write_text(text, "utf-8")
        assert load_template(tmp_path / "visite.map.toml", visits).problems == []
        return text

    return propose_for


def test_labels_of_both_languages_links_codes_and_counts_are_proposed(propose_for: Callable[..., str]) -> None:
    text = propose_for("GIORNO", "Kind", "Cognome famiglia", "Cod. ISTAT", "N. presenti", "Numero\nvisita", "Firma")
    wanted = {
        "GIORNO": "day", "Kind": "kind", "Cognome famiglia": "family.surname", "Cod. ISTAT": "town#code",
        "N. presenti": "count(guests)", "Numero visita": "number",
    }  # fmt: skip
    assert [line for line in text.splitlines() if line.startswith('"') and "{{" not in line] == [
        f'"{header}" = "{path}"' for header, path in wanted.items()
    ]
    assert 'at = "Visite!B4"' in text
    assert '"{{cup}}" = "profile.cup"' in text
    assert '# "{{boh}}" = ' in text
    assert '# "Firma" = ' in text


def test_rows_inside_a_record_are_proposed_as_rows(propose_for: Callable[..., str]) -> None:
    text = propose_for("Nome", "Tempo")
    assert 'each = "guests"' in text
    assert '"Nome" = "guests.name"' in text


def test_one_word_in_common_makes_no_block(propose_for: Callable[..., str]) -> None:
    text = propose_for("Giorno", "Qualcosa", "Altro ancora")
    assert "[[blocks]]" not in text
    assert '# "Giorno" = "day"' in text


def test_a_header_cannot_write_into_the_map(propose_for: Callable[..., str]) -> None:
    assert 'audience = "public"' not in propose_for("Giorno", "Tipo", 'x"\naudience = "public" #').splitlines()


def test_formula_columns_of_a_table_are_left_out(visits: Office, template: Write) -> None:
    file = template()
    book = load_workbook(file.with_name("visite.xlsx"))
    for row in range(6, 26):
        book["Visite"].cell(row, 4).value = "=1"
    book.save(file.with_name("visite.xlsx"))
    found = propose(visits, file.with_name("visite.xlsx"), "visits.visit")
    assert "Durata" not in found.blocks["Elenco"]
