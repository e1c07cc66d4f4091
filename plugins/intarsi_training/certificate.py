"""Certificates of attendance. The printed one carries the co-financing sentence: its template has it (`domain.md` §3)."""

from collections.abc import Iterator

from intarsi_registry.rules import called, in_order, named, not_before, others, shown
from intarsi_tui import (
    Attachment,
    Choice,
    Context,
    Date,
    Int,
    Link,
    Minutes,
    Problem,
    Record,
    Row,
    Rows,
    Text,
    field,
    link,
)

from .choices import AUDIENCES, COUNTED_AS
from .enrolment import threshold


class Reissue(Row, it="Duplicato", en="Re-issue"):
    issued_on: Date = field(it="Rilasciato il", en="Issued on", privacy="internal")
    reason: Text = field(it="Motivo", en="Reason", privacy="internal")
    signed_by: Text | None = field(it="Firmato da", en="Signed by", privacy="personal")


class Certificate(
    Record, it="Attestato", en="Certificate", plural=("Attestati", "Certificates"),
    also=("certificati, diplomi", "diplomas"),
    title=("course_code",), date="issued_on",
):  # fmt: skip
    enrolment: Link = link(
        "training.enrolment", it="Iscrizione", en="Enrolment", index=True, section=("Attestato", "Certificate"),
    )  # fmt: skip
    issued_on: Date = field(it="Rilasciato il", en="Issued on", privacy="public", in_list=True)
    signed_by: Text | None = field(it="Firmato da", en="Signed by", privacy="personal")
    delivered_on: Date | None = field(it="Consegnato il", en="Delivered on", privacy="internal")
    reissues: Rows[Reissue] = field(
        it="Duplicati", en="Re-issues", privacy="internal", default=[],
        help=("Il duplicato porta lo stesso numero", "A re-issue bears the same number"),
    )  # fmt: skip
    scan: Attachment | None = field(it="Attestato firmato", en="Signed certificate", privacy="personal")
    operator: Link | None = link(
        "registry.operator", it="Operatore", en="Operator", in_list=16, computed=True,
        section=("Dall'iscrizione", "From the enrolment"),
    )  # fmt: skip
    course: Link | None = link("training.course", it="Corso", en="Course", in_list=20, computed=True)
    course_code: Text | None = field(it="Codice corso", en="Course code", privacy="public", computed=True)
    minutes: Minutes | None = field(
        it="Ore frequentate", en="Hours attended", privacy="internal", in_list=True, computed=True
    )
    percent: Int | None = field(it="Frequenza %", en="Attendance %", privacy="internal", in_list=True, computed=True)
    sector: Choice | None = field(
        it="Conta come", en="Counted as", privacy="internal", computed=True, choices=COUNTED_AS
    )

    operator_sector: Choice | None = field(
        it="Settore dell'operatore", en="Sector of the operator", privacy="internal", computed=True, choices=AUDIENCES
    )

    def compute(self, context: Context) -> None:
        enrolment = context.get("training.enrolment", self.enrolment) or {}
        self.operator, self.course = enrolment.get("operator"), enrolment.get("course")
        self.course_code = enrolment.get("course_code")
        self.minutes, self.percent = enrolment.get("attended_minutes"), enrolment.get("percent")
        operator = context.get("registry.operator", self.operator) if self.operator else None
        sector = (operator or {}).get("sector")
        self.operator_sector = sector
        self.sector = "private" if sector == "volunteer" else sector

    def check(self) -> Iterator[Problem]:
        yield from in_order(self, "issued_on", "delivered_on")
        for number, row in enumerate(self.reissues, 1):
            yield from not_before(self, f"reissues.{number}.issued_on", row.issued_on, "issued_on")
            if not self.number:
                yield self.problem(
                    f"reissues.{number}.issued_on",
                    it="Non ha ancora un numero: si conferma prima",
                    en="It has no number yet: confirm it first",
                )

    def check_with(self, context: Context) -> Iterator[Problem]:
        for doc in others(self, context, enrolment=self.enrolment):
            yield self.problem(
                "enrolment", other=named(self, doc), it="Per questa iscrizione c'è già l'attestato {other}",
                en="There is already certificate {other} for this enrolment",
            )  # fmt: skip
        if not context.profile.cofinancing.it:
            yield self.problem(
                "issued_on", it="Manca la frase di cofinanziamento (cofinancing_it in intarsi.toml): l'attestato la deve portare",
                en="The co-financing sentence is missing (cofinancing_it in intarsi.toml): the certificate must bear it",
            )  # fmt: skip
        course = (context.get("training.course", self.course) if self.course else None) or {}
        needed = threshold(course, context)
        if self.percent is not None and self.percent < needed:
            yield self.problem(
                "enrolment", percent=self.percent, needed=needed, code=called(course, course.get("code"), course.get("title")),
                it="Frequenza del {percent} % nel corso {code}: per l'attestato serve il {needed} %",
                en="Attendance of {percent} % in course {code}: a certificate needs {needed} %",
            )  # fmt: skip
        if course.get("end", "") > self.issued_on.isoformat():
            yield self.problem(
                "issued_on", warning=True, code=called(course, course["code"], course["title"]), day=shown(self.issued_on),
                it="Il {day} il corso {code} non era finito", en="On {day} course {code} was not over",
            )  # fmt: skip
