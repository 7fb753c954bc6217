"""Looks at the machine as a careful technician would: what is right, and what to do where it is not."""

import re
import stat
from collections.abc import Iterator
from typing import NamedTuple

from fibrocheck.kiosk.setup.findings import other_login, queues
from fibrocheck.kiosk.setup.found import FIX, OK, UNKNOWN, Check, Found
from fibrocheck.kiosk.setup.install import ACCOUNT, READ
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import ENVIRONMENT, code_in
from fibrocheck.kiosk.setup.speech_checks import SPEECH_CHECKS
from fibrocheck.kiosk.setup.state import State, link_on_disk, mark_on_disk
from fibrocheck.kiosk.setup.wish import Way
from fibrocheck.kiosk.staff_code import MIN_LENGTH, is_too_short, is_usable


class Result(NamedTuple):
    """What was found about one thing: its name, `OK`, `FIX` or `UNKNOWN`, what is so, and what to do."""

    about: str
    state: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" {self.remedy}." if self.remedy else ""
        return f"{self.state:<4}{self.about}: {self.what}.{remedy}"


def look(machine: Machine, state: State | None) -> Iterator[Result]:
    """Yield the result of each check that matters for this kind of kiosk."""
    way = state.way if state else ""
    nothing = state is None and not machine.has(ENVIRONMENT)
    for about, ways, check in _CHECKS:
        if (not way or way in ways) and not (nothing and check in _OF_A_KIOSK):
            yield Result(about, *check(machine, state))


def _files(machine: Machine, state: State | None) -> Found:
    if state is None:
        return FIX, "no kiosk was installed by fibrocheck kiosk install", "Run it, or check by hand"
    if not state.finished:
        return FIX, "an installation stopped half-way", "Run it again, or fibrocheck kiosk remove"
    changed = [
        path
        for path, mark in state.files.items()
        if path != ENVIRONMENT and mark_on_disk(machine.inside(path)) != mark
    ]
    changed += [path for path, to in state.links.items() if link_on_disk(machine.inside(path)) != to]
    if changed:
        return FIX, f"changed or missing: {', '.join(changed)}", "Run fibrocheck kiosk install again"
    return OK, "as they were installed", ""


def _staff_code(machine: Machine, _: State | None) -> Found:
    path = machine.inside(ENVIRONMENT)
    if not path.exists():
        return FIX, f"{ENVIRONMENT} is missing", "Run fibrocheck kiosk install"
    text = machine.text(ENVIRONMENT)
    if not text:
        return UNKNOWN, f"{ENVIRONMENT} cannot be read", "Run the check as root"
    code = code_in(text)
    if not code:
        return FIX, "no code is set, so the kiosk does not start", f"Write one into {ENVIRONMENT}"
    if is_too_short(code):
        return FIX, f"the code is an old one of fewer than {MIN_LENGTH} characters", "Choose a longer one"
    if not is_usable(code):
        return FIX, "the code has other characters than letters and digits", "Choose another one"
    return OK, "set", ""


def _permissions(machine: Machine, state: State | None) -> Found:
    path = machine.inside(ENVIRONMENT)
    if not path.exists():
        return FIX, f"{ENVIRONMENT} is missing", "Run fibrocheck kiosk install"
    mode, most = stat.S_IMODE(path.stat().st_mode), 0o600
    if state is not None and state.way != Way.console.value:
        most = 0o640
    if mode & ~most:
        return (
            FIX,
            f"{ENVIRONMENT} can be read by others (mode {mode:o})",
            f"Run: chmod {most:o} {ENVIRONMENT}",
        )
    return OK, f"mode {mode:o}", ""


def _swap(machine: Machine, _: State | None) -> Found:
    lines = machine.text("/proc/swaps").splitlines()[1:]
    on_disk = [line.split()[0] for line in lines if line.strip() and "/zram" not in line]
    if on_disk:
        what = f"memory can be written to {', '.join(on_disk)}"
        return FIX, what, "Run swapoff -a, and take swap out of /etc/fstab (Raspberry Pi OS: dphys-swapfile)"
    return OK, "off", ""


def _hibernation(machine: Machine, _: State | None) -> Found:
    if "disk" not in machine.text("/sys/power/state").split():
        return OK, "this computer cannot", ""
    if any("AllowHibernation=no" in machine.text(path) for path in _SLEEP):
        return OK, "off", ""
    return FIX, "the computer could write its memory to disk", "Run fibrocheck kiosk install"


_SLEEP = ("/etc/systemd/sleep.conf.d/fibrocheck.conf", "/etc/systemd/sleep.conf")


def _sysrq(machine: Machine, _: State | None) -> Found:
    value = machine.text("/proc/sys/kernel/sysrq").strip()
    if not machine.has("/proc/sys/kernel/sysrq"):
        return OK, "this computer has none", ""
    if value == "0":
        return OK, "off", ""
    return FIX, f"kernel.sysrq is {value or 'unknown'}", "Install, then restart the computer: it must be 0"


def _core_dumps(machine: Machine, _: State | None) -> Found:
    pattern = machine.text("/proc/sys/kernel/core_pattern").strip()
    if pattern == "|/bin/false":
        return OK, "off", ""
    if "apport" in pattern:  # Ubuntu's: it sets the pattern after sysctl did
        return FIX, "apport keeps them", "Run: systemctl disable --now apport. Then restart the computer"
    return FIX, f"kernel.core_pattern is {pattern or 'unknown'}", "Install, then restart the computer"


def _consoles(machine: Machine, _: State | None) -> Found:
    settings = machine.text("/etc/systemd/logind.conf.d/fibrocheck.conf")
    if "NAutoVTs=0" not in settings or "ReserveVT=0" not in settings:
        return FIX, "another key press could open another login", "Run fibrocheck kiosk install"
    if link_on_disk(machine.inside("/etc/systemd/system/ctrl-alt-del.target")) != "/dev/null":
        return FIX, "Ctrl-Alt-Delete restarts the computer", "Run: systemctl mask ctrl-alt-del.target"
    return OK, "no other login, and Ctrl-Alt-Delete does nothing", ""


def _keys(machine: Machine, _: State | None) -> Found:
    code, said = machine.run(["dumpkeys", "-C", "/dev/tty1"])
    if code:
        return UNKNOWN, "the key map cannot be read here", "Run the check as root on the kiosk"
    if re.search(r"\b(Console_\d+|(Last|Decr|Incr|Spawn)_Console|Boot|SAK)\b", said):
        return FIX, "keys such as Alt-F2 leave the console", "Start the kiosk; it takes them away"
    return OK, "none leaves the console", ""


def _login(machine: Machine, state: State | None) -> Found:
    if state is None and not machine.has_program("lightdm"):
        return OK, "no LightDM, which only a touch screen needs", ""
    if other := next(other_login(machine), None):
        return FIX, other.what, other.remedy
    return OK, "LightDM starts the kiosk", ""


def _clock(machine: Machine, _: State | None) -> Found:
    code, said = machine.run(["timedatectl", "show", "--property=NTPSynchronized", "--value"])
    if code:
        return UNKNOWN, "whether the clock is set by the network is not known", "Run: timedatectl"
    if said.strip() == "yes":
        return OK, "set by the network", ""
    return FIX, "not set by the network", "Install systemd-timesyncd, or set it by hand each month"


def _printer(machine: Machine, state: State | None) -> Found:
    name = state.options.get("printer", "") if state else ""
    if not name:
        return OK, "none is used", ""
    if name not in queues(machine):
        return FIX, f"CUPS has no printer {name}, or does not run", "Set it up, and see lpstat -e"
    lines = set(machine.text("/etc/cups/cupsd.conf").splitlines())
    if not {"PreserveJobFiles No", "PreserveJobHistory No"} <= lines:
        return FIX, "CUPS keeps printed pages", f"Run: {CUPS}"
    policy = machine.text("/etc/cups/printers.conf")
    if policy and "ErrorPolicy abort-job" not in policy:
        return (
            FIX,
            "a page waits for a printer that is off",
            f"Run: lpadmin -p {name} -o printer-error-policy=abort-job",
        )
    return OK, name, ""


CUPS = "cupsctl PreserveJobFiles=No PreserveJobHistory=No MaxJobTime=120"


def _records(machine: Machine, state: State | None) -> Found:
    folder = state.options.get("records", "") if state else ""
    if not folder:
        return OK, "none is used", ""
    path = machine.inside(folder)
    if not path.is_dir():
        return FIX, f"{folder} is missing", f"Run: install -d -m 2773 -g {READ} {folder}"
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o004:
        return FIX, f"everyone can list {folder} (mode {mode:o})", f"Run: chmod 2773 {folder}"
    return OK, f"{folder}, mode {mode:o}", ""


def _fonts(machine: Machine, state: State | None) -> Found:
    if state is not None and state.way == Way.touch.value:
        if machine.has("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"):
            return OK, "DejaVu Sans Mono", ""
        return FIX, "DejaVu Sans Mono is missing", "Run: apt-get install fonts-dejavu-core"
    if "16x32" in machine.text("/etc/default/console-setup"):
        return OK, "16x32", ""
    return FIX, "the console has small letters", "See “Large print” in the kiosk's README"


def _account(machine: Machine, _: State | None) -> Found:
    if machine.has_account(ACCOUNT):
        return OK, ACCOUNT, ""
    return FIX, f"there is no user {ACCOUNT}", "Run: systemd-sysusers"


_OF_A_KIOSK = (_account, _staff_code, _permissions)
"""Where there is no kiosk at all, these would only say so again."""
_EVERY, _TEXT = tuple(Way), (Way.console, Way.autologin)
_CHECKS: tuple[tuple[str, tuple[Way, ...], Check], ...] = (
    ("files", _EVERY, _files),
    ("account", _EVERY, _account),
    ("staff code", _EVERY, _staff_code),
    ("its file", _EVERY, _permissions),
    ("swap", _EVERY, _swap),
    ("hibernation", _EVERY, _hibernation),
    ("SysRq keys", _EVERY, _sysrq),
    ("core dumps", _EVERY, _core_dumps),
    ("consoles", _EVERY, _consoles),
    ("keys", _TEXT, _keys),
    ("login", (Way.touch,), _login),
    ("clock", _EVERY, _clock),
    ("printer", _EVERY, _printer),
    ("lists", _EVERY, _records),
    *((about, _EVERY, check) for about, check in SPEECH_CHECKS),
    ("letters", _EVERY, _fonts),
)
