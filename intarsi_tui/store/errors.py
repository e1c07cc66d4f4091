"""What can go wrong with the database file, and with a record that is looked for, worded in Italian and English."""

from os import PathLike, fspath

from ..records.labels import Label
from ..records.problems import Problem

WAYS_OUT = Label(
    "Tenerla su un disco di questo computer; più persone ci lavorano via SSH o dal browser (intarsi serve). "
    "Lì possono stare i salvataggi (intarsi backup -o).",
    "Keep it on a disk of this computer; several people work there by SSH or in the browser (intarsi serve). "
    "Backups may lie there (intarsi backup -o).",
)

SOMEBODY = Label("Qualcun altro", "Somebody else")
# code: (what happened, what to do next) in Italian, then in English.
WORDINGS: dict[str, Label] = {
    "missing": Label(
        "Il database non c'è: {path}. Rimetterlo al suo posto da una copia; per un ufficio nuovo usare intarsi init in un'altra cartella.",
        "There is no database: {path}. Put it back from a copy; for a new office use intarsi init in another folder.",
    ),
    "no_folder": Label(
        "La cartella del database non esiste: {path}. Crearla o indicarne un'altra.",
        "The folder of the database does not exist: {path}. Create it or name another one.",
    ),
    "locked": Label(
        "{who} sta scrivendo da {seconds} secondi, per esempio un'importazione grande: {path}. Qui non è stato scritto nulla: riprovare fra poco.",
        "{who} has been writing for {seconds} seconds, such as a large import: {path}. Nothing was written here: try again in a while.",
    ),
    "read_only": Label(
        "Nella cartella non si può scrivere: {path}. Controllare i permessi o spostare il lavoro in un'altra cartella.",
        "The folder cannot be written to: {path}. Check its permissions or move the workspace to another folder.",
    ),
    "network_place": Label(
        "La cartella è su un disco di rete ({kind}): {path}. Un database di intarsi lì perde i dati. " + WAYS_OUT.it,
        "The folder is on a network share ({kind}): {path}. A database of intarsi loses data there. " + WAYS_OUT.en,
    ),
    "synced_place": Label(
        "La cartella è sincronizzata da {program}: {path}. Un database di intarsi lì perde i dati. " + WAYS_OUT.it,
        "The folder is synchronised by {program}: {path}. A database of intarsi loses data there. " + WAYS_OUT.en,
    ),
    "no_wal": Label(
        "Il disco non regge il database (cartella di rete o sincronizzata?): {path}. Tenerlo su un disco di questo computer; lì possono stare i salvataggi (intarsi backup -o).",
        "The disk cannot hold the database (a network or synced folder?): {path}. Keep it on a disk of this computer; backups may lie there (intarsi backup -o).",
    ),
    "disk_full": Label(
        "Il disco è pieno: {path}. L'ultima modifica non è stata salvata; liberare spazio e ripeterla.",
        "The disk is full: {path}. The last change was not saved; free some space and repeat it.",
    ),
    "disk_error": Label(
        "Il disco ha dato un errore: {path} ({detail}). L'ultima modifica non è stata salvata; controllare il disco.",
        "The disk gave an error: {path} ({detail}). The last change was not saved; check the disk.",
    ),
    "foreign": Label(
        "Il file non è un database di intarsi: {path}. Indicare un altro file.",
        "The file is not a database of intarsi: {path}. Name another file.",
    ),
    "unreadable": Label(
        "Il file non si legge: {path}. È cifrato, rovinato o di un altro programma: rimettere accanto il suo file intarsi.key, o ripristinare un salvataggio (intarsi restore).",
        "The file cannot be read: {path}. It is encrypted, damaged or belongs to another program: put its file intarsi.key back beside it, or restore a backup (intarsi restore).",
    ),
    "wrong_key": Label(
        "La chiave non apre il file, oppure l'inizio del file è rovinato: {path}. Controllare che intarsi.key sia di questo ufficio, o ripristinare un salvataggio (intarsi restore).",
        "The key does not open the file, or its beginning is damaged: {path}. Check that intarsi.key belongs to this office, or restore a backup (intarsi restore).",
    ),
    "wrong_passphrase": Label(
        "La frase d'accesso non è giusta: {path}. Riscriverla, o dare la chiave di recupero stampata.",
        "The passphrase is not right: {path}. Type it again, or give the printed recovery key.",
    ),
    "no_passphrase": Label(
        "L'ufficio è cifrato e manca la frase d'accesso: {path}. Scriverla nel terminale, oppure indicare un file che la contiene (--passphrase-file o INTARSI_PASSPHRASE_FILE).",
        "The office is encrypted and there is no passphrase: {path}. Type it in a terminal, or name a file that holds it (--passphrase-file or INTARSI_PASSPHRASE_FILE).",
    ),
    "weak_passphrase": Label(
        "La frase d'accesso è troppo corta: servono almeno {least} caratteri, meglio quattro o più parole.",
        "The passphrase is too short: it needs at least {least} characters, better four words or more.",
    ),
    "no_key_file": Label(
        "Il database è cifrato e il file della chiave non c'è: {path}. Copiarlo da un salvataggio (backups/…/intarsi.key).",
        "The database is encrypted and its key file is gone: {path}. Copy it from a backup (backups/…/intarsi.key).",
    ),
    "bad_key_file": Label(
        "Il file della chiave è rovinato: {path} ({detail}). Copiarlo da un salvataggio (backups/…/intarsi.key).",
        "The key file is damaged: {path} ({detail}). Copy it from a backup (backups/…/intarsi.key).",
    ),
    "only_reading": Label(
        "L'ufficio è aperto in sola lettura: {path}. Per modificare, riaprirlo senza --read-only.",
        "The office is open for reading only: {path}. To change something, open it without --read-only.",
    ),
    "other_key": Label(
        "Uno dei due è cifrato e l'altro no: {path}, {other}. Indicare un salvataggio dello stesso tempo (intarsi backup --list).",
        "One of the two is encrypted and the other is not: {path}, {other}. Name a backup of the same time (intarsi backup --list).",
    ),
    "newer_key_file": Label(
        "Il file della chiave è di una versione più nuova del programma: {path}. Aggiornare il programma.",
        "The key file is of a newer version of the program: {path}. Update the program.",
    ),
    "recoded": Label(
        "Proprio ora l'ufficio è stato cifrato o decifrato: {path}. Ripetere il comando.",
        "The office was encrypted or decrypted just now: {path}. Repeat the command.",
    ),
    "encrypted_already": Label(
        "Un altro programma ha appena cifrato l'ufficio: {path}. Nulla è cambiato; vale la frase d'accesso data lì.",
        "Another program has just encrypted the office: {path}. Nothing has changed; the passphrase given there holds.",
    ),
    "in_use": Label(
        "Un altro programma ha aperto l'ufficio: {path}. Chiuderlo e riprovare; nulla è cambiato.",
        "Another program has the office open: {path}. Close it and try again; nothing has changed.",
    ),
    "not_encrypted": Label(
        "Il database non è cifrato: {path}. Aprirlo senza chiave, o cifrarlo con intarsi passphrase.",
        "The database is not encrypted: {path}. Open it without a key, or encrypt it with intarsi passphrase.",
    ),
    "no_encryption": Label(
        "Manca il componente che cifra: {path}. Installare il pacchetto sqlcipher3.",
        "The component that encrypts is missing: {path}. Install the package sqlcipher3.",
    ),
    "damaged": Label(
        "Il database è rovinato: {path}. Non scriverci altro; ripristinare un salvataggio (intarsi restore).",
        "The database is damaged: {path}. Write nothing more to it; restore a backup (intarsi restore).",
    ),
    "not_sound": Label(
        "Il database ha degli errori: {path} ({detail}). Salvataggio non fatto, i precedenti restano; recuperare quello che si legge con intarsi restore --salvage.",
        "The database has errors: {path} ({detail}). No backup was made, the earlier ones are kept; recover what can be read with intarsi restore --salvage.",
    ),
    "other_history": Label(
        "Il salvataggio non è un momento precedente di questo database, le loro modifiche sono diverse: {path}, {other}. Indicare un altro salvataggio (intarsi backup --list).",
        "The backup is not an earlier state of this database, their changes differ: {path}, {other}. Name another backup (intarsi backup --list).",
    ),
    "truncated": Label(
        "Il file del database è tronco: {path} ha {found} byte su {known}. Non scriverci altro; ripristinare un salvataggio (intarsi restore).",
        "The database file is cut short: {path} has {found} of {known} bytes. Write nothing more to it; restore a backup (intarsi restore).",
    ),
    "wal_left": Label(
        "Il database è vuoto o non c'è, ma accanto è rimasto il suo file -wal con le ultime modifiche: {path}. Non cancellarlo; rimettere accanto il database, o ripristinare un salvataggio (intarsi restore --salvage).",
        "The database is empty or gone, but its -wal file with the latest changes is still beside it: {path}. Do not delete it; put the database back, or restore a backup (intarsi restore --salvage).",
    ),
    "newer": Label(
        "Il database è del formato {found}, questo programma arriva al {known}: {path}. Aggiornare il programma.",
        "The database has format {found}, this program knows {known}: {path}. Update the program.",
    ),
    "newer_register": Label(
        "Il registro {table} è stato scritto dalla versione {found} del suo plugin, questo programma ha la {known}: {path}. Nulla è stato cambiato; aggiornare il plugin {plugin} o il programma, oppure disattivare il plugin (intarsi plugin disable {plugin}).",
        "Version {found} of its plugin wrote the register {table}, this program has {known}: {path}. Nothing was changed; update the plugin {plugin} or the program, or disable the plugin (intarsi plugin disable {plugin}).",
    ),
    "not_upgraded": Label(
        "Il registro {table} è ancora nella forma della versione {found}, il suo plugin è alla {known}: {path}. Chiudere il programma e riaprire l'ufficio (da Python: Store.upgrade), poi ripetere.",
        "The register {table} still has the form of version {found}, its plugin is at {known}: {path}. Close the program and open the workspace again (in Python: Store.upgrade), then repeat.",
    ),
    "upgrade_failed": Label(
        "L'aggiornamento alla nuova versione non è riuscito e tutto è come prima: {path}, {table} {record} ({detail}). Avvisare chi cura il plugin; intanto usare la versione di prima.",
        "The upgrade to the new version failed and everything is as it was: {path}, {table} {record} ({detail}). Tell whoever looks after the plugin; meanwhile use the version before.",
    ),
    "closed": Label("Il database è già stato chiuso: {path}. Riaprirlo.", "The database was already closed: {path}. Open it again."),
    "register_without_plugin": Label(
        "La tabella {table} è un registro e il suo plugin non è attivo: {path}. Riattivarlo (intarsi plugin enable) o, se manca, rimettere il suo file.",
        "The table {table} is a register and its plugin is not active: {path}. Enable it (intarsi plugin enable), or put its file back if it is missing.",
    ),
}  # fmt: skip


class StoreError(Exception):
    """The database cannot be used; nothing was written.

    Attributes:
        code: stable name, a key of `WORDINGS`.
        path: the file or folder that is meant; a parameter `record` says which part of it.
    """

    def __init__(self, code: str, path: str | PathLike[str], **params: object) -> None:
        self.code = code
        self.path = fspath(path)
        self.params = params
        super().__init__(code, self.path)

    def text(self, lang: str) -> str:
        """What happened, where, and what to do next."""
        record = self.params.get("record")
        path = f"{self.path} ({record})" if record else self.path
        params = {"who": SOMEBODY(lang), **self.params, "path": path}
        return WORDINGS[self.code](lang).format(**params)

    def __str__(self) -> str:
        return self.text("en")


class _NotOne(LookupError):
    """`problem` says which reference, in which register, and in its `hint` which records are near."""

    code: str

    def __init__(self, reference: str, target: Label | str, hint: Label | str = "") -> None:
        self.problem = Problem(self.code, None, {"value": reference, "target": target, "hint": hint})
        super().__init__(self.problem.text("en"))


class NoSuchRecord(_NotOne):
    """No record has this identifier, number or key."""

    code = "no_such_record"


class AmbiguousRecord(_NotOne):
    """Several records have this prefix, number or key."""

    code = "ambiguous_record"
