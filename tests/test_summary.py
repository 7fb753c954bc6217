"""Summaries of every combination of marked items: the advice, the notice and their own education."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content.model import FACTOR, MARKING_ANSWERS, Content, Item
from fibrocheck.content.text import Text
from fibrocheck.pages.sections import summary_sections
from fibrocheck.pages.summary_text import render_summary
from fibrocheck.pages.text_layout import Section, unstyled
from fibrocheck.pages.voice import Voice
from fibrocheck.pages.whole_section import section_lines
from fibrocheck.questions import Answers
from fibrocheck.summary import Summary, most_in_the_way_first, summarise
from tests.fixture import questionnaire
from tests.sampling import marks

CONTENT = questionnaire()
UNBROKEN = 600  # columns, so that every paragraph is one line

# Words that would interpret answers, reassure or give orders: they must not be in any summary.
FORBIDDEN = {
    "en": (
        r"we (detected|analy[sz]ed|assessed)|your answers (suggest|match)|consistent with|likely|\brisk"
        r"|\bscore|\b(ab)?normal\b|your (cause|trigger)|nothing serious"
        r"|you (may |might |probably )?have fibromyalgia"
        r"|you should (take|stop)|start taking|stop taking|it is only stress|in your head|you will get better"
        r"|do not need to see|\d+ (of|out of) \d+|%|percent"
    ),
    "es": (
        r"detectamos|analizamos|sus respuestas (sugieren|indican|coinciden)|compatible con|probable|riesgo"
        r"|puntaje|puntuación|\b(a)?normal(es)?\b|su (causa|desencadenante)|nada grave"
        r"|usted (puede tener|podría tener|tiene) fibromialgia|deje de tomar|empiece a tomar|solo es estrés"
        r"|\d+ de \d+|%|por ciento"
    ),
}
ITS_NAME = re.compile("fibromyalgia|fibromialgia", re.IGNORECASE)
EMERGENCY_NUMBERS = re.compile(r"\b(911|988)\b")
NOT_A_DIAGNOSIS = {"en": "This is not a diagnosis", "es": "Esto no es un diagnóstico"}


def combinations(content: Content) -> Iterator[tuple[tuple[Item, ...], Answers]]:
    """Yield sets of marked items, with answers: No for the other items. In a long run, all 32,768 of them."""
    for chosen in marks(len(content.items)):
        marked = tuple(item for item, is_marked in zip(content.items, chosen, strict=True) if is_marked)
        yes = {item.id: "yes" if item.part == FACTOR else "most-days" for item in marked}
        yield marked, {item.id: yes.get(item.id, "no") for item in content.items}


def help_texts(content: Content) -> list[Text]:
    """Return what the help page says, which is for everyone."""
    safety, more = content.safety, content.get_help
    title = [more.same_day_title] if more.same_day_title else []
    notice = [safety.title, *safety.emergency, safety.crisis, safety.no_triage]
    return [*notice, *more.emergency, *title, *more.same_day, *more.also]


def in_one_order(section: Section) -> Section:
    """Return a section in one order: only that of the questions people ask depends on what was marked."""
    return section._replace(groups=tuple(sorted(section.groups, key=str))) if section.id == "faq" else section


@pytest.mark.sampled
def test_what_was_not_asked_yet_is_not_called_skipped() -> None:
    """In a call that is not finished. Without such a list, all that has no answer was skipped."""
    not_asked = ("fatigue", "stress-trauma")
    found = summarise(CONTENT, {"sleep": "no"}, not_asked)
    assert tuple(each.id for each in found.not_asked) == not_asked
    others = {each.id for each in CONTENT.items} - {"sleep", *not_asked}
    assert {each.id for each in found.skipped} == others
    assert [each.item.id for each in found.factors if each.is_open] == ["stress-trauma"]
    finished = summarise(CONTENT, {"sleep": "no"})
    assert {each.id for each in finished.skipped} == others | {*not_asked}
    assert finished.not_asked == ()
    assert not any(each.is_open for each in finished.factors)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_combination_gets_the_same_advice_and_only_its_own_education(
    shipped: Content, language: str
) -> None:
    """In the words that ship: what depends on the answers is the marked items' education.

    What fibromyalgia is, when to get help, the advice and "not a diagnosis" are the same for everyone,
    each once; the questions people ask are the same, in an order that depends on what was marked.
    """
    other_conditions = shipped.about.other_conditions
    assert other_conditions
    everyones: list[tuple[Section, ...]] = []
    own_lines: set[str] = set()
    for marked, answers in combinations(shipped):
        told_us, about_marked, *others = summary_sections(
            summarise(shipped, answers), Voice(shipped, language)
        )
        if everyones[-1:] != [same := tuple(map(in_one_order, others))]:
            everyones.append(same)
        own = unstyled([*section_lines(told_us, UNBROKEN), *section_lines(about_marked, UNBROKEN)])
        for item in shipped.items:
            assert (item.learn[language] in own) is (item in marked), marked
        assert own.count(other_conditions[language]) == 1, marked
        own_lines.update(own.splitlines())
    assert len(everyones) == 1, "the pages for everyone differ"
    same_lines = [
        line for each in everyones[0] for line in unstyled(section_lines(each, UNBROKEN)).splitlines()
    ]
    always = [shipped.next_step.advice, shipped.words.awaiting_review, *help_texts(shipped)]
    assert [" ".join(same_lines).count(words[language]) for words in always] == [1] * len(always)
    assert NOT_A_DIAGNOSIS[language] in " ".join(same_lines)
    own_lines.remove(other_conditions[language])
    assert not [line for line in own_lines if ITS_NAME.search(line) or EMERGENCY_NUMBERS.search(line)]
    same_lines.remove(other_conditions[language])
    lines = (*own_lines, *same_lines)
    assert not [line for line in lines if re.search(FORBIDDEN[language], line, re.IGNORECASE)]


@pytest.mark.parametrize(
    "sentence",
    ["You may have fibromyalgia.", "Your answers suggest it.", "You are at high risk.", "You marked 5 of 8."],
)
def test_the_check_for_forbidden_words_finds_them(sentence: str) -> None:
    """The check above can fail."""
    assert re.search(FORBIDDEN["en"], sentence, re.IGNORECASE)


def answers_to(content: Content) -> st.SearchStrategy[Answers]:
    """Return a strategy for answers to the items, any of them missing."""
    return st.fixed_dictionaries(
        {}, optional={item.id: st.sampled_from([c.id for c in item.choices]) for item in content.items}
    )


@given(answers_to(CONTENT))
def test_every_item_is_read_back_once(answers: Answers) -> None:
    """As marked, not sure, no or skipped; marked and not-sure items have education."""
    summary = summarise(CONTENT, answers)
    asked = [item for item in CONTENT.items if item in summary.skipped]
    repeated = [*(each.item for each in summary.marked), *summary.not_sure, *summary.no, *asked]
    assert sorted(item.id for item in repeated) == sorted(item.id for item in CONTENT.items)
    assert {each.item.id for each in summary.marked} == {
        question for question, answer in answers.items() if answer in MARKING_ANSWERS
    }
    expected = [item.id for item in CONTENT.items if answers.get(item.id, "no") != "no"]
    assert [each.item.id for each in summary.education] == expected


@given(answers_to(CONTENT))
def test_questions_about_what_was_marked_come_first(answers: Answers) -> None:
    """All questions are there; related and other ones are each in the file's order."""
    summary = summarise(CONTENT, answers)
    topics = {each.item.id for each in summary.education}
    related = [faq for faq in CONTENT.faq if topics & set(faq.related)]
    assert list(summary.faq) == [*related, *(faq for faq in CONTENT.faq if faq not in related)]


def test_a_follow_up_without_its_reason_is_not_read_back() -> None:
    """Even if the answers contain one."""
    summary = summarise(CONTENT, {"sleep": "no", "duration": "over-2-years"})
    assert summary.follow_ups == ()


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("answers", [{}, {item.id: "no" for item in CONTENT.items}])
def test_marking_nothing_still_makes_a_summary(language: str, answers: Answers) -> None:
    """It says so without reassurance, and gives the same advice."""
    text = render_summary(summarise(CONTENT, answers), CONTENT, language, UNBROKEN)
    assert CONTENT.words.told_nothing[language] in text
    assert CONTENT.words.about_none[language] in text
    assert CONTENT.next_step.advice[language] in text


@pytest.mark.parametrize("language", CONTENT.languages)
def test_items_are_called_marked_only_if_one_is(language: str) -> None:
    """If all are "not sure", the same education has a title that is true for them."""
    words, unsure = CONTENT.words, {"sleep": "not-sure"}
    for answers, title in (
        (unsure, words.about_not_sure),
        ({**unsure, "fatigue": "no"}, words.about_not_sure),
        ({**unsure, "fatigue": "sometimes"}, words.about_marked),
    ):
        lines = render_summary(summarise(CONTENT, answers), CONTENT, language, UNBROKEN).splitlines()
        assert title[language] in lines


@pytest.mark.parametrize("width", [20, 40, 72])
@pytest.mark.parametrize("language", CONTENT.languages)
def test_no_line_is_wider_than_asked(language: str, width: int) -> None:
    """Whatever is marked."""
    answers = {item.id: item.choices[0].id for item in CONTENT.items}
    text = render_summary(summarise(CONTENT, answers), CONTENT, language, width)
    assert max(len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_clinics_phone_and_link_are_shown(language: str) -> None:
    """The front desk is named only if the clinic gave neither."""
    clinic = CONTENT.clinic._replace(phone="555-0100", booking_url="https://example.org/book")
    text = render_summary(_nothing(), CONTENT._replace(clinic=clinic), language, 72)
    assert "555-0100" in text
    assert "https://example.org/book" in text
    assert CONTENT.next_step.ask_at_desk[language] not in text
    assert CONTENT.next_step.ask_at_desk[language] in render_summary(_nothing(), CONTENT, language, 72)


def _nothing() -> Summary:
    return summarise(CONTENT, {})


def test_values_replace_only_their_own_placeholders() -> None:
    """Nothing else in the text is treated as a template."""
    voice = Voice(CONTENT, "en")
    assert voice.say({"en": "{a} {b} {0}"}, a="{b}") == "{b} {b} {0}"


@pytest.mark.parametrize("first", ["not-sure", "sleep", "headaches", "fatigue", None])
def test_what_is_most_in_the_way_is_told_of_first(first: str | None) -> None:
    """The rest keeps the file's order, as everything does where nothing was named.

    A code counts only where symptoms are offered: here how long it has been is "headaches", too.
    """
    duration = CONTENT.follow_ups[0]
    same_code = duration._replace(choices=(duration.choices[0]._replace(id="headaches"),))
    content = CONTENT._replace(follow_ups=(same_code, *CONTENT.follow_ups[1:]))
    marked = ["fatigue", "sleep", "headaches", "hormonal"]
    answers: Answers = {
        **{each: "yes" if each == "hormonal" else "sometimes" for each in marked},
        "duration": "headaches",
        **({"most-in-the-way": first} if first else {}),
    }
    expected = sorted(marked, key=lambda each: each != first)
    told = most_in_the_way_first(summarise(content, answers))
    assert [each.item.id for each in told] == expected
