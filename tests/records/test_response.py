"""A visit's answers as a FHIR QuestionnaireResponse: valid, and in agreement with its questionnaire."""

import json
import uuid
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.content.model import Content
from fibrocheck.questions import Answer, Answers
from fibrocheck.records.addresses import address
from fibrocheck.records.elements import to_json
from fibrocheck.records.questionnaire import questionnaire
from fibrocheck.records.record import (
    AMENDED,
    IN_PROGRESS,
    KIOSK,
    PATIENT,
    Record,
    RecordError,
    checked_reference,
)
from fibrocheck.records.response import write_response
from tests.expected_files import assert_as_in_file
from tests.sampling import few

from .cross_check import contradictions
from .samples import ANSWERS, AUTHORED, CONTENTS, FIXTURE, IDENTIFIER, Json, Resource, interviews
from .validators import by_models, by_schema, complaints, read_narrative, words_of

Edit = Callable[[Resource], object]
Judge = Callable[[Resource], list[str]]

QUESTIONNAIRE = questionnaire(FIXTURE)
EXPECTED = Path(__file__).with_name("expected")
WRONG_LENGTH = (
    "the reference is empty or longer than 100 characters. Use a short one, such as an appointment number."
)
WRONG_CHARACTERS = (
    "the reference has a hidden character, or begins or ends with a space. Type it again by hand."
)


def record(answers: Answers = ANSWERS, content: Content = FIXTURE, **given: Json) -> Resource:
    """Return a record of these answers, in the first language unless another is given."""
    language = next(iter(content.languages))
    usual: dict[str, Json] = {"language": language, "authored": AUTHORED, "identifier": IDENTIFIER}
    return write_response(Record(answers, **(usual | given)), content)


@pytest.mark.parametrize("name", CONTENTS)
@settings(max_examples=few(25))
@given(data=st.data())
def test_any_interview_gives_a_valid_record_that_matches_its_questionnaire(
    name: str, data: st.DataObject
) -> None:
    """Judged by both validators, the cross-check and the narrative, in any language."""
    content = CONTENTS[name]
    answers = data.draw(interviews(content))
    language = data.draw(st.sampled_from(list(content.languages)))
    resource = record(answers, content, language=language, reference="A-17")
    assert complaints(resource) == []
    assert contradictions(resource, questionnaire(content)) == []
    said = words_of(read_narrative(resource))
    assert content.words.not_a_diagnosis[language] in said
    for question in content.questions:
        assert (question.ask[language] in said) is (question.id in answers)


def test_a_small_record_is_written_exactly_like_this() -> None:
    """Every key and every value, of a visit in Spanish with three answers and a reference."""
    resource = record(
        {"muscle-pain": "most-days", "sleep": "sometimes", "pain-areas": ("neck", "hands")},
        language="es",
        reference="A-17",
    )
    assert_as_in_file(to_json(resource), EXPECTED / "record.json")


def test_a_record_has_its_questionnaire_time_language_identifier_and_reference() -> None:
    """Everything around the answers. `language` is the language of the texts, which are copies."""
    resource = record(reference="APPT-4711", language="es")
    assert resource["questionnaire"] == f"{QUESTIONNAIRE['url']}|{FIXTURE.version}"
    assert resource["_questionnaire"]["extension"][0]["valueString"] == QUESTIONNAIRE["title"]
    assert resource["status"] == "completed"
    assert resource["authored"] == "2026-11-30T09:15:30-05:00"
    assert resource["language"] == QUESTIONNAIRE["language"] == "en"
    assert resource["extension"] == [{"url": address(FIXTURE, "interview-language"), "valueCode": "es"}]
    assert resource["identifier"] == {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{IDENTIFIER}"}
    appointment = resource["encounter"]["identifier"]
    assert appointment.pop("type")["coding"][0]["code"] == "VN"
    assert appointment == {"system": address(FIXTURE, "appointments"), "value": "APPT-4711"}
    assert [group["linkId"] for group in resource["item"]] == ["symptoms", "follow-up", "factors"]


def test_a_record_has_no_subject_and_without_a_reference_no_encounter() -> None:
    """A chart system would file an appointment number under the patient who has it as theirs."""
    assert "subject" not in record(reference="A-17")
    assert not {"subject", "encounter", "author", "source"} & record().keys()


def test_a_record_says_what_it_was_made_on_and_who_answered_as_far_as_that_is_known() -> None:
    """By a word for the kind of device and of person: no name of a computer or of anybody."""
    resource = record(device=KIOSK, source=PATIENT)
    device = {"system": address(FIXTURE, "devices"), "value": "kiosk"}
    assert resource["author"] == {"type": "Device", "identifier": device, "display": "Kiosk"}
    assert resource["source"] == {"type": "Patient", "display": "Patient"}
    assert complaints(resource) == []


def test_a_corrected_record_is_amended_and_keeps_its_identifier() -> None:
    """A server then makes a new version of it, and not a second record."""
    corrected = record(ANSWERS | {"sleep": "most-days"}, status=AMENDED)
    assert (corrected["status"], corrected["identifier"]) == ("amended", record()["identifier"])
    assert complaints(corrected) == contradictions(corrected, QUESTIONNAIRE) == []


def test_skipped_questions_and_empty_groups_are_left_out() -> None:
    """Missing is never "no"."""
    only_sleep = record({"sleep": "no"})
    assert [[item["linkId"] for item in group["item"]] for group in only_sleep["item"]] == [["sleep"]]
    nothing = record({})
    assert "item" not in nothing
    assert complaints(nothing) == contradictions(nothing, QUESTIONNAIRE) == []


def test_a_skip_that_is_kept_is_a_question_without_an_answer() -> None:
    """Of a call that is not finished. FHIR has no empty lists, so there is no `answer` at all."""
    begun = record({"sleep": "no"}, status=IN_PROGRESS, skipped=("fatigue",))
    asked = {each["linkId"]: "answer" in each for group in begun["item"] for each in group["item"]}
    assert asked == {"fatigue": False, "sleep": True}
    assert complaints(begun) == []


def test_a_follow_up_that_lost_its_reason_is_left_out() -> None:
    """As in the summary."""
    resource = record({"sleep": "no", "duration": "over-2-years", "pain-areas": ("neck",)})
    assert [group["linkId"] for group in resource["item"]] == ["symptoms"]


def test_an_answer_is_an_exact_copy_of_its_option_in_every_language() -> None:
    """Displays stay in the base language, with their translations, as in the Questionnaire."""
    for language in FIXTURE.languages:
        answer = record({"sleep": "most-days"}, language=language)["item"][0]["item"][0]["answer"]
        options = QUESTIONNAIRE["item"][0]["item"][4]["answerOption"]
        assert answer == [options[0]]


def test_the_narrative_is_in_the_language_of_the_record() -> None:
    """It serves readers whose software does not understand FHIR."""
    narrative = read_narrative(record(language="es"))
    assert narrative.get("lang") == "es"
    said = words_of(narrative)
    sleep = FIXTURE.question("sleep")
    assert f"{sleep.ask['es']} {FIXTURE.answers['sometimes']['es']}" in said
    assert "Cuello, Manos" in said
    assert "2026-11-30 09:15-05:00" in said


def test_several_answers_are_in_the_questionnaires_order() -> None:
    """Whatever order they were marked in."""
    assert record(ANSWERS | {"pain-areas": ("hands", "neck")}) == record()


def test_no_record_names_a_condition_as_the_persons_own() -> None:
    """The questionnaire's title may name fibromyalgia; it is there once, as the questionnaire's."""
    resource = record()
    assert "fibromyalgia" in str(resource.pop("_questionnaire"))
    assert "fibromyalgia" not in to_json(resource).lower().replace(FIXTURE.url, "")


def test_the_reference_occurs_only_once() -> None:
    """Not in the narrative, which is shown more freely."""
    assert to_json(record(reference="APPT-4711")).count("4711") == 1


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        (UTC, "2026-01-02T03:04:05+00:00"),
        (timezone(timedelta(hours=14)), "2026-01-02T03:04:05+14:00"),
        (timezone(timedelta(hours=-9, minutes=-30)), "2026-01-02T03:04:05-09:30"),
        (timezone(timedelta(hours=15)), "2026-01-01T12:04:05+00:00"),
        (timezone(timedelta(hours=-14, minutes=-1)), "2026-01-02T17:05:05+00:00"),
        (timezone(timedelta(minutes=19, seconds=32)), "2026-01-02T02:44:33+00:00"),
        (timezone.max, "2026-01-01T03:05:05+00:00"),
    ],
)
def test_a_time_is_in_utc_if_fhir_does_not_allow_its_time_zone(zone: timezone, written: str) -> None:
    """In the record, and on the line of the narrative that says when."""
    resource = record(authored=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=zone))
    assert complaints(resource) == []
    assert resource["authored"] == written
    assert f"{written[:10]} {written[11:16]}{written[19:]}" in words_of(read_narrative(resource))


def test_a_time_without_a_time_zone_is_refused() -> None:
    """FHIR does not allow it, and a chart could not use it."""
    with pytest.raises(ValueError, match="time zone"):
        record(authored=datetime(2026, 1, 2, 3, 4, 5))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("sleep", "yes"),
        ("sleep", ("most-days",)),
        ("sleep", ()),
        ("pain-areas", "neck"),
        ("pain-areas", ()),
        ("pain-areas", ("neck", "knee")),
        ("most-in-the-way", "headaches"),
    ],
)
def test_an_impossible_answer_is_refused_without_repeating_it(question: str, answer: Answer) -> None:
    """It could not be read back."""
    with pytest.raises(ValueError, match=f"^not an answer to {question}$"):
        record(ANSWERS | {question: answer})


def test_a_reference_of_a_hundred_characters_is_kept() -> None:
    """The limit itself is allowed."""
    assert record(reference="A" * 100)["encounter"]["identifier"]["value"] == "A" * 100


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("", WRONG_LENGTH),
        ("A" * 101, WRONG_LENGTH),
        ("A-17 ", WRONG_CHARACTERS),
        (" A-17", WRONG_CHARACTERS),
        ("A\t17", WRONG_CHARACTERS),
    ],
)
def test_a_reference_is_refused_with_a_sentence_that_says_why(reference: str, sentence: str) -> None:
    """The command line shows it before a visit begins."""
    with pytest.raises(RecordError) as refused:
        checked_reference(reference)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "reference", ["A\n17", "\x1b[2J", " A-17", "A-17 ", "A" * 101, "A\u202e17", "A\udc80"]
)
def test_a_reference_that_could_harm_a_page_is_refused_without_repeating_it(reference: str) -> None:
    """It is typed by hand or comes from another program."""
    with pytest.raises(RecordError) as refused:
        record(reference=reference)
    assert reference not in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("judge", "spoil"),
    [
        (by_schema, lambda r: r.update(authored="2026-11-30 09:15")),
        (by_schema, lambda r: r.update(authored="2026-11-30T09:15:30")),
        (by_schema, lambda r: r.update(status="done")),
        (by_schema, lambda r: r.update(score=7)),
        (by_schema, lambda r: r["item"][0]["item"][0]["answer"][0].update(valueCode="no")),
        (by_schema, lambda r: r["item"][0].update(linkId="")),
        (by_models, lambda r: r.pop("status")),
        (by_models, lambda r: r["item"][0]["item"][0].pop("linkId")),
        (by_models, lambda r: r["item"][0]["item"][0].update(answer={})),
        (by_models, lambda r: r.update(identifier=[r["identifier"]])),
    ],
)
def test_the_validators_find_a_planted_error(judge: Judge, spoil: Edit) -> None:
    """A validator that never complains would prove nothing."""
    spoilt = record()
    spoil(spoilt)
    assert judge(spoilt) != []


def first(resource: Resource, group: int, question: int) -> Json:
    """Return one question of the record."""
    return resource["item"][group]["item"][question]


@pytest.mark.parametrize(
    ("spoil", "seen"),
    [
        (lambda r: r.update(questionnaire=f"{FIXTURE.url}|2020.1"), "another questionnaire or version"),
        (lambda r: r.update(status="in-progress"), "not completed"),
        (lambda r: r["item"].reverse(), "not in order"),
        (lambda r: r["item"][0]["item"].reverse(), "not in order"),
        (lambda r: r["item"][0]["item"].append(first(r, 0, 0)), "twice"),
        (lambda r: r["item"][2]["item"].append(r["item"][0]["item"].pop()), "not in order"),
        (lambda r: first(r, 0, 0).update(linkId="mood"), "unknown"),
        (lambda r: r["item"][0].update(answer=[]), "no answers"),
        (lambda r: r["item"][0].update(item=[]), "an empty list"),
        (lambda r: first(r, 0, 0).update(item=[]), "items in a question"),
        (lambda r: first(r, 0, 0).pop("answer"), "no answer"),
        (lambda r: first(r, 0, 0)["answer"].append(first(r, 0, 1)["answer"][0]), "several answers"),
        (lambda r: first(r, 1, 1)["answer"].append(first(r, 1, 1)["answer"][0]), "twice"),
        (lambda r: first(r, 1, 1)["answer"].reverse(), "order of the options"),
        (lambda r: first(r, 0, 0)["answer"][0]["valueCoding"].update(code="daily"), "not an option"),
        (lambda r: first(r, 0, 0)["answer"][0]["valueCoding"].update(system="urn:x"), "not an option"),
        (
            lambda r: first(r, 0, 0)["answer"][0]["valueCoding"].update(display="No"),
            "not the option's Coding",
        ),
        (lambda r: first(r, 0, 0).update(text="How are you?"), "another text"),
        (lambda r: r["item"][0]["item"].pop(0), "pain-areas: not enabled"),
        (lambda r: r["item"].pop(0), "duration: not enabled"),
        (lambda r: first(r, 1, 2).update(answer=deepcopy(first(r, 1, 0)["answer"])), "not an option"),
    ],
)
def test_the_cross_check_finds_a_planted_error(spoil: Edit, seen: str) -> None:
    """A check that never complains would prove nothing."""
    spoilt = json.loads(to_json(record()))
    assert contradictions(spoilt, QUESTIONNAIRE) == []
    spoil(spoilt)
    assert seen in " | ".join(contradictions(spoilt, QUESTIONNAIRE))


def test_records_of_the_same_values_are_identical() -> None:
    """They contain no time, random number or counter of their own."""
    assert to_json(record()) == to_json(record())
    other = uuid.UUID(int=1)
    assert to_json(record()).replace(str(IDENTIFIER), str(other)) == to_json(record(identifier=other))
