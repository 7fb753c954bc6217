"""The interview: forward, back, skip, change. No answer is lost, and no question asked without a reason."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fibrocheck.content.model import Content, FollowUp
from fibrocheck.interview import Back, Give, Interview, Move, Skip
from fibrocheck.questions import Answer, is_marked, takes_several
from tests.fixture import questionnaire
from tests.sampling import few

CONTENT = questionnaire()
DURATION, PAIN_AREAS, MOST_IN_THE_WAY = CONTENT.follow_ups


def answer_all(interview: Interview, **given: Answer) -> None:
    """Answer the named questions (underscores for hyphens) and skip the others, up to the check page."""
    while (question := interview.current) is not None:
        answer = given.get(question.id.replace("-", "_"))
        interview.take(Skip() if answer is None else Give(answer))


def checked(**given: Answer) -> Interview:
    """Return an interview that has reached the check page with these answers."""
    interview = Interview(CONTENT)
    answer_all(interview, **given)
    return interview


def test_a_visit_without_symptoms_asks_fifteen_questions() -> None:
    """Skipping everything asks the symptoms and the factors, and no follow-up."""
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


def test_not_sure_does_not_bring_a_follow_up() -> None:
    """It does not mark its symptom."""
    assert all(not isinstance(question, FollowUp) for question in checked(sleep="not-sure").asked)


def test_back_keeps_the_answer_that_was_given() -> None:
    """It returns to the question, and its answer is still there."""
    interview = Interview(CONTENT)
    interview.take(Give("most-days"))
    interview.take(Back())
    assert interview.current is CONTENT.symptoms[0]
    assert interview.answers == {"muscle-pain": "most-days"}


def at_pain_areas() -> Interview:
    """Return a visit that is at the page on which several areas may be marked."""
    interview = Interview(CONTENT)
    interview.take(Give("most-days"))
    while interview.current is not None and interview.current.id != "pain-areas":
        interview.take(Skip())
    return interview


@pytest.mark.parametrize("marked", [("feet", "neck"), ("jaw",)])
@pytest.mark.parametrize("before", [None, ("jaw",), ("hands", "feet")])
def test_back_keeps_what_is_marked(before: tuple[str, ...] | None, marked: tuple[str, ...]) -> None:
    """In the questionnaire's order, as if it was answered; the page before comes, whatever was there."""
    interview = at_pain_areas()
    if before:
        interview.take(Give(before))
        interview.take(Back())
        assert interview.answers["pain-areas"] == before
    interview.take(Back(marked))
    assert interview.current is not None
    assert interview.current.id == "duration"
    assert interview.answers["pain-areas"] == tuple(
        sorted(marked, key=[each.id for each in PAIN_AREAS.choices].index)
    )


def test_back_keeps_that_nothing_is_marked_any_more() -> None:
    """The marks of before do not come back; a page that was never left with marks is not skipped by that."""
    interview = at_pain_areas()
    interview.take(Back(()))
    assert not interview.was_skipped(PAIN_AREAS)
    interview.take(Skip())
    interview.take(Give(("jaw",)))
    interview.take(Back())
    interview.take(Back(()))
    assert "pain-areas" not in interview.answers


def test_back_from_a_change_keeps_what_is_marked() -> None:
    """The check page shows it; only marks that may be there are kept."""
    interview = checked(tenderness="sometimes", pain_areas=("hands", "feet"))
    interview.change("pain-areas")
    interview.take(Back(("hands",)))
    assert interview.current is None
    assert interview.answers["pain-areas"] == ("hands",)
    interview.change("pain-areas")
    with pytest.raises(ValueError, match="not an answer"):
        interview.take(Back(("elsewhere",)))


def test_back_at_the_first_question_stays_there() -> None:
    """No question comes before it; the visit shows the welcome page instead."""
    interview = Interview(CONTENT)
    assert interview.at_start
    interview.take(Back())
    assert interview.current is CONTENT.symptoms[0]


def test_changing_the_only_marked_symptom_to_no_drops_its_follow_ups() -> None:
    """Without a reason, the follow-up loses its answer, and the check page comes back."""
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
    """Back returns to the check page. The follow-up counts as seen: the next change does not ask it."""
    interview = checked(sleep="no")
    interview.change("sleep")
    interview.take(Give("most-days"))
    assert not interview.was_skipped(DURATION)
    interview.take(Back())
    assert interview.current is None
    assert interview.answers == {"sleep": "most-days"}
    assert interview.was_skipped(DURATION)
    interview.change("hormonal")
    interview.take(Give("yes"))
    assert interview.current is None


def test_what_is_most_in_the_way_is_asked_again_when_its_symptom_is_unmarked() -> None:
    """An answer that is no longer one of the choices is dropped, and the question is asked again."""
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
    """Whether the code is unknown or the kind of answer is wrong."""
    interview = Interview(CONTENT)
    for answer in ("yes", "", ("most-days",), ()):
        with pytest.raises(ValueError, match="not an answer to muscle-pain"):
            interview.take(Give(answer))
    assert interview.answers == {}


def test_the_check_page_takes_no_move() -> None:
    """A move needs a question."""
    with pytest.raises(ValueError, match="no question"):
        checked().take(Skip())


def test_several_answers_are_kept_in_the_order_of_the_file() -> None:
    """Whatever the order in which they were chosen."""
    interview = checked(tenderness="sometimes")
    interview.change("pain-areas")
    interview.take(Give(("feet", "head")))
    assert interview.answers["pain-areas"] == ("head", "feet")


def test_only_the_first_question_is_at_the_start() -> None:
    """Back from the second leads to the first, and not out of the questions."""
    interview = Interview(CONTENT)
    interview.take(Skip())
    assert not interview.at_start
    interview.take(Back())
    assert interview.at_start


def test_the_first_question_is_not_at_the_start_while_it_is_changed() -> None:
    """Back from it leads to the check page."""
    interview = checked()
    interview.change("muscle-pain")
    assert not interview.at_start
    interview.take(Back())
    assert interview.current is None
    assert not interview.at_start


def test_a_question_was_skipped_only_after_it_was_seen() -> None:
    """Neither before it was asked, nor once it has an answer."""
    interview = Interview(CONTENT)
    first, second = CONTENT.symptoms[:2]
    assert not interview.was_skipped(first)
    interview.take(Skip())
    assert interview.was_skipped(first)
    assert not interview.was_skipped(second)
    interview.take(Back())
    interview.take(Give("no"))
    assert not interview.was_skipped(first)
    interview.take(Back())
    interview.take(Skip())
    assert interview.was_skipped(first)


def test_reopening_shows_the_last_question() -> None:
    """Back then leads to the question before it, and answering it to the check page."""
    interview = checked(sleep="no")
    interview.reopen()
    assert interview.current is CONTENT.factors[-1]
    interview.take(Back())
    assert interview.current is CONTENT.factors[-2]
    answer_all(interview)
    assert interview.answers == {"sleep": "no"}


@pytest.mark.parametrize("move", [Back(), Skip(), Give("no")], ids=lambda move: type(move).__name__)
def test_a_change_ends_with_the_check_page(move: Move) -> None:
    """Afterwards Back leads from question to question again, and so does Skip."""
    interview = checked(sleep="sometimes", duration="not-sure")
    interview.change("fatigue")
    interview.take(move)
    assert interview.current is None
    interview.reopen()
    interview.take(Back())
    assert interview.current is CONTENT.factors[-2]
    interview.take(Skip())
    assert interview.current is CONTENT.factors[-1]


def test_a_follow_up_is_asked_again_when_its_reason_comes_back() -> None:
    """It was forgotten with its answer: the person has not skipped it."""
    interview = checked(tenderness="sometimes", duration="over-2-years", pain_areas=("hands",))
    for answer in ("no", "most-days"):
        interview.change("tenderness")
        interview.take(Give(answer))
        assert not interview.was_skipped(DURATION)
    assert interview.current is DURATION
    assert interview.answers == {"tenderness": "most-days"}


def test_a_skipped_follow_up_is_asked_again_when_its_reason_comes_back() -> None:
    """It had no answer to drop, and is forgotten all the same."""
    interview = checked(sleep="sometimes")
    assert interview.was_skipped(DURATION)
    interview.change("sleep")
    interview.take(Give("no"))
    assert not interview.was_skipped(DURATION)
    interview.change("sleep")
    interview.take(Give("sometimes"))
    assert interview.current is DURATION


def test_a_follow_up_keeps_its_answer_while_its_symptom_is_marked() -> None:
    """Unmarking another symptom does not ask it again; two marked ones are still left."""
    interview = checked(
        sleep="sometimes", headaches="sometimes", fatigue="most-days", most_in_the_way="sleep"
    )
    interview.change("fatigue")
    interview.take(Give("no"))
    assert interview.current is None
    assert interview.answers["most-in-the-way"] == "sleep"


def test_a_symptom_that_is_not_marked_is_not_offered() -> None:
    """Nor is it an answer to what is most in the way."""
    interview = checked(sleep="sometimes", headaches="sometimes")
    assert interview.choices(MOST_IN_THE_WAY) == ("sleep", "headaches", "not-sure")
    interview.change("most-in-the-way")
    with pytest.raises(ValueError, match="not an answer to most-in-the-way"):
        interview.take(Give("fatigue"))
    assert interview.current is MOST_IN_THE_WAY


@pytest.mark.parametrize("answer", [(), "hands", ("hands", "moon")])
def test_where_several_are_chosen_at_least_one_must_be_offered(answer: Answer) -> None:
    """Nothing chosen is a skip, not an empty answer; one code alone is not a tuple of codes."""
    interview = checked(tenderness="sometimes", pain_areas=("feet",))
    interview.change("pain-areas")
    with pytest.raises(ValueError, match="not an answer to pain-areas"):
        interview.take(Give(answer))
    assert interview.answers["pain-areas"] == ("feet",)
    assert interview.current is PAIN_AREAS


def test_several_marked_symptoms_can_answer_a_follow_up() -> None:
    """Only those that are no longer marked are dropped; with none left, the question is asked again."""
    both = MOST_IN_THE_WAY._replace(kind=PAIN_AREAS.kind)
    interview = Interview(CONTENT._replace(follow_ups=(both,)))
    answer_all(interview, sleep="sometimes", headaches="sometimes", fatigue="no")
    interview.change("most-in-the-way")
    interview.take(Give(("not-sure", "headaches", "sleep")))  # all that are offered
    assert interview.answers["most-in-the-way"] == ("sleep", "headaches", "not-sure")
    interview.change("fatigue")
    interview.take(Give("sometimes"))
    assert interview.answers["most-in-the-way"] == ("sleep", "headaches", "not-sure")
    interview.change("headaches")
    interview.take(Give("no"))
    assert interview.current is None
    assert dict(interview.answers)["most-in-the-way"] == ("sleep", "not-sure")
    interview.change("most-in-the-way")
    interview.take(Give(("fatigue",)))
    interview.change("headaches")
    interview.take(Give("sometimes"))
    interview.change("fatigue")
    interview.take(Give("not-sure"))
    assert interview.current is both
    assert "most-in-the-way" not in interview.answers


def state(interview: Interview) -> tuple[object, ...]:
    """Return where an interview is, what was answered, and what was skipped."""
    skipped = [each.id for each in interview.asked if interview.was_skipped(each)]
    return interview.current, dict(interview.answers), skipped, interview.at_start


@pytest.mark.parametrize("is_changed", [False, True])
def test_a_copy_is_as_far_and_goes_its_own_way(is_changed: bool) -> None:
    """At any question, in the middle of a change too; neither notices what becomes of the other."""
    interview = checked(sleep="sometimes") if is_changed else Interview(CONTENT)
    if is_changed:
        interview.change("fatigue")
    else:
        interview.take(Skip())
    before, copy = state(interview), interview.copy()
    assert state(copy) == before
    copy.take(Give("most-days"))
    assert state(interview) == before
    interview.take(Give("most-days"))
    assert state(copy) == state(interview)
    interview.take(Skip())
    assert state(copy) != state(interview)


class Person(RuleBasedStateMachine):
    """A person who answers, goes back, skips and changes answers in any order."""

    @initialize()
    def start(self) -> None:
        """Start an interview without answers."""
        self.interview = Interview(CONTENT)
        self.given: dict[str, Answer] = {}

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
        """Go back, which keeps every answer."""
        self.interview.take(Back())

    @precondition(lambda self: self.interview.current is None)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """Choose a row of the check page."""
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
    def no_answer_is_lost_while_its_question_is_asked(self) -> None:
        """Items keep their answers; a follow-up keeps its own while it is asked and its answer offered."""
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
    def no_follow_up_is_asked_without_a_reason(self) -> None:
        """A follow-up that is asked or answered has enough marked symptoms."""
        marked = {item.id for item in CONTENT.symptoms if is_marked(self.interview.answers.get(item.id))}
        shown = {*self.interview.answers, *([self.interview.current.id] if self.interview.current else [])}
        assert not shown & {"duration"} or marked
        assert not shown & {"pain-areas"} or marked & {"muscle-pain", "widespread-pain", "tenderness"}
        assert not shown & {"most-in-the-way"} or len(marked) >= 2

    def teardown(self) -> None:
        """Skipping from any question reaches the check page."""
        for _ in range(len(CONTENT.questions) + 1):
            if self.interview.current is None:
                return
            self.interview.take(Skip())
        raise AssertionError("the questions never end")


TestPerson = Person.TestCase
TestPerson.settings = settings(max_examples=few(150), stateful_step_count=60)


def test_the_content_has_the_questions_of_the_contract(content: Content) -> None:
    """The ids are the link ids of saved records, and never change."""
    assert [item.id for item in content.symptoms] == [
        "muscle-pain", "widespread-pain", "tenderness", "fatigue",
        "sleep", "morning-stiffness", "headaches", "brain-fog",
    ]  # fmt: skip
    assert [each.id for each in content.follow_ups] == ["duration", "pain-areas", "most-in-the-way"]
    assert [item.id for item in content.factors] == [
        "viral-illness", "immune-changes", "stress-trauma", "nervous-system",
        "hormonal", "ptsd-emotional", "autoimmune",
    ]  # fmt: skip
