"""What commands about templates have in common: their names, and the record that one is about."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...i18n import translator
from ..errors import USAGE, Failure

if TYPE_CHECKING:
    from ...host.office import Office
    from ...reporting.template import Template

_ = translator("cli")

MAP = ".map.toml"


def template_names(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Completion of the names of templates."""
    from ...reporting.maps import find_maps
    from ..session import Session

    folders = Session(ctx.find_root().params.get("given")).workspace.template_folders()
    return [name for name in find_maps(folders) if name.startswith(begun)]


def template_named(office: "Office", name: str) -> "Template":
    """The template of that name, or of that map file. Raises ReportError, and Failure for a file that is not there."""
    from ...reporting.reports import template
    from ...reporting.template import load_template

    if not name.endswith(MAP):
        return template(office, name)
    if not Path(name).is_file():
        raise Failure(_("{path} does not exist").format(path=name), USAGE)
    return load_template(Path(name), office)


def record_meant(office: "Office", template: "Template", reference: str | None) -> str:
    """The UUID of the record after --only, "" without one. Raises Failure for a template that is not about one record."""
    if reference is None or template.map is None:
        return ""
    declaration = office.declarations[template.map.record]
    link = template.scope_link
    if not link:
        raise Failure(
            _("{template} does not have one workbook a record: leave --only out").format(template=template.name), USAGE
        )
    table = template.map.record if link == declaration.record else str(declaration.by_name[link].kind.params["to"])
    return str(office.table(table).meant(reference)["id"])
