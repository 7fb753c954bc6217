"""Letters and digits: what the check character catches, and what may be typed for each."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.copies.code import spelling
from fibrocheck.copies.code.problems import CodeError, Problem
from fibrocheck.copies.code.spelling import ALPHABET, checks_out, grouped, length_for, number_of, written
from fibrocheck.pages.qr import ALPHANUMERIC

LENGTH = 7
"""More than twice the cycle of three weights, with the check character in it."""
DASHES = (
    "-\u00ad\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2053\u207b\u208b\u2212\u2e17\u2e1a"
    "\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead"
)
"""Unicode's property Dash (PropList.txt, 15.0), and the soft hyphen."""


def test_the_alphabet_spells_no_words_and_suits_a_qr_code() -> None:
    """No vowels, and nothing to mistake for 0 or 1; each character is in the smallest kind of QR code."""
    assert len(set(ALPHABET)) == len(ALPHABET) == 28
    assert not set(ALPHABET) & set("AEIOU01L")
    assert set(ALPHABET) <= set(ALPHANUMERIC)


def two_at(place: int, first: str, second: str) -> str:
    """Return a code that checks out, with these two letters at a place and after it."""
    letters = ALPHABET[0] * place + first + second
    return written(number_of(letters.ljust(LENGTH, ALPHABET[0])), LENGTH)


EVERY_PAIR = [
    two_at(place, first, second)
    for place in range(LENGTH - 2)
    for first, second in itertools.product(ALPHABET, repeat=2)
]
"""Every pair of letters at every place before the check character, which then takes all values too."""


def test_every_wrong_character_is_caught() -> None:
    """By exhaustion: every letter for every other one, at every place, in the group's every element."""
    for code in EVERY_PAIR:
        assert checks_out(code)
    for code in EVERY_PAIR[: 28 * 28]:
        for place, wrong in itertools.product(range(LENGTH), ALPHABET):
            assert checks_out(code[:place] + wrong + code[place + 1 :]) is (wrong == code[place])


def test_every_swap_of_neighbours_is_caught() -> None:
    """By exhaustion, the check character included; also of two letters with one between them."""
    for code, apart in itertools.product(EVERY_PAIR, (1, 2)):
        for place in range(LENGTH - apart):
            swapped = list(code)
            swapped[place], swapped[place + apart] = code[place + apart], code[place]
            assert checks_out("".join(swapped)) is (code[place] == code[place + apart])


def test_every_pair_typed_as_another_pair_is_caught() -> None:
    """Such as 33 for 22."""
    for place, (right, wrong) in itertools.product(range(LENGTH - 2), itertools.permutations(ALPHABET, 2)):
        code = two_at(place, right, right)
        assert not checks_out(code[:place] + wrong * 2 + code[place + 2 :])


@given(st.integers(min_value=0, max_value=28**12))
def test_a_number_is_read_back(number: int) -> None:
    """In as many characters as it needs, or more."""
    length = length_for(number + 1)
    for each in (length, length + 1):
        code = written(number, each)
        assert len(code) == each
        assert number_of(code) == number
    with pytest.raises(ValueError, match=r"^the number is too large for a code of this length$"):
        written(28 ** (length - 1), length)


@pytest.mark.parametrize(("capacity", "length"), [(1, 1), (2, 2), (28, 2), (29, 3), (28**19, 20)])
def test_a_code_is_no_longer_than_it_must_be(capacity: int, length: int) -> None:
    """The check character counts."""
    assert length_for(capacity) == length
    assert len(written(capacity - 1, length)) == length


def test_codes_are_shown_in_groups_of_five() -> None:
    """The last group has what is left."""
    assert grouped("23456789BCDF") == "23456-789BC-DF"
    assert grouped("2345678923") == "23456-78923"


def letters(typed: str) -> str:
    """Return what a typed text is read as, where each character has one reading."""
    return "".join(each.letters for each in spelling.characters(typed))


@pytest.mark.parametrize("between", [*DASHES, *" \t\r\n\u00a0\u2003\u200b\u200d\u2060\ufeff\u2500\u30fc"])
def test_any_dash_and_any_space_may_stand_between(between: str) -> None:
    """Also invisible ones that come with copied text."""
    assert letters(f"{between}23456{between * 2}BCDfg{between}") == "23456BCDFG"


def test_every_dash_of_unicode_is_one() -> None:
    """Whatever this Python's Unicode has in the category."""
    dashes = filter(lambda each: unicodedata.category(each) == "Pd", map(chr, range(0x110000)))
    assert {letters(f"2{dash}3") for dash in dashes} == {"23"}


def test_a_character_of_the_alphabet_has_one_reading() -> None:
    """Itself, small or capital: 5 is never S, nor 2 Z, nor 8 B."""
    for each in ALPHABET:
        assert [*map(tuple, spelling.characters(each + each.lower()))] == [(each, each), (each.lower(), each)]
        assert all(typed.is_in_alphabet for typed in spelling.characters(each + each.lower()))


@pytest.mark.parametrize("typed", "01AEILOUaeilou")
def test_a_character_outside_the_alphabet_has_its_look_alikes(typed: str) -> None:
    """Several of the alphabet, and no other."""
    (found,) = spelling.characters(typed)
    assert len(found.letters) > 1
    assert set(found.letters) <= set(ALPHABET)
    assert not found.is_in_alphabet


@pytest.mark.parametrize(("typed", "letter"), [*zip("２ｋＷ\u212aСⓠñ²ſ", "2KWKCQN2S", strict=True)])
def test_other_forms_of_a_character_are_outside_the_alphabet_too(typed: str, letter: str) -> None:
    """Full width, Cyrillic, circled, with an accent: read as the letter, and said."""
    (found,) = spelling.characters(typed)
    assert found.letters == letter
    assert not found.is_in_alphabet


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "there is no code. Type the letters and digits of the code."),
        (" - \u2014\n", "there is no code. Type the letters and digits of the code."),
        (
            "23-4/5",
            (
                "this is not a code, character 4 is neither a letter nor a digit."
                " Type only the letters and digits of the code."
            ),
        ),
        *((f"2{each}", "character 2 is neither") for each in "{\x00\x1b%ßæ中٣\ud800😀"),
    ],
)
def test_what_no_letter_looks_like_is_no_code(typed: str, message: str) -> None:
    """The message names its place only."""
    with pytest.raises(CodeError) as refused:
        spelling.characters(typed)
    assert message in str(refused.value)
    assert refused.value.problem is Problem.NO_CODE


def test_readings_are_those_that_check_out() -> None:
    """One for a single look-alike; none where there would be more than sixty-four."""
    code = written(123456789, 9)
    assert spelling.readings(spelling.characters(code)) == [code]
    for place, typed in itertools.product(range(len(code)), "01AEILOU"):
        changed = code[:place] + typed + code[place + 1 :]
        right = code[place] in spelling.LOOK_ALIKES[typed]
        assert spelling.readings(spelling.characters(changed)) == ([code] if right else [])
    assert len(spelling.readings(spelling.characters("OOO222"))) > 1
    assert spelling.readings(spelling.characters("OOOI222")) == []
