"""The page with all questions of a call: the same digits on every line, and what Done leads to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content.model import FOLLOW_UP, Content
from fibrocheck.desk.caller import DIGITS, SKIP_DIGIT, Caller, Pressed, Stage
from fibrocheck.questions import asked_questions, offered, takes_several
from tests.copies.code.samples import answers_to, everything, questionnaires

SYMPTOM = {"1": "most-days", "2": "sometimes", "3": "no", "4": "not-sure"}
FACTOR = {"1": "yes", "3": "no", "4": "not-sure"}


def press_all(caller: Caller, digits: str) -> None:
    """Press these digits one after the other."""
    for digit in digits:
        assert caller.press(digit) in {Pressed.ANSWERED, Pressed.SKIPPED}


def test_fifteen_digits_done_and_confirm(shipped: Content) -> None:
    """From the first question of the shipped questionnaire, when no follow-up has a reason."""
    caller = Caller(shipped)
    press_all(caller, "3" * 15)
    assert caller.focus == ""
    assert caller.done() is Stage.READING_BACK
    assert caller.confirm() == {each.id: "no" for each in shipped.items}
    assert caller.stage is Stage.CONFIRMED


def test_the_same_digits_on_every_line(content: Content) -> None:
    """Every digit on every line: it gives that answer or does nothing at all."""
    for question in content.items:
        known = SYMPTOM if question in content.symptoms else FACTOR
        for digit in "0123456789x":
            caller = Caller(content)
            caller.focus_on(question.id)
            done = caller.press(digit)
            if digit in known:
                assert (done, caller.answers) == (Pressed.ANSWERED, {question.id: known[digit]})
            elif digit == SKIP_DIGIT:
                assert (done, caller.answers) == (Pressed.SKIPPED, {})
            else:
                assert (done, caller.answers, caller.focus) == (Pressed.NOT_HERE, {}, question.id)


def test_follow_ups_stand_last_and_never_take_the_focus_by_themselves(content: Content) -> None:
    """They appear at once when they have a reason, and go with it."""
    caller = Caller(content)
    press_all(caller, "1")
    assert [each.question.part for each in caller.lines].count(FOLLOW_UP) > 0
    assert [each.question for each in caller.lines[: len(content.items)]] == list(content.items)
    press_all(caller, "1" * (len(content.items) - 1))
    assert caller.focus == ""
    for item in content.items:
        caller.focus_on(item.id)
        press_all(caller, "3")
    assert len(caller.lines) == len(content.items)


def test_done_leads_once_to_what_is_open(content: Content) -> None:
    """Answering a follow-up leads to the next one; the second Done reads back whatever is open."""
    caller = Caller(content)
    press_all(caller, "1" * len(content.items))
    assert caller.done() is Stage.ASKING
    follow_ups = [each for each in caller.questions if each.part == FOLLOW_UP]
    for question in follow_ups:
        assert caller.focus == question.id
        assert caller.press("2") is Pressed.CHOICES
        codes = caller.choices(question)
        caller.choose(codes[:2] if takes_several(question) else codes[0])
    assert caller.focus == ""
    assert caller.done() is Stage.READING_BACK
    lazy = Caller(content)
    press_all(lazy, "1" * len(content.items))
    lazy.done()
    assert lazy.done() is Stage.READING_BACK
    assert set(lazy.confirm()) == {each.id for each in content.items}


def test_done_leads_to_a_line_that_was_passed_over(content: Content) -> None:
    """Not answering is never No: it is said once, then kept as not answered."""
    caller = Caller(content)
    press_all(caller, "3")
    caller.move(1)
    press_all(caller, "3" * (len(content.items) - 2))
    assert caller.focus == ""
    assert caller.done() is Stage.ASKING
    assert caller.focus == content.items[1].id


def test_a_follow_up_is_skipped_by_the_same_digit(content: Content) -> None:
    """And then it is not open."""
    caller = Caller(content)
    press_all(caller, "1" * len(content.items))
    caller.done()
    number = len(caller.open_lines)
    assert caller.press(SKIP_DIGIT) is Pressed.SKIPPED
    assert len(caller.open_lines) == number - 1


def test_a_line_changed_after_it_was_read_back_is_read_back_again(content: Content) -> None:
    """What was confirmed is what was heard."""
    caller = Caller(content)
    press_all(caller, "3" * len(content.items))
    caller.done()
    caller.focus_on(content.items[3].id)
    with pytest.raises(ValueError, match="not been read back"):
        caller.confirm()
    press_all(caller, "4")
    assert caller.focus == content.items[3].id
    assert caller.done() is Stage.READING_BACK
    assert caller.confirm()[content.items[3].id] == "not-sure"


def test_on_done_and_while_reading_back_digits_do_nothing(content: Content) -> None:
    """They were meant for a line."""
    caller = Caller(content)
    press_all(caller, "3" * len(content.items))
    for _ in range(2):
        before = caller.answers
        assert {caller.press(digit) for digit in DIGITS} == {Pressed.NO_LINE}
        assert caller.answers == before
        with pytest.raises(ValueError, match="no line"):
            caller.choose("yes")
        caller.done()
    with pytest.raises(ValueError, match="no line"):
        caller.focus_on("mood")


def test_the_focus_moves_within_the_page(content: Content) -> None:
    """From the first line to Done, and no further."""
    caller = Caller(content)
    caller.move(-1)
    assert caller.focus == content.items[0].id
    caller.move(100)
    assert caller.focus == ""
    caller.move(-1)
    assert caller.focus == content.items[-1].id


@given(st.data())
def test_a_call_that_was_put_aside_goes_on_with_its_answers(data: st.DataObject) -> None:
    """Of any questionnaire: the first open symptom or factor has the focus."""
    content = data.draw(questionnaires())
    answers = data.draw(answers_to(content))
    caller = Caller(content, answers)
    assert caller.answers == answers
    first = next((each.id for each in content.items if each.id not in answers), "")
    assert caller.focus == first


def test_everything_answered_goes_on_at_done(content: Content) -> None:
    """Answers that no longer have a question are left out; a wrong one is an error."""
    assert Caller(content, everything(content)).focus == ""
    assert Caller(content, {"mood": "yes"}).answers == {}
    with pytest.raises(ValueError, match="not an answer"):
        Caller(content, {content.items[0].id: "yes"})


@given(st.data())
def test_whatever_is_pressed_the_answers_are_possible_ones(data: st.DataObject) -> None:
    """Beside a model that only knows what each line was answered last."""
    content = data.draw(questionnaires())
    caller = Caller(content)
    model: dict[str, str] = {}
    for key in data.draw(st.lists(st.sampled_from("12345ud"), max_size=60)):
        line = caller.focused
        if key in "ud":
            caller.move(1 if key == "d" else -1)
            continue
        done = caller.press(key)
        if line is not None and done in {Pressed.ANSWERED, Pressed.SKIPPED}:
            model.pop(line.question.id, None)
            if done is Pressed.ANSWERED:
                model[line.question.id] = (SYMPTOM if line.question in content.symptoms else FACTOR)[key]
    assert caller.answers == model
    asked = asked_questions(content, model)
    assert {each.id for each in caller.questions} == {each.id for each in asked}
    assert all(caller.choices(each) == offered(each, content, model) for each in asked)
    assert [each.question.id for each in caller.lines if each.has_focus] == [caller.focus] * bool(
        caller.focus
    )
