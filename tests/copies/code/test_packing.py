"""Answers, language and day as a number: nothing is lost, and nothing else is told."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content.model import Choice, Content, Item
from fibrocheck.copies.code.packing import (
    CHANCES,
    DAYS,
    FINGERPRINTS,
    FIRST_DAY,
    WORDINGS,
    Packed,
    capacity,
    day_before,
    day_number,
    fingerprint_of,
    is_of,
    pack,
    unpack,
    wording_of,
)
from fibrocheck.questions import Answer

from .samples import FIXTURE, LETTERS, answers_to, everything, questionnaires


@st.composite
def packings(draw: st.DrawFn) -> tuple[Content, Packed]:
    """Draw a questionnaire and a list of answers to it."""
    content = draw(questionnaires())
    packed = Packed(
        answers=draw(answers_to(content)),
        language=draw(st.sampled_from([*content.languages])),
        day=draw(st.integers(0, DAYS - 1)),
        chance=draw(st.integers(0, CHANCES - 1)),
        wording=draw(st.integers(0, WORDINGS - 1)),
    )
    return content, packed


@given(packings())
def test_what_is_packed_is_unpacked(drawn: tuple[Content, Packed]) -> None:
    """With all questions, choices and languages."""
    content, packed = drawn
    number = pack(packed, content)
    assert 0 <= number < capacity(content)
    assert unpack(number, content) == packed
    assert is_of(number, content)


@given(st.integers(0, 2**96), st.data())
def test_a_number_is_refused_or_read_exactly(number: int, data: st.DataObject) -> None:
    """No two numbers give the same answers."""
    content = data.draw(st.sampled_from([FIXTURE, FIXTURE._replace(follow_ups=())]))
    number = number // FINGERPRINTS * FINGERPRINTS + fingerprint_of(content)
    try:
        packed = unpack(number, content)
    except ValueError:
        assert number >= capacity(content) or content.follow_ups
    else:
        assert pack(packed, content) == number


def test_the_places_never_change() -> None:
    """Codes that people have must stay readable: each part by its value, from the lowest."""
    nothing = Packed({}, "en", day=0, chance=0, wording=0)
    assert pack(nothing, FIXTURE) == fingerprint_of(FIXTURE) < FINGERPRINTS
    parts = [
        (nothing._replace(wording=1), FINGERPRINTS),
        (nothing._replace(chance=1), FINGERPRINTS * WORDINGS),
        (nothing._replace(day=1), FINGERPRINTS * WORDINGS * CHANCES),
    ]
    for packed, unit in parts:
        assert pack(packed, FIXTURE) - pack(nothing, FIXTURE) == unit
    unit = FINGERPRINTS * WORDINGS * CHANCES * DAYS
    assert pack(nothing._replace(language="es"), FIXTURE) - pack(nothing, FIXTURE) == unit
    unit *= len(FIXTURE.languages)
    for question in FIXTURE.symptoms:
        for place, choice in enumerate(question.choices, 1):
            number = pack(nothing._replace(answers={question.id: choice.id}), FIXTURE)
            assert number - pack(nothing, FIXTURE) == place * unit
        unit *= len(question.choices) + 1


def test_several_choices_are_bits() -> None:
    """In the order of the choices."""
    marked: dict[str, Answer] = {"muscle-pain": "sometimes"}

    def packed(*chosen: str) -> int:
        return pack(Packed(marked | {"pain-areas": chosen} if chosen else marked, "en", 0, 0, 0), FIXTURE)

    areas = [choice.id for choice in FIXTURE.question("pain-areas").choices]
    found = [packed(area) - packed() for area in areas]
    assert [each // found[0] for each in found] == [1 << place for place in range(len(areas))]
    assert packed(*areas) - packed() == sum(found)


def test_a_follow_up_without_its_reason_leaves_no_trace() -> None:
    """An answer to it from before is as if it had never been asked, or was skipped."""
    unmarked = everything(FIXTURE) | {each.id: "no" for each in FIXTURE.symptoms}
    items = {each.id: unmarked[each.id] for each in FIXTURE.items}
    numbers = [pack(Packed(each, "en", 1, 2, 3), FIXTURE) for each in (unmarked, items)]
    assert numbers[0] == numbers[1]
    assert unpack(numbers[0], FIXTURE).answers == items


def test_what_is_no_answer_is_not_packed() -> None:
    """Neither an answer of another question, nor a symptom that is not marked."""
    cases: tuple[dict[str, Answer], ...] = (
        {"sleep": "yes"},
        {"sleep": ("no",)},
        {"sleep": "sometimes", "headaches": "most-days", "most-in-the-way": "fatigue"},
        {"tenderness": "sometimes", "pain-areas": ()},
    )
    for answers in cases:
        with pytest.raises(ValueError, match="not an answer"):
            pack(Packed(answers, "en", 0, 0, 0), FIXTURE)


def test_what_no_answers_give_is_not_unpacked() -> None:
    """A follow-up without its reason, a symptom that is not marked, and a number above all others."""
    number = pack(Packed(everything(FIXTURE), "en", 0, 0, 0), FIXTURE)
    unit = FINGERPRINTS * WORDINGS * CHANCES * DAYS * 2
    unmarked = number - sum((2 - 3) * unit * 5**place for place in range(8))
    for each in (unmarked, number + capacity(FIXTURE)):
        with pytest.raises(ValueError, match=r"^no answers have this number$"):
            unpack(each, FIXTURE)


def _first(content: Content, **changes: Any) -> Content:
    return content._replace(symptoms=(content.symptoms[0]._replace(**changes), *content.symptoms[1:]))


def _follow_up(content: Content, **changes: Any) -> Content:
    return content._replace(follow_ups=(content.follow_ups[0]._replace(**changes), *content.follow_ups[1:]))


OTHERS: dict[str, Callable[[Content], Content]] = {
    "another id": lambda content: content._replace(id="other"),
    "another language": lambda content: content._replace(languages={"en": "", "fr": ""}),
    "languages in another order": lambda content: content._replace(languages={"es": "", "en": ""}),
    "a question renamed": lambda content: _first(content, id="other"),
    "questions in another order": lambda content: content._replace(symptoms=content.symptoms[::-1]),
    "one question less": lambda content: content._replace(factors=content.factors[1:]),
    "a choice more": lambda content: _first(
        content, choices=(*content.symptoms[0].choices, Choice("x", LETTERS))
    ),
    "choices in another order": lambda content: _first(content, choices=content.symptoms[0].choices[::-1]),
    "another kind": lambda content: _follow_up(content, kind="several-choices"),
    "asked of fewer": lambda content: _follow_up(content, if_marked=("sleep",)),
    "asked with more": lambda content: _follow_up(content, at_least=2),
    "marked symptoms offered": lambda content: _follow_up(content, offer_marked=True),
}


def test_every_change_of_what_can_be_answered_changes_the_fingerprint() -> None:
    """Each of them, and no two in the same way."""
    marks = {name: fingerprint_of(change(FIXTURE)) for name, change in OTHERS.items()}
    marks["as it is"] = fingerprint_of(FIXTURE)
    assert len(set(marks.values())) == len(marks)
    assert all(0 <= each < FINGERPRINTS for each in marks.values())
    number = pack(Packed({}, "en", 0, 0, 0), FIXTURE)
    assert not any(is_of(number, change(FIXTURE)) for change in OTHERS.values())


def test_words_do_not_change_the_fingerprint() -> None:
    """They have two bits of their own. The fixture's own mark is fixed: codes depend on it."""

    def other_words(item: Item) -> Item:
        choices = tuple(each._replace(label={"en": "?", "es": "¿"}) for each in item.choices)
        return item._replace(ask={"en": "?", "es": "¿"}, choices=choices)

    changed = FIXTURE._replace(symptoms=tuple(map(other_words, FIXTURE.symptoms)), version="7")
    assert fingerprint_of(changed) == fingerprint_of(FIXTURE) == FIXTURE_MARK


FIXTURE_MARK = 1694


@pytest.mark.parametrize(
    ("version", "wording"),
    [
        *(("1", 1), ("2026.11.0", 1), ("2026.11.1", 2), ("2026.12.0", 2), ("2027.1.0", 0)),
        *(("1.0-b", (1 + 0 + 45 + 98 + 46) % 4), ("", 0), ("10", 2), ("x", 0), ("y", 1)),
    ],
)
def test_neighbouring_versions_of_the_wording_differ(version: str, wording: int) -> None:
    """The dots count too, as all do."""
    dots = version.count(".") * ord(".") if "-" not in version else 0
    assert wording_of(FIXTURE._replace(version=version)) == (wording + dots) % WORDINGS


def test_days_count_from_the_first_of_2026() -> None:
    """A clock before it gives that day; after 4,096 days numbers are used again."""
    assert day_number(FIRST_DAY) == day_number(date(1970, 1, 1)) == 0
    assert day_number(date(2026, 11, 30)) == 333
    assert day_number(FIRST_DAY + timedelta(DAYS + 3)) == 3


@given(st.integers(0, 20_000), st.integers(0, DAYS - 1))
def test_a_day_is_read_for_eleven_years(days: int, age: int) -> None:
    """Up to 4,095 days afterwards, whenever that is."""
    day = FIRST_DAY + timedelta(days)
    assert day_before(day_number(day), day + timedelta(age)) == day


@pytest.mark.parametrize("ahead", [1, 2, 400, DAYS - 400])
@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 11, 30), date(2026, 12, 31)])
def test_a_day_that_has_not_come_is_none(today: date, ahead: int) -> None:
    """Also for a clock that stands before the first day."""
    assert day_before(day_number(today + timedelta(ahead)), today) is None
    assert day_before(0, date(1970, 1, 1)) is None


def test_the_room_of_the_questions() -> None:
    """Bases multiply: five for each symptom, four for each factor, a bit for each area."""
    others = math.log2(FINGERPRINTS * WORDINGS * CHANCES * DAYS)
    assert others == 11 + 2 + 10 + 12
    areas = len(FIXTURE.question("pain-areas").choices)
    expected = 5**8 * 4**7 * 2**areas * 6 * 10 * 2
    assert capacity(FIXTURE) == expected * FINGERPRINTS * WORDINGS * CHANCES * DAYS
