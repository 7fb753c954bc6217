"""The rules by which a visit ends if the person has left, with a clock that a test sets."""

import pytest

from fibrocheck.asking.idle import Announcements, IdleTimer
from fibrocheck.errors import IDLE_TOO_LONG, TIME_IS_UP, VisitEnded


class Clock:
    """A clock that shows the seconds it is set to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock to set."""
    return Clock()


def timer(clock: Clock) -> IdleTimer:
    """Return a timer that warns after 300 seconds, 45 seconds before the end."""
    return IdleTimer(300, 45, clock=clock)


def test_the_warning_is_due_after_the_idle_time_and_not_before(clock: Clock) -> None:
    """And not at all on a page that waits for the next person."""
    idle = timer(clock)
    clock.now += 299.9
    assert not idle.is_due()
    clock.now += 0.1
    assert idle.is_due()
    assert not idle.is_due(waits=True)


def test_a_key_held_down_is_one_sign_of_life(clock: Clock) -> None:
    """Something may lie on the keyboard. Another key, or the same one after a moment, is a new sign."""
    idle = timer(clock)
    for _ in range(3100):
        idle.touch("1")
        clock.now += 0.1
    assert idle.is_due()
    idle.touch("2")
    assert not idle.is_due()
    clock.now += 300
    assert idle.is_due()
    idle.touch("2")
    assert not idle.is_due()


def test_a_key_that_does_nothing_is_no_sign_of_life(clock: Clock) -> None:
    """Nor is it one on the warning, where every key counts, if it was held down since before."""
    idle = timer(clock)
    for _ in range(301):
        idle.touch("x", does_something=False)
        clock.now += 1
    assert idle.is_due()
    idle.touch("x")
    assert idle.is_due()
    clock.now += 2
    idle.touch("x")
    assert not idle.is_due()


def last_call(clock: Clock) -> IdleTimer:
    """Return a timer of a visit of half an hour at most, that has begun."""
    idle = IdleTimer(300, 45, clock=clock, longest=1800)
    assert not idle.is_due()
    return idle


def pass_time(clock: Clock, idle: IdleTimer, seconds: int) -> None:
    """Let the person do something each second, for so many seconds."""
    for number in range(seconds):
        clock.now += 1
        idle.touch(str(number))


def test_the_longest_visit_ends_whatever_the_person_does(clock: Clock) -> None:
    """With a warning two minutes before, and again shortly before."""
    idle = last_call(clock)
    pass_time(clock, idle, 1679)
    assert not idle.is_due()
    pass_time(clock, idle, 1)
    assert idle.is_due()
    assert idle.is_last_call
    assert idle.seconds_left() == 120
    idle.dismiss()
    assert not idle.is_due()
    pass_time(clock, idle, 74)
    assert not idle.is_due()
    pass_time(clock, idle, 1)
    assert idle.is_due()
    assert idle.seconds_left() == 45
    idle.dismiss()
    pass_time(clock, idle, 44)
    assert not idle.is_due()
    pass_time(clock, idle, 1)
    assert idle.is_due()
    with pytest.raises(VisitEnded) as ending:
        idle.seconds_left()
    assert ending.value.exit_code == TIME_IS_UP


def test_the_longest_visit_can_be_prolonged_once(clock: Clock) -> None:
    """Then it takes as long again, and is warned again."""
    idle = last_call(clock)
    pass_time(clock, idle, 1700)
    idle.prolong()
    assert not idle.is_due()
    assert not idle.may_prolong
    pass_time(clock, idle, 1780)
    assert idle.is_last_call
    idle.prolong()
    assert idle.seconds_left() == 120


def test_a_person_who_leaves_at_the_last_call_gets_the_idle_warning(clock: Clock) -> None:
    """The earlier end counts."""
    idle = last_call(clock)
    pass_time(clock, idle, 1680 - 250)
    clock.now += 300
    assert idle.is_due()
    assert not idle.is_last_call
    assert idle.seconds_left() == 45
    idle.touch()
    assert idle.is_last_call
    assert idle.seconds_left() == 70


def test_the_longest_visit_begins_when_the_first_page_is_left(clock: Clock) -> None:
    """A kiosk may wait for hours for the next person."""
    idle = IdleTimer(300, 45, clock=clock, longest=1800)
    clock.now += 20_000
    assert not idle.is_due(waits=True)
    idle.touch("1")
    assert not idle.is_due()
    pass_time(clock, idle, 1680)
    assert idle.is_due()
    assert not idle.is_due(waits=True)
    assert not idle.is_due()


def test_any_input_starts_the_idle_time_again(clock: Clock) -> None:
    """During the warning too."""
    idle = timer(clock)
    clock.now += 340
    idle.touch()
    assert not idle.is_due()
    clock.now += 300
    assert idle.seconds_left() == 45


def test_the_seconds_left_are_rounded_up_to_the_last_one(clock: Clock) -> None:
    """So that the person never reads "0 seconds"."""
    idle = timer(clock)
    left = []
    for seconds in (300, 0.5, 0.5, 43.9):
        clock.now += seconds
        left.append(idle.seconds_left())
    assert left == [45, 45, 44, 1]


def test_the_visit_ends_when_no_second_is_left(clock: Clock) -> None:
    """Its exit code states the reason to the kiosk."""
    idle = timer(clock)
    clock.now += 345
    with pytest.raises(VisitEnded) as ending:
        idle.seconds_left()
    assert ending.value.exit_code == IDLE_TOO_LONG


def test_without_an_idle_time_no_warning_is_ever_due(clock: Clock) -> None:
    """As in a visit that is not at a kiosk."""
    idle = IdleTimer(clock=clock)
    clock.now += 1e9
    assert not idle.is_due()


def test_a_warning_is_announced_at_once_and_then_at_45_20_and_10_seconds() -> None:
    """Each once, even if a second is skipped."""
    announcements = Announcements()
    seconds = (60, 59, 46, 45, 44, 21, 19, 18, 10, 9, 1)
    assert [each for each in seconds if announcements.is_due(each)] == [60, 45, 19, 10]


def test_a_late_warning_is_announced_without_the_moments_before_it() -> None:
    """Only the moments still to come are announced."""
    announcements = Announcements()
    assert [each for each in (15, 14, 10, 9) if announcements.is_due(each)] == [15, 10]


def test_the_time_that_a_page_is_spoken_is_not_idle(clock: Clock) -> None:
    """But the warning comes as usual when the voice has ended."""
    idle, speaks = timer(clock), [True]
    idle.is_heard = lambda: speaks[0]
    clock.now += 400
    assert not idle.is_due()
    speaks[0] = False
    clock.now += 299.9
    assert not idle.is_due()
    clock.now += 0.1
    assert idle.is_due()


def test_a_page_closes_after_the_voice_and_not_before(clock: Clock) -> None:
    """Goodbye counts its seconds after the last key and after speech."""
    idle = timer(clock)
    idle.is_heard = lambda: True
    clock.now += 100
    assert idle.seconds_until(60) == 60


def test_a_person_who_listens_can_prolong_the_longest_visit_twice(clock: Clock) -> None:
    """Listening takes longer than reading."""
    idle = IdleTimer(clock=clock, longest=600)
    idle.listens = lambda: True
    idle.is_due()
    for _ in range(2):
        assert idle.may_prolong
        idle.prolong()
    assert not idle.may_prolong
