"""A typed line chooses what a person means by it, or nothing."""

import pytest

from fibrocheck.asking.typed_choices import Choices

ENGLISH = Choices(
    ["Most days", "Sometimes", "No", "Not sure", "Skip this question"], "one two three four five six"
)
SPANISH = Choices(
    ["La mayoría de los días", "A veces", "No", "No lo sé", "Omitir"], "uno dos tres cuatro cinco"
)
MANY = Choices([f"Area {number}" for number in range(1, 100)], "one two")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("1", 1), ("1.", 1), ("1)", 1), (" 2 ", 2),
        ("one", 1), ("Two.", 2), ("most days", 1), ("MOST DAYS", 1),
        ("most", 1), ("m", 1), ("some", 2), ("no", 3), ("no.", 3), ("not", 4), ("not sure", 4), ("skip", 5),
        ("most   days", 0), ("", 0),
        ("0", 0), ("6", 0), ("six", 0), ("99999999999", 0), ("1 2", 0), ("-1", 0),
        ("1.0", 0), ("yes", 0), ("n", 0), ("s", 0), ("é", 0), ("one two", 0), ("days", 0),
    ],
)  # fmt: skip
def test_a_line_chooses_one(line: str, number: int) -> None:
    """By number, by the word for it, and by a choice's words or their beginning if only one begins so."""
    assert ENGLISH.one(line) == ((number,) if number else ())


@pytest.mark.parametrize(
    ("line", "number"),
    [("uno", 1), ("la mayoria de los dias", 1), ("a veces", 2), ("no lo se", 4), ("no", 3)],
)
def test_accents_and_the_language_of_numbers(line: str, number: int) -> None:
    """Typed without accents too."""
    assert SPANISH.one(line) == (number,)


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("3 1", (1, 3)), ("1, 3", (1, 3)), ("1,3 3", (1, 3)), ("two one", (1, 2)), ("most, no", (1, 3)),
        ("1 9", ()), ("1, yes", ()), (",", ()), ("not sure, 1.", (1, 4)),
    ],
)  # fmt: skip
def test_a_line_chooses_several(line: str, numbers: tuple[int, ...]) -> None:
    """In any order; nothing if any part is no choice."""
    assert ENGLISH.several(line) == numbers


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("1 3 99", "99"), ("99 1", "99"), ("1, none", "none"), ("9 1 8", "9"), ("1 x, 2", "1 x"),
        ("1 3", ""), ("99", ""), ("8 9", ""), ("", ""), (",", ""), ("not sure", ""),
    ],
)  # fmt: skip
def test_the_part_that_chooses_nothing_beside_others_that_do(line: str, part: str) -> None:
    """None is meant where all parts choose, or none does: then the whole line is no choice."""
    assert ENGLISH.unknown(line) == part
    if part:
        assert ENGLISH.several(line) == ()


def test_every_number_up_to_99_is_its_own_choice() -> None:
    """Also where a label holds another number."""
    for number in range(1, 100):
        assert MANY.one(str(number)) == (number,)
