"""The tours of the README, typed as they are printed."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_HERE = (". .venv/bin/activate", "intarsi")  # the environment is active, and the app has tests of its own


def tours() -> list[str]:
    """Every command between the marks."""
    text = re.search("<!-- tours -->(.*)<!-- /tours -->", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert text is not None
    return [line for line in re.findall(r"^    (\S.*)$", text[1], re.MULTILINE) if line not in NOT_HERE]


@pytest.mark.skipif(os.name == "nt", reason="the tours are printed for a POSIX shell")
def test_every_command_of_the_tours_works_as_printed(
    tmp_path: Path, demo_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTARSI_LANG", "en")
    shutil.copytree(demo_home / "at" / "intarsi-demo", tmp_path / "intarsi-demo")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    script = f'intarsi() {{ {shlex.quote(sys.executable)} -m intarsi_tui "$@"; }}\nset -e\n' + "\n".join(
        ["intarsi demo", *tours()]
    )
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    assert "0 new, 0 changed" in done.stdout
