"""Who sits at the desk, and the screen that hides after two minutes without a key."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.desk.staff import (
    HIDE_AFTER,
    Staff,
    initials_of,
    is_pin,
    this_computer,
)

PIN = "4711"


def staff(pin: str = "") -> Staff:
    """Return somebody who began at 0."""
    return Staff("mr", pin, 0.0, computer="front")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mr", "MR"),
        (" m r ", "MR"),
        ("Ñu", "ÑU"),
        ("", ""),
        ("12", ""),
        ("m.r.", ""),
        ("abcde", ""),
        ("\x1b", ""),
    ],
)
def test_initials_are_one_to_four_letters(typed: str, kept: str) -> None:
    """Spaces between them do not matter."""
    assert initials_of(typed) == kept


def test_a_pin_is_digits_only() -> None:
    """A keypad has nothing else; other scripts' digits are not on it."""
    assert all(map(is_pin, ["4711", "0000", "123456789012"]))
    assert not any(map(is_pin, ["", "471", "47 11", "abcd", "٤٧١١", "²²²²", "1" * 13]))


@pytest.mark.parametrize(("initials", "pin"), [("", ""), ("12", ""), ("MR", "12"), ("MR", "abcd")])
def test_nobody_starts_without_initials_or_with_a_pin_that_cannot_be(initials: str, pin: str) -> None:
    """So that the log has a name."""
    with pytest.raises(ValueError, match="initials"):
        Staff(initials, pin, 0.0, computer="front")


def test_the_screen_hides_after_two_minutes_without_a_key() -> None:
    """Any key shows it again where there is no PIN, and does nothing else."""
    who = staff()
    assert who.key(HIDE_AFTER - 1)
    assert not who.is_hidden(2 * HIDE_AFTER - 2)
    assert who.seconds_left(2 * HIDE_AFTER - 2) == 1
    assert who.is_hidden(2 * HIDE_AFTER - 1)
    assert not who.key(2 * HIDE_AFTER)
    assert who.key(2 * HIDE_AFTER + 1)


def test_with_a_pin_only_the_pin_shows_it_again() -> None:
    """No key does anything meanwhile."""
    who = staff(PIN)
    who.hide()
    assert not who.key(1.0)
    assert who.is_hidden(2.0)
    assert not who.unlock("4712", 3.0)
    assert who.is_hidden(3.0)
    assert who.unlock(PIN, 4.0)
    assert who.key(5.0)


def test_after_three_wrong_pins_none_is_right_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty seconds, then longer."""
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    who = staff(PIN)
    who.hide()
    assert [who.unlock("0000", 1.0) for _ in range(3)] == [False] * 3
    assert who.seconds_to_wait() == 30
    assert not who.unlock(PIN, 1.0)
    clock[0] += 30
    assert who.unlock(PIN, 31.0)


def test_what_can_be_no_pin_is_no_wrong_one() -> None:
    """Such as an empty line, or the key of the emergency words."""
    who = staff(PIN)
    who.hide()
    assert not any(who.unlock(each, 1.0) for each in ("", "!", "n", "47", "MR") * 3)
    assert who.seconds_to_wait() == 0
    assert who.unlock(PIN, 2.0)


def test_the_pin_is_not_kept() -> None:
    """Whoever reads the memory finds a hash."""
    who = staff(PIN)
    assert who.has_pin
    assert who._code is not None
    assert PIN not in repr(vars(who._code))
    assert not staff().has_pin
    assert this_computer()


@given(st.lists(st.floats(0, 300), max_size=20))
def test_a_screen_never_shows_after_the_time_was_over(pauses: list[float]) -> None:
    """Whatever the rhythm of keys: the key that comes too late does nothing."""
    who, now = staff(), 0.0
    for pause in pauses:
        now += pause
        assert who.key(now) == (pause < HIDE_AFTER) or not who.is_hidden(now)
        assert not who.is_hidden(now)
