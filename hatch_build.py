"""Compiles the message catalogues when the package is built or installed, also in editable mode; adds the templates.

Run it by hand after editing a catalogue: `python hatch_build.py`.
"""

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
CATALOGUES = ROOT / "intarsi_tui" / "i18n"


def compile_catalogues() -> list[Path]:
    """Writes a `.mo` beside every `.po` and returns them."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as file:
            catalogue = read_po(file)
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without hatchling
    pass
else:

    class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
        """hatchling's hook: catalogues first, then the package."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_catalogues()
            if self.target_name == "wheel" and version != "editable":
                # The workbooks and their maps, without the scripts that draw them.
                for file in sorted((ROOT / "templates").iterdir()):
                    if file.suffix in (".xlsx", ".xlsm", ".toml"):
                        build_data["force_include"][str(file)] = f"intarsi_tui/templates/{file.name}"


if __name__ == "__main__":
    for path in compile_catalogues():
        print(path.name)
