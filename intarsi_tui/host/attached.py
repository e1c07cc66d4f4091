"""The attached files of an office, each with the record that names it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..project.attachments import State
from ..project.errors import ProjectError
from ..records.attached import Named, has_files, named_in
from ..records.declaration import Declaration
from .office import Office


@dataclass(frozen=True)
class Found:
    """A file and the record that names it."""

    declaration: Declaration
    doc: Mapping[str, Any]
    named: Named

    @property
    def reference(self) -> str:
        """What a person types to mean the record: its number, else its UUID."""
        return str(self.doc.get("number") or self.doc["id"])

    def problem(self, office: Office, state: State) -> ProjectError:
        """What is said of a file that is missing or changed: record, field, name, what to do."""
        lang = office.lang
        where = f"{self.declaration.label(lang)} {self.reference}, {self.named.label(lang)}"
        return office.workspace.files.problem(state, self.named.value, where)


def registers_with_files(office: Office) -> list[Declaration]:
    """The registers whose records can name files."""
    return [declaration for declaration in office.declarations.values() if has_files(declaration)]


def of_record(declaration: Declaration, doc: Mapping[str, Any]) -> list[Found]:
    """The files that one record names."""
    return [Found(declaration, doc, named) for named in named_in(declaration, doc)]


def of_registers(office: Office, declarations: Sequence[Declaration]) -> Iterator[Found]:
    """The files that the records of these registers name, void ones included: they are evidence too."""
    for declaration in declarations:
        if has_files(declaration):
            for doc in office.table(declaration.table).page(sort=declaration.date or "created_at"):
                yield from of_record(declaration, doc)
