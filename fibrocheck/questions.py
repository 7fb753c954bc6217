"""Which questions are asked, and what may answer them. Only this module decides either.

Works with codes. Knows no language, file, terminal or clock.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from fibrocheck.content.kinds.table import KINDS
from fibrocheck.content.model import MARKING_ANSWERS, Content, FollowUp, Item, Question
from fibrocheck.content.text import Text

if TYPE_CHECKING:
    from fibrocheck.content.kinds.kind import Kind

Answer = str | tuple[str, ...]
"""One code, or for a question with several choices the chosen codes in the file's order."""
Answers = Mapping[str, Answer]
"""Answers by question id, without questions that were skipped or never asked."""


def is_marked(answer: Answer | None) -> bool:
    """Return whether an answer marks its item. Neither "not sure" nor a missing answer does."""
    return answer in MARKING_ANSWERS


def reasons(follow_up: FollowUp, content: Content) -> tuple[Item, ...]:
    """Return the symptoms that a follow-up is about, in the questionnaire's order."""
    named = follow_up.if_marked
    return tuple(item for item in content.symptoms if not named or item.id in named)


def is_asked(follow_up: FollowUp, content: Content, answers: Answers) -> bool:
    """Return whether enough of the symptoms that a follow-up is about are marked."""
    marked = [item for item in reasons(follow_up, content) if is_marked(answers.get(item.id))]
    return len(marked) >= follow_up.at_least


def asked_questions(content: Content, answers: Answers) -> tuple[Question, ...]:
    """Return the questions to ask, given these answers: all items, and the follow-ups with a reason."""
    follow_ups = (each for each in content.follow_ups if is_asked(each, content, answers))
    return (*content.symptoms, *follow_ups, *content.factors)


def open_questions(content: Content, answers: Answers, skipped: Collection[str]) -> tuple[Question, ...]:
    """Return the questions that nobody has asked yet: to be asked, and neither answered nor skipped."""
    asked = asked_questions(content, answers)
    return tuple(each for each in asked if each.id not in answers and each.id not in skipped)


def kind_of(question: Question) -> "Kind":
    """Return the kind of a question."""
    return KINDS[question.kind]


def takes_several(question: Question) -> bool:
    """Return whether several choices may answer a question."""
    return kind_of(question).several


def labels(question: Question, content: Content) -> dict[str, Text]:
    """Return every code that can ever answer a question, in order, with its words."""
    return kind_of(question).labels(question, content)


def offered(question: Question, content: Content, answers: Answers) -> tuple[str, ...]:
    """Return the codes that may answer a question now, in order.

    If a follow-up offers the marked symptoms, those that `answers` does not mark are left out.
    """
    own = {choice.id for choice in question.choices}
    codes = labels(question, content)
    return tuple(code for code in codes if code in own or is_marked(answers.get(code)))


def chosen(answer: Answer) -> tuple[str, ...]:
    """Return the codes of an answer; one code is a tuple of one."""
    return (answer,) if isinstance(answer, str) else answer


def checked(question: Question, answer: Answer, content: Content, answers: Answers) -> Answer:
    """Return an answer as it is kept: one code, or several in the questionnaire's order.

    `ValueError` if it is empty, of the wrong type, or not offered given what else was answered.
    """
    several, codes = takes_several(question), chosen(answer)
    choices = offered(question, content, answers)
    if isinstance(answer, tuple) is not several or not codes or not set(codes) <= set(choices):
        raise ValueError(f"not an answer to {question.id}")
    return tuple(code for code in choices if code in codes) if several else answer


def has_sensitive(content: Content) -> bool:
    """Return whether the questionnaire has questions that are marked as sensitive."""
    return any(is_sensitive(question) for question in content.questions)


def without_sensitive(content: Content, answers: Answers) -> Answers:
    """Return the answers without those to sensitive questions, as if these had been skipped."""
    sensitive = {question.id for question in content.questions if is_sensitive(question)}
    return {id_: answer for id_, answer in answers.items() if id_ not in sensitive}


def is_sensitive(question: Question) -> bool:
    """Return whether a question is marked as sensitive. Follow-ups never are."""
    return isinstance(question, Item) and question.sensitive
