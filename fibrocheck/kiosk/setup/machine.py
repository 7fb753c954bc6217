"""What can be asked of the machine: programs, accounts, and what is in its files. Changes nothing."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from fibrocheck.kiosk.setup.wish import Wish

TIMEOUT = 30.0
"""Seconds for a program of the system. They take less than one; a hung CUPS takes forever."""


class Machine:
    """A system to install on: this one, or an image of another below `root`, in which nothing can be run."""

    def __init__(self, wish: Wish) -> None:
        self.root = wish.root
        self.is_here = wish.is_here

    def inside(self, path: str) -> Path:
        """Return where a path of that system is seen from here."""
        return self.root / path.lstrip("/")

    def text(self, path: str) -> str:
        """Return what is in a file; empty if it is missing or cannot be read."""
        try:
            return self.inside(path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def has(self, path: str) -> bool:
        """Return whether there is such a path."""
        return os.path.lexists(self.inside(path))

    def link(self, path: str) -> str:
        """Return where a symbolic link leads; empty if there is none."""
        return os.readlink(self.inside(path)) if self.inside(path).is_symlink() else ""

    def has_program(self, name: str) -> bool:
        """Return whether a program is installed, also one that only root has on its path."""
        if self.is_here and shutil.which(name):
            return True
        return any(self.has(f"{folder}/{name}") for folder in ("/usr/bin", "/usr/sbin", "/bin", "/sbin"))

    @property
    def is_root(self) -> bool:
        """Whether this process may change the system."""
        return os.geteuid() == 0

    @property
    def has_systemd(self) -> bool:
        """Whether the system was started by systemd; for an image, whether it will be."""
        if self.is_here:
            return self.inside("/run/systemd/system").is_dir()
        return self.has("/usr/lib/systemd/systemd") or self.has("/lib/systemd/systemd")

    def run(self, command: Sequence[str]) -> tuple[int, str]:
        """Run a program of the system; return its exit code and what it wrote. 127 if it is missing."""
        if not self.is_here:
            return 127, ""
        path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
        program = shutil.which(command[0], path=path)
        if program is None:
            return 127, f"{command[0]} is not installed"
        try:
            done = subprocess.run(  # noqa: S603 - a list and no shell
                [program, *command[1:]],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT,
                check=False,
                stdin=subprocess.DEVNULL,
                env={"PATH": path, "LC_ALL": "C.UTF-8"},
            )
        except subprocess.TimeoutExpired:
            return 124, f"{command[0]} did not answer within {TIMEOUT:g} seconds"
        except OSError as error:
            return 126, f"{command[0]}: {error.strerror}"
        return done.returncode, done.stdout + done.stderr

    def has_account(self, name: str) -> bool:
        """Return whether there is a user of that name."""
        return any(line.startswith(f"{name}:") for line in self.text("/etc/passwd").splitlines())

    def has_group(self, name: str) -> bool:
        """Return whether there is a group of that name."""
        return any(line.startswith(f"{name}:") for line in self.text("/etc/group").splitlines())

    def login_of(self, name: str) -> tuple[str, str]:
        """Return the home and the login shell of a user; empty if there is no such user."""
        lines = [line.split(":") for line in self.text("/etc/passwd").splitlines()]
        return next(((line[-2], line[-1]) for line in lines if line[0] == name), ("", ""))
