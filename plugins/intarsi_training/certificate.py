"""Certificates of attendance. The printed one carries the co-financing sentence: its template has it (`domain.md` §3)."""

from collections.abc import Iterator

from intarsi_registry.rules import in_order, named, others, shown
from intarsi_tui import Choice, Context, Date, Int, Link, Minutes, Problem, Record, Text, field, link

from .choices import COUNTED_AS
from .enrolment import threshold


class Certificate(
    Record, it="Attestato", en="Certificate", plural=("Attestati", "Certificates"),
    title=("course_code",), date="issued_on",
):  # fmt: skip
    enrolment: Link = link(
        "training.enrolment", it="Iscrizione", en="Enrolment", index=True, section=("Attestato", "Certificate"),
    )  # fmt: skip
    issued_on: Date = field(it="Rilasciato il", en="Issued on", privacy="public", in_list=True)
    signed_by: Text | None = field(it="Firmato da", en="Signed by", privacy="personal")
    delivered_on: Date | None = field(it="Consegnato il", en="Delivered on", privacy="internal")
    operator: Link | None = link(
        "registry.operator", it="Operatore", en="Operator", in_list=True, computed=True,
        section=("Dall'iscrizione", "From the enrolment"),
    )  # fmt: skip
    course: Link | None = link("training.course", it="Corso", en="Course", in_list=True, computed=True)
    course_code: Text | None = field(it="Codice corso", en="Course code", privacy="public", computed=True)
    minutes: Minutes | None = field(
        it="Ore frequentate", en="Hours attended", privacy="internal", in_list=True, computed=True
    )
    percent: Int | None = field(it="Frequenza %", en="Attendance %", privacy="internal", in_list=True, computed=True)
    sector: Choice | None = field(
        it="Conta come", en="Counted as", privacy="internal", computed=True, choices=COUNTED_AS
    )

    def compute(self, context: Context) -> None:
        enrolment = context.get("training.enrolment", self.enrolment) or {}
        self.operator, self.course = enrolment.get("operator"), enrolment.get("course")
        self.course_code = enrolment.get("course_code")
        self.minutes, self.percent = enrolment.get("attended_minutes"), enrolment.get("percent")
        operator = context.get("registry.operator", self.operator) if self.operator else None
        sector = (operator or {}).get("sector")
        self.sector = "private" if sector == "volunteer" else sector

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "issued_on", "delivered_on")

    def check_with(self, context: Context) -> Iterator[Problem]:
        for doc in others(self, context, enrolment=self.enrolment):
            yield self.problem(
                "enrolment", other=named(self, doc), it="Per questa iscrizione c'è già l'attestato {other}",
                en="There is already certificate {other} for this enrolment",
            )  # fmt: skip
        course = (context.get("training.course", self.course) if self.course else None) or {}
        needed = threshold(course, context)
        if self.percent is not None and self.percent < needed:
            yield self.problem(
                "enrolment", percent=self.percent, needed=needed, code=self.course_code or "",
                it="Frequenza del {percent} % nel corso {code}: per l'attestato serve il {needed} %",
                en="Attendance of {percent} % in course {code}: a certificate needs {needed} %",
            )  # fmt: skip
        if course.get("end", "") > self.issued_on.isoformat():
            yield self.problem(
                "issued_on", warning=True, code=course["code"], day=shown(self.issued_on),
                it="Il {day} il corso {code} non era finito", en="On {day} course {code} was not over",
            )  # fmt: skip
