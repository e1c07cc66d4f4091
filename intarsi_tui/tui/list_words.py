"""What is said of a register's list: its title line, why it is empty, the command that prints it."""

from ..host import views
from ..host.office import Office
from ..host.views import View
from ..records.declaration import Declaration
from .texts import _, counted


def usual_sort(declaration: Declaration) -> str:
    """The order unless one was chosen: the newest first."""
    return f"-{declaration.date or 'created_at'}"


def heading(office: Office, declaration: Declaration) -> str:
    """The action line and the register."""
    plugin = next(
        (one.label(office.lang) for one in office.plugins if one.name == declaration.plugin), declaration.plugin
    )
    return f"{plugin} ▸ {declaration.plural(office.lang)}"


def told(office: Office, declaration: Declaration, now: View, count: int, total: int, marked: int) -> str:
    """How many records the list has and of how many, what is marked, its order and its view.

    Parameters:
        now: the list as it is; its name is that of the view it was made by.
    """
    said = counted(count, office.lang)
    if now.search:
        said = _("{count} of {total}").format(count=said, total=counted(total, office.lang))
        said += _(" (names of minors left out)") if declaration.masked else ""
    marks = _("marked: {count}").format(count=counted(marked, office.lang)) if marked else ""
    return "   ".join(filter(None, (said, marks, _sorted(office, declaration, now), _viewed(office, declaration, now))))


def _sorted(office: Office, declaration: Declaration, now: View) -> str:
    sort = now.sort or usual_sort(declaration)
    field = declaration.by_name.get(sort.lstrip("-"))
    label = field.label(office.lang) + (" ▼" if sort.startswith("-") else " ▲") if field else ""
    return _("sorted: {label}").format(label=label) if label else ""


def _viewed(office: Office, declaration: Declaration, now: View) -> str:
    """The view, and whether the list is no longer what it says."""
    kept = views.view(office, declaration.table, now.name) if now.name else None
    if kept is None:
        return ""
    same = (kept.search, kept.sort, kept.columns) == (now.search, now.sort, now.columns)
    return (_("view: {name}") if same else _("view: {name}, changed")).format(name=kept.name)


def nothing(declaration: Declaration, search: str, *, only_reading: bool) -> str:
    """Why the list is empty, and what to do."""
    if search:
        said = _("Nothing matches “{words}”.  [page.back] takes the filter away").format(words=search)
        new = "" if only_reading else " · " + _("[list.new] new")
        return said + new + ("\n" + _("Names of minors are not looked through.")) * bool(declaration.masked)
    if only_reading:
        return _("No records yet.")
    return _("No records yet.  [list.new] adds the first one · [list.import] imports a file")


def command(office: Office, declaration: Declaration, now: View) -> list[str]:
    """The words of the command that prints the list."""
    kept = views.view(office, declaration.table, now.name) if now.name else None
    words = [declaration.plugin, declaration.command, "list", *(["--view", kept.name] if kept else [])]
    # What the view says already is left out; the words of a search would be added to its own.
    words += ["--search", now.search] if now.search and not (kept and kept.search == now.search) else []
    return words + (["--sort", now.sort] if now.sort and not (kept and kept.sort == now.sort) else [])
