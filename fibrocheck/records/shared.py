"""What both resources are made of: sections, words in every language, and the codings of answers."""

import json
from typing import Any, NamedTuple

from fibrocheck.content.model import Content, Question, Text
from fibrocheck.questions import labels

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, as JSON has it."""

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


class Section(NamedTuple):
    """A group of questions. Its link id is part of every saved record and never changes."""

    link_id: str
    title: Text
    questions: tuple[Question, ...]


def sections(content: Content) -> tuple[Section, ...]:
    """The groups of the questionnaire; one without questions is left out, as FHIR allows no empty group."""
    every = (
        Section("symptoms", content.words.symptoms, content.symptoms),
        Section("follow-up", content.words.follow_ups, content.follow_ups),
        Section("factors", content.words.factors, content.factors),
    )
    return tuple(section for section in every if section.questions)


def base_language(content: Content) -> str:
    """The language in which a resource is written; the others stand beside it as translations."""
    return next(iter(content.languages))


def canonical(content: Content) -> str:
    """What a record names its questionnaire by: the address and the version."""
    return f"{content.url}|{content.version}"


def answer_system(content: Content) -> str:
    """The address that all answer codes belong to.

    They are the clinic's own. A SNOMED or ICD code on an answer would read as a diagnosis.
    """
    return f"{content.url}/answers"


def in_every_language(key: str, text: Text, content: Content) -> Resource:
    """A text under its key in the base language, with the other languages as translations of it."""
    base, *others = content.languages
    words: Resource = {key: text[base]}
    if others:
        words[f"_{key}"] = {"extension": [_translation(language, text[language]) for language in others]}
    return words


def options(question: Question, content: Content) -> dict[str, Resource]:
    """Every answer that a question can ever have: its Coding by its code, in the order of the choices."""
    return {
        code: {"system": answer_system(content), "code": code, **in_every_language("display", label, content)}
        for code, label in labels(question, content).items()
    }


def to_json(resource: Resource) -> str:
    """A resource as the text of a file, its keys always in the same order."""
    return json.dumps(resource, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _translation(language: str, words: str) -> Resource:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": words}]
    return {"url": TRANSLATION, "extension": parts}
