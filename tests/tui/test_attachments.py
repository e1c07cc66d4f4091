"""Attached files on screen: several in a field, in rows, shown with their sizes, opened as copies."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from intarsi_tui.host.office import Office, open_office
from intarsi_tui.project import opening
from intarsi_tui.project.workspace import Workspace

PAPERS = '''"""Papers."""
from intarsi_tui import Attachment, Attachments, Date, Plugin, Record, Row, Rows, Text, field


class Receipt(Row, it="Ricevuta", en="Receipt"):
    what: Text = field(it="Cosa", en="What", privacy="internal")
    scan: Attachment | None = field(it="Scansione", en="Scan", privacy="internal")


class Meeting(Record, it="Incontro", en="Meeting", plural=("Incontri", "Meetings")):
    title: Text = field(it="Titolo", en="Title", privacy="internal", in_list=True)
    minutes: Attachment | None = field(it="Verbale", en="Minutes", privacy="personal")
    annexes: Attachments | None = field(it="Allegati", en="Annexes", privacy="internal")
    receipts: Rows[Receipt] = field(it="Ricevute", en="Receipts", privacy="internal", default=[])


plugin = Plugin("papers", it="Carte", en="Papers", records=[Meeting])
'''


@pytest.fixture
def papers(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with one meeting, and the current folder with `a.pdf` to `c.pdf`."""
    (workspace.plugins / "bicycles.py").unlink()
    (workspace.plugins / "papers.py").write_text(PAPERS, "utf-8")
    for name in "abc":
        (tmp_path / f"{name}.pdf").write_text(f"paper {name}", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening.tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with open_office(workspace, "it") as office:
        office.table("papers.meeting").add({"title": "Tavolo"})
        yield office


def names(office: Office) -> list[str]:
    return [one[72:] for one in office.table("papers.meeting").page()[0].get("annexes", [])]


async def test_several_files_are_typed_one_by_one_or_dropped(papers: Office, on: Callable[..., Any]) -> None:
    async with on(papers) as (app, press, screen):
        await press("enter", "e", "tab", "tab")
        assert "nessun file" in screen()
        await press("+", "'manca.pdf", "ctrl+s")
        assert "file non trovato" in screen()
        await press("ctrl+u", "'a.pdf", "ctrl+s")
        assert "a.pdf (1 kB)" in screen()
        app.screen.focused.post_message(events_paste("'b.pdf' c.pdf"))
        await press("ctrl+s")
        assert "Salvato" in screen()
    assert names(papers) == ["a.pdf", "b.pdf", "c.pdf"]


def events_paste(text: str) -> Any:
    from textual.events import Paste

    return Paste(text)


async def test_a_file_in_a_row_is_taken_in_when_the_record_is_saved(papers: Office, on: Callable[..., Any]) -> None:
    async with on(papers) as (_app, press, screen):
        await press("enter", "e", "tab", "tab", "tab", "+", "'Autobus", "tab", "'c.pdf", "ctrl+s")
        assert re.search("Autobus +c.pdf", screen())
        assert not list(papers.workspace.attachments.rglob("*.pdf"))
        await press("ctrl+s")
        assert "Salvato" in screen()
    [row] = papers.table("papers.meeting").page()[0]["receipts"]
    assert papers.workspace.files.state(row["scan"]) == "ok"


async def test_a_file_that_vanishes_before_saving_can_be_given_again(papers: Office, on: Callable[..., Any]) -> None:
    async with on(papers) as (_app, press, screen):
        await press("enter", "e", "tab", "tab", "tab", "+", "'Autobus", "tab", "'c.pdf", "ctrl+s")
        text = Path("c.pdf").read_text("utf-8")
        Path("c.pdf").unlink()
        await press("ctrl+s")
        assert "non esiste" in screen()
        Path("c.pdf").write_text(text, "utf-8")
        await press("ctrl+s")
        assert "Salvato" in screen()


async def test_the_record_shows_its_files_and_opens_a_copy(papers: Office, on: Callable[..., Any]) -> None:
    meetings, files = papers.table("papers.meeting"), papers.workspace.files
    values = {"minutes": files.attach(Path("a.pdf")), "annexes": [files.attach(Path("b.pdf"))]}
    meetings.edit(meetings.page()[0]["id"], values)
    async with on(papers) as (_app, press, screen):
        await press("enter", "enter")
        assert "a.pdf (1 kB)" in screen()
        await press("f", "'all", "enter")
        assert "la copia:" in screen()
        [copy] = Path(opening.tempfile.gettempdir()).glob("intarsi-opened-*/*")
        assert copy.name == "b.pdf"
        files.file(values["minutes"]).unlink()
        await press("f", "'verb", "enter")
        assert "manca" in screen()


async def test_a_kept_file_stands_in_its_field_by_its_name(papers: Office, on: Callable[..., Any]) -> None:
    meetings, files = papers.table("papers.meeting"), papers.workspace.files
    value = files.attach(Path("a.pdf"))
    meetings.edit(meetings.page()[0]["id"], {"minutes": value})
    async with on(papers) as (app, press, screen):
        await press("enter", "e", "tab")
        assert app.screen.focused.value == "a.pdf"
        assert "sha256" not in screen()
        await press("'x", "backspace", "'a.pdf", "ctrl+s")
        assert meetings.page()[0]["minutes"] == value, "its own name means the kept file"
        await press("e", "tab", "'b.pdf", "ctrl+s")
        assert meetings.page()[0]["minutes"][72:] == "b.pdf"
        await press("e", "tab", "delete", "ctrl+s")
        assert "minutes" not in meetings.page()[0]


async def test_a_record_without_files_offers_none_to_open(papers: Office, on: Callable[..., Any]) -> None:
    async with on(papers) as (_app, press, screen):
        await press("enter", "enter")
        assert "Apri un file" not in screen()
