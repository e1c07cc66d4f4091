"""What is said about a field: its own help, how it is filled in, whether it may stay empty."""

from ..records.declaration import Field
from .texts import _


def about(field: Field, lang: str) -> list[str]:
    """Sentences about `field`, out of its declaration."""
    said = [field.help(lang)] if field.help else []
    said.append(_how(field))
    if field.required:
        said.append(_("Required (*)") if field.required == "save" else _("Needed to confirm (°); a draft may lack it"))
    return said


def _how(field: Field) -> str:
    ways = {
        "date": _("Write 31/12/1984, 15/3 (this year), 15 March, +7 (in a week), today"),
        "time": _("Write 9:30, 9.30, 0930 or 9"),
        "minutes": _("Write 1:30, 1h30, 1.5 (hours) or 90m"),
        "int": _("Write a whole number"),
        "euro": _("Write 1234.50"),
        "school_year": _("Write 2020/21"),
        "flag": _("[field.toggle] changes it; y is yes, n is no"),
        "rows": _("[rows.open] opens a row, [rows.add] adds one, [rows.remove] removes one"),
        "attachments": _("[files.add] adds a file, [files.remove] takes one out; or drop files here"),
        "attachment": _("Write the path of a file, or drop the file on the window"),
        "long_text": _("Several lines; Tab goes on to the next field"),
    }
    picked = _("[field.open], or the first letters, opens the list")
    return ways.get(
        field.kind.name,
        picked if field.kind.widget in ("choice", "choices", "picker", "pickers") else _("One line of text"),
    )
