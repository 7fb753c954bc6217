"""A look at a file: whatever is in it gives a row or a reason, and never stops the start page."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.desk.glance import Glance, Problem, glance, opened
from fibrocheck.records.record import Correction
from tests.copies.folder.killed import NOON
from tests.desk.lists import CONTENT, TODAY, record, written
from tests.sampling import few

WHOLE = written(
    record(reference="A-17", appointment_date=TODAY, correction=Correction("MR", NOON, "typed-wrong"))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


def looked_at(data: bytes) -> Problem | None:
    """Return why a file cannot be opened, as far as a look tells; the whole reading agrees with it."""
    found = glance(data, CONTENT)
    assert (found.record is None) is (found.problem is not None)
    assert found.why.isprintable()
    whole = opened(data, CONTENT)
    if found.problem:
        assert isinstance(whole, Glance)
        assert whole.problem is found.problem
    return found.problem


@given(st.binary(max_size=300))
def test_any_bytes_have_a_reason(data: bytes) -> None:
    """A disk that filled up, another program's file."""
    assert looked_at(data) is not None


@settings(max_examples=few(500))
@given(st.integers(0, len(WHOLE) - 3))
def test_a_file_that_ends_in_the_middle_is_half_written(length: int) -> None:
    """At any byte, also in the middle of a character or of a word."""
    assert looked_at(WHOLE[:length]) is Problem.HALF_WRITTEN


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4))
def test_wrong_bytes_never_stop_the_page(place: int, wrong: bytes) -> None:
    """Anywhere in a whole record."""
    looked_at(WHOLE[:place] + wrong + WHOLE[place + len(wrong) :])


@settings(max_examples=few(300))
@given(st.data(), JSON)
def test_any_value_in_any_place_never_stops_the_page(data: st.DataObject, value: Any) -> None:
    """Of another type than it has to be, or with another meaning."""
    whole = json.loads(WHOLE)
    parent, key = data.draw(st.sampled_from(_places(whole)))
    parent[key] = value
    looked_at(json.dumps(whole).encode())


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place in a JSON value but the answers, as its parent and key."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    found = [(value, key) for key in keys]
    return found + [place for key in keys if key != "item" for place in _places(value[key])]


def test_a_whole_record_has_none() -> None:
    """As it is written."""
    assert looked_at(WHOLE) is None
    assert looked_at(b"\xef\xbb\xbf" + WHOLE) is None
