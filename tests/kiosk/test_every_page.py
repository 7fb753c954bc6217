"""Every page of every kind is erased in time: at every size of the window, and with all sorts of input."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kiosk.start import F12, first_question, read_until, skip_to_check_page, start_kiosk
from tests.program.terminal import ESCAPE, F2, Terminal, Wanted

ERASED = b"\x1b[3J"
SIZES = [(80, 24), (160, 50), (34, 11), (33, 10), (20, 3)]
"""The last two are below the smallest size of the full screen."""


def beside_the_question(keys: str, shown: str) -> Callable[[Terminal], None]:
    """Return a way to a page that is shown in the middle of a visit."""

    def reach(terminal: Terminal) -> None:
        first_question(terminal)
        terminal.press(keys)
        terminal.wait_for(shown)

    return reach


def check_page(terminal: Terminal) -> None:
    """Skip every question."""
    skip_to_check_page(terminal)
    terminal.wait_for("Check your answers")


def welcome(terminal: Terminal) -> None:
    """Leave the first page, and come back to it: it waits for no one any more."""
    first_question(terminal)
    terminal.press("1")
    terminal.wait_for("Symptoms 2 of 8")
    for _ in range(2):
        terminal.press("\x1b[D")
        terminal.turn("")
    terminal.insist("\x1b[D", "Call 911")


REACHES = {
    "question": first_question,
    "why": beside_the_question("?", "Why we ask"),
    "menu": beside_the_question(".", "Stop and erase"),
    "hidden": beside_the_question(ESCAPE, "The screen is hidden"),
    "staff code": beside_the_question(F12, "Staff code"),
    "lines": beside_the_question(F2, "Type"),
    "warning": beside_the_question("", "Are you still there"),
    "check": check_page,
}


def is_erased(terminal: Terminal, reach: Callable[[Terminal], None], size: tuple[int, int]) -> None:
    """Go to a page, give the window a size, and wait until the page is erased."""
    reach(terminal)
    written = len(terminal.written)
    terminal.resize(*size)
    read_until(terminal, lambda: ERASED in terminal.written[written:])
    terminal.resize(80, 24)


@pytest.mark.parametrize("name", ["question", "hidden", "warning"])
def test_a_page_in_a_window_below_the_floor_is_erased(name: str, tmp_path: Path) -> None:
    """Numbered lines are shown there."""
    with start_kiosk(tmp_path, "--language", "en", "--idle", "2", "--warning", "1") as terminal:
        is_erased(terminal, REACHES[name], (33, 10))


@pytest.mark.soak
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("name", REACHES)
def test_every_page_at_every_size_is_erased(
    name: str, large: bool, size: tuple[int, int], tmp_path: Path
) -> None:
    """Whatever it is."""
    way = ["--large"] if large else []
    with start_kiosk(tmp_path, "--language", "en", "--idle", "2", "--warning", "1", *way) as terminal:
        is_erased(terminal, REACHES[name], size)


def no_text(chance: random.Random) -> bytes:
    """Return bytes that are no text, with an Enter now and then."""
    kinds = (
        lambda: bytes([chance.randrange(0x80, 0x100)]),
        lambda: bytes([chance.randrange(0x20)]),
        lambda: chr(chance.randrange(0x80, 0xA0)).encode() + b"4h",  # 8-bit controls
        lambda: b"\x9b%dh" % chance.randrange(40),
        lambda: b"\x1b[?%dh" % chance.choice((1, 5, 6, 7, 9, 25, 66, 1000, 1003, 1004, 2004)),
        lambda: b"\x1b[<35;%d;%dM" % (chance.randrange(90), chance.randrange(30)),
        lambda: b"\xff\xfe\r",
        lambda: b"\x1b]2;title\x07",
    )
    return b"".join(chance.choice(kinds)() for _ in range(20))


def code_or_wait(terminal: Terminal) -> bool:
    """Return whether the code is asked for, or was wrong so often that it has to wait."""
    return any(each in terminal.words for each in ("Staff code", "Please wait"))


PROMPTS: dict[str, tuple[tuple[str, ...], str, Wanted]] = {
    "screen": ((), "", "Call 911"),
    "lines": (("--plain",), "", "Press Enter to go on"),
    "staff code": ((), F12, code_or_wait),
    "staff code in lines": (("--plain",), "f12\r", code_or_wait),
}


def send_no_text(prompt: str, folder: Path, bursts: int) -> None:
    """Send bytes that are no text to a prompt: the kiosk goes on, and the first page comes back whole."""
    way, keys, shown = PROMPTS[prompt]
    first, chance = "Press Enter to go on" if "--plain" in way else "Call 911", random.Random(bursts)
    with start_kiosk(folder, "--language", "en", "--idle", "1", "--warning", "1", *way) as terminal:
        for _ in range(bursts):
            terminal.wait_for(first)
            if keys:
                terminal.insist(keys, shown)
            for _ in range(5):
                terminal.press(no_text(chance))
                terminal._read(0.05)
        terminal.wait_for(first)  # what was sent may have begun a visit
        terminal.insist("1\r" if way else "1", "Symptoms 1 of 8")
        terminal.wait_for("Are you still there")
        assert b"Traceback" not in terminal.written
        assert b"Something went wrong" not in terminal.written


@pytest.mark.soak
@pytest.mark.parametrize("prompt", PROMPTS)
def test_bytes_that_are_no_text_do_no_harm(prompt: str, tmp_path: Path) -> None:
    """At every prompt."""
    send_no_text(prompt, tmp_path, 200)
