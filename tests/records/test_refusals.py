"""Anything but a complete record of this questionnaire is refused in one sentence."""

import json

import pytest

from fibrocheck.records.addresses import answer_system
from fibrocheck.records.record import OtherPatientError

from .samples import FIXTURE, IDENTIFIER, Json
from .written import (
    MOST,
    MUSCLE_PAIN,
    PAIN_AREAS,
    SLEEP,
    SLEEP_ANSWER,
    SLEEP_CODING,
    WRITTEN,
    Edit,
    again,
    at,
    drop,
    move,
    put,
    refusal,
)

COPY = "Use an undamaged copy."
OURS = "Use a file that fibrocheck saved."
ITS_QUESTIONS = "Use --questions with the questions.yaml that the record was made with."


def translation(language: str, words: str) -> Json:
    """Return a translation as FHIR has it beside a text."""
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": words}]
    return {"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": parts}


UNKNOWN: Json = {
    "linkId": "mood",
    "text": "How is your mood?",
    "answer": [{"valueCoding": {"system": answer_system(FIXTURE), "code": "good", "display": "Good"}}],
}

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
            'the record belongs to the questionnaire "https://example.org/other", but this is '
            f'"https://example.org/fibrocheck". {ITS_QUESTIONS}'
        ),
    ),
    "another questionnaire without a version": (
        put("questionnaire", "urn:other"),
        (
            'the record belongs to the questionnaire "urn:other", but this is '
            f'"https://example.org/fibrocheck". {ITS_QUESTIONS}'
        ),
    ),
    "an escape sequence in the questionnaire": (
        put("questionnaire", "\x1b[2J|1"),
        (
            'the record belongs to the questionnaire "<U+001B>[2J", but this is '
            f'"https://example.org/fibrocheck". {ITS_QUESTIONS}'
        ),
    ),
    "no questionnaire": (drop("questionnaire"), f"the record has no questionnaire. {COPY}"),
    "a questionnaire that is no text": (
        put("questionnaire", 7),
        f"the record has the wrong type of questionnaire: it must be a text. {COPY}",
    ),
    "stopped": (
        put("status", "stopped"),
        (
            'the record has the status "stopped", but only completed records can be shown. '
            "Use the completed record."
        ),
    ),
    "entered in error": (
        put("status", "entered-in-error"),
        "staff marked this list as another patient's. If it is not, correct it at the front desk.",
    ),
    "no status": (drop("status"), f"the record has no status. {COPY}"),
    # Around the answers
    "no time": (drop("authored"), f"the record has no authored. {COPY}"),
    "a time without a zone": (
        put("authored", "2026-11-30T09:15:30"),
        f"the record does not have a date, or a date, time and time zone (authored). {COPY}",
    ),
    "a day alone that does not exist": (
        put("authored", "2026-02-30"),
        f"the record has a date or time that does not exist (authored). {COPY}",
    ),
    "a month only": (
        put("authored", "2026-11"),
        f"the record does not have a date, or a date, time and time zone (authored). {COPY}",
    ),
    "a time with a space": (
        put("authored", "2026-11-30 09:15:30-05:00"),
        f"the record does not have a date, or a date, time and time zone (authored). {COPY}",
    ),
    "digits of another script": (
        put("authored", "٢٠٢٦-11-30T09:15:30-05:00"),
        f"the record does not have a date, or a date, time and time zone (authored). {COPY}",
    ),
    "a line's end after the time": (
        put("authored", "2026-11-30T09:15:30-05:00\n"),
        f"the record does not have a date, or a date, time and time zone (authored). {COPY}",
    ),
    "a zone further away than there are": (
        put("authored", "2026-11-30T09:15:30+14:30"),
        f"the record does not have a date, or a date, time and time zone (authored). {COPY}",
    ),
    "a day that does not exist": (
        put("authored", "2026-02-30T09:15:30Z"),
        f"the record has a date or time that does not exist (authored). {COPY}",
    ),
    "an hour that does not exist": (
        put("authored", "2026-02-20T24:15:30Z"),
        f"the record has a date or time that does not exist (authored). {COPY}",
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
    "an identifier without a value": (
        drop("identifier", "value"),
        f"the identifier of the record is not a urn:uuid. {COPY}",
    ),
    "an empty list of identifiers": (
        put("identifier", []),
        f"the record has the wrong type of identifier: it must be an object. {COPY}",
    ),
    "a list of texts for an identifier": (
        put("identifier", ["17"]),
        f"the record has the wrong type of identifier: it must be an object. {COPY}",
    ),
    "a subject that is a text": (
        put("subject", "Jane"),
        f"the record has the wrong type of subject: it must be an object. {COPY}",
    ),
    "a reference that is a number": (
        put("encounter", "identifier", "value", 4711),
        f"the identifier of the encounter has the wrong type of value: it must be a text. {COPY}",
    ),
    "half a character": (
        put("encounter", "identifier", "value", "4711\ud800"),
        f"the record has half a character in a text. {COPY}",
    ),
    "a modifier": (
        put("modifierExtension", [{"url": "urn:not", "valueBoolean": True}]),
        "the record has modifierExtension, which can change its meaning. Use the copy that fibrocheck saved.",
    ),
    "rules to know first": (
        put("implicitRules", "urn:rules"),
        "the record has implicitRules, which can change its meaning. Use the copy that fibrocheck saved.",
    ),
    "a key that FHIR does not have": (
        put("score", 17),
        f"the record has a key that is not allowed there. {COPY}",
    ),
    "an id that is a number": (
        put("id", 17),
        f"the record has the wrong type of id: it must be a text. {COPY}",
    ),
    # Sections and questions
    "items that are no list": (
        put("item", {}),
        f"the record has the wrong type of item: it must be a list. {COPY}",
    ),
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
    "a section with an answer": (
        put("item", 0, "answer", [{"valueBoolean": True}]),
        f"the section symptoms has a key that is not allowed there. {COPY}",
    ),
    "a section with other words": (
        put("item", 0, "text", FIXTURE.words.factors["en"]),
        f"the section symptoms has the words of another section. {ITS_QUESTIONS}",
    ),
    "a question outside": (
        move(SLEEP, ("item",)),
        f"the question sleep is outside its section, but belongs in symptoms. {COPY}",
    ),
    "a question in the wrong section": (
        move(SLEEP, ("item", 2, "item")),
        f"the question sleep is in the section factors, but belongs in symptoms. {COPY}",
    ),
    "a question in the wrong section, after one that is not known": (
        lambda r: [move(SLEEP, ("item", 2, "item"))(r), at(r, ("item", 0, "item")).insert(0, UNKNOWN)],
        f"the question sleep is in the section factors, but belongs in symptoms. {COPY}",
    ),
    "an unknown question with the words of another": (
        put(*SLEEP, "linkId", "mood"),
        f"the question mood has the words of another question. {ITS_QUESTIONS}",
    ),
    "an unknown question without words": (
        lambda r: at(r, SLEEP).update({"linkId": "mood", "text": None}),
        (
            "the record has the question mood without words, and this questionnaire does not have it. "
            f"{ITS_QUESTIONS}"
        ),
    ),
    "an escape sequence for a question": (
        put(*SLEEP, "linkId", "\x1b[31m"),
        f'the question "<U+001B>[31m" has the words of another question. {ITS_QUESTIONS}',
    ),
    "an escape sequence in the words": (
        put(*SLEEP, "text", "\x1b[31mHow are you?"),
        f"the question sleep has a hidden character in its words. {COPY}",
    ),
    "an escape sequence in a translation": (
        put(*SLEEP, "_text", {"extension": [translation("es", "\x9b31m")]}),
        f"the question sleep has a hidden character in its words. {COPY}",
    ),
    "a question twice": (again(*SLEEP), f"the record has the question sleep twice. {COPY}"),
    "a question that is a list": (
        put(*SLEEP, []),
        f"a question of the record is not an object. {COPY}",
    ),
    "a question with other words": (
        put(*SLEEP, "text", FIXTURE.question("headaches").ask["en"]),
        f"the question sleep has the words of another question. {ITS_QUESTIONS}",
    ),
    "questions inside a question": (
        put(*SLEEP, "item", [{"linkId": "headaches"}]),
        f"the question sleep has a key that is not allowed there. {COPY}",
    ),
    "a modifier on a question": (
        put(*SLEEP, "modifierExtension", [{"url": "urn:not"}]),
        (
            "the question sleep has modifierExtension, which can change its meaning. "
            "Use the copy that fibrocheck saved."
        ),
    ),
    # Answers
    "answers that are no list": (
        put(*SLEEP, "answer", {"valueCoding": {}}),
        f"the question sleep has the wrong type of answer: it must be a list. {COPY}",
    ),
    "an answer that is a text": (put(*SLEEP_ANSWER, "no"), f"the answer to sleep is not an object. {COPY}"),
    "an answer in words": (
        put(*SLEEP_ANSWER, {"valueString": "no"}),
        f"the answer to sleep has a key that is not allowed there. {COPY}",
    ),
    "an answer in two ways": (
        put(*SLEEP_ANSWER, "valueBoolean", False),
        f"the answer to sleep has a key that is not allowed there. {COPY}",
    ),
    "an answer without a code": (drop(*SLEEP_CODING, "code"), f"the answer to sleep has no code. {COPY}"),
    "an unknown code with the words of another": (
        put(*SLEEP_CODING, "code", "always"),
        f"the answer to sleep has words that do not match its code. {ITS_QUESTIONS}",
    ),
    "an unknown code without words": (
        put(*SLEEP_CODING, {"system": answer_system(FIXTURE), "code": "always"}),
        f"the answer to sleep has a code that the question does not have. {ITS_QUESTIONS}",
    ),
    "a code that is true": (
        put(*SLEEP_CODING, "code", True),
        f"the answer to sleep has the wrong type of code: it must be a text. {COPY}",
    ),
    "a code that is nothing": (
        put(*SLEEP_CODING, "code", None),
        f"the answer to sleep has no code. {COPY}",
    ),
    "chosen by itself, in words": (
        put(*SLEEP_CODING, "userSelected", "yes"),
        f"the answer to sleep has the wrong type of userSelected: it must be true or false. {COPY}",
    ),
    "another system": (
        put(*SLEEP_CODING, "system", "http://snomed.info/sct"),
        f"the answer to sleep has a code from another system. {COPY}",
    ),
    "no system": (drop(*SLEEP_CODING, "system"), f"the answer to sleep has no system. {COPY}"),
    "words of another answer": (
        put(*SLEEP_CODING, "display", "Most days"),
        f"the answer to sleep has words that do not match its code. {ITS_QUESTIONS}",
    ),
    "several answers where one is allowed": (
        lambda r: at(r, (*SLEEP, "answer")).append(
            {"valueCoding": {"system": answer_system(FIXTURE), "code": "no"}}
        ),
        f"the question sleep has several answers, but only one is allowed. {COPY}",
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
        put(*MOST, "answer", 0, "valueCoding", {"system": answer_system(FIXTURE), "code": "headaches"}),
        f"the answer to most-in-the-way is a symptom that is not marked. {COPY}",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_record_is_refused_in_one_sentence_that_repeats_no_answer(
    spoil: Edit, sentence: str
) -> None:
    """The sentence says what is wrong and what to do."""
    record = json.loads(WRITTEN)
    spoil(record)
    assert refusal(json.dumps(record)) == sentence


def test_a_list_of_another_patient_is_named_by_its_file_if_there_is_one() -> None:
    """Many may be read at once."""
    said = "staff marked this list as another patient's. If it is not, correct it at the front desk."
    assert str(OtherPatientError()) == said
    assert str(OtherPatientError("lists/273.json")) == f"lists/273.json: {said}"
