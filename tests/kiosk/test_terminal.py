"""The kiosk's terminal: no key leaves the kiosk, stops it or freezes it."""

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk.start import CODE, FIRST_PAGE, children, leave, start_kiosk

LOCKED = {
    "Ctrl-C": "\x03",
    "Ctrl-D": "\x04",
    "Ctrl-Q": "\x11",
    "Ctrl-S": "\x13",
    "Ctrl-Z": "\x1a",
    "Ctrl-backslash": "\x1c",
    "F1": "\x1bOP",
    "F10": "\x1b[21~",
    "Alt-x": "\x1bx",
    "a paste": "\x1b[200~1\r1\r\x03\x1b[201~",
}


def test_no_key_leaves_stops_or_freezes_it(tmp_path: Path) -> None:
    """After each key the question can still be answered, and Back returns to it."""
    with start_kiosk(tmp_path, "--language", "en") as terminal:
        terminal.wait_for("Call 911")
        terminal.press("1")
        for name, keys in LOCKED.items():
            terminal.wait_for("Symptoms 1 of 8")
            terminal.press(keys)
            if keys.startswith("\x1bx"):
                terminal.wait_for("The screen is hidden")
                terminal.press("1")
                terminal.wait_for("Symptoms 1 of 8")
            terminal.press("2")
            terminal.wait_for("Symptoms 2 of 8")
            assert children(terminal.pid), name
            terminal.press("\x1b[D")
            terminal.wait_for("Symptoms 1 of 8")
        assert leave(terminal) == 0


def test_a_kiosk_in_plain_mode(tmp_path: Path) -> None:
    """Ctrl-D and Ctrl-C do nothing, an idle visit is erased, staff leave with their code."""
    with start_kiosk(tmp_path, "--plain", "--idle", "2", "--warning", "2") as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press("\x04\x03\x1a\x1c\r")
        terminal.wait_for(lambda it: it.words.count(FIRST_PAGE) == 2)
        terminal.press("1\r")
        terminal.wait_for("Press Enter to go on")
        assert "Get ready" in terminal.ordinary_text  # by now it has scrolled off the screen
        terminal.wait_for("Are you still there")
        terminal.wait_for(lambda it: FIRST_PAGE in it.words and "Are you" not in it.words)
        assert "Get ready" not in terminal.ordinary_text
        terminal.press("f12\r")
        terminal.wait_for("Staff code")
        terminal.press(f"{CODE}\r")
        assert terminal.exit_code == 0
        assert CODE not in terminal.ordinary_text
        assert terminal.is_as_found


def noise(seed: int, number: int) -> Iterator[str]:
    """Yield bytes and sequences that a keyboard, a mouse or a cat can produce, mostly control characters."""
    chance = random.Random(seed)
    kinds = (
        lambda: chr(chance.randrange(32)),
        lambda: chr(chance.randrange(32, 127)),
        lambda: "\x1b" + chr(chance.randrange(128)),
        lambda: f"\x1b[{chance.randrange(40)}{chance.choice('~ABCDmMRhl')}",
        lambda: (
            f"\x1b[<{chance.randrange(70)};{chance.randrange(90)};{chance.randrange(30)}{chance.choice('Mm')}"
        ),
        lambda: f"\x1b[M{chr(32 + chance.randrange(90))}{chr(32 + chance.randrange(90))}!",
        lambda: "\x1b[200~" + "1\r" * chance.randrange(3) + chance.choice(["\x1b[201~", ""]),
        lambda: chr(chance.randrange(0x80, 0x3000)),
        lambda: chance.choice("1234567890\r\x1b"),
    )
    for _ in range(number):
        yield chance.choice(kinds)()


def check_noise(folder: Path, pieces: int) -> None:
    """Send noise in bursts: a visit can still be started after it, and no traceback was ever shown."""
    with start_kiosk(folder, "--idle", "1", "--warning", "1") as terminal:
        terminal.wait_for(FIRST_PAGE)
        burst: list[str] = []
        for piece in noise(seed=pieces, number=pieces):
            burst.append(piece)
            if len(burst) == 50:
                terminal.press("".join(burst).encode("utf-8", "surrogatepass"))
                terminal._read(0.02)  # do not wait for what it draws
                burst = []
        terminal.wait_for(FIRST_PAGE)
        # An unfinished paste may swallow the first key, for two seconds at most.
        terminal.insist("1", "Call 911")
        assert b"Traceback" not in terminal.written
        assert b"Press ENTER" not in terminal.written
        terminal.wait_for(FIRST_PAGE)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found


def test_noise_neither_leaves_nor_freezes_it(tmp_path: Path) -> None:
    """Two thousand pieces."""
    check_noise(tmp_path, 2_000)


@pytest.mark.soak
def test_much_noise_neither_leaves_nor_freezes_it(tmp_path: Path) -> None:
    """Two hundred thousand pieces."""
    check_noise(tmp_path, 200_000)
