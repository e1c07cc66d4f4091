"""Files that the rows of an imported file name: paths below the folder of that file, never from elsewhere."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..project.attachments import Later
from ..project.errors import ProjectError
from ..records.attached import taken_in
from ..records.declaration import Declaration
from ..records.labels import Label
from ..records.linked_kinds import ATTACHED
from ..records.problems import Problem

if TYPE_CHECKING:
    from ..host.office import Office

# A file that somebody sent must not be able to name what lies elsewhere on this computer.
ELSEWHERE = Label(
    "«{value}»: qui un allegato è un percorso dentro la cartella del file importato: copiarlo lì e scrivere solo il nome",
    "“{value}”: here an attached file is a path inside the folder of the imported file: copy it there, write its name only",
)
NOT_KEPT = Label(
    "«{value}» non è tra gli allegati di questo ufficio: darlo a «intarsi attachment repair FILE»",
    "“{value}” is not among the attached files of this office: give it to “intarsi attachment repair FILE”",
)


class Enclosed:
    """Takes in what rows name.

    Parameters:
        file: the imported file.
    """

    def __init__(self, office: "Office", declaration: Declaration, file: Path) -> None:
        self._files, self._declaration = office.workspace.files, declaration
        self._later = Later(self._files)
        self._folder = file.resolve().parent

    def taken_in(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """The values of a row with hashes for its files, and the problems of those that cannot be taken in."""
        problems: list[Problem] = []

        def take(place: str, typed: str) -> str:
            try:
                if not ATTACHED.fullmatch(typed):
                    return self._later.value_of(self._inside(typed))
                if self._files.size(typed) is None:
                    problems.append(Problem("not_kept", place, {"value": typed[72:]}, NOT_KEPT, "warning"))
            except ProjectError as error:
                problems.append(error.as_problem(place))
            except ValueError:
                problems.append(Problem("elsewhere", place, {"value": typed}, ELSEWHERE))
            return typed

        return taken_in(self._declaration, values, take), problems

    def keep(self) -> None:
        """Keeps the files of all rows. Raises ProjectError."""
        self._later.keep()

    def _inside(self, typed: str) -> Path:
        """Raises ValueError for a way out of the folder, be it by .., a whole path or a link."""
        path = (self._folder / typed).resolve()
        path.relative_to(self._folder)
        return path
