"""Rows of a person's file that are histories: never overwritten, the newest row last."""

from datetime import date

from intarsi_tui import Choice, Date, Deadline, Flag, Link, Municipality, Row, TaxCode, Text, field, link
from intarsi_tui.records.clock import months_after
from intarsi_tui.records.typed import UNKNOWN_DATE
from intarsi_tui.reference import tables

from .choices import CIRCUITS, EXIT_REASONS, PERMIT_STATES, PERMITS, TAX_CODES


class Alias(Row, it="Alias", en="Alias"):
    name: Text = field(it="Cognome e nome", en="Name", privacy="personal", likeness="name")


class Identifier(Row, it="Identificativo fiscale", en="Fiscal identifier"):
    code: TaxCode = field(it="Codice", en="Code", privacy="personal", likeness="code")
    kind: Choice | None = field(it="Tipo", en="Kind", privacy="personal", computed=True, choices=TAX_CODES)
    valid_from: Date | None = field(it="Dal", en="From", privacy="personal")
    valid_to: Date | None = field(it="Al", en="To", privacy="personal")


class Permit(Row, it="Titolo di soggiorno", en="Residence permit"):
    type: Choice = field(it="Tipo", en="Type", privacy="personal", choices=PERMITS)
    number: Text | None = field(
        it="Numero", en="Number", privacy="personal", max=40,
        help=("In fase di rilascio o di rinnovo: il numero della ricevuta; per chi è detenuto quello del certificato",
              "While it is being issued or renewed: the receipt's number; for somebody detained the certificate's"),
    )  # fmt: skip
    office: Text | None = field(it="Questura", en="Issuing office", privacy="personal")
    issued_on: Date | None = field(
        it="Rilasciato il", en="Issued on", privacy="personal", placeholder=True,
        help=("Se manca: 01/01/0001", "When it is missing: 01/01/0001"),
    )  # fmt: skip
    expires_on: Date | None = field(
        it="Scade il", en="Expires on", privacy="personal", placeholder=True,
        deadline=Deadline(
            "Rinnovare il titolo di soggiorno", "Renew the residence permit", owner=("file_keeper",), open={"state": ("valid",)},
            closed={"closed_on": (), "household.closed_on": ()}, newest=True,
        ),
    )  # fmt: skip
    state: Choice = field(it="Stato", en="State", privacy="personal", default="valid", choices=PERMIT_STATES)
    seen: Flag = field(it="Originale visto", en="Original seen", privacy="internal", default=False)
    copied: Flag = field(it="Copia agli atti", en="Copy on file", privacy="internal", default=False)

    @property
    def pending(self) -> bool:
        """Whether it is a receipt for a permit that is being issued or renewed."""
        return self.state in ("renewal", "first_issue")

    @property
    def provisional(self) -> bool:
        """Whether real data must still arrive: a receipt, or the stand-in for a missing date."""
        # A long-term permit does not expire, so its stand-in date is final.
        no_expiry = self.expires_on == UNKNOWN_DATE and self.type != "LUNGO_PER"
        return self.pending or self.issued_on == UNKNOWN_DATE or no_expiry

    @property
    def usual_months(self) -> int | None:
        """How long a permit of this type usually holds, `None` where that varies."""
        kind = tables.permit_types().get(self.type)
        return int(kind.extra.get("months") or 0) or None if kind else None

    @property
    def longer_than_usual(self) -> bool:
        """Whether its dates are further apart than its type usually allows: more often a slip of the pen than the truth."""
        if not (self.usual_months and self.issued_on and self.expires_on) or self.issued_on == UNKNOWN_DATE:
            return False
        return self.expires_on > months_after(self.issued_on, self.usual_months)

    def expired(self, day: date) -> bool:
        """Whether it was of no use any more on `day`; a receipt of renewal keeps it alive."""
        if self.state == "revoked":
            return True
        return self.state == "valid" and self.expires_on not in (None, UNKNOWN_DATE) and self.expires_on < day


class Stay(Row, it="Accoglienza", en="Reception stay"):
    circuit: Choice = field(
        it="Circuito", en="Circuit", privacy="personal", choices=CIRCUITS,
        help=("SPRAR, SIPROIMI o SAI: resta il nome in vigore all'uscita", "SPRAR, SIPROIMI or SAI: the name in force at the exit is kept"),
    )  # fmt: skip
    body: Link | None = link("registry.body", it="Ente gestore", en="Managing body", privacy="personal")
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="personal")
    entered_on: Date | None = field(it="Entrata", en="Entry", privacy="personal")
    left_on: Date | None = field(it="Uscita", en="Exit", privacy="personal")
    reason: Choice | None = field(it="Motivo uscita", en="Reason for leaving", privacy="personal", choices=EXIT_REASONS)
