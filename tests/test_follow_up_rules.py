"""Follow-ups during an interview: when an answer stays, and when it goes with its reason."""

import pytest

from fibrocheck.interview import Give, Interview, Skip
from fibrocheck.questions import Answer
from tests.fixture import questionnaire

CONTENT = questionnaire()


def at_the_check_page(**given: Answer) -> Interview:
    """Return an interview with these answers (underscores for hyphens), all other questions skipped."""
    interview = Interview(CONTENT)
    while (question := interview.current) is not None:
        answer = given.get(question.id.replace("-", "_"))
        interview.take(Skip() if answer is None else Give(answer))
    return interview


@pytest.mark.parametrize("number", range(1, len(CONTENT.question("pain-areas").choices) + 1))
def test_an_answer_of_several_choices_stays_when_something_else_changes(number: int) -> None:
    """Whether one choice was taken, several, or all of them."""
    areas = tuple(choice.id for choice in CONTENT.question("pain-areas").choices)[:number]
    interview = at_the_check_page(tenderness="sometimes", pain_areas=areas)
    interview.change("sleep")
    interview.take(Give("no"))
    assert interview.current is None
    assert interview.answers["pain-areas"] == areas


def test_an_offered_symptom_stays_the_answer_while_it_is_marked() -> None:
    """Whether it is marked another way, or another symptom is unmarked."""
    interview = at_the_check_page(
        sleep="sometimes", headaches="sometimes", fatigue="most-days", most_in_the_way="sleep"
    )
    for question, answer in (("sleep", "most-days"), ("fatigue", "no")):
        interview.change(question)
        interview.take(Give(answer))
        assert interview.current is None
    assert interview.answers["most-in-the-way"] == "sleep"
