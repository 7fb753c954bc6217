"""What a handout says, whatever was answered and whoever wrote the words."""

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
    """Answers to any of the questions, each as the interview could have taken it."""
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
    """Each item's term and answer, what to tell about it, and the advice, on paper as in plain lines."""
    voice, summary = Voice(CONTENT, language), summarise(CONTENT, answers)
    said = [
        *(f"{voice.say(each.item.term)} {voice.answer(each.item, each.answer)}" for each in summary.marked),
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
def test_only_marked_and_not_sure_items_have_something_to_tell(answers: Answers, language: str) -> None:
    """No item is explained that the person did not bring up, and each of theirs exactly once."""
    made = page(answers, language)
    expected = [
        item.term[language]
        for item in CONTENT.items
        if answers.get(item.id) in {"most-days", "sometimes", "yes", "not-sure"}
    ]
    assert [each.term for each in made.worth_telling] == expected


@given(answers=every_answer(), language=LANGUAGES)
def test_a_text_handout_is_72_plain_columns(answers: Answers, language: str) -> None:
    """No line is longer, and nothing in it moves the paper but ends of lines."""
    text = render_text_handout(page(answers, language))
    assert max(map(cells, filter(None, text.split("\n")))) <= WIDEST
    assert {c for c in text if is_hidden(c)} == {"\n"}


@given(words=st.text(min_size=1), language=LANGUAGES)
def test_no_words_of_any_kind_hide_or_widen_anything(words: str, language: str) -> None:
    """Hidden characters come out visible; the form of the page is kept."""
    made = page(ALL, language, hostile_clinic(words), reference=words)
    text = render_text_handout(made)
    assert {c for c in text if is_hidden(c)} == {"\n"}
    assert max((cells(line) for line in text.split("\n") if line), default=0) <= WIDEST
    assert not any(is_hidden(c) and c != "\n" for c in render_html(made))


@pytest.mark.parametrize("words", ["x" * 10_000, "word " * 2_000, "\u0627\u0644\u0645 " * 2_000])
def test_ten_thousand_characters_are_all_there(words: str) -> None:
    """A long value takes more lines; none of it is cut."""
    text = render_text_handout(page(FEW, content=ADDRESSED, reference=words))
    assert "".join(words.split()) in "".join(text.split())


def test_hidden_characters_of_a_reference_are_shown_as_such() -> None:
    """A reference is typed by hand or pasted: its escapes and its turning marks do nothing."""
    made = page(NONE, reference=f"A{HIDDEN}1\n2")
    assert made.about[1].value == "A" + "".join("\ufffd" if is_hidden(c) else c for c in HIDDEN) + "1 2"


@pytest.mark.parametrize("reference", ["", "  ", "\n"])
def test_no_reference_leaves_no_label(reference: str) -> None:
    """Only the date stands there."""
    assert [fact.value for fact in page(NONE, reference=reference).about] == ["2026-11-30"]


@pytest.mark.parametrize("language", CONTENT.languages)
def test_what_the_clinic_gave_stands_at_the_next_step(language: str) -> None:
    """Phone, address and link; and then nobody is sent to the front desk."""
    text = render_text_handout(page(FEW, language))
    assert "(555) 555-0100" in text
    assert f"\n  {LINK}\n" in text
    assert CONTENT.next_step.ask_at_desk[language] not in text


@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_clinic_that_gave_nothing_sends_to_the_front_desk(language: str) -> None:
    """No number and no link are made up."""
    made = page(FEW, language, CONTENT)
    assert made.contact == ()
    assert made.booking is None
    assert CONTENT.next_step.ask_at_desk[language] in render_text_handout(made)


def test_approved_wording_says_who_and_when() -> None:
    """Once somebody has approved it, the page no longer says that it waits."""
    content = hostile_clinic("Dr. Sample")
    assert page(NONE, content=content).approval == "Dr. Sample"
    assert "awaiting" in page(NONE, content=CONTENT).approval


def test_the_same_visit_gives_the_same_page() -> None:
    """No clock and no chance: only what it was given."""
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
