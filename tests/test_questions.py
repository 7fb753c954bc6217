"""Which questions are asked and what may answer them, for every combination of marked symptoms."""

from collections.abc import Iterator
from itertools import chain, combinations, cycle, product

import pytest

from fibrocheck.content.model import Choice, Content, Question
from fibrocheck.questions import (
    Answer,
    Answers,
    asked_questions,
    checked,
    chosen,
    has_sensitive,
    is_asked,
    is_marked,
    is_sensitive,
    labels,
    offered,
    open_questions,
    takes_several,
    without_sensitive,
)
from tests.fixture import questionnaire

CONTENT = questionnaire()
SYMPTOMS = tuple(item.id for item in CONTENT.symptoms)
DURATION, PAIN_AREAS, MOST_IN_THE_WAY = CONTENT.follow_ups
PAINFUL = {"muscle-pain", "widespread-pain", "tenderness"}
CODES = sorted({code for question in CONTENT.questions for code in labels(question, CONTENT)})


def combinations_of_marks() -> Iterator[tuple[tuple[str, ...], Answers]]:
    """Yield each of the 256 sets of marked symptoms, with answers that mark these and no others."""
    marking, other = cycle(("most-days", "sometimes")), cycle(("no", "not-sure", ""))
    for marks in product((False, True), repeat=len(SYMPTOMS)):
        given = {code: next(marking if mark else other) for code, mark in zip(SYMPTOMS, marks, strict=True)}
        marked = tuple(code for code, mark in zip(SYMPTOMS, marks, strict=True) if mark)
        yield marked, {code: answer for code, answer in given.items() if answer}


@pytest.mark.parametrize(
    ("answer", "marks"),
    [
        *((answer, True) for answer in ("most-days", "sometimes", "yes")),
        *((answer, False) for answer in ("no", "not-sure", None, (), ("yes",), "")),
    ],
)
def test_only_an_answer_that_says_so_marks_an_item(answer: Answer | None, *, marks: bool) -> None:
    """Neither "not sure" nor a missing answer does."""
    assert is_marked(answer) is marks


def test_a_follow_up_is_asked_when_enough_of_its_symptoms_are_marked() -> None:
    """`duration` needs any one, `pain-areas` a painful one, `most-in-the-way` any two."""
    for marked, answers in combinations_of_marks():
        assert is_asked(DURATION, CONTENT, answers) is (len(marked) >= 1)
        assert is_asked(PAIN_AREAS, CONTENT, answers) is bool(PAINFUL & set(marked))
        assert is_asked(MOST_IN_THE_WAY, CONTENT, answers) is (len(marked) >= 2)


def test_a_follow_up_may_need_several_of_its_own_symptoms() -> None:
    """Marked symptoms that it is not about do not count."""
    two = PAIN_AREAS._replace(at_least=2)
    for marked, answers in combinations_of_marks():
        assert is_asked(two, CONTENT, answers) is (len(PAINFUL & set(marked)) >= 2)


def test_every_item_is_asked_and_each_follow_up_with_a_reason_between_them() -> None:
    """In the order of the file: symptoms, follow-ups, factors."""
    for _, answers in combinations_of_marks():
        follow_ups = [each for each in CONTENT.follow_ups if is_asked(each, CONTENT, answers)]
        expected = [*CONTENT.symptoms, *follow_ups, *CONTENT.factors]
        assert list(asked_questions(CONTENT, answers)) == expected


def test_what_nobody_has_asked_yet_is_neither_answered_nor_skipped() -> None:
    """In the questionnaire's order; a follow-up without its reason is not to be asked."""
    answers: Answers = {"sleep": "most-days", "headaches": "no"}
    left = open_questions(CONTENT, answers, ["fatigue", "duration"])
    known = {"sleep", "headaches", "fatigue", "duration"}
    assert left == tuple(each for each in asked_questions(CONTENT, answers) if each.id not in known)
    assert {"muscle-pain", "viral-illness"} <= {each.id for each in left}
    assert open_questions(CONTENT, {}, [each.id for each in CONTENT.questions]) == ()


def test_the_choices_of_a_question_do_not_depend_on_other_answers() -> None:
    """Unless it offers the marked symptoms."""
    for _, answers in combinations_of_marks():
        for question in CONTENT.questions:
            if question is not MOST_IN_THE_WAY:
                assert offered(question, CONTENT, answers) == tuple(c.id for c in question.choices)


def test_marked_symptoms_are_offered_before_the_choices() -> None:
    """Exactly those that are marked, whatever the order of the answers; all of them have words."""
    for marked, answers in combinations_of_marks():
        backwards = {code: answers[code] for code in reversed(list(answers))}
        assert offered(MOST_IN_THE_WAY, CONTENT, backwards) == (*marked, "not-sure")
    assert list(labels(MOST_IN_THE_WAY, CONTENT)) == [*SYMPTOMS, "not-sure"]


def test_a_choice_with_the_id_of_a_symptom_is_always_offered() -> None:
    """It is the question's own choice, whether or not the symptom is marked."""
    own = MOST_IN_THE_WAY._replace(choices=(Choice("sleep", {"en": "My nights"}),))
    assert offered(own, CONTENT, {}) == ("sleep",)
    assert offered(own, CONTENT, {"sleep": "no", "fatigue": "most-days"}) == ("fatigue", "sleep")
    assert labels(own, CONTENT)["sleep"] == {"en": "My nights"}


@pytest.mark.parametrize("question", CONTENT.questions, ids=lambda question: question.id)
def test_one_code_answers_a_question_with_one_choice_if_it_is_offered(question: Question) -> None:
    """Every code of the questionnaire is tried; if marks matter, with every combination of them."""
    all_answers = [answers for _, answers in combinations_of_marks()]
    for answers in all_answers if question is MOST_IN_THE_WAY else all_answers[:1]:
        right = set() if takes_several(question) else set(offered(question, CONTENT, answers))
        for code in (*CODES, "", "moon"):
            if code in right:
                assert checked(question, code, CONTENT, answers) == code
            else:
                refused(question, code, answers)


@pytest.mark.parametrize("question", CONTENT.questions, ids=lambda question: question.id)
def test_a_tuple_of_codes_answers_a_question_with_several_choices(question: Question) -> None:
    """If it is not empty and every code is offered; no other question takes one."""
    for codes in ((), ("moon",), *((code,) for code in CODES)):
        if takes_several(question) and set(codes) & set(offered(question, CONTENT, {})):
            assert checked(question, codes, CONTENT, {}) == codes
        else:
            refused(question, codes, {})


def test_several_codes_are_kept_in_the_order_of_the_questionnaire() -> None:
    """All sets of areas, given backwards; one unknown code among them is refused."""
    areas = offered(PAIN_AREAS, CONTENT, {})
    sets = chain.from_iterable(combinations(areas, size) for size in range(1, len(areas) + 1))
    for codes in sets:
        assert checked(PAIN_AREAS, codes[::-1], CONTENT, {}) == codes
    refused(PAIN_AREAS, (*areas, "moon"), {})


def test_a_code_given_twice_is_kept_once() -> None:
    """Several choices are a set."""
    assert checked(PAIN_AREAS, ("feet", "hands", "feet"), CONTENT, {}) == ("hands", "feet")


def test_the_codes_of_an_answer_are_a_tuple() -> None:
    """Of one code, or of several."""
    assert chosen("no") == ("no",)
    assert chosen(("hands", "feet")) == ("hands", "feet")


def refused(question: Question, answer: Answer, answers: Answers) -> None:
    """Assert that an answer is refused, with the question's name."""
    with pytest.raises(ValueError, match=f"^not an answer to {question.id}$"):
        checked(question, answer, CONTENT, answers)


def with_sensitive(*ids: str) -> Content:
    """Return the fixture with just these symptoms and factors marked as sensitive."""
    symptoms, factors = (
        tuple(each._replace(sensitive=each.id in ids) for each in items)
        for items in (CONTENT.symptoms, CONTENT.factors)
    )
    return CONTENT._replace(symptoms=symptoms, factors=factors)


@pytest.mark.parametrize("ids", [(), ("sleep",), ("ptsd-emotional",), ("sleep", "hormonal")], ids="+".join)
def test_only_answers_to_sensitive_questions_are_left_out(ids: tuple[str, ...]) -> None:
    """Symptoms, factors, both or none; a follow-up never is sensitive."""
    content = with_sensitive(*ids)
    answers: Answers = {
        "fatigue": "no", "sleep": "most-days", "duration": "not-sure",
        "hormonal": "yes", "ptsd-emotional": "no",
    }  # fmt: skip
    assert {each.id for each in content.questions if is_sensitive(each)} == set(ids)
    assert has_sensitive(content) is bool(ids)
    assert without_sensitive(content, answers) == {i: a for i, a in answers.items() if i not in ids}
    assert len(answers) == 5
