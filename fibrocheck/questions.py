"""Which questions are asked, and what may answer them.

The one place that decides both. Codes only: no language, file, terminal or clock is known here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fibrocheck.content.kinds.table import KINDS
from fibrocheck.content.model import MARKING_ANSWERS, Content, FollowUp, Item, Question, Text

if TYPE_CHECKING:
    from fibrocheck.content.kinds.kind import Kind

Answer = str | tuple[str, ...]
"""One code, or for a question with several choices the chosen codes in the file's order."""
Answers = Mapping[str, Answer]
"""Answers by question id. A question that was skipped, or never asked, is missing."""


def is_marked(answer: Answer | None) -> bool:
    """Return whether an answer marks its item. Neither "not sure" nor a missing answer does."""
    return answer in MARKING_ANSWERS


def marked_symptoms(content: Content, answers: Answers) -> tuple[Item, ...]:
    """Return the symptoms marked so far, in the questionnaire's order."""
    return tuple(item for item in content.symptoms if is_marked(answers.get(item.id)))


def is_asked(follow_up: FollowUp, content: Content, answers: Answers) -> bool:
    """Return whether enough of the symptoms that a follow-up is about are marked."""
    reasons = [
        item
        for item in marked_symptoms(content, answers)
        if not follow_up.if_marked or item.id in follow_up.if_marked
    ]
    return len(reasons) >= follow_up.at_least


def asked_questions(content: Content, answers: Answers) -> tuple[Question, ...]:
    """Return the questions to ask, given these answers: all items, and the follow-ups with a reason."""
    follow_ups = (each for each in content.follow_ups if is_asked(each, content, answers))
    return (*content.symptoms, *follow_ups, *content.factors)


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

    Where a follow-up offers the marked symptoms, only those that `answers` marks are among them.
    """
    if not (isinstance(question, FollowUp) and question.offer_marked):
        return tuple(labels(question, content))
    marked = {item.id for item in marked_symptoms(content, answers)}
    unmarked = {item.id for item in content.symptoms} - marked
    return tuple(code for code in labels(question, content) if code not in unmarked)


def chosen(answer: Answer) -> tuple[str, ...]:
    """Return the codes of an answer; one code is a tuple of one."""
    return (answer,) if isinstance(answer, str) else answer


def checked(question: Question, answer: Answer, content: Content, answers: Answers) -> Answer:
    """Return an answer as it is kept: several codes in the questionnaire's order.

    `ValueError` unless it is one of the answers offered, given what else was answered.
    """
    codes, choices = chosen(answer), offered(question, content, answers)
    right_kind = isinstance(answer, tuple) is takes_several(question)
    if not right_kind or not codes or not set(codes) <= set(choices):
        raise ValueError(f"not an answer to {question.id}")
    return tuple(code for code in choices if code in codes) if takes_several(question) else codes[0]
