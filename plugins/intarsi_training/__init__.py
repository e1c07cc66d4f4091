"""Training: courses for public and private operators, their sessions, enrolments and certificates."""

from intarsi_tui import Indicator, Plugin

from .attendance import ATTENDANCE
from .card import MISSING
from .certificate import Certificate
from .course import Course
from .enrolment import Enrolment
from .matrix import MATRIX
from .paper import CERTIFICATES, REGISTER
from .session import Session

plugin = Plugin(
    "training",
    it="Formazione",
    en="Training",
    records=[Course, Session, Enrolment, Certificate],
    actions=[MATRIX, REGISTER, CERTIFICATES],
    screens=[ATTENDANCE],
    cards=[MISSING],
    indicators=[
        Indicator(
            "operators", it="Operatori formati", en="Operators trained", short=("Formati", "Trained"),
            count="certificate", by="issued_on", distinct="operator", target=220,
        ),
        Indicator(
            "operators_public", it="di cui pubblici", en="of them public", short=("· pubblici", "· public"),
            count="certificate", by="issued_on", distinct="operator", where={"sector": "public"}, target=140,
        ),
        Indicator(
            "operators_private", it="di cui privati", en="of them private", short=("· privati", "· private"),
            count="certificate", by="issued_on", distinct="operator", where={"sector": "private"}, target=80,
        ),
        Indicator(
            "operators_volunteer", it="di cui volontari (contano tra i privati)", en="of them volunteers (counted as private)", short=("· volontari", "· volunteers"),
            count="certificate", by="issued_on", distinct="operator", where={"operator_sector": "volunteer"},
        ),
        Indicator(
            "courses", it="Corsi con lezioni svolte", en="Courses with sessions held", short=("Corsi svolti", "Courses held"),
            count="session", by="date", distinct="course", where={"status": "held"}, target=20,
        ),
        Indicator(
            "sessions", it="Lezioni svolte", en="Sessions held",
            count="session", by="date", where={"status": "held"}, target=120,
        ),
        Indicator(
            "hours", it="Ore di formazione erogate", en="Hours of training given", short=("Ore di corso", "Hours given"),
            count="session", by="date", total="net_minutes", where={"status": "held"}, target=400 * 60,
        ),
        Indicator("enrolments", it="Iscrizioni", en="Enrolments", count="enrolment", by="enrolled_on", where={"admission": [None, "enrolled"]}, target=300),
    ],
)  # fmt: skip
