"""What erasing resets: every mode that a terminal can be put into."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fibrocheck.asking.erasing import erase_sequence
from tests.program.emulator import ALTERNATE, Emulator

MODES = {
    "insert": "\x1b[4h",
    "reverse": "\x1b[?5h",
    "origin": "\x1b[5;9r\x1b[?6h",
    "colours": "\x1b[31;42;1;4;7m",
    "line drawing": "\x1b(0",
    "the other character set": "\x1b)0\x0e",
    "margins": "\x1b[3;5r",
    "keypad": "\x1b=",
    "cursor keys": "\x1b[?1h",
    "no wrapping": "\x1b[?7l",
    "hidden cursor": "\x1b[?25l",
    "pastes": "\x1b[?2004h",
    "focus": "\x1b[?1004h",
    "an alternate screen": "\x1b[?1049h\x1b[?47h",
    "new lines": "\x1b[20h",
    **{f"mouse {mode}": f"\x1b[?{mode}h" for mode in (9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016)},
}
OTHER_SCREENS = {mode << 5 for mode in ALTERNATE}  # as pyte notes private modes, on either screen
HERE = Path(__file__).parent


def shown(before: str) -> tuple[list[str], frozenset[int], object, object, set[int]]:
    """Return what a terminal shows of a text, and its modes, after it was erased."""
    emulator = Emulator(20, 10)
    emulator.feed(f"$ fibrocheck\r\n{before}SECRET{erase_sequence()}AB\r\nC{'d' * 25}".encode())
    screen = emulator.screen
    return (
        emulator.rows,
        frozenset(emulator.modes),
        screen.cursor.attrs,
        screen.margins,
        screen.mode - OTHER_SCREENS,
    )


@pytest.mark.parametrize("name", MODES)
def test_erasing_resets_each_mode(name: str) -> None:
    """What is written next is where and as it would be in a new terminal."""
    assert shown(MODES[name]) == shown("")
    assert not any("SECRET" in row for row in shown(MODES[name])[0])


def test_erasing_resets_all_modes_at_once() -> None:
    """And ends a string that was begun."""
    assert shown("".join(MODES.values()) + "\x1b]2;title") == shown("")


@pytest.mark.desktop
def test_an_xterm_is_as_it_was(tmp_path: Path) -> None:
    """Every mode that it says it has, one at a time and together, and everything else that it can tell."""
    for program in ("Xvfb", "xterm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    told, tells = os.pipe()
    with subprocess.Popen(
        ("Xvfb", "-displayfd", str(tells), "-screen", "0", "1280x800x24"),
        pass_fds=(tells,),
        stderr=subprocess.DEVNULL,
    ) as screen:
        os.close(tells)
        with open(told) as display:
            environment = {**os.environ, "DISPLAY": f":{display.readline().strip()}"}
        try:
            subprocess.run(
                (
                    *("xterm", "-fn", "fixed", "-xrm", "XTerm*allowWindowOps: true"),
                    *("-xrm", "XTerm*c132: true", "-e"),
                    *(sys.executable, "-m", "tests.kiosk.xterm_modes", str(tmp_path / "found.json")),
                ),
                env=environment,
                cwd=HERE.parents[1],
                check=True,
                timeout=120,
            )
        finally:
            screen.terminate()
    found = json.loads((tmp_path / "found.json").read_text())
    assert len(found["modes"]) > 40
    assert found["different"] == {}
