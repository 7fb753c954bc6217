"""What a visit's answers come back as: each question once, under its own heading, with its own answer."""

from fibrocheck.content.model import FACTOR, FOLLOW_UP, SYMPTOM
from fibrocheck.questions import Answers
from fibrocheck.summary import Answered, Marked, summarise
from tests.fixture import questionnaire

CONTENT = questionnaire()
ITEMS = {item.id: item for item in CONTENT.items}
DURATION, PAIN_AREAS, MOST_IN_THE_WAY = CONTENT.follow_ups
VISIT: Answers = {
    "hormonal": "yes",
    "most-in-the-way": "sleep",
    "pain-areas": ("hands", "feet"),
    "fatigue": "not-sure",
    "sleep": "sometimes",
    "muscle-pain": "most-days",
    "ptsd-emotional": "no",
    "headaches": "no",
}


def test_the_follow_ups_come_back_with_the_answers_given_to_them() -> None:
    """In the questionnaire's order; one that was left out is among the skipped questions instead."""
    summary = summarise(CONTENT, VISIT)
    assert summary.follow_ups == (
        Answered(PAIN_AREAS, ("hands", "feet")),
        Answered(MOST_IN_THE_WAY, "sleep"),
    )
    assert DURATION in summary.skipped


def test_each_item_comes_back_with_the_answer_given_to_it() -> None:
    """Symptoms before factors, whatever the order of the answers."""
    summary = summarise(CONTENT, VISIT)
    assert summary.marked == (
        Marked(ITEMS["muscle-pain"], "most-days"),
        Marked(ITEMS["sleep"], "sometimes"),
        Marked(ITEMS["hormonal"], "yes"),
    )
    assert summary.not_sure == (ITEMS["fatigue"],)
    assert summary.no == (ITEMS["headaches"], ITEMS["ptsd-emotional"])


def test_every_factor_comes_back_in_its_place_with_its_answer_if_it_has_one() -> None:
    """Also those answered No or skipped: what Yes or No means depends on the question."""
    answers = {each.item.id: each.answer for each in summarise(CONTENT, VISIT).factors}
    assert answers == {item.id: VISIT.get(item.id) for item in CONTENT.factors}
    assert list(answers) == [item.id for item in CONTENT.factors]


def test_education_follows_the_questionnaire_and_holds_what_is_not_sure_in_its_place() -> None:
    """What the person is not sure about stays between what they marked."""
    summary = summarise(CONTENT, VISIT)
    assert [each.item.id for each in summary.education] == ["muscle-pain", "fatigue", "sleep", "hormonal"]
    assert [each.answer for each in summary.education] == ["most-days", "not-sure", "sometimes", "yes"]


def test_what_was_skipped_comes_back_in_the_order_of_asking() -> None:
    """Symptoms, then follow-ups that had a reason, then factors."""
    skipped = summarise(CONTENT, VISIT).skipped
    assert [question.id for question in skipped] == [
        "widespread-pain", "tenderness", "morning-stiffness", "brain-fog",
        "duration",
        "viral-illness", "immune-changes", "stress-trauma", "nervous-system", "autoimmune",
    ]  # fmt: skip
    assert [question.part for question in skipped] == [*[SYMPTOM] * 4, FOLLOW_UP, *[FACTOR] * 5]
