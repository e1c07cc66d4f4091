"""Every report of the lead's workspace with 30,000 records, beside openpyxl that loads the same templates, writes the same
rows into them and saves. Workbooks with a copied sheet for each group are left out of that comparison: openpyxl's copy has no
pictures and no dropdowns. Machines are shared and noisy: a missed goal is printed, and only one missed by more than a third
exits 1. A template whose drawn rows do not suffice is named and left out on both sides.

python benchmarks/reports.py [DEMO_WORKSPACE]
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

RECORDS = 30_000
SECONDS, MEGABYTES = 60, 100


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            workspace = sys.argv[1]
        else:
            workspace = folder + "/lead"
            make(Path(workspace))
        ours = measure("ours", workspace, folder)
        peer = measure("openpyxl", workspace, folder)
    for reason in ours["refused"]:
        print("refused:", reason)
    print(f"\n{ours['workbooks']} workbooks, and {ours['copied']} with a copied sheet for each group")
    print(f"{'':12}{'wall s':>9}{'CPU s':>9}{'of it filling':>15}{'peak MB':>9}")
    for name, one in (("intarsi", ours), ("openpyxl", peer)):
        print(f"{name:12}{one['wall']:>9.1f}{one['cpu']:>9.1f}{one['filling']:>15.1f}{one['peak']:>9}")
    rows = [
        ("all reports, s", ours["wall"], SECONDS),
        ("peak memory, MB", ours["peak"], MEGABYTES),
        ("filling / openpyxl", ours["filling"] / peer["filling"], 0.5),
    ]
    print(f"\n{'what':48}{'measured':>10}{'goal':>8}")
    for what, value, goal in rows:
        print(f"{what:48}{value:>10.2f}{goal:>8.2f}{'' if value <= goal else '  missed'}")
    return int(any(value > goal * 4 / 3 for _, value, goal in rows))


def make(folder: Path) -> None:
    """The lead's workspace; its reports are what is measured, so they are not filled here."""
    from intarsi_tui.demo import generate
    from intarsi_tui.host.office import open_office
    from intarsi_tui.project.workspace import create_workspace

    with open_office(create_workspace(folder, "unione-savio")) as office:
        generate(office, records=RECORDS, progress=lambda done, total: tell("records", done, total))


def tell(what: str, done: int, total: int) -> None:
    if done == total or done % 1000 == 0 or total < 10_000:
        print(f"\r{what}: {done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def measure(how: str, workspace: str, folder: str) -> dict[str, Any]:
    """A process of its own: its peak of memory is nobody else's. The second one leaves out what the first could not fill."""
    words = [sys.executable, __file__, "fill", how, workspace, folder]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout))


def fill(how: str, path: str, folder: str) -> None:
    from intarsi_tui import sheets
    from intarsi_tui.demo.chance import LAST
    from intarsi_tui.demo.workspace import fill_reports
    from intarsi_tui.host.office import open_office
    from intarsi_tui.project.workspace import Workspace
    from intarsi_tui.records import clock

    seen = {"filling": 0.0, "workbooks": 0, "copied": 0}
    left_out = Path(folder) / "left_out.json"
    skipped = set(json.loads(left_out.read_text())) if how == "openpyxl" else set()
    engine = sheets.fill if how == "ours" else openpyxl_fill

    def timed(source: Path, target: Path, cells: dict[str, Any], blocks: Iterable[Any], **more: Any) -> Any:
        if target.name in skipped:
            return SimpleNamespace(doubtful=())
        target, began = Path(folder) / how / target.name, time.process_time()
        target.parent.mkdir(exist_ok=True)
        try:
            report = engine(source, target, cells, blocks, **more)
        except sheets.SheetError:
            skipped.add(target.name)
            raise
        seen["filling"] += time.process_time() - began
        seen["workbooks"] += 1
        return report

    def copied(source: Path, target: Path, *what: Any, **more: Any) -> Any:
        if how == "openpyxl":
            return SimpleNamespace(doubtful=())
        target = Path(folder) / how / target.name
        target.parent.mkdir(exist_ok=True)
        seen["copied"] += 1
        return fill_copies(source, target, *what, **more)

    # All that reports know of the engine.
    fill_copies, sheets.fill, sheets.fill_copies = sheets.fill_copies, timed, copied  # type: ignore[assignment]
    workspace = Workspace(Path(path))
    with clock.on(LAST), open_office(workspace) as office:
        wall, cpu = time.perf_counter(), time.process_time()
        refused = fill_reports(office, lambda done, total: tell(how, done, total))
        spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    left_out.write_text(json.dumps(sorted(skipped)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**seen, **spent, "peak": peak, "refused": [problem.text("en") for problem in refused]}))


def openpyxl_fill(source: Path, target: Path, cells: dict[str, Any], blocks: Iterable[Any], **_: Any) -> Any:
    """The same values into the same cells, as a script with openpyxl would put them."""
    from openpyxl import load_workbook
    from openpyxl.cell import Cell

    book = load_workbook(source)
    marks = [cell for page in book for row in page.iter_rows() for cell in row if "{{" in str(cell.value)]
    for place, value in cells.items():
        cell = next((cell for cell in marks if place in str(cell.value)), None) or first_cell(book, place)
        cell.value = str(cell.value).replace(place, str(value)) if cell in marks else plain(value)
    for block in blocks:
        first = first_cell(book, block.at)
        page, below = first.parent, int(any(block.at in one.tables for one in book))
        for number, values in enumerate(block.values, first.row + below):
            for column, value in enumerate(values, first.column):
                cell = page.cell(number, column)
                if isinstance(cell, Cell):  # the others are the rest of a merged one
                    cell.value = plain(value)
    book.save(target)
    return SimpleNamespace(doubtful=())


def first_cell(book: Any, place: str) -> Any:
    """The first cell of a table, a name, or an address such as `Registro!C3`."""
    for page in book:
        if place in page.tables:
            return page[page.tables[place].ref.partition(":")[0]]
    if place in book.defined_names:
        title, address = next(iter(book.defined_names[place].destinations))
        return book[title][address.replace("$", "").partition(":")[0]]
    title, _, address = place.rpartition("!")
    return book[title.strip("'")][address.replace("$", "")] if title else book.worksheets[0][address]


def plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float)) or hasattr(value, "isoformat") else str(value)


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        fill(*sys.argv[2:5])
    else:
        sys.exit(main())
