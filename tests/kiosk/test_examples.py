"""The files of a kiosk and the examples of its guide, checked as far as this machine allows."""

import configparser
import gzip
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fibrocheck.asking.screen.page_layout import ASCII_GLYPHS
from fibrocheck.content.loader import load
from fibrocheck.kiosk import setup
from fibrocheck.kiosk.setup.checks import CUPS
from fibrocheck.kiosk.setup.plan import ENVIRONMENT, plan
from fibrocheck.kiosk.setup.wish import Way, Wish
from tests.program.terminal import PROGRAM

SECTION = (Path(setup.__file__).parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", SECTION, re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"\A# (/\S+)")
NOT_TESTED = re.compile(r"Not\s+tested:")
FILES = {file.path: file.text for way in Way for file in plan(Wish(way)).files} | {
    found[1]: block for block in BLOCKS if (found := NAMED.search(block))
}
"""The files that install writes, and the examples of its guide that name one."""

INSTALLED = "/opt/fibrocheck/bin/fibrocheck"
UNIT = "/etc/systemd/system/fibrocheck.service"
AUTOLOGIN = "/etc/systemd/system/getty@tty1.service.d/autologin.conf"
SCRIPTS = [name for name, block in FILES.items() if block.startswith("#!")]
KEYS = FILES["/usr/local/lib/fibrocheck/console-keys"]


class Settings(configparser.ConfigParser):
    """A file of sections and settings in the form of systemd and desktops: names keep their capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def settings(block: str) -> Settings:
    """Return such a file, parsed. If a setting occurs twice, the last value counts."""
    parser = Settings(delimiters="=", comment_prefixes="#", interpolation=None, strict=False)
    parser.read_string(block)
    return parser


def needed(program: str) -> str:
    """Return the path of a program, or skip the test if this system does not have it."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    return path


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program until it ends."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def test_every_example_is_found() -> None:
    """Otherwise the tests below would check nothing."""
    assert len(FILES) >= 15
    assert {UNIT, AUTOLOGIN, ENVIRONMENT, "/etc/default/console-setup"} <= FILES.keys()
    assert len(SCRIPTS) == 3


def test_every_section_with_examples_says_what_was_tested() -> None:
    """And what was not."""
    parts = SECTION.split("\n## ")[1:]
    silent = {part.splitlines()[0] for part in parts if "ested" not in part or not NOT_TESTED.search(part)}
    assert silent == {"Staff leave", "Maintenance"}


def command_lines() -> list[str]:
    """Return every command line of this program that the section shows."""
    shown = re.findall(rf"(?:{INSTALLED}|`fibrocheck) ((?:kiosk|content)[^;`\n]*)", SECTION)
    return sorted(set(shown))


@pytest.mark.parametrize("shown", command_lines())
def test_the_program_accepts_every_command_line_that_is_shown(shown: str) -> None:
    """Its options exist."""
    ended = run(*PROGRAM, *shlex.split(shown), "--help")
    assert ended.returncode == 0, ended.stderr


def test_a_staff_code_has_to_be_filled_in() -> None:
    """No kiosk should run with a code that can be read in a repository."""
    lines = [line for line in FILES[ENVIRONMENT].splitlines() if not line.startswith("#")]
    assert lines == ["FIBROCHECK_STAFF_CODE=", 'FIBROCHECK_OPTIONS=""']


def test_the_unit_does_what_the_text_says() -> None:
    """A kiosk on the first console restarts forever, except when staff leave with their code."""
    unit = settings(FILES[UNIT])
    service = unit["Service"]
    assert service["ExecStart"] == f"{INSTALLED} kiosk $FIBROCHECK_OPTIONS"
    assert (service["TTYPath"], service["StandardInput"]) == ("/dev/tty1", "tty-force")
    assert (service["Restart"], service["RestartPreventExitStatus"]) == ("always", "0")
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert service["EnvironmentFile"] in FILES
    assert unit["Unit"]["Conflicts"] in unit["Unit"]["After"].split(), "started while the login still ends"
    assert "FIBROCHECK_STAFF_CODE" not in service["Environment"]


def test_the_unit_erases_the_console_after_the_kiosk(tmp_path: Path) -> None:
    """Its command, run on a file. A kiosk that was killed cannot erase the console itself."""
    commands = re.findall(r"^ExecStopPost=-?\+/bin/sh -c '(printf .*)'$", FILES[UNIT], re.MULTILINE)
    assert len(commands) == 1
    console = tmp_path / "console"
    ended = run("/bin/sh", "-c", commands[0].replace("/dev/tty1", str(console)))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert console.read_bytes() == b"\x1bc\x1b[H\x1b[2J\x1b[3J"


def test_systemd_accepts_its_files(tmp_path: Path) -> None:
    """The unit, and the login with its changes; a stand-in for the program lies where they look for it."""
    verify = needed("systemd-analyze")
    program = tmp_path / "fibrocheck"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in (UNIT, AUTOLOGIN):
        own = tmp_path / Path(name).relative_to("/etc/systemd/system")
        own.parent.mkdir(exist_ok=True)
        own.write_text(FILES[name].replace(INSTALLED, str(program)))
    for name in ("fibrocheck.service", "getty@tty1.service"):
        ended = run(verify, "--man=no", "verify", name, SYSTEMD_UNIT_PATH=f"{tmp_path}:")
        ours = [line for line in ended.stderr.splitlines() if str(tmp_path) in line or name in line]
        assert ours == []
        assert "\n" not in ended.stdout


def test_the_login_restarts_forever() -> None:
    """By default systemd gives up after five starts."""
    login = settings(FILES[AUTOLOGIN])
    assert login["Unit"]["StartLimitIntervalSec"] == "0"
    assert "--autologin kiosk" in login["Service"]["ExecStart"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_can_be_parsed(name: str, tmp_path: Path) -> None:
    """By the shell that its first line names."""
    script = tmp_path / "script"
    script.write_text(FILES[name])
    shell = FILES[name].splitlines()[0].removeprefix("#!")
    ended = run(needed(shell), "-n", script)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_script_starts_the_kiosk_until_staff_leave(tmp_path: Path) -> None:
    """It restarts after an error and after a kill, but not after the staff code, which exits with 0."""
    notes, program, script = (tmp_path / name for name in ("notes", "fibrocheck", "script"))
    program.write_text(
        f"#!/bin/sh\necho \"$* $FIBROCHECK_STAFF_CODE\" >> '{notes}'\n"
        f"case $(wc -l < '{notes}') in 1) exit 1;; 2) kill -9 $$;; esac\n"
    )
    program.chmod(0o755)
    (tmp_path / "env").write_text('FIBROCHECK_STAFF_CODE=front1\nFIBROCHECK_OPTIONS="--idle 120"\n')
    changes = {
        INSTALLED: str(program),
        "/etc/fibrocheck.env": str(tmp_path / "env"),
        "sleep 5": "sleep 0",
        "logger -t fibrocheck": "cat >/dev/null",
    }
    text = FILES["/usr/local/bin/fibrocheck-kiosk"]
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    script.write_text(text)
    assert run(needed("bash"), script).returncode == 0
    assert notes.read_text().splitlines() == ["kiosk --touch --idle 120 front1"] * 3


def test_the_window_has_no_menus_no_paste_and_no_keys_of_its_own() -> None:
    """The actions that let a patient out of xterm are omitted, and the window manager has no bindings."""
    session = FILES["/usr/local/bin/fibrocheck-session"]
    left_out = re.search(r"omitTranslation: ([\w,-]+)'", session)
    assert left_out
    assert {"fullscreen", "popup-menu", "select", "shift-fonts", "reset"} <= set(left_out[1].split(","))
    for name in ("/etc/fibrocheck-openbox.xml", "/usr/local/bin/fibrocheck-kiosk"):
        assert name in session
        assert name in FILES
    # A window that is gone comes back, until staff have left by their code.
    loop = session.index('until [ -e "$HOME/staff-left"')
    assert loop < session.index("xterm ") < session.index("&& touch ")
    root = ET.fromstring(FILES["/etc/fibrocheck-openbox.xml"])  # noqa: S314 - it is our own
    assert [(part.tag.split("}")[1], len(part)) for part in root] == [("keyboard", 0), ("mouse", 0)]


@pytest.mark.parametrize(("ready", "waits"), [(3, 3), (99, 20)], ids=["it comes", "it never does"])
def test_the_window_opens_after_the_window_manager_runs(ready: int, waits: int, tmp_path: Path) -> None:
    """Opened before it, a window may stay unseen. It is not waited for without end."""
    notes, startup = tmp_path / "notes", tmp_path / "startup"
    programs = {
        "xset": "",
        "openbox": f"echo \"$4\" > '{startup}.new'; mv '{startup}.new' '{startup}'",
        "sleep": f"echo waits >> '{notes}'; until [ -e '{startup}' ]; do :; done; "
        f"[ $(wc -l < '{notes}') -lt {ready} ] || sh '{startup}'",
        "xterm": f"echo opens >> '{notes}'; touch \"$HOME/staff-left\"",
    }
    for name, text in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    script = tmp_path / "script"
    script.write_text(FILES["/usr/local/bin/fibrocheck-session"])
    path = os.pathsep.join((str(tmp_path), os.environ["PATH"]))
    assert run(needed("sh"), script, HOME=str(tmp_path), PATH=path).returncode == 0
    assert notes.read_text().split() == ["waits"] * waits + ["opens", "waits"]


def test_the_display_manager_starts_the_session() -> None:
    """LightDM names the session by its file."""
    session = settings(FILES["/usr/share/xsessions/fibrocheck.desktop"])["Desktop Entry"]
    assert session["Exec"] in SCRIPTS
    seat = settings(FILES["/etc/lightdm/lightdm.conf.d/50-fibrocheck.conf"])["Seat:*"]
    assert (seat["autologin-user"], seat["autologin-session"]) == ("kiosk", "fibrocheck")
    # It logs in nobody whose shell is nologin, and X needs a home that can be written.
    account = re.search(r"^u kiosk .* (\S+) (\S+)$", FILES["/etc/sysusers.d/fibrocheck.conf"], re.MULTILINE)
    assert account
    assert account[1] in FILES["/etc/tmpfiles.d/fibrocheck.conf"]
    assert account[2] in FILES


def test_the_keys_that_leave_a_console_are_removed() -> None:
    """Nothing is left on a line for each of them, and the other keys stay."""
    lines = [
        "alt keycode 60 = Console_2",
        "control alt keycode 111 = Boot",
        "alt keycode 105 = Decr_Console",
        "keycode 99 = Last_Console",
        "keycode 70 = Scroll_Lock Show_Memory Show_Registers",
        "shift keycode 104 = Scroll_Backward",
        "control keycode 2 = SAK",
    ]
    kept = ["keycode 88 = F12", "keycode 28 = Return", "keycode 48 = b"]
    command = " ".join(KEYS.split("/dev/tty1 | ")[1].split(" | loadkeys")[0].replace("\\\n", " ").split())
    ended = subprocess.run(
        shlex.split(command), input="\n".join(lines + kept), capture_output=True, text=True, check=True
    )
    changed = ended.stdout.splitlines()
    assert changed[len(lines) :] == kept
    assert all(re.fullmatch(r"[\w ]+ =( VoidSymbol)+", line) for line in changed[: len(lines)])


def test_the_console_font_has_every_letter(tmp_path: Path) -> None:
    """Every letter of both languages, and the ASCII characters that a console's frame is made of."""
    chosen = dict(re.findall(r'^(\w+)="(.*)"$', FILES["/etc/default/console-setup"], re.MULTILINE))
    width, height = chosen["FONTSIZE"].split("x")
    name = f"{chosen['CODESET']}-{chosen['FONTFACE']}{height}x{width}.psf.gz"
    fonts = Path("/usr/share/consolefonts")
    if not list(fonts.glob("*Terminus*")):
        pytest.skip("the fonts of console-setup are not installed")
    font = tmp_path / "font"
    font.write_bytes(gzip.decompress((fonts / name).read_bytes()))
    table = run(needed("psfgettable"), font)
    assert table.returncode == 0, table.stderr
    glyphs = {chr(int(code, 16)) for code in re.findall(r"U\+([0-9a-f]{4})", table.stdout)}
    assert set(f"{load()} {ASCII_GLYPHS}") <= glyphs


def test_cups_keeps_no_printed_page() -> None:
    """By default CUPS keeps printed pages, and pages for a printer that is off."""
    assert "cupsctl PreserveJobFiles=No PreserveJobHistory=No MaxJobTime=120" in SECTION
    assert CUPS in SECTION
    assert "printer-error-policy=abort-job" in SECTION
