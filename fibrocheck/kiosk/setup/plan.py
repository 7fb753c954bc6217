"""Which files a kiosk needs, made from those that ship with the program. Knows no machine."""

import re
from importlib.resources import files
from typing import NamedTuple

from fibrocheck.kiosk.setup.wish import QUESTIONS, Way, Wish

ENVIRONMENT = "/etc/fibrocheck.env"
UNIT = "/etc/systemd/system/fibrocheck.service"
SCRIPT = "/usr/local/bin/fibrocheck-kiosk"
SESSION = "/usr/local/bin/fibrocheck-session"
LOGIN = "/etc/systemd/system/getty.target.wants/getty@tty1.service"
"""The link that starts a login on the first console. It makes way for the unit."""

TEMPORARY = "/etc/tmpfiles.d/fibrocheck.conf"
"""What systemd-tmpfiles makes at each start."""

_PLAIN, _PROGRAM = 0o644, 0o755
_NO_SHELL = "/usr/sbin/nologin"


class PlannedFile(NamedTuple):
    """A file of the kiosk: its path there, its text and permissions.

    One that is `kept` belongs to the clinic once it is there: it is written only if it is missing.
    """

    path: str
    text: str
    mode: int = _PLAIN
    kept: bool = False


class PlannedLink(NamedTuple):
    """A symbolic link of the kiosk."""

    path: str
    target: str


class Plan(NamedTuple):
    """All that an installation writes, and the links that it takes away."""

    files: tuple[PlannedFile, ...]
    links: tuple[PlannedLink, ...]
    unlinked: tuple[str, ...] = ()


_EVERYWHERE = {
    "/etc/systemd/logind.conf.d/fibrocheck.conf": "logind.conf",
    "/etc/systemd/sleep.conf.d/fibrocheck.conf": "sleep.conf",
    "/etc/systemd/coredump.conf.d/fibrocheck.conf": "coredump.conf",
    "/etc/sysctl.d/60-fibrocheck.conf": "sysctl.conf",
    "/etc/sysusers.d/fibrocheck.conf": "sysusers.conf",
}
_KEYS = {"/usr/local/lib/fibrocheck/console-keys": "console-keys"}
_LOOP = {SCRIPT: "fibrocheck-kiosk"}
_BY_WAY = {
    Way.console: {UNIT: "fibrocheck.service"} | _KEYS,
    Way.autologin: {"/etc/systemd/system/getty@tty1.service.d/autologin.conf": "autologin.conf"}
    | _KEYS
    | _LOOP,
    Way.touch: {
        SESSION: "fibrocheck-session",
        "/etc/fibrocheck-openbox.xml": "fibrocheck-openbox.xml",
        "/usr/share/xsessions/fibrocheck.desktop": "fibrocheck.desktop",
        "/etc/lightdm/lightdm.conf.d/50-fibrocheck.conf": "lightdm.conf",
        "/etc/X11/xorg.conf.d/50-fibrocheck.conf": "xorg.conf",
        TEMPORARY: "tmpfiles.conf",
    }
    | _LOOP,
}
_MASK = PlannedLink("/etc/systemd/system/ctrl-alt-del.target", "/dev/null")
_ENABLED = PlannedLink("/etc/systemd/system/multi-user.target.wants/fibrocheck.service", UNIT)


def plan(wish: Wish) -> Plan:
    """Return what the kiosk needs, in the order in which it is written."""
    values = _values(wish)
    named = _EVERYWHERE | _BY_WAY[wish.way]
    # The account of a kiosk on the console never reads the file with the code: systemd does, as root.
    mode = 0o600 if wish.way is Way.console else 0o640
    made = [PlannedFile(path, _filled(name, values), _mode(path)) for path, name in named.items()]
    if wish.questions:
        made.append(PlannedFile(QUESTIONS, wish.questions))
    environment = PlannedFile(ENVIRONMENT, _filled("fibrocheck.env", values), mode, kept=True)
    if wish.way is Way.console:
        return Plan((environment, *made), (_MASK, _ENABLED), (LOGIN,))
    return Plan((environment, *made), (_MASK,))


def shell_for(way: Way) -> str:
    """Return the login shell of the kiosk's account; where it logs in by itself, it gets only the kiosk.

    LightDM logs in no account whose shell is nologin (its /etc/pam.d/lightdm-autologin).
    """
    return _NO_SHELL if way is Way.console else SCRIPT


def code_in(environment: str) -> str:
    """Return the staff code in the text of `ENVIRONMENT`; empty if none is set."""
    found = re.search(r"^FIBROCHECK_STAFF_CODE=[\"']?([^\"'\n]*)", environment, re.MULTILINE)
    return found[1].strip() if found else ""


def home_for(way: Way) -> str:
    """Return the home of the kiosk's account: none, but where X needs one."""
    return "/run/fibrocheck-home" if way is Way.touch else "/nonexistent"


def _mode(path: str) -> int:
    return _PROGRAM if path.startswith("/usr/local/") else _PLAIN


def _values(wish: Wish) -> dict[str, str]:
    records = wish.records
    return {
        "@PROGRAM@": wish.program,
        "@OPTIONS@": "".join(f" {option}" for option in wish.options),
        "@SHELL@": shell_for(wish.way),
        "@HOME@": home_for(wish.way),
        "@CODE@": wish.code,
        "@MORE@": wish.more,
        "@WRITABLE@": f"ReadWritePaths={records}\n" if records else "",
        "@MOUNT@": f"RequiresMountsFor={records}\n" if records else "",
    }


def _filled(name: str, values: dict[str, str]) -> str:
    text = files(__package__).joinpath("files", name).read_text(encoding="utf-8")
    for place, value in values.items():
        text = text.replace(place, value)
    return text
