"""The demo's workspace: made whole beside its place, with every report filled, then moved there."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..project.errors import ProjectError
from ..project.where import SETTINGS
from ..project.workspace import Workspace, create_workspace
from .chance import LAST
from .generator import USUAL, generate

if TYPE_CHECKING:
    from ..host.office import Office
    from ..project.periods import Period
    from ..reporting.template import Template

PARTNER, SEED = "rimini", 2832
# One workbook for each certificate would be a hundred files.
MOST_ALIKE = 12

Tell = Callable[[str, int, int], None]


def is_demo(folder: Path) -> bool:
    """Whether `folder` is a workspace that was made here. Raises ProjectError when its settings cannot be read."""
    return (folder / SETTINGS).is_file() and "demo" in Workspace(folder).settings


def make_demo(
    folder: Path, lang: str, *, records: int = USUAL, seed: int = SEED, tell: Tell | None = None
) -> Workspace:
    """Makes the demo's workspace in `folder`, which is not there yet or empty; all of it or nothing.

    Parameters:
        records, seed: as for `generate`.
        tell: called with "records" or "reports", how many steps are done, and all steps.

    Raises:
        ProjectError: `not_empty`, or the folder cannot be written.
        ReportError: a template cannot be filled.
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
        _build(part, lang, records, seed, tell or (lambda what, done, total: None))
        with suppress(FileNotFoundError):
            folder.rmdir()  # Windows moves nothing onto a folder, even an empty one
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Workspace(folder)


def _build(folder: Path, lang: str, records: int, seed: int, tell: Tell) -> None:
    from ..host.office import open_office

    workspace = create_workspace(folder, PARTNER)
    with (folder / SETTINGS).open("a", encoding="utf-8") as settings:
        words = "# Invented people. “intarsi demo” opens this workspace again; in it, it is always the same day."
        settings.write(f"\n{words}\n[demo]\nseed = {seed}\ntoday = {LAST}\n")
    with open_office(workspace, lang) as office:
        generate(office, records=records, seed=seed, progress=partial(tell, "records"))
        fill_reports(office, partial(tell, "reports"))


def fill_reports(office: "Office", progress: Callable[[int, int], None]) -> None:
    """Every template into `exports/`: of the last whole quarter where it is about a period, otherwise of the project."""
    from ..reporting import reports

    found = reports.templates(office)
    for number, template in enumerate(found, 1):
        in_period = template.map is not None and "period" in template.map.scope
        period = _last_quarter(office) if in_period else office.profile.period("project")
        for uid in _newest(office, template, period) or [""]:
            reports.fill(office, template, period, office.workspace.partner, only=uid)
        progress(number, len(found))


def _last_quarter(office: "Office") -> "Period":
    """The last calendar quarter that the records cover to its end."""
    from datetime import date, timedelta

    from ..project.periods import quarter_of

    done = office.find("mediation.intervention", state="confirmed", status="delivered")
    last = quarter_of(date.fromisoformat(max(doc["date"] for doc in done)))
    return quarter_of(last.start - timedelta(days=1))


def _newest(office: "Office", template: "Template", period: "Period") -> list[str]:
    """The records to fill a template for that makes one workbook of each; none for other templates."""
    mapped = template.map
    if mapped is None or template.scope_link != mapped.record.partition(".")[2]:
        return []
    declaration = office.declarations[mapped.record]
    docs = [doc for doc in office.find(mapped.record, state="confirmed") if declaration.day_of(doc) in period]
    docs.sort(key=lambda doc: (declaration.day_of(doc), doc["number"]))
    return [doc["id"] for doc in docs[-MOST_ALIKE:]]
