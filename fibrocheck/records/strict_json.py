"""JSON, read without leniency: a chart must not depend on a guess."""

import json
import math
from typing import Any

from fibrocheck.records.record import USE_SAVED_FILE, RecordError

MAX_BYTES = 1_000_000
"""A record with every choice marked has about 40,000."""
MAX_DIGITS = 18
"""No number in a record is longer. Python itself fails with a ValueError beyond 4,300 digits."""


class Decimal(float):
    """A number with the digits that it was written with: in FHIR, 1.50 is more precise than 1.5."""

    digits: str


def parse(data: bytes | str) -> object:
    """Return the JSON value of a file.

    Raises `RecordError` for more than 1 MB, another encoding than UTF-8, anything outside the JSON
    standard (RFC 8259), a key twice in one object, half a character, and a number too large for a float.
    """
    text = _decoded(data)
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_decimal,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        raise RecordError(f"the record is not JSON (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise RecordError("the record is nested too deeply") from None
    if "\\ud" in text or "\\uD" in text:  # only an escape can stand for half a character
        _check_whole_characters(value)
    return value


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
