"""Bursts of a scanner: the code in them is found whatever surrounds it, and otherwise nothing is."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fibrocheck.copies.code.codes import make_code
from fibrocheck.copies.code.spelling import ALPHABET, grouped
from fibrocheck.desk.scanner import PAUSE, Pace, Why, is_burst, scanned
from tests.copies.code.samples import FIXTURE, TODAY, answers_to, everything

CODE = make_code(FIXTURE, everything(FIXTURE), "es", TODAY, 700)
OTHER = make_code(FIXTURE, everything(FIXTURE), "en", TODAY, 3)
BEFORE = ["", "*", "]Q1", "]q3", "]C1*", "\x02", "\t", " ", "~"]
AFTER = ["", "*", "\r", "\n", "\r\n", "\t", "\x03", " \r"]


def why(burst: str) -> Why | None:
    """Return why a burst opens nothing; `None` if it does."""
    found = scanned(burst, FIXTURE, TODAY)
    assert (found.code is None) is (found.why is not None)
    return found.why


@pytest.mark.parametrize("written", [CODE, CODE.lower(), grouped(CODE), grouped(CODE).replace("-", " ")])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_code_is_found_whatever_surrounds_it(written: str, times: int) -> None:
    """Read twice, it is one code. Every prefix with every ending."""
    for before in BEFORE:
        for after in AFTER:
            found = scanned((before + written + after) * times, FIXTURE, TODAY).code
            assert found is not None, (before, after)
            assert found.letters == CODE
            assert found.answers == everything(FIXTURE)


@pytest.mark.parametrize("dash", ["ß", "'", ")", "_", "=", "/", "—", "\u00ad", "¿"])
def test_dashes_that_another_layout_made_into_something_else_are_no_matter(dash: str) -> None:
    """No code has any of them."""
    found = scanned(grouped(CODE).replace("-", dash), FIXTURE, TODAY).code
    assert found is not None
    assert found.letters == CODE


@given(st.data())
def test_every_code_is_found_with_half_of_it_before_or_after(data: st.DataObject) -> None:
    """A scan that broke off and was repeated."""
    answers = data.draw(answers_to(FIXTURE))
    code = make_code(FIXTURE, answers, "en", TODAY, data.draw(st.integers(0, 1023)))
    cut = data.draw(st.integers(0, len(code) - 1))
    found = scanned(code + code[:cut], FIXTURE, TODAY)
    assert found.code is not None
    assert found.code.letters == code
    assert found.code.answers == answers


def test_two_codes_in_view_open_neither() -> None:
    """Whichever comes first, and however often."""
    for burst in (CODE + OTHER, f"{CODE}\r{OTHER}\r", OTHER + CODE + CODE):
        assert why(burst) is Why.SEVERAL


def test_lost_and_wrong_characters_are_noticed() -> None:
    """Each one lost, and each one replaced by each other character of the alphabet."""
    for place in range(len(CODE)):
        lost = CODE[:place] + CODE[place + 1 :]
        assert why(f"{lost}\r") in {Why.CUT_OFF, Why.LAYOUT}, place
        for other in ALPHABET:
            if other != CODE[place]:
                assert why(f"{CODE[:place]}{other}{CODE[place + 1 :]}\r") in {Why.DAMAGED, Why.LAYOUT}


def test_characters_that_no_code_has_are_never_read_as_others() -> None:
    """A person confuses them, a scanner does not."""
    for place, letter in enumerate(CODE):
        if letter in "8DGQ":
            assert why(CODE[:place] + "0" + CODE[place + 1 :]) is Why.DAMAGED


def test_another_keyboard_layout_is_named() -> None:
    """German and French, if the code has letters that these exchange."""
    code = next(
        each
        for each in (make_code(FIXTURE, everything(FIXTURE), "es", TODAY, at) for at in range(1024))
        if len(set(each) & set("YZWQ")) == 4
    )
    assert why(code.translate(str.maketrans("YZyz", "ZYzy"))) is Why.LAYOUT
    french = str.maketrans("23456789QWZ", "é\"'(-è_çAZW")
    assert why(code.translate(french)) is Why.LAYOUT


@pytest.mark.parametrize("burst", ["", "\r", "***", "]Q1\r", "¡¿!?", "\x1b[A\x1b[A\x1b[A"])
def test_what_is_no_code_at_all_says_so(burst: str) -> None:
    """Punctuation, an ending alone."""
    assert why(burst) in {Why.NO_CODE, Why.CUT_OFF}


def test_a_code_of_tomorrow_or_of_another_questionnaire_says_so() -> None:
    """Tomorrow in another time zone is fine; a week is not."""
    late = make_code(FIXTURE, {}, "en", TODAY + timedelta(days=7), 1)
    assert why(late) is Why.FUTURE
    foreign = FIXTURE._replace(id="other")
    assert why(make_code(foreign, {}, "en", TODAY, 1)) is Why.OTHER_QUESTIONNAIRE


@given(st.text(max_size=120))
@example(CODE)
def test_whatever_is_typed_gives_a_code_or_a_reason(burst: str) -> None:
    """Never both, never an error."""
    why(burst)


def test_a_burst_is_what_no_hand_types() -> None:
    """Arrows held down are not one."""
    assert is_burst(CODE)
    assert is_burst(f"{CODE}\r")
    assert not any(map(is_burst, ["2", "27", "1\r", "\x1b[A\x1b[B\x1b[A", "\r\r\r\r\r\r\r"]))


def typed(arrivals: list[tuple[float, str]]) -> list[str]:
    """Return what was typed together, of characters with the seconds since those before them."""
    pace, now, found = Pace(), 100.0, []
    for pause, characters in arrivals:
        now += pause
        found.append(pace.arrived(characters, now))
    found.append(pace.taken(now + PAUSE))
    assert pace.taken(now + PAUSE) == ""
    return [each for each in found if each]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 21])
def test_a_burst_in_pieces_is_one(size: int) -> None:
    """However it is cut; the keys before and after it are a person's."""
    burst = f"{CODE}\r"
    pieces = [burst[at : at + size] for at in range(0, len(burst), size)]
    arrivals = [(1.0, "1"), (0.06, "2"), (0.2, pieces[0]), *((0.02, each) for each in pieces[1:]), (0.2, "3")]
    assert typed(arrivals) == ["1", "2", burst, "3"]


def test_fast_fingers_and_a_held_key_are_no_burst() -> None:
    """Sixteen keys a second, thirty repeats a second."""
    for pause in (0.06, 0.03):
        found = typed([(pause, "1")] * 40)
        assert found == ["1"] * 40
        assert not any(map(is_burst, found))


def test_a_burst_that_is_over_is_taken_at_once() -> None:
    """Its Enter says so; a person's Enter waits like any key, as it may belong to a burst."""
    pace = Pace()
    pace.arrived(f"{CODE}\r", 5.0)
    assert pace.seconds_left(5.0) == 0
    assert pace.taken(5.0) == f"{CODE}\r"
    pace.arrived("\r", 6.0)
    assert pace.seconds_left(6.0) > 0
    assert pace.taken(6.0) == ""
    assert pace.seconds_left(7.0) == 0
    assert pace.taken(7.0) == "\r"
    assert pace.seconds_left(8.0) == 0


@given(st.lists(st.tuples(st.floats(0, 0.1), st.text("12]Q\r", min_size=1, max_size=4)), max_size=30))
def test_no_character_is_lost_or_moved(arrivals: list[tuple[float, str]]) -> None:
    """Whatever the pace."""
    assert "".join(typed(arrivals)) == "".join(characters for _, characters in arrivals)


def test_the_day_of_a_code_is_at_most_today() -> None:
    """The same as for a code that was typed."""
    found = scanned(CODE, FIXTURE, TODAY + timedelta(days=20)).code
    assert found is not None
    assert found.day == TODAY
    assert date(2026, 1, 1) < found.day
