"""JSON, read without leniency: a chart must not depend on a guess."""

import json
import math
import os
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from fibrocheck.records.record import USE_SAVED_FILE, RecordError

MAX_BYTES = 1_000_000
"""A record with every choice marked has about 40,000."""
MAX_DIGITS = 18
"""No number in a record is longer. Python itself fails with a ValueError beyond 4,300 digits."""


class Decimal(float):
    """A number with the digits that it was written with: in FHIR, 1.50 is more precise than 1.5."""

    digits: str


_Result = TypeVar("_Result")


class Seen(dict[str, Any]):
    """An object that is shared by all records of a run that have it in the same words. Nobody changes it."""


class Repeated:
    """What the records of one run have in common: read once, and what follows from it worked out once.

    A thousand records repeat a few hundred answers, with the words of question and answer in every
    language: nine tenths of each file. For records of one questionnaire, and kept no longer than the run.
    """

    def __init__(self) -> None:
        self._objects: dict[str, Seen] = {}
        self._results: dict[tuple[str, int], tuple[object, Any]] = {}

    def parse(self, text: str) -> object:
        """Return the JSON value of a text, or `None` if it is best read as a whole.

        Files as fibrocheck writes them are cut at the lines where an object of an answer begins and ends. No
        text in JSON has a line break in it, so what is between them is an object by itself, or no JSON.
        """
        first, *others = text.split(_BEGINS)
        if "\\u" in text or not others:
            return None
        parts, objects = [first], []
        try:
            for each in others:
                inside, ends, after = each.partition(_ENDS)
                objects.append(self._object(inside + ends))
                parts.append(f'{{"{_PLACE}":null}}{after}')
            return _loads("".join(parts), _putting_in(objects))
        except (ValueError, RecordError, RecursionError):
            return None  # as a whole, its error has a line and a column

    def once(self, what: str, of: object, make: Callable[[], _Result]) -> _Result:
        """Return what `make` returns for an object, which may be asked for again and again."""
        found = self._results.get((what, id(of)))
        if found is not None:
            result: _Result = found[1]
            return result
        result = make()
        if len(self._results) < _MOST and (isinstance(of, Seen) or not isinstance(of, dict)):
            self._results[what, id(of)] = of, result  # which keeps it, so that its id is its own
        return result

    def _object(self, inside: str) -> Seen:
        found = self._objects.get(inside)
        if found is None:
            value: Any = _loads(f"{{{inside}", _object)
            found = Seen(value)
            if len(self._objects) < _MOST:
                self._objects[inside] = found
        return found


_BEGINS, _ENDS = "\n        {", "\n        }"
_PLACE = os.urandom(16).hex()
"""Stands where an object was cut out: a key that no file has."""
_MOST = 5_000
"""As many are remembered; a record has about 20."""


def parse(data: bytes | str, repeated: Repeated | None = None) -> object:
    """Return the JSON value of a file.

    Raises `RecordError` for more than 1 MB, another encoding than UTF-8, anything outside the JSON
    standard (RFC 8259), a key twice in one object, half a character, and a number too large for a float.
    """
    text = _decoded(data)
    value = repeated.parse(text) if repeated else None
    return _parsed(text) if value is None else value


def _parsed(text: str) -> object:
    try:
        value = _loads(text, _object)
    except json.JSONDecodeError as error:
        raise RecordError(f"the record is not JSON (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise RecordError("the record is nested too deeply") from None
    if "\\ud" in text or "\\uD" in text:  # only an escape can stand for half a character
        _check_whole_characters(value)
    return value


def _loads(text: str, make_object: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> object:
    value: object = json.loads(
        text,
        object_pairs_hook=make_object,
        parse_constant=_refuse_constant,
        parse_float=_decimal,
        parse_int=_integer,
    )
    return value


def _putting_in(objects: Iterable[Seen]) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """Return what makes an object, or takes the next of these where one was cut out: they are in order."""
    left = iter(objects)

    def put_in(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if pairs and pairs[0][0] == _PLACE:
            return next(left)
        return _object(pairs)

    return put_in


def _check_whole_characters(value: object) -> None:
    """Refuse an escaped half of a surrogate pair: it is no character, and UTF-8 cannot have it."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise RecordError("the record has half a character in a text") from None


def _decoded(data: bytes | str) -> str:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise RecordError("the record is larger than 1 MB", USE_SAVED_FILE)
    try:
        # Some editors put a byte order mark before the text, even though JSON has none.
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RecordError("the record is not UTF-8 text") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        # JSON does not say which of the two counts.
        raise RecordError("the record has the same key twice in one object")
    return members


def _refuse_constant(_: str) -> object:
    """Refuse NaN and Infinity, which Python's parser accepts."""
    raise RecordError("the record has a number that JSON does not allow")


def _decimal(digits: str) -> float:
    number = Decimal(digits)
    if not math.isfinite(number):
        raise RecordError("the record has a number that is too large")
    number.digits = digits
    return number


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise RecordError("the record has a number that is too large")
    return int(digits)
