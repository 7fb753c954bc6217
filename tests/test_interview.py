"""The interview: forward, back, skip, change; nothing given is lost, nothing is asked without a reason."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fibrocheck.content.model import Content, FollowUp, Question
from fibrocheck.interview import Back, Give, Interview, Skip
from fibrocheck.questions import Answer, is_marked, takes_several
from tests.fixture import questionnaire

CONTENT = questionnaire()


def answer_all(interview: Interview, **given: Answer) -> None:
    """Answer the named questions (underscores for hyphens) and skip the others, up to the check page."""
    while (question := interview.current) is not None:
        answer = given.get(question.id.replace("-", "_"))
        interview.take(Skip() if answer is None else Give(answer))


def checked(**given: Answer) -> Interview:
    """An interview with these answers that has reached the check page."""
    interview = Interview(CONTENT)
    answer_all(interview, **given)
    return interview


def test_a_visit_without_symptoms_asks_fifteen_questions() -> None:
    """Skipping everything leads through the symptoms and the factors, and no follow-up."""
    interview = Interview(CONTENT)
    seen = []
    while interview.current is not None:
        seen.append(interview.current.id)
        interview.take(Skip())
    assert seen == [item.id for item in CONTENT.items]
    assert interview.answers == {}


def test_one_marked_symptom_brings_duration_but_not_what_is_most_in_the_way() -> None:
    """`duration` needs one marked symptom, `most-in-the-way` two, `pain-areas` a painful one."""
    asked = {question.id for question in checked(sleep="sometimes").asked}
    assert "duration" in asked
    assert not {"most-in-the-way", "pain-areas"} & asked
    assert "pain-areas" in {question.id for question in checked(tenderness="most-days").asked}
    assert "most-in-the-way" in {q.id for q in checked(sleep="sometimes", headaches="sometimes").asked}


def test_not_sure_is_no_reason_for_a_follow_up() -> None:
    """Not sure does not mark."""
    assert all(not isinstance(question, FollowUp) for question in checked(sleep="not-sure").asked)


def test_back_keeps_the_answer_that_was_given() -> None:
    """Back returns to the question with its answer still there."""
    interview = Interview(CONTENT)
    interview.take(Give("most-days"))
    interview.take(Back())
    assert interview.current is CONTENT.symptoms[0]
    assert interview.answers == {"muscle-pain": "most-days"}


def test_back_at_the_first_question_stays_there() -> None:
    """There is nothing before the first question; the visit shows its welcome page instead."""
    interview = Interview(CONTENT)
    assert interview.at_start
    interview.take(Back())
    assert interview.current is CONTENT.symptoms[0]


def test_changing_the_only_marked_symptom_to_no_drops_its_follow_ups() -> None:
    """The reason gone, the follow-up's answer goes too, and the check page comes back."""
    interview = checked(tenderness="sometimes", duration="over-2-years", pain_areas=("hands", "feet"))
    interview.change("tenderness")
    interview.take(Give("no"))
    assert interview.current is None
    assert interview.answers == {"tenderness": "no"}


def test_marking_a_symptom_on_the_check_page_asks_what_it_brings() -> None:
    """A new reason asks the new follow-ups, one by one, before the check page comes back."""
    interview = checked(sleep="no")
    interview.change("muscle-pain")
    interview.take(Give("most-days"))
    assert interview.current is not None
    assert interview.current.id == "duration"
    interview.take(Give("under-1-month"))
    assert interview.current.id == "pain-areas"
    interview.take(Give(("jaw",)))
    assert interview.current is None


def test_going_back_from_a_new_follow_up_leaves_it_unanswered() -> None:
    """Back on the check page's behalf returns to it, and does not ask again."""
    interview = checked(sleep="no")
    interview.change("sleep")
    interview.take(Give("most-days"))
    interview.take(Back())
    assert interview.current is None
    assert interview.answers == {"sleep": "most-days"}


def test_what_is_most_in_the_way_is_asked_again_when_its_symptom_is_unmarked() -> None:
    """An answer that is no longer among the choices is dropped, and the question comes back."""
    interview = checked(
        sleep="sometimes", headaches="sometimes", fatigue="most-days", most_in_the_way="sleep"
    )
    interview.change("sleep")
    interview.take(Give("no"))
    assert interview.current is not None
    assert interview.current.id == "most-in-the-way"
    assert "most-in-the-way" not in interview.answers


def test_changing_nothing_loses_nothing() -> None:
    """Back from a question being changed keeps every answer."""
    interview = checked(sleep="sometimes", duration="not-sure", viral_illness="yes")
    before = dict(interview.answers)
    interview.change("sleep")
    interview.take(Back())
    assert interview.answers == before
    assert interview.current is None


def test_an_answer_that_was_not_offered_is_refused() -> None:
    """Neither an unknown code nor the wrong kind of answer gets in."""
    interview = Interview(CONTENT)
    for answer in ("yes", "", ("most-days",), ()):
        with pytest.raises(ValueError, match="not an answer to muscle-pain"):
            interview.take(Give(answer))
    assert interview.answers == {}


def test_there_is_nothing_to_take_on_the_check_page() -> None:
    """Moves need a question."""
    with pytest.raises(ValueError, match="no question"):
        checked().take(Skip())


def test_several_answers_are_kept_in_the_files_order() -> None:
    """The order of pressing does not matter."""
    interview = checked(tenderness="sometimes")
    interview.change("pain-areas")
    interview.take(Give(("feet", "head")))
    assert interview.answers["pain-areas"] == ("head", "feet")


class Person(RuleBasedStateMachine):
    """Somebody who answers, goes back, skips and changes at will."""

    @initialize()
    def start(self) -> None:
        """Sit down."""
        self.interview = Interview(CONTENT)
        self.given: dict[str, Answer] = {}

    def asked_now(self) -> Question | None:
        """The question on the page, if there is one."""
        return self.interview.current

    @precondition(lambda self: self.interview.current is not None)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """Give any answer that is offered."""
        question = self.interview.current
        assert question is not None
        offered = self.interview.choices(question)
        if takes_several(question):
            answer: Answer = tuple(data.draw(st.lists(st.sampled_from(offered), min_size=1, unique=True)))
            expected: Answer = tuple(code for code in offered if code in answer)
        else:
            answer = expected = data.draw(st.sampled_from(offered))
        self.interview.take(Give(answer))
        self.given[question.id] = expected

    @precondition(lambda self: self.interview.current is not None)
    @rule()
    def skip(self) -> None:
        """Leave the question without an answer."""
        question = self.interview.current
        assert question is not None
        self.interview.take(Skip())
        self.given.pop(question.id, None)

    @precondition(lambda self: self.interview.current is not None)
    @rule()
    def go_back(self) -> None:
        """Go back; answers stay."""
        self.interview.take(Back())

    @precondition(lambda self: self.interview.current is None)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """Choose a line of the check page."""
        question = data.draw(st.sampled_from(self.interview.asked))
        self.interview.change(question.id)
        assert self.interview.current is question

    @precondition(lambda self: self.interview.current is None)
    @rule()
    def reopen(self) -> None:
        """Go back from the check page."""
        self.interview.reopen()
        assert self.interview.current is not None

    @invariant()
    def nothing_given_is_lost_unless_its_reason_is_gone(self) -> None:
        """Answers to items stay; a follow-up's stays exactly while it is asked and still offered."""
        answers = self.interview.answers
        asked = {question.id: question for question in self.interview.asked}
        for question_id in list(self.given):
            question = CONTENT.question(question_id)
            offered = self.interview.choices(question)
            given = self.given[question_id]
            still_offered = set(given if isinstance(given, tuple) else (given,)) <= set(offered)
            if question_id not in asked or not still_offered:
                del self.given[question_id]
        assert dict(answers) == self.given

    @invariant()
    def no_follow_up_without_its_reason(self) -> None:
        """What is asked now, or answered, has enough marked symptoms behind it."""
        marked = {item.id for item in CONTENT.symptoms if is_marked(self.interview.answers.get(item.id))}
        shown = {*self.interview.answers, *([self.interview.current.id] if self.interview.current else [])}
        assert not shown & {"duration"} or marked
        assert not shown & {"pain-areas"} or marked & {"muscle-pain", "widespread-pain", "tenderness"}
        assert not shown & {"most-in-the-way"} or len(marked) >= 2

    def teardown(self) -> None:
        """Skipping on from anywhere reaches the check page: nobody is ever stuck."""
        for _ in range(len(CONTENT.questions) + 1):
            if self.interview.current is None:
                return
            self.interview.take(Skip())
        raise AssertionError("the questions never end")


TestPerson = Person.TestCase
TestPerson.settings = settings(max_examples=150, stateful_step_count=60)


def test_the_content_has_the_questions_of_the_contract(content: Content) -> None:
    """The ids are the link ids of saved records: they are for ever."""
    assert [item.id for item in content.symptoms] == [
        "muscle-pain", "widespread-pain", "tenderness", "fatigue",
        "sleep", "morning-stiffness", "headaches", "brain-fog",
    ]  # fmt: skip
    assert [each.id for each in content.follow_ups] == ["duration", "pain-areas", "most-in-the-way"]
    assert [item.id for item in content.factors] == [
        "viral-illness", "immune-changes", "stress-trauma", "nervous-system",
        "hormonal", "ptsd-emotional", "autoimmune",
    ]  # fmt: skip
