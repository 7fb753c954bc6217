"""The pinned libraries of a kiosk belong to what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from fibrocheck.kiosk import setup

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (Path(setup.__file__).parent / "requirements.txt").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"^([A-Za-z0-9._-]+)==(\S+)(?: ;.*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)
PINNED = {found[1]: found[2] for found in ENTRY.finditer(LOCK)}


def named(requirement: Requirement) -> str:
    """Return the name as package indexes spell it."""
    return re.sub(r"[-_.]+", "-", requirement.name).lower()


def test_every_library_of_a_kiosk_is_pinned_within_its_range() -> None:
    """With the one that makes PDF pages."""
    extras = PROJECT["optional-dependencies"]
    wanted = [Requirement(each) for each in (*PROJECT["dependencies"], *extras["pdf"])]
    assert len(wanted) >= 9
    wrong = [str(each) for each in wanted if not each.specifier.contains(PINNED.get(named(each), "0"))]
    assert wrong == [], "remake the lock file: its first lines say how"


def test_every_line_is_a_pin_with_hashes_or_a_comment() -> None:
    """No address of a package index, and no path of the machine where it was made."""
    rest = ENTRY.sub("", LOCK)
    assert all(line.startswith("# ") for line in rest.splitlines())
    assert "://" not in LOCK
