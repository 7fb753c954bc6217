"""Every surviving mutant is explained in `explained.toml`, and every explanation has its mutant.

Prints one line for each module, which `-rP` shows:

    .venv/bin/python -m pytest -m mutation -rP
    .venv/bin/python -m pytest -m mutation -rP -k summary
"""

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.mutation.modules import MODULES
from tests.mutation.tool import Result, Survivor, mutate

pytestmark = pytest.mark.mutation

EXPLAINED = Path(__file__).with_name("explained.toml")


def explained(module: str) -> set[Survivor]:
    """Return the survivors that the file gives a reason for."""
    rows = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get(module, [])
    assert all(row["reason"] for row in rows)
    return {Survivor(row["function"], row["was"], becomes) for row in rows for becomes in row["becomes"]}


@pytest.mark.parametrize("name", MODULES)
def test_every_survivor_is_explained(name: str, tmp_path: Path) -> None:
    """A new survivor needs a test that kills it, or a reason."""
    result = mutate(MODULES[name], tmp_path)
    known = explained(name)
    sys.stdout.write(row(name, result, known))
    assert result.mutants, "nothing was mutated"
    assert not result.unclear
    if new := set(result.survivors) - known:
        pytest.fail(f"kill or explain:\n{as_rows(name, new)}", pytrace=False)
    if old := known - set(result.survivors):
        pytest.fail(f"explained, but killed or gone; remove:\n{as_rows(name, old)}", pytrace=False)


def row(name: str, result: Result, known: set[Survivor]) -> str:
    """Return one line of the table."""
    counts = {
        "mutants": result.mutants,
        "refused by types": result.refused,
        "killed": result.killed,
        "timeouts": result.timeouts,
        "suspicious": len(result.unclear),
        "survived": len(result.survivors),
        "explained": sum(each in known for each in result.survivors),
    }
    return f"{name:9} " + "  ".join(f"{count:4} {what}" for what, count in counts.items()) + "\n"


def as_rows(name: str, survivors: Iterable[Survivor]) -> str:
    """Return survivors as rows of the file, without a reason."""
    return "\n".join(
        f"[[{name}]]\nfunction = '{each.function}'\nwas = '''{each.was}'''\n"
        f"becomes = ['''{each.becomes}''']\nreason = ''\n"
        for each in sorted(survivors)
    )
