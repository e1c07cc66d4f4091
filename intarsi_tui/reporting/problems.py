"""What can be wrong with a map, a template or a request for a report: code, file, place, and both wordings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..records.labels import Label

# fmt: off - one wording a line
WORDINGS: dict[str, Label] = {
    code: Label(it, en)
    for code, it, en in (
        ("bad_toml", "non è un TOML valido: {detail}", "is not valid TOML: {detail}"),
        ("bad_map", "{detail}: manca o non è del tipo giusto", "{detail}: missing or not of the right type"),
        (
            "unknown_key",
            "«{value}» non fa parte del formato delle mappe{hint}",
            "“{value}” is not part of the map format{hint}",
        ),
        (
            "newer_map",
            "è scritta per il formato {value}; qui vale il formato 1: aggiornare il programma",
            "is written for format {value}; this program reads format 1: update the program",
        ),
        (
            "no_template",
            "manca la cartella di lavoro {value} accanto alla mappa",
            "the workbook {value} is missing beside the map",
        ),
        ("no_such_audience", "destinatario «{value}»: usare {choices}", "audience “{value}”: use {choices}"),
        ("no_such_record", "«{value}» non è un registro caricato{hint}", "“{value}” is not a loaded register{hint}"),
        (
            "no_such_field",
            "«{value}»: {table} non ha il campo «{detail}»{hint}",
            "“{value}”: {table} has no field “{detail}”{hint}",
        ),
        (
            "no_such_value",
            "«{value}»: dopo «{detail}» ci può essere {choices}",
            "“{value}”: after “{detail}” there may be {choices}",
        ),
        ("no_such_start", "«{value}»: deve cominciare con {choices}", "“{value}”: must begin with {choices}"),
        (
            "rows_need_a_field",
            "«{value}» è una tabella: dire quale colonna, con un punto: {choices}",
            "“{value}” is a table: say which column, after a dot: {choices}",
        ),
        (
            "no_link_here",
            "«{value}»: «{detail}» non porta a {table}; ci portano: {choices}",
            "“{value}”: “{detail}” does not lead to {table}; these do: {choices}",
        ),
        ("not_a_list", "«{value}»: «{detail}» non è un elenco", "“{value}”: “{detail}” is not a list"),
        ("not_a_quantity", "«{value}»: «{detail}» non è una quantità", "“{value}”: “{detail}” is not a quantity"),
        ("no_such_scope", "scope «{value}»: usare {choices}", "scope “{value}”: use {choices}"),
        ("two_scopes", "scope: uno solo tra {choices}", "scope: only one of {choices}"),
        ("not_a_date", "«{value}» non è una data", "“{value}” is not a date"),
        ("bad_filter", "filtro «{value}»: {detail}", "filter “{value}”: {detail}"),
        (
            "not_for_audience",
            "«{value}» è un dato {detail}: in un foglio per «{table}» non può comparire; usare lo pseudonimo o toglierlo",
            "“{value}” is {detail} data: it cannot appear in a workbook for “{table}”; use the pseudonym or take it out",
        ),
        (
            "never_leaves",
            "«{value}» non esce mai dall'ufficio: toglierlo dalla mappa",
            "“{value}” never leaves the office: take it out of the map",
        ),
        (
            "damaged_value",
            "«{value}» non è leggibile ({detail}): correggere il record, che intarsi check mostra, e ripetere",
            "“{value}” cannot be read ({detail}): correct the record, which intarsi check shows, and repeat",
        ),
        (
            "no_such_cell",
            "«{value}» non è un foglio, un nome né una cella della cartella di lavoro{hint}",
            "“{value}” is no sheet, name or cell of the workbook{hint}",
        ),
        (
            "no_such_column",
            "la colonna «{value}» non è in «{detail}»; ci sono: {choices}",
            "the column “{value}” is not in “{detail}”; there are: {choices}",
        ),
        (
            "not_yet_valid",
            "vale dal {value}: per il periodo chiesto serve un altro modello",
            "is valid from {value}: the period asked for needs another template",
        ),
        (
            "no_such_report",
            "il modello «{value}» non c'è; ci sono: {choices}",
            "there is no template “{value}”; there are: {choices}",
        ),
        (
            "no_map",
            "{value} non ha ancora una mappa: proporne una con intarsi report map",
            "{value} has no map yet: propose one with intarsi report map",
        ),
        (
            "nothing_to_report",
            "nessun dato di {detail} per {value}: controllare periodo, partner e stato dei record (contano i confermati, se il modello lo chiede)",
            "no data of {detail} for {value}: check period, partner and state of the records (confirmed ones count, if the template asks so)",
        ),
        (
            "cannot_write",
            "non si può scrivere {value}: {detail}; chiuderlo se è aperto in Excel, o scegliere un altro posto con -o",
            "{value} cannot be written: {detail}; close it if it is open in Excel, or choose another place with -o",
        ),
        (
            "several_workbooks",
            "servono {detail} cartelle di lavoro: indicare una cartella con -o, non il file {value}",
            "{detail} workbooks are needed: name a folder with -o, not the file {value}",
        ),
        (
            "no_libreoffice",
            "per il PDF serve LibreOffice, che qui non c'è: {value} è scritto e si può stampare da Excel",
            "a PDF needs LibreOffice, which is not here: {value} is written and can be printed from Excel",
        ),
        (
            "no_pdf",
            "LibreOffice non ha fatto il PDF di {value}: {detail}",
            "LibreOffice did not make the PDF of {value}: {detail}",
        ),
        (
            "no_period",
            "le celle del periodo dicono «{value}», che non è un periodo del progetto: indicarlo con --period",
            "the period's cells say “{value}”, which is no period of the project: name it with --period",
        ),
        (
            "other_period",
            "le celle del periodo dicono «{value}», --period «{detail}»: togliere --period, o correggere le celle",
            "the period's cells say “{value}”, --period says “{detail}”: leave --period out, or correct the cells",
        ),
        (
            "no_partner",
            "la cella del partner dice «{value}», che non è un partner del progetto: correggerla, o indicarlo con --partner; ci sono: {choices}",
            "the partner's cell says “{value}”, which is no partner of the project: correct it, or name it with --partner; there are: {choices}",
        ),
        (
            "other_partner",
            "la cella del partner dice «{value}», --partner «{detail}»: togliere --partner, o correggere la cella",
            "the partner's cell says “{value}”, --partner says “{detail}”: leave --partner out, or correct the cell",
        ),
        (
            "other_about",
            "le celle dicono che tratta di «{value}», --only «{detail}»: togliere --only, o correggere le celle",
            "its cells say that it is about “{value}”, --only says “{detail}”: leave --only out, or correct the cells",
        ),
        (
            "no_about",
            "non si capisce di quale record di «{value}» tratta: indicarlo con --only",
            "it is not clear which record of “{value}” it is about: name it with --only",
        ),
        (
            "not_of_template",
            "non ha i fogli di {value}: {detail}; è un file compilato da questo modello?",
            "does not have the sheets of {value}: {detail}; was it filled from this template?",
        ),
        ("sheet", "{detail}", "{detail}"),
        ("attachment", "{detail}", "{detail}"),
        (
            "not_our_folder",
            "{value} contiene altro oltre agli allegati di un report: spostarlo, o scegliere un altro posto con -o",
            "{value} holds other things than a report's attachments: move it, or choose another place with -o",
        ),
    )
}
# fmt: on

PRIVACY_WORDS = {
    "internal": Label("interno", "internal"),
    "personal": Label("personale", "personal"),
    "special": Label("particolare", "special"),
}


@dataclass(frozen=True)
class ReportProblem:
    """One thing that is wrong.

    Parameters:
        code: key of `WORDINGS`.
        file: name of the map or workbook.
        where: the line of the map that is meant, such as `[cells] Foglio1!B3`.
        severity: a warning is shown and the report is filled all the same.
    """

    code: str
    file: str
    where: str = ""
    value: object = ""
    detail: object = ""
    table: str = ""
    hint: str = ""
    choices: Sequence[str] = field(default=())
    severity: Literal["error", "warning"] = "error"
    cause: Any = None

    def text(self, lang: str) -> str:
        """File, place and sentence in `lang`."""
        detail = self.cause.text(lang) if self.cause is not None else self.detail
        if self.code == "not_for_audience" and (word := PRIVACY_WORDS.get(str(detail))):
            detail = word(lang)
        sentence = WORDINGS[self.code](lang).format(
            value=self.value, detail=detail, table=self.table, hint=self.hint, choices=", ".join(self.choices)
        )
        if self.cause is not None and not self.where and sentence.startswith((f"{self.file}:", f"{self.file},")):
            return sentence  # the sheets engine has named the file already
        return f"{self.file} {self.where}: {sentence}" if self.where else f"{self.file}: {sentence}"


class ReportError(Exception):
    """A report was refused; `problems` says why. Nothing was written."""

    def __init__(self, problems: Sequence[ReportProblem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.text("en") for problem in problems))


def damaged(file: str, doc: Any, what: str, error: Exception) -> ReportError:
    """A stored value that its field cannot have: what was asked of the record, and why that failed."""
    where = str(doc.get("number") or doc.get("id", ""))
    return ReportError([ReportProblem("damaged_value", file, where, value=what, detail=error)])


# What the kinds raise on values that were written past them.
DAMAGE = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError)
