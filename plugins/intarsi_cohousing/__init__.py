"""Cohousing: units, placements by the night, contributions, goods handed out, meetings on living in a home."""

from intarsi_registry.sign_sheet import sign_sheet
from intarsi_tui import Indicator, Plugin

from .arrears import ARREARS
from .attendance import ATTENDANCE
from .availability import AVAILABILITY, OCCUPANCY
from .beds import BEDS
from .card import ROOM
from .contribution import Contribution
from .goods import Goods
from .housing_meeting import HousingMeeting
from .placement import Placement
from .unit import Unit

SIGN_SHEET = sign_sheet(
    "cohousing.housing_meeting", "un incontro sull'abitare", "a housing meeting", ("person",), ("date", "start", "end", "unit", "place", "topics", "expert")
)  # fmt: skip

HELD = {"status": "held"}

plugin = Plugin(
    "cohousing",
    it="Coabitare",
    en="Cohousing",
    records=[Unit, Placement, Contribution, Goods, HousingMeeting],
    actions=[OCCUPANCY, AVAILABILITY, ARREARS, SIGN_SHEET],
    screens=[BEDS, ATTENDANCE],
    cards=[ROOM],
    indicators=[
        Indicator(
            "places", it="Posti attivati", en="Places made available", short=("Posti attivati", "Places"),
            count="unit", by="active_from", total="authorised_places", target=90,
        ),
        Indicator(
            "households", it="Nuclei inseriti in alloggio", en="Households placed", short=("Nuclei ospitati", "Families housed"),
            count="placement", by="entered_on", distinct="household", target=60,
        ),
        Indicator(
            "persons", it="Persone inserite in alloggio", en="Persons placed", short=("Ospitati", "Persons housed"),
            count="placement", by="entered_on", distinct="persons", target=210,
        ),
        # Only stays that have ended: a stay that goes on has no count yet that would still be right tomorrow.
        Indicator(
            "person_nights", it="Notti-persona dei soggiorni conclusi", en="Person-nights of stays that have ended", short=("Notti-persona", "Person-nights"),
            count="placement", by="left_on", total="person_nights", target=60_000,
        ),
        Indicator(
            "homes", it="Nuclei usciti verso una casa in affitto o ERP", en="Households that left for a rented or public home", short=("Verso una casa", "Left for a home"),
            count="placement", by="left_on", distinct="household", where={"exit_outcome": ["private_rent", "public_housing"]}, target=30,
        ),
        Indicator(
            "meetings", it="Incontri sulla gestione dell'alloggio", en="Meetings on looking after a home", short=("Incontri casa", "Home meetings"),
            count="housing_meeting", by="date", where=HELD, target=240,
        ),
        Indicator(
            "participants", it="Partecipanti distinti agli incontri", en="Distinct participants in meetings", short=("· partecipanti", "· participants"),
            count="housing_meeting", by="date", where=HELD, distinct="persons", target=180,
        ),
    ],
)  # fmt: skip
