"""Which register a workbook is for, as offices make them: titles above, headings of their own, columns nobody asked for."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from intarsi_tui.exchange.looking import look
from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project.workspace import Workspace, create_workspace

# Register, file name, sheet, the rows.
BOOKS: list[tuple[str, str, str, list[list[object]]]] = [
    ("training.course", "formazione", "Foglio1", [
        ["Elenco corsi 2021"], [],
        ["Cod.", "Titolo del corso", "Ediz.", "Dal", "Al", "Ore", "Sede", "Comune", "Docente"],
        ["F1", "Tutela dei minori", 1, "1/3/2021", "30/3/2021", 24, "Sala Arancio", "Rimini", "Bruni Paola"]]),
    ("training.session", "calendario", "Lezioni", [
        ["Corso", "Data", "Ora inizio", "Ora fine", "Argomento trattato", "Docente", "Aula"],
        ["F1", "4/3/2021", "9:00", "13:00", "Diritto d'asilo", "Bruni Paola", "A2"]]),
    ("training.enrolment", "iscritti F1", "Foglio1", [
        ["ISCRITTI AL CORSO F1"],
        ["N.", "Corso", "Cognome e nome operatore", "Ente", "Data iscrizione", "Ore freq."],
        [1, "F1", "D'Amico Luca", "Coop. Ippogrifo", "12/2/2021", 20]]),
    ("training.certificate", "attestati_2021", "Foglio1", [
        ["Operatore", "Corso", "Ore frequentate", "Data rilascio", "Firmato da", "Consegnato il"],
        ["D'Amico Luca", "F1", 20, "2/4/2021", "Bruni Paola", "9/4/2021"]]),
    ("registry.person", "beneficiari", "Foglio1", [
        ["Comune di Rimini - Servizio accoglienza"], ["Elenco beneficiari al 31/12/2021"], [],
        ["N.", "Cognome", "Nome", "Sesso", "Nato il", "Nato a", "Nazionalità", "Residenza", "Permesso", "Note"],
        [1, "Tesfay", "Helen", "F", "1/5/1990", "Asmara", "Eritrea", "Rimini", "asilo", ""]]),
    ("registry.person", "persone", "Destinatari", [
        ["Cognome", "Nome", "Genere", "Data nascita", "Cittadinanza", "Lingua", "Presa in carico"],
        ["Haddad", "Omar", "M", "3/2/1985", "Siria", "arabo", "10/1/2021"]]),
    ("registry.operator", "personale", "Operatori", [
        ["Cognome", "Nome", "Codice fiscale", "E-mail", "Ente", "Qualifica", "Settore"],
        ["Bianchi", "Giulia", "", "g.bianchi@example.org", "Comune di Rimini", "assistente sociale", "pubblico"]]),
    ("registry.operator", "mediatori", "Foglio1", [
        ["Elenco mediatori e operatori del progetto"],
        ["Nominativo", "Cognome", "Nome", "Mail", "Data di nascita", "Sesso", "Ruolo", "Ente di appartenenza", "Comune"],
        ["", "Tesfay", "Hanna", "h.tesfay@example.org", "", "F", "mediatrice", "Coop. Ippogrifo", "Rimini"]]),
    ("registry.household", "famiglie", "Nuclei", [
        ["Nucleo", "Referente", "N. componenti", "di cui minori", "Comune", "Data presa in carico", "Assistente sociale"],
        ["N1", "Tesfay", 4, 2, "Rimini", "10/1/2021", "Bianchi Giulia"]]),
    ("registry.body", "rubrica", "Rubrica enti", [
        ["Ente", "Tipo", "Via", "Comune", "Telefono", "Email", "Referente", "P. IVA"],
        ["Coop. Ippogrifo", "cooperativa", "via Roma 1", "Rimini", "0541 000000", "info@example.org", "Luca D'Amico", ""]]),
    ("registry.timesheet", "ore_personale", "marzo", [
        ["Riepilogo fogli ore"],
        ["Operatore", "Mese", "Ore progetto", "Altre ore", "Totale ore", "Firmato"],
        ["Bianchi Giulia", "marzo 2021", 40, 100, 140, "2/4/2021"]]),
    ("mediation.intervention", "registro mediazione", "Aprile", [
        ["Registro interventi di mediazione - aprile 2021"], [],
        ["Data", "Dalle", "Alle", "Ore", "Servizio", "Mediatrice", "Lingua", "Beneficiari", "Scuola", "Note"],
        ["12/4/2021", "9:00", "10:30", 1.5, "mediazione", "Hanna Tesfay", "tigrino", "D-7K3QX", "", ""]]),
    ("mediation.school_request", "richieste scuole", "Foglio1", [
        ["Data", "Scuola", "Referente", "Classe", "Lingua", "Motivo della richiesta", "Ore richieste"],
        ["2/3/2021", "IC Alighieri", "Verdi Anna", "3B", "arabo", "colloquio", 4]]),
    ("mediation.school_enrolment", "iscrizioni", "Iscrizioni scolastiche", [
        ["Minore", "Scuola", "Data", "A.S.", "Classe", "Documenti mancanti"],
        ["D-7K3QX", "IC Alighieri", "10/9/2021", "2021/2022", "3B", ""]]),
    ("cohousing.unit", "appartamenti", "Alloggi", [
        ["Codice", "Indirizzo", "Comune", "Posti", "Camere", "Bagni", "Mq", "Canone", "Proprietario"],
        ["RN-A2", "via Roma 3", "Rimini", 4, 2, 1, 70, 500, ""]]),
    ("cohousing.placement", "ospiti", "Inserimenti", [
        ["Alloggio", "Nucleo", "Data ingresso", "Camera", "Scadenza", "Data uscita", "Note"],
        ["RN-A2", "N1", "1/3/2021", "1", "1/9/2021", "", ""]]),
    ("cohousing.contribution", "contributi", "2021", [
        ["Contributi alle famiglie"], ["Data", "Nucleo", "Tipo", "Euro", "Mese", "N. ricevuta", "Note"],
        ["1/3/2021", "N1", "affitto", 200, "marzo", "12", ""]]),
    ("cohousing.goods", "consegne", "Foglio1", [
        ["Consegna beni"], ["Data", "Nucleo", "Descrizione", "Quantità", "Valore €", "Consegnato da"],
        ["1/3/2021", "N1", "letto singolo", 2, 100, "Bianchi"]]),
    ("cohousing.housing_meeting", "incontri", "Incontri abitare", [
        ["Data", "Dalle", "Alle", "Sede", "Temi trattati", "N. presenti", "Esperto"],
        ["5/3/2021", "15:00", "17:00", "Sala Arancio", "spese di casa", 8, "Neri Carlo"]]),
    ("governance.meeting", "verbali", "Foglio1", [
        ["Incontri del tavolo di coordinamento"],
        ["Data", "Tavolo", "Luogo", "Ordine del giorno", "N. presenti", "Verbalizzante", "Decisioni"],
        ["5/3/2021", "Tavolo RN", "Comune", "avvio", 8, "Neri Carlo", ""]]),
    ("governance.agreement", "protocolli", "Accordi", [
        ["Titolo", "Tipo", "Data firma", "Scadenza", "N. protocollo"],
        ["Protocollo scuole", "protocollo", "5/3/2021", "5/3/2023", "123"]]),
    ("dissemination.material", "materiali", "Foglio1", [
        ["Prodotti editoriali"], ["Titolo", "Tipo", "Autore", "Data", "Lingua", "Formato", "Versione"],
        ["Guida ai servizi", "opuscolo", "Comune di Rimini", "5/3/2021", "italiano", "pdf", "1"]]),
    ("dissemination.distribution", "diffusione", "Foglio1", [
        ["Registro di diffusione"], ["Data", "Materiale", "Canale", "N. copie", "Destinatari", "Luogo"],
        ["5/3/2021", "Guida ai servizi", "scuole", 100, "insegnanti", "Rimini"]]),
    ("dissemination.event", "eventi", "Foglio1", [
        ["Evento", "Tipologia", "Data", "Ora inizio", "Ora fine", "Sede", "Relatori", "N. partecipanti"],
        ["Giornata del rifugiato", "convegno", "20/6/2021", "9:00", "13:00", "Teatro", "Neri Carlo", 80]]),
    ("training.course", "Elenco", "Corsi", [
        ["Titolo", "Inizio", "Fine", "Ore", "Sede", "Note"], ["Tutela dei minori", "1/3/2021", "30/3/2021", 24, "", ""]]),
    ("dissemination.event", "Elenco2", "Foglio1", [
        ["Eventi pubblici 2021"], ["Titolo", "Data", "Luogo", "Presenti", "Note"],
        ["Giornata del rifugiato", "20/6/2021", "Teatro", 80, ""]]),
    ("governance.meeting", "riunioni", "Riunioni", [
        ["Data", "Ora inizio", "Ora fine", "Luogo", "Presenti"], ["5/3/2021", "15:00", "17:00", "Comune", 8]]),
    ("registry.household", "Cartel1", "Nuclei familiari", [
        ["Codice", "Comune", "Componenti", "Note"], ["N1", "Rimini", 4, ""]]),
    ("cohousing.unit", "Elenco alloggi 2021", "Foglio1", [
        ["Codice", "Indirizzo", "Comune", "Referente", "Telefono"], ["RN-A2", "via Roma 3", "Rimini", "Bianchi", ""]]),
    ("registry.operator", "Cartel2", "Foglio1", [
        ["Operatori del progetto"], ["Cognome", "Nome", "Data di nascita", "Comune"], ["Bianchi", "Giulia", "", "Rimini"]]),
    ("registry.body", "Cartel3", "Scuole ed enti", [
        ["Nome", "Comune", "Indirizzo", "Telefono"], ["IC Alighieri", "Rimini", "via Dante 1", ""]]),
    ("training.session", "Cartel4", "Lezioni", [
        ["Data", "Dalle", "Alle", "Ore", "Sede"], ["5/3/2021", "15:00", "17:00", 2, "Comune"]]),
    ("mediation.intervention", "Cartel5", "Foglio1", [
        ["Mediazioni svolte"], ["Data", "Dalle", "Alle", "Ore", "Lingua"], ["5/3/2021", "15:00", "17:00", 2, "arabo"]]),
    ("cohousing.housing_meeting", "Cartel6", "Incontri sull'abitare", [
        ["Data", "Dalle", "Alle", "Luogo", "Presenti"], ["5/3/2021", "15:00", "17:00", "Comune", 8]]),
    ("registry.referral", "Cartel7", "Segnalazioni", [
        ["Data", "Ente", "Famiglia", "Esito", "Note"], ["5/3/2021", "Prefettura", "Tesfay", "", ""]]),
    ("dissemination.practice", "Cartel8", "Buone prassi", [
        ["Nome", "Tipo", "Descrizione", "Materiali"], ["Sportello mobile", "servizio", "", ""]]),
    # What fits several registers alike is asked.
    ("", "Cartel9", "Foglio1", [["Cognome", "Nome", "Data di nascita", "Comune"], ["Bianchi", "Giulia", "", "Rimini"]]),
    ("", "Cartel10", "Foglio1", [["Data", "Comune", "Note"], ["5/3/2021", "Rimini", ""]]),
    ("", "Cartel11", "Foglio1", [["Data", "Dalle", "Alle"], ["5/3/2021", "15:00", "17:00"]]),
    ("", "Cartel12", "Foglio1", [["Titolo", "Tipo", "Data"], ["Giornata", "convegno", "5/3/2021"]]),
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with the registers that are shipped; nothing is written to it here."""
    made = create_workspace(tmp_path_factory.mktemp("guessing") / "rimini", "rimini")
    with open_office(Workspace(made.path), "it") as office:
        yield office


def book(folder: Path, name: str, sheet: str, rows: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    made.save(folder / f"{name}.xlsx")
    return folder / f"{name}.xlsx"


@pytest.mark.parametrize(("table", "name", "sheet", "rows"), BOOKS, ids=[one[1] for one in BOOKS])
def test_the_register_of_a_workbook_is_guessed(
    table: str, name: str, sheet: str, rows: list[list[object]], shipped: Office, tmp_path: Path
) -> None:
    found, _rows = look(shipped, book(tmp_path, name, sheet, rows), None, "")
    assert found.table == table
