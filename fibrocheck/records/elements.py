"""FHIR elements that both resources contain: groups of questions, translated texts, codings of answers."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from fibrocheck.content.model import FACTOR, FOLLOW_UP, SECTION_IDS, SYMPTOM, Content, Question
from fibrocheck.content.text import Text
from fibrocheck.questions import labels
from fibrocheck.records.addresses import answer_system
from fibrocheck.records.strict_json import Decimal
from fibrocheck.text_safety import hidden_in

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, in the form that JSON gives it."""

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


class QuestionGroup(NamedTuple):
    """The questions of one part of the questionnaire, under a title: a FHIR item of type group."""

    link_id: str
    title: Text
    questions: tuple[Question, ...]


def section_titles(content: Content) -> dict[str, Text]:
    """Return the title of every section that a record can have, by link id, in order."""
    words = content.words
    titles = {SYMPTOM: words.symptoms, FOLLOW_UP: words.follow_ups, FACTOR: words.factors}
    return {SECTION_IDS[part]: title for part, title in titles.items()}


def question_groups(content: Content) -> tuple[QuestionGroup, ...]:
    """Return the groups, in order. Empty ones are left out: FHIR does not allow them."""
    questions: tuple[tuple[Question, ...], ...] = (content.symptoms, content.follow_ups, content.factors)
    titles = section_titles(content).items()
    groups = (QuestionGroup(*title, asked) for title, asked in zip(titles, questions, strict=True))
    return tuple(group for group in groups if group.questions)


def base_language(content: Content) -> str:
    """Return the language of a resource's own texts; the other languages are translations of them."""
    return next(iter(content.languages))


def in_every_language(key: str, text: Text, content: Content) -> Resource:
    """Return a text under its key in the base language, with the other languages as translations of it."""
    base, *others = content.languages
    words: Resource = {key: text[base]}
    if others:
        words[f"_{key}"] = {"extension": [_translation(language, text[language]) for language in others]}
    return words


def translations(beside: object) -> Mapping[str, str]:
    """Return the translations in what FHIR has beside a text, by language; other extensions are ignored."""
    extensions = beside.get("extension") if isinstance(beside, dict) else None
    found = {}
    for each in extensions if isinstance(extensions, list) else ():
        if isinstance(each, dict) and each.get("url") == TRANSLATION:
            language, words = (_value(each, url, key) for url, key in _TRANSLATION_PARTS)
            if language and words:
                found[language] = words
    return found


def codings(question: Question, content: Content) -> dict[str, Resource]:
    """Return the Coding of every answer that a question can ever have, by code, in order."""
    return {
        code: {"system": answer_system(content), "code": code, **in_every_language("display", label, content)}
        for code, label in labels(question, content).items()
    }


def to_json(resource: Resource) -> str:
    """Return a resource as the text of a file. The same resource always gives the same text.

    Numbers that were read keep their digits. Hidden characters are escaped: the text can be shown.
    """
    text = json.dumps(_with_digits(resource), ensure_ascii=False, indent=2, allow_nan=False)
    text = _DIGITS.sub(r"\1", text)
    for character in hidden_in(text) - {"\n"}:
        text = text.replace(character, json.dumps(character)[1:-1])
    return f"{text}\n"


_DIGITS = re.compile(r'"\\u0000([-+.0-9eE]+)"')
"""A number among the texts of `_with_digits`: Python writes no float with digits of our choice."""


def _with_digits(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_digits(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_digits(each) for each in value]
    return f"\0{value.digits}" if isinstance(value, Decimal) else value


_TRANSLATION_PARTS = (("lang", "valueCode"), ("content", "valueString"))


def _translation(language: str, words: str) -> Resource:
    values = (language, words)
    parts = [{"url": url, key: value} for (url, key), value in zip(_TRANSLATION_PARTS, values, strict=True)]
    return {"url": TRANSLATION, "extension": parts}


def _value(extension: Resource, url: str, key: str) -> str:
    """Return a text inside an extension that has several parts, or nothing."""
    parts = extension.get("extension")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and part.get("url") == url and isinstance(part.get(key), str):
            return str(part[key])
    return ""
