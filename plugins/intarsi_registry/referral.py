"""Referrals: who was referred, by whom, and what became of it. Most come to nothing, so a household's file is not needed."""

from collections.abc import Iterator

from intarsi_tui import Choice, Context, Date, Int, Link, Problem, Record, Text, field, link

from .choices import CHANNELS, DECIDED, REFERRALS
from .free_text import no_health_detail
from .rules import called, in_order, in_project, named, not_in_future, others, shown, shown_stored


class Referral(
    Record,
    it="Segnalazione",
    en="Referral",
    plural=("Segnalazioni", "Referrals"),
    also=("invii, richieste di accoglienza, lista di attesa, domande", "waiting list, applications, requests"),
    title=("date", "family"),
    date="date",
):
    date: Date = field(
        it="Segnalazione", en="Referral", privacy="internal", in_list=True, section=("Segnalazione", "Referral")
    )
    channel: Choice | None = field(it="Canale", en="Channel", privacy="internal", to_confirm=True, choices=CHANNELS)
    body: Link | None = link("registry.body", it="Ente segnalante", en="Referring body")
    family: Text | None = field(
        it="Famiglia segnalata", en="Family referred", privacy="personal", in_list=True, max=80,
        help=("Basta un nome; nessuna storia e nessun dato di salute", "A name is enough; no story and nothing about health"),
    )  # fmt: skip
    minors: Int | None = field(it="Minori nel nucleo", en="Minors in the household", privacy="internal", min=0, max=20)

    outcome: Choice = field(
        it="Esito", en="Outcome", privacy="internal", in_list=True, default="pending", choices=REFERRALS, section=("Esito", "Outcome"),
    )  # fmt: skip
    waiting_since: Date | None = field(it="In lista d'attesa dal", en="On the waiting list since", privacy="internal")
    outcome_date: Date | None = field(
        it="Data dell'esito", en="Date of the outcome", privacy="internal", in_list=True,
        help=("Quando si è deciso; in lista d'attesa non c'è ancora", "When it was decided; on the waiting list there is none yet"),
    )  # fmt: skip
    reason: Text | None = field(it="Motivo dell'esito", en="Reason of the outcome", privacy="personal")
    household: Link | None = link(
        "registry.household", it="Nucleo", en="Household", in_list=True, index=True,
        help=("Quando il fascicolo c'è", "Once there is a file"),
    )  # fmt: skip

    def check(self) -> Iterator[Problem]:
        if not self.family and not self.household:
            yield self.problem(
                "family", it="Chi è stato segnalato? Serve un nome o il nucleo", en="Who was referred? Give a name or the household",
            )  # fmt: skip
        if self.channel not in (None, "self") and not self.body:
            yield self.problem("body", warning=True, it="Manca l'ente segnalante", en="The referring body is missing")
        if bool(self.outcome_date) != (self.outcome in DECIDED):
            missing = "outcome" if self.outcome_date else "outcome_date"
            yield self.problem(
                missing, it="L'esito e la sua data vanno insieme", en="The outcome and its date go together"
            )
        if self.outcome == "waiting" and not self.waiting_since:
            yield self.problem(
                "waiting_since", it="Da quando è in lista d'attesa?", en="Since when is it on the waiting list?"
            )
        if self.outcome == "pending" and self.waiting_since:
            yield self.problem(
                "outcome", it="È in lista d'attesa: l'esito non è più «in valutazione»",
                en="It is on the waiting list: the outcome is no longer “being assessed”",
            )  # fmt: skip
        if self.outcome in ("unsuitable", "redirected") and not self.reason:
            yield self.problem(
                "reason", warning=True, it="Scrivere perché la segnalazione non è stata accolta",
                en="Say why the referral was not taken in",
            )  # fmt: skip
        if self.outcome == "taken_in" and not self.household:
            yield self.problem(
                "household", it="Quale nucleo è stato preso in carico?", en="Which household was taken in?"
            )
        yield from no_health_detail(self, "family", "reason")
        yield from in_order(self, "date", "waiting_since")
        yield from in_order(self, "date", "outcome_date")
        yield from in_order(self, "waiting_since", "outcome_date")

    def check_with(self, context: Context) -> Iterator[Problem]:
        yield from in_project(self, "date", context, warning=True)
        for name in ("date", "waiting_since", "outcome_date"):
            yield from not_in_future(self, name, context)
        if not self.household:
            return
        for doc in others(self, context, household=self.household):
            if doc["date"] == self.date.isoformat():
                yield self.problem(
                    "date", warning=True, other=named(self, doc),
                    it="Stesso nucleo e stesso giorno di {other}: è registrata due volte?",
                    en="Same household and day as {other}: was it entered twice?",
                )  # fmt: skip
            if doc["outcome"] == self.outcome == "taken_in":
                yield self.problem(
                    "outcome", warning=True, other=named(self, doc),
                    it="Il nucleo è già stato preso in carico con {other}", en="The household was taken in already with {other}",
                )  # fmt: skip
        if self.outcome == "taken_in":
            yield from self._check_take_in(context.get("registry.household", self.household) or {})

    def _check_take_in(self, household: dict[str, str]) -> Iterator[Problem]:
        taken_in, name = household.get("take_in_date"), called(household, household.get("pseudonym"))
        if not taken_in:
            yield self.problem(
                "household", household=name,
                it="Il fascicolo del nucleo {household} non ha ancora la presa in carico: scriverla prima lì",
                en="The file of household {household} has no take-in yet: enter it there first",
            )  # fmt: skip
        elif taken_in < self.date.isoformat():
            yield self.problem(
                "date", household=name, day=shown(self.date), taken_in=shown_stored(taken_in),
                it="{day} è dopo la presa in carico del nucleo {household} ({taken_in})",
                en="{day} is after the take-in of household {household} ({taken_in})",
            )  # fmt: skip
        elif self.outcome_date and taken_in < self.outcome_date.isoformat():
            yield self.problem(
                "outcome_date", warning=True, household=name, taken_in=shown_stored(taken_in),
                it="Il nucleo {household} è in carico già dal {taken_in}: ricontrollare le due date",
                en="Household {household} was taken in on {taken_in} already: check both dates",
            )  # fmt: skip
