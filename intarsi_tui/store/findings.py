"""What a verification of the database can find, worded in Italian and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from ..records.labels import Label

RESTORE = Label(
    "Confrontare con un salvataggio e ripristinarlo (intarsi restore).", "Compare with a backup and restore it (intarsi restore)."
)  # fmt: skip

WORDINGS = {
    "file": Label("Il file del database è rovinato: {detail}.", "The database file is damaged: {detail}."),
    "chain": Label(
        "La riga {seq} della storia (sito {site}, {table} {uid}) non è più come fu scritta, o ne manca una prima.",
        "Row {seq} of the history (site {site}, {table} {uid}) is not as it was written, or one before it is missing.",
    ),
    "changed": Label(
        "{table} {uid} non è come dice la storia; campi: {fields}.", "{table} {uid} is not as the history says; fields: {fields}."
    ),
    "unreadable": Label("{table} {uid} non si legge più.", "{table} {uid} cannot be read any more."),
    "lost": Label(
        "{table} {uid} manca dal registro, la storia ce l'ha.", "{table} {uid} is missing in the register, the history has it."
    ),
    "unknown": Label(
        "{table} {uid} è nel registro, la storia non ce l'ha.", "{table} {uid} is in the register, the history does not have it."
    ),
    "numbers": Label(
        "{table}, anno {year}: i numeri non sono di seguito; da guardare: {numbers}.",
        "{table}, year {year}: the numbers do not follow each other; to be looked at: {numbers}.",
    ),
}  # fmt: skip

CLOCK = Label(
    "L'orologio di questo computer è indietro di {days} giorni rispetto all'ultima modifica ({moment}): correggere la data. "
    "Finché è così le modifiche portano la data dell'ultima.",
    "The clock of this computer is {days} days behind the last change ({moment}): correct the date. "
    "Until then changes carry the date of the last one.",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with the database.

    Attributes:
        code: key of `WORDINGS`.
        table, uid: the record that is meant, "" when it is the whole file.
        params: the other values of the wording.
    """

    code: str
    table: str = ""
    uid: str = ""
    params: Mapping[str, object] = dataclass_field(default_factory=dict)

    def text(self, lang: str) -> str:
        """What is wrong, and what to do next."""
        return f"{WORDINGS[self.code](lang).format(table=self.table, uid=self.uid, **self.params)} {RESTORE(lang)}"
