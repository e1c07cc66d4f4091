"""What can be wrong with a file that is to be imported, before any of its rows is looked at."""

from pathlib import Path

from ..records.labels import Label

WORDINGS = {
    "no_such_file": Label("Non c'è nessun file {path}: controllare il nome", "There is no file {path}: check the name"),
    "no_file": Label(
        "{path} non è un file: salvare prima in un file quel che arriva da un altro programma, e indicare quello",
        "{path} is no file: save what comes from another program into a file first, and name that one",
    ),
    "not_readable": Label("{path} non si legge: {detail}", "{path} cannot be read: {detail}"),
    "not_csv": Label(
        "{path}, riga {detail}: non è un CSV leggibile: salvarlo di nuovo come CSV UTF-8 o come .xlsx",
        "{path}, line {detail}: not a readable CSV: save it again as CSV UTF-8 or as .xlsx",
    ),
    "cell_too_long": Label(
        "{path}, riga {detail}: una cella di oltre 131.072 caratteri: forse manca una virgoletta che la chiude",
        "{path}, line {detail}: a cell of more than 131,072 characters: a quote that closes it may be missing",
    ),
    "not_table": Label(
        "{path} non è una tabella: serve una riga di intestazioni e sotto i dati, in .xlsx, .xls, .ods, .csv o .json; da Excel o LibreOffice: Salva con nome, .xlsx",
        "{path} is no table: a row of headings and data below it are needed, in .xlsx, .xls, .ods, .csv or .json; in Excel or LibreOffice: Save as, .xlsx",
    ),
    "numbers": Label(
        "{path} è di Numbers, che altri programmi non leggono: in Numbers scegliere Archivio, Esporta, Excel e importare quel file",
        "{path} was made by Numbers, which no other program reads: in Numbers choose File, Export To, Excel and import that file",
    ),
    "no_such_sheet": Label(
        "{path}: indicare uno dei suoi fogli con --sheet: {detail}",
        "{path}: name one of its sheets with --sheet: {detail}",
    ),
    "not_tinydb": Label("{path} non è un file di TinyDB: {detail}", "{path} is not a TinyDB file: {detail}"),
    "no_such_table": Label(
        "{path}: indicare una delle sue tabelle con --sheet: {detail}",
        "{path}: name one of its tables with --sheet: {detail}",
    ),
    "empty": Label(
        "{path} è vuoto: serve una riga di intestazioni e sotto i dati",
        "{path} is empty: a heading row is needed, and data below it",
    ),
    "no_heading": Label(
        "{path}: nelle prime righe nessuna colonna è di «{record}»; le colonne sono: {detail}",
        "{path}: no column in the first rows belongs to “{record}”; the columns are: {detail}",
    ),
    "twice": Label(
        "{path}: due colonne dicono lo stesso campo: {detail}. Lasciarne una sola",
        "{path}: two columns name the same field: {detail}. Leave one of them",
    ),
    "unknown_columns": Label(
        "{path}: colonne che «{record}» non ha: {detail}. Correggere le intestazioni, o ripetere con --ignore-unknown",
        "{path}: columns that “{record}” does not have: {detail}. Correct the headings, or repeat with --ignore-unknown",
    ),
    "no_such_field": Label("«{record}» non ha il campo {detail}", "“{record}” has no field {detail}"),
    "given": Label(
        "«{detail}» lo dà il programma stesso: togliere --set {detail}=…",
        "The program gives “{detail}” itself: leave --set {detail}=… out",
    ),
    "no_such_row": Label(
        "{path}: sotto le intestazioni non c'è la riga {detail}: controllare --correct, --with e --without",
        "{path}: below the headings there is no row {detail}: check --correct, --with and --without",
    ),
    "no_such_heading": Label(
        "{path}: non c'è nessuna colonna «{detail}»: controllare --column",
        "{path}: there is no column “{detail}”: check --column",
    ),
}


class FileRefused(Exception):
    """A file that cannot be imported; nothing was written.

    Parameters:
        code: key of `WORDINGS`.
        detail, record: what the sentence names.
    """

    def __init__(self, code: str, path: Path, *, detail: str | Label = "", record: Label | None = None) -> None:
        self.code, self.path, self.detail, self.record = code, path, detail, record
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """The sentence in `lang`."""
        record = self.record(lang) if self.record else ""
        detail = self.detail if isinstance(self.detail, str) else self.detail(lang)
        return WORDINGS[self.code](lang).format(path=self.path, detail=detail, record=record)
