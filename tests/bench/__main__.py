"""`python -m tests.bench`: the table of the README beside it."""

import argparse
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from tests.bench import lists, measures
from tests.bench.contenders import Field
from tests.bench.table import Row, rendered, skipped

PARTS = {
    "start": measures.start,
    "options": measures.options,
    "keys": measures.keys,
    "kiosk": measures.kiosk,
    "memory": measures.memory,
    "content": measures.content,
    "report": lists.report,
    "desk": lists.desk,
    "combinations": measures.combinations,
}
_QUICK = ("start", "options", "keys", "kiosk", "memory", "report")
_PACKAGES = ("questionary", "prompt_toolkit", "typer", "rich", "PyYAML")


def main() -> None:
    """Measure what is asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=measures.__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, help="rounds of each part (21; 3 with --quick)")
    parser.add_argument(
        "--quick", action="store_true", help="in under a minute: few rounds, no peers, the parts of a visit"
    )
    parser.add_argument("--python", default=sys.executable, help="interpreter of the environment to measure")
    parser.add_argument("--cache", type=Path, help="folder in which npm's packages stay until the next run")
    options = parser.parse_args()
    rounds = options.rounds or (3 if options.quick else 21)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        cache = (options.cache or Path(stack.enter_context(tempfile.TemporaryDirectory()))).absolute()
        cache.mkdir(parents=True, exist_ok=True)
        field = Field(options.python, folder, cache, has_others=not options.quick)
        parts = options.parts or (_QUICK if options.quick else PARTS)
        rows = [row for part in parts for row in _measured(part, field, rounds)]
    sys.stdout.write(f"\n{_circumstances(rounds)}\n\n{rendered(rows)}\n")


def _measured(part: str, field: Field, rounds: int) -> list[Row]:
    """A part's rows; one that says why where it cannot be measured. A benchmark is no test."""
    sys.stderr.write(f"measuring: {part}\n")
    try:
        return PARTS[part](field, rounds)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other parts still count
        return [skipped(part, f"{type(error).__name__} {error}")]


def _circumstances(rounds: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"Python {platform.python_version()} on {os.cpu_count()} cores of {platform.machine()}; {packages}.\n"
        f"Medians of {rounds} interleaved rounds after one to warm up, on a pseudo-terminal of 80 by 24.\n"
        "Ratios to bare questionary in the same rounds; content load to PyYAML's C parser building nodes."
    )


if __name__ == "__main__":
    main()
