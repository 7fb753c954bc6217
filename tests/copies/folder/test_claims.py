"""Claims of numbers and identifiers: each belongs to one list, and nothing is listed to find out."""

import os
import tempfile
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.copies.folder.claims import NUMBER_DAYS, Claims
from fibrocheck.copies.folder.numbers import numbers_at_random

DAY = date(2026, 11, 25)
ID = uuid.UUID(int=1)


def claims(folder: Path, days: int = 0) -> Claims:
    """Return the claims of a day so many days later, with its folder."""
    found = Claims(folder, DAY + timedelta(days=days))
    found.place.mkdir(exist_ok=True)
    return found


@settings(max_examples=30)
@given(days=st.lists(st.integers(0, 2 * NUMBER_DAYS), max_size=30))
def test_a_number_is_not_used_again_within_a_week(days: list[int]) -> None:
    """In whatever order the days come: clocks may differ."""
    with tempfile.TemporaryDirectory() as folder:
        used = [(day, claims(Path(folder), day).new_number()) for day in days]
    for place, (day, number) in enumerate(used):
        assert not any(
            other == number and abs(day - other_day) <= NUMBER_DAYS for other_day, other in used[:place]
        )


def test_when_all_short_numbers_are_used_that_week_they_have_one_digit_more(tmp_path: Path) -> None:
    """90 lists on two days, then 20 more; eight days later they are free again."""
    first = [claims(tmp_path, each % 2).new_number() for each in range(90)]
    assert set(first) == set(numbers_at_random(3))
    assert {len(claims(tmp_path, NUMBER_DAYS).new_number()) for _ in range(20)} == {4}
    assert len(claims(tmp_path, NUMBER_DAYS + 2).new_number()) == 3


def test_a_list_put_there_by_hand_takes_its_number(tmp_path: Path) -> None:
    """It has no claim, and is not written over."""
    place = claims(tmp_path).place
    *others, last = numbers_at_random(3)
    for number in others:
        (place / f"{number}.json").write_text("{}")
    assert claims(tmp_path).new_number() == last
    assert len(claims(tmp_path).new_number()) == 4


def test_an_identifier_belongs_to_one_list(tmp_path: Path) -> None:
    """Also when it is given on the next day. Looking whether it is new writes nothing."""
    assert claims(tmp_path).is_new(ID)
    assert list(claims(tmp_path).place.iterdir()) == []
    assert claims(tmp_path).identifier(ID)
    for days in (-1, 0, 1):
        assert not claims(tmp_path, days).is_new(ID)
        assert not claims(tmp_path, days).identifier(ID)
    claims(tmp_path).release_identifier(ID)
    assert claims(tmp_path, 1).identifier(ID)


def test_a_number_claimed_on_two_days_at_the_same_moment_is_used_on_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Around midnight, or where clocks differ: it is a gap, and another one is used."""
    rival = claims(tmp_path, 1)
    rivals: list[str] = []
    real: Callable[..., None] = os.mkdir

    def mkdir(path: str, mode: int) -> None:
        real(path, mode)
        if len(rivals) < 3:
            rivals.append(Path(path).name)
            real(rival.place / rivals[-1], mode)

    own = claims(tmp_path)
    monkeypatch.setattr(os, "mkdir", mkdir)
    number = own.new_number()
    assert len(rivals) == 3
    assert f"{number}.number" not in rivals
    assert {each.name for each in own.place.iterdir()} == {*rivals, f"{number}.number"}


def test_a_number_taken_at_the_last_moment_is_left_to_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and claiming."""
    real = os.mkdir
    taken: list[str] = []

    def mkdir(path: str, mode: int) -> None:
        if not taken:
            taken.append(path)
            real(path, mode)
        real(path, mode)

    own = claims(tmp_path)
    monkeypatch.setattr(os, "mkdir", mkdir)
    assert f"{own.new_number()}.number" != Path(taken[0]).name


def test_a_number_given_back_is_free(tmp_path: Path) -> None:
    """Nobody has seen it."""
    for _ in range(200):
        claims(tmp_path).release_number(claims(tmp_path).new_number())
    assert list(claims(tmp_path).place.iterdir()) == []
