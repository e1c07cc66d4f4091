"""The demo's papers: whole, no more than a few, and plainly samples."""

import re

from intarsi_tui.demo.attachments import NOTE, PAPERS, pdf
from intarsi_tui.host.attached import of_registers, registers_with_files
from intarsi_tui.host.office import Office


def test_most_records_that_want_a_paper_have_one_and_all_of_them_are_whole(office: Office) -> None:
    found = list(of_registers(office, registers_with_files(office)))
    assert {one.declaration.table for one in found} >= {
        "governance.meeting", "governance.agreement", "dissemination.event", "dissemination.material",
    }  # fmt: skip
    assert {office.workspace.files.state(one.named.value) for one in found} == {"ok"}
    assert len({one.named.digest for one in found}) == len(PAPERS)
    assert all(one.named.name.startswith("campione-") for one in found)
    signed = [doc for doc in office.find("governance.agreement") if doc.get("signed_on")]
    assert sum("file" not in doc for doc in signed) == 1


def test_a_sample_says_so_and_its_parts_are_where_its_table_says() -> None:
    paper = pdf(["Verbale (firmato) \\ è", *NOTE])
    assert paper == pdf(["Verbale (firmato) \\ è", *NOTE])
    assert all(line.encode() in paper for line in NOTE)
    assert b"Verbale \\(firmato\\) \\\\ \xe8" in paper
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", paper)]
    assert [paper[place:].split(b" ")[0] for place in places] == [b"%d" % number for number in range(1, 6)]
    table = re.search(rb"startxref\n(\d+)", paper)
    assert table is not None
    assert paper[int(table[1]) :].startswith(b"xref")
