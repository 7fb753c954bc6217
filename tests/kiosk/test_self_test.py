"""The self-test of a kiosk, in a terminal, as staff do it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fibrocheck.errors import LEFT
from fibrocheck.kiosk.setup.self_test import KEYS, keys_in
from tests.program.terminal import CTRL_C, Terminal, clicked


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Terminal]:
    """A self-test that has begun, in a terminal of 80 columns and 24 rows."""
    with Terminal("kiosk", "test", folder=tmp_path) as terminal:
        terminal.wait_for("Are all letters right")
        yield terminal


def skip_sound(seat: Terminal) -> None:
    """Skip the sound, if this machine has a voice: nobody listens."""
    seat.wait_for(lambda terminal: "in each language?" in terminal.words or "sound, no" in terminal.words)
    if "in each language?" in seat.words:
        seat.press("s")


def test_everything_pressed_tapped_and_seen_is_fine(seat: Terminal) -> None:
    seat.press("y")
    seat.wait_for("press each of these once")
    for name, spelling in KEYS.items():
        seat.press(spelling)
        if name != "F12":  # the last one ends the page
            seat.wait_for(lambda terminal, name=name: f" {name} " not in f"{terminal.row} ")  # type: ignore[misc]
    seat.wait_for("tap each box")
    for column, row in ((2, 3), (77, 3), (2, 23), (77, 23)):
        seat.press(clicked(column, row))
    skip_sound(seat)
    assert seat.exit_code == 0
    shown = seat.words
    assert "ok letters and colours ok keys ok touch" in shown
    assert "skipped printer, none named" in shown


def test_what_is_wrong_or_missing_is_in_the_list(seat: Terminal) -> None:
    """A no is something to fix; a skip is not."""
    seat.press("n")
    seat.wait_for("press each of these once")
    seat.press("1s")
    seat.wait_for("tap each box")
    seat.press("s")
    skip_sound(seat)
    assert seat.exit_code == 1
    shown = seat.words
    assert "fix letters and colours" in shown
    assert "skipped keys, not pressed: 9, 0" in shown
    assert "skipped touch, boxes left: 4" in shown
    assert "skipped staff code, no kiosk is installed here" in shown


def test_a_key_and_a_box_that_do_nothing_are_faults(seat: Terminal) -> None:
    seat.press("y")
    seat.wait_for("press each of these once")
    seat.press("1n")
    seat.wait_for("tap each box")
    seat.press(clicked(2, 3))
    seat.wait_for("[ x ]")
    seat.press("n")
    skip_sound(seat)
    assert seat.exit_code == 1
    shown = seat.words
    assert "fix keys, not pressed: 9, 0" in shown
    assert "fix touch, boxes left: 3" in shown


def test_a_key_that_arrives_in_parts_is_one_key(seat: Terminal) -> None:
    seat.press("y")
    seat.wait_for("press each of these once")
    for sign in KEYS["F12"]:
        seat.press(sign)
    seat.wait_for(lambda terminal: " F12 " not in f"{terminal.row} ")
    assert " Esc " in seat.row


def test_ctrl_c_ends_it(seat: Terminal) -> None:
    seat.press(CTRL_C)
    assert seat.exit_code == LEFT


def test_a_text_console_is_asked_for_no_taps(tmp_path: Path) -> None:
    with Terminal("kiosk", "test", folder=tmp_path, environment={"TERM": "linux"}) as seat:
        seat.wait_for("Are all letters right")
        seat.press("y")
        seat.wait_for("press each of these once")
        seat.press("s")
        skip_sound(seat)
        assert seat.exit_code == 0
        assert "skipped touch, a text console gets no taps" in seat.words


def test_keys_of_a_console_and_of_other_terminals_are_known() -> None:
    assert keys_in("\x1b[[B\x1bOA\n1") == [KEYS["F2"], KEYS["↑"], "\r", "1"]
    assert keys_in("\x1b[<0;5;6M") == ["\x1b[<0;5;6M"]
    assert keys_in("\x1b") == [KEYS["Esc"]]
