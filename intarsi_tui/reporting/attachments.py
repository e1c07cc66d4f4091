"""Attached files beside the workbook whose records name them: a folder with an index, whole or not at all."""

import csv
import mimetypes
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..host.attached import Found
from ..host.office import Office
from ..project.errors import ProjectError
from ..project.file_names import clean_name, must_not_run
from ..records.privacy import may_see
from ..whole_file import refuse_own
from .problems import ReportError, ReportProblem

INDEX = "indice.csv"


def folder_of(workbook: Path) -> Path:
    """`registro_2021-Q2.xlsx` → `registro_2021-Q2_allegati`, beside it."""
    return workbook.with_name(f"{workbook.stem}_allegati")


def permitted(found: Iterable[Found], audience: str) -> list[Found]:
    """The files that this audience may be given: those of fields that it may see, in fields that leave the office."""
    return [one for one in found if one.named.exported and may_see(audience, one.named.privacy)]


@contextmanager
def gathered(office: Office, found: Sequence[Found], folder: Path, audience: str, lang: str) -> Iterator[None]:
    """Copies the files into a folder beside `folder`, which takes its place when all went well in the `with` block.

    Every copy is compared with its hash. For audiences that may not see persons the file's own name is left out: it may
    be somebody's.

    Parameters:
        lang: of the labels in names and index.

    Raises:
        ReportError: files are missing or changed (all of them are named), or the folder cannot be written.
    """
    refuse_own(folder)
    if folder.exists() and not _ours(folder):
        raise ReportError([ReportProblem("not_our_folder", folder.name, value=folder)])
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        part.mkdir(parents=True)
        _copy_all(office, found, part, audience, lang)
        yield
        if folder.exists():
            shutil.rmtree(folder)
        part.replace(folder)
    except OSError as error:
        problem = ReportProblem("cannot_write", folder.name, value=folder, detail=error.strerror or str(error))
        raise ReportError([problem]) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _copy_all(office: Office, found: Sequence[Found], part: Path, audience: str, lang: str) -> None:
    problems: list[ReportProblem] = []
    rows: list[list[str]] = []
    for one in found:
        name = _free(_name_of(one, lang, named=may_see(audience, "personal")), rows)
        try:
            must_not_run(name)
            office.workspace.files.copy(one.named.value, part / name)
        except ProjectError as error:
            state = error.code.removeprefix("attachment_")
            told = one.problem(office, state) if state in ("missing", "changed") else error  # type: ignore[arg-type]
            problems.append(ReportProblem("attachment", part.name[1:].partition(".")[0], cause=told))
            continue
        size = (part / name).stat().st_size
        label = one.declaration.label(lang)
        rows.append([name, label, one.reference, one.named.label(lang), f"sha256:{one.named.digest}", str(size)])
    if problems:
        raise ReportError(problems)
    head = ["file", "registro", "record", "campo", "hash", "byte"]
    if lang != "it":
        head = ["file", "register", "record", "field", "hash", "bytes"]
    # Excel takes a CSV file for UTF-8 only when it starts with a byte order mark.
    with (part / INDEX).open("x", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
        file.flush()
        os.fsync(file.fileno())


def _name_of(one: Found, lang: str, *, named: bool) -> str:
    """Record, field and file: `2021-0003_Verbale-firmato_scan.pdf`; without `named` only the ending of the file."""
    reference = str(one.doc.get("number") or one.doc["id"][:13])
    start = "_".join(re.sub(r"[^\w-]+", "-", text).strip("-")[:40] for text in (reference, one.named.label(lang)))
    if named:
        return clean_name(f"{start}_{one.named.name}")
    # "verbale.rossi" has an ending, too: only those that are known for kinds of files tell nothing else.
    ending = Path(one.named.name).suffix.lower()
    return start + (ending if mimetypes.guess_type(f"x{ending}")[0] else "")


def _free(name: str, rows: Sequence[Sequence[str]]) -> str:
    """`name`, numbered when another file has it already; case does not tell files apart everywhere."""
    taken = {row[0].casefold() for row in rows} | {INDEX}
    stem, dot, ending = name.rpartition(".")
    stem, dot = (stem, dot) if dot else (name, "")
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{stem}~{number}{dot}{ending if dot else ''}", number + 1
    return free


def _ours(folder: Path) -> bool:
    """Whether there is nothing in `folder` but what an earlier filling put there."""
    try:
        with (folder / INDEX).open(encoding="utf-8-sig", newline="") as file:
            known = {row[0] for row in csv.reader(file) if row}
        return all(path.name in known or path.name == INDEX for path in folder.iterdir())
    except (OSError, ValueError, csv.Error):
        return False
