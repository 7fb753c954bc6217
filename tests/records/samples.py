"""Questionnaires of many kinds, and random interviews through them."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from fibrocheck.content.model import Choice, Content, FollowUp, Question
from fibrocheck.interview import Back, Give, Interview, Move, Skip
from fibrocheck.questions import Answer, Answers, takes_several
from tests.fixture import questionnaire

Json = Any
"""Any JSON value whose type the test knows."""
Resource = dict[str, Any]

AUTHORED = datetime(2026, 11, 30, 9, 15, 30, tzinfo=timezone(timedelta(hours=-5)))
IDENTIFIER = uuid.UUID("0f6b1a52-3b52-4a7e-9f5c-6f0e5f1b2c3d")
ANSWERS: dict[str, Answer] = {
    "muscle-pain": "most-days",
    "sleep": "sometimes",
    "headaches": "no",
    "brain-fog": "not-sure",
    "duration": "over-2-years",
    "pain-areas": ("neck", "hands"),
    "most-in-the-way": "sleep",
    "viral-illness": "yes",
    "autoimmune": "not-sure",
}


def reworded(content: Content, words: Callable[[Mapping[str, str]], dict[str, str]]) -> Content:
    """Return the questionnaire with every text changed."""

    def walk(value: Json) -> Json:
        if isinstance(value, tuple):
            return getattr(value, "_make", tuple)(walk(each) for each in value)
        if isinstance(value, Mapping) and value.keys() == content.languages.keys():
            return words(value)
        return {key: walk(each) for key, each in value.items()} if isinstance(value, Mapping) else value

    changed: Content = walk(content)
    return changed._replace(languages=words(content.languages))


def _odd_follow_ups(content: Content) -> Content:
    """Return follow-ups with rules that the fixture lacks: several symptoms chosen, and three of four."""
    ids = tuple(item.id for item in content.symptoms)
    first = content.follow_ups[0]
    asks = [dict.fromkeys(content.languages, f"Odd question {number}?") for number in range(3)]
    odd = (
        first._replace(id="which-ones", ask=asks[0], kind="several-choices", offer_marked=True),
        first._replace(id="three-of-four", ask=asks[1], if_marked=ids[:4], at_least=3),
        FollowUp("or-none", first.term, asks[2], first.why, (Choice("none", first.term),), offer_marked=True),
    )
    return content._replace(follow_ups=odd)


def _one_of_each(content: Content) -> Content:
    """Return two symptoms, one factor, and the follow-ups with their first two choices."""
    shorter = tuple(
        each._replace(choices=each.choices[:2], if_marked=each.if_marked[:1]) for each in content.follow_ups
    )
    return content._replace(symptoms=content.symptoms[:2], follow_ups=shorter, factors=content.factors[:1])


FIXTURE = questionnaire()
CONTENTS = {
    "fixture": FIXTURE,
    "one language": FIXTURE._replace(languages={"es": "Español"}),
    "three languages": reworded(FIXTURE, lambda text: {**text, "zh-Hant": f"中 {text['en']}"}),
    "markup in the words": reworded(
        FIXTURE, lambda text: {each: f'</div><b>{words} & "it\'s" ]]> \\n' for each, words in text.items()}
    ),
    "symptoms only": FIXTURE._replace(symptoms=FIXTURE.symptoms[:1], follow_ups=(), factors=()),
    "odd follow-ups": _odd_follow_ups(FIXTURE),
    "one of each": _one_of_each(FIXTURE),
    "an address with a bar": FIXTURE._replace(url="https://clinic.org/a|b", version="3"),
}


@st.composite
def interviews(draw: st.DrawFn, content: Content = FIXTURE) -> Answers:
    """Draw the answers of a person who skips, goes back and changes answers before the end."""
    interview = Interview(content)
    for _ in range(60):
        if interview.current is None:
            break
        interview.take(draw(_moves(interview, interview.current)))
    for question in draw(st.lists(st.sampled_from(content.questions), max_size=3)):
        if interview.current is None and question in interview.asked:
            interview.change(question.id)
            interview.take(draw(_moves(interview, question)))
    return interview.answers


def _moves(interview: Interview, question: Question) -> st.SearchStrategy[Move]:
    choices = interview.choices(question)
    one = st.sampled_from(choices).map(Give)
    if takes_several(question):
        one = st.lists(st.sampled_from(choices), min_size=1, unique=True).map(tuple).map(Give)
    return st.one_of(one, one, one, one, st.just(Skip()), st.just(Back()))
