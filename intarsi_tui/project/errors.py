"""What can be wrong with a workspace or a profile, in the user's language."""

from pathlib import Path
from typing import TYPE_CHECKING

from ..records.labels import Label

if TYPE_CHECKING:
    from ..records.problems import Problem

WORDINGS = {
    "no_workspace": Label(
        "Nessun ufficio in {path} né nelle cartelle sopra: crearne uno con «intarsi init CARTELLA --partner CODICE» "
        "oppure indicarlo con -w",
        "No workspace in {path} or any folder above: create one with “intarsi init DIR --partner CODE”, or name it with -w",
    ),
    "exists": Label(
        "{path} contiene già un ufficio: aprirlo con -w, o scegliere un'altra cartella",
        "{path} already holds a workspace: open it with -w, or choose another folder",
    ),
    "not_empty": Label("{path} non è vuota: scegliere una cartella nuova", "{path} is not empty: choose a new folder"),
    "not_a_folder": Label(
        "{path} è un file, non una cartella: scegliere un'altra cartella",
        "{path} is a file and no folder: choose another folder",
    ),
    "no_permission": Label(
        "In {path} non è permesso scrivere: scegliere un'altra cartella, per esempio nella propria",
        "Writing in {path} is not permitted: choose another folder, such as one in your own",
    ),
    "not_writable": Label(
        "Non si può scrivere in {path} ({detail}): scegliere un'altra cartella",
        "{path} cannot be written ({detail}): choose another folder",
    ),
    "bad_toml": Label("{path} non è un TOML valido: {detail}", "{path} is not valid TOML: {detail}"),
    "bad_profile": Label("{path}: {detail}", "{path}: {detail}"),
    "bad_setting": Label("{path}: «{value}»: scrivere {detail}", "{path}: “{value}”: write {detail}"),
    "missing_setting": Label("{path}: manca «{detail}»: aggiungerlo", "{path}: “{detail}” is missing: add it"),
    "no_such_partner": Label(
        "Partner «{value}» non è nel profilo: {detail}", "Partner “{value}” is not in the profile: {detail}"
    ),
    "no_such_period": Label(
        "«{value}» non è un periodo: scrivere 2021-Q2, 2021-H1, 2021-04, 2021 oppure project",
        "“{value}” is not a period: write 2021-Q2, 2021-H1, 2021-04, 2021 or project",
    ),
    "table_columns": Label(
        "{path}, riga {value}: servono le colonne «code» e «it»",
        "{path}, line {value}: the columns “code” and “it” are needed",
    ),
    "table_cells": Label(
        "{path}, riga {value}: più celle che colonne; un testo con una virgola va tra virgolette",
        "{path}, line {value}: more cells than columns; a text with a comma goes into quotes",
    ),
    "table_code": Label("{path}, riga {value}: manca il codice", "{path}, line {value}: the code is missing"),
    "table_name": Label(
        "{path}, riga {value}: manca il nome (colonna «it»)", "{path}, line {value}: the name (column “it”) is missing"
    ),
    "table_date": Label(
        "{path}, riga {value}: date come 2021-04-14, giorni dell'anno come 10-14 (mese-giorno)",
        "{path}, line {value}: dates like 2021-04-14, days of the year like 10-14 (month-day)",
    ),
    "table_value": Label(
        "{path}, riga {value}: nella colonna «value» servono i mesi per exit_months, required o no per minors, eligible, verify o "
        "no per un titolo di soggiorno",
        "{path}, line {value}: the column “value” takes months for exit_months, required or no for minors, eligible, verify or no "
        "for a type of permit",
    ),
    "attach_folder": Label(
        "{path} è una cartella: indicare un file, o comprimerla in uno .zip",
        "{path} is a folder: name a file, or put it into a .zip",
    ),
    "attach_no_file": Label(
        "{path} non è un file ma un dispositivo o simile: indicare un file",
        "{path} is no file but a device or the like: name a file",
    ),
    "attach_empty": Label(
        "{path} è vuoto (0 byte): controllare che la scansione o il salvataggio siano riusciti",
        "{path} is empty (0 bytes): check that it was scanned or saved well",
    ),
    "attach_large": Label(
        "{path} supera {value} MB: ridurlo (una scansione più leggera, uno .zip), oppure alzare «attachment_mb» sotto "
        "[workspace] in intarsi.toml",
        "{path} is larger than {value} MB: make it smaller (a lighter scan, a .zip), or raise “attachment_mb” under "
        "[workspace] in intarsi.toml",
    ),
    "attach_program": Label(
        "{path}: un file «{value}» non si allega e non si apre, perché aprirlo vuol dire eseguirlo: allegarne un PDF o uno .zip",
        "{path}: a “{value}” file is neither attached nor opened, because opening it means running it: attach a PDF or a .zip of it",
    ),
    "attach_unreadable": Label(
        "{path} non si può leggere ({detail}): controllare i permessi, o copiarlo altrove e riprovare",
        "{path} cannot be read ({detail}): check the permissions, or copy it elsewhere and try again",
    ),
    "attach_changing": Label(
        "{path} è cambiato mentre veniva letto: chiudere il programma che lo scrive e riprovare",
        "{path} changed while it was being read: close the program that writes it and try again",
    ),
    "attach_not_kept": Label(
        "{path} non si può conservare negli allegati ({detail}): controllare lo spazio libero e i permessi della cartella «attachments»",
        "{path} cannot be kept among the attachments ({detail}): check the free space and the permissions of the folder “attachments”",
    ),
    "attachment_missing": Label(
        "{value}: il file manca dagli allegati: ritrovare l'originale e darlo a «intarsi attachment repair FILE», o ripristinare "
        "{detail} da una copia di sicurezza",
        "{value}: the file is missing from the attachments: find the original and give it to “intarsi attachment repair FILE”, or "
        "restore {detail} from a backup",
    ),
    "attachment_changed": Label(
        "{value}: il file è stato cambiato dopo essere stato allegato: ritrovare l'originale e darlo a «intarsi attachment repair "
        "FILE», o ripristinare {detail} da una copia di sicurezza",
        "{value}: the file was changed after it was attached: find the original and give it to “intarsi attachment repair FILE”, "
        "or restore {detail} from a backup",
    ),
    "copy_not_written": Label(
        "{path} non si può scrivere ({detail}): controllare lo spazio libero e i permessi",
        "{path} cannot be written ({detail}): check the free space and the permissions",
    ),
    "bad_backup": Label(
        "{path}: salvataggio non utilizzabile ({detail}): indicarne un altro (intarsi backup --list), o aggiungere --salvage per prendere quello che c'è",
        "{path}: this backup cannot be used ({detail}): name another one (intarsi backup --list), or add --salvage to take what there is",
    ),
    "no_backup": Label(
        "{path} non contiene un salvataggio: indicare la cartella di un salvataggio o quella che li contiene (intarsi backup --list)",
        "{path} holds no backup: name the folder of a backup, or the one that they lie in (intarsi backup --list)",
    ),
    "no_backup_before": Label(
        "Prima di portare i dati alla nuova versione serve un salvataggio, e non si può fare in {path} ({detail}): nulla è stato "
        "cambiato; liberare spazio o rendere scrivibile la cartella, e riprovare",
        "Before the data are brought to the new version a backup is needed, and it cannot be made in {path} ({detail}): nothing "
        "was changed; free some space or make the folder writable, and try again",
    ),
    "newer_backup": Label(
        "{path}: il salvataggio è di una versione più nuova del programma: aggiornare il programma",
        "{path}: a newer version of the program made this backup: update the program",
    ),
    "bad_copy": Label(
        "{path}: riletto, il file non è quello che è stato scritto: controllare il disco o indicarne un altro",
        "{path}: read again, the file is not what was written: check the disk, or name another one",
    ),
    "no_such_file": Label("{path} non esiste: controllare il nome", "{path} does not exist: check the name"),
}


class ProjectError(Exception):
    """A workspace, profile or period that cannot be used.

    Parameters:
        code: key of `WORDINGS`.
        path, value, detail: what the sentence names.
    """

    def __init__(self, code: str, path: Path | str = "", *, value: str = "", detail: str = "") -> None:
        self.code = code
        self.params = {"path": str(path), "value": value, "detail": detail}
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """The sentence in `lang`."""
        return WORDINGS[self.code](lang).format(**self.params)

    def as_problem(self, field: str) -> "Problem":
        """The same, as the problem of a record's field."""
        from ..records.problems import Problem

        return Problem.saying(self.code, self.text("it"), self.text("en"), field)
