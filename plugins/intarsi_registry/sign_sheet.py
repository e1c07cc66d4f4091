"""Signature sheets that are printed before a meeting or an event; each line of registers with attendance has its own command."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Context, Flag, Int, Link, Row, Text, field, link

if TYPE_CHECKING:
    from intarsi_tui import Office

BLANKS = 12


# The rows of attendance that are expected at a record which has none yet.
Expected = Callable[[Context, Mapping[str, Any]], Iterable[Mapping[str, Any]]]


def sign_sheet(
    table: str, it: str, en: str, who: Sequence[str], lines: Sequence[str], expected: Expected | None = None
) -> Action:
    """The command `sign-sheet` of a register: a page with its lines, those expected, and blank lines for others.

    Parameters:
        table: `cohousing.housing_meeting`.
        it, en: what its records are called in a sentence.
        who: links of a row of attendance by which a person is called, or the field with their name.
        lines: fields of the record that stand above the table.
        expected: who stands on the sheet while nobody's attendance is written.
    """

    class Asked(Row, it="Foglio firme", en="Signature sheet"):
        record: Link = link(table, it=_noun(it), en=_noun(en))
        blanks: Int = field(it="Righe in bianco", en="Blank rows", privacy="public", min=0, max=60, default=BLANKS)
        file: Text | None = field(it="File .xlsx", en=".xlsx file", privacy="public", max=500)
        pdf: Flag = field(it="Anche PDF", en="Also PDF", privacy="public", default=False)

    def run(office: "Office", asked: Any) -> Iterator[dict[str, Any]]:
        from intarsi_tui.reporting.paper import Page, write_pages

        declaration, italian = office.declarations[table], office.lang == "it"
        doc = office.get(table, asked.record)
        assert doc is not None  # a link leads to a record
        heads = ("N.", "Cognome e nome", "Ente", "Firma in entrata", "Firma in uscita") if italian else (
            "No.", "Name", "Body", "Signature in", "Signature out")  # fmt: skip
        known = doc.get("attendance") or (expected(office.store.context, doc) if expected else ())
        rows = [(f"{number}", *_called(office, declaration, row, who)) for number, row in enumerate(known, 1)]
        page = Page(
            "Foglio firme" if italian else "Signature sheet",
            [(declaration.label(office.lang), str(doc.get("number") or "")), *(_line(office, declaration, doc, name) for name in lines)],
            tuple(zip(heads, (14, 34, 34, 30, 30), strict=True)), rows, asked.blanks,
            ("Responsabile",) if italian else ("In charge",),
        )  # fmt: skip
        path = Path(asked.file) if asked.file else office.workspace.exports / _file_name(declaration, doc)
        path.parent.mkdir(parents=True, exist_ok=True)
        for written in write_pages(office, path, [page], pdf=asked.pdf):
            yield {"file": str(written)}

    return Action(
        "sign-sheet", it=f"Il foglio firme di {it}, da stampare prima", en=f"The signature sheet of {en}, to be printed before it",
        run=run, asks=Asked, columns={"file": ("File", "File")}, paper="file", writes=False,
    )  # fmt: skip


def _file_name(declaration: Any, doc: Mapping[str, Any]) -> str:
    """A file of its own for each record: registers count alike, and ids made in one minute begin alike but end by chance."""
    called = doc.get("number") or f"{doc.get(declaration.date, '')}_{doc['id'][-8:]}"
    return f"foglio_firme_{declaration.command}_{called.replace('/', '-')}.xlsx"


def _noun(phrase: str) -> str:
    """`un incontro` as a label: `Incontro`."""
    words = phrase.partition(" ")[2]
    return words[:1].upper() + words[1:]


def _line(office: "Office", declaration: Any, doc: Mapping[str, Any], name: str) -> tuple[str, str]:
    one = declaration.by_name[name]
    return one.label(office.lang), office.show(one, doc)


def _called(office: "Office", declaration: Any, row: Mapping[str, Any], who: Sequence[str]) -> tuple[str, str]:
    """Name and body; of a person in care the full name, since the sheet stays in the office and is signed by them."""
    columns = declaration.by_name["attendance"].kind.declaration.by_name
    first = next((one for one in who if row.get(one)), who[0])
    target = columns[first].kind.params.get("to")
    given = str(row.get(first, ""))
    name = _name(office, target, given) if target and given else given
    body = office.show(columns["body"], row) if "body" in columns else ""
    return name, body


def _name(office: "Office", table: str, uid: str) -> str:
    doc = office.get(table, uid) or {}
    names = f"{doc.get('surname', '')} {doc.get('given_name', '')}".strip()
    return names or office.title(table, uid)
