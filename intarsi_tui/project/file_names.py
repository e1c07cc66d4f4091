"""Paths as people type them, and names as every system can have them; which names stand for something that is run."""

import os
import re
import shlex
import unicodedata
from contextlib import suppress
from pathlib import Path

from .errors import ProjectError

# Bytes of a name: most systems take 255, and an export puts number and field before it.
LONGEST, LONGEST_ENDING = 120, 12
NOT_IN_NAMES = re.compile(r"[^\w .()-]")
DRIVE = re.compile("/[A-Za-z]:")
# Windows takes these for devices, whatever their ending.
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
# What some system runs, or lets run a command, when it is opened. Documents with macros stay: offices have them, and ask.
_ENDINGS = (
    "action app appimage application appref-ms bash bat bin chm cmd com command cpl csh deb desktop dll dmg exe fish "
    "gadget hta inetloc inf ins iso jar jnlp js jse ksh library-ms lnk mobileconfig msc msh msi msix msp mst pif pkg pl prg "
    "ps1 ps1xml ps2 psc1 psd1 psm1 py pyc pyw pyz rb reg rpm run scf scpt scr sct search-ms service settingcontent-ms sh "
    "shb shs so sys terminal theme tool url vb vbe vbs vhd vhdx webloc workflow ws wsc wsf wsh xbap xll zsh"
)
PROGRAMS = frozenset(_ENDINGS.split())


def as_path(typed: str) -> Path:
    """The file that was typed, or dropped on the window: terminals put quotes around it, or a backslash before blanks."""
    text = typed.strip()
    path = _at_home(text)
    with suppress(ValueError, OSError):  # characters that no path can have, or too many of them
        if path.exists():
            return path
    if text.startswith("file://"):
        return _of_address(text)
    with suppress(ValueError):  # a quote that is not closed
        parts = [text.strip("'\"")] if os.name == "nt" else shlex.split(text)
        if len(parts) == 1:
            return _of_address(parts[0]) if parts[0].startswith("file://") else _at_home(parts[0])
    return path


def _of_address(address: str) -> Path:
    from urllib.parse import unquote  # 6 ms, and only dropped files need it

    path = unquote(address[7:].removeprefix("localhost"))
    return Path(_of_windows(path) if os.name == "nt" else path)


def _of_windows(path: str) -> str:
    """`/C:/Documenti` without its slash; `//server/share`, and `server/share` of an address with a host, as a share."""
    if DRIVE.match(path):
        return path[1:]
    return path if path.startswith("/") else f"//{path}"


def dropped(text: str) -> list[str]:
    """The paths that a terminal typed when files were dropped on it: one a line, or several quoted ones beside each other."""
    found: list[str] = []
    for line in filter(str.strip, text.splitlines()):
        parts: list[str] = []
        with suppress(ValueError):  # a quote that is not closed
            parts = shlex.split(line, posix=os.name != "nt")
        several = len(parts) > 1 and all(as_path(part).is_file() for part in parts)
        found += parts if several else [line]
    return found


def _at_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~ and a name that nobody has here
        return Path(text)


def clean_name(name: str) -> str:
    """`name` as every system can have it and nothing takes it for more than a name; its ending is kept."""
    text = _plain(name) or "file"
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending.encode()) > LONGEST_ENDING:
        stem, ending = text, ""
    room = LONGEST - len(ending.encode()) - 1
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    return ("_" if DEVICES.match(stem) else "") + stem + (f".{ending}" if ending else "")


def _plain(name: str) -> str:
    # macOS gives accents apart from their letters.
    return NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", name)).strip(" .")


def must_not_run(name: str) -> None:
    """Raises ProjectError `attach_program` for a name whose ending some system would run."""
    _stem, dot, ending = _plain(name).rpartition(".")
    if dot and ending.lower() in PROGRAMS:
        raise ProjectError("attach_program", name, value=f".{ending.lower()}")
