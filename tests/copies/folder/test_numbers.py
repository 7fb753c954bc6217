"""The numbers that people tell the front desk."""

import pytest

from fibrocheck.copies.folder.numbers import LENGTHS, is_number, numbers_at_random

SHORT = LENGTHS[:2]


def test_the_check_digit_is_damms() -> None:
    """The example that is given for it everywhere: 572 has the check digit 4."""
    assert is_number("5724")
    assert not any(is_number(f"572{digit}") for digit in "012356789")


@pytest.mark.parametrize("length", SHORT)
def test_every_number_is_drawn_once(length: int) -> None:
    """Of three digits, 90; none begins with a zero."""
    drawn = list(numbers_at_random(length))
    assert len(drawn) == len(set(drawn)) == 9 * 10 ** (length - 2)
    assert all(len(number) == length and number[0] != "0" and is_number(number) for number in drawn)


def test_the_order_is_different_each_time() -> None:
    """The chance that this fails is 1 in 10 to the power of 138."""
    assert list(numbers_at_random(3)) != list(numbers_at_random(3))


@pytest.mark.parametrize("length", SHORT)
def test_every_wrong_digit_is_noticed(length: int) -> None:
    """In every place of every number."""
    wrong = (
        number[:place] + digit + number[place + 1 :]
        for number in numbers_at_random(length)
        for place in range(length)
        for digit in "0123456789"
        if digit != number[place]
    )
    assert not any(map(is_number, wrong))


@pytest.mark.parametrize("length", SHORT)
def test_every_swap_of_neighbours_is_noticed(length: int) -> None:
    """Also with the check digit."""
    swapped = (
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for number in numbers_at_random(length)
        for place in range(length - 1)
        if number[place] != number[place + 1]
    )
    assert not any(map(is_number, swapped))


@pytest.mark.parametrize("text", ["", "0", "00", "000", "27", "1234567", " 27", "2.7", "²73", "٢٧٣", "abc"])
def test_other_texts_are_no_numbers(text: str) -> None:
    """Whatever staff type or scan."""
    assert not is_number(text)
