"""The console script `intarsi`, and `python -m intarsi_tui`."""

import sys


def main() -> None:
    """Answers `--version` before click is imported (three times a bare Python start); everything else is the command line's."""
    if sys.argv[1:] == ["--version"]:
        from . import __version__

        try:
            print(f"intarsi {__version__}", flush=True)
        except OSError as error:  # a full disk behind standard output
            sys.stderr.write(f"{error.strerror}\n")
            sys.stdout = None  # the interpreter would try to flush it again
            sys.exit(1)
        return
    from .cli.main import cli

    cli()


if __name__ == "__main__":
    main()
