"""Each FHIR element of a record: what it may contain, of which type, and what it must contain."""

import json
from collections.abc import Iterator

import pytest

from fibrocheck.records.record import Record, RecordError

from .samples import FIXTURE, Json
from .written import (
    AUTHOR,
    AUTHOR_IDENTIFIER,
    ENCOUNTER,
    ENCOUNTER_IDENTIFIER,
    GROUP,
    IDENTIFIER,
    RECORD,
    SLEEP,
    SLEEP_ANSWER,
    SLEEP_CODING,
    SOURCE,
    WHOLE,
    WRITTEN,
    at,
    drop,
    put,
    read_response,
    refusal,
)

Path = tuple[str | int, ...]

TEXT, OBJECT, LIST, FLAG = "a text", "an object", "a list", "true or false"
SOMETHING: dict[str, Json] = {TEXT: "something", OBJECT: {"a": 1}, LIST: [1], FLAG: True}
EVERYWHERE = {"id": TEXT, "extension": LIST}
_IDENTIFIER = {"use": TEXT, "type": OBJECT, "period": OBJECT, "assigner": OBJECT, "_value": OBJECT}
_REFERENCE = {"display": TEXT, "_display": OBJECT}

# Keys that a reader of a record ignores, by the element that may have them (FHIR R4).
IGNORED: dict[str, tuple[Path, dict[str, str]]] = {
    "the record": (
        RECORD,
        {
            "meta": OBJECT,
            "text": OBJECT,
            "contained": LIST,
            "basedOn": LIST,
            "partOf": LIST,
            "_status": OBJECT,
            "_authored": OBJECT,
            "_language": OBJECT,
            "_questionnaire": OBJECT,
        },
    ),
    "the section symptoms": (GROUP, {"definition": TEXT, "_linkId": OBJECT, "_text": OBJECT}),
    "the question sleep": (SLEEP, {"definition": TEXT, "_linkId": OBJECT, "_text": OBJECT}),
    "the answer to sleep": (SLEEP_ANSWER, {}),
    "the coding of sleep": (
        SLEEP_CODING,
        {"version": TEXT, "userSelected": FLAG, "_code": OBJECT, "_display": OBJECT, "_userSelected": OBJECT},
    ),
    "the identifier of the record": (IDENTIFIER, _IDENTIFIER),
    "the encounter of the record": (ENCOUNTER, _REFERENCE | {"reference": TEXT, "type": TEXT}),
    "the identifier of the encounter": (ENCOUNTER_IDENTIFIER, {"system": TEXT} | _IDENTIFIER),
    "the author of the record": (AUTHOR, _REFERENCE | {"reference": TEXT, "type": TEXT}),
    "the identifier of the author": (AUTHOR_IDENTIFIER, _IDENTIFIER),
    "the source of the record": (SOURCE, _REFERENCE),
}
# Keys that are read, and their types.
READ: dict[str, tuple[Path, dict[str, str]]] = {
    "the record": (
        RECORD,
        {
            "language": TEXT,
            "identifier": OBJECT,
            "questionnaire": TEXT,
            "status": TEXT,
            "subject": OBJECT,
            "encounter": OBJECT,
            "author": OBJECT,
            "source": OBJECT,
            "authored": TEXT,
            "item": LIST,
        },
    ),
    "the section symptoms": (GROUP, {"text": TEXT, "item": LIST}),
    "the question sleep": (SLEEP, {"text": TEXT, "answer": LIST}),
    "the answer to sleep": (SLEEP_ANSWER, {"valueCoding": OBJECT}),
    "the coding of sleep": (SLEEP_CODING, {"system": TEXT, "code": TEXT, "display": TEXT}),
    "the identifier of the record": (IDENTIFIER, {"system": TEXT, "value": TEXT}),
    "the encounter of the record": (ENCOUNTER, {"identifier": OBJECT}),
    "the identifier of the encounter": (ENCOUNTER_IDENTIFIER, {"value": TEXT}),
    "the author of the record": (AUTHOR, {"identifier": OBJECT}),
    "the identifier of the author": (AUTHOR_IDENTIFIER, {"system": TEXT, "value": TEXT}),
    "the source of the record": (SOURCE, {"type": TEXT, "reference": TEXT}),
}
REQUIRED: dict[str, tuple[Path, tuple[str, ...]]] = {
    "the record": (RECORD, ("questionnaire", "status", "identifier", "authored")),
    "the answer to sleep": (SLEEP_ANSWER, ("valueCoding",)),
    "the coding of sleep": (SLEEP_CODING, ("system", "code")),
    "a section of the record": (GROUP, ("linkId",)),
    "a question of the record": (SLEEP, ("linkId",)),
}


def ignored() -> Iterator[tuple[str, Path, str, str]]:
    """Every key that is ignored: its element, the path to that, the key, its type."""
    for where, (path, keys) in IGNORED.items():
        for key, kind in (EVERYWHERE | keys).items():
            yield said(where), path, key, kind


def every_key() -> Iterator[tuple[str, Path, str, str]]:
    """Every key that is ignored or read."""
    yield from ignored()
    for where, (path, keys) in READ.items():
        for key, kind in keys.items():
            yield said(where), path, key, kind


def said(where: str) -> str:
    """What messages call an element; a coding is not distinguished from its answer."""
    return where.replace("the coding of", "the answer to")


EVERY_KEY = list(every_key())


def attempt(data: str) -> Record | str:
    """Return the record, or the sentence that refuses it."""
    try:
        return read_response(data, FIXTURE)
    except RecordError as error:
        return str(error)


@pytest.mark.parametrize(("path", "key", "kind"), [each[1:] for each in ignored()])
def test_a_key_that_fhir_allows_is_ignored(path: Path, key: str, kind: str) -> None:
    """Whatever it contains, the record is the same."""
    record = json.loads(WRITTEN)
    at(record, path)[key] = SOMETHING[kind]
    assert read_response(json.dumps(record), FIXTURE) == WHOLE


@pytest.mark.parametrize(("where", "path", "key", "kind"), EVERY_KEY)
def test_a_key_of_the_wrong_type_is_refused(where: str, path: Path, key: str, kind: str) -> None:
    """Every other JSON type is."""
    for other in [7, *(value for name, value in SOMETHING.items() if name != kind)]:
        record = json.loads(WRITTEN)
        at(record, path)[key] = other
        expected = f"{where} has the wrong type of {key}: it must be {kind}. Use an undamaged copy."
        assert refusal(json.dumps(record)) == expected


@pytest.mark.parametrize(("path", "key", "kind"), [each[1:] for each in EVERY_KEY])
def test_an_empty_value_is_read_as_if_it_were_missing(path: Path, key: str, kind: str) -> None:
    """FHIR does not allow null or empty texts, lists and objects, but some servers write them."""
    without = json.loads(WRITTEN)
    at(without, path).pop(key, None)
    for empty in (None, *([] if kind == FLAG else [type(SOMETHING[kind])()])):
        record = json.loads(WRITTEN)
        at(record, path)[key] = empty
        assert attempt(json.dumps(record)) == attempt(json.dumps(without))


@pytest.mark.parametrize(("path", "key"), [(path, key) for path, keys in REQUIRED.values() for key in keys])
def test_a_missing_key_that_we_need_is_refused(path: Path, key: str) -> None:
    """The message names it."""
    where = said(next(name for name, (other, _) in REQUIRED.items() if other == path))
    record = json.loads(WRITTEN)
    drop(*path, key)(record)
    assert refusal(json.dumps(record)) == f"{where} has no {key}. Use an undamaged copy."


@pytest.mark.parametrize(("where", "path"), [(said(name), path) for name, (path, _) in READ.items()])
def test_an_unknown_key_is_refused_and_not_named(where: str, path: Path) -> None:
    """It may be an answer in the wrong place."""
    record = json.loads(WRITTEN)
    put(*path, "neck", "most-days")(record)
    expected = f"{where} has a key that is not allowed there. Use an undamaged copy."
    assert refusal(json.dumps(record)) == expected


@pytest.mark.parametrize("key", ["modifierExtension", "implicitRules"])
@pytest.mark.parametrize(("where", "path"), [(said(name), path) for name, (path, _) in READ.items()])
def test_a_key_that_changes_the_meaning_is_refused(where: str, path: Path, key: str) -> None:
    """FHIR requires it of programs that do not understand such keys."""
    record = json.loads(WRITTEN)
    put(*path, key, [{"url": "urn:not"}])(record)
    expected = f"{where} has {key}, which can change its meaning. Use the copy that fibrocheck saved."
    assert refusal(json.dumps(record)) == expected
