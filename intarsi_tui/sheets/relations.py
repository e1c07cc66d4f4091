"""Relationships between parts and their content types: read leniently, never followed out of the package."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from .errors import SheetError, about
from .markup import Element, Splice, decode, escape, insert_last, parse, splice
from .package import Package

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(slots=True)
class Relation:
    """One relationship of a part; `kind` is the last word of its type, `target` a part name unless external."""

    id: str
    kind: str
    target: str
    external: bool
    element: Element


def relations_name(part: str) -> str:
    """Where the relationships of a part stand; those of the package itself belong to the empty name."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def resolve(source: str, target: str) -> str:
    """The part name that a target means, seen from the source part; a mere `#Sheet1!A1` means that part itself.

    Raises:
        SheetError: it leads out of the package.
    """
    target = target.replace("\\", "/").partition("#")[0]
    if not target:
        return source
    joined = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(source), target)
    depth = 0
    for step in joined.split("/"):
        depth += -1 if step == ".." else bool(step not in ("", "."))
        if depth < 0:
            raise SheetError("outside_target", part=source, target=target[:80])
    return posixpath.normpath(joined).lstrip("/")


def read_relations(package: Package, part: str) -> list[Relation]:
    """The relationships of a part, none when it has no such file; targets spelled as the package spells them."""
    name = package.find(relations_name(part))
    if name is None:
        return []
    relations: list[Relation] = []
    with about(file=package.path, part=name):
        for element in parse(decode(package.read(name))).all("Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target")
            if not external:
                target = resolve(part, target)
                # Part names with blanks or accents are percent-encoded in targets, by some writers only.
                target = package.find(target) or package.find(unquote(target)) or target
            kind = element.get("Type").rstrip("/").rpartition("/")[2]
            relations.append(Relation(element.get("Id"), kind, target, external, element))
    return relations


class ContentTypes:
    """`[Content_Types].xml`: what each part is."""

    def __init__(self, package: Package) -> None:
        if package.find(CONTENT_TYPES) is None:
            raise SheetError("not_a_workbook", file=package.path)
        self.name = package.entry(CONTENT_TYPES).name
        with about(file=package.path, part=self.name):
            self.data = decode(package.read(self.name))
            self.root = parse(self.data)
        self.overrides = {e.get("PartName").lstrip("/").lower(): e for e in self.root.all("Override")}
        self.defaults = {e.get("Extension").lower(): e.get("ContentType") for e in self.root.all("Default")}

    def of(self, part: str) -> str:
        override = self.overrides.get(part.lower())
        return override.get("ContentType") if override else self.defaults.get(part.rpartition(".")[2].lower(), "")

    def edited(self, removed: list[str], added: dict[str, str]) -> bytes:
        """The part with overrides removed and added."""
        splices: list[Splice] = [(e.start, e.end, b"") for p in removed if (e := self.overrides.get(p.lower()))]
        tag = f"{self.root.qualifier}Override"
        new = "".join(f'<{tag} PartName="/{escape(p)}" ContentType="{escape(t)}"/>' for p, t in added.items())
        if new:
            splices.append(insert_last(self.data, self.root, new.encode()))
        return splice(self.data, splices)


def edited_relations(data: bytes, removed: list[Relation], added: list[tuple[str, str]]) -> bytes:
    """A relationships part with some removed and `(type, target)` pairs added under free ids."""
    root = parse(data)
    splices: list[Splice] = [(r.element.start, r.element.end, b"") for r in removed]
    taken = {e.get("Id") for e in root.all("Relationship")}
    new, number = "", 1
    for kind, target in added:
        while f"rId{number}" in taken:
            number += 1
        taken.add(f"rId{number}")
        new += f'<{root.qualifier}Relationship Id="rId{number}" Type="{kind}" Target="{escape(target)}"/>'
    if new:
        splices.append(insert_last(data, root, new.encode()))
    return splice(data, splices)
