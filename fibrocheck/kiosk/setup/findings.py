"""What stands in the way of an installation, found before anything is changed."""

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from fibrocheck.errors import WrongUsage
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.wish import Way, Wish

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SAFE_PATH = re.compile(r"/[A-Za-z0-9._/-]+")
SAFE_OPTIONS = re.compile(r"[A-Za-z0-9 ._/,=-]*")
"""What may be put into a unit and a shell script without quotes."""

PRIVATE = ("/home", "/root", "/run", "/tmp", "/var/tmp", "/dev", "/proc", "/sys")  # noqa: S108 - refused
"""Folders that the kiosk's account cannot see, or that are emptied when the computer starts."""

PACKAGES = {
    Way.console: {"dumpkeys": "kbd", "loadkeys": "kbd"},
    Way.autologin: {"dumpkeys": "kbd", "loadkeys": "kbd", "logger": "bsdutils"},
    Way.touch: {
        "lightdm": "lightdm",
        "openbox": "openbox",
        "xterm": "xterm",
        "xset": "x11-xserver-utils",
        "logger": "bsdutils",
    },
}
"""For each way: the programs that it needs, and the Debian package of each."""


class Finding(NamedTuple):
    """What is wrong, and what to do about it."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}."


def check_words(wish: Wish) -> None:
    """Raise `WrongUsage` for a name or a path that could mean something else in a unit or a script."""
    for option, value, pattern in (
        ("--printer", wish.printer, SAFE),
        ("--language", wish.language, SAFE),
        ("--ways", wish.ways.replace(",", ""), SAFE),
        ("--records", wish.records, SAFE_PATH),
    ):
        if value and not pattern.fullmatch(value):
            what = "a whole path of" if pattern is SAFE_PATH else "a name of"
            raise WrongUsage(f"{option} needs {what} letters, digits and the signs . _ - here.")
    if not SAFE_OPTIONS.fullmatch(wish.more):
        raise WrongUsage("options: use letters, digits and the signs . _ - / , = here.")
    if ".." in wish.records.split("/"):
        raise WrongUsage("--records needs the path itself, without any .. in it.")


def findings(wish: Wish, machine: Machine) -> list[Finding]:
    """Return everything that stands in the way."""
    found = [*_system(wish, machine), *_program(wish, machine), *_packages(wish, machine)]
    found += [*_printer(wish, machine), *_records(wish, machine)]
    return [*found, *other_login(machine)] if wish.way is Way.touch else found


def _system(wish: Wish, machine: Machine) -> Iterator[Finding]:
    if not wish.is_here and not wish.root.is_dir():
        yield Finding(f"{wish.root}: there is no such folder", "Unpack or mount the system there first")
    elif not machine.has_systemd:
        where = "This computer was not started by systemd" if wish.is_here else f"{wish.root} has no systemd"
        yield Finding(where, "Use Debian, Ubuntu or Raspberry Pi OS")
    if wish.is_here and not machine.is_root:
        yield Finding("Only root can install a kiosk", "Run it as root, such as with sudo")
    elif wish.root.is_dir() and not os.access(wish.root, os.W_OK):
        yield Finding(f"{wish.root}: permission denied", "Run it as root, such as with sudo")


def _program(wish: Wish, machine: Machine) -> Iterator[Finding]:
    if wish.program.startswith(tuple(f"{each}/" for each in PRIVATE)):
        what = f"fibrocheck is installed as {wish.program}, which the kiosk's account cannot see"
        yield Finding(what, "Install it below /opt, and run that one")
    elif not SAFE_PATH.fullmatch(wish.program):
        yield Finding(
            f"The path of fibrocheck has unusual characters ({wish.program})", "Install it below /opt"
        )
    elif not machine.has(wish.program):
        yield Finding(f"{wish.program}: there is no such program", "Install fibrocheck there first")


def _packages(wish: Wish, machine: Machine) -> Iterator[Finding]:
    needed = PACKAGES[wish.way]
    missing = sorted({package for name, package in needed.items() if not machine.has_program(name)})
    if missing:
        yield Finding(f"Not installed: {', '.join(missing)}", f"Run: apt-get install {' '.join(missing)}")


def other_login(machine: Machine) -> Iterator[Finding]:
    """Yield what keeps LightDM from starting the kiosk: another display manager, or settings that count more.

    Raspberry Pi OS with a desktop logs in its own user in lightdm.conf, which LightDM reads after our file.
    Ubuntu's desktop has GDM, which goes on running beside an installed LightDM.
    """
    manager = machine.link("/etc/systemd/system/display-manager.service")
    if manager and "lightdm" not in manager:
        name = manager.rpartition("/")[2].removesuffix(".service")
        yield Finding(f"The display manager is {name}, not LightDM", "Run: dpkg-reconfigure lightdm")
    taken = re.findall(r"^\s*(autologin-(?:user|session))\s*=\s*\S", machine.text(LIGHTDM), re.MULTILINE)
    if taken:
        what = f"{LIGHTDM} sets {' and '.join(dict.fromkeys(taken))}, which counts more than the kiosk's"
        yield Finding(what, "Put a # before these lines")


LIGHTDM = "/etc/lightdm/lightdm.conf"


def _printer(wish: Wish, machine: Machine) -> Iterator[Finding]:
    if not wish.printer:
        return
    if not machine.has_program("lp"):
        yield Finding("Not installed: cups-client", "Run: apt-get install cups cups-client")
    elif machine.is_here and wish.printer not in queues(machine):
        names = ", ".join(queues(machine)) or "none"
        what = f"CUPS has no printer {wish.printer} (it has: {names})"
        yield Finding(what, "Set it up first, as in the kiosk's README, or leave out --printer")


def queues(machine: Machine) -> list[str]:
    """Return the names of the printers that CUPS has."""
    code, said = machine.run(["lpstat", "-e"])
    return said.split() if code == 0 else []


def _records(wish: Wish, machine: Machine) -> Iterator[Finding]:
    folder = wish.records
    if not folder:
        return
    if f"{folder.rstrip('/')}/".startswith(tuple(f"{each}/" for each in PRIVATE)):
        what = f"{folder} is a place that a kiosk cannot see, or that is emptied when the computer starts"
        yield Finding(what, "Use another folder for the lists, such as /srv/fibrocheck/records")
    elif machine.has(folder) and not machine.inside(folder).is_dir():
        yield Finding(f"{folder} is not a folder", "Use another name for the folder of the lists")
