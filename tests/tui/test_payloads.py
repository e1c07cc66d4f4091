"""Whatever a record says, a terminal takes it for text: hundreds of hostile and odd texts through the screens of the real program.

Every control sequence in them has the parameter 7777, which the program itself never sends.
"""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import category

import pytest
from rich.cells import cell_len

from intarsi_tui.host.office import Office
from intarsi_tui.tui import drafts
from intarsi_tui.tui.texts import cell, edited, lines, one_line

from .pseudo_terminal import DOWN, ENTER, ESC, F2, F3, F6, F7, F8, F10, PAGE_DOWN, UP, Pty


def corpus() -> list[str]:
    """More than 500 texts, each of them another."""
    starts = ["\x1b[", "\x9b"]
    finals = [f"7777{final}" for final in "ABCDEFGHJKLMPSTXZ@`abcdefghilmnqrstuvwxyz"]
    csi = [start + final for start in starts for final in [*finals, "7777;7777H", "?7777h", ">7777c", "38;5;7777m"]]
    ends = ["\x07", "\x1b\\", "\x9c", ""]
    openings = ["\x1b]", "\x9d", "\x1bP", "\x90", "\x1b_", "\x9f", "\x1b^", "\x9e", "\x1bX", "\x98"]
    bodies = ["0;7777", "52;c;7777", "8;;https://7777.example", "1337;File=7777:", "$q7777", "Gf=7777"]
    strings = [opening + body + end for opening in openings for body in bodies for end in ends]
    controls = [f"Ro{chr(code)}ssi" for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\n"]
    single = [f"\x1b{letter}" for letter in "78cDEHMNOPVWXZ=>lmno|}~#(%"]
    hidden = (
        0xAD,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        0xFFF9,
        0xE0001,
    )
    invisible = [f"Ros{chr(code)}si" for code in hidden] + ["\u202emoc.live", "\u2067\u202e" * 20, "Ro\u200c\u200dssi"]
    markup = [
        "[bold red]Rossi[/]", "[/]", "[/bold]", "Rossi [Parma]", "[link=https://7777.example]x[/link]", "[@click=app.quit]x[/]",
        "[$error]x[/$error]", "[[]]", "\\[", "[", "]", "[on red", "[blink]x", ":smile:", "{name}", "%s%n", "{{7*7}}", "$text",
        "<b>x</b>", "<script>alert(7777)</script>", "**x**", "`x`", "# x", "[x](javascript:7777)", "&lt;&#27;[7777m",
    ]  # fmt: skip
    emoji = [
        "👨‍👩‍👧‍👦", "👩🏽‍⚕️", "🏳️‍🌈", "🇮🇹", "🇮🇹🇪🇺🇺", "1️⃣", "❤️", "❤", "☎️", "👍🏿", "🏴\U000e0067\U000e0062\U000e007f", "🤷‍♀️", "⌚︎", "\U0001fae8", "日本語", "ｶﾅ", "　", "\u3164",
    ]  # fmt: skip
    storms = ["Z" + "\u0301" * many for many in (1, 2, 3, 4, 20, 199)] + [
        "a" + "\u064b\u0651\u0650" * 30,
        "\u0301" * 50,
    ]
    names = [
        "Đorđević",
        "Nguyễn Thị Ánh",
        "Weldeyesus",
        "Олександра",
        "محمد بن علي",
        "نیم‌فاصله",
        "Ğöçşı",
        "N\u0303un\u0303ez",
        "ß" * 199,
    ]
    formulas = [
        f"{sign}{body}" for sign in "=+-@" for body in ("1+1", "cmd|'/c calc'!A1", 'HYPERLINK("x")', "SUM(A1:A9)")
    ]
    shell = [
        "; rm -rf /",
        "$(7777)",
        "`7777`",
        "| 7777",
        "&& 7777",
        "> /dev/null",
        "'; DROP TABLE x; --",
        "%PATH%",
        "~",
        "!!",
        "*",
    ]
    paths = ["../../etc/passwd", "C:\\CON", "/dev/tty", "file:///etc", "\\\\server\\x", "a/b", "NUL", ".", ".."]
    rest = [
        "",
        " ",
        "\t",
        "\n",
        "\r\n",
        "a\nb\nc",
        "a\tb",
        "x" * 5000,
        "x " * 2500,
        "日" * 900,
        "\ud800",
        "\udfff!",
        "\ue000",
        "\U0010ffff",
        "\ufffe",
        "\xa0",
    ]
    made = [
        *csi,
        *strings,
        *controls,
        *single,
        *invisible,
        *markup,
        *emoji,
        *storms,
        *names,
        *formulas,
        *shell,
        *paths,
        *rest,
    ]
    return list(dict.fromkeys(made))


CORPUS = corpus()
assert len(CORPUS) >= 500
BAD = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
# A control sequence of any sort, or one control byte; what is between them is text.
SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P_^X][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]|[\x00-\x1f\x7f-\x9f]"
)
# All that the program has to say to a terminal: colours, places, modes, questions.
KNOWN = re.compile(
    r"\x1b\[(\d+(;\d+)*)?[mH]|\x1b\[\?\d+[hl]|\x1b\[[<>=]\d*u|\x1b\[\?\d+\$p|\x1b\[>4;\d+m|\x1b\[\?u|\x1b\]22;\w+\x07|\x1b\[\d+ q|\x1b\[c"
)


def acting(drawn: str) -> list[str]:
    """What in `drawn` is neither plain text nor a sequence of the program's own."""
    found = [one for one in SEQUENCE.findall(drawn) if "7777" in one or not (KNOWN.fullmatch(one) or one in "\r\n")]
    plain = SEQUENCE.sub("", drawn)
    return found + [repr(char) for char in plain if category(char) in BAD and char not in "\r\n\u200c"]


@pytest.fixture
def hostile(office: Office) -> Office:
    """A household for each text, and a loan with all of them in its notes; written past the checks, as a foreign or damaged file has it."""
    households, loans = office.table("bicycles.household"), office.table("bicycles.loan")
    with office.store.operation("import hostile.csv"):
        ids = [households.add({"name": f"Payload {at:04d}."}).doc["id"] for at in range(len(CORPUS))]
        values = {"household": ids[3], "riders": ids[:9], "lent_on": "2021-04-01"}
        loan = loans.add({**values, "bicycle": "Payload 0002.", "notes": "All payloads."}).doc["id"]
    loans.edit(loan, {"bicycle": "Payload 0001."})
    texts = {f"Payload {at:04d}.": text[:200] for at, text in enumerate(CORPUS)} | {"All payloads.": "\n".join(CORPUS)}
    written = re.compile("|".join(map(re.escape, texts)))
    rows = office.store.connection.rows
    for table, column in (('"bicycles.household"', "doc"), ('"bicycles.loan"', "doc"), ("history", "patch")):
        for row, text in rows(f"SELECT rowid, {column} FROM {table}"):
            changed = written.sub(lambda found: json.dumps(texts[found[0]])[1:-1], text)
            rows(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, row))
    for typed in CORPUS[:3]:
        drafts.keep(office, "bicycles.loan", "", {"bicycle": typed, "notes": typed})
    (office.workspace.plugins / "wrong.py").write_text(f"raise RuntimeError({CORPUS[0]!r})", "utf-8")
    return office


def walk(terminal: Pty) -> Iterator[tuple[str, bytes]]:
    """Every screen there is, with what was drawn on the way."""
    yield "home", terminal.until("Indicatori")
    yield "registers", terminal.press(F3)
    yield "loans", terminal.press(ENTER)
    yield "record", terminal.press(ENTER)
    for page in range(12):
        yield f"record, page {page}", terminal.press(PAGE_DOWN)
    yield "open a file", terminal.press("o")
    yield "loans again", terminal.press(ESC) + terminal.press(ESC)
    yield "form", terminal.press("e")
    yield "list of households", terminal.press("\t") + terminal.press(ENTER)
    for page in range(4):
        yield f"list of households, page {page}", terminal.press(PAGE_DOWN)
    yield "form again", terminal.press(ESC)
    yield "form, notes", terminal.press(PAGE_DOWN) + b"".join(terminal.press("\t") for _time in range(6))
    for page in range(6):
        yield f"form, notes {page}", terminal.press(DOWN * 12)
    yield "loans once more", terminal.press(ESC)
    yield "void", terminal.press("d") + terminal.press(ESC)
    yield "form taken up again", terminal.press("n") + terminal.press(ESC)
    yield (
        "filter",
        terminal.press("/") + terminal.press("\x1b[200~\u202eRo\x07ssi\x9b7777H\x1b[201~") + terminal.press(ESC),
    )
    yield "registers", terminal.press(ESC)
    yield "households", terminal.press(DOWN) + terminal.press(ENTER)
    for page in range(len(CORPUS) // 34 + 1):
        yield f"households, page {page}", terminal.press(PAGE_DOWN)
    yield "history", terminal.press(F7)
    yield "history, one", terminal.press(ENTER) + terminal.press(ESC)
    yield "plugins", terminal.press(F8)
    yield "plugins, one", terminal.press(UP) + terminal.press(ENTER)
    yield "reports", terminal.press(ESC) + terminal.press(F6)
    yield "help and palette", terminal.press("?") + terminal.press(ESC) + terminal.press("\x10") + terminal.press(ESC)
    yield "home again", terminal.press(F2)
    yield "left", terminal.press(F10)


def test_no_text_of_a_record_acts_on_the_terminal(hostile: Office, at_pty: Callable[..., Pty]) -> None:
    seen = []
    for screen, drawn in walk(at_pty(hostile, 120, 40)):
        shown = drawn.decode("utf-8")
        assert acting(shown) == [], screen
        seen.append(SEQUENCE.sub("", shown))
    told = "".join(seen)
    for words in ("[bold red]Ro", "Rossi [Parma]", "␛[7777A", "�7777A", "=1+1", "$(7777)"):
        assert words in told


@pytest.mark.parametrize(
    "text", ["\x1b[7777m", "\x9b7777m", "\x1b]52;c;7777\x07", "Ro\u202essi", "Ro\x07ssi", "\x1b[1337u"]
)
def test_the_reader_of_the_terminal_would_have_seen_it(text: str) -> None:
    assert acting(f"\x1b[1;31mRossi\x1b[0m{text}\x1b[3;4H")
    assert not acting("\x1b[?1049h\x1b[1;31mRossi ␛[7777m نیم‌فاصله\x1b[3;4H")


def test_each_text_is_as_wide_as_we_think_also_to_an_independent_terminal(tmux: str, tmp_path: Path) -> None:
    """tmux has widths of its own; it is asked for the place of its cursor after each text."""
    shown = [cell(text, 30) for text in CORPUS]
    script = tmp_path / "ask.py"
    script.write_text(
        "import json, re, sys, termios, tty\n"
        f"texts = json.load(open({str(tmp_path / 'texts')!r}))\n"
        "before = termios.tcgetattr(0); tty.setraw(0); places = []\n"
        "for text in texts:\n"
        "    sys.stdout.write('\\r\\x1b[K' + text + '\\x1b[6n'); sys.stdout.flush(); said = ''\n"
        "    while not said.endswith('R'): said += sys.stdin.read(1)\n"
        "    places.append(int(re.search(r';(\\d+)R', said)[1]) - 1)\n"
        f"json.dump(places, open({str(tmp_path / 'part')!r}, 'w'))\n"
        f"import os; os.rename({str(tmp_path / 'part')!r}, {str(tmp_path / 'places')!r})\n",
        "utf-8",
    )
    (tmp_path / "texts").write_text(json.dumps(shown), "utf-8")
    server = [tmux, "-u", "-S", str(tmp_path / "tmux"), "-f", os.devnull]
    subprocess.run(
        [*server, "new-session", "-d", "-x", "200", "-y", "24", "-e", "LANG=C.UTF-8", sys.executable, str(script)],
        check=True,
    )
    end = time.monotonic() + 20
    while not (tmp_path / "places").exists():
        assert time.monotonic() < end
        time.sleep(0.05)  # another process measures
    with contextlib.suppress(subprocess.CalledProcessError):
        subprocess.run([*server, "kill-server"], check=True, capture_output=True)
    places = json.loads((tmp_path / "places").read_text())
    assert [(text, place) for text, place in zip(shown, places, strict=True) if place != 30] == []


def test_in_an_editor_every_character_has_its_place() -> None:
    for text in CORPUS:
        assert len(edited(text)) == len(text)
        assert not [char for char in edited(text) + one_line(text) if category(char) in BAD and char != "\u200c"]
        assert not [char for char in lines(text) if category(char) in BAD and char not in "\n\u200c"]
        assert cell_len(cell(text, 17)) == 17
