"""What can be wrong with a workspace or a profile, in the user's language."""

from pathlib import Path

from ..records.labels import Label

WORDINGS = {
    "no_workspace": Label(
        "Nessuno spazio di lavoro in {path} né nelle cartelle sopra: crearne uno con «intarsi init CARTELLA --partner CODICE» "
        "oppure indicarlo con -w",
        "No workspace in {path} or any folder above: create one with “intarsi init DIR --partner CODE”, or name it with -w",
    ),
    "exists": Label(
        "{path} contiene già uno spazio di lavoro: aprirlo con -w, o scegliere un'altra cartella",
        "{path} already holds a workspace: open it with -w, or choose another folder",
    ),
    "not_empty": Label("{path} non è vuota: scegliere una cartella nuova", "{path} is not empty: choose a new folder"),
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
    "bad_table": Label(
        "{path}, riga {value}: tabella non leggibile ({detail}); servono le colonne «code» e «it», e date come 2021-04-14",
        "{path}, line {value}: table not readable ({detail}); it needs the columns “code” and “it”, and dates like 2021-04-14",
    ),
    "bad_backup": Label(
        "{path}: salvataggio non utilizzabile ({detail}): indicarne un altro (intarsi backup --list), o aggiungere --salvage per prendere quello che c'è",
        "{path}: this backup cannot be used ({detail}): name another one (intarsi backup --list), or add --salvage to take what there is",
    ),
    "no_backup": Label(
        "{path} non contiene un salvataggio: indicare la cartella di un salvataggio o quella che li contiene (intarsi backup --list)",
        "{path} holds no backup: name the folder of a backup, or the one that they lie in (intarsi backup --list)",
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
