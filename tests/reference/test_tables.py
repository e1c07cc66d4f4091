"""Code tables: what they hold, how they are searched, what a workspace may change."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intarsi_tui.reference import tables
from intarsi_tui.reference.tables import (
    TableError,
    circuit_names,
    circuit_on,
    circuits,
    countries,
    find,
    fold,
    label,
    languages,
    municipalities,
    overlay,
    permit_types,
)

EVERY_TABLE = (circuits, countries, languages, municipalities, permit_types)


@pytest.fixture(autouse=True)
def no_overlay() -> Iterator[None]:
    yield
    overlay(None)


def codes(found: list[tables.Entry]) -> list[str]:
    return [entry.code for entry in found]


def test_every_municipality_of_the_region_is_there() -> None:
    provinces = Counter(entry.extra["province"] for entry in municipalities().values())
    assert provinces == {"PC": 46, "PR": 44, "RE": 42, "MO": 47, "BO": 55, "FE": 21, "RA": 18, "FC": 30, "RN": 27}
    assert len({entry.extra["cadastral"] for entry in municipalities().values()}) == 330


@pytest.mark.parametrize(
    ("name", "istat", "cadastral", "province"),
    [
        ("Modena", "036023", "F257", "MO"),
        ("Reggio nell'Emilia", "035033", "H223", "RE"),
        ("Parma", "034027", "G337", "PR"),
        ("Piacenza", "033032", "G535", "PC"),
        ("Ravenna", "039014", "H199", "RA"),
        ("Rimini", "099014", "H294", "RN"),
        ("Cesena", "040007", "C573", "FC"),
        ("Bagno di Romagna", "040001", "A565", "FC"),
        ("Mercato Saraceno", "040020", "F139", "FC"),
        ("Montiano", "040028", "F668", "FC"),
        ("Sarsina", "040044", "I444", "FC"),
        ("Verghereto", "040050", "L764", "FC"),
    ],
)
def test_a_municipality_has_its_istat_and_cadastral_code(name: str, istat: str, cadastral: str, province: str) -> None:
    entry = municipalities()[istat]
    assert (entry.it, entry.extra["cadastral"], entry.extra["province"]) == (name, cadastral, province)


@pytest.mark.parametrize(
    ("code", "alpha3", "istat", "z_code"),
    [
        ("NG", "NGA", "443", "Z335"),
        ("SY", "SYR", "348", "Z240"),
        ("AF", "AFG", "301", "Z200"),
        ("SO", "SOM", "453", "Z345"),
        ("ER", "ERI", "466", "Z368"),
        ("UA", "UKR", "243", "Z138"),
        ("MA", "MAR", "436", "Z330"),
        ("GM", "GMB", "422", "Z317"),
        ("ML", "MLI", "435", "Z329"),
        ("CI", "CIV", "404", "Z313"),
        ("PK", "PAK", "344", "Z236"),
        ("BD", "BGD", "305", "Z249"),
        ("PS", "PSE", "324", "Z161"),
        ("XK", "XKX", "272", "Z160"),
    ],
)
def test_a_country_is_found_by_any_of_its_codes(code: str, alpha3: str, istat: str, z_code: str) -> None:
    for typed in (code, alpha3, istat, z_code, alpha3.lower()):
        assert codes(find("countries", typed, exact=True)) == [code]


def test_free_movement_covers_the_union_the_eea_and_switzerland() -> None:
    eu = {code for code, entry in countries().items() if entry.extra["eu"] == "yes"}
    assert {"IT", "RO", "HR", "CY"} <= eu
    assert not {"GB", "CH", "NO", "AL", "XK", "XXA"} & eu
    free = {code for code, entry in countries().items() if entry.extra["free_movement"] == "yes"}
    assert free - eu == {"CH", "IS", "LI", "NO", "SJ"}
    assert countries()["XXX"].extra["free_movement"] == ""


def test_the_languages_of_the_families_are_there_and_the_trap_code_is_not() -> None:
    spoken = """tir wol bam ful mnk pnb urd pus prs kmr ckb som amh bin pcm ukr ara fra eng spa por sqi ron rus ben zho
        tgl aka ewe ibo hau yor lin swa orm aar sid tam sin hin pan nep kat hye tur aze fas ita bos hrv srp und"""
    assert set(spoken.split()) <= set(languages())
    # bcs is Kohumono, a language of Nigeria, not Bosnian-Croatian-Serbian.
    assert "bcs" not in languages()


def test_permit_types_say_how_eligibility_starts() -> None:
    defaults = {code: entry.extra["default"] for code, entry in permit_types().items()}
    assert {code for code, default in defaults.items() if default == "eligible"} == {
        "RIC_ASILO",
        "ASILO",
        "PROT_SUSS",
        "ATT_RIC",
    }
    assert set(defaults.values()) == {"eligible", "verify", "no"}
    assert permit_types()["ASILO"].extra["months"] == "60"


def test_a_certificate_of_detention_stands_among_the_permits() -> None:
    (entry,) = find("permit_types", "certificato di detenzione", exact=True)
    assert (entry.code, entry.en, entry.extra["default"]) == ("CERT_DET", "Certificate of detention", "verify")


def test_every_entry_has_a_name_in_both_languages_and_every_file_names_its_source() -> None:
    for table in EVERY_TABLE:
        assert all(entry.it and entry.en for entry in table().values())
    for path in tables.DATA.glob("*.csv"):
        assert path.read_text(encoding="utf-8").startswith("# Source")


def test_no_exact_code_means_two_entries() -> None:
    for table in EVERY_TABLE:
        for entry in table().values():
            for column in tables.CODE_COLUMNS:
                if code := entry.extra.get(column):
                    assert codes(find(table.__name__, code, exact=True)) == [entry.code]


@pytest.mark.parametrize("typed", ["Forlì", "forli", "FORLI'", " Forli ", "040012", "40012", "D704", "d704"])
def test_a_town_is_found_however_it_is_typed(typed: str) -> None:
    assert codes(find("municipalities", typed, exact=True)) == ["040012"]


@pytest.mark.parametrize(
    ("adjective", "code"),
    [("siriana", "SY"), ("Siriano", "SY"), ("nigeriana", "NG"), ("nigerina", "NE"), ("ucraina", "UA")],
)
def test_a_country_is_known_by_what_its_citizens_are_called_in_italian(adjective: str, code: str) -> None:
    assert codes(find("countries", adjective, exact=True)) == [code]


def test_names_of_both_languages_and_usual_names_are_found() -> None:
    assert codes(find("countries", "Ivory Coast")) == codes(find("countries", "costa d avorio")) == ["CI"]
    assert codes(find("municipalities", "Reggio Emilia", exact=True)) == ["035033"]
    assert codes(find("languages", "edo", exact=True)) == ["bin"]


def test_exact_names_come_before_longer_ones_and_those_before_later_words() -> None:
    assert codes(find("countries", "niger")) == ["NE", "NG"]
    assert codes(find("countries", "guinea"))[:1] == ["GN"]
    assert codes(find("languages", "curdo")) == ["ckb", "sdh", "kmr"]
    assert "036037" in codes(find("municipalities", "panaro"))


def test_an_ambiguous_name_is_never_settled_silently() -> None:
    assert codes(find("countries", "Congo", exact=True)) == ["CD", "CG"]
    assert find("languages", "curdo", exact=True) == []
    assert codes(find("languages", "panjabi", exact=True)) == ["pan", "pnb"]


@pytest.mark.parametrize("typed", ["", "  ", "-", "\x1b[31m", "北京"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert find("countries", typed, exact=True) == []
    assert find("countries", "") == []


def test_a_label_is_in_the_language_asked_for_and_an_unknown_code_is_its_own() -> None:
    assert label("countries", "DE", "it") == "Germania"
    assert label("countries", "DE", "en") == "Germany"
    assert label("municipalities", "036023", "en") == "Modena"
    assert label("countries", "ZZ", "it") == "ZZ"


@pytest.mark.parametrize("called", ["SPRAR", "SIPROIMI", "SAI"])
@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2018, 10, 4), "SPRAR"),
        (date(2018, 10, 5), "SIPROIMI"),
        (date(2020, 10, 21), "SIPROIMI"),
        (date(2020, 10, 22), "SAI"),
        (date(2026, 1, 1), "SAI"),
    ],
)
def test_the_second_level_system_has_the_name_it_bore_on_the_day(called: str, day: date, name: str) -> None:
    assert circuit_on(called, day) == name
    assert circuit_names()[name].it.startswith(f"{name} - ")
    assert circuit_names()[name].extra["circuit"] == "SAI"


@given(st.dates(), st.sampled_from(["SPRAR", "SIPROIMI", "SAI"]))
def test_whichever_name_is_given_the_day_alone_decides(day: date, called: str) -> None:
    assert circuit_on(called, day) == circuit_on("SAI", day) == circuit_on(circuit_on(called, day), day)


def test_other_circuits_have_one_name_and_old_names_still_find_the_system() -> None:
    assert circuit_on("CAS", date(2016, 1, 1)) == "CAS"
    assert circuit_on("NUOVO", date(2016, 1, 1)) == "NUOVO"
    assert set(circuits()) - {"SAI"} == set(circuit_names()) - {"SPRAR", "SIPROIMI", "SAI"}
    assert [codes(find("circuits", old, exact=True)) for old in ("SPRAR", "SIPROIMI", "SAI")] == [["SAI"]] * 3


def test_a_workspace_adds_and_replaces_rows(tmp_path: Path) -> None:
    (tmp_path / "languages.csv").write_text("code,it,en\nxyz,Lingua nuova,\nwol,Uolof,Wolof\n", encoding="utf-8")
    before = len(languages())
    overlay(tmp_path)
    assert len(languages()) == before + 1
    assert label("languages", "wol", "it") == "Uolof"
    assert label("languages", "xyz", "en") == "Lingua nuova"
    overlay(None)
    assert label("languages", "wol", "it") == "Wolof"
    assert "xyz" not in languages()


def test_a_workspace_renames_a_circuit_from_a_day_on(tmp_path: Path) -> None:
    text = "code,valid_from,valid_to,it\nSAI,,2029-12-31,SAI\nSAI,2030-01-01,,Nuovo nome\n"
    (tmp_path / "circuits.csv").write_text(text, encoding="utf-8")
    overlay(tmp_path)
    assert circuit_on("SAI", date(2029, 12, 31)) == "SAI"
    assert circuit_on("SAI", date(2030, 1, 1)) == "Nuovo nome"
    assert "SPRAR" not in circuit_names()
    assert label("circuits", "SAI", "it") == "Nuovo nome"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_saved_by_excel_is_read(tmp_path: Path, encoding: str) -> None:
    text = '"# Fonte: ufficio, 2026";;\r\ncode;it;en\r\nper;Però;\r\n;;\r\n'
    (tmp_path / "languages.csv").write_bytes(text.encode(encoding))
    overlay(tmp_path)
    assert label("languages", "per", "it") == "Però"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "columns"),
        ("# nota\nname,it\n", 2, "columns"),
        ("# nota\ncode,it\nabc,Uno\n,Due\n", 4, "code"),
        ("code,it\nabc,\n", 2, "name"),
        ("code,it\nabc,Uno, due\n", 2, "cells"),
        ("code,it,valid_from\nabc,Uno,05/10/2018\n", 2, "date"),
    ],
)
def test_a_table_that_cannot_be_used_names_file_line_and_problem_and_changes_nothing(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    (tmp_path / "circuits.csv").write_text("code,it\nXYZ,Nuovo\n", encoding="utf-8")
    (tmp_path / "languages.csv").write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        overlay(tmp_path)
    assert (caught.value.path.name, caught.value.line, caught.value.problem) == ("languages.csv", line, problem)
    assert "XYZ" not in circuits()


def test_a_folder_without_tables_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "schools.csv").write_text("whatever", encoding="utf-8")
    overlay(tmp_path)
    overlay(tmp_path / "missing")
    assert label("countries", "IT", "en") == "Italy"


def test_folding_keeps_letters_of_other_scripts() -> None:
    assert fold("  Côte   d’Ivoire ") == "cote d ivoire"
    assert fold("Київ!") == fold("київ")


def test_the_package_starts_without_anything_heavy() -> None:
    heavy = {"holidays", "codicefiscale", "pycountry", "pydantic", "textual", "click", "dataclasses"}
    script = (
        "import sys; from intarsi_tui.reference import holidays, identifiers, tables; tables.find('countries', 'x');"
        f"print({heavy} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
