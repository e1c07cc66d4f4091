"""What the files of a report are called. Text of records may go into a name, never into a path."""

import re
from collections.abc import Sequence
from pathlib import Path as FilePath

from .maps import Map
from .problems import ReportError, ReportProblem
from .selection import Scope


def paths_for(mapped: Map, scopes: Sequence[Scope], out: FilePath) -> list[FilePath]:
    """One path for each workbook.

    Parameters:
        out: a file, if only one workbook is wanted, or a folder.

    Raises:
        ReportError: `several_workbooks` for one file.
    """
    suffix = mapped.workbook.suffix
    if out.suffix.lower() == suffix:
        if len(scopes) > 1:
            raise ReportError(
                [ReportProblem("several_workbooks", mapped.file.name, value=out.name, detail=len(scopes))]
            )
        return [out]
    names: list[str] = []
    for scope in scopes:
        parts = [mapped.name]
        parts += [scope.partner.code] if "partner" in mapped.scope else []
        parts += [scope.period.code] if "period" in mapped.scope else []
        for about in scope.abouts.values():
            whose = str(about.record.get("partner") or "")
            # At the lead's, numbers of several partners meet in one folder.
            parts += [whose] if whose != scope.partner.code and whose not in parts else []
            parts += [about.number.replace("/", "-"), about.title]
        name = "_".join(part for part in (_safe(part) for part in parts) if part)
        # Windows and macOS take names for equal that differ in case only.
        folded = [other.casefold().partition("~")[0] for other in names]
        count = folded.count(name.casefold())
        names.append(f"{name}~{count + 1}" if count else name)
    return [out / f"{name}{suffix}" for name in names]


def _safe(text: str) -> str:
    """A part of a file name out of text that may hold anything: letters, digits, hyphens, 40 characters at most."""
    return re.sub(r"[^\w-]+", "-", text).strip("-")[:40]
