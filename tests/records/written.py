"""A written record, and ways to change parts of it."""

from collections.abc import Callable, Iterator

import pytest

from fibrocheck.content.model import Content
from fibrocheck.errors import StaffError
from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import AMENDED, DESK, PATIENT, Record, RecordError
from fibrocheck.records.response import write_response

from . import samples
from .samples import ANSWERS, AUTHORED, FIXTURE, Json, Resource

Edit = Callable[[Resource], object]

REFERENCE = "APPT-4711"
WHOLE = Record(ANSWERS, "en", AUTHORED, samples.IDENTIFIER, REFERENCE, AMENDED, DESK, PATIENT)
WRITTEN = to_json(write_response(WHOLE, FIXTURE))

# Paths to elements of the record above.
RECORD: tuple[str | int, ...] = ()
IDENTIFIER, ENCOUNTER, ENCOUNTER_IDENTIFIER = ("identifier",), ("encounter",), ("encounter", "identifier")
AUTHOR, AUTHOR_IDENTIFIER, SOURCE = ("author",), ("author", "identifier"), ("source",)
GROUP = ("item", 0)
MUSCLE_PAIN, SLEEP = ("item", 0, "item", 0), ("item", 0, "item", 1)
DURATION, PAIN_AREAS, MOST = ("item", 1, "item", 0), ("item", 1, "item", 1), ("item", 1, "item", 2)
SLEEP_ANSWER = (*SLEEP, "answer", 0)
SLEEP_CODING = (*SLEEP_ANSWER, "valueCoding")


def read_response(data: bytes | str, content: Content) -> Record:
    """Return the record in the bytes of a file, without what is needed to show it again."""
    return read_saved(data, content).record


def at(resource: Json, path: tuple[str | int, ...]) -> Json:
    """Return the part of a resource at a path."""
    for step in path:
        resource = resource[step]
    return resource


def put(*path: Json) -> Edit:
    """Return an edit that sets the value at a path; the last argument is the new value."""
    return lambda resource: at(resource, path[:-2]).__setitem__(path[-2], path[-1])


def drop(*path: Json) -> Edit:
    """Return an edit that removes the value at a path."""
    return lambda resource: at(resource, path[:-1]).pop(path[-1])


def again(*path: Json) -> Edit:
    """Return an edit that repeats a list entry at the end of its list."""
    return lambda resource: at(resource, path[:-1]).append(at(resource, path))


def move(path: tuple[str | int, ...], into: tuple[str | int, ...]) -> Edit:
    """Return an edit that moves a list entry to the end of another list."""
    return lambda resource: at(resource, into).append(at(resource, path[:-1]).pop(path[-1]))


def swap(*path: Json) -> Edit:
    """Return an edit that reverses a list."""
    return lambda resource: at(resource, path).reverse()


def places(part: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path to every value in a resource."""
    steps: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(part, dict):
        steps = iter(part.items())
    elif isinstance(part, list):
        steps = iter(enumerate(part))
    for step, below in steps:
        yield (*path, step)
        yield from places(below, (*path, step))


def refusal(data: bytes | str) -> str:
    """Return the sentence with which a record is refused, after checking that it repeats no answer."""
    with pytest.raises(StaffError) as refused:
        read_response(data, FIXTURE)
    sentence = str(refused.value)
    assert isinstance(refused.value, RecordError)
    assert refused.value.exit_code == 1
    assert sentence.isprintable()
    for secret in (
        "4711",
        "most-days",
        "Most days",
        "sometimes",
        "Sometimes",
        "neck",
        "over-2-years",
        "Jane",
    ):
        assert secret not in sentence
    return sentence
