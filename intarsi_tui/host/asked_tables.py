"""Which registers a plugin's own lines ask for: one that no plugin has is a slip that only the rule's first run would show."""

import ast
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from .findings import finding
from .states import Finding, PluginState

# What rules, screens and actions ask a context or an office with, and with how much at least: the register is named first.
ASKING = {"find": 1, "get": 2, "alike": 2, "table": 1, "title": 2}
TABLE = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9_]*")


def nowhere(files: Sequence[Path], states: Sequence[PluginState]) -> Iterator[Finding]:
    """A warning for each line that asks for a register which no plugin has, or `find`s by a field which it has not."""
    declared = {one.table: one for state in states for one in state.records}
    unknown = {state.name for state in states if state.state != "loaded"}  # what registers they have when they are
    for file in files:
        for line, table, names in _asked(file):
            place = f"{file.name}:{line}"
            if table not in declared and table.partition(".")[0] not in unknown:
                near = "".join(f": {one}?" for one in get_close_matches(table, declared, 1))
                yield finding("asks_nobody", place, name=table, near=near)
            elif table in declared and (
                wrong := next((name for name in names if name not in declared[table].by_name), "")
            ):
                yield finding("asks_no_field", place, name=wrong, table=table)


def _asked(file: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Line, register and fields of each question whose register stands there, or in a constant of the same file."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):  # it was loaded a moment ago, and is written anew
        return
    constants = {
        target.id: one.value.value for one in tree.body if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        for target in one.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda one: one.lineno):
        if not isinstance(call.func, ast.Attribute):
            continue
        if not call.args or len(call.args) < ASKING.get(call.func.attr, 99):
            continue
        first = call.args[0]
        table = (
            first.value
            if isinstance(first, ast.Constant)
            else constants.get(first.id)
            if isinstance(first, ast.Name)
            else None
        )
        if isinstance(table, str) and TABLE.fullmatch(table):
            names = [one.arg for one in call.keywords if one.arg] if call.func.attr == "find" else []
            yield call.lineno, table, names
