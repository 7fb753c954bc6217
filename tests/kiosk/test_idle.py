"""A patient who goes away: a warning, then everything is erased, whatever page is shown."""

import os
import signal
from pathlib import Path

import pytest

from tests.kiosk.start import F12, FIRST_PAGE, leave, start_kiosk
from tests.program.terminal import DOWN, ESCAPE, F2


def test_an_idle_visit_is_erased_after_a_warning(tmp_path: Path) -> None:
    """Any key continues; without one the first page comes back, even after an unfinished paste."""
    with start_kiosk(tmp_path, "--idle", "1", "--warning", "2") as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press("1")
        terminal.wait_for("Are you still there")
        terminal.press("x")
        terminal.wait_for("Call 911")
        terminal.press("1")
        terminal.wait_for("Symptoms 1 of 8")
        terminal.press("\x1b[200~1 1 1")
        terminal.wait_for("Are you still there")
        terminal.wait_for(FIRST_PAGE)
        terminal.press("1")
        terminal.wait_for("Call 911")
        terminal.press(ESCAPE)
        terminal.wait_for("The screen is hidden")
        terminal.wait_for("Are you still there")
        terminal.wait_for(FIRST_PAGE)
        assert leave(terminal) == 0


@pytest.mark.parametrize("way", [(), ("--plain",), ("--language", "en"), ("--language", "es")])
def test_the_first_page_says_that_earlier_answers_were_erased(way: tuple[str, ...], tmp_path: Path) -> None:
    """For a moment, to the person who comes back; on the full screen it goes by itself."""
    told = "se borraron porque no" if "es" in way else "were erased, because no one was here"
    first = {"es": "Llame al 911", "en": "Call 911"}.get(way[-1] if way else "", FIRST_PAGE)
    with start_kiosk(tmp_path, *way, "--idle", "1", "--warning", "1") as terminal:
        terminal.wait_for(first)
        assert told not in terminal.words
        terminal.wait_for(lambda it: "--plain" not in way or it.row == ">")
        terminal.press("1\r" if "--plain" in way else "1")
        terminal.wait_for(lambda it: told in it.words and first in it.words)
        if "--plain" not in way:
            terminal.wait_for(lambda it: told not in it.words and first in it.words)


@pytest.mark.parametrize("keys", ["\x1b[<35;10;10M", "\x1b[M@!!\x1b[67;10;10M", "x", DOWN])
def test_a_movement_of_the_mouse_or_a_key_held_down_keeps_no_visit_alive(keys: str, tmp_path: Path) -> None:
    """Neither before the warning nor during it."""
    with start_kiosk(tmp_path, "--language", "en", "--idle", "2", "--warning", "2") as terminal:
        terminal.wait_for("Call 911")
        terminal.press("1")
        terminal.wait_for("Symptoms 1 of 8")
        terminal.insist(keys, "Are you still there")
        terminal.insist(keys, "because no one was here")


def test_no_visit_is_endless(tmp_path: Path) -> None:
    """The person is warned and can have more time once, and is told why it ended."""
    with start_kiosk(tmp_path, "--longest", "6") as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press("1")
        terminal.wait_for("Your time here ends soon")
        assert "1 I need more time" in terminal.words
        terminal.press("1")
        terminal.wait_for("Call 911")
        terminal.wait_for("Your time here ends soon")
        assert "I need more time" not in terminal.words
        terminal.press("1")
        terminal.wait_for("Call 911")
        terminal.wait_for("because the time was up")
        assert leave(terminal) == 0


def test_no_visit_in_lines_is_endless(tmp_path: Path) -> None:
    """As above."""
    with start_kiosk(tmp_path, "--plain", "--language", "en", "--longest", "8") as terminal:
        terminal.wait_for("Press Enter to go on")
        terminal.press("\r")
        terminal.wait_for("Symptoms 1 of 8")
        terminal.wait_for("For more time, type m")
        terminal.press("m\r")
        terminal.wait_for(lambda it: it.ordinary_words.count("Symptoms 1 of 8") == 2)
        terminal.wait_for(lambda it: it.ordinary_words.count("Your time here ends soon") > 1)
        assert terminal.ordinary_words.count("type m") == 1
        terminal.wait_for(lambda it: "because the time was up" in it.ordinary_words)


def test_a_visit_that_never_left_its_first_page_is_erased_too(tmp_path: Path) -> None:
    """After the menu was opened there, or plain mode was turned on."""
    with start_kiosk(tmp_path, "--idle", "1", "--warning", "1") as terminal:
        for keys, then in (("0", "Stop and erase"), (F2, "Type a number from 1 to 2")):
            terminal.wait_for(FIRST_PAGE)
            terminal.press(keys)
            terminal.wait_for(then)
            terminal.wait_for("Are you still there")
            terminal.wait_for(lambda it: it.is_full_screen and FIRST_PAGE in it.words)
        assert leave(terminal) == 0


@pytest.mark.parametrize(("way", "goes_on", "f12"), [("--plain", "1\r", "f12\r"), ("--large", "1", F12)])
def test_a_visit_left_at_the_staff_code_prompt_is_erased(
    way: str, goes_on: str, f12: str, tmp_path: Path
) -> None:
    """In plain mode and on the full screen."""
    with start_kiosk(tmp_path, way, "--idle", "1", "--warning", "3") as terminal:
        terminal.wait_for(FIRST_PAGE)
        terminal.press(goes_on)
        terminal.wait_for("Press Enter to go on" if way == "--plain" else "This is not a diagnosis")
        terminal.press(f12)
        terminal.wait_for("Staff code")
        terminal.wait_for("Are you still there")
        terminal.wait_for(lambda it: FIRST_PAGE in it.words and "Are you" not in it.words)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.exit_code == 143
        assert terminal.is_as_found
