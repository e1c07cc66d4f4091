"""Indicators beside their targets, drawn to the width there is."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ...reporting.indicators import Counted
from ..texts import _, cell, counted

BAR = 6
BAR_FROM = 50  # columns; in fewer the bar is one character high instead of long
PERIOD_FROM = 30  # columns; in fewer only what was reached so far is shown
SHARE_FROM = 22  # columns; in fewer not even the share
HIGH = "▁▂▃▄▅▆▇█"
LEAST = 8  # columns of a label that still say something


class Figures(Widget):
    """One line an indicator: in the period, in total, the target, and how much of it is reached."""

    DEFAULT_CSS = "Figures { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Counted] = ()
        self._lang = ""

    def show(self, found: Sequence[Counted], lang: str) -> None:
        """The indicators `found`, worded in `lang`."""
        self._found, self._lang = found, lang
        self.refresh(layout=True)

    def get_content_height(self, *_sizes: Any) -> int:
        return len(self._found) + 1 if self._found else 0

    def render(self) -> RenderResult:
        if not self._found:
            return Content("")
        bars = self.size.width >= BAR_FROM
        # On a narrow screen the share that is reached stands for the target: the words need the room.
        rows = [[_("quart."), _("total"), _("target")]]
        for one in self._found:
            figures = [_figure(one, figure, self._lang) for figure in (one.in_period, one.in_total)]
            rows.append([*figures, _figure(one, one.indicator.target, self._lang) if bars else _share(one)])
        if self.size.width < PERIOD_FROM:
            rows = [row[1:] if self.size.width >= SHARE_FROM else row[1:2] for row in rows]
        wide = [1 + max(map(cell_len, column)) for column in zip(*rows, strict=True)]
        label = max(LEAST, self.size.width - sum(wide) - (BAR + 6 if bars else 0))
        # One way for all: a short word beside a long one would look like another figure.
        words = [one.indicator.label(self._lang) for one in self._found]
        if max(map(cell_len, words)) > label:
            words = [one.indicator.short(self._lang) for one in self._found]
        labels = [_("Indicators"), *words]
        told = [
            cell(name, label) + "".join(map(cell, row, wide, ["right"] * len(wide)))
            for name, row in zip(labels, rows, strict=True)
        ]
        if bars:
            told[1:] = [line + _bar(one) for line, one in zip(told[1:], self._found, strict=True)]
        return Content.assemble((told[0] + "\n", "bold"), "\n".join(told[1:]))


def _figure(one: Counted, figure: float | None, lang: str) -> str:
    """Hours without their minutes and euros without their cents when there are none: targets are round."""
    shown = one.show(figure, lang) if figure is not None else ""
    if one.unit == "minutes" and shown.endswith(":00"):
        return shown[:-3] + " h"
    if shown.isdigit():
        return counted(int(shown), lang)
    return shown.replace(",00 €", " €").removesuffix(".00")


def _bar(one: Counted) -> str:
    """` ███░░░  53%`: how much of the target is reached; a full bar says nothing of what goes beyond."""
    if not one.indicator.target:
        return ""
    full = min(BAR, int(one.in_total * BAR // one.indicator.target))
    return f" {'█' * full}{'░' * (BAR - full)}{min(999, int(one.in_total * 100 // one.indicator.target)):>4}%"


def _share(one: Counted) -> str:
    """`▃ 32%`: the same on a narrow screen, with a bar of one column."""
    if not one.indicator.target:
        return ""
    part = one.in_total / one.indicator.target
    return f"{HIGH[max(0, min(int(part * len(HIGH)), len(HIGH) - 1))]}{min(999, int(part * 100)):>4}%"
