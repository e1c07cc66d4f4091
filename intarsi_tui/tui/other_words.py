"""Other words for what can be done, by binding id: who types them into the palette or the help finds it by them, too.

Registers, screens and actions bring theirs in their declarations (`also`).
"""

from functools import cache

from ..i18n import language
from .texts import _


@cache
def _words(lang: str) -> dict[str, str]:
    """In the language in force, which is `lang`: translated once, not at each opening of the palette."""
    return {
        "app.home": _("start, main page, overview, indicators, summary"),
        "app.registers": _("lists, tables, records, all"),
        "app.import": _("load, excel, upload, file, csv, bring in"),
        "list.import": _("load, excel, upload, csv, bring in"),
        "app.calendar": _("agenda, appointments, month, dates, meetings"),
        "home.deadlines": _("due, expiries, reminders, late, to do"),
        "calendar.deadlines": _("due, expiries, reminders, late, to do"),
        "app.reports": _("print, forms, templates, workbooks, excel, fill, ministry"),
        "app.history": _("log, who did it, changes, versions, past"),
        "app.plugins": _("extensions, modules, parts"),
        "app.settings": _("options, preferences, configure, language, password, users"),
        "app.quit": _("close, leave, end, finish"),
        "app.undo": _("take back, cancel, revert, mistake, restore"),
        "list.undo": _("take back, cancel, revert, mistake, restore"),
        "record.undo": _("take back, cancel, revert, mistake, restore"),
        "home.undo": _("take back, cancel, revert, mistake, restore"),
        "history.undo": _("take back, cancel, revert, mistake, restore"),
        "app.redo": _("again, repeat, restore"),
        "app.theme": _("colours, dark, light, contrast, theme"),
        "app.help": _("keys, manual, guide, how"),
        "app.tour": _("lesson, introduction, learn"),
        "home.tour": _("lesson, introduction, learn"),
        "home.resume": _("draft, unfinished, go on, continue"),
        "list.new": _("add, insert, create, enter"),
        "list.edit": _("change, correct, modify, open form"),
        "record.edit": _("change, correct, modify, open form"),
        "list.filter": _("search, find, look for"),
        "page.filter": _("search, find, look for"),
        "list.sort": _("order, alphabetical, arrange"),
        "list.confirm": _("approve, number, final, close"),
        "record.confirm": _("approve, number, final, close"),
        "form.confirm": _("approve, number, final, close"),
        "list.sent": _("transmitted, reported, lock, lead"),
        "record.sent": _("transmitted, reported, lock, lead"),
        "list.void": _("delete, remove, cancel, erase, throw away"),
        "record.void": _("delete, remove, cancel, erase, throw away"),
        "list.reveal": _("names, minors, masked, dots"),
        "record.reveal": _("names, minors, masked, dots"),
        "list.views": _("saved searches, favourites"),
        "list.columns": _("fields, width, hide, show"),
        "list.export": _("excel, save, print, download, write a file"),
        "list.duplicates": _("twice, double, merge, join, same person"),
        "list.copy": _("clipboard, paste"),
        "list.lines": _("screens, tools, more"),
        "table.mark": _("select, choose several"),
        "table.mark_all": _("select all"),
        "page.copy_command": _("terminal, script, clipboard"),
        "form.save": _("keep, store, write"),
        "settings.save": _("keep, store, write"),
        "record.open_file": _("attachment, scan, document"),
        "preview.save": _("fill, write, print, excel"),
        "reports.read": _("returned, corrected, back"),
    }


def also(id: str | None) -> str:
    """The other words for what the binding `id` does, "" when there are none."""
    return _words(language()).get(id or "", "")
