"""The one place that finds templates, sample data and docs: inside the installed package, else in the checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name` ("templates", "sample_data") as it was shipped.

    Raises:
        FileNotFoundError: neither the package nor a checkout around it has the folder.
    """
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name}: in neither {PACKAGE} nor {PACKAGE.parent}")
