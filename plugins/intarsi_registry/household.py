"""Households: the integrated case file of a family, from the take-in to the closing."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from intarsi_tui import (
    Choice,
    Choices,
    Context,
    Date,
    Flag,
    Int,
    Link,
    LongText,
    Municipality,
    Problem,
    Pseudonym,
    Record,
    Rows,
    Text,
    field,
    link,
)

from .choices import BENEFITS, CLOSINGS, EXIT_CHECKS, HOUSEHOLD_TYPES, SIGNATORIES
from .eligibility import exit_check, minor_files, minor_on, rule_on, some_member_counts
from .household_rows import Assessment, Member, Objective, Review, TeamMember, TypeChange
from .household_rules import closing, done_by_today, in_charge, not_counted, path, referred, types
from .household_upgrade import from_version_1
from .member_rules import members
from .rules import in_project


class Household(
    Record, it="Nucleo", en="Household", plural=("Nuclei", "Households"),
    also=("famiglie, presa in carico, componenti", "families, take-in, members"),
    title=("pseudonym",), date="take_in_date",
    version=2,
):  # fmt: skip
    pseudonym: Pseudonym = field(
        it="Codice nucleo", en="Household code", privacy="internal", in_list=True, prefix="N", section=("Nucleo", "Household"),
    )  # fmt: skip
    contact_name: Text | None = field(
        it="Referente", en="Contact person", privacy="personal", in_list=True, computed=True
    )
    type: Choice | None = field(
        it="Tipologia", en="Type", privacy="internal", in_list=True, to_confirm=True, choices=HOUSEHOLD_TYPES,
        help=("Alla presa in carico", "At the take-in"),
    )  # fmt: skip
    type_changes: Rows[TypeChange] = field(
        it="Cambi di tipologia", en="Changes of type", privacy="internal", default=[],
        help=("Dopo la presa in carico: ricongiungimento, separazione, arrivo di un parente", "After the take-in: reunion, separation, a relative who joins"),
    )  # fmt: skip
    type_now: Choice | None = field(
        it="Tipologia attuale", en="Type now", privacy="internal", computed=True, choices=HOUSEHOLD_TYPES
    )
    split_from: Link | None = link(
        "registry.household", it="Separato dal nucleo", en="Split from household",
        help=("Conta con il nucleo da cui viene", "Counts with the household that it comes from"),
    )  # fmt: skip
    single_parent: Flag | None = field(it="Monoparentale", en="Single parent", privacy="internal", computed=True)
    municipality: Municipality | None = field(it="Comune", en="Municipality", privacy="internal", in_list=True)
    members: Rows[Member] = field(
        it="Componenti", en="Members", privacy="personal", default=[],
        help=("Chi esce dal nucleo resta, con la data", "Who leaves the household stays listed, with the date"),
    )  # fmt: skip
    members_count: Int | None = field(it="N. componenti", en="Members", privacy="internal", in_list=True, computed=True)
    minors_count: Int | None = field(
        it="Di cui minori", en="Of them minors", privacy="internal", in_list=True, computed=True
    )

    take_in_date: Date | None = field(
        it="Presa in carico", en="Take-in", privacy="internal", in_list=True, section=("Presa in carico", "Take-in"),
        help=("Le segnalazioni hanno il loro registro", "Referrals have a register of their own"),
    )  # fmt: skip
    reception_exit: Date | None = field(
        it="Uscita dall'accoglienza", en="Left reception", privacy="internal",
        help=("Del nucleo: vale per chi non ha una riga propria", "Of the household: holds for members without a stay of their own"),
    )  # fmt: skip
    exit_check: Choice | None = field(
        it="Verifica termine di uscita", en="Check of the exit limit", privacy="internal", computed=True, choices=EXIT_CHECKS,
    )  # fmt: skip
    counted: Flag | None = field(
        it="Conta negli indicatori", en="Counted in indicators", privacy="internal", computed=True
    )

    public_manager: Link | None = link(
        "registry.operator", it="Assistente sociale (pubblico)", en="Case manager (public)", section=("Équipe", "Team")
    )
    private_manager: Link | None = link(
        "registry.operator", it="Operatore di riferimento (privato)", en="Case manager (private)"
    )
    team: Rows[TeamMember] = field(
        it="Équipe multidisciplinare", en="Multidisciplinary team", privacy="internal", default=[]
    )

    assessments: Rows[Assessment] = field(
        it="Rilevazioni dei bisogni", en="Assessments of needs", privacy="personal", default=[],
        section=("Aree di bisogno", "Areas of need"),
        help=("Alla presa in carico, alle verifiche, alla chiusura; da 0 a 4", "At take-in, reviews and closing; from 0 to 4"),
    )  # fmt: skip
    # Totals are special: with one area scored they are that area's, and it may be health.
    needs_at_first: Int | None = field(
        it="Bisogno alla prima rilevazione", en="Need at the first assessment", privacy="special", computed=True,
        help=("Totale delle aree rilevate sia la prima sia l'ultima volta", "Total of the areas scored both first and last"),
    )  # fmt: skip
    needs_at_last: Int | None = field(
        it="Bisogno all'ultima rilevazione", en="Need at the last assessment", privacy="special", computed=True
    )
    improved: Flag | None = field(it="Bisogno diminuito", en="Need has fallen", privacy="personal", computed=True)
    last_assessed: Date | None = field(it="Ultima rilevazione", en="Last assessment", privacy="internal", computed=True)

    objectives: Rows[Objective] = field(
        it="Obiettivi", en="Objectives", privacy="personal", default=[], section=("Progetto della famiglia", "The family's project"),
    )  # fmt: skip
    pact_signed_on: Date | None = field(it="Patto firmato il", en="Pact signed on", privacy="internal")
    pact_signatories: Choices | None = field(it="Firmato da", en="Signed by", privacy="internal", choices=SIGNATORIES)
    reviews: Rows[Review] = field(it="Verifiche periodiche", en="Reviews", privacy="personal", default=[])
    notes: LongText | None = field(it="Analisi della domanda", en="Analysis of the request", privacy="personal")

    closed_on: Date | None = field(it="Chiusura", en="Closed on", privacy="internal", section=("Chiusura", "Closing"))
    closing_reason: Choice | None = field(
        it="Esito della chiusura", en="Outcome of the closing", privacy="internal", choices=CLOSINGS
    )
    self_assessment: Choice | None = field(
        it="Il percorso è stato utile?", en="Did the path help?", privacy="internal", choices=BENEFITS,
        help=("Risposta della famiglia all'uscita", "The family's own answer on leaving"),
    )  # fmt: skip

    @classmethod
    def upgrade(cls, old: dict[str, Any], version: int, add: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
        return from_version_1(old, add) if version < 2 else old

    def compute(self, context: Context) -> None:
        self.single_parent = self.type in ("mother", "father") if self.type else None
        changed = [row.type for row in sorted(self.type_changes, key=lambda row: row.date) if row.date <= context.today]
        self.type_now = changed[-1] if changed else self.type
        day = self.take_in_date or context.today
        there = [row for row in self.members if row.on(day)]
        present = {row.person for row in there}
        births = [(context.get("registry.person", uid) or {}).get("birth_date") for uid in present]
        self.members_count = len(present)
        contact = next((row.person for row in self._now(context) if row.role == "contact"), "")
        person = context.get("registry.person", contact) or {}
        self.contact_name = " ".join(filter(None, (person.get("surname"), person.get("given_name")))) or None
        self.minors_count = sum(minor_on(day, date.fromisoformat(born)) for born in births if born)
        self.exit_check = self.counted = None
        if self.take_in_date:
            self.exit_check = exit_check(self.reception_exit, self.take_in_date, context)
            # Who splits off was taken in with the household before: that one counts for both.
            self.counted = None if self.split_from else some_member_counts(self, self._has_minor(context), context)
        self._progress()

    def _now(self, context: Context) -> list[Member]:
        """The members of today; of the last day while a file is closed."""
        day = min(self.closed_on or context.today, context.today)
        return [row for row in self.members if row.on(day)] or [row for row in self.members if not row.left_on]

    def _has_minor(self, context: Context) -> bool:
        """Whether a minor is known of, none is needed, or nothing is known yet: parents are often entered before their children."""
        day = self.take_in_date or context.today
        return (
            not rule_on(day, context).minors
            or not self.members_count
            or bool(self.minors_count)
            or minor_files(self.id, day, context)
        )

    def _progress(self) -> None:
        self.needs_at_first = self.needs_at_last = self.improved = self.last_assessed = None
        by_day = sorted(self.assessments, key=lambda row: row.date)
        if by_day:
            self.last_assessed = by_day[-1].date
        if len(by_day) > 1 and (both := by_day[0].scores.keys() & by_day[-1].scores.keys()):
            self.needs_at_first, self.needs_at_last = (
                sum(row.scores[area] for area in both) for row in (by_day[0], by_day[-1])
            )
            self.improved = self.needs_at_last < self.needs_at_first

    def check(self) -> Iterator[Problem]:
        yield from path(self)
        yield from types(self)
        yield from closing(self)

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "take_in_date", context, warning=True)
        yield from referred(self, context)
        yield from in_charge(self, context)
        yield from members(self, context)
        yield from done_by_today(self, context)
        yield from not_counted(self, self._has_minor(context), context)
