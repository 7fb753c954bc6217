"""A system below a folder, to install a kiosk on."""

import os
from pathlib import Path

import pytest

from fibrocheck.kiosk.setup.checks import look
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import ENVIRONMENT, LOGIN
from fibrocheck.kiosk.setup.state import read_state
from fibrocheck.kiosk.setup.wish import DEFAULT_PROGRAM, Way, Wish

PROGRAMS = ("dumpkeys", "loadkeys", "logger", "lightdm", "openbox", "xterm", "xset", "lp")
RECORDS = "/srv/fibrocheck/records"
WAYS = pytest.mark.parametrize("way", Way)


def add(root: Path, path: str, text: str = "") -> Path:
    """Write a file of the made-up system."""
    file = root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def made_up_system(system: Path) -> Path:
    """Make a system on which every kind of kiosk can be installed, and return its folder."""
    for path in ("/usr/lib/systemd/systemd", DEFAULT_PROGRAM, *(f"/usr/bin/{name}" for name in PROGRAMS)):
        add(system, path)
    add(system, "/etc/passwd", "root:x:0:0::/root:/bin/bash\n")
    add(system, "/etc/group", "root:x:0:\n")
    (system / "var/lib").mkdir(parents=True)
    login = system / LOGIN.lstrip("/")
    login.parent.mkdir(parents=True)
    login.symlink_to("/lib/systemd/system/getty@.service")
    return system


def everything(root: Path) -> dict[str, str]:
    """Return all that is on the system: files by their text, links by their target, and folders."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        found[name] = os.readlink(path) if path.is_symlink() else "/" if path.is_dir() else path.read_text()
    return found


def silent(_: str) -> None:
    """Take what is said, and say nothing."""


def finished(root: Path) -> bool:
    """Return whether the installation says that it came to its end."""
    state = read_state(root)
    return state is not None and state.finished


def set_code(root: Path) -> None:
    """Do what a technician does first."""
    file = root / ENVIRONMENT.lstrip("/")
    file.write_text(file.read_text().replace("CODE=", "CODE=front11"))


def results_of(wish: Wish) -> dict[str, tuple[str, str]]:
    """Return what `kiosk check` finds on the made-up system."""
    found = look(Machine(wish), read_state(wish.root))
    return {result.about: (result.state, f"{result.what}. {result.remedy}") for result in found}
