"""The demo's workspace: made whole beside its place, with every report filled, then moved there."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..project.errors import ProjectError
from ..project.periods import Period, quarter_of
from ..project.where import SETTINGS
from ..project.workspace import Workspace, create_workspace
from .chance import LAST
from .generator import SEED, generate

if TYPE_CHECKING:
    from ..host.office import Office
    from ..project.profile import Partner
    from ..reporting.problems import ReportProblem
    from ..reporting.template import Template

PARTNER = "rimini"
# One workbook for each certificate would be a hundred files.
MOST_ALIKE = 12

# What keeps an exported workbook or a screenshot from being taken for a real office's: workbooks show the title.
MARKS = {"it": " · dati d'esempio inventati", "en": " · invented sample data", "acronym": " demo"}

Tell = Callable[[str, int, int], None]


class Demo(NamedTuple):
    """A demo that was made, and why some of its workbooks could not be filled."""

    workspace: Workspace
    refused: "list[ReportProblem]"


def is_demo(folder: Path) -> bool:
    """Whether `folder` is a workspace that was made here. Raises ProjectError when its settings cannot be read."""
    return (folder / SETTINGS).is_file() and "demo" in Workspace(folder).settings


def make_demo(
    folder: Path,
    lang: str,
    *,
    partner: str = PARTNER,
    records: int | None = None,
    tell: Tell | None = None,
) -> Demo:
    """Makes the demo's workspace in `folder`, which is not there yet or empty; all of it or nothing.

    Parameters:
        partner: whose office it is; the lead's has the records of all partners.
        records: as for `generate`.
        tell: called with "records" or "reports", how many steps are done, and all steps.

    Raises:
        ProjectError: `not_empty`, `no_such_partner`, or the folder cannot be written.
    """
    folder = folder.expanduser().resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError("not_empty", folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise ProjectError("not_writable", folder, detail=error.strerror or str(error)) from None
    try:
        refused = _build(part, lang, partner, records, tell or (lambda what, done, total: None))
        with suppress(FileNotFoundError):
            folder.rmdir()  # Windows moves nothing onto a folder, even an empty one
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Demo(Workspace(folder), refused)


def _build(folder: Path, lang: str, partner: str, records: int | None, tell: Tell) -> "list[ReportProblem]":
    from ..host.office import open_office

    create_workspace(folder, partner)
    _mark(folder / SETTINGS)
    with open_office(Workspace(folder), lang) as office:
        generate(office, records=records, progress=partial(tell, "records"))
        return fill_reports(office, partial(tell, "reports"))


def _mark(settings: Path) -> None:
    """The settings of a demo: a project whose title says that all is invented, and the day on which it lives."""
    import tomlkit

    profile = tomlkit.parse(settings.read_text("utf-8"))
    for name, mark in MARKS.items():
        profile["project"][name] += mark
    words = "# Invented people. “intarsi demo” opens this workspace again; in it, it is always the same day."
    demo = f"\n{words}\n[demo]\nseed = {SEED}\ntoday = {LAST}\n"
    settings.write_text(tomlkit.dumps(profile) + demo, "utf-8")


def fill_reports(office: "Office", progress: Callable[[int, int], None]) -> "list[ReportProblem]":
    """Every template into `exports/`: of the last whole quarter where it is about a period, otherwise of the project.

    At the lead's, one of each partner where it is about a partner.

    Returns:
        Why workbooks could not be filled, such as a template with too few rows for a very large sample.
    """
    from ..reporting import reports
    from ..reporting.problems import ReportError

    jobs = [
        (template, period, partner, uid)
        for template in reports.templates(office)
        for partner in _partners(office, template)
        for period in [_period(office, template)]
        for uid in _newest(office, template, period) or [""]
    ]
    refused = []
    for number, (template, period, partner, uid) in enumerate(jobs, 1):
        try:
            reports.fill(office, template, period, partner, only=uid)
        except ReportError as error:
            refused += [problem for problem in error.problems if problem.code != "nothing_to_report"]
        progress(number, len(jobs))
    return refused


def _partners(office: "Office", template: "Template") -> "Iterator[Partner]":
    """Whose workbooks are wanted: the office's own, and at the lead's those of others with something to report."""
    from tinydb import where

    own, mapped = office.workspace.partner, template.map
    yield own
    if mapped is not None and "partner" in mapped.scope and own.code == office.profile.lead:
        for partner in office.profile.partners.values():
            if partner != own and office.table(mapped.record).count_of(where("partner") == partner.code):
                yield partner


def _period(office: "Office", template: "Template") -> "Period":
    if template.map is None or "period" not in template.map.scope:
        return office.profile.period("project")
    return quarter_of(quarter_of(office.today).start - timedelta(days=1))


def _newest(office: "Office", template: "Template", period: "Period") -> list[str]:
    """The records to fill a template for that makes one workbook of each; none for other templates."""
    from tinydb import where

    mapped = template.map
    if mapped is None or template.scope_link != mapped.record.partition(".")[2]:
        return []
    date = where(office.declarations[mapped.record].date)
    wanted = (where("state") == "confirmed") & (date >= period.start.isoformat()) & (date <= period.end.isoformat())
    return [doc["id"] for doc in office.table(mapped.record).page(wanted, limit=MOST_ALIKE)]
