"""What the items of a record say, whatever questionnaire it belongs to: questions, codes and their words."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from fibrocheck.content.model import SECTION_IDS, Content
from fibrocheck.records.addresses import ANSWERS, is_address
from fibrocheck.records.element_types import ANSWER, CODING, GROUP, QUESTION, ElementType, checked_element
from fibrocheck.records.elements import translations
from fibrocheck.records.record import RecordError
from fibrocheck.records.strict_json import Repeated
from fibrocheck.text_safety import first_hidden, quoted

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


class OwnWords(NamedTuple):
    """A text as the record has it: in the language that it was written in, and translated."""

    base: str
    translated: Mapping[str, str]


class GivenAnswer(NamedTuple):
    """A code in a record, and its words if there are any."""

    code: str
    words: OwnWords | None


class GivenQuestion(NamedTuple):
    """A question in a record, with its section, its words if there are any, and its answers."""

    section: str
    id: str
    words: OwnWords | None
    answers: tuple[GivenAnswer, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its answers."""
        return tuple(answer.code for answer in self.answers)


class GivenSection(NamedTuple):
    """A section in a record, with its words if there are any."""

    id: str
    words: OwnWords | None
    questions: tuple[GivenQuestion, ...]


def read_items(items: list[Any], content: Content, repeated: Repeated) -> tuple[GivenSection, ...]:
    """Return the sections of a record, and their questions.

    A question that another system kept without an answer was skipped; it never counts as "no".

    Raises `RecordError` for an element of a wrong type, an unknown section, something that is there twice,
    and a code of another system.
    """
    sections = tuple(_section(item, content, repeated) for item in items)
    _check_once([section.id for section in sections], "section")
    _check_once([each.id for section in sections for each in section.questions], "question")
    return sections


def named(link_id: str) -> str:
    """Return a link id for use inside a message: in quotes, unless it has the form of our own ids."""
    return link_id if _ID.fullmatch(link_id) else quoted(link_id)


def _section(item: object, content: Content, repeated: Repeated) -> GivenSection:
    link_id = item.get("linkId") if isinstance(item, dict) else None
    # Before the type: a question in place of a section is best described by where it belongs.
    if isinstance(link_id, str) and link_id and link_id not in SECTION_IDS.values():
        raise RecordError(_unknown_section(link_id, content))
    group = _element(item, GROUP, "section")
    return GivenSection(
        group["linkId"],
        _words(group, "text", f"the section {group['linkId']}"),
        tuple(_questions(group, content, repeated)),
    )


def _unknown_section(link_id: str, content: Content) -> str:
    for question in content.questions:
        if question.id == link_id:
            belongs = SECTION_IDS[question.part]
            return f"the question {link_id} is outside its section, but belongs in {belongs}"
    return f"the record has the section {quoted(link_id)}, which this questionnaire does not have"


def _questions(group: dict[str, Any], content: Content, repeated: Repeated) -> Iterator[GivenQuestion]:
    """Yield the questions of a section."""
    section = group["linkId"]
    for each in group.get("item", []):
        yield repeated.once(section, each, partial(_question, each, section, content))


def _question(element: object, section: str, content: Content) -> GivenQuestion:
    item = _element(element, QUESTION, "question")
    link_id = item["linkId"]
    answers = tuple(_answer(answer, link_id, content) for answer in item.get("answer", []))
    _check_answers_once(link_id, answers)
    words = _words(item, "text", f"the question {named(link_id)}")
    return GivenQuestion(section, link_id, words, answers)


def _answer(value: object, link_id: str, content: Content) -> GivenAnswer:
    where = f"the answer to {named(link_id)}"
    coding = checked_element(checked_element(value, ANSWER, where)["valueCoding"], CODING, where)
    if not is_address(coding["system"], content, ANSWERS):
        raise RecordError(f"{where} has a code from another system")
    return GivenAnswer(coding["code"], _words(coding, "display", where))


def _element(item: object, wanted: ElementType, thing: str) -> dict[str, Any]:
    """Return an item, after checking its type; it is named by its link id if it has one."""
    link_id = item.get("linkId") if isinstance(item, dict) else None
    shown = f"the {thing} {named(link_id)}" if isinstance(link_id, str) and link_id else ""
    return checked_element(item, wanted, shown or f"a {thing} of the record")


def _words(element: dict[str, Any], key: str, where: str) -> OwnWords | None:
    base, translated = element.get(key), translations(element.get(f"_{key}"))
    if base is None:
        return None
    if any(first_hidden(words) for words in (base, *translated.values())):
        raise RecordError(f"{where} has a hidden character in its words")
    return OwnWords(base, translated)


def _check_answers_once(link_id: str, answers: tuple[GivenAnswer, ...]) -> None:
    codes = [answer.code for answer in answers]
    if len(set(codes)) != len(codes):
        raise RecordError(f"the question {named(link_id)} has the same answer twice")


def _check_once(link_ids: list[str], thing: str) -> None:
    for number, link_id in enumerate(link_ids):
        if link_id in link_ids[:number]:
            raise RecordError(f"the record has the {thing} {named(link_id)} twice")
