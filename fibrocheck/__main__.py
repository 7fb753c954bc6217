"""The command `fibrocheck`: the first page if it is painted already, and then the program."""

import gc

# Imports allocate a lot and free little: garbage collection would only slow the start.
gc.disable()

import sys

from fibrocheck.early_page import show_early


def main() -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:]
    early = show_early(arguments)
    try:
        from fibrocheck.program import run  # while the first page is read

        gc.freeze()
        gc.enable()
        exit_code = run(arguments, early)
    finally:
        if early:
            early.close()
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
