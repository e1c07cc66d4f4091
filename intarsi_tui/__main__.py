"""The console script `intarsi`, and `python -m intarsi_tui`."""

import sys


def main() -> None:
    """Answers `--version` before click is imported (three times a bare Python start); everything else is the command line's."""
    if sys.argv[1:] == ["--version"]:
        from . import __version__

        print(f"intarsi {__version__}")
        return
    from .cli.main import cli

    cli()


if __name__ == "__main__":
    main()
