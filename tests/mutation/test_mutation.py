"""Every surviving mutant is explained in `explained.toml`, and every explanation has its mutant."""

import sys
import tomllib
from pathlib import Path

import pytest

from tests.mutation.modules import MODULES
from tests.mutation.tool import Result, Survivor, mutate

pytestmark = pytest.mark.mutation

EXPLAINED = Path(__file__).with_name("explained.toml")


def explained(module: str) -> set[Survivor]:
    """Return the survivors that the table gives a reason for."""
    rows = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get(module, [])
    assert all(row["reason"] for row in rows)
    return {Survivor(row["function"], row["was"], becomes) for row in rows for becomes in row["becomes"]}


@pytest.mark.parametrize("name", MODULES)
def test_every_survivor_is_explained(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Prints the module's row of the table."""
    result = mutate(MODULES[name], tmp_path)
    known = explained(name)
    with capsys.disabled():
        sys.stdout.write(row(name, result, known))
    assert result.mutants, "nothing was mutated"
    assert not result.unclear
    assert not [as_toml(name, each) for each in result.survivors if each not in known]
    assert not known.difference(result.survivors), "explained, but killed or gone: take it out"


def row(name: str, result: Result, known: set[Survivor]) -> str:
    """Return one line of the table."""
    counts = {
        "mutants": result.mutants,
        "killed": result.killed,
        "timeouts": result.timeouts,
        "suspicious": len(result.unclear),
        "survived": len(result.survivors),
        "explained": sum(each in known for each in result.survivors),
    }
    return f"\n{name:9} " + "  ".join(f"{count:4} {what}" for what, count in counts.items()) + "\n"


def as_toml(name: str, survivor: Survivor) -> str:
    """Return the survivor as a row of the table, for the one who explains it."""
    return (
        f"\n[[{name}]]\nfunction = '{survivor.function}'\nwas = '''{survivor.was}'''\n"
        f"becomes = ['''{survivor.becomes}''']\nreason = ''"
    )
