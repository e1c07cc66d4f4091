"""Names of minors in commands: a terminal shows them with `--names` only; whoever gets them is in the log of accesses."""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..i18n import translator
from .errors import say
from .wording import option

if TYPE_CHECKING:
    from pathlib import Path

    from ..host.office import Office
    from ..records.declaration import Declaration

_ = translator("cli")
F = TypeVar("F", bound=Callable[..., Any])
Docs = Sequence[Mapping[str, Any]]


def names_option(declaration: "Declaration | None" = None) -> Callable[[F], F]:
    """`--names` and `--no-names`, where there are names to keep back; what a function gets as `names`.

    Parameters:
        declaration: of the only register that is told of.
    """
    if declaration and not declaration.masked:
        return lambda function: function
    return option(
        "--names/--no-names",
        default=None,
        help="Show names of minors, which is noted in the log of accesses, or mask them. Without either a terminal masks them; a file "
        "or another program gets them, noted too.",
    )


def masked(
    office: "Office", declaration: "Declaration", docs: Docs, fields: Collection[str] | None, form: str,
    output: "Path | None", names: bool | None,
) -> Docs:  # fmt: skip
    """The records as they may be given out. The entry in the log comes first.

    Parameters:
        fields: which of them are, `None` for all.
        form: the format, for the log.
        names: what the person asked for.
    """
    if not declaration.masked:
        return docs
    from ..host import masks

    given = declaration.masked if fields is None else [name for name in declaration.masked if name in fields]
    minors = [doc for doc in docs if any(doc.get(name) for name in given) and masks.masks(declaration, doc, office)]  # type: ignore[arg-type]
    if not minors:
        return docs
    if plainly(names, output):
        one = str(minors[0]["id"]) if len(docs) == 1 else ""
        note(office, declaration.table, one, f"{len(minors)} {form}", output)
        return docs
    if names is None:
        say_masked()
    return [masks.masked(declaration, dict(doc), office) for doc in docs]


def plainly(names: bool | None, output: "Path | None") -> bool:
    """Whether names are given out: asked for, or to a file or another program, which could do nothing with dots."""
    return not _on_screen(output) if names is None else names


def say_masked() -> None:
    """Says that there is more, and how to see it."""
    say(_("Names of minors are masked: --names shows them, which is noted in the log of accesses."))


def note(office: "Office", table: str, uid: str, detail: str, output: "Path | None") -> None:
    """Writes into the log of accesses that names were given out."""
    from ..host import access

    access.log(office, "shown" if _on_screen(output) else "exported", table, uid, detail)


def _on_screen(output: "Path | None") -> bool:
    return output is None and sys.stdout.isatty()
