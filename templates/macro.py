"""A macro project made from source text (MS-OVBA): no compiled code, which Excel makes itself when it opens the workbook."""

import io
import struct
import zipfile
from collections.abc import Mapping

from compound import compound_file
from openpyxl import Workbook

PROJECT_ID = "{5D2C7B10-3A64-4E0B-9C55-2F0E6B1A7D31}"
PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
CLASSES = {"workbook": "0{00020819-0000-0000-C000-000000000046}", "sheet": "0{00020820-0000-0000-C000-000000000046}"}
STDOLE = r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"
LATIN = "cp1252"


def with_macros(book: Workbook, modules: Mapping[str, str]) -> None:
    """Gives `book` a macro project, so that it is saved as .xlsm.

    Parameters:
        modules: source text by name of the module.
    """
    book.code_name = "ThisWorkbook"
    documents = {"ThisWorkbook": CLASSES["workbook"]}
    for number, sheet in enumerate(book.worksheets, 1):
        sheet.sheet_properties.codeName = f"Foglio{number}"
        documents[f"Foglio{number}"] = CLASSES["sheet"]
    content = io.BytesIO()
    types = f'<Override PartName="/xl/vbaProject.bin" ContentType="{PROJECT_TYPE}"/>'
    # openpyxl takes a project over from the file that the workbook was read from: this stands for that file.
    with zipfile.ZipFile(content, "w") as archive:
        namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{namespace}">{types}</Types>')
        relations = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{relations}"/>')
        archive.writestr("xl/vbaProject.bin", project(documents, modules))
    book.vba_archive = zipfile.ZipFile(content)


def project(documents: Mapping[str, str], modules: Mapping[str, str]) -> bytes:
    """The content of `vbaProject.bin`.

    Parameters:
        documents: the classes of workbook and sheets by their code names.
        modules: source text by name of the module.
    """
    sources = {name: _document(name, base) for name, base in documents.items()}
    sources |= {name: f'Attribute VB_Name = "{name}"\n{text}' for name, text in modules.items()}
    streams = {name: compressed(text.replace("\n", "\r\n").encode(LATIN)) for name, text in sources.items()}
    information = compressed(_directory(documents, modules))
    names = b"".join(name.encode(LATIN) + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in sources) + b"\0\0"
    # Version FFFF and nothing behind it: there is no compiled code to be found.
    version = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)
    return compound_file(
        {
            "PROJECT": _properties(documents, modules).encode(LATIN),
            "PROJECTwm": names,
            "VBA": {"_VBA_PROJECT": version, "dir": information, **streams},
        }
    )


def compressed(data: bytes) -> bytes:
    """`data` in the format's container, as one chunk of plain bytes: saving space is not worth a search for repeats.

    Raises:
        ValueError: more than a chunk of plain bytes holds.
    """
    tokens = b"".join(b"\0" + data[at : at + 8] for at in range(0, len(data), 8))
    if len(tokens) > 4096:
        raise ValueError(f"{len(data)} bytes of source: a module here has 3,640 at most")
    return b"\x01" + struct.pack("<H", 0xB000 | (len(tokens) - 1)) + tokens


def _document(name: str, base: str) -> str:
    settings = {
        "Name": f'"{name}"', "Base": f'"{base}"', "GlobalNameSpace": "False", "Creatable": "False",
        "PredeclaredId": "True", "Exposed": "True", "TemplateDerived": "False", "Customizable": "True",
    }  # fmt: skip
    return "".join(f"Attribute VB_{key} = {value}\n" for key, value in settings.items())


def _directory(documents: Mapping[str, str], modules: Mapping[str, str]) -> bytes:
    """The records of the stream `dir`: project, references, modules."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HI", kind, len(data)) + data

    def both(kind: int, wide: int, text: str) -> bytes:
        return record(kind, text.encode(LATIN)) + record(wide, text.encode("utf-16-le"))

    def number(kind: int, value: int) -> bytes:
        return record(kind, struct.pack("<I", value))

    def short(kind: int, value: int) -> bytes:
        return record(kind, struct.pack("<H", value))

    found = (
        number(0x01, 1) + number(0x02, 0x409) + number(0x14, 0x409) + short(0x03, 1252) + record(0x04, b"VBAProject")
    )
    found += both(0x05, 0x40, "") + both(0x06, 0x3D, "") + number(0x07, 0) + number(0x08, 0)
    found += struct.pack("<HIIH", 0x09, 4, 1, 1) + both(0x0C, 0x3C, "")
    library = STDOLE.encode(LATIN)
    found += both(0x16, 0x3E, "stdole") + record(0x0D, struct.pack("<I", len(library)) + library + bytes(6))
    found += short(0x0F, len(documents) + len(modules)) + short(0x13, 0xFFFF)
    for name in (*documents, *modules):
        found += both(0x19, 0x47, name) + both(0x1A, 0x32, name) + both(0x1C, 0x48, "")
        found += number(0x31, 0) + number(0x1E, 0) + short(0x2C, 0xFFFF)
        found += record(0x21 if name in modules else 0x22) + record(0x2B)
    return found + record(0x10)


def _properties(documents: Mapping[str, str], modules: Mapping[str, str]) -> str:
    """The text of the stream `PROJECT`: not protected, no password, visible."""
    lines = [f'ID="{PROJECT_ID}"']
    lines += [f"Document={name}/&H00000000" for name in documents] + [f"Module={name}" for name in modules]
    lines += ['Name="VBAProject"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    lines += [f'CMG="{_hidden(bytes(4))}"', f'DPB="{_hidden(bytes(1))}"', f'GC="{_hidden(bytes([255]))}"', ""]
    lines += ["[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", ""]
    lines += ["[Workspace]", *(f"{name}=0, 0, 0, 0, C" for name in (*documents, *modules)), ""]
    return "\r\n".join(lines)


def _hidden(data: bytes) -> str:
    """`data` as the format obscures it. The seed could be any byte; this one needs no filling bytes."""
    seed, version, key = 0x08, 2, sum(PROJECT_ID.encode(LATIN)) & 0xFF
    out = [seed, seed ^ version, seed ^ key]
    plain = key
    for byte in struct.pack("<I", len(data)) + data:
        out.append(byte ^ ((out[-2] + plain) & 0xFF))
        plain = byte
    return bytes(out).hex().upper()
