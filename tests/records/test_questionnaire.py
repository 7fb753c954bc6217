"""The question set as a FHIR Questionnaire: valid, complete, in every language, and without a diagnosis."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.content.model import Approval
from fibrocheck.interview import Give, Interview, Skip
from fibrocheck.records.addresses import answer_system
from fibrocheck.records.elements import to_json
from fibrocheck.records.questionnaire import questionnaire
from fibrocheck.records.record import Record
from fibrocheck.records.response import write_response
from tests.expected_files import assert_as_in_file

from .cross_check import is_enabled
from .samples import AUTHORED, CONTENTS, FIXTURE, IDENTIFIER
from .validators import by_models, by_schema, complaints, read_narrative, words_of

Item = dict[str, Any]
Edit = Callable[[Item], object]
Judge = Callable[[Item], list[str]]
QUESTIONNAIRE = questionnaire(FIXTURE)
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
EXPECTED = Path(__file__).with_name("expected")
every_content = pytest.mark.parametrize("name", CONTENTS)


def items(resource: Item) -> Iterator[Item]:
    """Yield every item, at any depth."""
    for item in resource.get("item", []):
        yield item
        yield from items(item)


def question(link_id: str) -> Item:
    """Return one question of the fixture."""
    return next(item for item in items(QUESTIONNAIRE) if item["linkId"] == link_id)


def objects(part: object) -> Iterator[Item]:
    """Yield every JSON object in a resource."""
    if isinstance(part, dict):
        yield part
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from objects(each)


def test_a_small_questionnaire_is_written_exactly_like_this() -> None:
    """Every key and every value, with two symptoms, the three follow-ups and one factor."""
    assert_as_in_file(to_json(questionnaire(CONTENTS["one of each"])), EXPECTED / "questionnaire.json")


@every_content
def test_every_questionnaire_is_valid_r4(name: str) -> None:
    """In one language or three, with markup in the words, without follow-ups."""
    assert complaints(questionnaire(CONTENTS[name])) == []


@pytest.mark.parametrize(
    ("judge", "spoil"),
    [
        (by_schema, lambda q: q.update(version=2)),
        (by_schema, lambda q: q.update(status="finished")),
        (by_schema, lambda q: q["item"][0].update(minOccurs=1)),
        (by_schema, lambda q: q["item"][0]["item"][0].update(type="radio")),
        (by_schema, lambda q: q["item"][1]["item"][0]["enableWhen"][0].update(operator="is")),
        (by_schema, lambda q: q["item"][1]["item"][0].update(enableBehavior="two")),
        (by_models, lambda q: q.pop("status")),
        (by_models, lambda q: q["item"][0].pop("linkId")),
        (by_models, lambda q: q["item"][0].pop("type")),
        (by_models, lambda q: q["item"][0]["item"][0].update(repeats="true")),
        (by_models, lambda q: q["item"][1]["item"][0]["enableWhen"][0].pop("question")),
        (by_models, lambda q: q["item"][0]["item"][0]["answerOption"][0].pop("valueCoding")),
    ],
)
def test_the_validators_find_a_planted_error(judge: Judge, spoil: Edit) -> None:
    """A validator that never complains would prove nothing."""
    spoilt = deepcopy(QUESTIONNAIRE)
    spoil(spoilt)
    assert judge(spoilt) != []


def test_groups_and_questions_are_in_the_order_of_the_file() -> None:
    """Link ids are the ids of questions.yaml."""
    groups = {group["linkId"]: [item["linkId"] for item in group["item"]] for group in QUESTIONNAIRE["item"]}
    assert list(groups.items()) == [
        ("symptoms", [item.id for item in FIXTURE.symptoms]),
        ("follow-up", ["duration", "pain-areas", "most-in-the-way"]),
        ("factors", [item.id for item in FIXTURE.factors]),
    ]


def test_every_question_is_an_optional_choice_and_only_where_it_hurts_may_repeat() -> None:
    """Any question can be skipped."""
    questions = [item for item in items(QUESTIONNAIRE) if item["type"] != "group"]
    assert {item["type"] for item in questions} == {"choice"}
    assert {item["required"] for item in items(QUESTIONNAIRE)} == {False}
    assert [item["linkId"] for item in questions if item.get("repeats")] == ["pain-areas"]


def test_several_answers_have_check_boxes_and_one_answer_radio_buttons() -> None:
    """The itemControl extension."""
    for item in (each for each in items(QUESTIONNAIRE) if each["type"] == "choice"):
        control = item["extension"][0]
        assert control["url"] == "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
        code = control["valueCodeableConcept"]["coding"][0]["code"]
        assert code == ("check-box" if item.get("repeats") else "radio-button")


def test_every_answer_has_the_clinics_own_code_and_no_diagnosis_code() -> None:
    """One system for all answers; nothing of SNOMED, ICD or LOINC, no value set, no minOccurs."""
    options = [option for item in items(QUESTIONNAIRE) for option in item.get("answerOption", [])]
    assert {option["valueCoding"]["system"] for option in options} == {answer_system(FIXTURE)}
    text = to_json(QUESTIONNAIRE).lower()
    for unwanted in ("snomed", "loinc.org", "icd-10", "valueset", "minoccurs", "maxoccurs"):
        assert unwanted not in text


def test_a_symptom_offers_its_four_answers_and_a_factor_three() -> None:
    """In the order in which they are asked."""
    codes = {
        item["linkId"]: [each["valueCoding"]["code"] for each in item["answerOption"]]
        for item in items(QUESTIONNAIRE)
        if item["type"] == "choice"
    }
    for item in FIXTURE.symptoms:
        assert codes[item.id] == ["most-days", "sometimes", "no", "not-sure"]
    for item in FIXTURE.factors:
        assert codes[item.id] == ["yes", "no", "not-sure"]
    assert codes["most-in-the-way"] == [*(item.id for item in FIXTURE.symptoms), "not-sure"]


@pytest.mark.parametrize("name", ["fixture", "three languages"])
def test_every_text_is_in_the_first_language_and_translated_into_the_others(name: str) -> None:
    """Titles, texts and displays: everything that patients read."""
    content = CONTENTS[name]
    seen = set()
    for part in objects(questionnaire(content)):
        for key in {"title", "text", "display"} & part.keys():
            beside = part.get(f"_{key}")
            if beside is None or not isinstance(part[key], str):
                continue
            told = [{each["url"]: each for each in one["extension"]} for one in beside["extension"]]
            assert {one["url"] for one in beside["extension"]} == {TRANSLATION}
            assert [one["lang"]["valueCode"] for one in told] == list(content.languages)[1:]
            seen.add((part[key], *(one["content"]["valueString"] for one in told)))
    for asked in content.questions:
        for text in (asked.ask, *(choice.label for choice in asked.choices)):
            assert tuple(text.values()) in seen
    assert tuple(content.welcome.title.values()) in seen


def test_only_control_codes_and_translations_themselves_have_no_translation() -> None:
    """Texts without a translation are translations themselves, or HL7's names."""
    untranslated = {
        part[key]
        for part in objects(QUESTIONNAIRE)
        for key in ("title", "text", "display")
        if isinstance(part.get(key), str) and f"_{key}" not in part
    }
    assert untranslated == {"Radio Button", "Check-box"}


def test_one_language_needs_no_translations() -> None:
    """A questionnaire in Spanish only is a Spanish resource."""
    resource = questionnaire(CONTENTS["one language"])
    assert resource["language"] == "es"
    assert TRANSLATION not in to_json(resource)


def test_it_is_a_draft_until_the_clinic_has_approved_the_wording() -> None:
    """In agreement with the small print of the summary."""
    assert QUESTIONNAIRE["status"] == "draft"
    approved = FIXTURE._replace(approval=Approval("Dr. A. Person", "2026-11-30"))
    assert questionnaire(approved)["status"] == "active"


@every_content
def test_the_narrative_is_well_formed_and_has_every_question_and_answer(name: str) -> None:
    """Even if the words look like markup."""
    content = CONTENTS[name]
    language = next(iter(content.languages))
    said = words_of(read_narrative(questionnaire(content)))
    for asked in content.questions:
        for text in (asked.ask, asked.term, *(choice.label for choice in asked.choices)):
            assert text[language] in said
    assert content.words.not_a_diagnosis[language] in said


@pytest.mark.parametrize("name", ["fixture", "odd follow-ups"])
def test_another_system_asks_at_least_what_we_ask_for_every_set_of_marked_symptoms(name: str) -> None:
    """EnableWhen asks every question that we ask, and no more if one marked symptom is enough for it."""
    content = CONTENTS[name]
    resource = questionnaire(content)
    items_asked = next(group for group in resource["item"] if group["linkId"] == "follow-up")["item"]
    exact = {each.id for each in content.follow_ups if each.at_least == 1}
    for number, marked in enumerate(product((True, False), repeat=len(content.symptoms))):
        interview = Interview(content)
        for is_marked in marked:
            answer = ("most-days", "sometimes") if is_marked else ("no", "not-sure")
            interview.take(Give(answer[number % 2]) if is_marked or number % 3 else Skip())
        record = write_response(Record(interview.answers, "en", AUTHORED, IDENTIFIER), content)
        theirs = {item["linkId"] for item in items_asked if is_enabled(item, record)}
        ours = {each.id for each in interview.asked if each in content.follow_ups}
        assert ours <= theirs
        assert theirs & exact == ours & exact


@every_content
def test_a_renderer_keeps_every_answer_that_it_loads(name: str) -> None:
    """No expression runs while it loads: Smart Forms drops an answer when its options change then."""
    text = to_json(questionnaire(CONTENTS[name]))
    for unwanted in ("ToggleExpression", "valueExpression", "fhirpath", "initialExpression"):
        assert unwanted not in text


@every_content
def test_no_extension_has_a_translated_value(name: str) -> None:
    """Strict Python readers refuse an extension of a value inside an extension; translations have none."""
    for part in objects(questionnaire(CONTENTS[name])):
        for extension in part.get("extension", []):
            assert not [key for key in extension if key.startswith("_")]
    short = question("sleep")["extension"][1]
    assert short["valueString"] == FIXTURE.question("sleep").term["en"]


def test_a_catalogue_can_list_it() -> None:
    """What HL7's profiles for shared questionnaires ask for, and the day of approval once there is one."""
    wanted = {"experimental": False, "subjectType": ["Patient"], "publisher": FIXTURE.clinic.name}
    assert wanted.items() <= QUESTIONNAIRE.items()
    assert QUESTIONNAIRE["name"] == "FibromyalgiaSelfCheck"
    assert QUESTIONNAIRE["description"] == FIXTURE.welcome.purpose["en"]
    assert (QUESTIONNAIRE["date"], "approvalDate" in QUESTIONNAIRE) == ("2026-11", False)
    approved = questionnaire(FIXTURE._replace(approval=Approval("Dr. A. Person", "2026-12-01")))
    assert (approved["date"], approved["approvalDate"]) == ("2026-12-01", "2026-12-01")


@pytest.mark.parametrize(
    ("version", "date"), [("2026.1.0", "2026-01"), ("2026.13", None), ("3", None), ("2026.110", None)]
)
def test_the_month_of_a_version_is_its_date_until_it_is_approved(version: str, date: str | None) -> None:
    """Other versions say nothing about when they were written."""
    assert questionnaire(FIXTURE._replace(version=version)).get("date") == date


@pytest.mark.parametrize(
    ("content_id", "name"),
    [("low-back-pain", "LowBackPain"), ("7-questions", "Q7Questions"), ("a", "A"), ("a1", "A1")],
)
def test_the_name_for_programs_is_made_of_the_id(content_id: str, name: str) -> None:
    """A capital letter, then letters and digits."""
    assert questionnaire(FIXTURE._replace(id=content_id))["name"] == name


def test_every_follow_up_says_when_it_is_asked() -> None:
    """By enableWhen, which every R4 system understands."""
    for follow_up in FIXTURE.follow_ups:
        assert question(follow_up.id)["enableWhen"]
        assert question(follow_up.id)["enableBehavior"] == "any"


def test_the_json_is_stable_and_readable() -> None:
    """The same content gives the same bytes, in UTF-8, indented by two spaces, with a final newline."""
    text = to_json(QUESTIONNAIRE)
    assert text == to_json(questionnaire(FIXTURE))
    assert json.loads(text) == QUESTIONNAIRE
    assert text.startswith('{\n  "resourceType": "Questionnaire",\n  "language": "en",\n')
    assert text.endswith("}\n")
    assert "Rigidez por la mañana" in text
