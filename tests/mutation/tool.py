"""Runs mutmut on a copy of the project.

mutmut changes the body of a function in one place, and runs the tests that call the function. It
does not change properties and other decorated functions, nor tables and constants outside functions.

A mutant that the type checker refuses needs no test: it cannot be merged. In `records` that is more
than half of them, and mypy needs ten seconds for what would be an hour of tests.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.mutation.modules import TOO_LONG, Module

PROJECT = Path(__file__).parents[2]
COPIED = ("fibrocheck", "tests", "questions.yaml", "pyproject.toml")
PYTEST = ("-n", "0", "-p", "no:cacheprovider", "--hypothesis-profile=ci", "-k", f"not ({TOO_LONG})")
"""Hypothesis' own profile `ci` draws the same examples in every run, and keeps none."""
MYPY = ("-m", "mypy", "fibrocheck", "--output", "json", "--disable-error-code", "unused-ignore")
MAX_SECONDS = 3 * 3600
"""For one module; the longest takes minutes."""


class Survivor(NamedTuple):
    """A mutant that no test killed, by what stays the same when lines move."""

    function: str
    was: str
    becomes: str


class Result(NamedTuple):
    """The outcome of mutating one module. `unclear` mutants are those that mutmut calls suspicious."""

    mutants: int
    refused: int
    """By the type checker."""
    killed: int
    timeouts: int
    unclear: tuple[str, ...]
    survivors: tuple[Survivor, ...]


def mutate(module: Module, folder: Path) -> Result:
    """Return what became of each mutant of a module; `folder` is empty and is filled with the copy."""
    for name in COPIED:
        _copy(PROJECT / name, folder / name)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(_settings(module))
    _mutmut(folder, "run", "--max-children", "1")
    statuses = dict(_statuses(_mutmut(folder, "results", "--all", "true")))
    by_status: dict[str, list[str]] = {}
    for name, status in statuses.items():
        by_status.setdefault(status, []).append(name)
    refused = by_status.pop("caught by type check", [])
    killed, timeouts = by_status.pop("killed", []), by_status.pop("timeout", [])
    alive = [*by_status.pop("survived", []), *by_status.pop("no tests", [])]
    return Result(
        mutants=len(statuses),
        refused=len(refused),
        killed=len(killed),
        timeouts=len(timeouts),
        unclear=tuple(f"{name}: {status}" for status, names in by_status.items() for name in names),
        survivors=tuple(_survivor(name, _mutmut(folder, "show", name)) for name in alive),
    )


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)


def _settings(module: Module) -> str:
    """Return mutmut's table of pyproject.toml. JSON's strings and lists are TOML's too."""
    settings = {
        "source_paths": ["fibrocheck"],
        "only_mutate": module.mutated,
        "also_copy": ["questions.yaml"],
        "pytest_add_cli_args": PYTEST,
        "pytest_add_cli_args_test_selection": module.tests,
        # An endless mutant is stopped after (2 s + what the tests of its function take) times 6.
        "timeout_constant": 2.0,
        "timeout_multiplier": 6.0,
        "type_check_command": (sys.executable, *MYPY),
        "use_git_change_detection": False,
    }
    return "\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())


def _mutmut(folder: Path, *arguments: str) -> str:
    """Return what mutmut prints. `AssertionError` with all of it if mutmut fails or is not installed."""
    program = Path(sys.executable).with_name("mutmut")
    assert program.exists(), "mutmut is not installed: pip install --editable '.[test,mutation]'"
    environment = {**os.environ, "PYTHONHASHSEED": "0", "COLUMNS": "200"}
    run = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=MAX_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    return run.stdout


def _statuses(printed: str) -> Iterator[tuple[str, str]]:
    for line in printed.splitlines():
        name, separator, status = line.strip().rpartition(": ")
        if separator:
            yield name, status


def _survivor(name: str, shown: str) -> Survivor:
    """Return a survivor from the mutant's name and its diff."""
    lines = [line for line in shown.splitlines() if not line.startswith(("---", "+++", "#"))]
    was, becomes = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in ("-", "+")
    )
    return Survivor(_function(name), was, becomes)


def _function(name: str) -> str:
    """Return the mutated function: `x_name`, or `xǁClassǁname` for a method, is how mutmut writes it."""
    module, _, function = name.partition("__mutmut_")[0].rpartition(".")
    return f"{module}.{function.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"
