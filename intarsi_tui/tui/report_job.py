"""A report on its way through the wizard, apart from any screen: which template, for when and whom."""

from ..host.office import Office
from ..project.periods import Period, quarter_of
from ..reporting.template import Template


class ReportJob:
    """What is reported on.

    Attributes:
        only: id of the one record that is wanted of a template with one workbook a record, "" for all.
        about: how that record is called.
        attachments: whether the attached files go along.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.template: Template | None = None
        self.period = office.profile.current_period(office.today)
        self.partner = office.workspace.partner
        self.attachments = False
        self.only = self.about = ""

    def choose(self, template: Template) -> None:
        """Takes another template; the record of the one before means nothing to it."""
        if self.template is None or self.template.name != template.name:
            self.only = self.about = ""
        self.template = template
        if not self.by_partner(template):
            self.partner = self.office.workspace.partner

    def by_partner(self, template: Template | None) -> bool:
        """Whether a partner is chosen for it: its workbooks are one partner's, or the office keeps the records of all."""
        scope = template.map.scope if template and template.map else ("partner",)
        return "partner" in scope or self.office.workspace.partner.code == self.office.profile.lead

    def periods(self) -> dict[str, Period]:
        """The project's quarters, then the whole project."""
        profile = self.office.profile
        found: dict[str, Period] = {}
        year, quarter = profile.start.year, (profile.start.month - 1) // 3
        while True:
            period = quarter_of(profile.start.replace(year=year, month=quarter * 3 + 1, day=1))
            if period.start > profile.end:
                break
            found[period.code] = period
            year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
        return {**found, "project": profile.period("project")}

    def command(self) -> list[str]:
        """The words of the command that fills the template."""
        name = self.template.name if self.template else ""
        words = ["report", "fill", name, "--period", self.period.code]
        words += ["--partner", self.partner.code] if self.by_partner(self.template) else []
        words += ["--only", self.only] if self.only else []
        return words + (["--attachments"] if self.attachments else [])
