"""Tools of the tests marked `browser`: programs and npm packages that are not part of the program."""

import os
import shutil
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest


def tool(name: str, *others: str) -> str:
    """Return the path of a program; skip the test if it is missing."""
    for each in (name, *others):
        if found := shutil.which(each):
            return found
    pytest.skip(f"needs {name}, which is not installed here")


def node_modules(*packages: str) -> Path:
    """Return the folder of the npm packages; skip the test if it is not set or lacks one of these."""
    folder = Path(os.environ.get("FIBROCHECK_BROWSER_TOOLS", os.devnull), "node_modules")
    if missing := [each for each in packages if not (folder / each).is_dir()]:
        pytest.skip(f"needs FIBROCHECK_BROWSER_TOOLS: a folder with {' and '.join(missing)}")
    return folder


def run(
    command: list[str], environment: Mapping[str, str] | None = None, *, fine: Collection[int] = (0,)
) -> subprocess.CompletedProcess[str]:
    """Run a tool on what we made."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in fine, done.stderr
    return done
