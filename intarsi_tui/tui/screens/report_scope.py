"""What the pages of the report wizard share: the line with period, partner and attached files, and its keys."""

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ...reporting.problems import ReportProblem
from ...reporting.template import Template
from ..report_job import ReportJob
from ..texts import _, lines, one_line
from .page import Page
from .picker import Choice, Picker, among

R = TypeVar("R")


def told_apart(paths: Sequence[Path]) -> list[str]:
    """The names of workbooks; of several without what all of them begin with, which would leave no room for the rest."""
    parts = [path.stem.split("_") for path in paths]
    begins = (one[:-1] for one in parts)  # each keeps its last part, whatever the others are called
    same = sum(1 for _parts in takewhile(lambda beside: len(set(beside)) == 1, zip(*begins, strict=False)))
    if len(paths) < 2 or not same:
        return [path.name for path in paths]
    return ["…" + "_".join(one[same:]) for one in parts]


class ScopedPage(Page[R]):
    """A page about one period and partner; it has a Static called `scope`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "period", "Period", id="reports.period"),
        Binding("a", "partner", "Partner", id="reports.partner"),
        Binding("f", "attachments", "Attached", id="reports.attachments"),
    ]

    job: ReportJob

    @property
    def template(self) -> Template | None:
        """What the line is about."""
        return self.job.template

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "partner" or self.job.by_partner(self.template)

    def scope_changed(self) -> None:
        """Called when another period or partner was chosen."""

    def show_scope(self, *more: Any) -> None:
        """Writes the line, with `more` after it."""
        job = self.job
        partner: list[Any] = []
        if job.by_partner(self.template):
            partner = ["   ", (_("Partner ([reports.partner])"), "$text-muted"), f" {one_line(job.partner.name)}"]
        then = "   " if self.size.width >= 110 else "\n"  # where a label and its value would be torn apart
        self.query_one("#scope", Static).update(
            Content.assemble(
                (_("Period ([reports.period])"), "$text-muted"),
                f" {job.period.label(self.lang)}",
                *partner,
                then,
                (_("Attached files ([reports.attachments])"), "$text-muted"),
                " " + (_("yes") if job.attachments else _("no")),
                *more,
            )
        )

    def problem_line(self, problem: ReportProblem) -> str:
        """A problem of a map, with the sign that tells errors from warnings."""
        return lines(f"{'▲' if problem.severity == 'error' else '!'} {problem.text(self.lang)}\n")

    def action_period(self) -> None:
        periods = self.job.periods()
        choices = [Choice(code, period.label(self.lang)) for code, period in periods.items()]

        def take(chosen: list[str] | None) -> None:
            if chosen:
                self.job.period = periods[chosen[0]]
                self.scope_changed()

        self.app.push_screen(Picker(_("Period"), among(choices), chosen=[self.job.period.code]), take)

    def action_partner(self) -> None:
        partners = self.office.profile.partners
        choices = [Choice(code, partner.name, code) for code, partner in partners.items()]

        def take(chosen: list[str] | None) -> None:
            if chosen:
                self.job.partner = partners[chosen[0]]
                self.scope_changed()

        self.app.push_screen(Picker(_("Partner"), among(choices), chosen=[self.job.partner.code]), take)

    def action_attachments(self) -> None:
        self.job.attachments = not self.job.attachments
        self.scope_changed()

    def action_copy_command(self) -> None:
        if self.job.template:
            self.intarsi.copy_command(*self.job.command())
