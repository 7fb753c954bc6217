"""Codes: the same answers, language and day come back, slips are caught, and each error has a sentence."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.content.model import Choice, Content
from fibrocheck.copies.code import packing, spelling
from fibrocheck.copies.code.codes import LookAlike, code_length, make_code, new_code, read_code
from fibrocheck.copies.code.problems import CodeError, Problem
from fibrocheck.copies.code.spelling import ALPHABET, LOOK_ALIKES, grouped

from .samples import FIXTURE, LETTERS, TODAY, answers_to, everything, questionnaires

ANSWERS = everything(FIXTURE)
CODE = make_code(FIXTURE, ANSWERS, "es", TODAY, 1023)

days = st.integers(0, packing.DAYS - 1).map(lambda number: packing.FIRST_DAY + timedelta(number))
chances = st.integers(0, packing.CHANCES - 1)


def problem_of(typed: str, content: Content = FIXTURE, today: date = TODAY) -> Problem:
    """Return what is wrong with a code."""
    with pytest.raises(CodeError) as refused:
        read_code(typed, content, today)
    return refused.value.problem


@given(st.data(), days, chances)
def test_answers_language_and_day_come_back(data: st.DataObject, day: date, chance: int) -> None:
    """From any questionnaire, with all its questions, choices and languages."""
    content = data.draw(questionnaires())
    answers, language = data.draw(answers_to(content)), data.draw(st.sampled_from([*content.languages]))
    code = make_code(content, answers, language, day, chance)
    read = read_code(grouped(code), content, day)
    assert (read.letters, read.answers, read.language, read.day) == (code, answers, language, day)
    assert not read.is_other_wording
    assert read.look_alikes == ()


def test_a_code_of_the_fixture_never_changes() -> None:
    """People have such codes on paper."""
    assert (CODE, code_length(FIXTURE)) == (FIXED, 20)
    assert read_code(FIXED, FIXTURE, TODAY).answers == ANSWERS


FIXED = "5W72NPYNHDD5B85X39D8"


def test_forty_questions_give_a_longer_code() -> None:
    """All of them answered; the shortest questionnaire has a short one."""
    forty = FIXTURE._replace(
        symptoms=tuple(FIXTURE.symptoms[at % 8]._replace(id=f"s{at}") for at in range(20)),
        factors=tuple(FIXTURE.factors[at % 7]._replace(id=f"f{at}") for at in range(20)),
        follow_ups=tuple(each._replace(if_marked=()) for each in FIXTURE.follow_ups),
    )
    answers = everything(forty)
    assert len(answers) == 43
    code = make_code(forty, answers, "en", TODAY, 0)
    assert len(code) == code_length(forty) == 31
    assert read_code(grouped(code), forty, TODAY).answers == answers
    smallest = FIXTURE._replace(
        symptoms=FIXTURE.symptoms[:1], follow_ups=(), factors=(), languages={"en": ""}
    )
    assert code_length(smallest) == 9


def test_twenty_characters_are_enough_for_the_shipped_questions(shipped: Content) -> None:
    """With every area of pain, "all over" among them, and one more symptom."""
    areas = shipped.question("pain-areas")
    more = () if any(each.id == "all-over" for each in areas.choices) else (Choice("all-over", LETTERS),)
    follow_ups = tuple(
        each._replace(choices=each.choices + more) if each is areas else each for each in shipped.follow_ups
    )
    one_more = shipped.symptoms[0]._replace(id="one-more")
    larger = shipped._replace(symptoms=(*shipped.symptoms, one_more), follow_ups=follow_ups)
    assert code_length(shipped) <= code_length(larger) <= 20


@settings(max_examples=10)
@given(st.data(), days, chances)
def test_every_slip_and_every_swap_is_caught(data: st.DataObject, day: date, chance: int) -> None:
    """Each wrong character at each place, and each pair of neighbours the wrong way round."""
    code = make_code(FIXTURE, data.draw(answers_to(FIXTURE)), "en", day, chance)
    wrong = {code[:at] + each + code[at + 1 :] for at in range(20) for each in ALPHABET}
    swapped = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(19)}
    for typed in (wrong | swapped) - {code}:
        assert problem_of(typed, today=day) is Problem.SLIP


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        grouped(CODE).title(),
        f"  {grouped(CODE)}\r\n",
        grouped(CODE).replace("-", " "),
        grouped(CODE).replace("-", "\u2014"),
        " - ".join(CODE),
    ],
)
def test_case_spaces_and_dashes_do_not_matter(typed: str) -> None:
    """A code may be typed, copied or scanned."""
    read = read_code(typed, FIXTURE, TODAY)
    assert (read.letters, read.look_alikes) == (CODE, ())


def test_a_look_alike_is_read_and_said() -> None:
    """Each of them at each place, where it looks like what stands there; its place counts from 1."""
    for at, right in enumerate(CODE):
        for typed, stands_for in LOOK_ALIKES.items():
            changed = CODE[:at] + typed + CODE[at + 1 :]
            if right in stands_for:
                read = read_code(grouped(changed), FIXTURE, TODAY)
                assert (read.letters, read.answers) == (CODE, ANSWERS)
                assert read.look_alikes == (LookAlike(typed, right, at + 1),)
            else:
                assert problem_of(changed) is Problem.UNCLEAR


def test_full_width_forms_are_read_and_said() -> None:
    """Even all of them; a small letter is said as it was typed."""
    wide = "".join(chr(ord(each) + 0xFEE0) for each in CODE.lower())
    read = read_code(wide, FIXTURE, TODAY)
    assert read.letters == CODE
    assert [each.typed for each in read.look_alikes] == [*wide]
    assert [each.place for each in read.look_alikes] == [*range(1, 21)]


def test_several_readings_that_check_out_are_none() -> None:
    """Nobody knows which of them was meant."""
    found = 0
    for first in range(20):
        for second in range(first):
            typed = [*CODE]
            typed[first] = typed[second] = "O"
            fitting = spelling.readings(spelling.characters("".join(typed)))
            if len(fitting) != 1:
                found += 1
                assert problem_of("".join(typed)) is Problem.UNCLEAR
    assert found


@pytest.mark.parametrize(
    ("typed", "problem", "message"),
    [
        ("", Problem.NO_CODE, "there is no code. Type the letters and digits of the code."),
        (
            "visit.json",
            Problem.NO_CODE,
            (
                "this is not a code, character 6 is neither a letter nor a digit."
                " Type only the letters and digits of the code."
            ),
        ),
        (
            CODE[:-1],
            Problem.LENGTH,
            (
                "the code has 19 characters, but those of this questionnaire have 20. Compare it with the"
                " original, group by group, and type it again, or use --questions with the questions.yaml"
                " that it was made with."
            ),
        ),
        (CODE + "2", Problem.LENGTH, "the code has 21 characters, but"),
        (
            CODE[:-1] + ("2" if CODE[-1] != "2" else "3"),
            Problem.SLIP,
            (
                "the code does not check out, a character is wrong or two are swapped."
                " Compare it with the original, group by group, and type it again."
            ),
        ),
        (
            "OI" + CODE[2:],
            Problem.UNCLEAR,
            (
                "the code has characters that no code has, such as 0, 1, L or a vowel (character 1, 2)."
                " Compare it with the original, group by group, and type it again."
            ),
        ),
        (
            make_code(FIXTURE, ANSWERS, "en", date(2027, 2, 3), 0),
            Problem.FUTURE,
            (
                "the code was made on 2027-02-03, but today is 2026-11-30 on this computer."
                " Set the clock of this computer, and read the code again."
            ),
        ),
        (
            make_code(FIXTURE._replace(id="other"), ANSWERS, "en", TODAY, 0),
            Problem.OTHER_QUESTIONNAIRE,
            (
                "the code belongs to another questionnaire, or to this one with other questions."
                " To read it, use --questions with the questions.yaml that it was made with."
            ),
        ),
    ],
)
def test_each_error_is_one_sentence_and_what_to_do(typed: str, problem: Problem, message: str) -> None:
    """Without the code: it holds answers."""
    with pytest.raises(CodeError) as refused:
        read_code(typed, FIXTURE, TODAY)
    assert refused.value.problem is problem
    assert message in str(refused.value)
    assert refused.value.exit_code == 1
    if typed:
        assert typed not in str(refused.value)


def test_answers_that_nobody_can_have_given_are_a_slip() -> None:
    """Several slips can give a code that checks out, but seldom answers that fit each other."""
    number = packing.pack(packing.Packed({}, "en", 1, 2, 3), FIXTURE)
    for question_id, digit in (("duration", 1), ("pain-areas", 1), ("most-in-the-way", 1)):
        unit = packing.capacity(FIXTURE)
        for question in reversed(FIXTURE.questions):
            unit //= packing._base(question, FIXTURE)
            if question.id == question_id:
                break
        typed = spelling.written(number + unit * digit, 20)
        assert problem_of(typed) is Problem.SLIP


def test_tomorrow_may_be_today_elsewhere() -> None:
    """A kiosk may be in another time zone; the day after tomorrow has come nowhere."""
    tomorrow, later = (make_code(FIXTURE, ANSWERS, "en", TODAY + timedelta(ahead), 0) for ahead in (1, 2))
    assert read_code(tomorrow, FIXTURE, TODAY).day == TODAY + timedelta(1)
    assert problem_of(later) is Problem.FUTURE


@pytest.mark.parametrize("version", ["2026.11.1", "2026.12.0", "2027.1.0"])
def test_another_wording_is_read_and_said(version: str) -> None:
    """With the same answers."""
    read = read_code(CODE, FIXTURE._replace(version=version), TODAY)
    assert read.is_other_wording
    assert (read.answers, read.language, read.day) == (ANSWERS, "es", TODAY)


@cache
def _every_code() -> list[str]:
    return [make_code(FIXTURE, ANSWERS, "en", TODAY, chance) for chance in range(packing.CHANCES)]


@pytest.mark.parametrize("free", [0, 511, 1021, 1022, 1023])
def test_chance_is_counted_up_until_the_code_is_new(free: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All 1,024 are tried, wherever it starts; when all are taken it says so."""
    monkeypatch.setattr("os.urandom", lambda size: b"\xff\xfe\x00\x01"[:size])
    every = _every_code()
    assert new_code(FIXTURE, ANSWERS, "en", TODAY) == every[0xFFFE % packing.CHANCES]
    others = {*every} - {every[free]}
    assert new_code(FIXTURE, ANSWERS, "en", TODAY, is_taken=others.__contains__) == every[free]
    with pytest.raises(ValueError, match=r"^all codes of these answers are taken on this day$"):
        new_code(FIXTURE, ANSWERS, "en", TODAY, is_taken={*every}.__contains__)


def test_chance_differs_from_list_to_list() -> None:
    """Fifty lists with the same answers, drawn by the system."""
    assert len({new_code(FIXTURE, ANSWERS, "en", TODAY) for _ in range(50)}) > 25
