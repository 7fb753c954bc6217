"""Questionnaires of every size and kind, and answers to them."""

from datetime import date

from hypothesis import strategies as st

from fibrocheck.content.model import (
    FACTOR,
    FACTOR_ANSWERS,
    FOLLOW_UP,
    ONE_CHOICE,
    SEVERAL_CHOICES,
    SYMPTOM,
    SYMPTOM_ANSWERS,
    Choice,
    Content,
    FollowUp,
    Item,
)
from fibrocheck.questions import Answer, Answers, asked_questions, offered, takes_several
from tests.fixture import questionnaire

FIXTURE = questionnaire()
TODAY = date(2026, 11, 30)
LETTERS = {"en": "x", "es": "x"}


def item(name: str, part: str, codes: tuple[str, ...]) -> Item:
    """Return a symptom or a factor with these answers."""
    words = FIXTURE.symptoms[0]
    choices = tuple(Choice(code, LETTERS) for code in codes)
    return words._replace(id=name, part=part, choices=choices)


@st.composite
def questionnaires(draw: st.DrawFn) -> Content:
    """Draw a questionnaire of up to forty items with up to five follow-ups, in up to four languages."""
    symptoms = [item(f"s{at}", SYMPTOM, SYMPTOM_ANSWERS) for at in range(draw(st.integers(1, 20)))]
    factors = [item(f"f{at}", FACTOR, FACTOR_ANSWERS) for at in range(draw(st.integers(0, 20)))]
    follow_ups = [draw(_follow_ups(f"u{at}", symptoms)) for at in range(draw(st.integers(0, 5)))]
    codes = ("en", "es", "zh-Hant", "ht")[: draw(st.integers(1, 4))]
    return FIXTURE._replace(
        symptoms=tuple(symptoms),
        factors=tuple(factors),
        follow_ups=tuple(follow_ups),
        languages={code: code for code in codes},
    )


@st.composite
def _follow_ups(draw: st.DrawFn, name: str, symptoms: list[Item]) -> FollowUp:
    named = draw(st.lists(st.sampled_from([each.id for each in symptoms]), unique=True, max_size=4))
    choices = tuple(Choice(f"c{at}", LETTERS) for at in range(draw(st.integers(1, 20))))
    return FollowUp(
        name,
        LETTERS,
        LETTERS,
        LETTERS,
        choices,
        kind=draw(st.sampled_from([ONE_CHOICE, SEVERAL_CHOICES])),
        if_marked=tuple(named),
        at_least=draw(st.integers(1, max(len(named), 1))),
        offer_marked=draw(st.booleans()),
        part=FOLLOW_UP,
    )


@st.composite
def answers_to(draw: st.DrawFn, content: Content) -> Answers:
    """Draw answers to any of the questions that are asked."""
    found: dict[str, Answer] = {}
    for question in content.questions:
        asked = question in asked_questions(content, found)
        codes = offered(question, content, found) if asked else ()
        if not codes or draw(st.booleans()):
            continue
        if takes_several(question):
            some = draw(st.sets(st.sampled_from(codes), min_size=1))
            found[question.id] = tuple(code for code in codes if code in some)
        else:
            found[question.id] = draw(st.sampled_from(codes))
    return found


def everything(content: Content) -> dict[str, Answer]:
    """Return the last answer to every question that is asked when all symptoms are marked."""
    found: dict[str, Answer] = {each.id: "sometimes" for each in content.symptoms}
    for question in asked_questions(content, found):
        codes = offered(question, content, found)
        found.setdefault(question.id, codes if takes_several(question) else codes[-1])
    return found
