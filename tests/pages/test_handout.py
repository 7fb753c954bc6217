"""The words of a handout, for any answers and any content."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.pages.handout import Handout, handout, render_text_handout
from fibrocheck.pages.html import render_html
from fibrocheck.pages.text_layout import cells
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers, takes_several
from fibrocheck.summary import summarise
from fibrocheck.text_safety import is_hidden
from tests.pages.parsed import Parsed
from tests.pages.visits import ADDRESSED, ALL, CONTENT, FEW, LINK, NONE, hostile_clinic, page

WIDEST = 72
LANGUAGES = st.sampled_from(sorted(CONTENT.languages))
HIDDEN = "\x00\x1b[31m\x07\x9b\u202e\u2066\u200f\ufeff\ud800\U000e0041"


def every_answer() -> st.SearchStrategy[Answers]:
    """Return a strategy for answers that an interview could give."""
    choices = {}
    for question in CONTENT.questions:
        codes = [choice.id for choice in question.choices]
        if takes_several(question):
            choices[question.id] = st.sets(st.sampled_from(codes), min_size=1).map(
                lambda ids: tuple(sorted(ids))
            )
        else:
            choices[question.id] = st.sampled_from(codes)
    return st.fixed_dictionaries({}, optional=choices)


@given(answers=every_answer(), language=LANGUAGES)
def test_every_answer_is_read_back_in_both_forms(answers: Answers, language: str) -> None:
    """Each item's term and answer, what is worth telling about it, and the advice."""
    voice, summary = Voice(CONTENT, language), summarise(CONTENT, answers)
    factors = ((item, voice.answer(item, answer)) for item, answer in summary.factors)
    said = [
        *(f"{voice.say(each.item.term)} {voice.answer(each.item, each.answer)}" for each in summary.marked),
        *(f"{voice.say(item.term)} {answer} {voice.say(item.ask)}" for item, answer in factors),
        voice.say(CONTENT.words.factors_note),
        *(voice.say(item.term) for item in (*summary.not_sure, *summary.no)),
        *(voice.say(question.term) for question in summary.skipped),
        *(voice.say(each.item.tell_your_clinician) for each in summary.education),
        *(voice.answer(each.question, each.answer) for each in summary.follow_ups),
        voice.say(CONTENT.next_step.advice),
        voice.say(CONTENT.words.not_a_diagnosis),
        voice.say(CONTENT.words.awaiting_review),
        *(voice.say(sign) for sign in CONTENT.safety.emergency),
        voice.say(CONTENT.safety.crisis),
        "2026-11-30",
    ]
    made = page(answers, language, CONTENT)
    for form in (_words(render_text_handout(made)), _words(_read(render_html(made)))):
        assert [words for words in said if _words(words) not in form] == []


@given(answers=every_answer(), language=LANGUAGES)
def test_when_to_get_help_is_the_same_for_everyone_and_each_line_stands_once(
    answers: Answers, language: str
) -> None:
    """So are the questions to ask and what to bring."""
    made, nothing = page(answers, language), page(NONE, language)
    for name in ("help_title", "safety_title", "signs", "same_day_title", "same_day", "help_texts"):
        assert getattr(made, name) == getattr(nothing, name)
    assert (made.ask_title, made.ask, made.bring) == (nothing.ask_title, nothing.ask, nothing.bring)
    lines = [*made.signs, made.same_day_title, *made.same_day, *made.help_texts, *made.ask, *made.bring]
    for form in (_words(render_text_handout(made)), _words(_read(render_html(made)))):
        assert [form.count(_words(line)) for line in lines] == [1] * len(lines)


@given(answers=every_answer(), language=LANGUAGES)
def test_the_sources_stand_once_each_by_their_publisher(answers: Answers, language: str) -> None:
    """A page for a patient has no room for a list of articles; `learn` names them."""
    label, _, names = page(answers, language).sources.partition(": ")
    publishers = names.split("; ")
    assert label == CONTENT.words.sources[language]
    assert len(publishers) == len({*publishers})
    used = {each for item in summarise(CONTENT, answers).education for each in item.item.sources}
    for each in (*used, *CONTENT.safety.sources, *CONTENT.get_help.sources):
        assert CONTENT.sources[each].title.split(",")[0] in publishers


@given(answers=every_answer(), language=LANGUAGES)
def test_only_marked_and_not_sure_items_are_worth_telling(answers: Answers, language: str) -> None:
    """Each once, and no others."""
    made = page(answers, language)
    expected = [
        item.term[language]
        for item in CONTENT.items
        if answers.get(item.id) in {"most-days", "sometimes", "yes", "not-sure"}
    ]
    assert [each.term for each in made.worth_telling] == expected


@given(answers=every_answer(), language=LANGUAGES)
def test_a_text_handout_has_at_most_72_columns_and_no_control_codes(answers: Answers, language: str) -> None:
    """Only newlines move the paper."""
    text = render_text_handout(page(answers, language))
    assert max(map(cells, filter(None, text.split("\n")))) <= WIDEST
    assert {c for c in text if is_hidden(c)} == {"\n"}


@given(words=st.text(min_size=1), language=LANGUAGES)
def test_no_words_add_hidden_characters_or_wider_lines(words: str, language: str) -> None:
    """Hidden characters are made visible, and the layout stays the same."""
    made = page(ALL, language, hostile_clinic(words), reference=words)
    text = render_text_handout(made)
    assert {c for c in text if is_hidden(c)} == {"\n"}
    assert max((cells(line) for line in text.split("\n") if line), default=0) <= WIDEST
    assert not any(is_hidden(c) and c != "\n" for c in render_html(made))


@pytest.mark.parametrize("words", ["x" * 10_000, "word " * 2_000, "\u0627\u0644\u0645 " * 2_000])
def test_long_values_are_not_cut(words: str) -> None:
    """They take more lines."""
    text = render_text_handout(page(FEW, content=ADDRESSED, reference=words))
    assert "".join(words.split()) in "".join(text.split())


def test_hidden_characters_of_a_reference_are_made_visible() -> None:
    """A reference may be pasted with escapes or bidirectional marks."""
    made = page(NONE, reference=f"A{HIDDEN}1\n2")
    assert made.about[1].value == "A" + "".join("\ufffd" if is_hidden(c) else c for c in HIDDEN) + "1 2"


@pytest.mark.parametrize("reference", ["", "  ", "\n"])
def test_without_a_reference_there_is_no_label_for_it(reference: str) -> None:
    """Only the date is there."""
    assert [fact.value for fact in page(NONE, reference=reference).about] == ["2026-11-30"]


@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_clinics_contact_details_are_in_the_next_step(language: str) -> None:
    """With them, patients are not sent to the front desk."""
    text = render_text_handout(page(FEW, language))
    assert "(555) 555-0100" in text
    assert f"\n  {LINK}\n" in text
    assert CONTENT.next_step.ask_at_desk[language] not in text


@pytest.mark.parametrize("language", CONTENT.languages)
def test_without_contact_details_patients_are_sent_to_the_front_desk(language: str) -> None:
    """No number or link is invented."""
    made = page(FEW, language, CONTENT)
    assert made.contact == ()
    assert made.booking is None
    assert CONTENT.next_step.ask_at_desk[language] in render_text_handout(made)


def test_approved_wording_names_who_approved_it() -> None:
    """The page then no longer says that it awaits review."""
    content = hostile_clinic("Dr. Sample")
    assert page(NONE, content=content).approval == "Dr. Sample"
    assert "awaiting" in page(NONE, content=CONTENT).approval


def test_the_same_visit_gives_the_same_page() -> None:
    """It does not depend on the clock or on chance."""
    assert _both(page(FEW)) == _both(page(FEW))
    assert _both(page(FEW)) != _both(
        handout(summarise(ADDRESSED, FEW), Voice(ADDRESSED, "en"), date=date(2027, 1, 2))
    )


def _both(made: Handout) -> tuple[str, str]:
    return render_text_handout(made), render_html(made)


def _read(html: str) -> str:
    return Parsed(html).in_order


def _words(text: str) -> str:
    return " ".join(text.split())
