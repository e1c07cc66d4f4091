"""`intarsi indicators`: the counts that plugins declare."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...i18n import translator
from ..errors import say
from ..output import chosen, emit, output_options
from ..wording import command, option

if TYPE_CHECKING:
    from ..session import Session

_ = translator("cli")


@command("indicators", "Counts of the period and of the project so far, beside their targets.")
@option("--period", metavar="PERIOD", help="2021-Q2, 2021-H1, 2021-04, 2021 or project; otherwise the present quarter.")
@output_options
@click.pass_obj
def indicators(session: "Session", period: str | None, format_: str | None, output: Path | None) -> None:
    from ...exchange.columns import plain
    from ...reporting.indicators import count

    with session.office() as office:
        chosen_period = office.profile.period(period) if period else office.profile.current_period(office.today)
        counted = count(office, chosen_period)
    format_ = chosen(session, format_, output)
    as_shown = format_ == "table"
    rows = []
    for one in counted:
        figures: dict[str, Any] = {"period": one.in_period, "total": one.in_total, "target": one.indicator.target}
        if as_shown:  # minutes as hours and minutes
            shown = {name: one.show(figure, session.lang) for name, figure in figures.items() if figure is not None}
            figures |= shown
        name = f"{one.indicator.plugin}.{one.indicator.name}"
        rows.append({"indicator": name, "label": one.indicator.label(session.lang), **figures})
    columns = [
        plain("label", _("Indicator")), plain("period", _("Period"), right=True), plain("total", _("Total"), right=True),
        plain("target", _("Target"), right=True),
    ]  # fmt: skip
    say(chosen_period.label(session.lang))
    emit(format_, rows, columns, output, _("Indicators"))
