"""JSON and FHIR elements, read without any leniency: a chart must not depend on what we guessed."""

import json
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from fibrocheck.records.record import RecordError

LARGEST = 1_000_000
MOST_DIGITS = 18
"""Nothing in a record counts so far, and a number of a million digits takes its time."""


def parse(data: bytes | str) -> object:
    """The JSON value of a file, or `RecordError`."""
    text = _decoded(data)
    try:
        return json.loads(
            text,
            object_pairs_hook=_table,
            parse_constant=_no_number,
            parse_float=_number,
            parse_int=_whole_number,
        )
    except json.JSONDecodeError as error:
        raise RecordError(f"the record is not JSON (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise RecordError("the record is nested too deeply") from None


def _decoded(data: bytes | str) -> str:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > LARGEST:
        raise RecordError("the record is larger than 1 MB", "Name a file that fibrocheck saved")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise RecordError("the record is not UTF-8 text") from None


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        # Which of the two counts would be a guess.
        raise RecordError("the record has the same key twice in one place")
    return table


def _no_number(_: str) -> object:
    raise RecordError("the record has a number that JSON does not have")


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise RecordError("the record has a number that is too large")
    return number


def _whole_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise RecordError("the record has a number that is too large")
    return int(digits)


class Shape(NamedTuple):
    """What a FHIR element may hold, and what it must hold for us."""

    keys: Mapping[str, type]
    needed: tuple[str, ...] = ()


def shape(*, needed: tuple[str, ...] = (), **keys: type) -> Shape:
    """A shape, with what FHIR allows everywhere: ids, extensions, and extensions of single values."""
    beside = {f"_{key}": dict for key, kind in keys.items() if kind in (str, bool)}
    return Shape({"id": str, "extension": list} | beside | keys, needed)


NAMES: Mapping[type, str] = {str: "a text", dict: "an object", list: "a list", bool: "true or false"}


def fitted(value: object, wanted: Shape, where: str) -> dict[str, Any]:
    """The element, when it has all that it must have and nothing of the wrong kind."""
    if not isinstance(value, dict):
        raise RecordError(f"{where} is not an object")
    for key, part in value.items():
        _look_at(key, part, wanted, where)
    for key in wanted.needed:
        if key not in value:
            raise RecordError(f"{where} has no {key}")
    return value


def _look_at(key: str, part: object, wanted: Shape, where: str) -> None:
    if key in ("modifierExtension", "implicitRules"):
        # FHIR: whoever does not understand these must not go on.
        what = f"{where} has {key}, which can turn its meaning"
        raise RecordError(what, "Use the copy that fibrocheck saved")
    kind = wanted.keys.get(key)
    if kind is None:
        # Not named: what stands where it does not belong might be an answer.
        raise RecordError(f"{where} has something that does not belong there")
    if not isinstance(part, kind):
        raise RecordError(f"{where} has the wrong kind of {key}, where {NAMES[kind]} belongs")
    if part in ("", [], {}):
        raise RecordError(f"{where} has an empty {key}")
