"""FHIR elements that both resources contain: groups of questions, translated texts, codings of answers."""

import json
from typing import Any, NamedTuple

from fibrocheck.content.model import FACTOR, FOLLOW_UP, SECTION_IDS, SYMPTOM, Content, Question, Text
from fibrocheck.questions import labels

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, in the form that JSON gives it."""

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


class QuestionGroup(NamedTuple):
    """The questions of one part of the questionnaire, under a title: a FHIR item of type group."""

    link_id: str
    title: Text
    questions: tuple[Question, ...]


def question_groups(content: Content) -> tuple[QuestionGroup, ...]:
    """Return the groups, in order. Empty ones are left out: FHIR does not allow them."""
    words = content.words
    groups = (
        QuestionGroup(SECTION_IDS[SYMPTOM], words.symptoms, content.symptoms),
        QuestionGroup(SECTION_IDS[FOLLOW_UP], words.follow_ups, content.follow_ups),
        QuestionGroup(SECTION_IDS[FACTOR], words.factors, content.factors),
    )
    return tuple(group for group in groups if group.questions)


def base_language(content: Content) -> str:
    """Return the language of a resource's own texts; the other languages are translations of them."""
    return next(iter(content.languages))


def canonical(content: Content) -> str:
    """Return the address and version by which a record names its questionnaire."""
    return f"{content.url}|{content.version}"


def answer_system(content: Content) -> str:
    """Return the code system of all answer codes.

    The codes are the clinic's own. A SNOMED or ICD code on an answer would read as a diagnosis.
    """
    return f"{content.url}/answers"


def in_every_language(key: str, text: Text, content: Content) -> Resource:
    """Return a text under its key in the base language, with the other languages as translations of it."""
    base, *others = content.languages
    words: Resource = {key: text[base]}
    if others:
        words[f"_{key}"] = {"extension": [_translation(language, text[language]) for language in others]}
    return words


def codings(question: Question, content: Content) -> dict[str, Resource]:
    """Return the Coding of every answer that a question can ever have, by code, in order."""
    return {
        code: {"system": answer_system(content), "code": code, **in_every_language("display", label, content)}
        for code, label in labels(question, content).items()
    }


def to_json(resource: Resource) -> str:
    """Return a resource as the text of a file. The same resource always gives the same text."""
    return json.dumps(resource, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _translation(language: str, words: str) -> Resource:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": words}]
    return {"url": TRANSLATION, "extension": parts}
