"""Registry: bodies, operators, referrals, households, persons, contractors, timesheets. What the other lines link to."""

from intarsi_tui import Indicator, Plugin

from .body import Body
from .contractor import Contractor
from .families import ACTIONS
from .household import Household
from .operator import Operator
from .person import Person
from .referral import Referral
from .timesheet import Timesheet

plugin = Plugin(
    "registry",
    it="Anagrafica",
    en="Registry",
    records=[Body, Operator, Referral, Household, Person, Contractor, Timesheet],
    actions=ACTIONS,
    indicators=[
        Indicator("referrals", it="Segnalazioni ricevute", en="Referrals received", short=("Segnalazioni", "Referrals"), count="referral", by="date"),
        Indicator(
            "referrals_taken_in", it="di cui prese in carico", en="of them taken in", short=("· in carico", "· taken in"),
            count="referral", by="date", where={"outcome": "taken_in"},
        ),
        Indicator(
            "referrals_waiting", it="di cui in lista d'attesa", en="of them on the waiting list", short=("· in attesa", "· waiting"),
            count="referral", by="date", where={"outcome": "waiting"},
        ),
        Indicator(
            "persons", it="Destinatari presi in carico", en="Persons taken in", short=("Destinatari", "Persons"),
            count="person", by="take_in_date", where={"counted": True}, target=600,
        ),
        Indicator(
            "minors", it="di cui minori", en="of them minors", short=("· minori", "· minors"),
            count="person", by="take_in_date", where={"counted": True, "minor_at_take_in": True}, target=300,
        ),
        Indicator(
            "persons_reserve", it="di cui ammissibili con riserva", en="of them eligible with reserve", short=("· con riserva", "· with reserve"),
            count="person", by="take_in_date", where={"eligibility": "reserve"},
        ),
        Indicator(
            "persons_not_counted", it="Seguiti ma non ammissibili (fuori conteggio)", en="Served but not eligible (not counted)", short=("Fuori conteggio", "Not counted"),
            count="person", by="take_in_date", where={"counted": False},
        ),
        Indicator(
            "households", it="Nuclei presi in carico", en="Households taken in", short=("Nuclei", "Households"),
            count="household", by="take_in_date", where={"counted": True}, target=180,
        ),
        Indicator(
            "single_parents", it="di cui monoparentali", en="of them single-parent", short=("· monoparentali", "· single-parent"),
            count="household", by="take_in_date", where={"counted": True, "single_parent": True}, target=60,
        ),
        Indicator(
            "households_improved", it="Nuclei con un bisogno diminuito", en="Households whose need has fallen", short=("Bisogno calato", "Need has fallen"),
            count="household", by="last_assessed", where={"counted": True, "improved": True},
        ),
    ],
)  # fmt: skip
