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


class _Cut:
    """What was cut out of a record, and what stands for it meanwhile."""

    def __init__(self) -> None:
        self._parts: dict[str, object] = {}

    def placed(self, part: object) -> bytes:
        """Return what stands in place of a part, as JSON."""
        place = f"{_PLACE}{len(self._parts)}"
        self._parts[place] = part
        return f'"{place}"'.encode()

    def put_in(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object with the parts that were cut out of it."""
        members = _object(pairs)
        for key in ("_text", "item"):
            if isinstance(members.get(key), str):
                members[key] = self._parts.get(members[key], members[key])
        return members


class Repeated:
    """What the records of one run have in common: read once, and what follows from it worked out once.

    A thousand records repeat a few hundred answers, with the words of question and answer in every
    language: nine tenths of each file. For records of one questionnaire, and kept no longer than the run.
    """

    def __init__(self) -> None:
        self._objects: dict[bytes, Seen] = {}
        self._results: dict[tuple[str, int], tuple[object, Any]] = {}

    def parse(self, raw: bytes) -> object:
        """Return the JSON value of a file's bytes, or `None` if it is best read as a whole.

        Files as fibrocheck writes them are cut at the lines where a section's translations and its questions
        begin and end. No text in JSON has a line break in it, so what is between them is an object by
        itself, or no JSON.
        """
        end, begins = 0, raw.find(_QUESTIONS)
        if begins < 0 or b"\\u" in raw:
            return None
        parts: list[bytes] = []
        cut = _Cut()
        try:
            while begins >= 0:
                questions, then = self._questions(raw, begins + len(_QUESTIONS))
                parts += *self._title(raw[end:begins], cut), b'"item":', cut.placed(questions)
                end, begins = then, raw.find(_QUESTIONS, then)
            parts.append(raw[end:])
            return _loads(b"".join(parts).decode("utf-8-sig"), cut.put_in)
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

    def _title(self, before: bytes, cut: _Cut) -> Iterable[bytes]:
        """Return what is before the questions of a section, with its title's translations cut out."""
        first, begins, others = before.partition(_TRANSLATIONS)
        if not begins:
            return [before]
        inside, ends, after = others.partition(_END_OF_TRANSLATIONS)
        return first, b'"_text":', cut.placed(self._known(inside + ends)), after

    def _questions(self, raw: bytes, begins: int) -> tuple[list[Seen], int]:
        """Return the questions of which the first one's inside begins there, and where they end."""
        found = []
        while True:
            question, end = self._question(raw, begins)
            found.append(question)
            if raw.startswith(_LAST, end):
                return found, end + len(_LAST)
            if not raw.startswith(_NEXT, end):
                raise ValueError("in another form")
            begins = end + len(_NEXT)

    def _question(self, raw: bytes, begins: int) -> tuple[Seen, int]:
        end = raw.index(_ENDS, begins) + len(_ENDS)
        return self._known(raw[begins:end]), end

    def _known(self, inside: bytes) -> Seen:
        return self._objects.get(inside) or self._read(inside)

    def _read(self, inside: bytes) -> Seen:
        value: Any = _loads(f"{{{inside.decode()}", _object)
        found = Seen(value)
        if len(self._objects) < _MOST:
            self._objects[inside] = found
        return found


_QUESTIONS, _ENDS, _NEXT, _LAST = (
    b'\n      "item": [\n        {',
    b"\n        }",
    b",\n        {",
    b"\n      ]",
)
_TRANSLATIONS, _END_OF_TRANSLATIONS = b'\n      "_text": {', b"\n      }"
_PLACE = os.urandom(16).hex()
"""Begins what stands where something was cut out: a text that no file has."""
_MOST = 5_000
"""As many are remembered; a record has about 20."""


def parse(data: bytes | str, repeated: Repeated | None = None) -> object:
    """Return the JSON value of a file.

    Raises `RecordError` for more than 1 MB, another encoding than UTF-8, anything outside the JSON
    standard (RFC 8259), a key twice in one object, half a character, and a number too large for a float.
    """
    raw = _checked_size(data)
    value = repeated.parse(raw) if repeated else None
    return _parsed(_decoded(raw)) if value is None else value


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


def _check_whole_characters(value: object) -> None:
    """Refuse an escaped half of a surrogate pair: it is no character, and UTF-8 cannot have it."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise RecordError("the record has half a character in a text") from None


def _checked_size(data: bytes | str) -> bytes:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise RecordError("the record is larger than 1 MB", USE_SAVED_FILE)
    return raw


def _decoded(raw: bytes) -> str:
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
