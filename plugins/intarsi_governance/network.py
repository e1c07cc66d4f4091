"""Networks: steering groups, territorial tables, committees and teams, with the bodies that make them up."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from intarsi_registry.rules import called, in_order, in_project, named, others, shown_stored
from intarsi_tui import (
    Choice,
    Context,
    Date,
    Flag,
    Int,
    Link,
    Links,
    LongText,
    Municipality,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import ACTIVATIONS, JOINING_ACTS, LEVELS, MEMBERSHIPS, NETWORKS, QUORUMS
from .quorum import voters
from .rules import name_of


class Member(Row, it="Soggetto della rete", en="Body of the network"):
    body: Link = link("registry.body", it="Ente", en="Body")
    role: Text | None = field(it="Ruolo nel progetto", en="Role in the project", privacy="public")
    contact: Text | None = field(it="Referente", en="Contact person", privacy="personal")
    deputy: Text | None = field(it="Supplente", en="Deputy", privacy="personal")
    voting: Flag = field(it="Diritto di voto", en="Voting right", privacy="internal", default=True)
    joined_on: Date | None = field(
        it="Adesione", en="Joined on", privacy="internal", help=("Vuota: solo invitato", "Empty: only invited")
    )
    act: Choice | None = field(it="Atto di adesione", en="Act of joining", privacy="internal", choices=JOINING_ACTS)
    act_date: Date | None = field(it="Firma dell'atto", en="Act signed on", privacy="internal")
    agreement: Link | None = link("governance.agreement", it="Protocollo o accordo", en="Agreement")
    left_on: Date | None = field(it="Uscita", en="Left on", privacy="internal")
    voting_from: Date | None = field(
        it="Vota dal", en="Votes from", privacy="internal", help=("Vuota: dall'adesione", "Empty: since it joined")
    )
    voting_until: Date | None = field(
        it="Vota fino al",
        en="Votes until",
        privacy="internal",
        help=("Vuota: fino all'uscita", "Empty: until it leaves"),
    )
    membership: Choice | None = field(
        it="Stato", en="Membership", privacy="internal", computed=True, choices=MEMBERSHIPS
    )


class Network(
    Record,
    it="Rete",
    en="Network",
    plural=("Reti e tavoli", "Networks"),
    also=("gruppi, tavolo, cabina di regia, equipe", "tables, groups, boards"),
    title=("name",),
    date="start",
):
    name: Text = field(
        it="Denominazione", en="Name", privacy="public", in_list=30, index=True, section=("Rete", "Network"),
        help=("Come «Tavolo territoriale di Rimini»", "Like “Territorial table of Rimini”"),
    )  # fmt: skip
    kind: Choice = field(it="Organismo", en="Kind", privacy="public", in_list=True, choices=NETWORKS)
    level: Choice = field(it="Livello", en="Level", privacy="public", in_list=True, choices=LEVELS)
    territory: Text | None = field(
        it="Territorio", en="Territory", privacy="public", help=("Provincia, distretto o unione", "Province, district or union"),
    )  # fmt: skip
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="public")
    purpose: LongText | None = field(it="Compiti", en="Purpose", privacy="public")
    coordinator: Link | None = link("registry.operator", it="Coordina", en="Coordinator")
    activation: Choice = field(
        it="Attivazione", en="Activation", privacy="public", in_list=True, default="planned", choices=ACTIVATIONS,
        section=("Attivazione", "Activation"),
    )  # fmt: skip
    start: Date | None = field(it="Attivata il", en="Start", privacy="public", in_list=True, to_confirm=True)
    consolidated_on: Date | None = field(
        it="Consolidata il", en="Consolidated on", privacy="public",
        help=("Per una rete nata prima: quando il progetto l'ha ripresa", "For an older network: when the project took it up"),
    )  # fmt: skip
    end: Date | None = field(it="Cessata il", en="End", privacy="public")
    founding_act: Text | None = field(
        it="Atto istitutivo", en="Founding act", privacy="internal", help=("Numero, data, ente", "Number, date, body")
    )
    quorum: Choice = field(
        it="Numero legale", en="Quorum", privacy="internal", default="majority", choices=QUORUMS,
        help=("Degli enti con diritto di voto presenti al minuto del voto", "Of the bodies with a vote, those present at the minute of a vote"),
    )  # fmt: skip
    members: Rows[Member] = field(
        it="Soggetti della rete", en="Bodies of the network", privacy="internal", default=[], section=("Soggetti", "Bodies"),
        help=("Chi esce resta, con la data", "Who leaves stays listed, with the date"),
    )  # fmt: skip
    members_count: Int | None = field(it="N. aderenti", en="Members", privacy="public", in_list=True, computed=True)
    bodies: Links | None = link("registry.body", it="Enti che hanno aderito", en="Bodies that joined", computed=True)

    def compute(self, context: Context) -> None:
        for row in self.members:
            row.membership = "left" if row.left_on else "active" if row.joined_on else "invited"
        self.members_count = len({row.body for row in self.members if row.membership == "active"})
        self.bodies = list(dict.fromkeys(row.body for row in self.members if row.joined_on))

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "start", "consolidated_on")
        yield from in_order(self, "start", "end")
        yield from in_order(self, "consolidated_on", "end")
        if bool(self.end) != (self.activation == "closed"):
            missing = "activation" if self.end else "end"
            yield self.problem(
                missing, it="«Cessata» e la sua data vanno insieme", en="“Closed” and its date go together"
            )
        if self.activation == "consolidated" and not self.consolidated_on:
            yield self.problem("consolidated_on", it="Consolidata da quando?", en="Consolidated since when?")
        if self.consolidated_on and self.activation in ("planned", "active"):
            yield self.problem(
                "activation", it="C'è la data di consolidamento: è consolidata?", en="There is a date of consolidation: is it consolidated?",
            )  # fmt: skip
        if self.level == "municipal" and not self.municipality:
            yield self.problem("municipality", warning=True, it="Quale comune?", en="Which municipality?")
        yield from self._check_members()

    def _check_members(self) -> Iterator[Problem]:
        now = [row for row in self.members if not row.left_on]
        if self.activation in ("active", "consolidated") and len({row.body for row in now if row.joined_on}) < 2:
            yield self.problem(
                "members", warning=True, it="Una rete attiva ha almeno due enti che hanno aderito",
                en="An active network has at least two bodies that joined",
            )  # fmt: skip
        for number, row in enumerate(self.members, 1):
            place = f"members.{number}"
            if row.joined_on and row.left_on and row.left_on < row.joined_on:
                yield self.problem(f"{place}.left_on", it="Uscito prima di aderire", en="Left before joining")
            if row.left_on and not row.joined_on:
                yield self.problem(
                    f"{place}.joined_on", it="È uscito: quando aveva aderito?", en="It left: when had it joined?"
                )
            if row.voting_from and row.voting_until and row.voting_until < row.voting_from:
                yield self.problem(
                    f"{place}.voting_until",
                    it="Il voto finisce prima di cominciare",
                    en="The vote ends before it begins",
                )
            if row in now and any(row.body == other.body for other in now if other is not row):
                yield self.problem(
                    f"{place}.body", it="L'ente è già nella rete", en="The body is already in the network"
                )
            if row.joined_on and self.end and row.joined_on > self.end:
                yield self.problem(f"{place}.joined_on", it="Dopo la fine della rete", en="After the network ended")

    def check_with(self, context: Context) -> Iterator[Problem]:
        # Tables older than the project are common: the project consolidates them.
        yield from in_project(self, "start", context, warning=True)
        yield from in_project(self, "consolidated_on", context)
        for doc in others(self, context, name=self.name):
            yield self.problem(
                "name", warning=True, other=named(self, doc), it="C'è già una rete con questo nome: {other}",
                en="There is already a network of this name: {other}",
            )  # fmt: skip
        yield from self._check_votes(context)
        for number, row in enumerate(self.members, 1):
            agreement = (context.get("governance.agreement", row.agreement) if row.agreement else None) or {}
            if agreement and row.body not in agreement.get("parties", ()):
                yield self.problem(
                    f"members.{number}.agreement", warning=True,
                    body=name_of(row.body, context), agreement=called(agreement, agreement.get("title")),
                    it="{body} non è tra le parti di «{agreement}»", en="{body} is not a party to “{agreement}”",
                )  # fmt: skip

    def _check_votes(self, context: Context) -> Iterator[Problem]:
        """Who has a vote, and how many are needed, stays as it was on the days of votes that were taken."""
        before, now = context.get("governance.network", self.id), self.doc()
        for doc in context.find("governance.meeting", network=self.id) if before else ():
            day = date.fromisoformat(doc["date"])
            was, becomes = ((voters(one, day), one.get("quorum")) for one in (before or {}, now))
            if not doc.get("votes") or was == becomes:
                continue
            name, meeting = "members" if was[0] != becomes[0] else "quorum", _called(doc)
            if doc.get("approved"):
                yield self.problem(
                    name, meeting=meeting,
                    it="Cambia il numero legale delle votazioni nel verbale approvato {meeting}: togliere prima là l'approvazione, con il motivo della rettifica",
                    en="It changes the quorum of the votes in the approved minutes {meeting}: take the approval away there first, with the reason of the amendment",
                )  # fmt: skip
            else:
                yield self.problem(
                    name, warning=True, meeting=meeting,
                    it="Cambia il numero legale delle votazioni nel verbale {meeting}: controllarle",
                    en="It changes the quorum of the votes in the minutes {meeting}: check them",
                )  # fmt: skip


def _called(meeting: dict[str, Any]) -> str:
    return called(meeting, shown_stored(meeting["date"]), meeting.get("network_name"))
