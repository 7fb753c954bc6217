"""What each FHIR element of a record may contain (FHIR R4, QuestionnaireResponse), and what it must."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from fibrocheck.records.record import RecordError


class ElementType(NamedTuple):
    """The keys that a FHIR element may have, with their JSON types, and the keys that we require."""

    keys: Mapping[str, type]
    required: tuple[str, ...] = ()


def element_type(*, required: tuple[str, ...] = (), **keys: type) -> ElementType:
    """Return an element type with these keys and those that FHIR allows everywhere.

    The latter are `id`, `extension`, and `_key` for the extensions of a single value.
    """
    beside = {f"_{key}": dict for key, kind in keys.items() if kind in (str, bool)}
    return ElementType({"id": str, "extension": list} | beside | keys, required)


RECORD = element_type(
    required=("questionnaire", "status", "identifier", "authored"),
    resourceType=str,
    meta=dict,
    language=str,
    text=dict,
    contained=list,
    identifier=dict,
    basedOn=list,
    partOf=list,
    questionnaire=str,
    status=str,
    subject=dict,
    encounter=dict,
    authored=str,
    author=dict,
    source=dict,
    item=list,
)
GROUP = element_type(required=("linkId",), linkId=str, definition=str, text=str, item=list)
QUESTION = element_type(required=("linkId",), linkId=str, definition=str, text=str, answer=list)
ANSWER = element_type(required=("valueCoding",), valueCoding=dict)
CODING = element_type(
    required=("system", "code"), system=str, version=str, code=str, display=str, userSelected=bool
)
IDENTIFIER = element_type(use=str, type=dict, system=str, value=str, period=dict, assigner=dict)
REFERENCE = element_type(reference=str, type=str, identifier=dict, display=str)

_TYPE_NAMES: Mapping[type, str] = {str: "a text", dict: "an object", list: "a list", bool: "true or false"}
_EMPTY: tuple[object, ...] = ("", [], {})


def checked_element(value: object, wanted: ElementType, where: str) -> dict[str, Any]:
    """Return the element without its empty members: FHIR has none, but some servers write them.

    It may be the value itself, which nobody changes.

    Raises `RecordError` if it lacks a required key, or has an unknown or mistyped one. `where` names the
    element in the message, such as "the record".
    """
    if not isinstance(value, dict):
        raise RecordError(f"{where} is not an object")
    element = value if _is_plain(value, wanted.keys) else _without_empty(value, wanted, where)
    for key in wanted.required:
        if key not in element:
            raise RecordError(f"{where} has no {key}")
    return element


def _is_plain(value: dict[str, Any], keys: Mapping[str, type]) -> bool:
    """Return whether an element has only keys that it may have, each with a value of its type, none empty."""
    for key, part in value.items():
        kind = keys.get(key)
        if kind is None or not part or not isinstance(part, kind):
            return False
    return True


def _without_empty(value: dict[str, Any], wanted: ElementType, where: str) -> dict[str, Any]:
    given = {key: part for key, part in value.items() if part is not None}
    for key, part in given.items():
        kind = wanted.keys.get(key)
        if kind is None or not isinstance(part, kind):
            _check_key(key, part, wanted, where)
    return {key: part for key, part in given.items() if part not in _EMPTY}


def _check_key(key: str, part: object, wanted: ElementType, where: str) -> None:
    """Refuse a key that the element may not have, or a value of another type."""
    kind = wanted.keys.get(key)
    if kind is None and part in _EMPTY:
        return
    if key in ("modifierExtension", "implicitRules"):
        # FHIR: a program that does not understand these must not use the element.
        what = f"{where} has {key}, which can change its meaning"
        raise RecordError(what, "Use the copy that fibrocheck saved")
    if kind is None:
        # The key is not named in the message: in the wrong place it might be an answer.
        raise RecordError(f"{where} has a key that is not allowed there")
    raise RecordError(f"{where} has the wrong type of {key}: it must be {_TYPE_NAMES[kind]}")
