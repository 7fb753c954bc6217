"""Tuples of many names are like any named tuple."""

import copy
import pickle
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from fibrocheck.content.desk_words import DeskWords
from fibrocheck.content.many_names import ManyNames
from fibrocheck.content.program_words import Words


class Many(ManyNames):
    """Three names."""

    first: str
    second: int
    third: str | None


class Few(NamedTuple):
    """The same."""

    first: str
    second: int
    third: str | None


SAME: dict[str, Callable[[Any], Any]] = {
    "items": lambda kind: [*kind("a", 2, None)],
    "by name": lambda kind: [*kind(third=None, second=2, first="a")],
    "both": lambda kind: kind("a", third="c", second=2).third,
    "each": lambda kind: [kind("a", 2, "c").first, kind("a", 2, "c").second],
    "names": lambda kind: kind._fields,
    "as a dictionary": lambda kind: kind("a", 2, None)._asdict(),
    "replaced": lambda kind: [*kind("a", 2, None)._replace(third="c")],
    "made": lambda kind: [*kind._make(iter(["a", 2, None]))],
    "equal": lambda kind: (kind("a", 2, None) == ("a", 2, None), hash(kind("a", 2, None))),
    "a copy": lambda kind: copy.deepcopy(kind("a", 2, None)) == kind("a", 2, None),
    "kept": lambda kind: pickle.loads(pickle.dumps(kind("a", 2, None))).third,  # noqa: S301 - our own
}


@pytest.mark.parametrize("what", SAME)
def test_it_does_what_any_named_tuple_does(what: str) -> None:
    """Of the things that this program does with one."""
    assert SAME[what](Many) == SAME[what](Few)


@pytest.mark.parametrize("values", [(), ("a", 2), ("a", 2, None, 4)], ids=len)
@pytest.mark.parametrize("named", [{}, {"other": None}, {"first": None}], ids=str)
def test_each_item_is_given_once(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    """As a named tuple wants it."""
    for kind in (Many, Few):
        with pytest.raises(TypeError):
            kind(*values, **named)


def test_an_item_cannot_be_changed() -> None:
    """Words are the same for every visit."""
    with pytest.raises(AttributeError):
        Many("a", 2, None).first = "b"  # type: ignore[misc] # it cannot


def test_the_words_compile_no_function_of_their_names() -> None:
    """They have hundreds: as `NamedTuple`, they took a twentieth of a start."""
    for kind in (Words, DeskWords):
        assert "__new__" not in vars(kind)
