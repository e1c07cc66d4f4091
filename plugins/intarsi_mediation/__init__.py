"""Mediation: requests by schools, interventions of the six service lines, school enrolments."""

from intarsi_tui import Indicator, Plugin

from .choices import CATEGORIES, SHORT_CATEGORIES
from .hours import HOURS
from .hours_grid import HOURS_SCREEN
from .intervention import Intervention
from .roll_over import ROLL_OVER
from .school_enrolment import SchoolEnrolment
from .school_request import SchoolRequest

DELIVERED = {"status": "delivered"}

plugin = Plugin(
    "mediation",
    it="Mediazione",
    en="Mediation",
    records=[SchoolRequest, Intervention, SchoolEnrolment],
    actions=[HOURS, ROLL_OVER],
    screens=[HOURS_SCREEN],
    indicators=[
        Indicator(
            "interventions", it="Interventi svolti", en="Interventions delivered", short=("Interventi", "Interventions"),
            count="intervention", by="date", where=DELIVERED, target=1500,
        ),
        Indicator(
            "school_interventions", it="di cui a scuola", en="of them at school", short=("· a scuola", "· at school"),
            count="intervention", by="date", where={**DELIVERED, "place": "school"}, target=700,
        ),
        Indicator(
            "schools", it="Scuole coinvolte", en="Schools involved", short=("Scuole", "Schools"),
            count="intervention", by="date", where=DELIVERED, distinct="school", target=45,
        ),
        Indicator(
            "mediation_hours", it="Ore di mediazione linguistico-culturale", en="Hours of linguistic and cultural mediation", short=("Ore mediazione", "Mediation hours"),
            count="intervention", by="date", where={**DELIVERED, "service": "mediation"}, total="minutes", target=2000 * 60,
        ),
        Indicator(
            "persons", it="Persone seguite (C2)", en="Persons assisted (C2)", short=("Persone (C2)", "Persons (C2)"),
            count="intervention", by="date", where=DELIVERED, distinct="counted_persons", target=600,
        ),
        Indicator(
            "no_shows", it="Interventi a vuoto (nessuno si è presentato)", en="Interventions to which nobody came", short=("· a vuoto", "· nobody came"),
            count="intervention", by="date", where={"status": "no_show"},
        ),
        # One person may be in several parts: they may add up to more than C2, and that is right.
        *(
            Indicator(
                f"persons_{code}", it=f"di cui {it}", en=f"of them {en}", short=SHORT_CATEGORIES[code],
                count="intervention", by="date", where={**DELIVERED, "category": code}, distinct="counted_persons",
            )
            for code, (it, en) in CATEGORIES.items()
        ),
        Indicator(
            "pupils", it="Minori iscritti a scuola", en="Children enrolled at school", short=("Minori a scuola", "At school"),
            count="school_enrolment", by="date", where={"counted": True}, distinct="person", target=200,
        ),
        Indicator(
            "pupils_reserve", it="di cui con riserva", en="of them with reserve", short=("· con riserva", "· with reserve"),
            count="school_enrolment", by="date", where={"counted": True, "with_reserve": True}, distinct="person",
        ),
    ],
)  # fmt: skip
