"""Paper of a course that is printed before it: the register with its numbered pages, and certificates to be filled in by pen."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intarsi_tui import Action, Flag, Int, Label, Link, Problem, Rejected, Row, Text, field, link

from .places import holds_place

if TYPE_CHECKING:
    from intarsi_tui import Office
    from intarsi_tui.reporting.paper import Page

SPARE_ROWS = 3


class Asked(Row, it="Carta di un corso", en="Paper of a course"):
    course: Link = link("training.course", it="Corso", en="Course")
    pages: Int | None = field(
        it="Pagine", en="Pages", privacy="public", min=1, max=200, help=("Vuoto: una per lezione in programma", "Empty: one for each planned session"),
    )  # fmt: skip
    file: Text | None = field(it="File .xlsx", en=".xlsx file", privacy="public", max=500)
    pdf: Flag = field(it="Anche PDF", en="Also PDF", privacy="public", default=False)


def blank_register(office: "Office", asked: Asked) -> Iterator[dict[str, Any]]:
    """A page for each session, in the order of their dates or on the page that it names; further pages are blank."""
    from intarsi_tui.reporting.paper import Page

    course, sessions, people = _known(office, asked)
    count = asked.pages or max([len(sessions), 1, *(one.get("page", 1) for one in sessions)])
    named = {one["page"]: one for one in sessions if "page" in one}
    rest = iter([one for one in sessions if "page" not in one])
    it = office.lang == "it"
    heads = ("N.", "Cognome e nome", "Ente", "Ora entrata", "Firma in entrata", "Ora uscita", "Firma in uscita") if it else (
        "No.", "Name", "Body", "Time in", "Signature in", "Time out", "Signature out")  # fmt: skip
    foot = (
        ("Il docente", "Il tutor", "Visto del responsabile del corso") if it else ("Trainer", "Tutor", "Course manager")
    )
    columns = tuple(zip(heads, (16, 32, 30, 10, 28, 10, 28), strict=True))
    rows = [(f"{number}", *person) for number, person in enumerate(people, 1)]
    pages = [
        Page(
            "Registro delle presenze" if it else "Attendance register",
            _session_lines(office, course, named.get(number) or next(rest, {})), columns, rows, SPARE_ROWS, foot,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    yield from _written(office, asked, course, "registro", pages)


def blank_certificates(office: "Office", asked: Asked) -> Iterator[dict[str, Any]]:
    """A page for each person enrolled, with lines for number, hours and date; the record is entered when it was earned."""
    from intarsi_tui.reporting.paper import Page

    if not office.profile.cofinancing.it:
        wording = Label(
            "Manca la frase di cofinanziamento (cofinancing_it in intarsi.toml): gli attestati la devono portare",
            "The co-financing sentence is missing (cofinancing_it in intarsi.toml): certificates must bear it",
        )
        raise Rejected([Problem("rule", "file", {}, wording)])
    course, _sessions, people = _known(office, asked)
    it = office.lang == "it"
    labels = (
        ("Attestato n.", "Ore frequentate", "Luogo e data")
        if it
        else ("Certificate no.", "Hours attended", "Place and date")
    )
    foot = (
        ("Il responsabile del corso", "Il legale rappresentante") if it else ("Course manager", "Legal representative")
    )
    words = ("Si attesta che", "ha frequentato il corso") if it else ("This certifies that", "attended the course")
    title = "Attestato di frequenza" if it else "Certificate of attendance"
    pages = [
        Page(title, [(label, "") for label in labels], text=(words[0], name, words[1], f"{course['title']} ({course['code']})"), foot=foot)
        for name, _body in people
    ]  # fmt: skip
    yield from _written(office, asked, course, "attestati", pages)


def _known(office: "Office", asked: Asked) -> tuple[Mapping[str, Any], list[dict[str, Any]], list[tuple[str, str]]]:
    """The course, its sessions that are not cancelled, and who has a place in it, by name."""
    course = office.get("training.course", asked.course) or {}
    sessions = [one for one in office.find("training.session", course=asked.course) if one.get("status") != "cancelled"]
    people = []
    for doc in filter(holds_place, office.find("training.enrolment", course=asked.course)):
        operator = office.get("registry.operator", doc["operator"]) or {}
        body = office.title("registry.body", operator["body"]) if "body" in operator else ""
        people.append((office.title("registry.operator", doc["operator"]), body))
    sessions.sort(key=lambda one: (one["date"], one["start"]))
    return course, sessions, sorted(people, key=lambda one: one[0].casefold())


def _session_lines(office: "Office", course: Mapping[str, Any], session: Mapping[str, Any]) -> list[tuple[str, str]]:
    fields = office.declarations["training.session"].by_name
    names = ("date", "start", "end", "break_minutes", "venue", "topic", "trainers")
    known = [(fields[name].label(office.lang), office.show(fields[name], session)) for name in names]
    return [
        (office.declarations["training.course"].label(office.lang), f"{course['title']} ({course['code']})"),
        *known,
    ]


def _written(
    office: "Office", asked: Asked, course: Mapping[str, Any], word: str, pages: "list[Page]"
) -> Iterator[dict[str, Any]]:
    from intarsi_tui.reporting.paper import write_pages

    name = f"{word}_{course['code'].replace('/', '-')}.xlsx"
    path = Path(asked.file) if asked.file else office.workspace.exports / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for written in write_pages(office, path, pages, pdf=asked.pdf):
        yield {"file": str(written), "pages": len(pages)}


COLUMNS = {"file": ("File", "File"), "pages": ("Pagine", "Pages")}

REGISTER = Action(
    "blank-register", it="Il registro di un corso da stampare e vidimare: pagine numerate, firme in bianco",
    en="The register of a course to be printed and stamped: numbered pages, blank signatures", run=blank_register, asks=Asked, columns=COLUMNS,
    paper="file", writes=False,
)  # fmt: skip
CERTIFICATES = Action(
    "blank-certificates", it="Gli attestati di un corso da stampare prima: numero, ore e data si scrivono a mano",
    en="The certificates of a course to be printed before it: number, hours and date are written by hand",
    run=blank_certificates, asks=Asked, columns=COLUMNS, paper="file", writes=False,
)  # fmt: skip
