"""Reading a record back: what we wrote comes back whole, and anything else is refused with a sentence."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.content.model import Content
from fibrocheck.errors import StaffError
from fibrocheck.records import Record, RecordError, questionnaire, read_response, response, to_json

from .cross_check import contradictions
from .samples import AUTHORED, CONTENTS, FIXTURE, IDENTIFIER, Json, Resource, interviews
from .test_response import ANSWERS

Edit = Callable[[Resource], object]

QUESTIONNAIRE = questionnaire(FIXTURE)
REFERENCE = "APPT-4711"
WRITTEN = to_json(
    response(FIXTURE, ANSWERS, language="en", authored=AUTHORED, identifier=IDENTIFIER, reference=REFERENCE)
)
WHOLE = Record(ANSWERS, "en", AUTHORED, IDENTIFIER, REFERENCE)

COPY = "Use an undamaged copy of it."
OURS = "Name a file that fibrocheck saved."
ITS_QUESTIONS = "Name the questions.yaml that it was made with, with --questions."

# Where things stand in the record above.
MUSCLE_PAIN, SLEEP = ("item", 0, "item", 0), ("item", 0, "item", 1)
DURATION, PAIN_AREAS, MOST = ("item", 1, "item", 0), ("item", 1, "item", 1), ("item", 1, "item", 2)
SLEEP_ANSWER = (*SLEEP, "answer", 0)
SLEEP_CODING = (*SLEEP_ANSWER, "valueCoding")


def at(resource: Json, path: tuple[str | int, ...]) -> Json:
    """The part of a resource that a path leads to."""
    for step in path:
        resource = resource[step]
    return resource


def put(*path: Json) -> Edit:
    """Replace what a path leads to; the last step is the new value."""
    return lambda resource: at(resource, path[:-2]).__setitem__(path[-2], path[-1])


def drop(*path: Json) -> Edit:
    """Take away what a path leads to."""
    return lambda resource: at(resource, path[:-1]).pop(path[-1])


def again(*path: Json) -> Edit:
    """Repeat an entry of a list at the end of the list."""
    return lambda resource: at(resource, path[:-1]).append(at(resource, path))


def move(path: tuple[str | int, ...], into: tuple[str | int, ...]) -> Edit:
    """Take an entry away and put it at the end of another list."""
    return lambda resource: at(resource, into).append(at(resource, path[:-1]).pop(path[-1]))


def swap(*path: Json) -> Edit:
    """Turn a list round."""
    return lambda resource: at(resource, path).reverse()


BROKEN: dict[str, tuple[Edit, str]] = {
    # What it is
    "another resource": (
        put("resourceType", "Patient"),
        f"this is not a saved record (a FHIR QuestionnaireResponse). {OURS}",
    ),
    "no type": (
        drop("resourceType"),
        f"this is not a saved record (a FHIR QuestionnaireResponse). {OURS}",
    ),
    "another questionnaire": (
        put("questionnaire", "https://example.org/other|2026.11.0"),
        (
            'the record belongs to the questionnaire "https://example.org/other", and this is '
            f'"https://example.org/fibrocheck". {ITS_QUESTIONS}'
        ),
    ),
    "another questionnaire without a version": (
        put("questionnaire", "urn:other"),
        (
            'the record belongs to the questionnaire "urn:other", and this is '
            f'"https://example.org/fibrocheck". {ITS_QUESTIONS}'
        ),
    ),
    "an escape sequence in the questionnaire": (
        put("questionnaire", "\x1b[2J|1"),
        (
            'the record belongs to the questionnaire "<U+001B>[2J", and this is '
            f'"https://example.org/fibrocheck". {ITS_QUESTIONS}'
        ),
    ),
    "another version": (
        put("questionnaire", "https://example.org/fibrocheck|2025.1.0"),
        (
            'the record was made with version "2025.1.0" of the questionnaire, and this is version '
            f'"{FIXTURE.version}". {ITS_QUESTIONS}'
        ),
    ),
    "no version": (
        put("questionnaire", "https://example.org/fibrocheck"),
        f"the record does not say which version of the questionnaire it belongs to. {ITS_QUESTIONS}",
    ),
    "no questionnaire": (drop("questionnaire"), f"the record has no questionnaire. {COPY}"),
    "a questionnaire that is no text": (
        put("questionnaire", 7),
        f"the record has the wrong kind of questionnaire, where a text belongs. {COPY}",
    ),
    "in progress": (
        put("status", "in-progress"),
        (
            'the record has the status "in-progress", and only a completed one can be shown. '
            "Use the completed record."
        ),
    ),
    "entered in error": (
        put("status", "entered-in-error"),
        (
            'the record has the status "entered-in-error", and only a completed one can be shown. '
            "Use the completed record."
        ),
    ),
    "no status": (drop("status"), f"the record has no status. {COPY}"),
    # Around the answers
    "no time": (drop("authored"), f"the record has no authored. {COPY}"),
    "a time without a zone": (
        put("authored", "2026-11-30T09:15:30"),
        f"the record does not say when it was made, with its time zone (authored). {COPY}",
    ),
    "a day only": (
        put("authored", "2026-11-30"),
        f"the record does not say when it was made, with its time zone (authored). {COPY}",
    ),
    "a time with a space": (
        put("authored", "2026-11-30 09:15:30-05:00"),
        f"the record does not say when it was made, with its time zone (authored). {COPY}",
    ),
    "digits of another script": (
        put("authored", "٢٠٢٦-11-30T09:15:30-05:00"),
        f"the record does not say when it was made, with its time zone (authored). {COPY}",
    ),
    "a line's end after the time": (
        put("authored", "2026-11-30T09:15:30-05:00\n"),
        f"the record does not say when it was made, with its time zone (authored). {COPY}",
    ),
    "a zone further away than there are": (
        put("authored", "2026-11-30T09:15:30+14:30"),
        f"the record does not say when it was made, with its time zone (authored). {COPY}",
    ),
    "a day that does not exist": (
        put("authored", "2026-02-30T09:15:30Z"),
        f"the record was made at a time that does not exist (authored). {COPY}",
    ),
    "an hour that does not exist": (
        put("authored", "2026-02-20T24:15:30Z"),
        f"the record was made at a time that does not exist (authored). {COPY}",
    ),
    "no language": (drop("language"), f"the record has no language. {COPY}"),
    "another language": (
        put("language", "fr"),
        f'the record is in the language "fr", which this questionnaire does not have. {ITS_QUESTIONS}',
    ),
    "no identifier": (drop("identifier"), f"the record has no identifier. {COPY}"),
    "an identifier that is no uuid": (
        put("identifier", "value", "urn:uuid:17"),
        f"the identifier of the record is not a urn:uuid. {COPY}",
    ),
    "an identifier with more after it": (
        put("identifier", "value", f"urn:uuid:{IDENTIFIER}0"),
        f"the identifier of the record is not a urn:uuid. {COPY}",
    ),
    "an identifier with braces": (
        put("identifier", "value", f"urn:uuid:{{{IDENTIFIER}}}"),
        f"the identifier of the record is not a urn:uuid. {COPY}",
    ),
    "an identifier of another system": (
        put("identifier", "system", "urn:other"),
        f"the identifier of the record is not a urn:uuid. {COPY}",
    ),
    "an identifier without a value": (
        drop("identifier", "value"),
        f"the identifier of the record is not a urn:uuid. {COPY}",
    ),
    "a list of identifiers": (
        put("identifier", []),
        f"the record has the wrong kind of identifier, where an object belongs. {COPY}",
    ),
    "a subject that is a text": (
        put("subject", "Jane"),
        f"the record has the wrong kind of subject, where an object belongs. {COPY}",
    ),
    "a reference that is a number": (
        put("subject", "identifier", "value", 4711),
        f"the identifier of the subject has the wrong kind of value, where a text belongs. {COPY}",
    ),
    "an empty reference": (
        put("subject", "identifier", "value", ""),
        f"the identifier of the subject has an empty value. {COPY}",
    ),
    "an escape sequence in the reference": (
        put("subject", "identifier", "value", "\x1b]0;4711\x07"),
        "the reference has a hidden character, or a space at an end. Type it again by hand.",
    ),
    "half a character in the reference": (
        put("subject", "identifier", "value", "4711\ud800"),
        "the reference has a hidden character, or a space at an end. Type it again by hand.",
    ),
    "a reference without an end": (
        put("subject", "identifier", "value", "4711" * 100),
        (
            "the reference has no characters, or more than 100. "
            "Use a short one, such as an appointment number."
        ),
    ),
    "a modifier": (
        put("modifierExtension", [{"url": "urn:not", "valueBoolean": True}]),
        "the record has modifierExtension, which can turn its meaning. Use the copy that fibrocheck saved.",
    ),
    "rules to know first": (
        put("implicitRules", "urn:rules"),
        "the record has implicitRules, which can turn its meaning. Use the copy that fibrocheck saved.",
    ),
    "a key that FHIR does not have": (
        put("score", 17),
        f"the record has something that does not belong there. {COPY}",
    ),
    "an id that is a number": (
        put("id", 17),
        f"the record has the wrong kind of id, where a text belongs. {COPY}",
    ),
    # Sections and questions
    "items that are no list": (
        put("item", {}),
        f"the record has the wrong kind of item, where a list belongs. {COPY}",
    ),
    "no items in the list": (put("item", []), f"the record has an empty item. {COPY}"),
    "a section that is a text": (
        put("item", 0, "sleep"),
        f"a section of the record is not an object. {COPY}",
    ),
    "a section that is nothing": (put("item", 0, None), f"a section of the record is not an object. {COPY}"),
    "a section without a name": (drop("item", 0, "linkId"), f"a section of the record has no linkId. {COPY}"),
    "an unknown section": (
        put("item", 0, "linkId", "signs"),
        f'the record has the section "signs", which this questionnaire does not have. {COPY}',
    ),
    "a section twice": (again("item", 0), f"the record has the section symptoms twice. {COPY}"),
    "sections in another order": (
        swap("item"),
        f"the sections of the record are not in the order of the questionnaire. {COPY}",
    ),
    "a section with an answer": (
        put("item", 0, "answer", [{"valueBoolean": True}]),
        f"the section symptoms has something that does not belong there. {COPY}",
    ),
    "a section with other words": (
        put("item", 0, "text", "Factors"),
        f"the section symptoms has other words than in this questionnaire. {ITS_QUESTIONS}",
    ),
    "a question outside": (
        move(SLEEP, ("item",)),
        f"the question sleep is outside its section, and belongs in symptoms. {COPY}",
    ),
    "a question in the wrong section": (
        move(SLEEP, ("item", 2, "item")),
        f"the question sleep is in the section factors, and belongs in symptoms. {COPY}",
    ),
    "an unknown question": (
        put(*SLEEP, "linkId", "mood"),
        f'the record has the question "mood", which this questionnaire does not have. {COPY}',
    ),
    "an escape sequence for a question": (
        put(*SLEEP, "linkId", "\x1b[31m"),
        f'the record has the question "<U+001B>[31m", which this questionnaire does not have. {COPY}',
    ),
    "a question twice": (again(*SLEEP), f"the record has the question sleep twice. {COPY}"),
    "questions in another order": (
        swap("item", 0, "item"),
        f"the questions of the record are not in the order of the questionnaire. {COPY}",
    ),
    "a question that is a list": (
        put(*SLEEP, []),
        f"a question of the record is not an object. {COPY}",
    ),
    "a question with other words": (
        put(*SLEEP, "text", "How often do you get headaches?"),
        f"the question sleep has other words than in this questionnaire. {ITS_QUESTIONS}",
    ),
    "questions inside a question": (
        put(*SLEEP, "item", [{"linkId": "headaches"}]),
        f"the question sleep has something that does not belong there. {COPY}",
    ),
    "a modifier on a question": (
        put(*SLEEP, "modifierExtension", []),
        (
            "the question sleep has modifierExtension, which can turn its meaning. "
            "Use the copy that fibrocheck saved."
        ),
    ),
    # Answers
    "answers that are no list": (
        put(*SLEEP, "answer", {"valueCoding": {}}),
        f"the question sleep has the wrong kind of answer, where a list belongs. {COPY}",
    ),
    "no answers in the list": (
        put(*SLEEP, "answer", []),
        f"the question sleep has an empty answer. {COPY}",
    ),
    "an answer that is a text": (put(*SLEEP_ANSWER, "no"), f"the answer to sleep is not an object. {COPY}"),
    "an answer in words": (
        put(*SLEEP_ANSWER, {"valueString": "no"}),
        f"the answer to sleep has something that does not belong there. {COPY}",
    ),
    "an answer in two ways": (
        put(*SLEEP_ANSWER, "valueBoolean", False),
        f"the answer to sleep has something that does not belong there. {COPY}",
    ),
    "an answer with questions": (
        put(*SLEEP_ANSWER, "item", []),
        f"the answer to sleep has something that does not belong there. {COPY}",
    ),
    "an answer without a code": (drop(*SLEEP_CODING, "code"), f"the answer to sleep has no code. {COPY}"),
    "an unknown code": (
        put(*SLEEP_CODING, "code", "always"),
        f"the answer to sleep has a code that the question does not have. {COPY}",
    ),
    "a code of another question": (
        put(*SLEEP_CODING, "code", "yes"),
        f"the answer to sleep has a code that the question does not have. {COPY}",
    ),
    "a code that is true": (
        put(*SLEEP_CODING, "code", True),
        f"the answer to sleep has the wrong kind of code, where a text belongs. {COPY}",
    ),
    "a code that is nothing": (
        put(*SLEEP_CODING, "code", None),
        f"the answer to sleep has the wrong kind of code, where a text belongs. {COPY}",
    ),
    "chosen by itself, in words": (
        put(*SLEEP_CODING, "userSelected", "yes"),
        f"the answer to sleep has the wrong kind of userSelected, where true or false belongs. {COPY}",
    ),
    "another system": (
        put(*SLEEP_CODING, "system", "http://snomed.info/sct"),
        f"the answer to sleep has a code of another system. {COPY}",
    ),
    "no system": (drop(*SLEEP_CODING, "system"), f"the answer to sleep has no system. {COPY}"),
    "words of another answer": (
        put(*SLEEP_CODING, "display", "Most days"),
        f"the answer to sleep has words that are not those of its code. {ITS_QUESTIONS}",
    ),
    "several answers where one is allowed": (
        again(*SLEEP_ANSWER),
        f"the question sleep has several answers, where one is allowed. {COPY}",
    ),
    "the same answer twice": (
        again(*PAIN_AREAS, "answer", 0),
        f"the question pain-areas has the same answer twice. {COPY}",
    ),
    # Follow-ups without their reason
    "where it hurts, without pain": (
        drop(*MUSCLE_PAIN),
        f"the question pain-areas has an answer, but too few symptoms are marked for it. {COPY}",
    ),
    "how long, without a symptom": (
        drop("item", 0),
        f"the question duration has an answer, but too few symptoms are marked for it. {COPY}",
    ),
    "most in the way, of one symptom": (
        drop(*SLEEP),
        f"the question most-in-the-way has an answer, but too few symptoms are marked for it. {COPY}",
    ),
    "most in the way, of those not marked": (
        put(*MOST, "answer", 0, "valueCoding", {"system": f"{FIXTURE.url}/answers", "code": "headaches"}),
        f"the answer to most-in-the-way is a symptom that is not marked. {COPY}",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_record_is_refused_in_one_sentence_that_repeats_no_answer(
    spoil: Edit, sentence: str
) -> None:
    """What is wrong and what to do; the answers and the reference stay in the file."""
    record = json.loads(WRITTEN)
    spoil(record)
    assert refusal(json.dumps(record)) == sentence


NOT_RECORDS: dict[str, tuple[bytes | str, str]] = {
    "nothing": (b"", f"the record is not JSON (line 1, column 1). {COPY}"),
    "cut off": ('{\n"status": "compl', f"the record is not JSON (line 2, column 11). {COPY}"),
    "a colon forgotten": (
        '{\n"status" "completed"}',
        f"the record is not JSON (line 2, column 10). {COPY}",
    ),
    "more after the end": (
        WRITTEN + "{}",
        f"the record is not JSON (line {WRITTEN.count(chr(10)) + 1}, column 1). {COPY}",
    ),
    "a byte order mark": (
        b"\xef\xbb\xbf" + WRITTEN.encode(),
        f"the record is not JSON (line 1, column 1). {COPY}",
    ),
    "a raw control character": ('{"a": "\x1b"}', f"the record is not JSON (line 1, column 8). {COPY}"),
    "UTF-16": (WRITTEN.encode("utf-16"), f"the record is not UTF-8 text. {COPY}"),
    "Latin-1": ('{"a": "sí"}'.encode("latin-1"), f"the record is not UTF-8 text. {COPY}"),
    "half a character": ('{"a": "\ud800"}', f"the record is not UTF-8 text. {COPY}"),
    "a list": ("[1, 2]", f"the record is not a JSON object. {OURS}"),
    "a text": ('"QuestionnaireResponse"', f"the record is not a JSON object. {OURS}"),
    "null": ("null", f"the record is not a JSON object. {OURS}"),
    "too large": (b" " * 1_000_001, f"the record is larger than 1 MB. {OURS}"),
    "too deep": ("[" * 500_000, f"the record is nested too deeply. {COPY}"),
    "too deep, as objects": ('{"a":' * 100_000, f"the record is nested too deeply. {COPY}"),
    "a key twice": (
        WRITTEN.replace("{", '{"status": "amended",', 1),
        f"the record has the same key twice in one place. {COPY}",
    ),
    "a key twice, deep inside": (
        WRITTEN.replace('"code": "sometimes"', '"code": "sometimes", "code": "no"'),
        f"the record has the same key twice in one place. {COPY}",
    ),
    "1e999": ('{"id": 1e999}', f"the record has a number that is too large. {COPY}"),
    "a million digits": (f'{{"id": {"9" * 900_000}}}', f"the record has a number that is too large. {COPY}"),
    "NaN": ('{"id": NaN}', f"the record has a number that JSON does not have. {COPY}"),
    "infinity": ('{"id": -Infinity}', f"the record has a number that JSON does not have. {COPY}"),
}


@pytest.mark.parametrize(("data", "sentence"), NOT_RECORDS.values(), ids=NOT_RECORDS.keys())
def test_what_is_no_json_of_ours_is_refused_in_one_sentence(data: bytes | str, sentence: str) -> None:
    """Size, encoding, depth, and JSON that says two things at once."""
    assert refusal(data) == sentence


def refusal(data: bytes | str) -> str:
    """The sentence with which a record is refused; it tells nothing of what the person said."""
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


def test_a_record_comes_back_whole() -> None:
    """From text and from bytes."""
    assert read_response(WRITTEN, FIXTURE) == WHOLE
    assert read_response(WRITTEN.encode(), FIXTURE) == WHOLE


@pytest.mark.parametrize("name", CONTENTS)
@settings(max_examples=25)
@given(data=st.data())
def test_the_answers_of_any_interview_come_back_as_they_were(name: str, data: st.DataObject) -> None:
    """Whatever was skipped, changed or taken back, in every language, at any time of day."""
    content = CONTENTS[name]
    answers = data.draw(interviews(content))
    zone = timezone(timedelta(minutes=data.draw(st.integers(-14 * 60, 14 * 60))))
    moment = data.draw(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001 - its zone follows
    written = Record(
        answers,
        data.draw(st.sampled_from(list(content.languages))),
        moment.replace(tzinfo=zone, microsecond=0),
        data.draw(st.uuids()),
        data.draw(st.sampled_from(["", "A-17", "Núñez 3"])),
    )
    assert read_response(to_json(as_resource(written, content)), content) == written


def as_resource(record: Record, content: Content) -> Resource:
    """The resource of a record."""
    return response(
        content,
        record.answers,
        language=record.language,
        authored=record.authored,
        identifier=record.identifier,
        reference=record.reference,
    )


TOLERATED: dict[str, Edit] = {
    "an id": put("id", "4711"),
    "meta": put("meta", {"versionId": "2", "lastUpdated": "2026-12-01T00:00:00Z"}),
    "an extension": put("extension", [{"url": "urn:x", "valueDecimal": 1.5}]),
    "an extension of a single value": put("_status", {"extension": [{"url": "urn:x", "valueInteger": 3}]}),
    "a large number": put("extension", [{"url": "urn:x", "valueDecimal": 10**17}]),
    "contained resources": put("contained", [{"resourceType": "Patient", "id": "p"}]),
    "who wrote it": put("author", {"reference": "Device/kiosk"}),
    "no narrative": drop("text"),
    "another narrative": put("text", {"status": "empty", "div": "<div/>"}),
    "no words": drop(*SLEEP, "text"),
    "words in another language": put(*SLEEP, "text", FIXTURE.question("sleep").ask["es"]),
    "no display": drop(*SLEEP_CODING, "display"),
    "a display in another language": put(*SLEEP_CODING, "display", "A veces"),
    "ids of items and answers": put(*SLEEP_ANSWER, "id", "a1"),
    "a code system's version": put(*SLEEP_CODING, "version", "1"),
    "several answers in another order": swap(*PAIN_AREAS, "answer"),
    "a skipped question without an answer": lambda r: at(r, ("item", 0, "item")).insert(
        1, {"linkId": "fatigue"}
    ),
    "the patient beside our reference": put("subject", "reference", "Patient/17"),
}


@pytest.mark.parametrize("edit", TOLERATED.values(), ids=TOLERATED.keys())
def test_what_another_system_may_add_or_leave_out_changes_nothing(edit: Edit) -> None:
    """A chart system stores the record and gives it back with its own ids, and perhaps without ours."""
    record = json.loads(WRITTEN)
    edit(record)
    assert read_response(json.dumps(record), FIXTURE) == WHOLE


def test_a_record_of_a_million_bytes_is_still_read() -> None:
    """The limit itself is allowed."""
    assert read_response(WRITTEN.encode().ljust(1_000_000), FIXTURE) == WHOLE


def test_every_choice_of_a_question_may_be_chosen_together() -> None:
    """All marked symptoms, and every choice beside them."""
    content = CONTENTS["odd follow-ups"]
    chosen = ("sleep", *(choice.id for choice in content.follow_ups[0].choices))
    written = Record({"sleep": "sometimes", "which-ones": chosen}, "en", AUTHORED, IDENTIFIER, "")
    assert read_response(to_json(as_resource(written, content)), content) == written


def test_a_subject_without_our_identifier_has_no_reference() -> None:
    """A chart system may put its own patient there."""
    record = json.loads(WRITTEN)
    record["subject"] = {"reference": "Patient/17", "display": "Somebody"}
    assert read_response(json.dumps(record), FIXTURE).reference == ""


@pytest.mark.parametrize(
    ("authored", "moment"),
    [
        ("2026-11-30T09:15:30Z", datetime(2026, 11, 30, 9, 15, 30, tzinfo=UTC)),
        ("2026-11-30T09:15:30.123Z", datetime(2026, 11, 30, 9, 15, 30, 123000, tzinfo=UTC)),
        (
            "2026-11-30T09:15:30.5+14:00",
            datetime(2026, 11, 30, 9, 15, 30, 500000, timezone(timedelta(hours=14))),
        ),
    ],
)
def test_times_are_read_as_fhir_writes_them(authored: str, moment: datetime) -> None:
    """Z, offsets, and parts of a second."""
    record = json.loads(WRITTEN) | {"authored": authored}
    read = read_response(json.dumps(record), FIXTURE).authored
    assert (read, read.utcoffset()) == (moment, moment.utcoffset())


def places(part: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path to everything in a resource."""
    steps: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(part, dict):
        steps = iter(part.items())
    elif isinstance(part, list):
        steps = iter(enumerate(part))
    for step, below in steps:
        yield (*path, step)
        yield from places(below, (*path, step))


PLACES = list(places(json.loads(WRITTEN)))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["no", "sleep", "symptoms", "most-days", "es", f"{FIXTURE.url}/answers"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["linkId", "item", "code"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(st.data())
def test_a_record_with_anything_changed_is_refused_or_still_holds_to_its_questionnaire(
    data: st.DataObject,
) -> None:
    """Whatever is accepted, an independent reader of the Questionnaire accepts too: nothing is loose."""
    record = json.loads(WRITTEN)
    for _ in range(data.draw(st.integers(1, 2))):
        change(record, data)
    read = attempt(json.dumps(record))
    if isinstance(read, str):
        assert read.isprintable()
        return
    assert contradictions(record, QUESTIONNAIRE, verbatim=False) == []
    assert read_response(to_json(as_resource(read, FIXTURE)), FIXTURE).answers == read.answers


def change(record: Resource, data: st.DataObject) -> None:
    """Replace something, take it away, copy it to another place, or repeat it."""
    path = data.draw(st.sampled_from(PLACES))
    try:
        holder = at(record, path[:-1])
        match data.draw(st.sampled_from(["replace", "drop", "copy", "repeat"])):
            case "replace":
                holder[path[-1]] = data.draw(VALUES)
            case "drop":
                del holder[path[-1]]
            case "copy":
                holder[path[-1]] = at(json.loads(WRITTEN), data.draw(st.sampled_from(PLACES)))
            case "repeat" if isinstance(holder, list):
                holder.append(holder[int(path[-1])])
    except (KeyError, IndexError, TypeError):
        return  # the change before this one took the place away


@settings(max_examples=300)
@given(st.data())
def test_no_bytes_whatever_bring_the_program_down(data: st.DataObject) -> None:
    """Random bytes, and random bytes in the middle of a record."""
    whole = WRITTEN.encode()
    start = data.draw(st.integers(0, len(whole)))
    end = start + data.draw(st.integers(0, 40))
    spoilt = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
    for some in (spoilt, data.draw(st.binary(max_size=60))):
        read = attempt(some)
        assert isinstance(read, Record) or read.isprintable()


def attempt(data: bytes | str) -> Record | str:
    """The record, or the sentence that refuses it."""
    try:
        return read_response(data, FIXTURE)
    except RecordError as error:
        return str(error)
